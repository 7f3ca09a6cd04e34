/*
 * A table (HTML, 4.9) in a region that scrolls by itself where the screen is too narrow for it.
 * Which headers a cell has is not left to the reader's guess from scope: each cell names them,
 * found in the grid by the cells' roles alone.
 *
 *   head rows                       head | head  | head        stand over the whole column
 *   rows                     group | label | value | value        stand left of the row
 *                            band ------------------------       stands over the rows below it,
 *                            head  | head  | head                 up to the next band
 *                            label | value | value
 */
#include "html/parts.h"

#include <assert.h>

typedef enum cell_kind { KIND_VALUE, KIND_COLUMN_HEADER, KIND_ROW_HEADER } cell_kind;

/*
 * Headers of one cell. No more are named than anyone would listen to, or a table of n heads over n
 * rows would name n² of them.
 */
enum { MOST_HEADERS = 64 };

typedef struct header_list {
    const nb_cell *cells[MOST_HEADERS];
    int count;
} header_list;

typedef struct table_grid {
    const nb_table *table;
    const nb_cell **owners; /* by row, then column: the cell that stands or spans there, or NULL */
    int *header_rows; /* likewise: the nearest row of the body, from there up, that has a head */
    int *band_rows;   /* likewise, a band */
    int head_rows;
    int number;
    header_list rows, columns; /* of the cell being written */
    nb_buffer *ids;
    int label_columns;
} table_grid;

static const nb_cell *owner_at(const table_grid *grid, int row, int column)
{
    return grid->owners[(size_t)row * (size_t)grid->table->column_count + (size_t)column];
}

static bool has_role(const nb_cell *cell, const char *role)
{
    return strcmp(cell->role, role) == 0;
}

static bool is_blank(const nb_cell *cell)
{
    for (int i = 0; i < cell->text.span_count; i++)
        if (cell->text.spans[i].text.length > 0)
            return false;
    return true;
}

/* An empty corner heads nothing. */
static cell_kind kind_of(const nb_cell *cell)
{
    if (!cell || cell->is_value || is_blank(cell))
        return KIND_VALUE;
    bool heads_columns = has_role(cell, "head") || has_role(cell, "band");
    return heads_columns ? KIND_COLUMN_HEADER : KIND_ROW_HEADER;
}

/* thead ends spans at its foot: where one goes on below, the head rows stay in the body. */
static int whole_head_rows(const nb_table *table)
{
    for (int i = 0; i < table->cell_count; i++) {
        const nb_cell *cell = &table->cells[i];
        if (cell->row < table->head_rows && cell->row + cell->row_span > table->head_rows)
            return 0;
    }
    return table->head_rows < table->row_count ? table->head_rows : 0;
}

int nb_html_label_columns(const nb_table *table)
{
    int columns = table->column_count;
    for (int i = 0; i < table->cell_count; i++)
        if (table->cells[i].is_value && table->cells[i].column < columns)
            columns = table->cells[i].column;
    return columns;
}

/* The nearest above a row, of header_rows or band_rows; -1 where there is none. */
static int row_above(const table_grid *grid, const int *rows, int row, int column)
{
    if (row <= grid->head_rows)
        return -1;
    return rows[(size_t)(row - 1) * (size_t)grid->table->column_count + (size_t)column];
}

static void find_header_rows(table_grid *grid, nb_arena *arena)
{
    const nb_table *table = grid->table;
    size_t count = (size_t)table->row_count * (size_t)table->column_count, at = 0;
    grid->header_rows = NB_NEW_ARRAY(arena, int, count);
    grid->band_rows = NB_NEW_ARRAY(arena, int, count);
    for (int row = 0; row < table->row_count; row++)
        for (int column = 0; column < table->column_count; column++, at++) {
            const nb_cell *owner = owner_at(grid, row, column);
            bool is_head = row >= grid->head_rows && kind_of(owner) == KIND_COLUMN_HEADER;
            bool is_band = is_head && has_role(owner, "band");
            grid->header_rows[at] = is_head ? row : row_above(grid, grid->header_rows, row, column);
            grid->band_rows[at] = is_band ? row : row_above(grid, grid->band_rows, row, column);
        }
}

