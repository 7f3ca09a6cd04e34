#include "bulk/archive.h"

#include "base/file.h"
#include "base/sha256.h"
#include "bulk/files.h"
#include "bulk/manifest.h"
#include "bulk/part_file.h"
#include "pack/deflate.h"
#include <errno.h>

enum {
    LARGEST_FILE = 1 << 30,
    TEXT_LEVEL = 6,
    NEED_DEFLATE = 20, /* versions that a reader needs (4.4.3.2) */
    NEED_ZIP64 = 45,
    NAMES_ARE_UTF8 = 1 << 11,
    FIRST_DAY = 1 << 5 | 1, /* 1980-01-01: entries carry no time */
    LONGEST_HEADER = 64
};

struct nb_archive {
    nb_arena *arena;
    const char *path;
    nb_part_file *out;
    nb_part_file *directory; /* the central directory, until it is its turn */
    uint64_t count;
};

nb_status nb_archive_open(const char *path, nb_arena *arena, nb_findings *findings,
                          nb_archive **out)
{
    nb_archive *archive = *out = NB_NEW(arena, nb_archive);
    archive->arena = arena;
    archive->path = path;
    int reason = nb_part_file_open(nb_arena_print(arena, "%s.part", path), arena, &archive->out);
    if (!reason)
        reason = nb_part_file_open(nb_arena_print(arena, "%s.index.part", path), arena,
                                   &archive->directory);
    return reason ? nb_output_failed(findings, path, reason) : NB_OK;
}

/* Little-endian fields of a header. */
typedef struct header {
    unsigned char bytes[LONGEST_HEADER];
    size_t length;
} header;

static void field(header *h, int size, uint64_t value)
{
    for (int i = 0; i < size; i++)
        h->bytes[h->length++] = (unsigned char)(value >> 8 * i);
}

static nb_string header_bytes(const header *h)
{
    return (nb_string){ (const char *)h->bytes, h->length };
}

/* One file as both of its headers describe it. */
typedef struct entry {
    nb_string name;
    bool is_packed;
    uint32_t crc;
    uint64_t packed_size, size, offset;
} entry;

/* What the local header (4.3.7) and the central one (4.3.12) have in common. */
static void common_fields(header *h, const entry *e, bool is_zip64, int extra_length)
{
    field(h, 2, is_zip64 ? NEED_ZIP64 : NEED_DEFLATE);
    field(h, 2, NAMES_ARE_UTF8);
    field(h, 2, e->is_packed ? 8 : 0);
    field(h, 2, 0);
    field(h, 2, FIRST_DAY);
    field(h, 4, e->crc);
    field(h, 4, e->packed_size);
    field(h, 4, e->size);
    field(h, 2, e->name.length);
    field(h, 2, (uint64_t)extra_length);
}

static int put_central(nb_archive *archive, const entry *e)
{
    bool is_far = e->offset >= UINT32_MAX;
    header h = { .length = 0 }, extra = { .length = 0 };
    if (is_far) { /* 4.5.3 */
        field(&extra, 2, 1);
        field(&extra, 2, 8);
        field(&extra, 8, e->offset);
    }
    field(&h, 4, 0x02014B50);
    field(&h, 2, is_far ? NEED_ZIP64 : NEED_DEFLATE);
    common_fields(&h, e, is_far, (int)extra.length);
    field(&h, 2, 0);
    field(&h, 2, 0);
    field(&h, 2, 0);
    field(&h, 4, 0);
    field(&h, 4, is_far ? UINT32_MAX : e->offset);
    int reason = nb_part_file_add(archive->directory, header_bytes(&h));
    if (!reason)
        reason = nb_part_file_add(archive->directory, e->name);
    if (!reason)
        reason = nb_part_file_add(archive->directory, header_bytes(&extra));
    archive->count++;
    return reason;
}

static int add_packed(nb_archive *archive, entry *e, nb_string packed)
{
    header h = { .length = 0 };
    e->packed_size = packed.length;
    e->offset = nb_part_file_length(archive->out);
    field(&h, 4, 0x04034B50);
    common_fields(&h, e, false, 0);
    int reason = nb_part_file_add(archive->out, header_bytes(&h));
    if (!reason)
        reason = nb_part_file_add(archive->out, e->name);
    if (!reason)
        reason = nb_part_file_add(archive->out, packed);
    return reason ? reason : put_central(archive, e);
}

typedef struct adding {
    nb_archive *archive;
    entry entry;
    nb_string bytes;
    nb_arena *arena;
    int reason;
} adding;

static nb_status add_bytes(void *context)
{
    adding *a = context;
    nb_string packed = a->bytes;
    if (a->entry.is_packed)
        packed = nb_deflater_raw(nb_deflater_new(TEXT_LEVEL, NULL, a->arena), a->bytes);
    a->reason = add_packed(a->archive, &a->entry, packed);
    return NB_OK;
}

