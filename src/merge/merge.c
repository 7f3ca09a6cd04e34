#include "merge/merge.h"

#include "doc/compose.h"
#include "form/fill.h"
#include "merge/merging.h"

enum { LONGEST_EXCERPT = 40 }; /* characters */

bool nb_merge_is_same(nb_merging *m, nb_string a, nb_string b)
{
    return nb_string_equal(nb_squeezed(m->arena, a), nb_squeezed(m->arena, b));
}

void nb_merge_tell(nb_merging *m, nb_place place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *message = nb_arena_vprint(m->arena, format, arguments);
    va_end(arguments);
    nb_findings_add(m->findings, m->severity, "I5", place, "%s", message);
    m->edits++;
}

void nb_merge_warn(nb_merging *m, nb_place place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *message = nb_arena_vprint(m->arena, format, arguments);
    va_end(arguments);
    nb_findings_add(m->findings, NB_WARNING, "I4", place, "%s", message);
}

const char *nb_merge_excerpt(nb_merging *m, nb_string text)
{
    nb_string start = nb_utf8_prefix(text, LONGEST_EXCERPT);
    return nb_arena_print(m->arena, "%.*s%s", (int)start.length, start.data,
                          start.length < text.length ? "…" : "");
}

void nb_merge_reports(nb_report *base, nb_report *was, nb_report *is, nb_report *bound,
                      nb_severity severity, nb_arena *arena, nb_findings *findings, nb_merge *out)
{
    size_t slots = (size_t)base->form->slot_count;
    nb_report *merged = NB_NEW(arena, nb_report);
    *merged = *base;
    merged->canonical = (nb_string){ NULL, 0 };
    merged->values = NB_NEW_ARRAY(arena, nb_value, slots + 1);
    memcpy(merged->values, base->values, slots * sizeof *base->values);
    nb_merging m = { .base = base,
                     .was = was,
                     .is = is,
                     .bound = bound,
                     .merged = merged,
                     .is_edited = NB_NEW_ARRAY(arena, bool, slots + 1),
                     .signature = NB_STRING(""),
                     .severity = severity,
                     .arena = arena,
                     .findings = findings };
    nb_merge_closing(&m);
    nb_merge_values(&m);
    nb_merge_prose(&m);
    *out = (nb_merge){ merged, m.edits };
}

static nb_findings *unheard_findings(const nb_findings *heard, nb_arena *arena)
{
    return nb_findings_new_in(arena, nb_findings_language(heard));
}

static bool has_message(const nb_findings *findings, const nb_finding *wanted)
{
    for (size_t i = 0; i < nb_findings_count(findings); i++) {
        const nb_finding *finding = nb_findings_lookup(findings, i);
        if (strcmp(finding->rule, wanted->rule) == 0 &&
            strcmp(finding->message, wanted->message) == 0)
            return true;
    }
    return false;
}

/* Text without a place in the form, which the base did not have. */
static void pass_unplaced(const nb_findings *was, const nb_findings *is, nb_findings *to)
{
    for (size_t i = 0; i < nb_findings_count(is); i++) {
        const nb_finding *finding = nb_findings_lookup(is, i);
        if (strcmp(finding->rule, "I2") == 0 && !has_message(was, finding))
            nb_findings_add(
                to, finding->severity, finding->rule,
                (nb_place){ finding->file, finding->line, finding->column, finding->pointer }, "%s",
                finding->message);
    }
}

static bool has_bound_values(const nb_extract_values *values)
{
    for (int i = 0; i < values->count; i++)
        if (values->list[i].is_value)
            return true;
    return false;
}

nb_status nb_merge_extract(nb_report *base, const nb_extract *extract, const char *name,
                           const nb_page_style *style, nb_severity severity, nb_arena *arena,
                           nb_findings *findings, nb_merge *out)
{
    const nb_form *form = base->form;
    const nb_extract_values *values = nb_extract_controls(extract);
    nb_findings *of_base = unheard_findings(findings, arena);
    nb_findings *of_text = unheard_findings(findings, arena);
    nb_document *document;
    nb_report *was, *is, *bound = NULL;
    *out = (nb_merge){ base, 0 };
    /* A style that the page style lacks is told when the report is built. */
    (void)nb_compose(base, style, arena, of_base, &document);
    document->name = name;
    nb_extract *shown = nb_merge_extract_of(document, NULL, arena, of_base);
    if (nb_import_extract(form, shown, arena, of_base, &was) != NB_OK ||
        nb_import_extract(form, extract, arena, of_text, &is) != NB_OK)
        return NB_E_NOT_A_REPORT;
    if (has_bound_values(values)) {
        nb_extract *data = nb_merge_extract_of(document, values, arena, of_base);
        if (nb_import_extract(form, data, arena, unheard_findings(findings, arena), &bound) !=
            NB_OK)
            bound = NULL;
    }
    pass_unplaced(of_base, of_text, findings);
    nb_merge_reports(base, was, is, bound, severity, arena, findings, out);
    return NB_OK;
}
