/*
 * A table (17.4), every grid position filled:
 *
 *   w:tbl
 *     w:tblPr     widths and rules, not left to any table style
 *     w:tblGrid   the columns; some readers take widths from here, others from the cells
 *     w:tr        cantSplit, tblHeader
 *       w:tc      a cell; in its further rows a vertical span has an empty cell (w:vMerge)
 *
 * Where the table goes on on a new page, a span that crosses the break is ended and begun again
 * with the same text: a word processor would pour the label across the break or leave the lower
 * part blank.
 */
#include "docx/parts.h"

#include <assert.h>

typedef enum vertical_merge { NOT_MERGED, MERGE_RESTARTS, MERGE_GOES_ON } vertical_merge;

/* All that decides what is written of a cell before its text. */
typedef struct cell_look {
    int column_count;
    vertical_merge merge;
    bool is_hole; /* no cell covers the place, but the row must still be whole */
    bool is_vertical;
    bool keeps_with_next;
    const char *style_id;
} cell_look;

/* How the last cell of a column was written: the one below it mostly looks the same. */
typedef struct cell_above {
    cell_look look; /* of no column while there is none */
    nb_string properties, paragraph_properties;
} cell_above;

/* Where one row writes its cells. */
typedef struct row_place {
    const nb_table *table;
    const nb_cell *const *owners; /* by column: the cell that stands or spans there, or NULL */
    cell_above *above;            /* by the column where it begins */
    int row;
} row_place;

static const nb_cell **find_owners(const nb_table *table, nb_arena *arena)
{
    size_t columns = (size_t)table->column_count;
    size_t count = (size_t)table->row_count * columns;
    const nb_cell **owners = NB_NEW_ARRAY(arena, const nb_cell *, count);
    for (int i = 0; i < table->cell_count; i++) {
        const nb_cell *cell = &table->cells[i];
        assert(cell->row + cell->row_span <= table->row_count);
        assert(cell->column + cell->column_span <= table->column_count);
        for (int row = cell->row; row < cell->row + cell->row_span; row++)
            for (int column = cell->column; column < cell->column + cell->column_span; column++)
                owners[(size_t)row * columns + (size_t)column] = cell;
    }
    return owners;
}

static nb_length width_of(const nb_table *table, int column, int count)
{
    nb_length width = 0;
    for (int i = column; i < column + count; i++)
        width += table->columns[i];
    return width;
}

static void write_rule(nb_xml *xml, const char *name, nb_length width)
{
    nb_xml_open(xml, name);
    nb_xml_attribute(xml, "w:val", "single");
    nb_xml_attribute_integer(xml, "w:sz", (width * 8 + NB_PT / 2) / NB_PT); /* eighths of a point */
    nb_xml_attribute(xml, "w:space", "0");
    nb_xml_attribute(xml, "w:color", "000000");
    nb_xml_close(xml, name);
}

static void write_rules(nb_xml *xml, nb_length width)
{
    static const char *const sides[] = { "w:top",   "w:left",    "w:bottom",
                                         "w:right", "w:insideH", "w:insideV" };
    nb_xml_open(xml, "w:tblBorders");
    for (size_t i = 0; i < sizeof sides / sizeof sides[0]; i++)
        write_rule(xml, sides[i], width);
    nb_xml_close(xml, "w:tblBorders");
}

static void write_words(nb_xml *xml, const char *name, nb_string words)
{
    if (words.length == 0)
        return;
    nb_xml_open(xml, name);
    nb_xml_attribute_string(xml, "w:val", words);
    nb_xml_close(xml, name);
}

static void write_table_properties(nb_xml *xml, const nb_table *table, const nb_page_style *style)
{
    nb_xml_open(xml, "w:tblPr");
    nb_docx_width(xml, "w:tblW", width_of(table, 0, table->column_count));
    nb_docx_width(xml, "w:tblInd", 0);
    write_rules(xml, style->table_rule);
    nb_xml_open(xml, "w:tblLayout");
    nb_xml_attribute(xml, "w:type", "fixed");
    nb_xml_close(xml, "w:tblLayout");
    nb_xml_open(xml, "w:tblCellMar");
    nb_docx_width(xml, "w:top", 0);
    nb_docx_width(xml, "w:left", style->table_cell_left);
    nb_docx_width(xml, "w:bottom", 0);
    nb_docx_width(xml, "w:right", style->table_cell_right);
    nb_xml_close(xml, "w:tblCellMar");
    if (table->form) {
        write_words(xml, "w:tblCaption", table->form->caption);
        write_words(xml, "w:tblDescription", table->form->description);
    }
    nb_xml_close(xml, "w:tblPr");
}

static void write_grid(nb_xml *xml, const nb_table *table)
{
    nb_xml_open(xml, "w:tblGrid");
    for (int i = 0; i < table->column_count; i++) {
        nb_xml_open(xml, "w:gridCol");
        nb_xml_attribute_integer(xml, "w:w", nb_twips(table->columns[i]));
        nb_xml_close(xml, "w:gridCol");
    }
    nb_xml_close(xml, "w:tblGrid");
}

/* The cell shows a value of the report that can be edited; those of records are not read back. */
static bool is_control(const nb_docx *docx, const nb_cell *cell)
{
    return nb_docx_is_editable(docx) &&
           nb_form_slot(docx->document->form, nb_string_of(cell->text.pointer)) >= 0;
}

