/* A table is set in four steps: measure, split, place, draw. Private to src/layout. */
#ifndef NB_LAYOUT_TABLE_H
#define NB_LAYOUT_TABLE_H

#include "layout/setting.h"

/* What its cells need. Heights include the rule above a row. */
typedef struct nb_table_measure {
    nb_table *table;
    nb_length rule; /* line width */
    nb_set_text *cells;
    nb_length *need; /* per cell: the least height of its rows together */
    nb_length *base; /* per row: the least height without cells that span rows */
    int *spans;      /* cells of more than one row, by the row after their last */
    int span_count;
    nb_length *left; /* per column, and one more for the right edge; from the table's left */
} nb_table_measure;

/*
 * Set the text of each cell in its width; a number that is too wide is set narrower, and the cell's
 * scale noted.
 */
void nb_table_measure_cells(nb_layouter *layouter, nb_table *table, nb_table_measure *out);

/* Fill in spans of a measure whose table is set. */
void nb_table_sort_spans(nb_table_measure *measure, nb_arena *arena);

/*
 * The heights of rows [first, end) when they stand together on a page. The last row of a span grows
 * to what the span needs.
 */
void nb_table_heights(const nb_table_measure *measure, int first, int end, nb_length *heights);
/* Their sum, with the rule below the last. */
nb_length nb_table_height(const nb_table_measure *measure, int first, int end, nb_arena *arena);

/*
 * The first row that goes to the next page, when rows from first on have that much room: as many
 * rows as fit such that each span that is cut has room for its label on both sides. first when none
 * fits. *natural is where rows alone would have split.
 */
int nb_table_split(const nb_table_measure *measure, int first, nb_length room, int *natural,
                   nb_arena *arena);

/*
 * Draw rows [first, end) with their top left at (x, y). A span cut by the piece's edges has its
 * label in each piece. Returns the height used, with the rule below the last row.
 */
nb_length nb_table_draw(nb_layouter *layouter, const nb_table_measure *measure,
                        const nb_block *block, int first, int end, bool is_repeated_head,
                        nb_length x, nb_length y);

#endif