static table_grid make_grid(const nb_table *table, int number, nb_arena *arena)
{
    size_t columns = (size_t)table->column_count;
    table_grid grid = { .table = table, .head_rows = whole_head_rows(table), .number = number };
    grid.owners = NB_NEW_ARRAY(arena, const nb_cell *, (size_t)table->row_count *columns);
    for (int i = 0; i < table->cell_count; i++) {
        const nb_cell *cell = &table->cells[i];
        assert(cell->row + cell->row_span <= table->row_count);
        assert(cell->column + cell->column_span <= table->column_count);
        for (int row = cell->row; row < cell->row + cell->row_span; row++)
            for (int column = cell->column; column < cell->column + cell->column_span; column++)
                grid.owners[(size_t)row * columns + (size_t)column] = cell;
    }
    find_header_rows(&grid, arena);
    grid.ids = nb_buffer_new(arena, 1 << 20);
    grid.label_columns = nb_html_label_columns(table);
    return grid;
}

static bool is_before(const nb_cell *a, const nb_cell *b, cell_kind kind)
{
    int outer = kind == KIND_ROW_HEADER ? a->column - b->column : a->row - b->row;
    int inner = kind == KIND_ROW_HEADER ? a->row - b->row : a->column - b->column;
    return outer < 0 || (outer == 0 && inner < 0);
}

/* Each header once: of columns from top to bottom, of rows from the outermost inwards. */
static void add_header(header_list *list, const nb_cell *cell, cell_kind kind)
{
    int at = 0;
    if (list->count == MOST_HEADERS)
        return;
    while (at < list->count && is_before(list->cells[at], cell, kind))
        at++;
    if (at < list->count && list->cells[at] == cell)
        return;
    for (int i = list->count++; i > at; i--)
        list->cells[i] = list->cells[i - 1];
    list->cells[at] = cell;
}

/*
 * The labels to the left: those nearest, as far as they stand side by side, and beyond other
 * values only the groups, which hold for the whole row.
 */
static void find_row_headers(const table_grid *grid, const nb_cell *cell, header_list *list)
{
    for (int row = cell->row; row < cell->row + cell->row_span; row++) {
        bool found = false, passed = false;
        for (int column = cell->column - 1; column >= 0; column--) {
            const nb_cell *owner = owner_at(grid, row, column);
            if (kind_of(owner) != KIND_ROW_HEADER) {
                passed = found;
                continue;
            }
            found = true;
            if (!passed || has_role(owner, "group"))
                add_header(list, owner, KIND_ROW_HEADER);
        }
    }
}

/*
 * The same upwards in the body: the nearest heads, and beyond other rows the nearest band. True
 * when there were heads.
 */
static bool find_body_headers(const table_grid *grid, const nb_cell *cell, int column,
                              header_list *list)
{
    bool has_head = false, has_band = false;
    const int *rows = grid->header_rows;
    for (int below = cell->row, row; list->count < MOST_HEADERS; below = row) {
        row = row_above(grid, rows, below, column);
        bool is_past_others = row + 1 < below;
        if (is_past_others && has_head && !has_band) {
            rows = grid->band_rows;
            row = row_above(grid, rows, below, column);
        }
        if (row < 0 || (is_past_others && has_band))
            break;
        const nb_cell *owner = owner_at(grid, row, column);
        add_header(list, owner, KIND_COLUMN_HEADER);
        has_band = has_band || has_role(owner, "band");
        has_head = has_head || !has_role(owner, "band");
    }
    return has_head;
}

/* Heads in the body stand in for those of the head rows. */
static void find_column_headers(const table_grid *grid, const nb_cell *cell, header_list *list)
{
    for (int column = cell->column; column < cell->column + cell->column_span; column++) {
        if (find_body_headers(grid, cell, column, list))
            continue;
        for (int row = 0; row < grid->head_rows && list->count < MOST_HEADERS; row++) {
            const nb_cell *owner = owner_at(grid, row, column);
            if (kind_of(owner) == KIND_COLUMN_HEADER)
                add_header(list, owner, KIND_COLUMN_HEADER);
        }
    }
}

