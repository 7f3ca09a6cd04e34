/*
 * A page as a PDF has it, or a text whose columns are held apart by blanks: characters and rules,
 * each in its place, and no word of what is a line, a cell or a paragraph. Private to the folder.
 *
 *   characters ─┬─ within ruled cells ───────▶ rows      placed_cells.c
 *               └─ the rest ──▶ lines ─┬─ in columns ──▶ rows         placed_columns.c
 *                                      └─ the rest ────▶ paragraphs   placed_paragraphs.c
 *
 * Lengths are hundredths of a point, from the top left of the page.
 */
#ifndef NB_IMPORT_PLACED_H
#define NB_IMPORT_PLACED_H

#include "import/reader.h"

typedef struct nb_box {
    int left, top, right, bottom;
} nb_box;

typedef struct nb_placed_character {
    nb_box box;
    nb_string text; /* one character */
    bool is_taken;  /* by a table */
} nb_placed_character;

typedef struct nb_placed_page {
    int width, height;
    nb_placed_character *characters;
    int count;
    int capacity;
    nb_box *rules;
    int rule_count;
    int rule_capacity;
} nb_placed_page;

/* Characters side by side, from left to right. */
typedef struct nb_placed_line {
    nb_placed_character **characters;
    int count;
    nb_box box;
    int em;   /* how wide its ideographs are, with the room between them */
    int size; /* how high most of its characters are */
    nb_string text;
    bool is_left_out; /* a page's number, or what stands at the head or foot of each page */
} nb_placed_line;

typedef struct nb_placed_lines {
    nb_placed_line *list;
    int count;
} nb_placed_lines;

/* A cell of a table, or what stands in one column of a line. */
typedef struct nb_placed_cell {
    int row, column;
    nb_placed_lines lines;
} nb_placed_cell;

typedef struct nb_placed_table {
    nb_box box;
    nb_placed_cell *cells; /* by row, then column */
    int cell_count;
    int *edges; /* where its columns begin, and the last ends */
    int edge_count;
} nb_placed_table;

typedef struct nb_placed_tables {
    nb_placed_table *list;
    int count;
    int capacity;
} nb_placed_tables;

/* lines */

/* Gather characters into lines, from top to bottom. Those that are taken are passed over. */
nb_placed_lines nb_placed_lines_of(nb_placed_character **characters, int count, nb_arena *arena);
static inline int nb_box_middle(nb_box box)
{
    return box.top + (box.bottom - box.top) / 2;
}

/* cells: the tables whose cells are ruled; their characters are taken */

nb_placed_tables nb_placed_cells_find(nb_placed_page *page, nb_arena *arena);

/* paragraphs */

/* Read pages into the extract, one after the other. */
void nb_placed_read(nb_extract *extract, nb_placed_page *pages, int count);

#endif
