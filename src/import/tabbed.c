/*
 * Rows of a table as browsers and spreadsheets copy them: a row a line, cells parted by tabs. A
 * spreadsheet writes a cell of several lines in quotes.
 */
#include "import/text_forms.h"

#include "import/recognise.h"

enum {
    LEAST_ROWS = 8,
    NEAR = 3,             /* records; a label broken into lines stands that near its row */
    LONGEST_QUOTED = 1000 /* bytes */
};

/* What ends at a line end that is not in quotes. */
typedef struct record {
    nb_string *cells;
    int count, capacity;
    int line;
} record;

/* Whether a tab parts the line, and does not only indent it. */
static bool is_parted(nb_string line)
{
    const char *tab = memchr(line.data, '\t', line.length);
    return tab && nb_trimmed((nb_string){ line.data, (size_t)(tab - line.data) }, NULL).length;
}

bool nb_is_tabbed(nb_string text)
{
    int rows = 0;
    while (text.length && rows < LEAST_ROWS)
        rows += is_parted(nb_text_next_line(&text));
    return rows == LEAST_ROWS;
}

/* The length of a cell in quotes that has line ends in it, with its quotes, or 0. */
static size_t quoted_length(nb_string text)
{
    bool has_end = false;
    if (!text.length || text.data[0] != '"')
        return 0;
    for (size_t i = 1; i < text.length && i < LONGEST_QUOTED; i++) {
        has_end = has_end || text.data[i] == '\n';
        if (text.data[i] == '"' && (i + 1 == text.length || memchr("\t\r\n", text.data[i + 1], 3)))
            return has_end ? i + 1 : 0;
    }
    return 0;
}

/* The next cell, which is empty after a tab that ends the text; *ends: the last of its line. */
static nb_string next_cell(nb_string *rest, bool *ends)
{
    size_t length = quoted_length(*rest);
    nb_string cell = { rest->data + (length ? 1 : 0), length ? length - 2 : 0 };
    while (length < rest->length && rest->data[length] != '\t' && rest->data[length] != '\n')
        length++;
    if (!cell.length)
        cell.length = length;
    *ends = length == rest->length || rest->data[length] == '\n';
    length += length < rest->length;
    *rest = (nb_string){ rest->data + length, rest->length - length };
    return cell;
}

static record *read_records(nb_arena *arena, nb_string text, int *count)
{
    record *records = NULL;
    int capacity = 0, line = 1;
    *count = 0;
    while (text.length) {
        record next = { .line = line };
        const char *start = text.data;
        for (bool ends = false; !ends;) {
            NB_GROW(arena, next.cells, next.count, &next.capacity);
            next.cells[next.count++] = next_cell(&text, &ends);
        }
        for (const char *at = start; at < text.data; at++)
            line += *at == '\n';
        NB_GROW(arena, records, *count, &capacity);
        records[(*count)++] = next;
    }
    return records;
}

/* A line that a tab indents has two cells, the first of them empty. */
static bool is_row(const record *r)
{
    return r->count > 2 || (r->count == 2 && nb_trimmed(r->cells[0], NULL).length);
}

static bool is_near_row(const record *records, int count, int at)
{
    for (int i = at - NEAR; i <= at + NEAR; i++)
        if (i >= 0 && i < count && is_row(&records[i]))
            return true;
    return false;
}

static void add_row(nb_extract *extract, const record *row)
{
    nb_extract_add(extract, NB_EVENT_ROW, NB_STRING(""), row->line, 0);
    for (int i = 0; i < row->count; i++) {
        nb_string rest = row->cells[i];
        nb_extract_add(extract, NB_EVENT_CELL, NB_STRING(""), row->line, 0);
        while (rest.length) {
            nb_string line = nb_trimmed(nb_text_next_line(&rest), NULL);
            if (line.length)
                nb_extract_add(extract, NB_EVENT_CELL_LINE, line, row->line, 0);
        }
    }
}

void nb_tabbed_read(nb_extract *extract, nb_string text)
{
    int count;
    const record *records = read_records(extract->arena, text, &count);
    for (int i = 0; i < count; i++) {
        if (is_row(&records[i])) {
            add_row(extract, &records[i]);
            continue;
        }
        nb_string line = nb_trimmed(records[i].cells[records[i].count - 1], NULL);
        if (line.length)
            nb_extract_add(
                extract, is_near_row(records, count, i) ? NB_EVENT_LOOSE_LINE : NB_EVENT_PARAGRAPH,
                line, records[i].line, 0);
    }
}
