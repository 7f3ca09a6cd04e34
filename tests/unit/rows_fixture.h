/* What the tests of bulk's readers share: a file with some bytes, read as rows. */
#ifndef ROWS_FIXTURE_H
#define ROWS_FIXTURE_H

#include "report_fixture.h"

#include "bulk/source.h"
#include <unistd.h>

/* A new file of these bytes, whose name ends so; its path. The caller unlinks it. */
static inline const char *file_with(report_test *t, const char *suffix, nb_string bytes)
{
    char path[] = "/tmp/nianbao-rows-XXXXXX";
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, bytes.data, bytes.length), bytes.length);
    close(descriptor);
    const char *name = nb_arena_print(t->arena, "%s%s", path, suffix);
    assert_int_equal(rename(path, name), 0);
    return name;
}

/* A source of the bytes in a file whose name ends so, or NULL when it cannot be opened. */
static inline nb_row_source *source_of(report_test *t, const char *suffix, nb_string bytes)
{
    nb_row_source *source;
    const char *name = file_with(t, suffix, bytes);
    nb_status status = nb_row_source_open(name, NULL, NULL, NULL, t->arena, t->findings, &source);
    unlink(name);
    return status == NB_OK ? source : NULL;
}

/* A row in short: its line, then each cell in brackets, or "!" and what is wrong. */
static inline const char *row_in_short(report_test *t, const nb_row *row)
{
    nb_string bytes = { (const char *)row->bytes->data, row->bytes->length };
    const char *text = nb_arena_print(t->arena, "%d:", row->line);
    nb_cell cell;
    if (row->kind != NB_ROW_CELLS)
        return nb_arena_print(t->arena, "%s%s%.*s", text, row->kind == NB_ROW_FAULT ? "!" : "",
                              (int)bytes.length, bytes.data);
    while (nb_cells_next(&bytes, &cell))
        text = nb_arena_print(t->arena,
                              cell.kind == NB_CELL_NUMBER ? "%s[=%s]"
                              : cell.kind == NB_CELL_TRUE ? "%s[yes%s]"
                                                          : "%s[%s]",
                              text, cell.text.data);
    return text;
}

/* All rows in short, one after the other with line feeds between. */
static inline const char *rows_in_short(report_test *t, nb_row_source *source)
{
    nb_row *row = nb_row_new(source);
    const char *text = "";
    bool ended = false;
    while (nb_row_source_next(source, row, &ended) == NB_OK && !ended)
        text = nb_arena_print(t->arena, "%s%s%s", text, *text ? "\n" : "", row_in_short(t, row));
    return text;
}

#endif
