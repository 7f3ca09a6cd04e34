/* The tables of a form: cells on a grid, and from them the name of each value. */
#include "form/loader.h"

enum { MOST_COLUMNS = 63, MOST_ROWS = 2000, MOST_HEADS = 8 /* in a value's name */ };

/* A table being read. */
typedef struct grid {
    nb_reader *reader;
    nb_form *form;
    nb_form_table *table;
    int capacity;
    const nb_read_unit *read_units; /* of counts whose cell has none of its own */
    int read_unit_count;
} grid;

static void place_cell(grid *g, const nb_json *node, nb_form_cell cell)
{
    nb_form_table *table = g->table;
    if (cell.column + cell.column_span > table->column_count ||
        cell.row + cell.row_span > table->row_count) {
        nb_reader_fault(
            g->reader, node,
            NB_SAY(g->reader->findings, "单元格超出表格", "the cell reaches outside the table"));
        return;
    }
    NB_GROW(g->reader->arena, table->cells, table->cell_count, &g->capacity);
    table->cells[table->cell_count++] = cell;
    for (int row = cell.row; row < cell.row + cell.row_span; row++)
        for (int column = cell.column; column < cell.column + cell.column_span; column++) {
            int *index = &table->grid[row * table->column_count + column];
            if (*index)
                nb_reader_fault(g->reader, node,
                                NB_SAY(g->reader->findings, "单元格与上面的跨行单元格重叠",
                                       "the cell overlaps one that spans down to it"));
            *index = table->cell_count;
        }
}

/* The first grid position of the row that no cell from above covers. */
static int free_column(const grid *g, int row)
{
    int column = 0;
    while (column < g->table->column_count && nb_form_cell_at(g->table, row, column))
        column++;
    return column;
}

static const nb_field *need_field(grid *g, const nb_json *node, nb_string pointer, bool vector)
{
    const nb_field *field = nb_form_field(g->form, pointer);
    if (field && field->kind != NB_FIELD_GROUP && (field->kind == NB_FIELD_VECTOR) == vector)
        return field;
    nb_reader_fault(
        g->reader, node,
        vector ? NB_SAY(g->reader->findings, "“%s”不是一行数", "“%s” is not a row of counts")
               : NB_SAY(g->reader->findings, "“%s”不是一个数", "“%s” is not a number"),
        pointer.data);
    return NULL;
}

/* A cell of a row that repeats: a value of the record, set as a value or, with "text", as words. */
static bool read_member(grid *g, const nb_json *node, nb_form_cell *cell)
{
    static const char *const roles[] = { "value", "text" };
    const nb_field *records = g->table->repeats[cell->row];
    for (int i = 0; i < 2; i++) {
        nb_string pointer = nb_json_member_text(node, roles[i]);
        if (!pointer.length)
            continue;
        cell->role = roles[i];
        for (int k = 0; k < records->child_count; k++)
            if (pointer.data[0] == '/' &&
                nb_string_equal(records->children[k].key,
                                (nb_string){ pointer.data + 1, pointer.length - 1 }))
                cell->member = &records->children[k];
        if (!cell->member)
            nb_reader_fault(
                g->reader, node,
                NB_SAY(g->reader->findings, "列表的各条没有“%s”", "the records have no “%s”"),
                pointer.data);
        return true;
    }
    return false;
}

static const nb_read_unit *read_units(nb_reader *reader, const nb_json *node, int *count)
{
    enum { MOST_PLACES = 12 };
    const nb_json *list = nb_json_member(node, "read_units");
    *count = 0;
    if (!list)
        return NULL;
    nb_read_unit *units = NB_NEW_ARRAY(reader->arena, nb_read_unit, (size_t)list->count);
    for (const nb_json *unit = list->first; unit; unit = unit->next)
        units[(*count)++] =
            (nb_read_unit){ unit->key,
                            nb_reader_whole_or(reader, list, unit->key.data, 0, MOST_PLACES, 0) };
    return units;
}

static void read_cell(grid *g, const nb_json *node, int row)
{
    static const char *const roles[] = { "head", "band", "group", "label" };
    nb_reader *reader = g->reader;
    nb_form_cell cell = { .slot = -1, .row = row, .column = free_column(g, row) };
    cell.row_span = nb_reader_whole_or(reader, node, "rows", 1, MOST_ROWS, 1);
    cell.column_span = nb_reader_whole_or(reader, node, "columns", 1, MOST_COLUMNS, 1);
    cell.vertical = nb_reader_flag(reader, node, "vertical");
    NB_READER_ONLY(reader, node, "head", "band", "group", "label", "value", "values", "text",
                   "unit", "read_units", "rows", "columns", "vertical");
    for (int i = 0; i < 4; i++)
        if (nb_json_member(node, roles[i])) {
            cell.role = roles[i];
            cell.text = nb_string_of(nb_reader_text(reader, node, roles[i]));
            place_cell(g, node, cell);
            return;
        }
    if (g->table->repeats[row]) {
        if (read_member(g, node, &cell))
            place_cell(g, node, cell);
        return;
    }
    bool vector = nb_json_member(node, "values") != NULL;
    nb_string pointer = nb_string_of(nb_reader_text(reader, node, vector ? "values" : "value"));
    const nb_field *field = need_field(g, node, pointer, vector);
    cell.role = "value";
    cell.unit = nb_string_of(nb_reader_text_or(reader, node, "unit", ""));
    cell.read_units = read_units(reader, node, &cell.read_unit_count);
    if (!cell.read_unit_count && field &&
        (field->kind == NB_FIELD_COUNT || field->kind == NB_FIELD_CHANGE ||
         field->kind == NB_FIELD_VECTOR)) {
        cell.read_units = g->read_units;
        cell.read_unit_count = g->read_unit_count;
    }
    for (int entry = 0; field && entry < field->slot_count; entry++) {
        cell.slot = field->slot + entry;
        cell.column = free_column(g, row);
        place_cell(g, node, cell);
    }
}

