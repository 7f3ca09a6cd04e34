/*
 * What a report's text is made of, taken one after the other: sections by their headings,
 * paragraphs into them, rows into runs for the tables.
 */
#include "import/recognise.h"

/* What a part of the form has gathered. */
typedef struct section {
    bool found;
    int line, column; /* of its heading */
    nb_item *items;
    int count;
    int capacity;
} section;

/* Lines of a part that has a table, until it is known whether they are its cells. */
typedef struct kept_lines {
    nb_text_line *lines;
    int count;
    int capacity;
} kept_lines;

struct nb_gathering {
    nb_importer importer;
    section *sections;     /* one per part */
    nb_heading heading;    /* of the part in which the text is; none before the first */
    nb_text_line *preface; /* lines before the first heading */
    int preface_count;
    int preface_capacity;
    kept_lines kept; /* of the part in which the text is */
    nb_text_rows run;
    bool in_row;
};

/* What a table is called for those who cannot see it; some programs set it above the table. */
static bool is_caption(const nb_importer *importer, nb_string text)
{
    const nb_form *form = importer->form;
    for (int i = 0; i < form->table_count; i++) {
        const nb_form_table *table = &form->tables[i];
        nb_string whole = nb_string_of(nb_arena_print(
            importer->arena, "%.*s%.*s", (int)table->caption.length, table->caption.data,
            (int)table->description.length, table->description.data));
        if (nb_same_label(text, table->caption) || nb_same_label(text, whole))
            return true;
    }
    return false;
}

/* A paragraph of the part in which the text is. */
static void add_item(nb_gathering *g, const nb_text_line *line)
{
    nb_importer *importer = &g->importer;
    int slot = importer->form->parts[g->heading.part].prose_slot;
    section *into = &g->sections[g->heading.part];
    nb_item item =
        nb_cleaned_item(importer, line, slot < 0 ? "" : importer->form->slots[slot].pointer);
    if (!item.text.length)
        return;
    if (importer->form->parts[g->heading.part].table && is_caption(importer, item.text))
        return;
    if (slot < 0) {
        nb_tell_unplaced(importer, line, item.text);
        return;
    }
    NB_GROW(importer->arena, into->items, into->count, &into->capacity);
    into->items[into->count++] = item;
}

static void add_paragraph(nb_gathering *g, const nb_text_line *line)
{
    nb_importer *importer = &g->importer;
    if (g->heading.part < 0) {
        NB_GROW(importer->arena, g->preface, g->preface_count, &g->preface_capacity);
        g->preface[g->preface_count++] = *line;
    } else if (importer->form->parts[g->heading.part].table) {
        NB_GROW(importer->arena, g->kept.lines, g->kept.count, &g->kept.capacity);
        g->kept.lines[g->kept.count++] = *line;
    } else {
        add_item(g, line);
    }
}

/* No more lines of the part follow: those that are not cells of its table are paragraphs. */
static void end_part(nb_gathering *g)
{
    nb_gather_end_run(g);
    if (!g->kept.count)
        return;
    bool *taken = NB_NEW_ARRAY(g->importer.arena, bool, (size_t)g->kept.count);
    nb_import_strung_cells(&g->importer, g->importer.form->parts[g->heading.part].table,
                           g->kept.lines, g->kept.count, taken);
    for (int i = 0; i < g->kept.count; i++)
        if (!taken[i])
            add_item(g, &g->kept.lines[i]);
    g->kept.count = 0;
}

/* The part that the line is the heading of. A line of a row must be one letter by letter. */
static nb_heading heading_of(nb_gathering *g, const nb_text_line *line, bool is_cell)
{
    static const nb_heading none = { .part = -1 };
    if (line->text.length == 0 || line->text.length > NB_LONGEST_HEADING)
        return none;
    nb_string text = nb_cleaned(&g->importer, line, NULL);
    nb_heading heading = nb_heading_of(g->importer.form, text, g->heading);
    return is_cell && !heading.is_exact ? none : heading;
}

static void take_title(nb_gathering *g)
{
    nb_import_title(&g->importer, g->preface, g->preface_count);
    g->preface_count = 0;
}

