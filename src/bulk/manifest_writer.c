/* A manifest being written: a file that appears when it is whole and on the disk. */
#define _GNU_SOURCE /* for syncfs, which is Linux's */
#include "bulk/manifest.h"

#include "bulk/files.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum { CHUNK = 64 * 1024 };

struct nb_manifest_writer {
    nb_arena *arena;
    const char *part;
    int descriptor;
    nb_sha256 digest;
    char chunk[CHUNK];
    size_t length;
};

static void end_writer(void *object)
{
    nb_manifest_writer *writer = object;
    if (writer->descriptor < 0)
        return;
    close(writer->descriptor);
    unlink(writer->part);
}

int nb_manifest_writer_open(const char *part, nb_arena *arena, nb_manifest_writer **out)
{
    nb_manifest_writer *writer = *out = NB_NEW(arena, nb_manifest_writer);
    writer->arena = arena;
    writer->part = part;
    writer->digest = nb_sha256_begin();
    writer->descriptor = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    int reason = writer->descriptor < 0 ? errno : 0;
    nb_arena_defer(arena, end_writer, writer);
    return reason;
}

static int flush(nb_manifest_writer *writer)
{
    int reason = nb_write_whole(writer->descriptor, (nb_string){ writer->chunk, writer->length });
    writer->length = 0;
    return reason;
}

static int add(nb_manifest_writer *writer, nb_string bytes)
{
    int reason = 0;
    if (writer->length + bytes.length > CHUNK)
        reason = flush(writer);
    if (reason || bytes.length > CHUNK)
        return reason ? reason : nb_write_whole(writer->descriptor, bytes);
    memcpy(writer->chunk + writer->length, bytes.data, bytes.length);
    writer->length += bytes.length;
    return 0;
}

int nb_manifest_writer_add(nb_manifest_writer *writer, nb_string line)
{
    nb_sha256_add(&writer->digest, line);
    return add(writer, line);
}

int nb_manifest_writer_finish(nb_manifest_writer *writer, nb_manifest_end *end, const char *path)
{
    nb_buffer *line = nb_buffer_new(writer->arena, NB_LONGEST_MANIFEST_LINE);
    nb_sha256_end(&writer->digest, end->digest);
    nb_manifest_write_end(end, line);
    int reason = add(writer, (nb_string){ (const char *)line->data, line->length });
    if (!reason)
        reason = flush(writer);
    /* Not only the manifest: what it speaks of is on the disk before it has its name. */
    if (!reason && (syncfs(writer->descriptor) != 0 || close(writer->descriptor) != 0))
        reason = errno;
    if (!reason && rename(writer->part, path) != 0)
        reason = errno;
    if (!reason)
        writer->descriptor = -1;
    return reason;
}