/* {"repeat": "/list", "cells": […]}: the cells of the row, which stands once for each record. */
static const nb_json *read_repeat(grid *g, const nb_json *row)
{
    nb_string pointer = nb_string_of(nb_reader_text(g->reader, row, "repeat"));
    const nb_field *field = nb_form_field(g->form, pointer);
    NB_READER_ONLY(g->reader, row, "repeat", "cells");
    if (!field || field->kind != NB_FIELD_RECORDS) {
        nb_reader_fault(g->reader, row,
                        NB_SAY(g->reader->findings, "“%s”不是一个列表", "“%s” is not a list"),
                        pointer.data);
        return NULL;
    }
    nb_slot *slot = &g->form->slots[field->slot];
    slot->label = slot->row_label = g->table->caption.data;
    g->table->repeats[row->index] = field;
    return nb_reader_need(g->reader, row, "cells", NB_JSON_ARRAY);
}

/* A row that repeats is whole by itself: no span leads into it or out of it. */
static void check_repeats(grid *g, const nb_json *rows)
{
    const nb_form_table *table = g->table;
    for (int i = 0; i < table->cell_count; i++) {
        const nb_form_cell *cell = &table->cells[i];
        for (int row = cell->row; row < cell->row + cell->row_span && cell->row_span > 1; row++)
            if (table->repeats[row])
                nb_reader_fault(g->reader, rows, "%s",
                                NB_SAY(g->reader->findings, "重复的行里不能有跨行的单元格",
                                       "no cell may span into a row that repeats"));
    }
}

static void read_rows(nb_reader *reader, nb_form *form, nb_form_table *table, const nb_json *source)
{
    const nb_json *rows = nb_json_member(source, "rows");
    grid g = { .reader = reader, .form = form, .table = table };
    g.read_units = read_units(reader, source, &g.read_unit_count);
    table->grid =
        NB_NEW_ARRAY(reader->arena, int, (size_t)table->row_count *(size_t)table->column_count);
    for (const nb_json *row = rows->first; row; row = row->next) {
        const nb_json *cells = row;
        if (row->kind == NB_JSON_OBJECT)
            cells = read_repeat(&g, row);
        for (const nb_json *node = cells ? cells->first : NULL; node; node = node->next)
            read_cell(&g, node, row->index);
        if (free_column(&g, row->index) < table->column_count)
            nb_reader_fault(reader, row,
                            NB_SAY(reader->findings, "这一行没有填满 %d 栏",
                                   "the row does not fill all %d columns"),
                            table->column_count);
    }
    check_repeats(&g, rows);
}

static void read_columns(nb_reader *reader, nb_form_table *table, const nb_json *columns)
{
    int64_t width = 0;
    for (const nb_json *column = columns->first; column; column = column->next) {
        nb_length own = nb_reader_length_of(reader, column);
        table->columns[column->index] = own;
        width += own;
        if (own <= 0 || width > NB_LONGEST)
            nb_reader_fault(reader, column,
                            NB_SAY(reader->findings, "栏宽要大于 0，也不能宽过任何纸",
                                   "a column must be wider than 0 and no wider than any paper"));
    }
}

static void read_table(nb_reader *reader, nb_form *form, nb_form_table *table, const nb_json *node)
{
    const nb_json *columns = nb_reader_need(reader, node, "columns", NB_JSON_ARRAY);
    const nb_json *rows = nb_reader_need(reader, node, "rows", NB_JSON_ARRAY);
    NB_READER_ONLY(reader, node, "number", "caption", "description", "columns", "head_rows", "rows",
                   "read_units");
    table->name = node->key;
    table->number = nb_string_of(nb_reader_text_or(reader, node, "number", ""));
    table->caption = nb_string_of(nb_reader_text(reader, node, "caption"));
    table->description = nb_string_of(nb_reader_text(reader, node, "description"));
    if (!columns || !rows)
        return;
    if (columns->count < 1 || columns->count > MOST_COLUMNS || rows->count < 1 ||
        rows->count > MOST_ROWS) {
        nb_reader_fault(reader, node,
                        NB_SAY(reader->findings, "表格要有 1 到 %d 栏、1 到 %d 行",
                               "a table must have 1 to %d columns and 1 to %d rows"),
                        MOST_COLUMNS, MOST_ROWS);
        return;
    }
    table->column_count = columns->count;
    table->row_count = rows->count;
    table->head_rows = nb_reader_whole_or(reader, node, "head_rows", 0, rows->count, 0);
    table->repeats = NB_NEW_ARRAY(reader->arena, const nb_field *, (size_t)rows->count);
    table->columns = NB_NEW_ARRAY(reader->arena, nb_length, (size_t)columns->count);
    read_columns(reader, table, columns);
    read_rows(reader, form, table, node);
}

