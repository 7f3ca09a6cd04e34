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

enum {
    MOST_TITLE_LINES = 4,
    LONGEST_LISTED = 150 /* bytes of a line in a list of contents */
};

struct nb_gathering {
    nb_importer importer;
    nb_string first_heading; /* as the text has it */
    int first_part;          /* whose heading it is */
    kept_lines listed;       /* of a list of contents before the text */
    bool is_past_first;      /* another heading has followed */
    bool is_over;            /* what follows is another report */
    kept_lines beyond;       /* what followed, since the last heading of it */
    nb_text_line further;    /* that heading, until it is told; else empty */
    nb_string further_title; /* of that report */
    section *sections;       /* one per part */
    nb_heading heading;      /* of the part in which the text is; none before the first */
    nb_text_line *preface;   /* lines before the first heading */
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
        if (nb_same_label(text, table->caption) || nb_same_label(text, table->description) ||
            nb_same_label(text, whole))
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

static void keep(nb_gathering *g, kept_lines *kept, const nb_text_line *line)
{
    NB_GROW(g->importer.arena, kept->lines, kept->count, &kept->capacity);
    kept->lines[kept->count++] = *line;
}

static bool is_listed(const nb_string text)
{
    static const char stop[] = "。";
    size_t length = sizeof stop - 1;
    return text.length <= LONGEST_LISTED &&
           (text.length < length || memcmp(text.data + text.length - length, stop, length) != 0);
}

/* What follows is a report, and no list of links to this one's parts. */
static void tell_further(nb_gathering *g)
{
    nb_importer *importer = &g->importer;
    nb_place place = { importer->report->name, g->further.line, g->further.column, "" };
    if (!g->further.text.length)
        return;
    nb_finding *finding =
        nb_findings_add(importer->findings, NB_ERROR, "S4", place,
                        NB_SAY(importer->findings, "从这里起是另一份报告“%.*s”，没有读",
                               "another report begins here, which was not read: %.*s"),
                        (int)g->further_title.length, g->further_title.data);
    nb_finding_hint(importer->findings, finding, "%s",
                    NB_SAY(importer->findings, "把各份报告分成各自的文件再导入",
                           "put each report in a file of its own"));
    g->further.text.length = 0;
}

static void add_paragraph(nb_gathering *g, const nb_text_line *line)
{
    nb_importer *importer = &g->importer;
    if (g->is_over) {
        keep(g, &g->beyond, line);
        if (!is_listed(line->text))
            tell_further(g);
    } else if (g->heading.part < 0) {
        NB_GROW(importer->arena, g->preface, g->preface_count, &g->preface_capacity);
        g->preface[g->preface_count++] = *line;
    } else if (importer->form->parts[g->heading.part].table) {
        keep(g, &g->kept, line);
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

/* Without the page's number that a list of contents has after it. */
static nb_string without_leader(nb_string text)
{
    nb_string left = text;
    for (bool goes_on = true; goes_on && left.length;) {
        const char *last = left.data + left.length - 1;
        while (last > left.data && (*last & 0xC0) == 0x80)
            last--;
        const char *at = last;
        uint32_t c = nb_fold_width(nb_utf8_next(&at, left.data + left.length));
        goes_on = (c >= '0' && c <= '9') || c == '.' || c == '-' || c == 0x2026 || c == 0xB7 ||
                  nb_is_blank_character(c);
        if (goes_on)
            left.length = (size_t)(last - left.data);
    }
    return left.length ? left : text;
}

/* The heading's line, as it deviates from what the form has. */
static void note_heading(nb_gathering *g, nb_deviation_kind kind, nb_string text,
                         nb_string official, const nb_text_line *line)
{
    nb_deviation deviation = {
        .kind = kind, .seen = text, .official = official, .line = line->line, .column = line->column
    };
    if (nb_string_equal(line->text, text))
        deviation.length = (int)nb_utf8_count(text);
    nb_note_deviation(&g->importer, deviation);
}

static void begin_part(nb_gathering *g, nb_heading heading, const nb_text_line *line)
{
    nb_importer *importer = &g->importer;
    section *begun = &g->sections[heading.part];
    end_part(g);
    if (!g->first_heading.length)
        take_title(g);
    nb_string text = nb_cleaned(importer, line, "");
    nb_string own = importer->form->parts[heading.part].heading;
    if (!heading.is_exact)
        nb_tell_tidied(importer, (nb_place){ importer->report->name, line->line, line->column, "" },
                       NB_SAY(importer->findings, "标题“%.*s”当作“%.*s”",
                              "the heading “%.*s” is taken for “%.*s”"),
                       (int)text.length, text.data, (int)own.length, own.data);
    if (!heading.is_exact && nb_begins_with_number(text) && !nb_same_label(text, own))
        note_heading(g, NB_DEVIATION_HEADING, text, own, line);
    if (g->heading.part > heading.part)
        note_heading(g, NB_DEVIATION_ORDER, text, importer->form->parts[g->heading.part].heading,
                     line);
    if (!g->first_heading.length) {
        g->first_heading = without_leader(line->text);
        g->first_part = heading.part;
    }
    g->is_past_first =
        g->is_past_first || !nb_same_text(without_leader(line->text), g->first_heading);
    g->heading = heading;
    begun->found = true;
    begun->line = line->line;
    begun->column = line->column;
}

/* Whether all that was gathered so far can be a list of contents. */
static bool is_contents(const nb_gathering *g)
{
    const nb_form *form = g->importer.form;
    for (int i = 0; i < form->part_count; i++)
        for (int k = 0; k < g->sections[i].count; k++)
            if (!is_listed(g->sections[i].items[k].text))
                return false;
    return !g->importer.found_values;
}

/* How many lines at the end are a title. */
static int title_at_end(nb_gathering *g, const kept_lines *from, nb_string *title)
{
    int count = from->count < MOST_TITLE_LINES ? from->count : MOST_TITLE_LINES;
    nb_string texts[MOST_TITLE_LINES];
    for (int i = 0; i < count; i++)
        texts[i] = from->lines[from->count - count + i].text;
    return nb_title_at_end(&g->importer, texts, count, title);
}

/* Put aside what was gathered as a list of contents: the text begins. */
static void begin_text(nb_gathering *g)
{
    const nb_form *form = g->importer.form;
    for (int i = 0; i < form->part_count; i++) {
        for (int k = 0; k < g->sections[i].count; k++) {
            const nb_item *item = &g->sections[i].items[k];
            nb_text_line line = { .text = item->text, .line = item->line, .column = item->column };
            keep(g, &g->listed, &line);
        }
        g->sections[i] = (section){ .found = false };
    }
    if (g->importer.report->values[form->title_slot].state == NB_VALUE_MISSING) {
        nb_string title;
        int count = title_at_end(g, &g->listed, &title);
        g->listed.count -= count;
        if (count)
            nb_import_title(&g->importer, g->listed.lines + g->listed.count, count);
    }
    g->heading = (nb_heading){ .part = -1 };
    g->is_past_first = false;
}

/* The report is over where a further one begins; its title stands above, at the section's end. */
static void end_report(nb_gathering *g, const nb_text_line *line)
{
    section *last = &g->sections[g->heading.part];
    int count = last->count < MOST_TITLE_LINES ? last->count : MOST_TITLE_LINES;
    nb_string texts[MOST_TITLE_LINES];
    for (int i = 0; i < count; i++)
        texts[i] = last->items[last->count - count + i].text;
    last->count -= nb_title_at_end(&g->importer, texts, count, &g->further_title);
    g->is_over = true;
    g->further = *line;
}

/* Whether the line is once more the heading with which the text began. */
static bool is_first_heading(const nb_gathering *g, const nb_text_line *line)
{
    nb_string text = without_leader(line->text);
    return g->first_heading.length && text.length <= NB_LONGEST_HEADING &&
           (nb_same_text(text, g->first_heading) ||
            nb_is_heading_in_words(g->importer.form, g->first_part, text));
}

/* What was before is a list of contents, or what follows is another report. */
static void begin_again(nb_gathering *g, const nb_text_line *line)
{
    end_part(g);
    if (is_contents(g))
        begin_text(g);
    else
        end_report(g, line);
}

bool nb_gather_heading(nb_gathering *g, const nb_text_line *line, bool is_cell)
{
    bool is_first = is_first_heading(g, line);
    if (g->is_over) {
        if (!is_first)
            return false;
        nb_gather_end_run(g);
        title_at_end(g, &g->beyond, &g->further_title);
        g->beyond.count = 0;
        g->further = *line;
        return true;
    }
    nb_heading heading = heading_of(g, line, is_cell);
    if ((is_first && g->is_past_first) || (heading.part >= 0 && heading.part < g->heading.part &&
                                           (g->sections[heading.part].found || is_contents(g)))) {
        begin_again(g, line);
        if (g->is_over)
            return true;
        /* What begins the list of contents begins the text, in whatever words. */
        heading = heading_of(g, line, is_cell && !is_first);
    }
    if (heading.part < 0)
        return false;
    begin_part(g, heading, line);
    return true;
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
    if (run.count && g->is_over)
        tell_further(g);
    if (run.count && (g->is_over || !nb_import_rows(&g->importer, &run)))
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

static bool is_found(const nb_gathering *g, nb_string text)
{
    const nb_importer *importer = &g->importer;
    const nb_value *title = &importer->report->values[importer->form->title_slot];
    for (int k = 0; k < title->item_count; k++)
        if (nb_same_text(text, title->items[k].text))
            return true;
    for (int i = 0; i < importer->form->part_count; i++)
        for (int k = 0; k < g->sections[i].count; k++)
            if (nb_same_text(text, g->sections[i].items[k].text))
                return true;
    return false;
}

/* Each line of a list of contents stands in the text too; what does not was no such line. */
static void tell_only_listed(nb_gathering *g)
{
    for (int i = 0; i < g->listed.count; i++) {
        const nb_text_line *line = &g->listed.lines[i];
        if (!is_found(g, line->text) && !is_found(g, without_leader(line->text)))
            nb_tell_unplaced(&g->importer, line, line->text);
    }
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
    tell_only_listed(g);
    tell_missing(importer, importer->form->root);
    nb_report_compute(importer->report);
    *out = importer->report;
    return NB_OK;
}
