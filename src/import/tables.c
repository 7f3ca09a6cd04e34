/*
 * Placing rows of the text in the form's tables.
 *
 * A run of rows and the rows of a table are aligned as two sequences, top to bottom, so that the
 * most rows fit: labels that stand several times in a table (3.其他, 信息内容) are told apart by
 * what is above and below them, and a row too many or too few upsets no other.
 */
#include "import/recognise.h"

#include <assert.h>

/*
 * What a fitting row is worth. A row of values without a label fits many places, so it never
 * carries a run alone.
 */
enum { SCORE_NO_LABEL = 1, SCORE_LABEL = 2 };

/*
 * The cells that begin in a row of a form's table: the fixed texts up to the last of them, then
 * values.
 */
typedef struct own_cells {
    const nb_form_cell *cells;
    int count;
    int fixed_end; /* after the last fixed text; before it a value may stand too */
} own_cells;

/* The text is the label of the form, or other words for it. */
static bool is_label(const nb_text_table *table, nb_string text, nb_string label)
{
    const nb_importer *importer = table->importer;
    return nb_same_label(text, label) ||
           nb_label_variant_of(importer->form, importer->finder, label, text) != NULL;
}

static own_cells own_cells_of(const nb_text_table *table, int row)
{
    own_cells own = { &table->form->cells[table->row_starts[row]],
                      table->row_starts[row + 1] - table->row_starts[row], 0 };
    for (int i = 0; i < own.count; i++)
        if (own.cells[i].slot < 0)
            own.fixed_end = i + 1;
    return own;
}

static bool has_values_before(const own_cells *own, int end)
{
    for (int i = 0; i < end; i++)
        if (own->cells[i].slot >= 0)
            return true;
    return false;
}

static bool has_values(const own_cells *own)
{
    return has_values_before(own, own->count);
}

/*
 * The text is that of a cell that spans down to the row from above: some extractions repeat it in
 * each row, and where a page ends within the cell, the next has the rest of it.
 */
static bool is_from_above(const nb_text_table *table, int row, nb_string text)
{
    for (int i = 0; i < table->row_starts[row]; i++) {
        const nb_form_cell *cell = &table->form->cells[i];
        if (cell->slot < 0 && cell->row + cell->row_span > row &&
            nb_is_label_part(text, cell->text))
            return true;
    }
    return false;
}

static bool is_fixed_text(const nb_text_table *table, nb_string text)
{
    for (int i = 0; i < table->form->cell_count; i++)
        if (table->form->cells[i].slot < 0 && is_label(table, text, table->form->cells[i].text))
            return true;
    return false;
}

/* The first text cell from `from` that is neither empty nor a repeated one from above. */
static int skip_spanned(const nb_text_table *table, int row, const nb_text_row *text, int from,
                        const nb_form_cell *wanted)
{
    while (from < text->cell_count &&
           (!text->cells[from].text.length ||
            (!(wanted && is_label(table, text->cells[from].text, wanted->text)) &&
             is_from_above(table, row, text->cells[from].text))))
        from++;
    return from;
}

/*
 * Match the row's fixed texts, and the values between them. Returns the text cell after them, or
 * -1.
 */
static int match_fixed(const nb_text_table *table, int row, const own_cells *own,
                       const nb_text_row *text, int *places)
{
    bool is_head = !has_values(own);
    int next = 0, matched = 0;
    for (int i = 0; i < own->fixed_end; i++) {
        const nb_form_cell *cell = &own->cells[i];
        if (cell->slot >= 0) {
            if (next == text->cell_count)
                return -1;
            places[i] = next++;
            continue;
        }
        int at = skip_spanned(table, row, text, next, cell);
        places[i] = -1;
        if (at < text->cell_count && is_label(table, text->cells[at].text, cell->text)) {
            places[i] = at;
            next = at + 1;
            matched++;
        } else if (at < text->cell_count && !is_head && cell->row_span > 1 &&
                   nb_is_label_part(text->cells[at].text, cell->text)) {
            next = at + 1;
        } else if (!is_head && cell->row_span == 1) {
            return -1; /* a label that spans rows may stand in another of them */
        }
    }
    /* One word of a head stands in many a text. */
    bool enough = is_head ? 2 * matched >= own->fixed_end : matched > 0 || own->fixed_end == 0;
    return enough ? next : -1;
}

