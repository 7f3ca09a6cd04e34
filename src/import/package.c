/*
 * An Open Packaging container, which is a zip. Its sizes are looked at before anything is unpacked,
 * and no more is unpacked than they said. Names are only compared, never used as paths.
 */
#include "import/reader.h"

#include <zip.h>

enum {
    MOST_ENTRIES = 4096,
    RATIO_FROM = 1 << 20, /* bytes: from this size on the ratio counts */
    LARGEST_RATIO = 200
};

struct nb_package {
    nb_extract *extract;
    zip_t *zip;
};

static void discard(void *zip)
{
    zip_discard(zip);
}

static zip_t *open_bytes(nb_string bytes)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_t *zip = NULL;
    zip_source_t *source = zip_source_buffer_create(bytes.data, bytes.length, 0, &error);
    if (source)
        zip = zip_open_from_source(source, ZIP_RDONLY, &error);
    if (!zip)
        zip_source_free(source);
    zip_error_fini(&error);
    return zip;
}

static bool is_within_limits(const nb_package *package)
{
    zip_int64_t count = zip_get_num_entries(package->zip, 0);
    zip_uint64_t total = 0;
    if (count > MOST_ENTRIES)
        return false;
    for (zip_int64_t i = 0; i < count; i++) {
        zip_stat_t about;
        if (zip_stat_index(package->zip, (zip_uint64_t)i, 0, &about) != 0 ||
            !(about.valid & ZIP_STAT_SIZE) || !(about.valid & ZIP_STAT_COMP_SIZE) ||
            about.size > NB_LARGEST_EXTRACT)
            return false;
        total += about.size;
        if (total > NB_LARGEST_EXTRACT ||
            (about.size > RATIO_FROM && about.size / LARGEST_RATIO > about.comp_size))
            return false;
    }
    return true;
}

nb_package *nb_package_open(nb_extract *extract, nb_string bytes)
{
    nb_package *package = NB_NEW(extract->arena, nb_package);
    package->extract = extract;
    package->zip = open_bytes(bytes);
    if (!package->zip) {
        nb_extract_refuse(extract, "文件不完整或已损坏：打不开压缩包",
                          "the file is cut short or damaged: its archive cannot be opened");
        return NULL;
    }
    nb_arena_defer(extract->arena, discard, package->zip);
    if (!is_within_limits(package)) {
        nb_extract_refuse(extract, "压缩包解开后太大，不会是报告",
                          "unpacked, the archive is too large for a report");
        return NULL;
    }
    return package;
}

int nb_package_count(const nb_package *package)
{
    return (int)zip_get_num_entries(package->zip, 0);
}

nb_string nb_package_name(const nb_package *package, int index)
{
    const char *name = zip_get_name(package->zip, (zip_uint64_t)index, ZIP_FL_ENC_RAW);
    return nb_string_of(name ? name : "");
}

static bool read_entry(nb_package *package, zip_uint64_t index, const zip_stat_t *about,
                       nb_string *out)
{
    char *bytes = nb_arena_alloc(package->extract->arena, (size_t)about->size + 1);
    zip_file_t *file = zip_fopen_index(package->zip, index, 0);
    if (!file)
        return false;
    size_t length = 0;
    zip_int64_t got;
    /* One byte more than there should be: reading to the end checks the sum, and the size. */
    while (length <= about->size &&
           (got = zip_fread(file, bytes + length, about->size + 1 - length)) > 0)
        length += (size_t)got;
    bool failed = length != about->size || zip_error_code_zip(zip_file_get_error(file)) != 0;
    zip_fclose(file);
    *out = (nb_string){ bytes, length };
    return !failed;
}

bool nb_package_read(nb_package *package, nb_string name, nb_string *out)
{
    for (int i = 0; i < nb_package_count(package); i++) {
        zip_stat_t about;
        if (!nb_string_equal(nb_package_name(package, i), name))
            continue;
        return zip_stat_index(package->zip, (zip_uint64_t)i, 0, &about) == 0 &&
               about.size <= NB_LARGEST_EXTRACT &&
               read_entry(package, (zip_uint64_t)i, &about, out);
    }
    return false;
}
