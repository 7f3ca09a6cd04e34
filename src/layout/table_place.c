#include "layout/table.h"

static int end_of(const nb_cell *cell)
{
    return cell->row + cell->row_span;
}

void nb_table_sort_spans(nb_table_measure *measure, nb_arena *arena)
{
    const nb_table *table = measure->table;
    int *starts = NB_NEW_ARRAY(arena, int, (size_t)table->row_count + 2);
    for (int i = 0; i < table->cell_count; i++)
        if (table->cells[i].row_span > 1) {
            starts[end_of(&table->cells[i]) + 1]++;
            measure->span_count++;
        }
    for (int row = 0; row <= table->row_count; row++)
        starts[row + 1] += starts[row];
    measure->spans = NB_NEW_ARRAY(arena, int, (size_t)measure->span_count);
    for (int i = 0; i < table->cell_count; i++)
        if (table->cells[i].row_span > 1)
            measure->spans[starts[end_of(&table->cells[i])]++] = i;
}

/*
 * Rows are independent but for spans, and a span that needs more than its rows have makes the last
 * of them grow (as word processors do). Spans come in order of their last row, so that growth by one
 * counts for the next; those that go on past the end have their last row there. While spans are
 * looked at, a row's entry holds the sum of the heights down to it.
 */
void nb_table_heights(const nb_table_measure *measure, int first, int end, nb_length *heights)
{
    const nb_table *table = measure->table;
    int at = 0;
    nb_length above = 0;
    for (int row = first; row < end; row++) {
        nb_length height = measure->base[row];
        for (; at < measure->span_count; at++) {
            const nb_cell *cell = &table->cells[measure->spans[at]];
            if (end_of(cell) > row + 1 && row + 1 < end)
                break;
            int top = cell->row < first ? first : cell->row;
            if (end_of(cell) <= first || cell->row >= end)
                continue;
            nb_length have = above - (top > first ? heights[top - 1 - first] : 0);
            if (have + height < measure->need[measure->spans[at]])
                height = measure->need[measure->spans[at]] - have;
        }
        above = nb_capped((int64_t)above + height);
        heights[row - first] = above;
    }
    for (int row = end - 1; row > first; row--)
        heights[row - first] -= heights[row - 1 - first];
}

nb_length nb_table_height(const nb_table_measure *measure, int first, int end, nb_arena *arena)
{
    nb_length *heights = NB_NEW_ARRAY(arena, nb_length, (size_t)(end - first) + 1);
    int64_t sum = measure->rule;
    nb_table_heights(measure, first, end, heights);
    for (int row = first; row < end; row++)
        sum += heights[row - first];
    return nb_capped(sum);
}