/*
 * Take the values that end the row from text cell `first` on, a step for each or, expanded, as many
 * cells as each spans. False when that passes over a cell that says something.
 */
static bool take_values(const own_cells *own, const nb_text_row *text, int next, int first,
                        bool is_expanded, int *places)
{
    int at = first, seen = next;
    for (int i = own->fixed_end; i < own->count; i++) {
        for (; seen < at; seen++)
            if (text->cells[seen].text.length)
                return false;
        places[i] = at;
        seen = at + 1;
        at += is_expanded ? own->cells[i].column_span : 1;
    }
    for (; seen < text->cell_count; seen++)
        if (text->cells[seen].text.length)
            return false;
    return true;
}

/* Find the values that end the row: places[i] is the text cell of the row's cell i. */
static bool match_values(const nb_text_table *table, const own_cells *own, const nb_text_row *text,
                         int next, int *places)
{
    int count = own->count - own->fixed_end, left = text->cell_count - next, spans = 0;
    if (left < count)
        return false;
    for (int i = own->fixed_end; i < own->count; i++)
        spans += own->cells[i].column_span;
    if (!(left == spans && take_values(own, text, next, next, true, places)) &&
        !take_values(own, text, next, text->cell_count - count, false, places) &&
        !take_values(own, text, next, next, false, places))
        return false;
    for (int i = own->fixed_end; i < own->count && own->fixed_end == 0; i++)
        if (is_fixed_text(table, text->cells[places[i]].text))
            return false;
    return true;
}

/*
 * What a row of the text is worth as this row of the table, 0 when it is not that. Places as in
 * match_values.
 */
static int match_row(const nb_text_table *table, int row, const nb_text_row *text, int *places)
{
    own_cells own = own_cells_of(table, row);
    if (text->placed || table->placed[row] || own.count == 0)
        return 0;
    int next = match_fixed(table, row, &own, text, places);
    if (next < 0)
        return 0;
    if (own.fixed_end == own.count)
        return skip_spanned(table, row, text, next, NULL) == text->cell_count ? SCORE_LABEL : 0;
    if (!match_values(table, &own, text, next, places))
        return 0;
    return own.fixed_end ? SCORE_LABEL : SCORE_NO_LABEL;
}

/*
 * The best alignment of run and table. The importer's scores hold, for text row i and table
 * row j, what the rows from there on are worth together.
 */
static uint16_t *score_at(nb_importer *importer, const nb_text_table *table, int i, int j)
{
    return &importer->scores[(size_t)i * (size_t)(table->form->row_count + 1) + (size_t)j];
}

static int align(nb_importer *importer, const nb_text_table *table, const nb_text_rows *run)
{
    for (int j = 0; j <= table->form->row_count; j++)
        *score_at(importer, table, run->count, j) = 0;
    for (int i = run->count - 1; i >= 0; i--) {
        *score_at(importer, table, i, table->form->row_count) = 0;
        for (int j = table->form->row_count - 1; j >= 0; j--) {
            int best = *score_at(importer, table, i + 1, j);
            int without = *score_at(importer, table, i, j + 1);
            int worth = match_row(table, j, &run->rows[i], importer->places);
            if (worth)
                worth += *score_at(importer, table, i + 1, j + 1);
            best = without > best ? without : best;
            *score_at(importer, table, i, j) = (uint16_t)(worth > best ? worth : best);
        }
    }
    return *score_at(importer, table, 0, 0);
}

void nb_note_label(nb_importer *importer, nb_string label, const nb_text_cell *cell)
{
    const nb_label_variant *variant =
        nb_same_label(cell->text, label)
            ? NULL
            : nb_label_variant_of(importer->form, importer->finder, label, cell->text);
    if (!variant)
        return;
    const nb_text_line *line = nb_first_line(cell);
    bool is_whole = nb_string_equal(line->text, cell->text);
    nb_note_deviation(importer, (nb_deviation){
                                    .kind = NB_DEVIATION_LABEL,
                                    .is_former = variant->is_former,
                                    .seen = cell->text,
                                    .official = label,
                                    .line = line->line,
                                    .column = line->column,
                                    .length = is_whole ? (int)nb_utf8_count(cell->text) : 0,
                                });
}