static void add_ids(nb_buffer *ids, const table_grid *grid, const header_list *list)
{
    for (int i = 0; i < list->count; i++) {
        if (ids->length > 0)
            nb_buffer_byte(ids, ' ');
        nb_buffer_text(ids, "t");
        nb_buffer_integer(ids, grid->number);
        nb_buffer_text(ids, "r");
        nb_buffer_integer(ids, list->cells[i]->row);
        nb_buffer_text(ids, "c");
        nb_buffer_integer(ids, list->cells[i]->column);
    }
}

/* A cell of the body names the headers of its row, then of its columns. */
static void write_headers(nb_html *html, table_grid *grid, const nb_cell *cell)
{
    if (cell->row < grid->head_rows || kind_of(cell) == KIND_COLUMN_HEADER)
        return;
    grid->rows.count = grid->columns.count = 0;
    grid->ids->length = 0;
    find_row_headers(grid, cell, &grid->rows);
    find_column_headers(grid, cell, &grid->columns);
    add_ids(grid->ids, grid, &grid->rows);
    add_ids(grid->ids, grid, &grid->columns);
    if (grid->ids->length > 0)
        nb_xml_attribute_string(html->xml, "headers",
                                (nb_string){ (const char *)grid->ids->data, grid->ids->length });
}

/* A band over the whole table begins a group of rows. */
static bool begins_row_group(const table_grid *grid, int row)
{
    const nb_cell *owner = owner_at(grid, row, 0);
    return row >= grid->head_rows && owner && owner->row == row && has_role(owner, "band") &&
           kind_of(owner) == KIND_COLUMN_HEADER && owner->column_span == grid->table->column_count;
}

static void write_header_attributes(nb_html *html, const table_grid *grid, const nb_cell *cell)
{
    nb_xml_attribute(
        html->xml, "id",
        nb_arena_print(html->arena, "t%dr%dc%d", grid->number, cell->row, cell->column));
    const char *scope = kind_of(cell) == KIND_ROW_HEADER ? "row" : "col";
    if (begins_row_group(grid, cell->row))
        scope = "rowgroup";
    nb_xml_attribute(html->xml, "scope", scope);
}

/* A header that ends beside the values stays in sight when they are scrolled. */
static bool is_pinned(const table_grid *grid, const nb_cell *cell)
{
    return kind_of(cell) != KIND_VALUE && cell->column + cell->column_span == grid->label_columns;
}

/*
 * A pinned cell of several columns sticks out of sight on its left: its words are pinned once more.
 */
static void write_content(nb_html *html, const table_grid *grid, const nb_cell *cell)
{
    const char *class = cell->vertical                                   ? "vertical"
                        : is_pinned(grid, cell) && cell->column_span > 1 ? "pin"
                                                                         : NULL;
    if (class) {
        nb_xml_open(html->xml, "span");
        nb_xml_attribute(html->xml, "class", class);
    }
    nb_html_write_spans(html, &cell->text);
    if (class)
        nb_html_close(html->xml, "span");
}

static void write_cell(nb_html *html, table_grid *grid, const nb_cell *cell)
{
    nb_xml *xml = html->xml;
    bool is_header = kind_of(cell) != KIND_VALUE;
    const char *element = is_header ? "th" : "td";
    nb_xml_open(xml, element);
    if (is_header)
        write_header_attributes(html, grid, cell);
    if (cell->row_span > 1)
        nb_xml_attribute_integer(xml, "rowspan", cell->row_span);
    if (cell->column_span > 1)
        nb_xml_attribute_integer(xml, "colspan", cell->column_span);
    write_headers(html, grid, cell);
    const char *pin = nb_arena_print(html->arena, " pin-%d", cell->column);
    nb_html_write_origin(html, &cell->text, is_pinned(grid, cell) ? pin : "");
    write_content(html, grid, cell);
    nb_html_close(xml, element);
}

