/*
 * Tables whose cells stand one after the other in lines, without rows: what is left when a program
 * writes a document as plain text (a cell a line, an empty line for an empty cell and for the rest
 * of a merged one), when a page is copied from a viewer, or when a PDF's text is taken in the order
 * of its drawing.
 *
 * The form knows the sequence of a table's cells. Its labels are found in that order, and what
 * stands between two of them must be the values of one row, neither more nor fewer, in one and the
 * same way through the whole table; otherwise nothing of the table is taken, and the row that did
 * not fit is told.
 */
#include "import/recognise.h"

#include <assert.h>

enum { MOST_LINES_OF_LABEL = 60, LONGEST_VALUE = 60 /* bytes */ };

typedef struct token {
    nb_text_line line; /* of one cell, or of a piece of it; its text is empty for an empty cell */
    int from;          /* index of the line that it stands in */
} token;

/* The values of a row: tokens from `first` to `end`. */
typedef struct segment {
    int first, end;
    bool is_cut; /* by a page, after which heads stand again */
    int spanned; /* merged cells that go on before the label of the next row */
    int values;  /* how many the form has */
    int cell;    /* the first of them; index into the form's cells */
} segment;

typedef struct strung_table {
    nb_importer *importer;
    nb_text_table *table;
    token *tokens;
    int count, capacity;
    segment *segments;
    int segment_count;
    int *labels;    /* per cell of the form: the token that its label was found in; -1: none */
    int failed_row; /* where the text left the form; -1: it did not */
    int failed_at;  /* the token there */
} strung_table;

static const nb_form_cell *cells_of(const strung_table *s, int row, int *count)
{
    *count = s->table->row_starts[row + 1] - s->table->row_starts[row];
    return &s->table->form->cells[s->table->row_starts[row]];
}

/* Labels before values; -1 when they are mixed. */
static int labels_of(const strung_table *s, int row)
{
    int count, labels = 0;
    const nb_form_cell *cells = cells_of(s, row, &count);
    while (labels < count && cells[labels].slot < 0)
        labels++;
    for (int i = labels; i < count; i++)
        if (cells[i].slot < 0)
            return -1;
    return labels;
}

static int values_of(const strung_table *s, int row)
{
    int count;
    cells_of(s, row, &count);
    return count - labels_of(s, row);
}

/* Whether the form's table can stand in lines so that it is known again. */
static bool is_suited(const strung_table *s)
{
    const nb_form_table *form = s->table->form;
    bool after_values = false, has_values = false;
    for (int row = 0; row < form->row_count; row++) {
        int labels = labels_of(s, row);
        if (labels < 0 || (form->repeats && form->repeats[row]) || s->table->placed[row] ||
            (after_values && labels == 0))
            return false;
        after_values = values_of(s, row) > 0;
        has_values = has_values || after_values;
    }
    return has_values;
}

/* — 2 —, alone in its line */
static bool is_page_number(nb_string text)
{
    static const char *const marks[] = { "—", "-", "－", "–", "―" };
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        size_t length = strlen(marks[i]);
        if (text.length <= 2 * length || memcmp(text.data, marks[i], length) != 0 ||
            memcmp(text.data + text.length - length, marks[i], length) != 0)
            continue;
        return nb_is_number(
            nb_trimmed((nb_string){ text.data + length, text.length - 2 * length }, NULL));
    }
    return false;
}

static void add_token(strung_table *s, nb_text_line line, int from)
{
    NB_GROW(s->importer->arena, s->tokens, s->count, &s->capacity);
    s->tokens[s->count++] = (token){ line, from };
}

/* The pieces of a line that tabs hold apart; one may be empty. */
static void split_at_tabs(strung_table *s, const nb_text_line *line, int from)
{
    nb_string rest = line->text;
    for (int column = line->column;;) {
        const char *tab = rest.length ? memchr(rest.data, '\t', rest.length) : NULL;
        nb_string raw = { rest.data, tab ? (size_t)(tab - rest.data) : rest.length };
        nb_text_line piece = *line;
        piece.column = column;
        piece.text = nb_trimmed(raw, &piece.column);
        piece.text = nb_cleaned(s->importer, &piece, NULL);
        add_token(s, piece, from);
        if (!tab)
            return;
        column += (int)nb_utf8_count(raw) + 1;
        rest = (nb_string){ tab + 1, rest.length - raw.length - 1 };
    }
}

