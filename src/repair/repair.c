#include "repair/repair.h"

#include "repair/judging.h"
#include <stdlib.h>

enum { MOST_KEPT = 500 }; /* combinations that are carried on from part to part of the form */

typedef struct candidate {
    nb_mending mending;
    int score;
    int order; /* among equals the one found first */
} candidate;

typedef struct candidates {
    candidate *list;
    int count;
} candidates;

static int by_likelihood(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    if (x->mending.change_count != y->mending.change_count)
        return x->mending.change_count - y->mending.change_count;
    if (x->score != y->score)
        return y->score - x->score;
    return x->order - y->order;
}

static candidates ranked(const nb_judge *judge, const nb_mendings *mendings)
{
    candidates all = { NB_NEW_ARRAY(judge->arena, candidate, (size_t)mendings->count + 1),
                       mendings->count };
    for (int i = 0; i < mendings->count; i++)
        all.list[i] =
            (candidate){ mendings->list[i], nb_judge_score(judge, &mendings->list[i]), i };
    qsort(all.list, (size_t)all.count, sizeof *all.list, by_likelihood);
    return all;
}

static int by_slot(const void *a, const void *b)
{
    return ((const nb_new_value *)a)->slot - ((const nb_new_value *)b)->slot;
}

static nb_new_value *joined(const nb_new_value *a, int a_count, const nb_new_value *b, int b_count,
                            nb_arena *arena)
{
    size_t count = (size_t)a_count + (size_t)b_count;
    nb_new_value *both = NB_NEW_ARRAY(arena, nb_new_value, count + 1);
    if (a_count)
        memcpy(both, a, (size_t)a_count * sizeof *both);
    if (b_count)
        memcpy(both + a_count, b, (size_t)b_count * sizeof *both);
    qsort(both, count, sizeof *both, by_slot);
    return both;
}

static nb_mending both_mended(const nb_mending *a, const nb_mending *b, nb_arena *arena)
{
    return (nb_mending){
        joined(a->changes, a->change_count, b->changes, b->change_count, arena),
        a->change_count + b->change_count,
        joined(a->fills, a->fill_count, b->fills, b->fill_count, arena),
        a->fill_count + b->fill_count,
        joined(a->follows, a->follow_count, b->follows, b->follow_count, arena),
        a->follow_count + b->follow_count,
    };
}

/*
 * Every way of mending two parts of the form, the likeliest first; past the most that are kept the
 * less likely are left out, which no combination with further parts could overtake.
 */
static candidates combined(candidates a, candidates b, nb_arena *arena)
{
    if (b.count > MOST_KEPT)
        b.count = MOST_KEPT;
    candidates all = { NB_NEW_ARRAY(arena, candidate, (size_t)a.count * (size_t)b.count + 1), 0 };
    for (int i = 0; i < a.count; i++)
        for (int k = 0; k < b.count; k++) {
            candidate *both = &all.list[all.count];
            both->mending = both_mended(&a.list[i].mending, &b.list[k].mending, arena);
            both->score = a.list[i].score + b.list[k].score;
            both->order = all.count++;
        }
    qsort(all.list, (size_t)all.count, sizeof *all.list, by_likelihood);
    if (all.count > MOST_KEPT)
        all.count = MOST_KEPT;
    return all;
}

static const char *written_text(const nb_judge *judge, int slot)
{
    nb_string text = judge->report->values[slot].text;
    return text.data ? nb_arena_copy(judge->arena, text.data, text.length) : "";
}

static nb_repair told(const nb_judge *judge, const nb_mending *mending)
{
    int count = mending->change_count + mending->fill_count, change = 0, fill = 0;
    nb_repair_cell *cells = NB_NEW_ARRAY(judge->arena, nb_repair_cell, (size_t)count + 1);
    for (int i = 0; i < count; i++) {
        bool is_fill = change == mending->change_count ||
                       (fill < mending->fill_count &&
                        mending->fills[fill].slot < mending->changes[change].slot);
        nb_new_value value = is_fill ? mending->fills[fill++] : mending->changes[change++];
        const nb_value *there = &judge->report->values[value.slot];
        cells[i] = (nb_repair_cell){ .label = nb_cell_name(judge, value.slot),
                                     .pointer = judge->report->form->slots[value.slot].pointer,
                                     .old_text = written_text(judge, value.slot),
                                     .new_value = value.value,
                                     .is_fill = is_fill,
                                     .line = there->line,
                                     .column = there->column };
    }
    nb_reasons reasons = nb_judge_reasons(judge, mending);
    return (nb_repair){ cells, (size_t)count, (size_t)mending->change_count, reasons.list,
                        (size_t)reasons.count };
}

/* The ways of mending all parts of the form; none when a part has none. */
static candidates find_all(const nb_judge *judge, bool *is_complete)
{
    const nb_report *report = judge->report;
    bool *taken = NB_NEW_ARRAY(judge->arena, bool, (size_t)report->form->equation_count + 1);
    candidates all = { NB_NEW(judge->arena, candidate), 1 };
    const nb_system *system;
    *is_complete = true;
    while ((system = nb_system_next(report, taken, judge->arena)) != NULL) {
        nb_mendings mendings = nb_search(report, system, nb_search_default_limits, judge->arena);
        *is_complete = *is_complete && mendings.is_complete;
        all = combined(all, ranked(judge, &mendings), judge->arena);
    }
    return all;
}

nb_repair_list nb_find_repairs(const nb_report *report, const nb_evidence_list *evidence, int most,
                               nb_language language, nb_arena *arena)
{
    nb_judge judge = nb_judge_new(report, evidence, language, arena);
    nb_repair_list result = { .outcome = NB_REPAIR_FOUND };
    candidates all = find_all(&judge, &result.is_complete);
    const nb_mending *first = all.count ? &all.list[0].mending : NULL;
    if (!first) {
        result.outcome = NB_REPAIR_NOT_FOUND;
        return result;
    }
    if (first->change_count + first->fill_count == 0) {
        result.outcome = NB_REPAIR_NOT_NEEDED;
        return result;
    }
    result.found = all.count;
    result.count = all.count < most ? all.count : most;
    result.repairs = NB_NEW_ARRAY(arena, nb_repair, (size_t)result.count);
    for (int i = 0; i < result.count; i++)
        result.repairs[i] = told(&judge, &all.list[i].mending);
    return result;
}
