#include "layout/table.h"

#include <stdlib.h>

typedef struct piece {
    nb_layouter *layouter;
    const nb_table_measure *measure;
    const nb_block *block;
    int first, end;
    bool is_repeated_head;
    nb_length x;
    /*
     * per row of the piece, and one more for its bottom: the middle of the rule is half a rule
     * below
     */
    nb_length *top;
    int *above; /* cells that reach into the piece from above it, in their order */
    int above_count;
    int first_cell; /* of those that begin in it */
} piece;

static void draw_cell(const piece *p, int index)
{
    const nb_layouter *layouter = p->layouter;
    const nb_table_measure *measure = p->measure;
    const nb_cell *cell = &measure->table->cells[index];
    const nb_set_text *set = &measure->cells[index];
    int from = cell->row > p->first ? cell->row : p->first;
    int to = cell->row + cell->row_span < p->end ? cell->row + cell->row_span : p->end;
    nb_length top = p->top[from - p->first] + measure->rule;
    nb_length room = p->top[to - p->first] - top;
    nb_length text = nb_set_text_height(set);
    nb_length offset = room > text ? nb_twips(room - text) / 2 * NB_TWIP : 0;
    bool is_artifact = from > cell->row && !p->is_repeated_head;
    nb_structure structure = { NB_STRUCTURE_CELL, p->block, cell, cell->row };
    if (!p->is_repeated_head)
        nb_page_mark(p->layouter, is_artifact ? NB_ITEM_BEGIN_ARTIFACT : NB_ITEM_BEGIN, structure);
    nb_page_lines(p->layouter, set, 0, set->line_count,
                  p->x + measure->left[cell->column] + layouter->style->table_cell_left,
                  top + offset);
    if (!p->is_repeated_head)
        nb_page_mark(p->layouter, is_artifact ? NB_ITEM_END_ARTIFACT : NB_ITEM_END, structure);
}

static int end_of(const nb_cell *cell)
{
    return cell->row + cell->row_span;
}