/* The pieces of a cleaned line that blanks hold apart. */
static void split_at_blanks(strung_table *s, const nb_text_line *line, int from)
{
    nb_string rest = line->text;
    nb_text_line piece = *line;
    piece.text.length = 0;
    for (const char *at = rest.data, *end = at + rest.length; at < end;) {
        const char *start = at;
        if (nb_is_blank_character(nb_utf8_next(&at, end))) {
            if (piece.text.length)
                add_token(s, piece, from);
            piece.text = (nb_string){ at, 0 };
            piece.column = line->column +
                           (int)nb_utf8_count((nb_string){ rest.data, (size_t)(at - rest.data) });
        } else {
            piece.text.length += (size_t)(at - start);
        }
    }
    if (piece.text.length || !rest.length)
        add_token(s, piece, from);
}

static void split_lines(strung_table *s, const nb_text_line *lines, int count, bool at_blanks)
{
    s->count = 0;
    for (int i = 0; i < count; i++) {
        nb_text_line line = lines[i];
        line.text = nb_cleaned(s->importer, &line, NULL);
        if (is_page_number(line.text))
            continue;
        if (at_blanks)
            split_at_blanks(s, &line, i);
        else
            split_at_tabs(s, &lines[i], i);
    }
}

/* After the label, which may be broken into several tokens; `at` when it does not stand there. */
static int skip_label(const strung_table *s, int at, nb_string label)
{
    int next = at;
    while (next < s->count && next < at + MOST_LINES_OF_LABEL) {
        nb_string text = s->tokens[next++].line.text;
        if (!nb_has_letters(text) || !nb_skip_label_part(&label, text))
            return at;
        if (!nb_has_letters(label))
            return next;
    }
    return at;
}

/* The same, where other words may stand for the label. */
static int skip_label_or_variant(const strung_table *s, int at, nb_string label)
{
    int next = skip_label(s, at, label);
    if (next == at && at < s->count && nb_has_letters(s->tokens[at].line.text) &&
        nb_label_variant_of(s->importer->form, s->importer->finder, label, s->tokens[at].line.text))
        next++;
    return next;
}

static int skip_empty(const strung_table *s, int at)
{
    while (at < s->count && !s->tokens[at].line.text.length)
        at++;
    return at;
}

/*
 * After a text that may stand again before a row where a page begins: a head, or a label that spans
 * down to the row. `at` when none does.
 */
static int skip_repeated(const strung_table *s, int at, int row)
{
    for (int i = 0; i < s->table->row_starts[row]; i++) {
        const nb_form_cell *cell = &s->table->form->cells[i];
        bool stands_again =
            cell->row < s->table->form->head_rows || cell->row + cell->row_span > row;
        int next = cell->slot < 0 && stands_again ? skip_label_or_variant(s, at, cell->text) : at;
        if (next > at)
            return next;
    }
    return at;
}

/* After any of the row's labels. `at` when none stands there. */
static int skip_any_label(const strung_table *s, int at, int row)
{
    int count;
    const nb_form_cell *cells = cells_of(s, row, &count);
    for (int i = 0; i < count && cells[i].slot < 0; i++) {
        int next = skip_label_or_variant(s, at, cells[i].text);
        if (next > at)
            return next;
    }
    return at;
}

/*
 * After the row's labels, or -1 when they do not stand there. A label that spans rows may be
 * missing, and some heads, when the rows have labels by which they are known.
 */
static int match_labels(const strung_table *s, int at, int row)
{
    int count, labels = labels_of(s, row), matched = 0;
    const nb_form_cell *cells = cells_of(s, row, &count);
    bool is_head = labels == count;
    for (int i = 0; i < labels; i++) {
        int from = skip_empty(s, at), next = skip_label_or_variant(s, from, cells[i].text);
        if (next > from) {
            s->labels[s->table->row_starts[row] + i] = from;
            at = next;
            matched++;
        } else if (!is_head && cells[i].row_span == 1) {
            return -1;
        }
    }
    if (is_head && labels_of(s, s->table->form->row_count - 1) == 0 && matched < labels)
        return -1;
    return labels == 0 || matched > 0 ? at : is_head ? at : -1;
}

