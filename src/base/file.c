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

enum { LONGEST_PATH = 4096 };

/* The folder that a path is in; "." when it names none. */
static void folder_of(const char *path, char *folder, size_t size)
{
    const char *slash = strrchr(path, '/');
    int length = slash && slash > path ? (int)(slash - path) : 1;
    snprintf(folder, size, "%.*s", length, slash ? path : ".");
}

nb_status nb_output_failed(nb_findings *findings, const char *path, int reason)
{
    nb_finding *finding = nb_findings_add(findings, NB_ERROR, "IO", (nb_place){ .file = path },
                                          NB_SAY(findings, "无法写出：%s", "cannot write: %s"),
                                          nb_system_words(reason, nb_findings_language(findings)));
    char folder[LONGEST_PATH];
    folder_of(path, folder, sizeof folder);
    if (reason == EACCES || reason == EPERM || reason == EROFS)
        nb_finding_hint(findings, finding,
                        NB_SAY(findings, "文件夹“%s”不让写：换一个文件夹，或者请管理员允许写入",
                               "the folder “%s” takes no files of yours: choose another, or have "
                               "it opened for writing"),
                        folder);
    else if (reason == ENOENT && access(folder, F_OK) != 0)
        nb_finding_hint(findings, finding,
                        NB_SAY(findings, "先新建文件夹“%s”", "make the folder “%s” first"), folder);
    else if (reason == ENOSPC || reason == EDQUOT)
        nb_finding_hint(
            findings, finding, "%s",
            NB_SAY(findings, "腾出空间以后再做一次", "free some space and do it again"));
    return NB_E_OUTPUT;
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
        nb_findings_add(
            findings, NB_ERROR, "IO", (nb_place){ .file = path },
            NB_SAY(findings, "无法读取：%s", "cannot read: %s"),
            buffer->overflowed ? limit : nb_system_words(reason, nb_findings_language(findings)));
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

/*
 * A new file beside the target, so that the rename stays within one file system. Its name begins with
 * the target's, of which file systems that hold 255 bytes may have no room for all.
 */
static int open_temporary(const char *target, char *path, size_t size)
{
    enum { LONGEST_BEGINNING = 200 };
    const char *slash = strrchr(target, '/'), *name = slash ? slash + 1 : target;
    int kept = (int)(name - target) + (int)strnlen(name, LONGEST_BEGINNING);
    int descriptor = -1;
    for (int attempt = 0; attempt < 100 && descriptor < 0; attempt++) {
        snprintf(path, size, "%.*s.%ld-%d", kept, target, (long)getpid(), attempt);
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
    return done ? NB_OK : nb_output_failed(findings, path, reason);
}