static void begin_part(nb_gathering *g, nb_heading heading, const nb_text_line *line)
{
    nb_importer *importer = &g->importer;
    section *begun = &g->sections[heading.part];
    end_part(g);
    if (g->heading.part < 0)
        take_title(g);
    nb_string text = nb_cleaned(importer, line, "");
    nb_string own = importer->form->parts[heading.part].heading;
    if (!heading.is_exact)
        nb_tell_tidied(importer, (nb_place){ importer->report->name, line->line, line->column, "" },
                       NB_SAY(importer->findings, "标题“%.*s”当作“%.*s”",
                              "the heading “%.*s” is taken for “%.*s”"),
                       (int)text.length, text.data, (int)own.length, own.data);
    if (!heading.is_exact && nb_begins_with_number(text) && !nb_same_label(text, own))
        nb_note_deviation(importer, (nb_deviation){ .kind = NB_DEVIATION_HEADING,
                                                    .seen = text,
                                                    .official = own,
                                                    .line = line->line,
                                                    .column = line->column,
                                                    .length = nb_string_equal(line->text, text)
                                                                  ? (int)nb_utf8_count(text)
                                                                  : 0 });
    g->heading = heading;
    begun->found = true;
    begun->line = line->line;
    begun->column = line->column;
}

bool nb_gather_heading(nb_gathering *g, const nb_text_line *line, bool is_cell)
{
    nb_heading heading = heading_of(g, line, is_cell);
    if (heading.part >= 0)
        begin_part(g, heading, line);
    return heading.part >= 0;
}

void nb_gather_paragraph(nb_gathering *g, const nb_text_line *line)
{
    nb_gather_end_run(g);
    add_paragraph(g, line);
}

void nb_gather_empty_line(nb_gathering *g, const nb_text_line *line)
{
    nb_gather_end_row(g);
    if (g->kept.count)
        add_paragraph(g, line);
}

void nb_gather_loose_line(nb_gathering *g, const nb_text_line *line)
{
    if (!nb_is_of_tables(&g->importer, line->text)) {
        nb_gather_paragraph(g, line);
        return;
    }
    nb_gather_row(g);
    nb_gather_cell(g);
    nb_gather_cell_line(g, line->text, line->line, line->column);
}

/* The only line of the row that says something, or NULL. */
static const nb_text_line *lone_line(const nb_text_row *row)
{
    const nb_text_line *lone = NULL;
    for (int i = 0; i < row->cell_count; i++)
        for (int l = 0; l < row->cells[i].line_count; l++) {
            const nb_text_line *line = &row->cells[i].lines[l];
            if (line->text.length && lone)
                return NULL;
            lone = line->text.length ? line : lone;
        }
    return lone;
}

void nb_gather_end_row(nb_gathering *g)
{
    if (!g->in_row)
        return;
    nb_text_row *row = &g->run.rows[g->run.count - 1];
    for (int i = 0; i < row->cell_count; i++)
        row->cells[i].text = nb_joined(&g->importer, &row->cells[i], NULL, NB_STRING(""));
    g->in_row = false;
    /* A row that is nothing but the heading of a part: pages are laid out with tables too. */
    const nb_text_line *heading = lone_line(row);
    if (heading && heading_of(g, heading, true).part >= 0) {
        g->run.count--;
        nb_gather_heading(g, heading, true);
    }
}

/* Rows that no table knows are paragraphs that someone indented with a tab or laid out in cells. */
static void add_rows_as_text(nb_gathering *g, const nb_text_rows *run)
{
    for (int i = 0; i < run->count; i++)
        for (int c = 0; c < run->rows[i].cell_count; c++)
            for (int l = 0; l < run->rows[i].cells[c].line_count; l++) {
                const nb_text_line *line = &run->rows[i].cells[c].lines[l];
                if (line->text.length && !nb_gather_heading(g, line, true))
                    add_paragraph(g, line);
            }
}

void nb_gather_end_run(nb_gathering *g)
{
    nb_gather_end_row(g);
    nb_text_rows run = g->run;
    g->run.count = 0;
    if (run.count && !nb_import_rows(&g->importer, &run))
        add_rows_as_text(g, &run);
}

void nb_gather_row(nb_gathering *g)
{
    nb_gather_end_row(g);
    if (g->run.count == NB_MOST_TEXT_ROWS)
        nb_gather_end_run(g);
    NB_GROW(g->importer.arena, g->run.rows, g->run.count, &g->run.capacity);
    g->run.rows[g->run.count++] = (nb_text_row){ .cells = NULL };
    g->in_row = true;
}

void nb_gather_cell(nb_gathering *g)
{
    if (!g->in_row)
        nb_gather_row(g);
    nb_text_row *row = &g->run.rows[g->run.count - 1];
    NB_GROW(g->importer.arena, row->cells, row->cell_count, &row->cell_capacity);
    row->cells[row->cell_count++] = (nb_text_cell){ .lines = NULL };
}

