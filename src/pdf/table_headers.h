/*
 * Which header cells tell a reader what a cell of a table is about, worked out from the grid and
 * the cells' roles alone (ISO 32000-1, 14.8.5.7; the same reading as HTML's "headers").
 */
#ifndef NB_PDF_TABLE_HEADERS_H
#define NB_PDF_TABLE_HEADERS_H

#include "doc/document.h"

typedef enum nb_pdf_scope { NB_PDF_SCOPE_NONE, NB_PDF_SCOPE_COLUMN, NB_PDF_SCOPE_ROW } nb_pdf_scope;

/*
 * What a cell heads. A cell of role "head" heads its columns, down to the next block of heads;
 * "label" and "group" head their rows. A "band" that ends at the table's right edge has no cell
 * beside it and heads the rows below it, as a head does; any other band heads its row.
 */
nb_pdf_scope nb_pdf_cell_scope(const nb_table *table, const nb_cell *cell);

typedef struct nb_pdf_table_grid nb_pdf_table_grid;

/* The table is borrowed; the grid lives in the arena. */
nb_pdf_table_grid *nb_pdf_table_grid_new(const nb_table *table, nb_arena *arena);
/* What a cell of the table heads, found once. */
nb_pdf_scope nb_pdf_table_grid_scope(const nb_pdf_table_grid *grid, const nb_cell *cell);

/*
 * The headers of a cell of the table, as indices of its cells: those of its rows from left to
 * right, then those of its columns from top to bottom. In each direction they are the nearest block
 * of headers without a gap, so that heads which stand again further down replace the ones above.
 * The array is the grid's, until the next call.
 */
const int *nb_pdf_cell_headers(nb_pdf_table_grid *grid, const nb_cell *cell, int *count);

#endif
