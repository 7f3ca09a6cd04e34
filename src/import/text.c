/*
 * Line by line through the text: sections by their headings, paragraphs into them, rows into runs
 * for the tables.
 */
#include "import/text.h"

#include "import/recognise.h"

/* What a part of the form has gathered. */
typedef struct section {
    bool found;
    int line, column; /* of its heading */
    nb_item *items;
    int count;
    int capacity;
} section;

enum { LONGEST_HEADING = 400 }; /* bytes */

typedef struct reading {
    nb_importer importer;
    section *sections;     /* one per part */
    int part;              /* in which the text is; -1 before the first heading */
    nb_text_line *preface; /* lines before the first heading */
    int preface_count;
    int preface_capacity;
    nb_text_rows run;
    bool in_row;
} reading;

/* Room for one more in a list that the arena holds. */
static void *grown(nb_arena *arena, void *list, int count, int *capacity, size_t size)
{
    if (count < *capacity)
        return list;
    *capacity = *capacity ? 2 * *capacity : 8;
    void *longer = nb_arena_alloc_array(arena, (size_t)*capacity, size);
    if (count)
        memcpy(longer, list, (size_t)count * size);
    return longer;
}

#define GROWN(arena, list, count, capacity) grown(arena, list, count, &(capacity), sizeof *(list))

static void add_paragraph(reading *r, const nb_text_line *line)
{
    nb_importer *importer = &r->importer;
    if (r->part < 0) {
        r->preface = GROWN(importer->arena, r->preface, r->preface_count, r->preface_capacity);
        r->preface[r->preface_count++] = *line;
        return;
    }
    int slot = importer->form->parts[r->part].prose_slot;
    section *into = &r->sections[r->part];
    nb_string text =
        nb_cleaned(importer, line, slot < 0 ? "" : importer->form->slots[slot].pointer);
    if (!text.length)
        return;
    if (slot < 0) {
        nb_tell_unplaced(importer, line, text);
        return;
    }
    into->items = GROWN(importer->arena, into->items, into->count, into->capacity);
    into->items[into->count++] =
        (nb_item){ .text = text, .line = line->line, .column = line->column };
}

static void end_row(reading *r)
{
    if (!r->in_row)
        return;
    nb_text_row *row = &r->run.rows[r->run.count - 1];
    for (int i = 0; i < row->cell_count; i++)
        row->cells[i].text = nb_joined(&r->importer, &row->cells[i], NULL, NB_STRING(""));
    r->in_row = false;
}

/* Rows that no table knows are paragraphs that someone indented with a tab. */
static void end_run(reading *r)
{
    end_row(r);
    nb_text_rows run = r->run;
    r->run.count = 0;
    if (run.count == 0 || nb_import_rows(&r->importer, &run))
        return;
    for (int i = 0; i < run.count; i++)
        for (int c = 0; c < run.rows[i].cell_count; c++)
            for (int l = 0; l < run.rows[i].cells[c].line_count; l++)
                if (run.rows[i].cells[c].lines[l].text.length)
                    add_paragraph(r, &run.rows[i].cells[c].lines[l]);
}

static void begin_row(reading *r)
{
    if (r->run.count == NB_MOST_TEXT_ROWS)
        end_run(r);
    r->run.rows = GROWN(r->importer.arena, r->run.rows, r->run.count, r->run.capacity);
    r->run.rows[r->run.count++] = (nb_text_row){ .cells = NULL };
    r->in_row = true;
}

static void begin_cell(reading *r)
{
    nb_text_row *row = &r->run.rows[r->run.count - 1];
    row->cells = GROWN(r->importer.arena, row->cells, row->cell_count, row->cell_capacity);
    row->cells[row->cell_count++] = (nb_text_cell){ .lines = NULL };
}

static void continue_cell(reading *r, nb_string text, int line, int column)
{
    nb_text_row *row = &r->run.rows[r->run.count - 1];
    nb_text_cell *cell = &row->cells[row->cell_count - 1];
    cell->lines = GROWN(r->importer.arena, cell->lines, cell->line_count, cell->line_capacity);
    text = nb_trimmed(text, &column);
    cell->lines[cell->line_count++] = (nb_text_line){ text, line, column };
}

