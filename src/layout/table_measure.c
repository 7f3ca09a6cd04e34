#include "layout/table.h"

enum { NARROWEST = 60 }; /* percent: digits set narrower than this are hard to read */

static nb_length inner_width(const nb_layouter *layouter, const nb_table_measure *measure,
                             const nb_cell *cell)
{
    return measure->left[cell->column + cell->column_span] - measure->left[cell->column] -
           layouter->style->table_cell_left - layouter->style->table_cell_right;
}

static void place_columns(nb_table_measure *measure)
{
    for (int column = 0; column < measure->table->column_count; column++)
        measure->left[column + 1] = measure->left[column] + measure->table->columns[column];
}

/* The widest column without values, which can give most; -1 when there is none. */
static int widest_label_column(const nb_table *table)
{
    int widest = -1;
    for (int column = 0; column < table->column_count; column++) {
        bool has_values = false;
        for (int i = 0; i < table->cell_count && !has_values; i++)
            has_values = table->cells[i].is_value && table->cells[i].column <= column &&
                         column < table->cells[i].column + table->cells[i].column_span;
        if (!has_values && (widest < 0 || table->columns[column] > table->columns[widest]))
            widest = column;
    }
    return widest;
}

/*
 * Widen the columns of numbers that would not fit even at their narrowest, at the expense of the
 * labels, which can wrap. Whether there were any.
 */
static bool widen_columns(nb_layouter *layouter, nb_table_measure *measure)
{
    nb_table *table = measure->table;
    bool widened = false;
    int giver = widest_label_column(table);
    if (giver < 0)
        return false;
    nb_length spare = table->columns[giver] / 2; /* a label keeps half its width */
    for (int i = 0; i < table->cell_count; i++) {
        nb_cell *cell = &table->cells[i];
        if (!cell->is_value)
            continue;
        nb_length least = nb_set_text_natural_width(&measure->cells[i]) / 100 * NARROWEST;
        nb_length missing = least - inner_width(layouter, measure, cell);
        if (missing <= 0)
            continue;
        missing = nb_snap_to_twip(missing + NB_TWIP);
        if (missing > spare)
            continue;
        spare -= missing;
        table->columns[giver] -= missing;
        table->columns[cell->column + cell->column_span - 1] += missing;
        place_columns(measure);
        widened = true;
    }
    return widened;
}

static void tell_too_wide(nb_layouter *layouter, const nb_cell *cell)
{
    nb_place place = { layouter->document->name, cell->text.line, cell->text.column,
                       cell->text.pointer };
    nb_findings_add(layouter->findings, NB_ERROR, "LAYOUT", place,
                    NB_SAY(layouter->findings, "“%.*s”太宽，压窄到 %d%% 也放不进单元格",
                           "“%.*s” is too wide for its cell, even at %d%% of its width"),
                    (int)cell->text.spans[0].text.length, cell->text.spans[0].text.data, NARROWEST);
    layouter->failed = true;
}

/* A number never wraps: it is set narrower until it fits. */
static void narrow_value(nb_layouter *layouter, nb_cell *cell, nb_length width, nb_set_text *set)
{
    nb_length natural = nb_set_text_natural_width(set);
    if (natural <= width || natural == 0) /* a column may be narrower than its cells' edges */
        return;
    cell->scale = (int)((int64_t)width * 100 / natural);
    if (cell->scale < NARROWEST) {
        tell_too_wide(layouter, cell);
        cell->scale = NARROWEST;
    }
    nb_set_common_text(layouter, &cell->text, width, cell->scale, set);
    /* Each digit's width is rounded, so that all may be a little wider than the scale promised. */
    while (set->line_count > 1 && cell->scale > NARROWEST)
        nb_set_common_text(layouter, &cell->text, width, --cell->scale, set);
}

static void set_values(nb_layouter *layouter, nb_table_measure *measure)
{
    for (int i = 0; i < measure->table->cell_count; i++) {
        nb_cell *cell = &measure->table->cells[i];
        if (cell->is_value)
            nb_set_common_text(layouter, &cell->text, inner_width(layouter, measure, cell), 100,
                               &measure->cells[i]);
    }
}

/* What a cell needs of its row, when it spans no other. */
static void note_height(nb_table_measure *measure, int index)
{
    const nb_cell *cell = &measure->table->cells[index];
    nb_length *base = measure->base, *need = &measure->need[index];
    *need = measure->rule + nb_set_text_height(&measure->cells[index]);
    if (cell->row_span == 1 && *need > base[cell->row])
        base[cell->row] = *need;
    /* A row that only spans cross still holds an empty line in a word processor. */
    nb_length least = measure->rule + cell->text.style->pitch;
    for (int row = cell->row; row < cell->row + cell->row_span; row++)
        if (base[row] < least)
            base[row] = least;
}

void nb_table_measure_cells(nb_layouter *layouter, nb_table *table, nb_table_measure *out)
{
    nb_arena *arena = layouter->arena;
    *out = (nb_table_measure){ .table = table, .rule = layouter->style->table_rule };
    out->cells = NB_NEW_ARRAY(arena, nb_set_text, (size_t)table->cell_count);
    out->need = NB_NEW_ARRAY(arena, nb_length, (size_t)table->cell_count);
    out->base = NB_NEW_ARRAY(arena, nb_length, (size_t)table->row_count);
    out->left = NB_NEW_ARRAY(arena, nb_length, (size_t)table->column_count + 1);
    nb_table_sort_spans(out, arena);
    place_columns(out);
    set_values(layouter, out);
    if (widen_columns(layouter, out))
        set_values(layouter, out);
    for (int i = 0; i < table->cell_count; i++) {
        nb_cell *cell = &table->cells[i];
        nb_length width = inner_width(layouter, out, cell);
        if (cell->is_value)
            narrow_value(layouter, cell, width, &out->cells[i]);
        else if (cell->vertical)
            nb_set_text_vertically(layouter, &cell->text, width, &out->cells[i]);
        else
            nb_set_common_text(layouter, &cell->text, width, 100, &out->cells[i]);
        note_height(out, i);
    }
}
