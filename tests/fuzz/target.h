/*
 * What the fuzz targets share: each input is run in an arena of its own, and a report must
 * survive being written and read.
 */
#ifndef FUZZ_TARGET_H
#define FUZZ_TARGET_H

#include "base/file.h"
#include "form/fill.h"
#include "form/style.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct target_input {
    nb_string bytes;
    nb_arena *arena;
    nb_findings *findings;
} target_input;

static inline int run_target(const uint8_t *data, size_t size, nb_status (*body)(void *input))
{
    target_input input = { { size ? (const char *)data : "", size },
                           nb_arena_new(),
                           nb_findings_new(NB_ENGLISH) };
    if (!input.arena || !input.findings)
        abort();
    (void)nb_arena_run(input.arena, body, &input);
    nb_findings_drop(input.findings);
    nb_arena_drop(input.arena);
    return 0;
}

/* A file of the source tree, named from its root. */
static inline nb_string tree_file(const char *name, nb_arena *arena, nb_findings *findings)
{
    nb_string bytes;
    const char *path = nb_arena_print(arena, "%s/../%s", NB_TESTS_DIR, name);
    if (nb_file_read(path, 1 << 20, arena, findings, &bytes) != NB_OK)
        abort();
    return bytes;
}

/* Loaded once, and never dropped. */
static inline const nb_form *shipped_form(void)
{
    static const nb_form *form;
    static nb_arena *arena;
    nb_findings *findings = nb_findings_new(NB_ENGLISH);
    if (!form) {
        arena = nb_arena_new();
        nb_string json = tree_file("layouts/annual-report-2021.json", arena, findings);
        if (nb_form_load(json, "form", arena, findings, &form) != NB_OK)
            abort();
    }
    nb_findings_drop(findings);
    return form;
}

static inline const nb_page_style *shipped_style(void)
{
    static const nb_page_style *style;
    static nb_arena *arena;
    nb_findings *findings = nb_findings_new(NB_ENGLISH);
    if (!style) {
        arena = nb_arena_new();
        nb_string json = tree_file("layouts/gbt9704.json", arena, findings);
        if (nb_page_style_load(json, "style", NULL, arena, findings, &style) != NB_OK)
            abort();
    }
    nb_findings_drop(findings);
    return style;
}

static inline nb_string canonical_of(const target_input *input, const nb_report *report)
{
    nb_buffer *out = nb_buffer_new(input->arena, 1 << 28);
    nb_report_write_json(report, out);
    return (nb_string){ (const char *)out->data, out->length };
}

/* The canonical text of a report reads back to itself. */
static inline void expect_round_trip(const target_input *input, const nb_report *report)
{
    const nb_json *root;
    nb_string once = canonical_of(input, report);
    if (nb_json_read(once, "once", nb_json_default_limits, input->arena, input->findings, &root) !=
        NB_OK)
        abort();
    nb_string twice = canonical_of(
        input, nb_report_fill(report->form, root, "once", input->arena, input->findings));
    if (!nb_string_equal(once, twice))
        abort();
}

#endif
