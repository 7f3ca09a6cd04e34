/* What differs between two reports, and patching one. */
#include "api/reading.h"

#include "base/given.h"
#include "form/fill.h"
#include "revise/changes.h"
#include "revise/json_diff.h"
#include "revise/json_patch.h"

struct nb_report_diff {
    nb_arena *arena; /* where the diff itself lives */
    nb_changes changes;
    nb_string patch;
};

typedef struct comparing {
    nb_report *old_report, *new_report;
    nb_findings *findings;
    nb_arena *arena;
    nb_report_diff *diff;
} comparing;

static nb_status read_canonical(const comparing *c, nb_report *report, const nb_json **root)
{
    nb_string json;
    nb_status status = nb_report_canonical(report, &json.data, &json.length);
    if (status == NB_OK)
        status =
            nb_json_read(json, report->name, nb_json_default_limits, c->arena, c->findings, root);
    return status;
}

static nb_status compare(void *context)
{
    comparing *c = context;
    const nb_json *old_root, *new_root;
    nb_report_diff *diff = c->diff = NB_NEW(c->arena, nb_report_diff);
    diff->arena = c->arena;
    diff->changes = nb_report_changes(c->old_report, c->new_report,
                                      nb_findings_language(c->findings), c->arena);
    nb_status status = read_canonical(c, c->old_report, &old_root);
    if (status == NB_OK)
        status = read_canonical(c, c->new_report, &new_root);
    if (status != NB_OK)
        return status;
    nb_buffer *out = nb_buffer_new(c->arena, SIZE_MAX / 4);
    nb_json_diff(out, old_root, new_root, c->arena);
    diff->patch = (nb_string){ (const char *)out->data, out->length };
    return NB_OK;
}

nb_status nb_report_diff_new(nb_report *old_report, nb_report *new_report, nb_findings *findings,
                             nb_report_diff **out)
{
    NB_CLEAR(out);
    if (!NB_GIVEN(old_report, new_report, findings, out))
        return NB_E_ARGUMENT;
    comparing c = { old_report, new_report, findings, NULL, NULL };
    *out = NULL;
    if (strcmp(old_report->form->id, new_report->form->id) != 0) {
        nb_findings_add(
            findings, NB_ERROR, "D1", (nb_place){ .file = new_report->name },
            NB_SAY(findings, "表单是“%s”，另一份是“%s”：各值不对应，不能比较",
                   "its form is “%s”, the other's “%s”: their values do not correspond"),
            new_report->form->id, old_report->form->id);
        return NB_E_ARGUMENT;
    }
    nb_status status = nb_library_run_with_new_arena(old_report->library, &c.arena, compare, &c);
    if (status == NB_OK)
        *out = c.diff;
    return status;
}

void nb_report_diff_drop(nb_report_diff *diff)
{
    if (diff)
        nb_arena_drop(diff->arena);
}

size_t nb_report_diff_count(const nb_report_diff *diff)
{
    if (!diff)
        return 0;
    return (size_t)diff->changes.count;
}

const nb_report_change *nb_report_diff_lookup(const nb_report_diff *diff, size_t index)
{
    return index < nb_report_diff_count(diff) ? &diff->changes.list[index] : NULL;
}

const char *nb_report_diff_patch(const nb_report_diff *diff, size_t *length)
{
    NB_CLEAR(length);
    if (!NB_GIVEN(diff, length))
        return NULL;
    *length = diff->patch.length;
    return diff->patch.data;
}

typedef struct patching {
    nb_report_reading reading;
    nb_report *report;
    nb_string patch;
    const char *patch_name;
} patching;

static nb_status apply(void *context)
{
    patching *p = context;
    nb_report_reading *r = &p->reading;
    nb_string json;
    const nb_json *document, *patch;
    nb_status status = nb_report_canonical(p->report, &json.data, &json.length);
    if (status == NB_OK)
        status = nb_json_read(json, p->report->name, nb_json_default_limits, r->arena, r->findings,
                              &document);
    if (status == NB_OK)
        status = nb_json_read(p->patch, p->patch_name, nb_json_default_limits, r->arena,
                              r->findings, &patch);
    if (status != NB_OK)
        return status;
    nb_buffer *out = nb_buffer_new(r->arena, SIZE_MAX / 4);
    status = nb_json_patch(document, patch, p->patch_name, r->arena, r->findings, out);
    r->bytes = (nb_string){ (const char *)out->data, out->length };
    r->name = nb_arena_print(r->arena, "%s#patched", p->report->name);
    return status == NB_OK ? nb_reading_load(r) : status;
}

nb_status nb_patch_apply(nb_library *library, nb_report *report, const char *patch, size_t length,
                         const char *name, nb_findings *findings, nb_report **out)
{
    NB_CLEAR(out);
    if (!(NB_GIVEN(library, report, name, findings, out) && (patch || !length)))
        return NB_E_ARGUMENT;
    patching p = { .reading = { .library = library, .findings = findings },
                   .report = report,
                   .patch = { patch ? patch : "", length },
                   .patch_name = name };
    return nb_reading_run(&p.reading, apply, out);
}
