/* Packages that were written, opened with libzip and closed with an arena. */
#ifndef NB_TESTS_PACKAGE_FIXTURE_H
#define NB_TESTS_PACKAGE_FIXTURE_H

#include "fixture.h"

#include <zip.h>

static inline void release_archive(void *archive)
{
    zip_discard(archive);
}

static inline zip_t *open_zip(nb_string bytes, nb_arena *arena)
{
    zip_source_t *source = zip_source_buffer_create(bytes.data, bytes.length, 0, NULL);
    assert_non_null(source);
    zip_t *archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, NULL);
    assert_non_null(archive);
    nb_arena_defer(arena, release_archive, archive);
    return archive;
}

static inline bool has_part(zip_t *archive, const char *name)
{
    return zip_name_locate(archive, name, 0) >= 0;
}

/* The bytes of a part, which must be there. */
static inline nb_string read_zip_part(zip_t *archive, const char *name, nb_arena *arena)
{
    zip_stat_t stat;
    if (zip_stat(archive, name, 0, &stat) != 0)
        fail_msg("no part %s", name);
    char *bytes = nb_arena_alloc(arena, (size_t)stat.size + 1);
    zip_file_t *file = zip_fopen(archive, name, 0);
    assert_non_null(file);
    assert_int_equal(zip_fread(file, bytes, stat.size), stat.size);
    zip_fclose(file);
    return (nb_string){ bytes, (size_t)stat.size };
}

#endif
