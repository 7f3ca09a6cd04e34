/* What the tests of lines share: the shipped page style and fonts. */
#ifndef NB_TESTS_LINE_FIXTURE_H
#define NB_TESTS_LINE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/file.h"
#include "form/style.h"
#include "text/fonts.h"
#include <stdlib.h>

typedef struct fixture {
    nb_arena *arena;
    nb_findings *findings;
    const nb_page_style *style;
    const nb_fonts *fonts;
} fixture;

static nb_string source_file(fixture *f, const char *name)
{
    nb_string content;
    const char *path = nb_arena_print(f->arena, "%s/../%s", NB_TESTS_DIR, name);
    assert_int_equal(nb_file_read(path, 1 << 20, f->arena, f->findings, &content), NB_OK);
    return content;
}

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    f->arena = nb_arena_new();
    f->findings = nb_findings_new(NB_ENGLISH);
    assert_int_equal(nb_page_style_load(source_file(f, "layouts/gbt9704.json"), "gbt9704.json",
                                        NULL, f->arena, f->findings, &f->style),
                     NB_OK);
    assert_int_equal(nb_fonts_load(source_file(f, "fonts/fonts.json"), "fonts.json", NULL, 0,
                                   f->arena, f->findings, &f->fonts),
                     NB_OK);
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

#endif
