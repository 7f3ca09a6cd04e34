#include "repair/search.h"

const nb_search_limits nb_search_default_limits = { 8, 60000, 4000 };

enum {
    NODES_FOR_MORE = 4000, /* spent on mendings with one change more than the fewest */
    FEW = 12               /* found with the fewest: more of them and others are not looked for */
};
static const int64_t largest_value = INT64_C(1) << 53;

typedef struct searching {
    const nb_report *report;
    const nb_system *system;
    nb_search_limits limits;
    nb_arena *arena;
    nb_elimination *levels; /* one for each change, and the first with none */
    int *tried;             /* columns passed over, by level: column_count each */
    bool *is_passed_over;   /* per column: tried already beside what is chosen */
    bool *is_used;          /* per column: room for counting */
    int nodes;
    int most_nodes;
    bool is_cut; /* the limits left something unseen */
    nb_mending *found;
    int found_count, found_capacity;
} searching;

static bool may_change(const searching *s, int column)
{
    return s->system->is_stated[column] && !s->is_passed_over[column];
}

/* The row fails, and no cell has been freed in it that could make it hold. */
static bool is_failing(const nb_elimination *e, int row)
{
    return e->freed[row] < 0 && e->residuals[row] != 0;
}

static int support_of(const searching *s, const nb_elimination *e, int row)
{
    int count = 0;
    for (int column = 0; column < s->system->column_count; column++)
        count += nb_coefficient(s->system, e, row, column) != 0 && may_change(s, column);
    return count;
}

/* Take the row's cells as used; false when one of them is so already. */
static bool use_row(searching *s, const nb_elimination *e, int row)
{
    for (int column = 0; column < s->system->column_count; column++)
        if (s->is_used[column] && nb_coefficient(s->system, e, row, column))
            return false;
    for (int column = 0; column < s->system->column_count; column++)
        if (may_change(s, column) && nb_coefficient(s->system, e, row, column))
            s->is_used[column] = true;
    return true;
}

/*
 * The failing row with the fewest cells, -1 when none fails. *least is how many more cells must
 * change at least: failing rows without common cells need one each.
 */
static int choose_row(searching *s, const nb_elimination *e, int *least)
{
    int best = -1, fewest = 0;
    *least = 0;
    memset(s->is_used, 0, (size_t)s->system->column_count * sizeof *s->is_used);
    for (int row = 0; row < s->system->row_count; row++) {
        if (!is_failing(e, row))
            continue;
        int support = support_of(s, e, row);
        if (best < 0 || support < fewest) {
            best = row;
            fewest = support;
        }
        *least += use_row(s, e, row);
    }
    return best;
}

/* What freeing one more column alone would do: no row is left that fails. */
static bool mends_all(const searching *s, const nb_elimination *e, int row, int column)
{
    int64_t pivot = nb_coefficient(s->system, e, row, column);
    if (e->residuals[row] % pivot != 0)
        return false;
    int64_t gain = e->residuals[row] / pivot, product;
    for (int i = 0; i < s->system->row_count; i++)
        if (e->freed[i] < 0 &&
            (__builtin_mul_overflow((int64_t)nb_coefficient(s->system, e, i, column), gain,
                                    &product) ||
             product != e->residuals[i]))
            return false;
    return true;
}

/* Whether the row settles the value of its freed column, and that value. */
static bool settles(const searching *s, const nb_elimination *e, int row, int64_t *gain,
                    bool *whole)
{
    const nb_system *system = s->system;
    int64_t pivot = nb_coefficient(system, e, row, e->freed[row]);
    for (int column = 0; column < system->column_count; column++)
        if (column != e->freed[row] && !system->is_stated[column] &&
            nb_coefficient(system, e, row, column))
            return false; /* another cell without a number is in it */
    *whole = e->residuals[row] % pivot == 0;
    *gain = e->residuals[row] / pivot;
    return true;
}

static void insert_value(nb_new_value *list, int *count, nb_new_value value)
{
    int at = (*count)++;
    for (; at > 0 && list[at - 1].slot > value.slot; at--)
        list[at] = list[at - 1];
    list[at] = value;
}