/* The first cell that begins in a row or after it. */
static int first_cell(const nb_table *table, int row)
{
    int low = 0, high = table->cell_count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (table->cells[middle].row < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Where the piece has the cell, the map holds its index. */
static void map_cell(const piece *p, int index, int *map)
{
    const nb_table *table = p->measure->table;
    const nb_cell *cell = &table->cells[index];
    int from = cell->row > p->first ? cell->row : p->first;
    int to = end_of(cell) < p->end ? end_of(cell) : p->end;
    for (int row = from; row < to; row++)
        for (int column = cell->column; column < cell->column + cell->column_span; column++)
            map[(row - p->first) * table->column_count + column] = index;
}

/* The cell whose part of the piece covers a grid position. */
static int *map_cells(const piece *p)
{
    const nb_table *table = p->measure->table;
    int *map = NB_NEW_ARRAY(p->layouter->arena, int,
                            (size_t)(p->end - p->first) * (size_t)table->column_count);
    for (int i = 0; i < p->above_count; i++)
        map_cell(p, p->above[i], map);
    for (int i = p->first_cell; i < table->cell_count && table->cells[i].row < p->end; i++)
        map_cell(p, i, map);
    return map;
}

static bool is_edge_above(const piece *p, const int *map, int row, int column)
{
    int columns = p->measure->table->column_count;
    return row == 0 || row == p->end - p->first ||
           map[row * columns + column] != map[(row - 1) * columns + column];
}

static bool is_edge_left(const piece *p, const int *map, int row, int column)
{
    int columns = p->measure->table->column_count;
    return column == 0 || column == columns ||
           map[row * columns + column] != map[row * columns + column - 1];
}

/*
 * Rules in as few strokes as can be: along each grid line, from where an edge begins to where it
 * ends.
 */
static void draw_rules(const piece *p)
{
    const nb_table_measure *measure = p->measure;
    const int *map = map_cells(p);
    int rows = p->end - p->first, columns = measure->table->column_count;
    nb_length half = measure->rule / 2;
    for (int row = 0; row <= rows; row++)
        for (int column = 0; column < columns; column++) {
            if (!is_edge_above(p, map, row, column))
                continue;
            int start = column;
            while (column + 1 < columns && is_edge_above(p, map, row, column + 1))
                column++;
            nb_length y = p->top[row] + half;
            nb_page_rule(p->layouter, (nb_rule_line){ p->x + measure->left[start] - half, y,
                                                      p->x + measure->left[column + 1] + half, y,
                                                      measure->rule });
        }
    for (int column = 0; column <= columns; column++)
        for (int row = 0; row < rows; row++) {
            if (!is_edge_left(p, map, row, column))
                continue;
            int start = row;
            while (row + 1 < rows && is_edge_left(p, map, row + 1, column))
                row++;
            nb_length x = p->x + measure->left[column];
            nb_page_rule(p->layouter, (nb_rule_line){ x, p->top[start] + half, x,
                                                      p->top[row + 1] + half, measure->rule });
        }
}

static void draw_rows(const piece *p)
{
    const nb_table *table = p->measure->table;
    int index = p->first_cell;
    for (int row = p->first; row < p->end; row++) {
        nb_structure structure = { NB_STRUCTURE_ROW, p->block, NULL, row };
        if (!p->is_repeated_head)
            nb_page_mark(p->layouter, NB_ITEM_BEGIN, structure);
        for (int i = 0; row == p->first && i < p->above_count; i++)
            draw_cell(p, p->above[i]);
        for (; index < table->cell_count && table->cells[index].row == row; index++)
            draw_cell(p, index);
        if (!p->is_repeated_head)
            nb_page_mark(p->layouter, NB_ITEM_END, structure);
    }
}

static int by_number(const void *a, const void *b)
{
    int left = *(const int *)a, right = *(const int *)b;
    return (left > right) - (left < right);
}

/* Labels of spans that began on a page before stand again at the piece's first row. */
static void list_above(piece *p)
{
    const nb_table_measure *measure = p->measure;
    p->above = NB_NEW_ARRAY(p->layouter->arena, int, (size_t)measure->table->column_count);
    for (int i = 0; i < measure->span_count; i++) {
        const nb_cell *cell = &measure->table->cells[measure->spans[i]];
        if (cell->row < p->first && end_of(cell) > p->first)
            p->above[p->above_count++] = measure->spans[i];
    }
    qsort(p->above, (size_t)p->above_count, sizeof *p->above, by_number);
}

nb_length nb_table_draw(nb_layouter *layouter, const nb_table_measure *measure,
                        const nb_block *block, int first, int end, bool is_repeated_head,
                        nb_length x, nb_length y)
{
    piece p = { .layouter = layouter,
                .measure = measure,
                .block = block,
                .first = first,
                .end = end,
                .is_repeated_head = is_repeated_head,
                .x = x };
    nb_structure structure = { NB_STRUCTURE_TABLE, block, NULL, first };
    nb_length *heights = NB_NEW_ARRAY(layouter->arena, nb_length, (size_t)(end - first) + 1);
    p.top = NB_NEW_ARRAY(layouter->arena, nb_length, (size_t)(end - first) + 1);
    nb_table_heights(measure, first, end, heights);
    list_above(&p);
    p.first_cell = first_cell(measure->table, first);
    p.top[0] = y;
    for (int row = 0; row < end - first; row++)
        p.top[row + 1] = p.top[row] + heights[row];
    nb_page_mark(layouter, is_repeated_head ? NB_ITEM_BEGIN_ARTIFACT : NB_ITEM_BEGIN, structure);
    draw_rows(&p);
    nb_page_mark(layouter, is_repeated_head ? NB_ITEM_END_ARTIFACT : NB_ITEM_END, structure);
    nb_page_mark(layouter, NB_ITEM_BEGIN_ARTIFACT, structure);
    draw_rules(&p);
    nb_page_mark(layouter, NB_ITEM_END_ARTIFACT, structure);
    return p.top[end - first] - y + measure->rule;
}
