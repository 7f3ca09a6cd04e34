/* What the tests of lines share: the shipped page style and fonts. */
#ifndef NB_TESTS_LINE_FIXTURE_H
#define NB_TESTS_LINE_FIXTURE_H

#include "fixture.h"

typedef struct fixture {
    nb_arena *arena;
    nb_findings *findings;
    const nb_page_style *style;
    const nb_fonts *fonts;
} fixture;

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    f->arena = nb_arena_new();
    f->findings = nb_findings_new(NB_ENGLISH);
    f->style = load_style(f->arena, f->findings);
    f->fonts = load_fonts(f->arena, f->findings);
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
