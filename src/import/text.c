/* Line by line through the text: a tab begins a cell, a blank line ends a row. */
#include "import/text.h"

#include "import/recognise.h"

typedef struct reading {
    nb_gathering *gathering;
    bool in_row;
} reading;

/* A line of a row: each tab begins a cell. */
static void add_cells(nb_gathering *g, nb_string text, int line)
{
    int column = 1;
    while (text.length) {
        if (text.data[0] == '\t') {
            nb_gather_cell(g);
            text = (nb_string){ text.data + 1, text.length - 1 };
            column++;
        }
        const char *tab = memchr(text.data, '\t', text.length);
        nb_string piece = { text.data, tab ? (size_t)(tab - text.data) : text.length };
        nb_gather_cell_line(g, piece, line, column);
        column += (int)nb_utf8_count(piece);
        text = (nb_string){ text.data + piece.length, text.length - piece.length };
    }
}

static void read_line(reading *r, nb_string raw, int number)
{
    nb_gathering *g = r->gathering;
    nb_text_line line = { .line = number, .column = 1 };
    bool has_tab = raw.length && raw.data[0] == '\t';
    line.text = nb_trimmed(raw, &line.column);
    if (nb_gather_heading(g, &line, has_tab || r->in_row)) {
        r->in_row = false;
    } else if (has_tab || (r->in_row && line.text.length)) {
        if (!r->in_row)
            nb_gather_row(g);
        r->in_row = true;
        add_cells(g, raw, number);
    } else if (line.text.length) {
        nb_gather_paragraph(g, &line);
    } else {
        nb_gather_empty_line(g, &line);
        r->in_row = false;
    }
}

static void read_lines(reading *r, nb_string text)
{
    const char *at = text.data, *end = text.data + text.length;
    for (int number = 1; at < end; number++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        if (!stop)
            stop = end;
        read_line(r, (nb_string){ at, (size_t)(stop - at) }, number);
        at = stop < end ? stop + 1 : end;
    }
}

nb_status nb_import_text(const nb_form *form, nb_string text, const char *name, nb_arena *arena,
                         nb_findings *findings, nb_report **out)
{
    *out = NULL;
    if (text.length >= 3 && memcmp(text.data, "\xEF\xBB\xBF", 3) == 0)
        text = (nb_string){ text.data + 3, text.length - 3 };
    if (!nb_expect_utf8(text, name, findings))
        return NB_E_NOT_A_REPORT;
    reading r = { nb_gather_begin(form, name, arena, findings), false };
    read_lines(&r, text);
    return nb_gather_end(r.gathering, out);
}