static void note_labels(nb_importer *importer, const own_cells *own, const nb_text_row *text)
{
    for (int i = 0; i < own->fixed_end; i++) {
        assert(importer->places[i] < text->cell_count);
        if (own->cells[i].slot < 0 && importer->places[i] >= 0)
            nb_note_label(importer, own->cells[i].text, &text->cells[importer->places[i]]);
    }
}

static void place_row(nb_importer *importer, nb_text_table *table, int row, nb_text_row *text)
{
    own_cells own = own_cells_of(table, row);
    text->placed = true;
    note_labels(importer, &own, text);
    if (!has_values(&own))
        return; /* a head may stand again, where the table goes on */
    table->placed[row] = true;
    importer->found_values = true;
    for (int i = 0; i < own.count; i++)
        if (own.cells[i].slot >= 0)
            nb_import_value(importer, &own.cells[i], &text->cells[importer->places[i]]);
}

/* Follow the alignment that the scores hold. */
static void place_rows(nb_importer *importer, nb_text_table *table, nb_text_rows *run)
{
    int i = 0, j = 0;
    while (i < run->count && j < table->form->row_count) {
        int here = *score_at(importer, table, i, j);
        int worth = match_row(table, j, &run->rows[i], importer->places);
        if (worth && here == worth + *score_at(importer, table, i + 1, j + 1))
            place_row(importer, table, j++, &run->rows[i++]);
        else if (here == *score_at(importer, table, i + 1, j))
            i++;
        else
            j++;
    }
}

/* A row with nothing but heads, as they stand again on the next page, or with nothing at all. */
static bool says_nothing(const nb_importer *importer, const nb_text_row *row)
{
    for (int i = 0; i < row->cell_count; i++) {
        nb_string text = row->cells[i].text;
        bool known = !nb_has_letters(text);
        for (int t = 0; t < importer->form->table_count && !known; t++)
            for (int c = 0; c < importer->form->tables[t].cell_count && !known; c++) {
                const nb_form_cell *cell = &importer->form->tables[t].cells[c];
                bool is_head = strcmp(cell->role, "head") == 0 || strcmp(cell->role, "band") == 0;
                known = cell->slot < 0 &&
                        ((is_head && is_label(&importer->tables[t], text, cell->text)) ||
                         ((is_head || cell->row_span > 1 || row->cell_count == 1) &&
                          nb_is_label_part(text, cell->text)));
            }
        if (!known)
            return false;
    }
    return true;
}

enum { LONGEST_ROW = 200 }; /* in a message, which cuts it down further */

static void tell_row(nb_importer *importer, const nb_text_row *row)
{
    const nb_text_line *line = NULL;
    const char *text = "";
    for (int i = 0; i < row->cell_count && strlen(text) < LONGEST_ROW; i++) {
        nb_string cell = nb_utf8_prefix(row->cells[i].text, LONGEST_ROW);
        if (!line && !cell.length)
            continue;
        text = nb_arena_print(importer->arena, "%s%s%.*s", text, line ? " | " : "",
                              (int)cell.length, cell.data);
        line = line ? line : nb_first_line(&row->cells[i]);
    }
    nb_tell_unplaced(importer, line, nb_string_of(text));
}

void nb_tables_begin(nb_importer *importer)
{
    const nb_form *form = importer->form;
    int most_rows = 0, most_cells = 1;
    importer->tables = NB_NEW_ARRAY(importer->arena, nb_text_table, (size_t)form->table_count);
    for (int t = 0; t < form->table_count; t++) {
        nb_text_table *table = &importer->tables[t];
        table->form = &form->tables[t];
        table->importer = importer;
        table->placed = NB_NEW_ARRAY(importer->arena, bool, (size_t)table->form->row_count);
        table->row_starts = NB_NEW_ARRAY(importer->arena, int, (size_t)table->form->row_count + 1);
        for (int row = 0, cell = 0; row <= table->form->row_count; row++) {
            while (cell < table->form->cell_count && table->form->cells[cell].row < row)
                cell++;
            table->row_starts[row] = cell;
        }
        most_rows = table->form->row_count > most_rows ? table->form->row_count : most_rows;
        most_cells =
            table->form->column_count > most_cells ? table->form->column_count : most_cells;
    }
    importer->places = NB_NEW_ARRAY(importer->arena, int, (size_t)most_cells);
    importer->scores =
        NB_NEW_ARRAY(importer->arena, uint16_t, (NB_MOST_TEXT_ROWS + 1) * ((size_t)most_rows + 1));
}

