/*
 * What the tests of reading and checking share: the shipped form, reports from JSON text, and
 * findings in short.
 */
#ifndef REPORT_FIXTURE_H
#define REPORT_FIXTURE_H

#include "fixture.h"

#include "form/fill.h"
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

static inline nb_string source_file(report_test *t, const char *name)
{
    return tree_file(name, t->arena, t->findings);
}

/* The same, ended by a NUL. */
static inline const char *source_text(report_test *t, const char *name)
{
    nb_string text = source_file(t, name);
    return nb_arena_copy(t->arena, text.data, text.length);
}

static inline const nb_form *form_of(report_test *t, const char *id)
{
    const nb_form *form = load_form(id, t->arena, t->findings);
    assert_int_equal(nb_findings_count(t->findings), 0);
    return form;
}

static inline const nb_form *shipped_form(report_test *t)
{
    return form_of(t, "annual-report-2021");
}

static inline const nb_page_style *shipped_style(report_test *t)
{
    return load_style(t->arena, t->findings);
}

static inline const nb_json *json_of(report_test *t, const char *text)
{
    const nb_json *root = NULL;
    assert_int_equal(nb_json_read(nb_string_of(text), "r.json", nb_json_default_limits, t->arena,
                                  t->findings, &root),
                     NB_OK);
    return root;
}

static inline nb_report *filled(report_test *t, const nb_form *form, const char *json)
{
    return nb_report_fill(form, json_of(t, json), "r.json", t->arena, t->findings);
}

static inline const nb_value *value_at(const nb_report *report, const char *pointer)
{
    int slot = nb_form_slot(report->form, nb_string_of(pointer));
    assert_true(slot >= 0);
    return &report->values[slot];
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
    return source_text(t, "samples/minimal.json");
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
