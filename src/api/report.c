/* Reports: read, checked, written as JSON. */
#include "api/options.h"
#include "api/reading.h"

#include "base/given.h"
#include "check/check.h"
#include "form/fill.h"

nb_status nb_reading_run(nb_report_reading *r, nb_status (*body)(void *context), nb_report **out)
{
    size_t before = nb_findings_count_of(r->findings, NB_ERROR);
    nb_status status = nb_library_run_with_new_arena(r->library, &r->arena, body, r);
    *out = NULL;
    if (status == NB_OK) {
        *out = r->report;
        nb_arena_watch(r->arena, NULL);
        r->report->library = r->library;
        r->report->is_draft = r->is_draft;
        r->report->has_errors = nb_findings_count_of(r->findings, NB_ERROR) > before;
    }
    return status;
}

/* The report names no form, or none that we know. */
static nb_status tell_unknown_form(nb_report_reading *r, const nb_json *root, const nb_json *member)
{
    nb_findings *findings = r->findings;
    nb_place place = nb_json_place(member ? member : root, r->name, r->arena);
    bool is_named = member && member->kind == NB_JSON_STRING;
    nb_finding *finding =
        is_named ? nb_findings_add(findings, NB_ERROR, "S6", place,
                                   NB_SAY(findings, "没有表单“%s”", "there is no form “%s”"),
                                   member->text.data)
                 : nb_findings_add(findings, NB_ERROR, "S6", place, "%s",
                                   NB_SAY(findings, "不是报告：没有用“form”说明是哪一种表单",
                                          "not a report: no “form” says which form it follows"));
    nb_hint_at_forms(r->library, is_named ? member->text : NB_STRING(""), r->arena, findings,
                     finding);
    return NB_E_NOT_A_REPORT;
}

nb_status nb_reading_load(void *context)
{
    nb_report_reading *r = context;
    const nb_json *root;
    const nb_form *form;
    r->name = nb_arena_copy(r->arena, r->name, strlen(r->name));
    nb_status status =
        nb_json_read(r->bytes, r->name, nb_json_default_limits, r->arena, r->findings, &root);
    if (status != NB_OK)
        return status;
    const nb_json *member = nb_json_member(root, "form");
    if (!member || member->kind != NB_JSON_STRING ||
        !nb_library_has_form(r->library, member->text.data, r->arena))
        return tell_unknown_form(r, root, member);
    status = nb_library_form(r->library, member->text.data, r->findings, &form);
    if (status == NB_OK)
        r->report = nb_report_fill(form, root, r->name, r->arena, r->findings);
    return status;
}

nb_status nb_report_load(nb_library *library, const char *json, size_t length, const char *name,
                         nb_findings *findings, nb_report **out)
{
    NB_CLEAR(out);
    if (!(NB_GIVEN(library, name, findings, out) && (json || !length)))
        return NB_E_ARGUMENT;
    nb_report_reading r = { .library = library,
                            .bytes = { json ? json : "", length },
                            .name = name,
                            .findings = findings };
    return nb_reading_run(&r, nb_reading_load, out);
}

void nb_report_drop(nb_report *report)
{
    if (report)
        nb_arena_drop(report->arena);
}

enum { LARGEST_CANONICAL = 512 << 20 }; /* bytes: JSON of the largest input, a value a line */

static nb_status write_canonical(void *context)
{
    nb_report *report = context;
    nb_buffer *out = nb_buffer_new(report->arena, LARGEST_CANONICAL);
    nb_report_write_json(report, out);
    if (out->overflowed)
        return NB_E_MEMORY;
    report->canonical = (nb_string){ (const char *)out->data, out->length };
    return NB_OK;
}

nb_status nb_report_canonical(nb_report *report, const char **json, size_t *length)
{
    NB_CLEAR(json);
    NB_CLEAR(length);
    if (!NB_GIVEN(report, json, length))
        return NB_E_ARGUMENT;
    nb_status status = NB_OK;
    if (!report->canonical.length)
        status = nb_arena_run(report->arena, write_canonical, report);
    *json = report->canonical.data;
    *length = report->canonical.length;
    return status;
}

bool nb_report_is_sequel(const nb_report *report, const nb_report *previous)
{
    if (!NB_GIVEN(report, previous))
        return false;
    const nb_value *agency = &report->values[report->form->agency_slot];
    const nb_value *year = &report->values[report->form->year_slot];
    const nb_value *last = &previous->values[previous->form->year_slot];
    return year->state == NB_VALUE_STATED && last->state == NB_VALUE_STATED &&
           last->number == year->number - 1 && agency->state == NB_VALUE_STATED &&
           nb_string_equal(agency->text, previous->values[previous->form->agency_slot].text);
}

typedef struct checking {
    const nb_report *report;
    const nb_check_options *options;
    nb_findings *findings;
    nb_arena *arena;
} checking;

static nb_status check_report(void *context)
{
    checking *c = context;
    const nb_page_style *style;
    if (c->options)
        nb_arena_watch(c->arena, c->options->watch);
    nb_arena_progress(c->arena, NB_STAGE_CHECK, 0, 0);
    nb_status status =
        nb_library_style(c->report->library, c->report->form->style, c->findings, &style);
    return status == NB_OK ? nb_check(c->report, style, c->options, c->arena, c->findings) : status;
}

nb_status nb_report_check(nb_report *report, const nb_check_options *options, nb_findings *findings)
{
    if (!(NB_GIVEN(report, findings) && nb_checks_are_sound(options)))
        return NB_E_ARGUMENT;
    checking c = { report, options, findings, NULL };
    size_t errors = nb_findings_count_of(findings, NB_ERROR);
    nb_status status = nb_report_reread(report, findings);
    if (status == NB_OK)
        status = nb_library_run_with_new_arena(report->library, &c.arena, check_report, &c);
    nb_arena_drop(c.arena);
    if (status == NB_OK && nb_findings_count_of(findings, NB_ERROR) > errors)
        return NB_E_FINDINGS;
    return status;
}
