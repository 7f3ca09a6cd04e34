/*
 * A published report read back: from the data it carries, or from what its text shows; and whether
 * the two say the same.
 */
#include "api/reading.h"

#include "base/given.h"
#include "form/fill.h"
#include "import/extract.h"
#include "merge/merge.h"
#include "verify/verify.h"

/* Add a finding of another list, as grave as said. */
static void pass_on(nb_report_reading *r, const nb_finding *from, nb_severity severity)
{
    nb_findings_pass_on(r->findings, from, severity,
                        (nb_place){ from->file, from->line, from->column, from->pointer });
}

static nb_findings *private_findings(nb_report_reading *r)
{
    return nb_findings_new_in(r->arena, nb_findings_language(r->findings));
}

/*
 * The marks of drafts of all forms, ended with NULL, for plain text; NULL for files that tell them
 * from their text.
 */
static nb_status find_draft_marks(nb_report_reading *r, const char *const **out)
{
    *out = NULL;
    if (!nb_is_plain_text(r->bytes))
        return NB_OK;
    nb_form_ids known = nb_library_form_ids(r->library, r->arena);
    const char **marks = NB_NEW_ARRAY(r->arena, const char *, (size_t)known.count + 1);
    for (int i = 0; i < known.count; i++) {
        const nb_form *form;
        const nb_page_style *style;
        nb_status status = nb_library_form(r->library, known.ids[i], r->findings, &form);
        if (status == NB_OK)
            status = nb_library_style(r->library, form->style, r->findings, &style);
        if (status != NB_OK)
            return status;
        marks[i] = style->draft_mark.before;
    }
    *out = marks;
    return NB_OK;
}

/* Read what the file holds, and tell when it is a draft; of_file is what reading it found. */
static nb_status read_file(nb_report_reading *r, nb_findings *of_file, nb_extract **out)
{
    const char *const *marks;
    nb_status status = find_draft_marks(r, &marks);
    if (status == NB_OK)
        status = nb_extract_read(r->bytes, r->name, marks, r->arena, of_file, out);
    r->is_draft = status == NB_OK && nb_extract_is_draft(*out);
    if (r->is_draft)
        nb_findings_add(r->findings, NB_INFO, "I7", (nb_place){ .file = r->name }, "%s",
                        NB_SAY(r->findings, "文件标明是草稿，不是公布的报告",
                               "the file says that it is a draft, not the published report"));
    return status;
}

/* One form's reading of the text. */
typedef struct reading_of {
    nb_status status;
    nb_report *report;
    nb_findings *findings;
    size_t misfit; /* findings that are more than information */
} reading_of;

static reading_of read_as(nb_report_reading *r, const nb_form *form, const nb_extract *extract)
{
    reading_of reading = { .findings = private_findings(r), .misfit = SIZE_MAX };
    reading.status = nb_import_extract(form, extract, r->arena, reading.findings, &reading.report);
    if (reading.status == NB_OK)
        reading.misfit = nb_findings_count_of(reading.findings, NB_WARNING) +
                         nb_findings_count_of(reading.findings, NB_ERROR);
    return reading;
}

/*
 * The report of the form that explains the text best. One that explains all is not bettered; the
 * newer forms, of which most reports are, come later in the order of ids and are tried first.
 */
static nb_status recognise(nb_report_reading *r, const nb_extract *extract)
{
    nb_form_ids known = nb_library_form_ids(r->library, r->arena);
    reading_of best = { .findings = NULL };
    for (int i = known.count - 1; i >= 0 && (!best.findings || best.misfit); i--) {
        const nb_form *form;
        nb_status status = nb_library_form(r->library, known.ids[i], r->findings, &form);
        if (status != NB_OK)
            return status;
        reading_of next = read_as(r, form, extract);
        if (!best.findings || next.misfit <= best.misfit)
            best = next;
    }
    if (!best.findings) {
        nb_findings_add(r->findings, NB_ERROR, "IO",
                        (nb_place){ .file = nb_library_data_dir(r->library) },
                        NB_SAY(r->findings, "这里没有表单", "there are no forms here"));
        return NB_E_RESOURCE;
    }
    for (size_t i = 0; i < nb_findings_count(best.findings); i++)
        pass_on(r, nb_findings_lookup(best.findings, i),
                nb_findings_lookup(best.findings, i)->severity);
    r->report = best.report;
    return best.status;
}

/*
 * Compare the report as the file carries it with what its text shows. What the text has that no
 * report could hold (I2) is a difference too. Returns how many there are, or -1 when no report is
 * recognised in the text.
 */
