#include "bulk/files.h"

#include "base/sha256.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

bool nb_is_lasting(int reason)
{
    static const int lasting[] = { ENOSPC, EDQUOT, EIO, EROFS, EMFILE, ENFILE, ENOMEM, EFBIG };
    for (size_t i = 0; i < sizeof lasting / sizeof lasting[0]; i++)
        if (lasting[i] == reason)
            return true;
    return false;
}

int nb_write_whole(int descriptor, nb_string bytes)
{
    while (bytes.length) {
        ssize_t written = write(descriptor, bytes.data, bytes.length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return written == 0 ? EIO : errno;
        bytes.data += written;
        bytes.length -= (size_t)written;
    }
    return 0;
}

/* Make the folders of a path as far as they are missing. *failed is the one that could not be made. */
static int make_folders(const char *path, nb_arena *arena, const char **failed)
{
    char *copy = nb_arena_copy(arena, path, strlen(path));
    *failed = copy;
    for (char *at = copy;; at++) {
        char end = *at;
        if ((end != '/' && end) || at == copy)
            continue;
        *at = '\0';
        if (mkdir(copy, 0777) != 0 && errno != EEXIST)
            return errno;
        *at = end;
        if (!end)
            return 0;
    }
}

static void close_lock(void *object)
{
    close(*(int *)object);
}

/* Remove what is in a work folder and was being written, or all of it. */
static void clean(const char *path, bool all)
{
    DIR *folder = opendir(path);
    if (!folder)
        return;
    for (const struct dirent *entry; (entry = readdir(folder));) {
        const char *point = strrchr(entry->d_name, '.');
        char name[512]; /* not of the arena: it could leave the folder open */
        bool is_part = point && strcmp(point, ".part") == 0;
        if ((is_part || all) && snprintf(name, sizeof name, "%s", entry->d_name) < (int)sizeof name)
            unlinkat(dirfd(folder), name, 0);
    }
    closedir(folder);
}

/*
 * A run that ends beside this one may remove the folders between two steps: 0, or the errno, which
 * is EWOULDBLOCK when another run holds the folder and ENOENT when it is worth trying again.
 */
static int lock_folder(const char *path, nb_arena *arena, int *lock, const char **failed)
{
    struct stat info;
    int reason = make_folders(path, arena, failed);
    if (reason)
        return reason;
    *lock = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (*lock < 0)
        return errno;
    if (flock(*lock, LOCK_EX | LOCK_NB) != 0)
        reason = errno;
    else if (fstat(*lock, &info) != 0 || info.st_nlink == 0)
        reason = ENOENT;
    if (reason)
        close(*lock);
    return reason;
}

nb_status nb_work_folder_open(const char *target, const char *shard, nb_arena *arena,
                              nb_findings *findings, nb_work_folder *out)
{
    int *lock = NB_NEW(arena, int), reason = ENOENT;
    const char *failed;
    out->target = nb_arena_copy(arena, target, strlen(target));
    out->path = nb_arena_print(arena, "%s/.nianbao/%s", target, shard);
    for (int attempt = 0; attempt < 100 && reason == ENOENT; attempt++)
        reason = lock_folder(out->path, arena, lock, &failed);
    if (reason == EWOULDBLOCK) {
        nb_findings_add(findings, NB_ERROR, "IO", (nb_place){ .file = out->path }, "%s",
                        NB_SAY(findings, "另一次批量编排正在写这个文件夹",
                               "another run is writing into this folder"));
        return NB_E_LATER;
    }
    if (reason)
        return nb_output_failed(findings, failed, reason);
    nb_arena_defer(arena, close_lock, lock);
    clean(out->path, false);
    return NB_OK;
}

void nb_work_folder_remove(const nb_work_folder *work, nb_arena *arena)
{
    clean(work->path, true);
    rmdir(work->path);
    /* Other shards may be at work beside it. */
    rmdir(nb_arena_print(arena, "%s/.nianbao", work->target));
}

static int write_part(const char *path, nb_string bytes)
{
    int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor < 0)
        return errno;
    int reason = nb_write_whole(descriptor, bytes);
    if (close(descriptor) != 0 && !reason)
        reason = errno;
    return reason;
}

static int put_in_place(const nb_work_folder *work, const char *part, const char *name,
                        nb_arena *arena)
{
    const char *path = nb_arena_print(arena, "%s/%s", work->target, name);
    if (rename(part, path) == 0)
        return 0;
    const char *slash = strrchr(name, '/');
    if (errno != ENOENT || !slash)
        return errno;
    const char *folder = nb_arena_print(arena, "%s/%.*s", work->target, (int)(slash - name), name);
    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        return errno;
    return rename(part, path) == 0 ? 0 : errno;
}

int nb_files_write(const nb_work_folder *work, int worker, const nb_pending_file *files, int count,
                   nb_arena *arena, const char **failed)
{
    const char **parts = NB_NEW_ARRAY(arena, const char *, (size_t)count);
    int reason = 0, at;
    for (at = 0; at < count && !reason; at++) {
        parts[at] = nb_arena_print(arena, "%s/%d-%d.part", work->path, worker, at);
        *failed = nb_arena_print(arena, "%s/%s", work->target, files[at].name);
        reason = write_part(parts[at], files[at].bytes);
    }
    int written = at, placed = 0;
    for (at = 0; at < count && !reason; at++) {
        *failed = nb_arena_print(arena, "%s/%s", work->target, files[at].name);
        reason = put_in_place(work, parts[at], files[at].name, arena);
        placed += !reason;
    }
    for (at = 0; at < written && reason; at++)
        unlink(at < placed ? nb_arena_print(arena, "%s/%s", work->target, files[at].name)
                           : parts[at]);
    return reason;
}

/* Whether what the descriptor holds has that sum. */
static bool has_content(int descriptor, const char *sha256)
{
    char chunk[64 * 1024], sum[NB_DIGEST_SIZE];
    nb_sha256 digest = nb_sha256_begin();
    ssize_t length;
    while ((length = read(descriptor, chunk, sizeof chunk)) > 0 || (length < 0 && errno == EINTR))
        if (length > 0)
            nb_sha256_add(&digest, (nb_string){ chunk, (size_t)length });
    nb_sha256_end(&digest, sum);
    return length == 0 && strcmp(sum, sha256) == 0;
}

bool nb_file_is_whole(const nb_work_folder *work, const char *name, uint64_t size,
                      const char *sha256, nb_arena *arena)
{
    struct stat info;
    const char *path = nb_arena_print(arena, "%s/%s", work->target, name);
    if (stat(path, &info) != 0 || !S_ISREG(info.st_mode) || (uint64_t)info.st_size != size)
        return false;
    if (!sha256)
        return true;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    bool same = has_content(descriptor, sha256);
    close(descriptor);
    return same;
}
