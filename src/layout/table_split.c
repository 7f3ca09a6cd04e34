#include "layout/table.h"

static int64_t base_sum(const nb_table_measure *measure, int first, int end)
{
    int64_t sum = 0;
    for (int row = first; row < end; row++)
        sum += measure->base[row];
    return sum;
}

/*
 * Whether the table may be cut before a row: each span that crosses it has, on this page and after
 * it, rows enough for its label. A smaller part would grow, and then no longer fit where it was
 * placed.
 */
static bool may_cut(const nb_table_measure *measure, int first, int cut)
{
    const nb_table *table = measure->table;
    for (int at = 0; at < measure->span_count; at++) {
        int i = measure->spans[at];
        const nb_cell *cell = &table->cells[i];
        int end = cell->row + cell->row_span;
        if (cell->row >= cut || end <= cut)
            continue;
        int top = cell->row > first ? cell->row : first;
        if (base_sum(measure, top, cut) < measure->need[i] ||
            base_sum(measure, cut, end) < measure->need[i])
            return false;
    }
    return true;
}

int nb_table_split(const nb_table_measure *measure, int first, nb_length room, int *natural,
                   nb_arena *arena)
{
    const nb_table *table = measure->table;
    int cut = first;
    nb_length sum = measure->rule;
    while (cut < table->row_count && sum + measure->base[cut] <= room)
        sum += measure->base[cut++];
    *natural = cut;
    for (; cut > first; cut--) {
        if (cut <= table->head_rows && cut < table->row_count)
            return first; /* a head without a row of data is no piece of a table */
        if ((cut == table->row_count || may_cut(measure, first, cut)) &&
            nb_table_height(measure, first, cut, arena) <= room)
            return cut;
    }
    return first;
}