/* Cells of earlier rows that reach into the row, before its own first one. */
static int spanned_before(const strung_table *s, int row)
{
    int spanned = 0, start = s->table->row_starts[row];
    const nb_form_cell *cells = s->table->form->cells;
    for (int i = 0; i < start; i++)
        spanned += cells[i].row + cells[i].row_span > row && cells[i].column < cells[start].column;
    return spanned;
}

/* Take up what stands until the next row's labels. Returns where that is. */
static int take_segment(strung_table *s, int at, int row)
{
    int next_row = row + 1, labels = labels_of(s, row);
    bool is_last = next_row == s->table->form->row_count;
    segment *taken = &s->segments[s->segment_count++];
    *taken = (segment){ .first = at,
                        .values = values_of(s, row),
                        .spanned = is_last ? 0 : spanned_before(s, next_row),
                        .cell = s->table->row_starts[row] + labels };
    while (at < s->count && (is_last || skip_any_label(s, at, next_row) == at) &&
           (is_last || skip_repeated(s, at, next_row) == at))
        at++;
    taken->end = at;
    while (!is_last) {
        int from = skip_empty(s, at), next = skip_repeated(s, from, next_row);
        if (skip_any_label(s, from, next_row) > from || next == from)
            break;
        taken->is_cut = true;
        at = next;
    }
    return at;
}

static bool fail(strung_table *s, int row, int at)
{
    s->failed_row = row;
    s->failed_at = at;
    return false;
}

/* Find all rows from the token on. */
static bool find_rows(strung_table *s, int at)
{
    s->segment_count = 0;
    for (int i = 0; i < s->table->form->cell_count; i++)
        s->labels[i] = -1;
    for (int row = 0; row < s->table->form->row_count; row++) {
        int next = match_labels(s, at, row);
        if (next < 0)
            return fail(s, row, at);
        at = next;
        if (values_of(s, row))
            at = take_segment(s, at, row);
    }
    return true;
}

/* How the values of a table stand: the ways are tried in this order. */
typedef enum way {
    WAY_ALL_STATED, /* every cell says something, and empty lines are only space */
    WAY_CELLS,      /* an empty line is an empty cell, or goes on with a merged one */
    WAY_OWN_CELLS,  /* an empty line is an empty cell */
    WAY_COUNT
} way;

static bool is_value(const strung_table *s, int at)
{
    nb_string text = s->tokens[at].line.text;
    return text.length <= LONGEST_VALUE &&
           !(nb_has_letters(text) && nb_is_of_tables(s->importer, text));
}

/* Nothing of the last row is left over: what follows it begins a line and is no number. */
static bool ends_well(const strung_table *s, int last, int at)
{
    at = skip_empty(s, at);
    return at == s->count ||
           (s->tokens[at].from != s->tokens[last].from && !nb_is_number(s->tokens[at].line.text));
}

/* The tokens of a row's values in this way, and after the last of them, or -1. */
static int find_values(const strung_table *s, const segment *row, bool is_last, way how,
                       int *places)
{
    int found = 0, at = row->first;
    for (; at < row->end && found < row->values; at++) {
        bool is_empty = !s->tokens[at].line.text.length;
        if (is_empty && how == WAY_ALL_STATED)
            continue;
        if (!is_value(s, at))
            return -1;
        places[found++] = at;
    }
    if (found < row->values)
        return -1;
    if (is_last)
        return ends_well(s, at - 1, at) ? at : -1;
    /* Where a page was cut the merged cells stand again, in place of empty lines. */
    int left = row->end - at, due = how == WAY_CELLS && !row->is_cut ? row->spanned : 0;
    if (how != WAY_ALL_STATED && left != due)
        return -1;
    return skip_empty(s, at) >= row->end ? at : -1;
}

static bool fits(strung_table *s, way how)
{
    for (int i = 0; i < s->segment_count; i++)
        if (find_values(s, &s->segments[i], i + 1 == s->segment_count, how, s->importer->places) <
            0)
            return how == WAY_ALL_STATED ? fail(s, s->table->form->cells[s->segments[i].cell].row,
                                                s->segments[i].first)
                                         : false;
    return true;
}