static int compare(nb_report_reading *r, const nb_extract *extract, nb_severity severity)
{
    const nb_form *form = r->report->form;
    const nb_page_style *style;
    nb_findings *of_text = private_findings(r);
    nb_report *shown;
    int count = 0;
    if (nb_library_style(r->library, form->style, r->findings, &style) != NB_OK ||
        nb_import_extract(form, extract, r->arena, of_text, &shown) != NB_OK)
        return -1;
    count = nb_compare_shown(r->report, shown, style, severity, r->arena, r->findings);
    for (size_t i = 0; i < nb_findings_count(of_text); i++) {
        const nb_finding *finding = nb_findings_lookup(of_text, i);
        if (strcmp(finding->rule, "I2") != 0)
            continue;
        pass_on(r, finding, severity);
        count++;
    }
    return count;
}

/* The report as the file carries it, in r->report. */
static nb_status load_carried(nb_report_reading *r, const nb_extract *extract)
{
    const char *name = r->name;
    r->bytes = nb_extract_carried(extract);
    r->name = nb_arena_print(r->arena, "%s#report", name);
    nb_status status = nb_reading_load(r);
    r->name = name;
    return status;
}

/* The merged report read anew, so that it is judged as its JSON will be. */
static nb_status load_merged(nb_report_reading *r, const nb_report *merged)
{
    const char *name = r->name;
    nb_buffer *json = nb_buffer_new(r->arena, SIZE_MAX / 4);
    nb_report_write_json(merged, json);
    r->bytes = (nb_string){ (const char *)json->data, json->length };
    r->name = nb_arena_print(r->arena, "%s#report", name);
    nb_status status = nb_reading_load(r);
    r->name = name;
    return status;
}

static void tell_other_digest(nb_report_reading *r, nb_severity severity)
{
    nb_finding *finding = nb_findings_add(
        r->findings, severity, "V3", (nb_place){ .file = r->name },
        NB_SAY(r->findings, "所附数据的 SHA-256 与文件所记的不同：数据在生成之后被改动过",
               "the attached data do not have the SHA-256 that the file states: they were changed "
               "after it was made"));
    nb_finding_hint(r->findings, finding, "%s",
                    NB_SAY(r->findings, "向制发机关要原件核对",
                           "compare with the original of the agency that issued it"));
}

/* What the reader of a file with data should know before relying on them. */
static void tell_data(nb_report_reading *r, const nb_extract *extract)
{
    nb_findings_add(r->findings, NB_INFO, "I1", (nb_place){ .file = r->name }, "%s",
                    NB_SAY(r->findings, "文件附有报告数据，直接取用，不从正文识别",
                           "the file carries the report's data; they are taken as they are"));
    if (!nb_extract_is_as_stated(extract))
        tell_other_digest(r, NB_WARNING);
}

static void tell_differences(nb_report_reading *r, const nb_extract *extract)
{
    nb_findings *findings = r->findings;
    nb_place place = { .file = r->name };
    int differences = compare(r, extract, NB_WARNING);
    if (differences == 0)
        return;
    nb_finding *finding;
    if (differences > 0)
        finding = nb_findings_add(findings, NB_WARNING, "I3", place,
                                  NB_SAY(findings, "正文与所附数据有 %d 处不同，取了所附数据",
                                         "the text differs from the attached data in %d places; "
                                         "the data were taken"),
                                  differences);
    else
        finding = nb_findings_add(
            findings, NB_WARNING, "I3", place,
            NB_SAY(findings, "正文里认不出报告，与所附数据无从比较，取了所附数据",
                   "no report is recognised in the text, so that it cannot be compared with the "
                   "attached data; the data were taken"));
    nb_finding_hint(findings, finding, "%s",
                    NB_SAY(findings, "正文改过的，用 --ignore-carried 从正文识别",
                           "if the text was edited, read it with --ignore-carried"));
}

/*
 * The report that a file carries with what was edited in its text and its controls. In a published
 * file the text should not differ from the data, so that who edited it is warned.
 */
static nb_status load_edited(nb_report_reading *r, const nb_extract *extract)
{
    nb_findings *heard = r->findings;
    bool is_editable = nb_extract_controls(extract)->count > 0;
    nb_severity severity = is_editable ? NB_INFO : NB_WARNING;
    const nb_page_style *style;
    nb_merge merge;
    r->findings = private_findings(r);
    nb_status status = load_carried(r, extract);
    r->findings = heard;
    if (status != NB_OK)
        return load_carried(r, extract);
    tell_data(r, extract);
    status = nb_library_style(r->library, r->report->form->style, r->findings, &style);
    if (status == NB_OK)
        status = nb_merge_extract(r->report, extract, r->name, style, severity, r->arena,
                                  r->findings, &merge);
    if (status == NB_E_NOT_A_REPORT)
        nb_findings_add(r->findings, NB_WARNING, "I3", (nb_place){ .file = r->name }, "%s",
                        NB_SAY(r->findings, "正文里认不出报告，看不出改了什么，取了所附数据",
                               "no report is recognised in the text, so that edits in it cannot be "
                               "told; the attached data were taken"));
    if (status != NB_OK || merge.edits == 0)
        return load_carried(r, extract);
    nb_findings_add(r->findings, severity, "I3", (nb_place){ .file = r->name },
                    NB_SAY(r->findings, "文件生成之后改了 %d 处，已取入报告",
                           "%d edits were made after the file was written; they were taken into "
                           "the report"),
                    merge.edits);
    return load_merged(r, merge.report);
}

