#include "check/evidence.h"

#include "check/claims.h"
#include "form/fill.h"

static nb_evidence *add_evidence(nb_evidence_list *list, nb_arena *arena)
{
    NB_GROW(arena, list->list, list->count, &list->capacity);
    return &list->list[list->count++];
}

/* The sum of values of the previous report at an entry; false when one is no number. */
static bool previous_sum(const nb_report *previous, const nb_relation *relation, int entry,
                         int64_t *sum)
{
    *sum = 0;
    for (int i = 0; i < relation->previous_count; i++) {
        const nb_field *field = nb_form_field(previous->form, relation->previous[i]);
        if (!field || field->slot_count != relation->entry_count)
            return false;
        const nb_value *value = &previous->values[field->slot + entry];
        if (!nb_value_is_number(value) || __builtin_add_overflow(*sum, value->number, sum))
            return false;
    }
    return true;
}

/* The relation solved for what last year's report states: slot + minus − plus. */
static void add_relation(nb_evidence_list *list, const nb_report *previous,
                         const nb_relation *relation, int entry, nb_arena *arena)
{
    int64_t sum;
    if (!previous_sum(previous, relation, entry, &sum))
        return;
    int count = 1 + relation->minus_count + relation->plus_count, at = 0;
    int *slots = NB_NEW_ARRAY(arena, int, (size_t)count);
    slots[at++] = relation->slot + entry;
    for (int i = 0; i < relation->minus_count; i++)
        slots[at++] = relation->minus[i] + entry;
    int minus_first = at;
    for (int i = 0; i < relation->plus_count; i++)
        slots[at++] = relation->plus[i] + entry;
    *add_evidence(list, arena) = (nb_evidence){ .slots = slots,
                                                .slot_count = count,
                                                .minus_first = minus_first,
                                                .scale = 1,
                                                .low = sum,
                                                .high = sum,
                                                .is_previous = true,
                                                .words = previous->name };
}

/* The words between two offsets are a value that is filled in: they say what the table says. */
static bool is_filled_in(const nb_wording *wording, size_t start, size_t end)
{
    for (int i = 0; i < wording->part_count; i++)
        if (wording->parts[i].fault == NB_WORDING_GOOD && wording->parts[i].start < end &&
            wording->parts[i].end > start)
            return true;
    return false;
}

/* What the text states of the tables. */
static void add_claims(nb_evidence_list *list, const nb_report *report, const nb_page_style *style,
                       nb_arena *arena)
{
    if (!report->form->claims)
        return;
    nb_check_run run = { .report = report, .form = report->form, .style = style, .arena = arena };
    run.prose = nb_prose_of_parts(report, style, arena, &run.prose_count);
    nb_readings readings = nb_readings_of(&run);
    nb_claims_found found = nb_claims_find(&run, &readings);
    for (int i = 0; i < found.count; i++) {
        const nb_claim *claim = &found.claims[i];
        const nb_prose *prose = &run.prose[claim->prose];
        int64_t scale;
        if (is_filled_in(&prose->wording, claim->start, claim->end) ||
            __builtin_mul_overflow(claim->factor, INT64_C(10000), &scale))
            continue;
        *add_evidence(list, arena) =
            (nb_evidence){ .slots = claim->slots,
                           .slot_count = claim->slot_count,
                           .minus_first = claim->slot_count,
                           .scale = scale,
                           .low = claim->low,
                           .high = claim->high,
                           .words = nb_arena_copy(arena, prose->text.data + claim->phrase_start,
                                                  claim->phrase_end - claim->phrase_start) };
    }
}

nb_evidence_list nb_evidence_of(const nb_report *report, const nb_report *previous,
                                const nb_page_style *style, nb_arena *arena)
{
    nb_evidence_list list = { 0 };
    add_claims(&list, report, style, arena);
    for (int i = 0; previous && i < report->form->relation_count; i++) {
        const nb_relation *relation = &report->form->relations[i];
        for (int entry = 0; entry < relation->entry_count; entry++)
            if (strcmp(relation->form, previous->form->id) == 0)
                add_relation(&list, previous, relation, entry, arena);
    }
    return list;
}