void nb_gather_cell_line(nb_gathering *g, nb_string text, int line, int column)
{
    /* Tables of careless programs have cells without a row. */
    if (!g->in_row || g->run.rows[g->run.count - 1].cell_count == 0)
        nb_gather_cell(g);
    nb_text_row *row = &g->run.rows[g->run.count - 1];
    nb_text_cell *cell = &row->cells[row->cell_count - 1];
    NB_GROW(g->importer.arena, cell->lines, cell->line_count, &cell->line_capacity);
    text = nb_trimmed(text, &column);
    cell->lines[cell->line_count++] =
        (nb_text_line){ .text = text, .line = line, .column = column };
}

/*
 * A section's text; a note that may be left out is left out when there is none. True when any
 * section was found.
 */
static bool store_sections(nb_gathering *g)
{
    const nb_form *form = g->importer.form;
    bool found = false;
    for (int i = 0; i < form->part_count; i++) {
        int slot = form->parts[i].prose_slot;
        const section *from = &g->sections[i];
        found = found || from->found;
        if (slot < 0 || !from->found || (from->count == 0 && !form->slots[slot].field->required))
            continue;
        g->importer.report->values[slot] = (nb_value){ .state = NB_VALUE_STATED,
                                                       .items = from->items,
                                                       .item_count = from->count,
                                                       .line = from->line,
                                                       .column = from->column };
    }
    return found;
}

/* What a reader calls a field: its section's heading, or its row of a table. */
static const char *name_of(const nb_form *form, const nb_field *field)
{
    for (int i = 0; i < form->part_count; i++)
        if (form->parts[i].prose_slot == field->slot)
            return form->parts[i].heading.data;
    return field->vector ? form->slots[field->slot].row_label : form->slots[field->slot].label;
}

static void tell_missing(nb_importer *importer, const nb_field *field)
{
    nb_findings *findings = importer->findings;
    bool missing = field->kind != NB_FIELD_GROUP && field->required;
    for (int i = 0; i < field->child_count; i++)
        tell_missing(importer, &field->children[i]);
    for (int i = 0; i < field->slot_count && missing; i++)
        missing = importer->report->values[field->slot + i].state == NB_VALUE_MISSING;
    if (!missing)
        return;
    const char *pointer = importer->form->slots[field->slot].pointer;
    if (field->vector) /* the row, not its first entry */
        pointer = nb_arena_print(importer->arena, "%.*s", (int)(strrchr(pointer, '/') - pointer),
                                 pointer);
    nb_finding *finding = nb_findings_add(
        findings, NB_ERROR, "S4", (nb_place){ .file = importer->report->name, .pointer = pointer },
        NB_SAY(findings, "没有找到“%s”", "“%s” was not found"), name_of(importer->form, field));
    nb_finding_hint(findings, finding, "%s",
                    NB_SAY(findings, "对照原文补上", "add it from the original"));
}

nb_gathering *nb_gather_begin(const nb_form *form, const char *name, nb_arena *arena,
                              nb_findings *findings)
{
    nb_gathering *g = NB_NEW(arena, nb_gathering);
    g->importer = (nb_importer){ .form = form, .arena = arena, .findings = findings };
    g->importer.finder = nb_finder_new(arena);
    g->importer.report = nb_report_new_empty(form, name, arena);
    g->heading.part = -1;
    g->sections = NB_NEW_ARRAY(arena, section, (size_t)form->part_count);
    nb_tables_begin(&g->importer);
    return g;
}

void nb_gather_title_hint(nb_gathering *g, const nb_text_line *line)
{
    if (g->importer.hint_count < NB_MOST_TITLE_HINTS)
        g->importer.hints[g->importer.hint_count++] = *line;
}

nb_status nb_gather_end(nb_gathering *g, nb_report **out)
{
    nb_importer *importer = &g->importer;
    end_part(g);
    if (g->heading.part >= 0)
        nb_import_closing(importer, g->sections[g->heading.part].items,
                          &g->sections[g->heading.part].count);
    if (!store_sections(g) && !importer->found_values) {
        nb_findings_add(importer->findings, NB_ERROR, "S6",
                        (nb_place){ .file = importer->report->name },
                        NB_SAY(importer->findings, "不是报告：没有找到“%s”的任何一部分或表格",
                               "not a report: no section and no table of “%s” was found"),
                        importer->form->name.data);
        return NB_E_NOT_A_REPORT;
    }
    if (g->heading.part < 0)
        take_title(g);
    tell_missing(importer, importer->form->root);
    nb_report_compute(importer->report);
    *out = importer->report;
    return NB_OK;
}
