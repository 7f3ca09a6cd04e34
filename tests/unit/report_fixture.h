/*
 * What the tests of reading and checking share: the shipped form, reports from JSON text, and
 * findings in short.
 */
#ifndef REPORT_FIXTURE_H
#define REPORT_FIXTURE_H

#include "fixture.h"

#include "base/file.h"
#include "form/fill.h"
#include "form/style.h"
#include <stdio.h>

typedef struct report_test {
    nb_arena *arena;
    nb_findings *findings;
} report_test;

static inline int report_setup(void **state)
{
    report_test *t = calloc(1, sizeof *t);
    t->arena = nb_arena_new();
    t->findings = nb_findings_new(NB_CHINESE);
    *state = t;
    return 0;
}

static inline int report_teardown(void **state)
{
    report_test *t = *state;
    nb_findings_drop(t->findings);
    nb_arena_drop(t->arena);
    free(t);
    return 0;
}

#define REPORT_TEST(function)                                                                      \
    cmocka_unit_test_setup_teardown(function, report_setup, report_teardown)

/* A file of the source tree, named from its root. */
static inline nb_string source_file(report_test *t, const char *name)
{
    nb_string bytes = { "", 0 };
    const char *path = nb_arena_print(t->arena, "%s/../%s", NB_TESTS_DIR, name);
    assert_int_equal(nb_file_read(path, 1 << 20, t->arena, t->findings, &bytes), NB_OK);
    return bytes;
}

static inline const nb_form *form_of(report_test *t, const char *id)
{
    const nb_form *form = NULL;
    nb_string json = source_file(t, nb_arena_print(t->arena, "layouts/%s.json", id));
    assert_int_equal(nb_form_load(json, "form", t->arena, t->findings, &form), NB_OK);
    assert_int_equal(nb_findings_count(t->findings), 0);
    return form;
}

static inline const nb_form *shipped_form(report_test *t)
{
    return form_of(t, "annual-report-2021");
}

static inline const nb_page_style *shipped_style(report_test *t)
{
    const nb_page_style *style = NULL;
    nb_string json = source_file(t, "layouts/gbt9704.json");
    assert_int_equal(nb_page_style_load(json, "style", NULL, t->arena, t->findings, &style), NB_OK);
    return style;
}

static inline nb_report *filled(report_test *t, const nb_form *form, const char *json)
{
    const nb_json *root = NULL;
    assert_int_equal(nb_json_read(nb_string_of(json), "r.json", nb_json_default_limits, t->arena,
                                  t->findings, &root),
                     NB_OK);
    return nb_report_fill(form, root, "r.json", t->arena, t->findings);
}

/* A text with the first occurrence of a part replaced, which must be there. */
static inline const char *replaced(report_test *t, const char *text, const char *part,
                                   const char *instead)
{
    const char *at = strstr(text, part);
    assert_non_null(at);
    return nb_arena_print(t->arena, "%.*s%s%s", (int)(at - text), text, instead, at + strlen(part));
}

/* A report that states everything, all zeros but for one application. */
static inline const char *minimal_json(report_test *t)
{
    nb_string json = source_file(t, "samples/minimal.json");
    return nb_arena_copy(t->arena, json.data, json.length);
}

static inline const char *canonical(report_test *t, const nb_report *report)
{
    nb_buffer *out = nb_buffer_new(t->arena, 1 << 20);
    nb_report_write_json(report, out);
    assert_false(out->overflowed);
    return nb_arena_copy(t->arena, out->data, out->length);
}

/* The findings as lines "rule line:column pointer", so that one comparison shows all. */
static inline const char *in_short(report_test *t)
{
    const char *text = "";
    for (size_t i = 0; i < nb_findings_count(t->findings); i++) {
        const nb_finding *finding = nb_findings_lookup(t->findings, i);
        text = nb_arena_print(t->arena, "%s%s %d:%d %s\n", text, finding->rule, finding->line,
                              finding->column, finding->pointer);
    }
    return text;
}

static inline const nb_finding *only_finding(report_test *t)
{
    assert_int_equal(nb_findings_count(t->findings), 1);
    return nb_findings_lookup(t->findings, 0);
}

#endif