/* The cells that end the row and are numbers. */
static int numbers_at_end(const nb_text_row *row)
{
    int count = 0;
    while (count < row->cell_count && nb_is_number(row->cells[row->cell_count - 1 - count].text))
        count++;
    return count;
}

/* Whether the cells before the values say nothing but stretches of the row's labels. */
static bool has_label_parts(const nb_text_table *table, int row, const nb_text_row *text, int count,
                            int *labelled)
{
    own_cells own = own_cells_of(table, row);
    for (int i = 0; i < count; i++) {
        nb_string label = text->cells[i].text;
        bool is_known = !label.length || is_from_above(table, row, label);
        for (int k = 0; k < own.fixed_end && !is_known; k++)
            if (own.cells[k].slot < 0 && nb_is_label_part(label, own.cells[k].text)) {
                is_known = true;
                ++*labelled;
            }
        if (!is_known)
            return false;
    }
    return true;
}

/*
 * Which rows of the run are those of the table that have values: one for one and in order, each
 * with as many values, and none with a word of another label. False when they are not.
 */
static bool pair_in_order(const nb_text_table *table, const nb_text_rows *run, int *found)
{
    int rows = 0, labelled = 0, at = 0;
    for (int row = 0; row < table->form->row_count; row++) {
        own_cells own = own_cells_of(table, row);
        int values = own.count - own.fixed_end;
        if (!has_values(&own))
            continue;
        while (at < run->count && !numbers_at_end(&run->rows[at]))
            at++;
        if (at == run->count)
            return false;
        const nb_text_row *text = &run->rows[at];
        int label_end = text->cell_count - values;
        if (label_end < 0 || numbers_at_end(text) != values ||
            has_values_before(&own, own.fixed_end) ||
            !has_label_parts(table, row, text, label_end, &labelled))
            return false;
        found[row] = at++;
        rows++;
    }
    while (at < run->count && !numbers_at_end(&run->rows[at]))
        at++;
    return at == run->count && 2 * labelled >= rows;
}

/*
 * Where labels were broken into lines, of which only one stands beside the values. False when the
 * rows are not the table's.
 */
static bool place_in_order(nb_importer *importer, nb_text_table *table, nb_text_rows *run)
{
    int *found = NB_NEW_ARRAY(importer->arena, int, (size_t)table->form->row_count);
    if (!pair_in_order(table, run, found))
        return false;
    for (int row = 0; row < table->form->row_count; row++) {
        own_cells own = own_cells_of(table, row);
        if (!has_values(&own))
            continue;
        nb_text_row *text = &run->rows[found[row]];
        for (int i = 0; i < own.count; i++)
            importer->places[i] = i < own.fixed_end ? -1 : text->cell_count - own.count + i;
        place_row(importer, table, row, text);
    }
    return true;
}

static bool is_whole(const nb_text_table *table)
{
    for (int row = 0; row < table->form->row_count; row++) {
        own_cells own = own_cells_of(table, row);
        if (has_values(&own) && !table->placed[row])
            return false;
    }
    return true;
}

bool nb_is_of_tables(const nb_importer *importer, nb_string text)
{
    if (!nb_has_letters(text))
        return true;
    for (int t = 0; t < importer->form->table_count; t++)
        for (int c = 0; c < importer->form->tables[t].cell_count; c++) {
            const nb_form_cell *cell = &importer->form->tables[t].cells[c];
            if (cell->slot < 0 && nb_is_label_part(text, cell->text))
                return true;
        }
    return false;
}

bool nb_import_rows(nb_importer *importer, nb_text_rows *run)
{
    bool found = false;
    for (;;) {
        nb_text_table *best = NULL;
        int most = SCORE_NO_LABEL;
        for (int t = 0; t < importer->form->table_count; t++) {
            int score = align(importer, &importer->tables[t], run);
            if (score > most) {
                most = score;
                best = &importer->tables[t];
            }
        }
        if (!best)
            break;
        found = true;
        align(importer, best, run);
        place_rows(importer, best, run);
        if (!is_whole(best))
            place_in_order(importer, best, run);
    }
    for (int i = 0; found && i < run->count; i++)
        if (!run->rows[i].placed && !says_nothing(importer, &run->rows[i]))
            tell_row(importer, &run->rows[i]);
    return found;
}
