#include "pdf/table_headers.h"

#include <assert.h>

struct nb_pdf_table_grid {
    const nb_table *table;
    int *cell_at; /* by row, then column: index of the cell that stands or spans there, or -1 */
    nb_pdf_scope *scopes; /* per cell */
    int *told;            /* per cell: number of the last request that it was an answer to */
    int request;
    int *answer;
    int count;
};

nb_pdf_scope nb_pdf_cell_scope(const nb_table *table, const nb_cell *cell)
{
    const char *role = cell->role;
    if (strcmp(role, "head") == 0)
        return NB_PDF_SCOPE_COLUMN;
    if (strcmp(role, "band") == 0)
        return cell->column + cell->column_span >= table->column_count ? NB_PDF_SCOPE_COLUMN
                                                                       : NB_PDF_SCOPE_ROW;
    if (strcmp(role, "label") == 0 || strcmp(role, "group") == 0)
        return NB_PDF_SCOPE_ROW;
    return NB_PDF_SCOPE_NONE;
}

nb_pdf_table_grid *nb_pdf_table_grid_new(const nb_table *table, nb_arena *arena)
{
    nb_pdf_table_grid *grid = NB_NEW(arena, nb_pdf_table_grid);
    int places = table->row_count * table->column_count;
    grid->table = table;
    grid->cell_at = NB_NEW_ARRAY(arena, int, (size_t)places);
    grid->scopes = NB_NEW_ARRAY(arena, nb_pdf_scope, (size_t)table->cell_count);
    grid->told = NB_NEW_ARRAY(arena, int, (size_t)table->cell_count);
    grid->answer = NB_NEW_ARRAY(arena, int, (size_t)table->cell_count);
    for (int i = 0; i < places; i++)
        grid->cell_at[i] = -1;
    for (int i = 0; i < table->cell_count; i++) {
        const nb_cell *cell = &table->cells[i];
        grid->scopes[i] = nb_pdf_cell_scope(table, cell);
        assert(cell->row + cell->row_span <= table->row_count);
        assert(cell->column + cell->column_span <= table->column_count);
        for (int row = cell->row; row < cell->row + cell->row_span; row++)
            for (int column = cell->column; column < cell->column + cell->column_span; column++)
                grid->cell_at[row * table->column_count + column] = i;
    }
    return grid;
}

nb_pdf_scope nb_pdf_table_grid_scope(const nb_pdf_table_grid *grid, const nb_cell *cell)
{
    return grid->scopes[cell - grid->table->cells];
}

/* The cell at a place when it is a header in that direction, else -1. */
static int header_at(const nb_pdf_table_grid *grid, int row, int column, nb_pdf_scope scope)
{
    int index = grid->cell_at[row * grid->table->column_count + column];
    return index >= 0 && grid->scopes[index] == scope ? index : -1;
}

static void add_once(nb_pdf_table_grid *grid, int index)
{
    if (grid->told[index] != grid->request)
        grid->answer[grid->count++] = index;
    grid->told[index] = grid->request;
}

static void add_row_headers(nb_pdf_table_grid *grid, int row, int column)
{
    int end = column;
    while (end > 0 && header_at(grid, row, end - 1, NB_PDF_SCOPE_ROW) < 0)
        end--;
    int start = end;
    while (start > 0 && header_at(grid, row, start - 1, NB_PDF_SCOPE_ROW) >= 0)
        start--;
    for (int at = start; at < end; at++)
        add_once(grid, header_at(grid, row, at, NB_PDF_SCOPE_ROW));
}

static void add_column_headers(nb_pdf_table_grid *grid, int row, int column)
{
    int end = row;
    while (end > 0 && header_at(grid, end - 1, column, NB_PDF_SCOPE_COLUMN) < 0)
        end--;
    int start = end;
    while (start > 0 && header_at(grid, start - 1, column, NB_PDF_SCOPE_COLUMN) >= 0)
        start--;
    for (int at = start; at < end; at++)
        add_once(grid, header_at(grid, at, column, NB_PDF_SCOPE_COLUMN));
}

const int *nb_pdf_cell_headers(nb_pdf_table_grid *grid, const nb_cell *cell, int *count)
{
    grid->count = 0;
    grid->request++;
    for (int row = cell->row; row < cell->row + cell->row_span; row++)
        add_row_headers(grid, row, cell->column);
    for (int column = cell->column; column < cell->column + cell->column_span; column++)
        add_column_headers(grid, cell->row, column);
    *count = grid->count;
    return grid->answer;
}
