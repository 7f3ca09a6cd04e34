/*
 * What all fixtures stand on: cmocka, files of the source tree, what is shipped for every report,
 * and numbers in what was written.
 */
#ifndef NB_TESTS_FIXTURE_H
#define NB_TESTS_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "form/form.h"
#include "form/style.h"
#include "text/fonts.h"
#include <stdlib.h>
#include <string.h>

/* A file of the source tree, named from its root. */
static inline nb_string tree_file(const char *name, nb_arena *arena, nb_findings *findings)
{
    nb_string bytes = { "", 0 };
    const char *path = nb_arena_print(arena, "%s/../%s", NB_TESTS_DIR, name);
    assert_int_equal(nb_file_read(path, 1 << 20, arena, findings, &bytes), NB_OK);
    return bytes;
}

static inline const nb_form *load_form(const char *id, nb_arena *arena, nb_findings *findings)
{
    const nb_form *form = NULL;
    nb_string json = tree_file(nb_arena_print(arena, "layouts/%s.json", id), arena, findings);
    assert_int_equal(nb_form_load(json, "form", arena, findings, &form), NB_OK);
    return form;
}

static inline const nb_page_style *load_style(nb_arena *arena, nb_findings *findings)
{
    const nb_page_style *style = NULL;
    nb_string json = tree_file("layouts/gbt9704.json", arena, findings);
    assert_int_equal(nb_page_style_load(json, "style", NULL, arena, findings, &style), NB_OK);
    return style;
}

/* Of this machine. */
static inline const nb_fonts *load_fonts(nb_arena *arena, nb_findings *findings)
{
    const nb_fonts *fonts = NULL;
    nb_string json = tree_file("fonts/fonts.json", arena, findings);
    assert_int_equal(nb_fonts_load(json, "fonts", NULL, 0, arena, findings, &fonts), NB_OK);
    return fonts;
}

/* The number that a text is, which holds nothing else but white space. */
static inline int number_in(const char *text)
{
    char *end;
    long number = strtol(text, &end, 10);
    if (end == text || end[strspn(end, " \n")])
        fail_msg("“%s” is no number", text);
    return (int)number;
}

#endif
