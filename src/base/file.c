#define _POSIX_C_SOURCE 200809L
#include "base/file.h"

#include "base/buffer.h"
#include "base/findings.h"
#include "base/given.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void tell(nb_findings *findings, const char *path, const char *chinese, const char *english,
                 const char *reason)
{
    nb_findings_add(findings, NB_ERROR, "IO", (nb_place){ .file = path }, "%s%s%s",
                    NB_SAY(findings, chinese, english), NB_SAY(findings, "：", ": "), reason);
}

bool nb_file_exists(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

static void close_folder(void *folder)
{
    closedir(folder);
}

DIR *nb_folder_open(const char *path, nb_arena *arena)
{
    DIR *folder = opendir(path);
    if (folder)
        nb_arena_defer(arena, close_folder, folder);
    return folder;
}

static void close_descriptor(void *object)
{
    int *descriptor = object;
    if (*descriptor > STDERR_FILENO)
        close(*descriptor);
    *descriptor = -1;
}

nb_status nb_file_read(const char *path, size_t maximum, nb_arena *arena, nb_findings *findings,
                       nb_string *out)
{
    int *descriptor = NB_NEW(arena, int);
    nb_buffer *buffer = nb_buffer_new(arena, maximum);
    *descriptor = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    nb_arena_defer(arena, close_descriptor, descriptor);
    char chunk[64 * 1024];
    ssize_t length = -1;
    while (*descriptor >= 0 && !buffer->overflowed) {
        length = read(*descriptor, chunk, sizeof chunk);
        if (length < 0 && errno == EINTR)
            continue;
        if (length <= 0)
            break;
        nb_buffer_add(buffer, chunk, (size_t)length);
    }
    int reason = errno;
    close_descriptor(descriptor);
    if (length < 0 || buffer->overflowed) {
        char limit[64];
        snprintf(limit, sizeof limit, NB_SAY(findings, "超过 %zu MiB", "more than %zu MiB"),
                 maximum >> 20);
        tell(findings, path, "无法读取", "cannot read",
             buffer->overflowed ? limit : strerror(reason));
        return NB_E_NOT_A_REPORT;
    }
    *out = (nb_string){ buffer->length ? (const char *)buffer->data : "", buffer->length };
    return NB_OK;
}

static bool write_whole(int descriptor, const unsigned char *bytes, size_t length)
{
    while (length) {
        ssize_t written = write(descriptor, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            if (written == 0)
                errno = EIO;
            return false;
        }
        bytes += written;
        length -= (size_t)written;
    }
    return true;
}

/* A new file beside the target, so that the rename stays within one file system. */
static int open_temporary(const char *target, char *path, size_t size)
{
    int descriptor = -1;
    for (int attempt = 0; attempt < 100 && descriptor < 0; attempt++) {
        snprintf(path, size, "%s.%ld-%d", target, (long)getpid(), attempt);
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor < 0 && errno != EEXIST)
            break;
    }
    return descriptor;
}

/*
 * Make the bytes reach the disk: a file that got its name before its bytes did is empty after a power
 * cut. Some file systems have nothing to wait for and say so.
 */
static bool synchronise(int descriptor)
{
    while (fsync(descriptor) != 0) {
        if (errno == EINVAL || errno == ENOTSUP)
            break;
        if (errno != EINTR)
            return false;
    }
    return true;
}

/* Write and close; false with errno when a part of it failed. */
static bool write_and_close(int descriptor, const void *bytes, size_t length, bool is_synced)
{
    bool done = write_whole(descriptor, bytes, length) && (!is_synced || synchronise(descriptor));
    int reason = errno;
    if (close(descriptor) != 0 && done)
        return false;
    errno = reason;
    return done;
}

/* A device, a pipe, or what stands for an open file as /dev/stdout does: not to be replaced. */
static bool is_written_through(const char *path)
{
    static const char open_files[] = "/proc/";
    char link[sizeof open_files] = { 0 };
    struct stat info;
    if (stat(path, &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode))
        return true;
    return readlink(path, link, sizeof link - 1) > 0 && strcmp(link, open_files) == 0;
}

/* False with errno. */
static bool write_through(const char *path, const void *bytes, size_t length)
{
    int descriptor = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);
    return descriptor >= 0 && write_and_close(descriptor, bytes, length, false);
}

/* False with errno; then nothing is left. temporary has room for the name of a file beside path. */
static bool replace(const char *path, char *temporary, size_t size, const void *bytes,
                    size_t length)
{
    int descriptor = open_temporary(path, temporary, size);
    if (descriptor < 0)
        return false;
    if (write_and_close(descriptor, bytes, length, true) && rename(temporary, path) == 0)
        return true;
    int reason = errno;
    unlink(temporary);
    errno = reason;
    return false;
}

nb_status nb_file_save(const char *path, const void *bytes, size_t length, nb_findings *findings)
{
    if (!(NB_GIVEN(path, findings) && (bytes || !length)))
        return NB_E_ARGUMENT;
    size_t size = strlen(path) + 48;
    char *temporary = malloc(size);
    if (!temporary)
        return NB_E_MEMORY;
    bool done = strcmp(path, "-") == 0     ? write_whole(STDOUT_FILENO, bytes, length)
                : is_written_through(path) ? write_through(path, bytes, length)
                                           : replace(path, temporary, size, bytes, length);
    int reason = errno;
    free(temporary);
    if (done)
        return NB_OK;
    tell(findings, path, "无法写出", "cannot write", strerror(reason));
    return NB_E_OUTPUT;
}
