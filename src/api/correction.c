/* A report published with mistakes, and the corrected one: what changed, and how to say so. */
#include "api/correction.h"
#include "api/library.h"

#include "base/given.h"
#include "base/sha256.h"
#include "correction/describe.h"
#include "correction/note.h"
#include "docx/docx.h"
#include "form/fill.h"
#include "report/json.h"

typedef struct correcting {
    nb_library *library;
    nb_report *old_report, *new_report;
    const nb_correction_options *options;
    nb_findings *findings;
    nb_arena *arena;
    nb_correction *correction;
} correcting;

enum { LONGEST_JSON = 256 << 20 };

static void drop_publication(void *publication)
{
    nb_publication_drop(publication);
}

static nb_string value_of(const nb_report *report, int slot)
{
    return slot < 0 ? (nb_string){ "", 0 } : report->values[slot].text;
}

static nb_string copied(nb_arena *arena, const char *text, nb_string otherwise)
{
    nb_string from = text ? nb_string_of(text) : otherwise;
    return (nb_string){ nb_arena_copy(arena, from.data, from.length), from.length };
}

/* A correction is of what was published, which a draft was not. */
static void tell_draft(const correcting *c)
{
    nb_finding *finding = nb_findings_add(
        c->findings, NB_WARNING, "E4", (nb_place){ .file = c->old_report->name }, "%s",
        NB_SAY(c->findings, "原报告的文件标明是草稿",
               "the file of the old report says that it is a draft"));
    nb_finding_hint(
        c->findings, finding, "%s",
        NB_SAY(c->findings, "更正要拿公布的那一份来比", "compare with the one that was published"));
}

/* Two reports that can be one corrected: of one form, and of one agency or one year at least. */
static nb_status check_pair(const correcting *c)
{
    const nb_report *before = c->old_report, *after = c->new_report;
    nb_place place = { .file = after->name };
    if (before->is_draft)
        tell_draft(c);
    if (before->form != after->form) {
        nb_findings_add(c->findings, NB_ERROR, "E1", place,
                        NB_SAY(c->findings, "两份报告的表单不同：原报告是 %s，更正后是 %s",
                               "the reports are of two forms: the old one of %s, the new of %s"),
                        before->form->id, after->form->id);
        return NB_E_FINDINGS;
    }
    const nb_form *form = after->form;
    nb_string agencies[] = { value_of(before, form->agency_slot),
                             value_of(after, form->agency_slot) };
    nb_string years[] = { value_of(before, form->year_slot), value_of(after, form->year_slot) };
    bool same_agency = nb_string_equal(agencies[0], agencies[1]);
    bool same_year = nb_string_equal(years[0], years[1]);
    if (same_agency && same_year)
        return NB_OK;
    nb_finding *finding = nb_findings_add(
        c->findings, same_agency || same_year ? NB_WARNING : NB_ERROR, "E2", place,
        NB_SAY(c->findings, "原报告是%.*s%.*s年的，更正后是%.*s%.*s年的",
               "the old report is of %.*s, %.*s; the new one of %.*s, %.*s"),
        (int)agencies[0].length, agencies[0].data, (int)years[0].length, years[0].data,
        (int)agencies[1].length, agencies[1].data, (int)years[1].length, years[1].data);
    nb_finding_hint(
        c->findings, finding, "%s",
        NB_SAY(c->findings, "看两份文件是否拿对了", "see that these are the right files"));
    return same_agency || same_year ? NB_OK : NB_E_FINDINGS;
}

/*
 * The old report stands as it was published, whatever is wrong with it. Only what keeps it from
 * being set is told.
 */
static nb_status set_old_report(const correcting *c)
{
    nb_findings *unheard = nb_findings_new_in(c->arena, nb_findings_language(c->findings));
    nb_build_options options = NB_BUILD_OPTIONS_INIT;
    if (c->options && c->options->build)
        options = *c->options->build;
    options.force = true;
    options.checks = NULL;
    options.date = NULL;
    options.draft = false;
    options.picture_dir = c->options ? c->options->old_picture_dir : NULL;
    nb_status status = nb_publication_build(c->library, c->old_report, &options, unheard,
                                            &c->correction->old_publication);
    for (size_t i = 0; status != NB_OK && i < nb_findings_count(unheard); i++) {
        const nb_finding *from = nb_findings_lookup(unheard, i);
        nb_place place = { from->file, from->line, from->column, from->pointer };
        if (from->severity != NB_ERROR)
            continue;
        nb_finding *finding =
            nb_findings_add(c->findings, NB_ERROR, from->rule, place, "%s", from->message);
        nb_finding_hint(c->findings, finding, "%s", from->hint);
    }
    return status;
}

static nb_status set_new_report(const correcting *c)
{
    nb_build_options options = NB_BUILD_OPTIONS_INIT;
    if (c->options && c->options->build)
        options = *c->options->build;
    options.date = NULL;
    return nb_publication_build(c->library, c->new_report, &options, c->findings,
                                &c->correction->new_publication);
}

/* What checking finds in the new report, for the record. */
static nb_status count_findings(const correcting *c)
{
    nb_findings *found = nb_findings_new_in(c->arena, NB_ENGLISH);
    nb_status status = nb_report_check(c->new_report, NULL, found);
    c->correction->error_count = nb_findings_count_of(found, NB_ERROR);
    c->correction->warning_count = nb_findings_count_of(found, NB_WARNING);
    return status == NB_E_FINDINGS ? NB_OK : status;
}

