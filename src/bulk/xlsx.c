/* The rows of a sheet of an Excel workbook, read as the sheet is unpacked. */
#include "bulk/xlsx_parts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_TOLD = 5 /* merged cells */ };

typedef struct sheet_reader {
    nb_arena *arena;
    zip_t *zip;
    nb_workbook *workbook;
    nb_xlsx_part *part;
    nb_buffer *text; /* of the cell being read */
    int row;         /* of the sheet, from 1 */
    int head_row;
} sheet_reader;

/* One cell being read. */
typedef struct reading {
    nb_string type;
    int style;
    int column;
    char reference[16];
} reading;

static void discard(void *zip)
{
    zip_discard(zip);
}

static nb_status damaged(const nb_row_source *source)
{
    return nb_row_source_say(source, 0, "工作表已损坏，后面的行读不出来",
                             "the sheet is damaged: the rows that follow cannot be read");
}

static void fail_cell(const nb_row_source *source, nb_row *row, const reading *cell,
                      const char *chinese, const char *english, nb_string text)
{
    char words[2][128];
    snprintf(words[0], sizeof words[0], "单元格 %s %s%.*s", cell->reference, chinese,
             (int)(text.length < 40 ? text.length : 40), text.data);
    snprintf(words[1], sizeof words[1], "cell %s %s%.*s", cell->reference, english,
             (int)(text.length < 40 ? text.length : 40), text.data);
    nb_row_fail(source, row, words[0], words[1]);
}

static void add_number(const nb_row_source *source, nb_row *row, const reading *cell,
                       nb_string stored)
{
    const sheet_reader *reader = source->reader;
    const nb_workbook *workbook = reader->workbook;
    bool is_date = cell->style >= 0 && cell->style < workbook->style_count &&
                   workbook->date_styles[cell->style];
    nb_string text = is_date ? nb_xlsx_date(stored, workbook->counts_from_1904, reader->arena)
                             : nb_xlsx_number(stored, reader->arena);
    if (text.length)
        nb_cells_add(row->bytes, is_date ? NB_CELL_TEXT : NB_CELL_NUMBER, text);
    else
        fail_cell(source, row, cell, "不是数也不是日期：", "is no number and no date: ", stored);
}

/* Add the cell as its type says (18.18.11). */
static void add_cell(const nb_row_source *source, nb_row *row, const reading *cell)
{
    const sheet_reader *reader = source->reader;
    nb_string text = { reader->text->length ? (const char *)reader->text->data : "",
                       reader->text->length };
    if (nb_string_is(cell->type, "e")) {
        fail_cell(source, row, cell, "是错误值 ", "is an error: ", text);
        return;
    }
    if (nb_string_is(cell->type, "s"))
        text = nb_workbook_string(reader->workbook, (size_t)nb_xlsx_whole(text, -1));
    else if (nb_string_is(cell->type, "str") || nb_string_is(cell->type, "inlineStr"))
        text = nb_xlsx_unescaped(text, reader->arena);
    bool is_number = !cell->type.length || nb_string_is(cell->type, "n");
    if (!text.length)
        nb_cells_add(row->bytes, NB_CELL_BLANK, text);
    else if (nb_string_is(cell->type, "b"))
        nb_cells_add(row->bytes, *text.data == '1' ? NB_CELL_TRUE : NB_CELL_FALSE, NB_STRING(""));
    else if (is_number)
        add_number(source, row, cell, text);
    else
        nb_cells_add(row->bytes, NB_CELL_TEXT, text);
}

/* Read to the end of the cell: its value, or its own text. False when the sheet is damaged. */
static bool read_cell_text(sheet_reader *reader)
{
    bool is_value = false, is_aloud = false;
    reader->text->length = 0;
    while (!nb_xlsx_ends(reader->part, "c")) {
        if (nb_xlsx_part_next(reader->part) != 1)
            return false;
        if (nb_xlsx_begins(reader->part, "v") || nb_xlsx_begins(reader->part, "t"))
            is_value = true;
        if (nb_xlsx_begins(reader->part, "rPh"))
            is_aloud = true;
        if (is_value && !is_aloud)
            nb_xlsx_add_text(reader->part, reader->text);
        if (nb_xlsx_ends(reader->part, "v") || nb_xlsx_ends(reader->part, "t"))
            is_value = false;
        if (nb_xlsx_ends(reader->part, "rPh"))
            is_aloud = false;
    }
    return !reader->text->overflowed;
}

