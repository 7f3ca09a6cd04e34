#include "bulk/table.h"

#include <stdio.h>

static nb_string cells_of(const nb_row *row)
{
    return (nb_string){ (const char *)row->bytes->data, row->bytes->length };
}

/* How many cells there are up to the last that is not blank. */
static int filled_count(const nb_row *row)
{
    nb_string cells = cells_of(row);
    nb_cell cell;
    int count = 0, filled = 0;
    while (nb_cells_next(&cells, &cell)) {
        count++;
        if (cell.kind != NB_CELL_BLANK)
            filled = count;
    }
    return filled;
}

static int cell_count(const nb_row *row)
{
    nb_string cells = cells_of(row);
    nb_cell cell;
    int count = 0;
    while (nb_cells_next(&cells, &cell))
        count++;
    return count;
}

bool nb_table_is_blank(const nb_row *row)
{
    return row->kind == NB_ROW_CELLS && filled_count(row) == 0;
}

static nb_status refuse(const nb_row_source *source, int line, int column, const char *message)
{
    nb_findings_add(source->findings, NB_ERROR, "T2",
                    (nb_place){ .file = source->name, .line = line, .column = column }, "%s",
                    message);
    return NB_E_NOT_A_REPORT;
}

static nb_status take_head(nb_row_source *source, const nb_row *row, nb_string head)
{
    nb_findings *findings = source->findings;
    int number = source->column_count + 1;
    if (!head.length)
        return refuse(source, row->line, 1,
                      nb_arena_print(source->arena,
                                     NB_SAY(findings, "第 %d 列没有列名", "column %d has no head"),
                                     number));
    for (int i = 0; i < source->column_count; i++)
        if (nb_string_equal(source->columns[i], head))
            return refuse(source, row->line, 1,
                          nb_arena_print(source->arena,
                                         NB_SAY(findings, "第 %d 列和第 %d 列的列名都是“%.*s”",
                                                "columns %d and %d have the same head “%.*s”"),
                                         i + 1, number, (int)head.length, head.data));
    source->columns[source->column_count++] =
        (nb_string){ nb_arena_copy(source->arena, head.data, head.length), head.length };
    return NB_OK;
}

nb_status nb_table_take_heads(nb_row_source *source, const nb_row *row)
{
    nb_string cells = cells_of(row);
    nb_cell cell;
    nb_status status = NB_OK;
    if (row->kind == NB_ROW_FAULT)
        return refuse(source, row->line, 1,
                      nb_arena_print(source->arena, "%.*s", (int)cells.length, cells.data));
    int count = filled_count(row);
    if (count > NB_MOST_COLUMNS)
        return refuse(source, row->line, 1,
                      NB_SAY(source->findings, "列太多了", "there are too many columns"));
    source->columns = NB_NEW_ARRAY(source->arena, nb_string, (size_t)count + 1);
    for (int i = 0; i < count && status == NB_OK; i++) {
        nb_cells_next(&cells, &cell);
        status = take_head(source, row, cell.text);
    }
    return status;
}

void nb_table_fit(const nb_row_source *source, nb_row *row)
{
    char words[2][160];
    if (row->kind == NB_ROW_FAULT)
        return;
    int count = cell_count(row), filled = filled_count(row);
    if (count < source->column_count || filled > source->column_count) {
        int told = count < source->column_count ? count : filled;
        snprintf(words[0], sizeof words[0], "这一行有 %d 格，列名有 %d 个", told,
                 source->column_count);
        snprintf(words[1], sizeof words[1], "the row has %d cells, and there are %d heads", told,
                 source->column_count);
        nb_row_fail(source, row, words[0], words[1]);
        return;
    }
    while (count > source->column_count) {
        row->bytes->length -= 2; /* of a blank cell: its kind and a NUL */
        count--;
    }
}