/* A line of a row: each tab begins a cell. */
static void add_cells(reading *r, nb_string text, int line)
{
    int column = 1;
    while (text.length) {
        if (text.data[0] == '\t') {
            begin_cell(r);
            text = (nb_string){ text.data + 1, text.length - 1 };
            column++;
        }
        const char *tab = memchr(text.data, '\t', text.length);
        nb_string piece = { text.data, tab ? (size_t)(tab - text.data) : text.length };
        continue_cell(r, piece, line, column);
        column += (int)nb_utf8_count(piece);
        text = (nb_string){ text.data + piece.length, text.length - piece.length };
    }
}

/* The part that the line is the heading of, or -1. A line of a row must be one letter by letter. */
static int heading_of(reading *r, const nb_text_line *line, bool is_cell, bool *exact)
{
    if (line->text.length == 0 || line->text.length > LONGEST_HEADING)
        return -1;
    nb_string text = nb_cleaned(&r->importer, line, NULL);
    int part = nb_heading_part(r->importer.form, text, r->part, exact);
    return is_cell && !*exact ? -1 : part;
}

static void take_title(reading *r)
{
    nb_import_title(&r->importer, r->preface, r->preface_count);
    r->preface_count = 0;
}

static void begin_part(reading *r, int part, const nb_text_line *line, bool exact)
{
    nb_importer *importer = &r->importer;
    end_run(r);
    if (r->part < 0)
        take_title(r);
    nb_string text = nb_cleaned(importer, line, ""), heading = importer->form->parts[part].heading;
    if (!exact)
        nb_tell_tidied(importer, (nb_place){ importer->report->name, line->line, line->column, "" },
                       NB_SAY(importer->findings, "标题“%.*s”当作“%.*s”",
                              "the heading “%.*s” is taken for “%.*s”"),
                       (int)text.length, text.data, (int)heading.length, heading.data);
    r->part = part;
    r->sections[part].found = true;
    r->sections[part].line = line->line;
    r->sections[part].column = line->column;
}

static void read_line(reading *r, nb_string raw, int number)
{
    nb_text_line line = { .line = number, .column = 1 };
    bool has_tab = raw.length && raw.data[0] == '\t', exact;
    line.text = nb_trimmed(raw, &line.column);
    int part = heading_of(r, &line, has_tab || r->in_row, &exact);
    if (part >= 0) {
        begin_part(r, part, &line, exact);
    } else if (has_tab || (r->in_row && line.text.length)) {
        if (!r->in_row)
            begin_row(r);
        add_cells(r, raw, number);
    } else if (line.text.length) {
        end_run(r);
        add_paragraph(r, &line);
    } else {
        end_row(r);
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
    end_run(r);
}

/*
 * A section's text; a note that may be left out is left out when there is none. True when any
 * section was found.
 */
static bool store_sections(reading *r)
{
    const nb_form *form = r->importer.form;
    bool found = false;
    for (int i = 0; i < form->part_count; i++) {
        int slot = form->parts[i].prose_slot;
        const section *from = &r->sections[i];
        found = found || from->found;
        if (slot < 0 || !from->found || (from->count == 0 && !form->slots[slot].field->required))
            continue;
        r->importer.report->values[slot] = (nb_value){ .state = NB_VALUE_STATED,
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

nb_status nb_import_text(const nb_form *form, nb_string text, const char *name, nb_arena *arena,
                         nb_findings *findings, nb_report **out)
{
    *out = NULL;
    if (text.length >= 3 && memcmp(text.data, "\xEF\xBB\xBF", 3) == 0)
        text = (nb_string){ text.data + 3, text.length - 3 };
    if (!nb_expect_utf8(text, name, findings))
        return NB_E_NOT_A_REPORT;
    reading r = { .importer = { .form = form, .arena = arena, .findings = findings }, .part = -1 };
    r.importer.report = nb_report_new_empty(form, name, arena);
    r.sections = NB_NEW_ARRAY(arena, section, (size_t)form->part_count);
    nb_tables_begin(&r.importer);
    read_lines(&r, text);
    if (!store_sections(&r) && !r.importer.found_values) {
        nb_findings_add(findings, NB_ERROR, "S6", (nb_place){ .file = name },
                        NB_SAY(findings, "不是报告：没有找到“%s”的任何一部分或表格",
                               "not a report: no section and no table of “%s” was found"),
                        form->name.data);
        return NB_E_NOT_A_REPORT;
    }
    if (r.part < 0)
        take_title(&r);
    tell_missing(&r.importer, form->root);
    nb_report_compute(r.importer.report);
    *out = r.importer.report;
    return NB_OK;
}