static bool corrects_numbers(const nb_markup *markup)
{
    for (int i = 0; i < markup->change_count; i++)
        if (markup->changes[i].cell >= 0)
            return true;
    return false;
}

static nb_status set_note(const correcting *c)
{
    nb_correction *correction = c->correction;
    const nb_report *report = c->new_report;
    const nb_json *root;
    nb_note note = {
        .agency = value_of(report, report->form->agency_slot),
        .year = (int)report->values[report->form->year_slot].number,
        .date = correction->origin.date,
        .title = nb_publication_document(correction->old_publication)->title,
        .reason = correction->reason,
        .relations_hold = !correction->error_count && report->form->equation_count &&
                          corrects_numbers(correction->markup),
        .changes = correction->changes,
        .change_count = correction->markup->change_count,
    };
    nb_buffer *json = nb_buffer_new(c->arena, LONGEST_JSON);
    nb_correction_note_write(&note, correction->note_form, json);
    const char *name = nb_arena_print(c->arena, "%s#note", report->name);
    nb_status status = nb_json_read((nb_string){ (const char *)json->data, json->length }, name,
                                    nb_json_default_limits, c->arena, c->findings, &root);
    if (status != NB_OK)
        return status;
    size_t errors = nb_findings_count_of(c->findings, NB_ERROR);
    correction->note_report =
        nb_report_fill(correction->note_form, root, name, c->arena, c->findings);
    correction->note_report->library = c->library;
    if (nb_findings_count_of(c->findings, NB_ERROR) > errors)
        return NB_E_FINDINGS;
    nb_build_options options = NB_BUILD_OPTIONS_INIT;
    if (c->options && c->options->build) {
        options.style = c->options->build->style;
        options.pdf_standard = c->options->build->pdf_standard;
        options.draft = c->options->build->draft;
    }
    return nb_publication_build(c->library, correction->note_report, &options, c->findings,
                                &correction->note);
}

static nb_status tell_nothing_to_correct(const correcting *c)
{
    nb_findings_add(c->findings, NB_ERROR, "E3", (nb_place){ .file = c->new_report->name }, "%s",
                    NB_SAY(c->findings, "与原报告印出来的内容相同，没有要更正的",
                           "prints the same as the old report: there is nothing to correct"));
    return NB_E_FINDINGS;
}

static void describe(const correcting *c)
{
    nb_correction *correction = c->correction;
    const nb_correction_options *options = c->options;
    const nb_document *before = nb_publication_document(correction->old_publication);
    const nb_document *after = nb_publication_document(correction->new_publication);
    correction->origin.author = copied(c->arena, options ? options->author : NULL, after->author);
    correction->origin.date = copied(c->arena, options ? options->date : NULL, after->date);
    correction->reason = copied(c->arena, options ? options->reason : NULL, (nb_string){ "", 0 });
    correction->markup = nb_mark_changes(before, after, &correction->origin, c->arena);
    correction->changes = nb_describe_changes(correction->markup, c->new_report->form,
                                              correction->note_form, c->arena);
}

static nb_status correct(void *context)
{
    correcting *c = context;
    nb_correction *correction = c->correction = NB_NEW(c->arena, nb_correction);
    correction->arena = c->arena;
    correction->old_report = c->old_report;
    correction->new_report = c->new_report;
    nb_status status = check_pair(c);
    if (status == NB_OK)
        status = nb_library_form(c->library, NB_CORRECTION_NOTE_FORM, c->findings,
                                 &correction->note_form);
    if (status == NB_OK)
        status = set_new_report(c);
    nb_arena_defer(c->arena, drop_publication, correction->new_publication);
    if (status == NB_OK)
        status = set_old_report(c);
    nb_arena_defer(c->arena, drop_publication, correction->old_publication);
    if (status == NB_OK)
        status = count_findings(c);
    if (status != NB_OK)
        return status;
    describe(c);
    if (correction->markup->change_count == 0)
        return tell_nothing_to_correct(c);
    status = set_note(c);
    nb_arena_defer(c->arena, drop_publication, correction->note);
    return status;
}

nb_status nb_correction_build(nb_library *library, nb_report *old_report, nb_report *new_report,
                              const nb_correction_options *options, nb_findings *findings,
                              nb_correction **out)
{
    NB_CLEAR(out);
    if (!NB_GIVEN(library, old_report, new_report, findings, out))
        return NB_E_ARGUMENT;
    correcting c = { .library = library,
                     .old_report = old_report,
                     .new_report = new_report,
                     .options = options,
                     .findings = findings };
    nb_status status = nb_library_run_with_new_arena(library, &c.arena, correct, &c);
    *out = status == NB_OK ? c.correction : NULL;
    return status;
}

void nb_correction_drop(nb_correction *correction)
{
    if (correction)
        nb_arena_drop(correction->arena);
}

size_t nb_correction_change_count(const nb_correction *correction)
{
    if (!correction)
        return 0;
    return (size_t)correction->markup->change_count;
}

const nb_correction_change *nb_correction_change_lookup(const nb_correction *correction,
                                                        size_t index)
{
    return index < nb_correction_change_count(correction) ? &correction->changes[index] : NULL;
}

nb_publication *nb_correction_report(nb_correction *correction)
{
    return correction ? correction->new_publication : NULL;
}

nb_publication *nb_correction_note(nb_correction *correction)
{
    return correction ? correction->note : NULL;
}