static bool read_cell(nb_row_source *source, nb_row *row, int *next_column)
{
    sheet_reader *reader = source->reader;
    nb_string reference = nb_xlsx_attribute(reader->part, "r", reader->arena);
    nb_string style = nb_xlsx_attribute(reader->part, "s", reader->arena);
    reading cell = { .type = nb_xlsx_attribute(reader->part, "t", reader->arena),
                     .style = nb_xlsx_whole(style, 0),
                     .column = reference.length ? nb_xlsx_column(reference) : *next_column };
    snprintf(cell.reference, sizeof cell.reference, "%s", reference.data);
    if (!read_cell_text(reader) || cell.column < *next_column)
        return false;
    for (; *next_column < cell.column && row->kind == NB_ROW_CELLS; ++*next_column)
        nb_cells_add(row->bytes, NB_CELL_BLANK, NB_STRING(""));
    if (row->kind == NB_ROW_CELLS)
        add_cell(source, row, &cell);
    *next_column = cell.column + 1;
    return *next_column <= NB_MOST_COLUMNS;
}

typedef struct row_reading {
    nb_row_source *source;
    nb_row *row;
    bool has_ended; /* there was no row any more */
} row_reading;

/* What reading a row takes of memory goes when it is read. */
static nb_status read_row(void *context)
{
    row_reading *r = context;
    sheet_reader *reader = r->source->reader;
    int column = 0, state;
    while ((state = nb_xlsx_part_next(reader->part)) == 1 && !nb_xlsx_begins(reader->part, "row"))
        if (nb_xlsx_ends(reader->part, "sheetData"))
            break;
    if (state < 0)
        return damaged(r->source);
    if (state == 0 || !nb_xlsx_begins(reader->part, "row")) {
        r->has_ended = true;
        return NB_OK;
    }
    nb_string number = nb_xlsx_attribute(reader->part, "r", reader->arena);
    reader->row = nb_xlsx_whole(number, reader->row + 1);
    r->row->line = reader->row;
    r->row->kind = NB_ROW_CELLS;
    while (!nb_xlsx_ends(reader->part, "row")) {
        if (nb_xlsx_part_next(reader->part) != 1)
            return damaged(r->source);
        if (nb_xlsx_begins(reader->part, "c") && !read_cell(r->source, r->row, &column))
            return damaged(r->source);
    }
    r->source->read = reader->part->read;
    return NB_OK;
}

static nb_status read_one(nb_row_source *source, nb_row *row, bool *ended)
{
    sheet_reader *reader = source->reader;
    row_reading r = { .source = source, .row = row };
    row->bytes->length = 0;
    row->bytes->overflowed = false;
    reader->arena = nb_arena_new();
    if (!reader->arena)
        return NB_E_MEMORY;
    nb_status status = nb_arena_run(reader->arena, read_row, &r);
    nb_arena_drop(reader->arena);
    *ended = *ended || r.has_ended;
    if (status == NB_OK && row->bytes->overflowed)
        nb_row_fail(source, row, "这一行太长", "the row is too long");
    return status;
}

/* A row may end before the last column. */
static void fill_up(const nb_row_source *source, nb_row *row)
{
    nb_string cells = { (const char *)row->bytes->data, row->bytes->length };
    nb_cell cell;
    int count = 0;
    while (row->kind == NB_ROW_CELLS && nb_cells_next(&cells, &cell))
        count++;
    for (; row->kind == NB_ROW_CELLS && count < source->column_count; count++)
        nb_cells_add(row->bytes, NB_CELL_BLANK, NB_STRING(""));
}

static nb_status next(nb_row_source *source, nb_row *row, bool *ended)
{
    nb_status status;
    if (source->should_stop && source->should_stop(source->context))
        return NB_E_LATER;
    do
        status = read_one(source, row, ended);
    while (status == NB_OK && !*ended && nb_table_is_blank(row));
    if (status == NB_OK && !*ended) {
        fill_up(source, row);
        nb_table_fit(source, row);
    }
    return status;
}