const nb_form_cell *nb_form_cell_at(const nb_form_table *table, int row, int column)
{
    bool is_inside =
        row >= 0 && row < table->row_count && column >= 0 && column < table->column_count;
    int index = is_inside ? table->grid[row * table->column_count + column] : 0;
    return index ? &table->cells[index - 1] : NULL;
}

static bool has_role(const nb_form_cell *cell, const char *role)
{
    return cell && strcmp(cell->role, role) == 0;
}

/* Append part to name with a space between, unless it is empty. */
static const char *joined(nb_arena *arena, const char *part, const char *name)
{
    return *part && *name ? nb_arena_print(arena, "%s %s", part, name) : *part ? part : name;
}

/* What the row of a value is called: the two labels nearest on its left. */
static const char *name_from_labels(const nb_form_table *table, const nb_form_cell *value,
                                    nb_arena *arena)
{
    const char *name = "";
    int used = 0;
    for (int column = value->column - 1; column >= 0 && used < 2; column--) {
        const nb_form_cell *cell = nb_form_cell_at(table, value->row, column);
        if (cell && cell->column == column &&
            (has_role(cell, "label") || has_role(cell, "group"))) {
            name = joined(arena, cell->text.data, name);
            used++;
        }
    }
    return name;
}

/*
 * The heads that stand above each other in a column, the lowest of them, which begins in that row, in
 * *lowest and the others joined. row -1: there are none.
 */
static const char *name_from_heads(const nb_form_table *table, int row, int column,
                                   const char **lowest, nb_arena *arena)
{
    const char *name = "";
    const nb_form_cell *cell = row < 0 ? NULL : nb_form_cell_at(table, row, column);
    *lowest = cell ? cell->text.data : "";
    for (int used = 1; cell && cell->row > 0 && used < MOST_HEADS; used++) {
        cell = nb_form_cell_at(table, cell->row - 1, column);
        if (!cell || !has_role(cell, "head"))
            break; /* of another block of the table */
        name = joined(arena, cell->text.data, name);
    }
    return name;
}

static void name_value(nb_slot *slot, const nb_form_table *table, const nb_form_cell *cell,
                       int head_row, nb_arena *arena)
{
    const char *lowest;
    const char *heads = name_from_heads(table, head_row, cell->column, &lowest, arena);
    const char *labels = name_from_labels(table, cell, arena);
    const char *column =
        slot->field->vector ? slot->field->vector->entries[slot->entry].data : lowest;
    slot->table = table;
    slot->row_label = *labels ? labels : heads;
    slot->label = *slot->row_label && *column
                      ? nb_arena_print(arena, "%s · %s", slot->row_label, column)
                      : joined(arena, slot->row_label, column);
}

static nb_string head_text(const nb_form_table *table, int row, const nb_form_cell *below)
{
    const nb_form_cell *head = row < 0 ? NULL : nb_form_cell_at(table, row, below->column);
    return head ? head->text : (nb_string){ "", 0 };
}

static void name_values(nb_form *form, const nb_form_table *table, nb_arena *arena)
{
    int head_rows[MOST_COLUMNS]; /* where the lowest head so far of each column begins */
    for (int column = 0; column < MOST_COLUMNS; column++)
        head_rows[column] = -1;
    for (int i = 0; i < table->cell_count; i++) {
        const nb_form_cell *cell = &table->cells[i];
        if (has_role(cell, "head") && cell->text.length)
            for (int span = 0; span < cell->column_span; span++)
                head_rows[cell->column + span] = cell->row;
        /* A record's value is called as the head above it. */
        if (cell->member)
            ((nb_field *)cell->member)->label = head_text(table, head_rows[cell->column], cell);
        if (cell->slot >= 0)
            name_value(&form->slots[cell->slot], table, cell, head_rows[cell->column], arena);
    }
}

void nb_form_read_tables(nb_reader *reader, const nb_json *root, nb_form *form)
{
    const nb_json *tables = nb_reader_need(reader, root, "tables", NB_JSON_OBJECT);
    if (!tables)
        return;
    form->tables = NB_NEW_ARRAY(reader->arena, nb_form_table, (size_t)tables->count);
    for (const nb_json *node = tables->first; node; node = node->next) {
        nb_form_table *table = &form->tables[form->table_count++];
        read_table(reader, form, table, node);
        name_values(form, table, reader->arena);
    }
}
