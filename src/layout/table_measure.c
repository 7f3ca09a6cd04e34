#include "layout/table.h"

enum { NARROWEST = 60 }; /* percent: digits set narrower than this are hard to read */

static nb_length inner_width(const nb_layouter *layouter, const nb_table_measure *measure, const nb_cell *cell)
{
    return measure->left[cell->column + cell->column_span] - measure->left[cell->column] -
           layouter->style->table_cell_left - layouter->style->table_cell_right;
}

/* A number never wraps: it is set narrower until it fits. */
static void set_value(nb_layouter *layouter, nb_cell *cell, nb_length width, nb_set_text *out)
{
    nb_set_text_in(layouter, &cell->text, width, 100, out);
    nb_length natural = nb_set_text_natural_width(out);
    if (natural <= width)
        return;
    cell->scale = (int)((int64_t)width * 100 / natural);
    if (cell->scale < NARROWEST) {
        nb_place place = { layouter->document->name, cell->text.line, cell->text.column, cell->text.pointer };
        nb_findings_add(layouter->findings, NB_ERROR, "LAYOUT", place,
                        NB_SAY(layouter->findings, "“%.*s”太宽，压窄到 %d%% 也放不进单元格",
                               "“%.*s” is too wide for its cell, even at %d%% of its width"),
                        (int)cell->text.spans[0].text.length, cell->text.spans[0].text.data, NARROWEST);
        layouter->failed = true;
        cell->scale = NARROWEST;
    }
    nb_set_text_in(layouter, &cell->text, width, cell->scale, out);
}

void nb_table_measure_cells(nb_layouter *layouter, nb_table *table, nb_table_measure *out)
{
    nb_arena *arena = layouter->arena;
    *out = (nb_table_measure){ .table = table, .rule = layouter->style->table_rule };
    out->cells = NB_NEW_ARRAY(arena, nb_set_text, (size_t)table->cell_count);
    out->need = NB_NEW_ARRAY(arena, nb_length, (size_t)table->cell_count);
    out->base = NB_NEW_ARRAY(arena, nb_length, (size_t)table->row_count);
    out->left = NB_NEW_ARRAY(arena, nb_length, (size_t)table->column_count + 1);
    for (int column = 0; column < table->column_count; column++)
        out->left[column + 1] = out->left[column] + table->columns[column];
    for (int i = 0; i < table->cell_count; i++) {
        nb_cell *cell = &table->cells[i];
        nb_length width = inner_width(layouter, out, cell);
        if (cell->is_value)
            set_value(layouter, cell, width, &out->cells[i]);
        else
            nb_set_text_in(layouter, &cell->text, width, 100, &out->cells[i]);
        out->need[i] = out->rule + out->cells[i].line_count * cell->text.style->pitch;
        if (cell->row_span == 1 && out->need[i] > out->base[cell->row])
            out->base[cell->row] = out->need[i];
        /* A row that only spans cross still holds an empty line in a word processor. */
        for (int row = cell->row; row < cell->row + cell->row_span; row++)
            if (out->base[row] < out->rule + cell->text.style->pitch)
                out->base[row] = out->rule + cell->text.style->pitch;
    }
}
