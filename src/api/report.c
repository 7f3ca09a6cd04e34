/* Reports: read, imported, checked, written as JSON. */
#include "api/library.h"

#include "check/check.h"
#include "form/fill.h"
#include "import/extract.h"

typedef struct reading {
    nb_library *library;
    nb_string bytes;
    const char *name;
    nb_findings *findings;
    nb_arena *arena;
    nb_report *report;
} reading;

/*
 * Run body, which makes a report of what is being read, in an arena that becomes the report's
 * own.
 */
static nb_status read_report(reading *r, nb_status (*body)(void *context), nb_report **out)
{
    size_t before = nb_findings_count_of(r->findings, NB_ERROR);
    nb_status status = nb_run_with_new_arena(&r->arena, body, r);
    *out = NULL;
    if (status == NB_OK) {
        *out = r->report;
        r->report->has_errors = nb_findings_count_of(r->findings, NB_ERROR) > before;
    }
    return status;
}

static const char *joined(nb_arena *arena, nb_form_ids known, const char *between)
{
    const char *names = "";
    for (int i = 0; i < known.count; i++)
        names = nb_arena_print(arena, "%s%s%s", names, i ? between : "", known.ids[i]);
    return names;
}

/* The report names no form, or none that we know. */
static nb_status tell_unknown_form(reading *r, const nb_json *root, const nb_json *member)
{
    nb_findings *findings = r->findings;
    nb_form_ids known = nb_library_form_ids(r->library, r->arena);
    const char *names = joined(r->arena, known, NB_SAY(findings, "、", ", ")), *nearest = NULL;
    nb_place place = nb_json_place(member ? member : root, r->name, r->arena);
    nb_finding *finding;
    if (member && member->kind == NB_JSON_STRING) {
        finding = nb_findings_add(findings, NB_ERROR, "S6", place,
                                  NB_SAY(findings, "没有表单“%s”", "there is no form “%s”"),
                                  member->text.data);
        nearest = nb_nearest_name(member->text, known.ids, (size_t)known.count);
    } else {
        finding = nb_findings_add(findings, NB_ERROR, "S6", place, "%s",
                                  NB_SAY(findings, "不是报告：没有用“form”说明是哪一种表单",
                                         "not a report: no “form” says which form it follows"));
    }
    if (nearest)
        nb_finding_hint(findings, finding,
                        NB_SAY(findings, "是否要写“%s”？现有的表单：%s",
                               "did you mean “%s”? The forms there are: %s"),
                        nearest, names);
    else
        nb_finding_hint(findings, finding,
                        NB_SAY(findings, "现有的表单：%s", "the forms there are: %s"), names);
    return NB_E_NOT_A_REPORT;
}

static nb_status load_report(void *context)
{
    reading *r = context;
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
    reading r = { .library = library,
                  .bytes = { json ? json : "", length },
                  .name = name,
                  .findings = findings };
    return read_report(&r, load_report, out);
}

typedef struct trial {
    const nb_form *form;
    const nb_extract *extract;
    nb_findings *unheard;
    nb_arena *arena;
} trial;

static nb_status try_form(void *context)
{
    trial *t = context;
    nb_report *report;
    return nb_import_extract(t->form, t->extract, t->arena, t->unheard, &report);
}

/* How ill a form explains the text: the findings that are more than information. */
static size_t misfit(const nb_form *form, const nb_extract *extract)
{
    trial t = { form, extract, nb_findings_new(NB_ENGLISH), NULL };
    size_t count = SIZE_MAX;
    if (t.unheard && nb_run_with_new_arena(&t.arena, try_form, &t) == NB_OK)
        count =
            nb_findings_count_of(t.unheard, NB_WARNING) + nb_findings_count_of(t.unheard, NB_ERROR);
    nb_arena_drop(t.arena);
    nb_findings_drop(t.unheard);
    return count;
}

/* The report as the file carries it, whatever its text says now. */
static nb_status load_carried(reading *r, nb_string json)
{
    nb_place place = { .file = r->name };
    nb_finding *finding =
        nb_findings_add(r->findings, NB_INFO, "I1", place, "%s",
                        NB_SAY(r->findings, "文件附有报告数据，直接取用，不从正文识别",
                               "the file carries the report's data; they are taken as they are"));
    nb_finding_hint(r->findings, finding, "%s",
                    NB_SAY(r->findings, "生成之后在正文里改动的内容不在其中",
                           "what was changed in its text since is not among them"));
    r->bytes = json;
    r->name = nb_arena_print(r->arena, "%s#report", r->name);
    return load_report(r);
}

static nb_status import_report(void *context)
{
    reading *r = context;
    nb_extract *extract;
    nb_form_ids known = nb_library_form_ids(r->library, r->arena);
    const nb_form *best = NULL;
    size_t least = 0;
    r->name = nb_arena_copy(r->arena, r->name, strlen(r->name));
    nb_status status = nb_extract_read(r->bytes, r->name, r->arena, r->findings, &extract);
    if (status != NB_OK)
        return status;
    if (nb_extract_carried(extract).length)
        return load_carried(r, nb_extract_carried(extract));
    for (int i = 0; i < known.count; i++) {
        const nb_form *form;
        status = nb_library_form(r->library, known.ids[i], r->findings, &form);
        if (status != NB_OK)
            return status;
        size_t count = known.count > 1 ? misfit(form, extract) : 0;
        if (!best || count < least) {
            best = form;
            least = count;
        }
    }
    if (!best) {
        nb_findings_add(r->findings, NB_ERROR, "IO",
                        (nb_place){ .file = nb_library_data_dir(r->library) },
                        NB_SAY(r->findings, "这里没有表单", "there are no forms here"));
        return NB_E_RESOURCE;
    }
    return nb_import_extract(best, extract, r->arena, r->findings, &r->report);
}

nb_status nb_report_import(nb_library *library, const char *bytes, size_t length, const char *name,
                           nb_findings *findings, nb_report **out)
{
    reading r = { .library = library,
                  .bytes = { bytes ? bytes : "", length },
                  .name = name,
                  .findings = findings };
    return read_report(&r, import_report, out);
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
    nb_status status = NB_OK;
    if (!report->canonical.length)
        status = nb_arena_run(report->arena, write_canonical, report);
    *json = report->canonical.data;
    *length = report->canonical.length;
    return status;
}

typedef struct checking {
    nb_report *report;
    nb_findings *findings;
} checking;

static nb_status check_report(void *context)
{
    checking *c = context;
    return nb_check(c->report, c->findings);
}

nb_status nb_report_check(nb_report *report, nb_findings *findings)
{
    checking c = { report, findings };
    return nb_arena_run(report->arena, check_report, &c);
}