/* The first row of "B5:B8", or 0. */
static int last_row_of(nb_string range)
{
    const char *colon = memchr(range.data, ':', range.length);
    const char *at = colon ? colon + 1 : range.data;
    return nb_xlsx_whole(nb_string_of(at + strspn(at, "$ABCDEFGHIJKLMNOPQRSTUVWXYZ")), 0);
}

/*
 * Of merged cells all but the first are empty, which no one sees who looks at the sheet: it is said
 * before the rows are read.
 */
static nb_status tell_merged(nb_row_source *source)
{
    const sheet_reader *reader = source->reader;
    nb_findings *findings = source->findings;
    nb_xlsx_part *part;
    const char *ranges = "";
    int count = 0, state;
    if (!nb_xlsx_part_open(reader->zip, reader->workbook->sheet_part, NB_MOST_SHEET_BYTES,
                           source->arena, &part))
        return damaged(source);
    while ((state = nb_xlsx_part_next(part)) == 1) {
        if (!nb_xlsx_begins(part, "mergeCell"))
            continue;
        nb_string range = nb_xlsx_attribute(part, "ref", source->arena);
        if (last_row_of(range) <= reader->head_row)
            continue;
        if (count++ < MOST_TOLD)
            ranges =
                nb_arena_print(source->arena, "%s%s%s", ranges, count > 1 ? " " : "", range.data);
    }
    nb_xlsx_part_close(part);
    if (state < 0)
        return damaged(source);
    if (!count)
        return NB_OK;
    nb_finding *finding = nb_findings_add(
        findings, NB_WARNING, "T5", (nb_place){ .file = source->name },
        NB_SAY(findings, "有 %d 处合并单元格：%s%s", "there are %d merged cells: %s%s"), count,
        ranges, count > MOST_TOLD ? " …" : "");
    nb_finding_hint(findings, finding, "%s",
                    NB_SAY(findings, "除左上角一格外都作空格；取消合并，每格都填上",
                           "all but the first of each count as empty; unmerge and fill them"));
    return NB_OK;
}

static nb_status open_sheet(nb_row_source *source)
{
    sheet_reader *reader = source->reader;
    nb_row *heads = nb_row_new(source);
    bool ended = false;
    nb_status status;
    if (!nb_xlsx_part_open(reader->zip, reader->workbook->sheet_part, NB_MOST_SHEET_BYTES,
                           source->arena, &reader->part))
        return damaged(source);
    source->size = reader->part->size;
    do
        status = read_one(source, heads, &ended);
    while (status == NB_OK && !ended && nb_table_is_blank(heads));
    reader->head_row = heads->line;
    if (status == NB_OK && ended)
        return nb_row_source_say(source, 0, "没有列名：工作表是空的",
                                 "there are no heads: the sheet is empty");
    if (status == NB_OK)
        status = nb_table_take_heads(source, heads);
    return status == NB_OK ? tell_merged(source) : status;
}

nb_status nb_xlsx_open(nb_row_source *source, const char *path, const char *sheet)
{
    sheet_reader *reader = NB_NEW(source->arena, sheet_reader);
    int reason;
    reader->text = nb_buffer_new(source->arena, NB_LONGEST_CELL);
    xmlInitParser();
    reader->zip = zip_open(path, ZIP_RDONLY, &reason);
    if (!reader->zip && reason == ZIP_ER_NOENT)
        return nb_row_source_refuse(source, ENOENT);
    if (!reader->zip)
        return nb_row_source_say(source, 0,
                                 "打不开：不是 Excel 工作簿（.xlsx），或者已损坏、有密码",
                                 "cannot be opened: no Excel workbook (.xlsx), or damaged, or with "
                                 "a password");
    nb_arena_defer(source->arena, discard, reader->zip);
    source->reader = reader;
    source->next = next;
    nb_status status =
        nb_workbook_open(source, reader->zip, sheet, source->arena, &reader->workbook);
    return status == NB_OK ? open_sheet(source) : status;
}
