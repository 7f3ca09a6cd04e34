/*
 * Each part is compressed when it is added, and libzip puts the package together from what it is
 * handed:
 *
 *   nb_zip ── archive ── source ── the bytes of the package, once the archive is closed
 *                 └───── a source for each part, which says that its bytes are deflated already
 *
 * Whatever libzip owns is told to the arena before it exists, so that no way out leaks it.
 */
#include "pack/zip.h"

#include <assert.h>
#include <zip.h>

/* Of parts that are compressed each time, and of those that are compressed once. */
enum { LEVEL = 2, KEPT_LEVEL = 6 };

/* 1 January 1980, the first day that a ZIP entry can name, at 00:00. */
enum { FIRST_DAY = 1 << 5 | 1, MIDNIGHT = 0 };

typedef struct part {
    const char *name;
    nb_string deflated;
    size_t position; /* how far libzip has read */
    size_t length;   /* before it was deflated */
    uint32_t crc;
    struct part *next;
} part;

struct nb_zip {
    nb_arena *arena;
    nb_deflate_stock *stock;
    nb_deflater *deflater, *kept_deflater;
    part *first;
    part **end; /* where the next part is linked */
    zip_t *archive;
    zip_source_t *source;
};

static void release(void *object)
{
    nb_zip *zip = object;
    if (zip->archive)
        zip_discard(zip->archive);
    if (zip->source)
        zip_source_free(zip->source);
    zip->archive = NULL;
    zip->source = NULL;
}

nb_zip *nb_zip_new(nb_deflate_stock *stock, nb_arena *arena)
{
    nb_zip *zip = NB_NEW(arena, nb_zip);
    zip->arena = arena;
    zip->stock = stock;
    zip->deflater = nb_deflater_new(LEVEL, stock, arena);
    zip->kept_deflater = nb_deflater_new(KEPT_LEVEL, stock, arena);
    zip->end = &zip->first;
    nb_arena_defer(arena, release, zip);
    return zip;
}

static void add(nb_zip *zip, const char *name, nb_string bytes, nb_string deflated)
{
    part *added = NB_NEW(zip->arena, part);
    added->name = name;
    added->deflated = deflated;
    added->length = bytes.length;
    added->crc = nb_crc32(bytes);
    *zip->end = added;
    zip->end = &added->next;
}

void nb_zip_add(nb_zip *zip, const char *name, nb_string bytes)
{
    add(zip, name, bytes, nb_deflater_raw(zip->deflater, bytes));
}

void nb_zip_add_quick(nb_zip *zip, const char *name, nb_string bytes, nb_quick_kind kind)
{
    const nb_quick_code *code = nb_deflate_stock_code(zip->stock, kind, zip->arena);
    add(zip, name, bytes, nb_quick_raw(code, bytes, zip->arena));
}

void nb_zip_add_kept(nb_zip *zip, const char *name, nb_string bytes)
{
    add(zip, name, bytes, nb_deflater_raw_kept(zip->kept_deflater, bytes));
}

static nb_status report_failure(const char *what, nb_findings *findings)
{
    nb_findings_add(findings, NB_ERROR, "IO", (nb_place){ 0 },
                    NB_SAY(findings, "不能打包：%s", "cannot write the package: %s"), what);
    return NB_E_OUTPUT;
}

static bool open_archive(nb_zip *zip, zip_error_t *error)
{
    zip->source = zip_source_buffer_create(NULL, 0, 0, error);
    if (!zip->source)
        return false;
    /* Closing the archive gives one hold on the source back; ours must outlive it. */
    zip_source_keep(zip->source);
    zip->archive = zip_open_from_source(zip->source, ZIP_CREATE | ZIP_TRUNCATE, error);
    if (!zip->archive)
        zip_source_free(zip->source); /* the hold that the archive would have taken */
    return zip->archive != NULL;
}