static nb_status import_report(void *context)
{
    nb_report_reading *r = context;
    nb_extract *extract;
    nb_arena_watch(r->arena, r->watch);
    nb_arena_progress(r->arena, NB_STAGE_READ, 0, 0);
    r->name = nb_arena_copy(r->arena, r->name, strlen(r->name));
    nb_findings *of_file = private_findings(r);
    nb_status status = read_file(r, of_file, &extract);
    bool is_carried = status == NB_OK && nb_extract_carried(extract).length && !r->ignores_carried;
    bool is_merged = is_carried && nb_extract_is_docx(extract) && !r->keeps_carried;
    for (size_t i = 0; i < nb_findings_count(of_file); i++) {
        const nb_finding *finding = nb_findings_lookup(of_file, i);
        /* How the text was taken is of no interest to who takes the data. */
        if (!is_carried || (is_merged && finding->severity != NB_INFO))
            pass_on(r, finding, finding->severity);
    }
    if (status != NB_OK)
        return status;
    if (!is_carried)
        return recognise(r, extract);
    if (is_merged)
        return load_edited(r, extract);
    status = load_carried(r, extract);
    if (status == NB_OK) {
        tell_data(r, extract);
        tell_differences(r, extract);
    }
    return status;
}

nb_status nb_report_import(nb_library *library, const char *bytes, size_t length, const char *name,
                           const nb_import_options *options, nb_findings *findings, nb_report **out)
{
    NB_CLEAR(out);
    if (!(NB_GIVEN(library, name, findings, out) && (bytes || !length)))
        return NB_E_ARGUMENT;
    static const nb_import_options defaults = NB_IMPORT_OPTIONS_INIT;
    if (!options)
        options = &defaults;
    nb_report_reading r = { .library = library,
                            .bytes = { bytes ? bytes : "", length },
                            .name = name,
                            .ignores_carried = options->ignore_carried,
                            .keeps_carried = options->keep_carried,
                            .watch = options->watch,
                            .findings = findings };
    return nb_reading_run(&r, import_report, out);
}

static nb_status verify(void *context)
{
    nb_report_reading *r = context;
    nb_extract *extract;
    r->name = nb_arena_copy(r->arena, r->name, strlen(r->name));
    nb_findings *of_file = private_findings(r);
    nb_status status = read_file(r, of_file, &extract);
    bool has_data = status == NB_OK && nb_extract_carried(extract).length;
    for (size_t i = 0; i < nb_findings_count(of_file) && !has_data; i++)
        if (nb_findings_lookup(of_file, i)->severity != NB_INFO)
            pass_on(r, nb_findings_lookup(of_file, i), nb_findings_lookup(of_file, i)->severity);
    if (status != NB_OK)
        return status;
    if (!has_data) {
        nb_findings_add(r->findings, NB_ERROR, "IO", (nb_place){ .file = r->name }, "%s",
                        NB_SAY(r->findings, "文件没有附报告数据，无从核对",
                               "the file carries no report's data to compare with"));
        return NB_E_NOT_A_REPORT;
    }
    status = load_carried(r, extract);
    if (status != NB_OK)
        return status;
    bool is_as_stated = nb_extract_is_as_stated(extract);
    if (!is_as_stated)
        tell_other_digest(r, NB_ERROR);
    int differences = compare(r, extract, NB_ERROR);
    if (differences < 0) {
        nb_findings_add(r->findings, NB_ERROR, "V2", (nb_place){ .file = r->name }, "%s",
                        NB_SAY(r->findings, "正文里认不出报告", "the text shows no report"));
    }
    return differences == 0 && is_as_stated ? NB_OK : NB_E_FINDINGS;
}

nb_status nb_report_verify(nb_library *library, const char *bytes, size_t length, const char *name,
                           nb_findings *findings)
{
    if (!(NB_GIVEN(library, name, findings) && (bytes || !length)))
        return NB_E_ARGUMENT;
    nb_report_reading r = { .library = library,
                            .bytes = { bytes ? bytes : "", length },
                            .name = name,
                            .findings = findings };
    nb_report *report;
    nb_status status = nb_reading_run(&r, verify, &report);
    nb_report_drop(report);
    return status;
}
