#include "layout/table.h"

/*
 * Rows are independent but for spans, and a span that needs more than its rows have makes the last
 * of them grow (as word processors do). Spans are taken in order of their last row, so that growth
 * by one counts for the next.
 */
void nb_table_heights(const nb_table_measure *measure, int first, int end, nb_length *heights)
{
    const nb_table *table = measure->table;
    for (int row = first; row < end; row++)
        heights[row - first] = measure->base[row];
    for (int row = first; row < end; row++) {
        for (int i = 0; i < table->cell_count && table->cells[i].row <= row; i++) {
            const nb_cell *cell = &table->cells[i];
            int top = cell->row < first ? first : cell->row;
            int bottom = cell->row + cell->row_span < end ? cell->row + cell->row_span : end;
            if (cell->row_span == 1 || bottom != row + 1 || cell->row + cell->row_span <= first)
                continue;
            nb_length have = 0;
            for (int k = top; k < bottom; k++)
                have += heights[k - first];
            if (have < measure->need[i])
                heights[row - first] += measure->need[i] - have;
        }
    }
}

nb_length nb_table_height(const nb_table_measure *measure, int first, int end, nb_arena *arena)
{
    nb_length *heights = NB_NEW_ARRAY(arena, nb_length, (size_t)(end - first) + 1);
    nb_length sum = measure->rule;
    nb_table_heights(measure, first, end, heights);
    for (int row = first; row < end; row++)
        sum += heights[row - first];
    return sum;
}
