#define _GNU_SOURCE /* for syncfs, which is Linux's */
#include "bulk/part_file.h"

#include "bulk/files.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum { CHUNK = 64 * 1024 };

struct nb_part_file {
    const char *path; /* NULL: it has its name, or was never there */
    int descriptor;   /* -1: closed */
    uint64_t length;
    char chunk[CHUNK]; /* its end, which is not written yet */
    size_t filled;
};

static int close_part(nb_part_file *file)
{
    int reason = close(file->descriptor) != 0 ? errno : 0;
    file->descriptor = -1;
    return reason;
}

static void end_part(void *object)
{
    nb_part_file *file = object;
    if (file->descriptor >= 0)
        close_part(file);
    if (file->path)
        unlink(file->path);
}

int nb_part_file_open(const char *path, nb_arena *arena, nb_part_file **out)
{
    nb_part_file *file = *out = NB_NEW(arena, nb_part_file);
    file->descriptor = -1;
    nb_arena_defer(arena, end_part, file);
    file->descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file->descriptor < 0)
        return errno;
    file->path = path;
    return 0;
}

static int flush(nb_part_file *file)
{
    int reason = nb_write_whole(file->descriptor, (nb_string){ file->chunk, file->filled });
    file->filled = 0;
    return reason;
}

int nb_part_file_add(nb_part_file *file, nb_string bytes)
{
    int reason = file->filled + bytes.length > CHUNK ? flush(file) : 0;
    file->length += bytes.length;
    if (reason || bytes.length > CHUNK)
        return reason ? reason : nb_write_whole(file->descriptor, bytes);
    memcpy(file->chunk + file->filled, bytes.data, bytes.length);
    file->filled += bytes.length;
    return 0;
}

int nb_part_file_add_file(nb_part_file *file, nb_part_file *from)
{
    char chunk[CHUNK];
    int reason = flush(from);
    for (uint64_t at = 0; at < from->length && !reason;) {
        ssize_t length = pread(from->descriptor, chunk, sizeof chunk, (off_t)at);
        if (length < 0 && errno == EINTR)
            continue;
        if (length <= 0)
            return length < 0 ? errno : EIO;
        at += (uint64_t)length;
        reason = nb_part_file_add(file, (nb_string){ chunk, (size_t)length });
    }
    return reason;
}

int nb_part_file_put(nb_part_file *file, nb_part_sync sync, const char *path)
{
    int reason = flush(file);
    if (!reason && (sync == NB_SYNC_ALL ? syncfs(file->descriptor) : fsync(file->descriptor)) != 0)
        reason = errno;
    if (!reason)
        reason = close_part(file);
    if (!reason && rename(file->path, path) != 0)
        reason = errno;
    if (!reason)
        file->path = NULL;
    return reason;
}

uint64_t nb_part_file_length(const nb_part_file *file)
{
    return file->length;
}