static bool has_column_header(const table_grid *grid, int row)
{
    for (int column = 0; column < grid->table->column_count; column++)
        if (kind_of(owner_at(grid, row, column)) == KIND_COLUMN_HEADER)
            return true;
    return false;
}

static void write_row(nb_html *html, table_grid *grid, int row)
{
    nb_xml_open(html->xml, "tr");
    if (row >= grid->head_rows && has_column_header(grid, row))
        nb_xml_attribute(html->xml, "class", "keep");
    for (int column = 0; column < grid->table->column_count; column++) {
        const nb_cell *owner = owner_at(grid, row, column);
        if (!owner) {
            nb_xml_open(html->xml, "td");
            nb_html_close(html->xml, "td");
        } else if (owner->row == row && owner->column == column) {
            write_cell(html, grid, owner);
        }
    }
    nb_html_close(html->xml, "tr");
    nb_html_newline(html->xml);
}

static void write_rows(nb_html *html, table_grid *grid)
{
    const char *section = NULL;
    for (int row = 0; row < grid->table->row_count; row++) {
        bool begins_body = row == grid->head_rows || begins_row_group(grid, row);
        if (row == 0 || begins_body) {
            if (section)
                nb_html_close(html->xml, section);
            section = row < grid->head_rows ? "thead" : "tbody";
            nb_xml_open(html->xml, section);
            nb_html_newline(html->xml);
        }
        write_row(html, grid, row);
    }
    if (section)
        nb_html_close(html->xml, section);
}

static void write_columns(nb_xml *xml, int count)
{
    nb_xml_open(xml, "colgroup");
    for (int i = 0; i < count; i++) {
        nb_xml_open(xml, "col");
        nb_html_end_void(xml, "col");
    }
    nb_html_close(xml, "colgroup");
    nb_html_newline(xml);
}

/*
 * Whoever scrolls with the keyboard must be able to focus the region. A section with a name is one
 * (ARIA in HTML).
 */
static void open_region(nb_html *html, const char *name_id)
{
    nb_xml_open(html->xml, "section");
    nb_xml_attribute(html->xml, "class", "scroll");
    if (name_id)
        nb_xml_attribute(html->xml, "aria-labelledby", name_id);
    nb_xml_attribute(html->xml, "tabindex", "0");
    nb_html_newline(html->xml);
}

void nb_html_write_table(nb_html *html, const nb_table *table, int number, const char *heading)
{
    nb_xml *xml = html->xml;
    table_grid grid = make_grid(table, number, html->arena);
    const char *id = nb_arena_print(html->arena, "table-%d", number);
    const char *caption_id = nb_arena_print(html->arena, "%s-caption", id);
    const char *description_id = nb_arena_print(html->arena, "%s-description", id);
    bool has_caption = table->form && table->form->caption.length > 0;
    bool has_description = table->form && table->form->description.length > 0;
    open_region(html, has_caption ? caption_id : heading);
    nb_xml_open(xml, "table");
    nb_xml_attribute(xml, "id", id);
    if (has_description)
        nb_xml_attribute(xml, "aria-describedby", description_id);
    nb_html_newline(xml);
    if (has_caption) {
        nb_xml_open(xml, "caption");
        nb_xml_attribute(xml, "id", caption_id);
        nb_xml_attribute(xml, "class", "unseen");
        nb_xml_text(xml, table->form->caption);
        nb_html_close(xml, "caption");
        nb_html_newline(xml);
    }
    write_columns(xml, table->column_count);
    write_rows(html, &grid);
    nb_html_close(xml, "table");
    nb_html_newline(xml);
    if (has_description) {
        nb_xml_open(xml, "p");
        nb_xml_attribute(xml, "id", description_id);
        nb_xml_attribute(xml, "class", "unseen");
        nb_xml_text(xml, table->form->description);
        nb_html_close(xml, "p");
        nb_html_newline(xml);
    }
    nb_html_close(xml, "section");
    nb_html_newline(xml);
}
