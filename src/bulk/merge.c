/* The manifests of all shards joined into the one that a single machine writes. */
#include "base/file.h"
#include "bulk/archive.h"
#include "bulk/files.h"
#include "bulk/lines.h"
#include "bulk/manifest.h"

#include "base/given.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* One shard's manifest. */
typedef struct part {
    const char *path;
    const char *folder; /* where its files are */
    nb_manifest_end end;
    nb_line_reader *lines;
    nb_sha256 digest; /* over the lines that were read */
} part;

typedef struct merging {
    const char *const *paths;
    size_t path_count;
    const char *out_path;
    const char *archive_path;
    nb_findings *findings;
    nb_bulk_summary *summary;
    nb_arena *arena;
    part *parts;
    int count, capacity;
    nb_archive *archive;
} merging;

static nb_status refuse(const merging *m, const char *path, const char *chinese,
                        const char *english)
{
    nb_findings_add(m->findings, NB_ERROR, "B8", (nb_place){ .file = path }, "%s",
                    NB_SAY(m->findings, chinese, english));
    return NB_E_NOT_A_REPORT;
}

static nb_status unreadable(const merging *m, const char *path)
{
    nb_findings_add(m->findings, NB_ERROR, "IO", (nb_place){ .file = path },
                    NB_SAY(m->findings, "无法读取：%s", "cannot read: %s"),
                    nb_system_words(errno, nb_findings_language(m->findings)));
    return NB_E_NOT_A_REPORT;
}

static void add_part(merging *m, const char *path)
{
    const char *slash = strrchr(path, '/');
    NB_GROW(m->arena, m->parts, m->count, &m->capacity);
    m->parts[m->count++] = (part){
        .path = path,
        .folder = slash ? nb_arena_copy(m->arena, path, (size_t)(slash - path)) : ".",
        .digest = nb_sha256_begin(),
    };
}

/* What follows the words and a number, with which the text begins; or NULL. */
static const char *after_number(const char *text, const char *words)
{
    size_t length = strlen(words);
    if (!text || strncmp(text, words, length) != 0)
        return NULL;
    size_t digits = strspn(text + length, "0123456789");
    return digits ? text + length + digits : NULL;
}

/* "manifest-2-of-4.jsonl" */
static bool is_shard_manifest(const char *name)
{
    const char *rest = after_number(after_number(name, "manifest-"), "-of-");
    return rest && strcmp(rest, ".jsonl") == 0;
}

static nb_status add_folder(merging *m, const char *path)
{
    int before = m->count;
    DIR *folder = nb_folder_open(path, m->arena);
    if (!folder)
        return unreadable(m, path);
    for (const struct dirent *entry; (entry = readdir(folder));)
        if (is_shard_manifest(entry->d_name))
            add_part(m, nb_arena_print(m->arena, "%s/%s", path, entry->d_name));
    return m->count > before ? NB_OK
                             : refuse(m, path, "这个文件夹里没有 manifest-I-of-N.jsonl",
                                      "there is no manifest-I-of-N.jsonl in this folder");
}

