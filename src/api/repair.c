/* Repairs of a report's numbers. */
#include "api/library.h"

#include "base/buffer.h"
#include "base/given.h"
#include "repair/repair.h"
#include "report/json.h"

enum { MOST_BY_DEFAULT = 10 };

struct nb_repairs {
    nb_arena *arena; /* where the repairs themselves live */
    nb_repair_list list;
    nb_string *patches; /* by repair */
};

typedef struct repairing {
    const nb_report *report;
    const nb_report *previous;
    int most;
    nb_findings *findings;
    nb_arena *arena;
    nb_repairs *repairs;
} repairing;

static void write_operation(nb_buffer *out, bool *first, const char *name,
                            const nb_repair_cell *cell)
{
    nb_buffer_text(out, *first ? "\n    {\"op\": \"" : ",\n    {\"op\": \"");
    nb_buffer_text(out, name);
    nb_buffer_text(out, "\", \"path\": ");
    nb_json_write_string(out, nb_string_of(cell->pointer));
    nb_buffer_text(out, ", \"value\": ");
    *first = false;
}

/* What stands there is tested as the canonical JSON has it. */
static void write_old_value(nb_buffer *out, const nb_report *report, const nb_repair_cell *cell)
{
    const nb_value *value =
        &report->values[nb_form_slot(report->form, nb_string_of(cell->pointer))];
    if (value->state == NB_VALUE_BLANK)
        nb_buffer_text(out, "null");
    else if (value->quoted)
        nb_json_write_string(out, value->text);
    else
        nb_buffer_add(out, value->text.data, value->text.length);
}

static nb_string patch_of(const nb_report *report, const nb_repair *repair, nb_arena *arena)
{
    nb_buffer *out = nb_buffer_new(arena, SIZE_MAX / 4);
    bool first = true;
    nb_buffer_byte(out, '[');
    for (size_t i = 0; i < repair->cell_count; i++) {
        const nb_repair_cell *cell = &repair->cells[i];
        write_operation(out, &first, "test", cell);
        write_old_value(out, report, cell);
        nb_buffer_byte(out, '}');
        write_operation(out, &first, "replace", cell);
        nb_buffer_integer(out, cell->new_value);
        nb_buffer_byte(out, '}');
    }
    nb_buffer_text(out, "\n]\n");
    return (nb_string){ (const char *)out->data, out->length };
}

static nb_status repair(void *context)
{
    repairing *r = context;
    const nb_page_style *style;
    nb_status status =
        nb_library_style(r->report->library, r->report->form->style, r->findings, &style);
    if (status != NB_OK)
        return status;
    nb_repairs *repairs = r->repairs = NB_NEW(r->arena, nb_repairs);
    nb_evidence_list evidence = nb_evidence_of(r->report, r->previous, style, r->arena);
    repairs->arena = r->arena;
    repairs->list =
        nb_find_repairs(r->report, &evidence, r->most, nb_findings_language(r->findings), r->arena);
    repairs->patches = NB_NEW_ARRAY(r->arena, nb_string, (size_t)repairs->list.count + 1);
    for (int i = 0; i < repairs->list.count; i++)
        repairs->patches[i] = patch_of(r->report, &repairs->list.repairs[i], r->arena);
    return NB_OK;
}

nb_status nb_repairs_new(nb_report *report, const nb_repair_options *options, nb_findings *findings,
                         nb_repairs **out)
{
    NB_CLEAR(out);
    if (!NB_GIVEN(report, findings, out))
        return NB_E_ARGUMENT;
    static const nb_repair_options defaults = NB_REPAIR_OPTIONS_INIT;
    const nb_repair_options *asked = options ? options : &defaults;
    int most = asked->most > 10000 ? 10000 : asked->most ? (int)asked->most : MOST_BY_DEFAULT;
    repairing r = { report, asked->previous, most, findings, NULL, NULL };
    nb_status status = nb_library_run_with_new_arena(r.report->library, &r.arena, repair, &r);
    *out = status == NB_OK ? r.repairs : NULL;
    return status;
}

void nb_repairs_drop(nb_repairs *repairs)
{
    if (repairs)
        nb_arena_drop(repairs->arena);
}

nb_repair_outcome nb_repairs_outcome(const nb_repairs *repairs)
{
    if (!repairs)
        return NB_REPAIR_NOT_FOUND;
    return repairs->list.outcome;
}

bool nb_repairs_are_complete(const nb_repairs *repairs)
{
    return repairs && repairs->list.is_complete;
}

size_t nb_repairs_count(const nb_repairs *repairs)
{
    if (!repairs)
        return 0;
    return (size_t)repairs->list.count;
}

size_t nb_repairs_found(const nb_repairs *repairs)
{
    if (!repairs)
        return 0;
    return (size_t)repairs->list.found;
}

const nb_repair *nb_repairs_lookup(const nb_repairs *repairs, size_t index)
{
    return index < nb_repairs_count(repairs) ? &repairs->list.repairs[index] : NULL;
}

const char *nb_repairs_patch(const nb_repairs *repairs, size_t index, size_t *length)
{
    NB_CLEAR(length);
    if (!NB_GIVEN(repairs, length))
        return NULL;
    *length = 0;
    if (index >= (size_t)repairs->list.count)
        return NULL;
    *length = repairs->patches[index].length;
    return repairs->patches[index].data;
}