static zip_int64_t describe_part(const part *from, zip_stat_t *stat)
{
    zip_stat_init(stat);
    stat->size = from->length;
    stat->comp_size = from->deflated.length;
    stat->crc = from->crc;
    stat->comp_method = ZIP_CM_DEFLATE;
    stat->encryption_method = ZIP_EM_NONE;
    stat->valid = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_CRC | ZIP_STAT_COMP_METHOD |
                  ZIP_STAT_ENCRYPTION_METHOD;
    return sizeof *stat;
}

static zip_int64_t read_part(part *from, void *into, zip_uint64_t room)
{
    size_t left = from->deflated.length - from->position;
    size_t length = room < left ? (size_t)room : left;
    if (length)
        memcpy(into, from->deflated.data + from->position, length);
    from->position += length;
    return (zip_int64_t)length;
}

/*
 * What libzip asks of a part while it closes the archive. libzip is on the stack here: nothing is
 * allocated.
 */
static zip_int64_t answer(void *context, void *data, zip_uint64_t length, zip_source_cmd_t command)
{
    part *from = context;
    switch (command) {
    case ZIP_SOURCE_OPEN:
        from->position = 0;
        return 0;
    case ZIP_SOURCE_READ:
        return read_part(from, data, length);
    case ZIP_SOURCE_STAT:
        return describe_part(from, data);
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_FREE: /* the part is the arena's */
        return 0;
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE,
                                              ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE,
                                              -1);
    default: /* ZIP_SOURCE_ERROR is not asked for, since nothing above fails */
        return -1;
    }
}

static bool add_part(zip_t *archive, part *added)
{
    zip_source_t *source = zip_source_function(archive, answer, added);
    if (!source)
        return false;
    zip_int64_t index = zip_file_add(archive, added->name, source, ZIP_FL_ENC_GUESS);
    if (index < 0) {
        zip_source_free(source);
        return false;
    }
    zip_uint64_t entry = (zip_uint64_t)index;
    return zip_set_file_compression(archive, entry, ZIP_CM_DEFLATE, 0) == 0 &&
           zip_file_set_dostime(archive, entry, MIDNIGHT, FIRST_DAY, 0) == 0 &&
           zip_file_set_external_attributes(archive, entry, 0, ZIP_OPSYS_DOS, 0) == 0;
}

static nb_status read_back(nb_zip *zip, nb_findings *findings, nb_string *out)
{
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_source_stat(zip->source, &stat) < 0 || !(stat.valid & ZIP_STAT_SIZE))
        return report_failure(zip_error_strerror(zip_source_error(zip->source)), findings);
    char *bytes = nb_arena_alloc(zip->arena, (size_t)stat.size);
    if (zip_source_open(zip->source) < 0)
        return report_failure(zip_error_strerror(zip_source_error(zip->source)), findings);
    zip_int64_t length = zip_source_read(zip->source, bytes, stat.size);
    zip_source_close(zip->source);
    if (length < 0 || (zip_uint64_t)length != stat.size)
        return report_failure(zip_error_strerror(zip_source_error(zip->source)), findings);
    *out = (nb_string){ bytes, (size_t)length };
    return NB_OK;
}

nb_status nb_zip_finish(nb_zip *zip, nb_findings *findings, nb_string *out)
{
    assert(!zip->source);
    zip_error_t error;
    zip_error_init(&error);
    if (!open_archive(zip, &error)) {
        nb_status status = report_failure(zip_error_strerror(&error), findings);
        zip_error_fini(&error);
        return status;
    }
    zip_error_fini(&error);
    for (part *added = zip->first; added; added = added->next)
        if (!add_part(zip->archive, added))
            return report_failure(zip_strerror(zip->archive), findings);
    if (zip_close(zip->archive) < 0)
        return report_failure(zip_strerror(zip->archive), findings);
    zip->archive = NULL;
    nb_status status = read_back(zip, findings, out);
    release(zip);
    return status;
}

void nb_zip_make_ready(void)
{
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *archive = source ? zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, NULL) : NULL;
    if (archive)
        zip_discard(archive);
    else
        zip_source_free(source);
}