/* The last line of a file, which is the closing line of a manifest. */
static nb_status read_end(merging *m, part *own)
{
    enum { TAIL = 4096 };
    char *tail = nb_arena_alloc(m->arena, TAIL + 1);
    struct stat info;
    int descriptor = open(own->path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return unreadable(m, own->path);
    own->lines = nb_line_reader_new(descriptor, NB_LONGEST_MANIFEST_LINE, NULL, NULL, m->arena);
    if (fstat(descriptor, &info) != 0)
        return unreadable(m, own->path);
    off_t from = info.st_size > TAIL ? info.st_size - TAIL : 0;
    ssize_t length = pread(descriptor, tail, TAIL, from);
    if (length < 0)
        return unreadable(m, own->path);
    ssize_t start = length > 0 ? length - 1 : 0;
    while (start > 0 && tail[start - 1] != '\n')
        start--;
    if (!nb_manifest_read_end((nb_string){ tail + start, (size_t)(length - start) }, m->arena,
                              &own->end))
        return refuse(m, own->path, "没有结尾一行：这一份没有做完，或者文件不完整",
                      "there is no closing line: the shard is not finished, or the file is cut "
                      "short");
    return NB_OK;
}

static int by_shard(const void *a, const void *b)
{
    const part *left = a, *right = b;
    return (left->end.shard > right->end.shard) - (left->end.shard < right->end.shard);
}

/* All shards of one run are there, each once. */
static nb_status check_parts(const merging *m)
{
    const nb_manifest_end *first = &m->parts[0].end;
    for (int i = 0; i < m->count; i++) {
        const part *here = &m->parts[i];
        if (strcmp(here->end.settings, first->settings) != 0)
            return refuse(m, here->path, "这一份用的程序、字体、选项或模板与别的不同",
                          "this shard was made with another program, fonts, options or template");
        if (here->end.shard_count != first->shard_count ||
            here->end.input_rows != first->input_rows || strcmp(here->end.input, first->input) != 0)
            return refuse(m, here->path, "这一份读的输入或分的份数与别的不同",
                          "this shard read another input, or is one of another number of shards");
        if (i && here->end.shard == m->parts[i - 1].end.shard)
            return refuse(m, here->path, "同一份有两个清单",
                          "there are two manifests of one shard");
    }
    int missing = 1;
    while (missing <= m->count && m->parts[missing - 1].end.shard == missing)
        missing++;
    if (missing <= first->shard_count) {
        nb_findings_add(
            m->findings, NB_ERROR, "B8", (nb_place){ .file = m->parts[0].path },
            NB_SAY(m->findings, "共 %d 份，缺第 %d 份", "of %d shards number %d is missing"),
            first->shard_count, missing);
        return NB_E_NOT_A_REPORT;
    }
    return NB_OK;
}

static nb_status open_parts(merging *m)
{
    nb_status status = NB_OK;
    for (size_t i = 0; i < m->path_count && status == NB_OK; i++) {
        struct stat info;
        if (stat(m->paths[i], &info) == 0 && S_ISDIR(info.st_mode))
            status = add_folder(m, m->paths[i]);
        else
            add_part(m, m->paths[i]);
    }
    for (int i = 0; i < m->count && status == NB_OK; i++)
        status = read_end(m, &m->parts[i]);
    if (status != NB_OK)
        return status;
    qsort(m->parts, (size_t)m->count, sizeof *m->parts, by_shard);
    return check_parts(m);
}

/* The line of a row, from the shard whose turn it is. */
static nb_status next_line(const merging *m, size_t row, nb_string *out)
{
    part *here = &m->parts[(row - 1) % (size_t)m->count];
    nb_line_state state = nb_line_reader_next(here->lines, out);
    if (state == NB_LINE_FAILED)
        return unreadable(m, here->path);
    if (state != NB_LINE_READ || nb_manifest_row_number(*out) != row) {
        nb_findings_add(m->findings, NB_ERROR, "B8", (nb_place){ .file = here->path },
                        NB_SAY(m->findings, "缺第 %zu 条", "row %zu is missing"), row);
        return NB_E_NOT_A_REPORT;
    }
    nb_sha256_add(&here->digest, *out);
    return NB_OK;
}

/* Each shard's lines are those that its closing line is about. */
static nb_status check_digests(const merging *m)
{
    char digest[NB_DIGEST_SIZE];
    for (int i = 0; i < m->count; i++) {
        nb_sha256_end(&m->parts[i].digest, digest);
        if (strcmp(digest, m->parts[i].end.digest) != 0)
            return refuse(m, m->parts[i].path, "清单被改动过：与结尾一行的摘要不符",
                          "the manifest was changed: its closing digest does not fit");
    }
    return NB_OK;
}

static nb_status join(void *context)
{
    merging *m = context;
    nb_manifest_writer *writer;
    nb_status status = open_parts(m);
    if (status != NB_OK)
        return status;
    nb_manifest_end end = m->parts[0].end;
    const char *unfinished = nb_arena_print(m->arena, "%s.part", m->out_path);
    int reason = nb_manifest_writer_open(unfinished, m->arena, &writer);
    if (!reason && m->archive_path)
        status = nb_archive_open(m->archive_path, m->arena, m->findings, &m->archive);
    for (size_t row = 1; row <= end.input_rows && !reason && status == NB_OK; row++) {
        nb_string line;
        status = next_line(m, row, &line);
        if (status == NB_OK)
            reason = nb_manifest_writer_add(writer, line);
        if (status == NB_OK && !reason && m->archive)
            status = nb_archive_add_row(m->archive, m->parts[(row - 1) % (size_t)m->count].folder,
                                        line, m->findings);
    }
    if (status == NB_OK && !reason)
        status = check_digests(m);
    if (status != NB_OK)
        return status;
    end.rows = end.input_rows;
    end.done = end.failed = end.warned = 0;
    for (int i = 0; i < m->count; i++) {
        end.done += m->parts[i].end.done;
        end.failed += m->parts[i].end.failed;
        end.warned += m->parts[i].end.warned;
    }
    end.shard = end.shard_count = 1;
    if (!reason)
        reason = nb_manifest_writer_finish(writer, &end, m->out_path);
    if (reason)
        return nb_output_failed(m->findings, m->out_path, reason);
    *m->summary = (nb_bulk_summary){ end.rows, end.done, end.failed, end.warned, 0 };
    return m->archive ? nb_archive_finish(m->archive, m->out_path, m->findings) : NB_OK;
}

nb_status nb_bulk_merge(const char *const *paths, size_t count, const char *out_path,
                        const char *archive, nb_findings *findings, nb_bulk_summary *out)
{
    if (!(NB_GIVEN(out_path, findings, out) && count && nb_list_given(paths, count)))
        return NB_E_ARGUMENT;
    merging m = { .paths = paths,
                  .path_count = count,
                  .out_path = out_path,
                  .archive_path = archive,
                  .findings = findings,
                  .summary = out,
                  .arena = nb_arena_new() };
    *out = (nb_bulk_summary){ .rows = 0 };
    nb_status status = m.arena ? nb_arena_run(m.arena, join, &m) : NB_E_MEMORY;
    nb_arena_drop(m.arena);
    return status;
}