static void write_cell_properties(nb_xml *xml, const nb_table *table, int column, cell_look look)
{
    nb_xml_open(xml, "w:tcPr");
    nb_docx_width(xml, "w:tcW", width_of(table, column, look.column_count));
    if (look.column_count > 1)
        nb_docx_number(xml, "w:gridSpan", look.column_count);
    if (look.merge == MERGE_RESTARTS)
        nb_docx_value(xml, "w:vMerge", "restart");
    else if (look.merge == MERGE_GOES_ON)
        nb_xml_empty(xml, "w:vMerge");
    if (look.is_vertical)
        nb_docx_value(xml, "w:textDirection", "tbRlV");
    if (!look.is_hole)
        nb_docx_value(xml, "w:vAlign", "center");
    nb_xml_close(xml, "w:tcPr");
}

static void write_paragraph_properties(nb_xml *xml, cell_look look)
{
    nb_xml_open(xml, "w:pPr");
    nb_docx_value(xml, "w:pStyle", look.style_id);
    if (look.keeps_with_next)
        nb_docx_switch(xml, "w:keepNext", true);
    nb_xml_close(xml, "w:pPr");
}

static bool is_same_look(cell_look a, cell_look b)
{
    return a.column_count == b.column_count && a.merge == b.merge && a.is_hole == b.is_hole &&
           a.is_vertical == b.is_vertical && a.keeps_with_next == b.keeps_with_next &&
           a.style_id == b.style_id;
}

/* Up to the cell's text. */
static void open_cell(nb_docx *docx, nb_xml *xml, const row_place *place, int column,
                      cell_look look)
{
    cell_above *above = &place->above[column];
    nb_xml_open(xml, "w:tc");
    if (is_same_look(above->look, look)) {
        nb_xml_as_is(xml, above->properties);
        nb_xml_open(xml, "w:p");
        nb_xml_as_is(xml, above->paragraph_properties);
        return;
    }
    above->look = look;
    size_t start = nb_xml_place(xml);
    write_cell_properties(xml, place->table, column, look);
    above->properties = nb_xml_since(xml, start, docx->arena);
    nb_xml_open(xml, "w:p");
    start = nb_xml_place(xml);
    write_paragraph_properties(xml, look);
    above->paragraph_properties = nb_xml_since(xml, start, docx->arena);
}

/*
 * What the place has from its row. One word processor asks the first cell whether the row stays with
 * the next, another asks all.
 */
static cell_look look_in(const row_place *place)
{
    const bool *keeps = place->table->keeps_with_next;
    return (cell_look){ .column_count = 1, .keeps_with_next = keeps && keeps[place->row] };
}

static void write_cell(nb_docx *docx, nb_xml *xml, const row_place *place, const nb_cell *cell)
{
    const nb_table *table = place->table;
    bool stands_here = place->row == cell->row;
    bool stands_again = !stands_here && table->starts_page && table->starts_page[place->row];
    cell_look look = look_in(place);
    look.column_count = cell->column_span;
    look.is_vertical = cell->vertical;
    look.style_id = stands_again ? NB_DOCX_REPEATED_STYLE : cell->text.style->docx_id;
    if (stands_again || (stands_here && cell->row_span > 1))
        look.merge = MERGE_RESTARTS;
    else if (!stands_here)
        look.merge = MERGE_GOES_ON;
    open_cell(docx, xml, place, cell->column, look);
    if (look.merge == MERGE_GOES_ON) {
        /* its text stands above */
    } else if (is_control(docx, cell)) {
        nb_docx_write_value(docx, xml, cell);
    } else {
        nb_docx_write_runs(docx, xml, &cell->text, cell->scale);
    }
    nb_xml_close(xml, "w:p");
    nb_xml_close(xml, "w:tc");
}

static void write_hole(nb_docx *docx, nb_xml *xml, const row_place *place, int column)
{
    cell_look look = look_in(place);
    look.is_hole = true;
    look.style_id = nb_docx_group_style(docx)->docx_id;
    open_cell(docx, xml, place, column, look);
    nb_xml_close(xml, "w:p");
    nb_xml_close(xml, "w:tc");
}

static void write_row(nb_docx *docx, nb_xml *xml, const row_place *place)
{
    nb_xml_open(xml, "w:tr");
    nb_xml_open(xml, "w:trPr");
    nb_docx_switch(xml, "w:cantSplit", true);
    if (place->row < place->table->head_rows)
        nb_docx_switch(xml, "w:tblHeader", true);
    if (place->table->row_changes)
        nb_docx_write_change(docx, xml, place->table->row_changes[place->row]);
    nb_xml_close(xml, "w:trPr");
    for (int column = 0; column < place->table->column_count;) {
        const nb_cell *cell = place->owners[column];
        if (cell)
            write_cell(docx, xml, place, cell);
        else
            write_hole(docx, xml, place, column);
        column += cell ? cell->column_span : 1;
    }
    nb_xml_close(xml, "w:tr");
}

void nb_docx_write_table(nb_docx *docx, nb_xml *xml, const nb_block *block)
{
    const nb_table *table = block->table;
    const nb_cell **owners = find_owners(table, docx->arena);
    cell_above *above = NB_NEW_ARRAY(docx->arena, cell_above, (size_t)table->column_count);
    nb_xml_open(xml, "w:tbl");
    write_table_properties(xml, table, docx->document->style);
    write_grid(xml, table);
    for (int row = 0; row < table->row_count; row++) {
        row_place place = { table, owners + (size_t)row * (size_t)table->column_count, above, row };
        write_row(docx, xml, &place);
    }
    nb_xml_close(xml, "w:tbl");
}