static void place_values(strung_table *s, way how)
{
    nb_importer *importer = s->importer;
    for (int i = 0; i < s->segment_count; i++) {
        const segment *row = &s->segments[i];
        find_values(s, row, i + 1 == s->segment_count, how, importer->places);
        for (int v = 0; v < row->values; v++) {
            const nb_form_cell *own = &s->table->form->cells[row->cell + v];
            nb_text_cell cell = { .lines = &s->tokens[importer->places[v]].line, .line_count = 1 };
            nb_import_value(importer, own, &cell);
            s->table->placed[own->row] = true;
        }
    }
    for (int i = 0; i < s->table->form->cell_count; i++) {
        token *label = s->labels[i] < 0 ? NULL : &s->tokens[s->labels[i]];
        if (label && nb_label_variant_of(importer->form, importer->finder,
                                         s->table->form->cells[i].text, label->line.text))
            nb_note_label(importer, s->table->form->cells[i].text,
                          &(nb_text_cell){ &label->line, 1, 1, label->line.text });
    }
    importer->found_values = true;
}

/* Place the values, when the rows are found in one way. The tokens used end before *end. */
static bool place_in_one_way(strung_table *s, int start, int *end)
{
    if (!find_rows(s, start))
        return false;
    for (way how = 0; how < WAY_COUNT; how++) {
        if (!fits(s, how))
            continue;
        place_values(s, how);
        *end = find_values(s, &s->segments[s->segment_count - 1], true, how, s->importer->places);
        return true;
    }
    return false;
}

/* The first token that begins the table: with one of its first row's texts. */
static int find_start(const strung_table *s)
{
    for (int row = 0; row <= s->table->form->head_rows && row < s->table->form->row_count; row++)
        for (int at = 0; at < s->count; at++)
            if (skip_any_label(s, at, row) > at)
                return at;
    return -1;
}

static void tell_failure(const strung_table *s, const nb_text_line *lines, int count)
{
    nb_importer *importer = s->importer;
    nb_findings *findings = importer->findings;
    int labels = labels_of(s, s->failed_row);
    nb_string label =
        labels > 0 ? s->table->form->cells[s->table->row_starts[s->failed_row] + labels - 1].text
                   : s->table->form->caption;
    const nb_text_line *line =
        s->failed_at < s->count ? &s->tokens[s->failed_at].line : &lines[count - 1];
    nb_place place = { importer->report->name, line->line, line->column, "" };
    nb_finding *finding = nb_findings_add(
        findings, NB_ERROR, "S4", place,
        NB_SAY(findings, "表的单元格逐行排列，到“%.*s”一行就对不上表单，整表不取",
               "the table's cells stand line by line; they leave the form at the row “%.*s”, so "
               "nothing of the table is taken"),
        (int)label.length, label.data);
    nb_finding_hint(findings, finding, "%s",
                    NB_SAY(findings, "改从原来的 DOCX、HTML 或 PDF 导入",
                           "import the original DOCX, HTML or PDF"));
}

void nb_import_strung_cells(nb_importer *importer, const nb_form_table *form,
                            const nb_text_line *lines, int count, bool *taken)
{
    strung_table s = { .importer = importer, .failed_row = -1 };
    for (int t = 0; t < importer->form->table_count; t++)
        if (importer->tables[t].form == form)
            s.table = &importer->tables[t];
    assert(s.table);
    if (!is_suited(&s))
        return;
    s.labels = NB_NEW_ARRAY(importer->arena, int, (size_t)form->cell_count);
    s.segments = NB_NEW_ARRAY(importer->arena, segment, (size_t)form->row_count);
    int first = -1;
    for (int at_blanks = 0; at_blanks < 2; at_blanks++) {
        int end;
        split_lines(&s, lines, count, at_blanks);
        int start = find_start(&s);
        assert(start < 0 || s.tokens);
        first = start < 0 ? first : s.tokens[start].from;
        if (start < 0 || !place_in_one_way(&s, start, &end))
            continue;
        end = skip_empty(&s, end);
        int after = end < s.count ? s.tokens[end].from : count;
        for (int i = first; i < after; i++)
            taken[i] = true;
        return;
    }
    if (s.failed_row >= 0 && s.failed_row >= form->head_rows) {
        tell_failure(&s, lines, count);
        for (int i = first; i < count; i++)
            taken[i] = true;
    }
}
