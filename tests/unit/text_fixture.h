/*
 * What the tests of src/text share: an arena, and faces of the fonts that fonts/install.sh puts
 * there.
 */
#ifndef NB_TESTS_TEXT_FIXTURE_H
#define NB_TESTS_TEXT_FIXTURE_H

#include "fixture.h"

#include "text/face.h"
#include <stdio.h>
#include <sys/stat.h>

typedef struct fixture {
    nb_arena *arena;
    nb_findings *findings;
} fixture;

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    f->arena = nb_arena_new();
    f->findings = nb_findings_new(NB_ENGLISH);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    nb_findings_drop(f->findings);
    nb_arena_drop(f->arena);
    free(f);
    return 0;
}

/* Where the installer puts fonts: the system's folders, or all in the user's own. */
static inline const char *font_path(fixture *f, const char *file)
{
    const char *home = getenv("HOME");
    const char *folders[] = {
        "/usr/local/share/fonts/nianbao",
        nb_arena_print(f->arena, "%s/.local/share/fonts/nianbao", home ? home : ""),
        "/usr/share/fonts/opentype/noto",
        "/usr/share/fonts/truetype/liberation2",
        "/usr/share/fonts/truetype/lxgw-wenkai",
        "/usr/share/fonts/truetype/arphic-gkai00mp",
    };
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        struct stat status;
        const char *path = nb_arena_print(f->arena, "%s/%s", folders[i], file);
        if (stat(path, &status) == 0)
            return path;
    }
    fail_msg("%s is not installed: run fonts/install.sh", file);
    return NULL;
}

static inline void release_face(void *face)
{
    nb_face_close(face);
}

static inline nb_face *open_face(fixture *f, const char *file, const char *name)
{
    nb_face *face = nb_face_new(f->arena, font_path(f, file), name);
    nb_arena_defer(f->arena, release_face, face);
    return face;
}

static inline uint32_t glyph_of(const nb_face *face, uint32_t code_point)
{
    hb_codepoint_t glyph = 0;
    assert_true(hb_font_get_nominal_glyph(nb_face_font(face), code_point, &glyph));
    return glyph;
}

/* Ascending, for qsort. */
static inline int compare_ids(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* Borrows the bytes. */
static inline hb_blob_t *blob_of(nb_string bytes)
{
    return hb_blob_create(bytes.data, (unsigned)bytes.length, HB_MEMORY_MODE_READONLY, NULL, NULL);
}

#endif