/* Keep what was found, when its values are numbers that a report may have. */
static void keep(searching *s, const nb_elimination *e, int level)
{
    const nb_system *system = s->system;
    nb_mending mending = { 0 };
    mending.changes = NB_NEW_ARRAY(s->arena, nb_new_value, (size_t)level + 1);
    mending.follows = NB_NEW_ARRAY(s->arena, nb_new_value, (size_t)system->row_count);
    mending.fills = NB_NEW_ARRAY(s->arena, nb_new_value, (size_t)system->row_count);
    for (int row = 0; row < system->row_count; row++) {
        int column = e->freed[row];
        int64_t gain, value;
        bool whole;
        if (column < 0 || !settles(s, e, row, &gain, &whole))
            continue;
        if (!whole || __builtin_add_overflow(system->values[column], gain, &value) || value < 0 ||
            value > largest_value)
            return;
        const nb_value *there = &s->report->values[system->slots[column]];
        nb_new_value settled = { system->slots[column], value };
        if (system->is_stated[column] && gain == 0)
            return; /* it holds without this change */
        if (system->is_stated[column])
            insert_value(mending.changes, &mending.change_count, settled);
        else if (there->state == NB_VALUE_BLANK || there->state == NB_VALUE_INVALID)
            insert_value(mending.fills, &mending.fill_count, settled);
        else if (there->state == NB_VALUE_COMPUTED && there->number != value)
            insert_value(mending.follows, &mending.follow_count, settled);
    }
    if (s->found_count == s->limits.most_found) {
        s->is_cut = true;
        return;
    }
    NB_GROW(s->arena, s->found, s->found_count, &s->found_capacity);
    s->found[s->found_count++] = mending;
}

/* Free a column on the next level; false when its numbers are of no use. */
static bool descend(searching *s, int level, int row, int column)
{
    nb_elimination_copy(s->system, &s->levels[level], &s->levels[level + 1]);
    if (nb_elimination_free(s->system, &s->levels[level + 1], row, column))
        return true;
    s->is_cut = true;
    return false;
}

/* Look for mendings with exactly `more` changes beside those of the level. */
static void search_level(searching *s, int level, int more)
{
    const nb_elimination *e = &s->levels[level];
    int least, passed_over = 0;
    if (++s->nodes > s->most_nodes) {
        s->is_cut = true;
        return;
    }
    int row = choose_row(s, e, &least);
    if (row < 0) {
        if (more == 0)
            keep(s, e, level);
        return;
    }
    if (least > more)
        return;
    int *tried = s->tried + (ptrdiff_t)level * s->system->column_count;
    for (int column = 0; column < s->system->column_count; column++) {
        if (!may_change(s, column) || !nb_coefficient(s->system, e, row, column))
            continue;
        if (more > 1) {
            if (descend(s, level, row, column))
                search_level(s, level + 1, more - 1);
        } else if (mends_all(s, e, row, column) && descend(s, level, row, column)) {
            keep(s, &s->levels[level + 1], level + 1);
        }
        s->is_passed_over[column] = true;
        tried[passed_over++] = column;
    }
    while (passed_over)
        s->is_passed_over[tried[--passed_over]] = false;
}

/* Free the cells without a number: they are to be filled in whatever else changes. */
static bool free_empty_cells(searching *s)
{
    nb_elimination *e = &s->levels[0];
    for (int column = 0; column < s->system->column_count; column++) {
        int row = 0;
        if (s->system->is_stated[column])
            continue;
        while (row < s->system->row_count &&
               (e->freed[row] >= 0 || !nb_coefficient(s->system, e, row, column)))
            row++;
        if (row < s->system->row_count && !nb_elimination_free(s->system, e, row, column))
            return false;
    }
    return true;
}

static void make_room(searching *s)
{
    size_t levels = (size_t)s->limits.most_changes + 2, columns = (size_t)s->system->column_count;
    s->levels = NB_NEW_ARRAY(s->arena, nb_elimination, levels);
    for (size_t i = 0; i < levels; i++)
        s->levels[i] = nb_elimination_new(s->system, s->arena);
    s->tried = NB_NEW_ARRAY(s->arena, int, levels *columns);
    s->is_passed_over = NB_NEW_ARRAY(s->arena, bool, columns);
    s->is_used = NB_NEW_ARRAY(s->arena, bool, columns);
}

/* One change more than the fewest, unless that takes long: then none of them. */
static void search_for_more(searching *s, int changes)
{
    int fewest = s->found_count;
    s->nodes = 0;
    s->most_nodes = NODES_FOR_MORE;
    search_level(s, 0, changes);
    if (s->is_cut)
        s->found_count = fewest;
    s->is_cut = false;
}

nb_mendings nb_search(const nb_report *report, const nb_system *system, nb_search_limits limits,
                      nb_arena *arena)
{
    searching s = { .report = report,
                    .system = system,
                    .limits = limits,
                    .arena = arena,
                    .most_nodes = limits.most_nodes };
    make_room(&s);
    if (!nb_elimination_begin(system, report->form, &s.levels[0]) || !free_empty_cells(&s))
        return (nb_mendings){ .is_complete = false };
    int changes = 0;
    for (; changes <= limits.most_changes && !s.found_count && !s.is_cut; changes++)
        search_level(&s, 0, changes);
    bool is_complete = s.found_count > 0 && !s.is_cut;
    if (is_complete && changes > 1 && changes <= limits.most_changes && s.found_count < FEW)
        search_for_more(&s, changes);
    return (nb_mendings){ s.found, s.found_count, is_complete };
}