int nb_archive_add(nb_archive *archive, nb_string name, nb_string bytes, bool is_text)
{
    adding a = { .archive = archive,
                 .entry = { .name = name,
                            .is_packed = is_text,
                            .crc = nb_crc32(bytes),
                            .size = bytes.length },
                 .bytes = bytes,
                 .arena = nb_arena_new() };
    if (!a.arena || nb_arena_run(a.arena, add_bytes, &a) != NB_OK)
        a.reason = ENOMEM;
    nb_arena_drop(a.arena);
    return a.reason;
}

typedef struct adding_row {
    nb_archive *archive;
    const char *folder;
    nb_string line;
    nb_findings *findings;
    nb_arena *arena;
} adding_row;

static bool is_text(const char *name)
{
    const char *point = strrchr(name, '.');
    return point && (strcmp(point, ".html") == 0 || strcmp(point, ".trace") == 0 ||
                     strcmp(point, ".jsonl") == 0);
}

static nb_status add_file(const adding_row *a, const char *path, nb_string name, const char *sha256)
{
    char sum[NB_DIGEST_SIZE];
    nb_string bytes;
    if (nb_file_read(path, LARGEST_FILE, a->arena, a->findings, &bytes) != NB_OK)
        return NB_E_OUTPUT;
    nb_sha256_of(bytes, sum);
    if (sha256 && strcmp(sum, sha256) != 0) {
        nb_findings_add(
            a->findings, NB_ERROR, "B9", (nb_place){ .file = path }, "%s",
            NB_SAY(a->findings, "文件在做成以后改动过", "the file was changed after it was made"));
        return NB_E_OUTPUT;
    }
    int reason = nb_archive_add(a->archive, name, bytes, is_text(path));
    return reason ? nb_output_failed(a->findings, a->archive->path, reason) : NB_OK;
}

static nb_status add_files(void *context)
{
    const adding_row *a = context;
    nb_manifest_row row;
    nb_status status = NB_OK;
    if (!nb_manifest_read_row(a->line, a->arena, &row))
        return nb_output_failed(a->findings, a->archive->path, EIO);
    for (int i = 0; i < row.file_count && status == NB_OK; i++)
        status = add_file(a, nb_arena_print(a->arena, "%s/%s", a->folder, row.files[i].name),
                          nb_string_of(row.files[i].name), row.files[i].sha256);
    return status;
}

/* What adding takes of memory goes when it is done. */
static nb_status run_adding(adding_row *a, nb_status (*body)(void *context))
{
    a->arena = nb_arena_new();
    nb_status status = a->arena ? nb_arena_run(a->arena, body, a) : NB_E_MEMORY;
    nb_arena_drop(a->arena);
    return status;
}

nb_status nb_archive_add_row(nb_archive *archive, const char *folder, nb_string line,
                             nb_findings *findings)
{
    adding_row a = { archive, folder, line, findings, NULL };
    return run_adding(&a, add_files);
}

static nb_status add_manifest(void *context)
{
    const adding_row *a = context;
    return add_file(a, a->folder, NB_STRING("manifest.jsonl"), NULL);
}

/* The end records: 4.3.14 and 4.3.15 when the numbers of 4.3.16 do not reach. */
static int put_end(nb_archive *archive, uint64_t start, uint64_t size)
{
    bool is_zip64 = archive->count >= UINT16_MAX || start >= UINT32_MAX || size >= UINT32_MAX;
    uint64_t count = is_zip64 ? UINT16_MAX : archive->count;
    header h = { .length = 0 }, end = { .length = 0 };
    if (is_zip64) {
        field(&h, 4, 0x06064B50);
        field(&h, 8, 44);
        field(&h, 2, NEED_ZIP64);
        field(&h, 2, NEED_ZIP64);
        field(&h, 4, 0);
        field(&h, 4, 0);
        field(&h, 8, archive->count);
        field(&h, 8, archive->count);
        field(&h, 8, size);
        field(&h, 8, start);
        field(&end, 4, 0x07064B50);
        field(&end, 4, 0);
        field(&end, 8, start + size);
        field(&end, 4, 1);
    }
    field(&end, 4, 0x06054B50);
    field(&end, 2, 0);
    field(&end, 2, 0);
    field(&end, 2, count);
    field(&end, 2, count);
    field(&end, 4, is_zip64 ? UINT32_MAX : size);
    field(&end, 4, is_zip64 ? UINT32_MAX : start);
    field(&end, 2, 0);
    int reason = nb_part_file_add(archive->out, header_bytes(&h));
    return reason ? reason : nb_part_file_add(archive->out, header_bytes(&end));
}

nb_status nb_archive_finish(nb_archive *archive, const char *manifest, nb_findings *findings)
{
    adding_row a = { archive, manifest, NB_STRING(""), findings, NULL };
    nb_status status = manifest ? run_adding(&a, add_manifest) : NB_OK;
    if (status != NB_OK)
        return status;
    uint64_t start = nb_part_file_length(archive->out);
    int reason = nb_part_file_add_file(archive->out, archive->directory);
    if (!reason)
        reason = put_end(archive, start, nb_part_file_length(archive->directory));
    if (!reason)
        reason = nb_part_file_put(archive->out, NB_SYNC_FILE, archive->path);
    return reason ? nb_output_failed(findings, archive->path, reason) : NB_OK;
}
