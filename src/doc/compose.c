#include "doc/compose.h"

#include "base/numerals.h"
#include "form/fill.h"
#include "form/heading.h"
#include "form/reader.h"
#include "form/wording.h"

#include <assert.h>

typedef struct composing {
    nb_report *report;
    const nb_form *form;
    const nb_page_style *style;
    nb_arena *arena;
    nb_findings *findings;
    nb_document *document;
    int capacity;
    bool failed;
} composing;

static nb_block *add_block(composing *c, nb_block_kind kind)
{
    nb_document *document = c->document;
    NB_GROW(c->arena, document->blocks, document->block_count, &c->capacity);
    nb_block *block = &document->blocks[document->block_count++];
    block->kind = kind;
    block->text.pointer = "";
    return block;
}

static void set_text(composing *c, nb_text *text, const nb_paragraph_style *style, nb_string words)
{
    text->style = style;
    text->first_line_indent = style->first_line_indent;
    text->spans = NB_NEW(c->arena, nb_span);
    text->spans[0] = (nb_span){ .text = words, .role = style->role };
    text->span_count = 1;
}

/* Lines joined by forced breaks, or by nothing. */
static nb_string join(composing *c, const nb_string *lines, int count, const char *between)
{
    size_t length = 0, gap = strlen(between);
    for (int i = 0; i < count; i++)
        length += lines[i].length + gap;
    char *text = nb_arena_alloc(c->arena, length + 1), *to = text;
    for (int i = 0; i < count; i++) {
        if (i && gap) {
            memcpy(to, between, gap);
            to += gap;
        }
        if (lines[i].length)
            memcpy(to, lines[i].data, lines[i].length);
        to += lines[i].length;
    }
    return (nb_string){ text, (size_t)(to - text) };
}

/* Words as they are shown: with the report's values in place of their names. */
static nb_string shown(composing *c, nb_string words)
{
    return nb_report_wording(c->report, words, c->arena).text;
}

static void compose_title(composing *c)
{
    const nb_value *stated = &c->report->values[c->form->title_slot];
    bool is_stated = stated->state == NB_VALUE_STATED && stated->item_count > 0;
    int count = is_stated ? stated->item_count : c->form->title_count;
    nb_string *lines = NB_NEW_ARRAY(c->arena, nb_string, (size_t)count);
    for (int i = 0; i < count; i++)
        lines[i] = shown(c, is_stated ? stated->items[i].text : c->form->title[i]);
    nb_block *block = add_block(c, NB_BLOCK_TITLE);
    set_text(c, &block->text, c->style->title, join(c, lines, count, "\n"));
    if (is_stated) {
        block->text.pointer = c->form->slots[c->form->title_slot].pointer;
        block->text.line = stated->line;
        block->text.column = stated->column;
    }
    c->document->title = join(c, lines, count, "");
}

static void compose_section_heading(composing *c, nb_string heading)
{
    nb_block *block = add_block(c, NB_BLOCK_HEADING);
    block->level = 1;
    set_text(c, &block->text, c->style->section, heading);
}

/*
 * The paragraph's first sentence in the face of its number's level, the rest in the paragraph's
 * own.
 */
static void split_run_in(composing *c, nb_text *text, const nb_heading_pattern *pattern,
                         size_t sentence)
{
    nb_string words = text->spans[0].text;
    if (strcmp(pattern->style->role, text->style->role) == 0)
        return;
    text->spans = NB_NEW_ARRAY(c->arena, nb_span, 2);
    text->spans[0] = (nb_span){ .text = { words.data, sentence }, .role = pattern->style->role };
    text->spans[1] = (nb_span){ .text = { words.data + sentence, words.length - sentence },
                                .role = text->style->role };
    text->span_count = 2;
}

static const nb_paragraph_style *stated_style(composing *c, const nb_item *item, nb_place place)
{
    const nb_paragraph_style *style = nb_page_style_lookup(c->style, item->style);
    if (style)
        return style;
    const char **names = NB_NEW_ARRAY(c->arena, const char *, (size_t)c->style->style_count);
    for (int i = 0; i < c->style->style_count; i++)
        names[i] = c->style->styles[i].name;
    const char *nearest = nb_nearest_name(item->style, names, (size_t)c->style->style_count);
    nb_finding *finding = nb_findings_add(
        c->findings, NB_ERROR, "S3", place,
        NB_SAY(c->findings, "版式里没有样式“%s”", "the page style has no style “%s”"),
        item->style.data);
    if (nearest)
        nb_finding_hint(c->findings, finding,
                        NB_SAY(c->findings, "是否要写“%s”？", "did you mean “%s”?"), nearest);
    c->failed = true;
    return c->style->body;
}

static void compose_picture(composing *c, const nb_item *item, const char *pointer)
{
    nb_block *block = add_block(c, NB_BLOCK_PICTURE);
    nb_picture *picture = block->picture = NB_NEW(c->arena, nb_picture);
    picture->source = item->picture;
    picture->alt = shown(c, item->alt.length ? item->alt : item->text);
    /* A width that is none was told when the report was read. */
    if (!nb_reader_length_text(item->width, &picture->stated_width) || picture->stated_width < 0)
        picture->stated_width = 0;
    if (item->text.length)
        set_text(c, &block->text, c->style->caption, shown(c, item->text));
    block->text.style = c->style->caption;
    block->text.pointer = pointer;
    block->text.line = item->line;
    block->text.column = item->column;
}

static void compose_item(composing *c, const nb_item *item, const nb_paragraph_style *plain,
                         const char *pointer)
{
    if (item->picture.length) {
        compose_picture(c, item, pointer);
        return;
    }
    nb_string words = shown(c, item->text);
    nb_prose_look look = nb_prose_classify(c->style, words);
    nb_prose_kind kind = look.kind;
    /* Notes below a table may be numbered, but have no headings. */
    if (plain != c->style->body)
        kind = NB_PROSE_PARAGRAPH;
    const nb_paragraph_style *style = kind == NB_PROSE_HEADING ? look.pattern->style : plain;
    if (item->style.length) {
        style =
            stated_style(c, item, (nb_place){ c->report->name, item->line, item->column, pointer });
        kind = NB_PROSE_PARAGRAPH;
    }
    nb_block *block = add_block(c, style->outline_level ? NB_BLOCK_HEADING : NB_BLOCK_PARAGRAPH);
    block->level = style->outline_level;
    set_text(c, &block->text, style, words);
    block->text.pointer = pointer;
    block->text.line = item->line;
    block->text.column = item->column;
    if (kind == NB_PROSE_RUN_IN_HEADING)
        split_run_in(c, &block->text, look.pattern, look.sentence);
}

static void compose_prose(composing *c, int slot, const nb_paragraph_style *plain)
{
    const nb_value *value = &c->report->values[slot];
    for (int i = 0; i < value->item_count; i++)
        compose_item(c, &value->items[i], plain,
                     nb_arena_print(c->arena, "%s/%d", c->form->slots[slot].pointer, i));
}

/* The style "table_" and the role of a cell, or NULL. */
static const nb_paragraph_style *table_style(const nb_page_style *style, const char *role)
{
    static const char before[] = "table_";
    size_t length = sizeof before - 1;
    for (int i = 0; i < style->style_count; i++) {
        const char *name = style->styles[i].name;
        if (strncmp(name, before, length) == 0 && strcmp(name + length, role) == 0)
            return &style->styles[i];
    }
    return NULL;
}

/* record is NULL but in a row that repeats. */
static void compose_cell(composing *c, const nb_form_cell *from, const nb_value *record, int row,
                         nb_cell *cell)
{
    const nb_paragraph_style *style = table_style(c->style, from->role);
    *cell = (nb_cell){ .row = row,
                       .column = from->column,
                       .row_span = from->row_span,
                       .column_span = from->column_span,
                       .role = from->role,
                       .vertical = from->vertical,
                       .scale = 100 };
    const nb_value *value = NULL;
    nb_string words = from->text;
    cell->text.pointer = "";
    if (from->member) {
        assert(record);
        value = &record[from->member->slot];
        words = value->text;
    } else if (from->slot >= 0) {
        value = &c->report->values[from->slot];
        words = nb_shown_value(c->report, from, c->arena);
        cell->text.pointer = c->form->slots[from->slot].pointer;
    }
    set_text(c, &cell->text, style ? style : c->style->body, words);
    cell->is_value = value && strcmp(from->role, "value") == 0;
    if (value) {
        cell->text.line = value->line;
        cell->text.column = value->column;
    }
}

/* How many rows of the document's table a row of the form's becomes. */
static int rows_of(const composing *c, const nb_form_table *form, int row)
{
    return form->repeats[row] ? c->report->values[form->repeats[row]->slot].record_count : 1;
}

static void compose_rows(composing *c, const nb_form_table *form, nb_table *table)
{
    int row = 0;
    for (int from = 0, first = 0; from < form->row_count; from++) {
        int end = first, count = rows_of(c, form, from);
        const nb_field *records = form->repeats[from];
        while (end < form->cell_count && form->cells[end].row == from)
            end++;
        for (int i = 0; i < count; i++, row++) {
            const nb_value *record = records ? c->report->values[records->slot].records[i] : NULL;
            for (int k = first; k < end; k++) {
                nb_cell *cell = &table->cells[table->cell_count++];
                compose_cell(c, &form->cells[k], record, row, cell);
                if (form->cells[k].member)
                    cell->text.pointer =
                        nb_arena_print(c->arena, "%s/%d/%s", c->form->slots[records->slot].pointer,
                                       i, form->cells[k].member->key.data);
            }
        }
        first = end;
    }
}

static void compose_table(composing *c, const nb_form_table *form)
{
    nb_table *table = NB_NEW(c->arena, nb_table);
    *table = (nb_table){ .form = form,
                         .column_count = form->column_count,
                         .head_rows = form->head_rows };
    size_t cell_count = 0;
    for (int row = 0; row < form->row_count; row++)
        table->row_count += rows_of(c, form, row);
    for (int i = 0; i < form->cell_count; i++)
        cell_count += (size_t)rows_of(c, form, form->cells[i].row);
    table->columns = NB_NEW_ARRAY(c->arena, nb_length, (size_t)form->column_count);
    memcpy(table->columns, form->columns, (size_t)form->column_count * sizeof *table->columns);
    table->cells = NB_NEW_ARRAY(c->arena, nb_cell, cell_count);
    table->starts_page = NB_NEW_ARRAY(c->arena, bool, (size_t)table->row_count);
    table->keeps_with_next = NB_NEW_ARRAY(c->arena, bool, (size_t)table->row_count);
    compose_rows(c, form, table);
    nb_block *block = add_block(c, NB_BLOCK_TABLE);
    block->table = table;
}

/* A part may depend on a value: a flag that is true, or anything that is stated. */
static bool is_wanted(const composing *c, const nb_form_part *part)
{
    if (part->when_slot < 0)
        return true;
    const nb_value *value = &c->report->values[part->when_slot];
    bool is_flag = c->form->slots[part->when_slot].field->kind == NB_FIELD_FLAG;
    return value->state == NB_VALUE_STATED && (!is_flag || value->number);
}

static void compose_part(composing *c, const nb_form_part *part)
{
    if (!is_wanted(c, part))
        return;
    if (part->heading.length)
        compose_section_heading(c, part->heading);
    if (part->text.length) {
        nb_block *block = add_block(c, NB_BLOCK_PARAGRAPH);
        set_text(c, &block->text, c->style->body, shown(c, part->text));
    }
    if (part->table)
        compose_table(c, part->table);
    if (part->prose_slot >= 0)
        compose_prose(c, part->prose_slot, part->table ? c->style->note : c->style->body);
}

static nb_block *compose_closing(composing *c, nb_closing closing, const nb_paragraph_style *style,
                                 nb_string words, int slot)
{
    nb_block *block = add_block(c, NB_BLOCK_PARAGRAPH);
    const nb_value *value = &c->report->values[slot];
    set_text(c, &block->text, style, words);
    block->closing = closing;
    block->text.pointer = c->form->slots[slot].pointer;
    block->text.line = value->line;
    block->text.column = value->column;
    return block;
}

/*
 * 附件：1.… 2.…: the label before the first, a number before each when there are several. GB/T
 * 9704-2012 7.3.4.
 */
static void compose_attachments(composing *c)
{
    if (c->form->attachments_slot < 0)
        return;
    const nb_value *list = &c->report->values[c->form->attachments_slot];
    for (int i = 0; i < list->item_count; i++) {
        const char *label = i == 0 ? c->form->attachments_label.data : "";
        const char *number = list->item_count > 1 ? nb_arena_print(c->arena, "%d.", i + 1) : "";
        const char *words =
            nb_arena_print(c->arena, "%s%s%s", label, number, shown(c, list->items[i].text).data);
        nb_block *block = compose_closing(c, NB_CLOSING_ATTACHMENT, c->style->attachment,
                                          nb_string_of(words), c->form->attachments_slot);
        block->label_bytes = (int)strlen(label);
        block->number_bytes = (int)strlen(number);
    }
}

static nb_string dated(composing *c, nb_string date)
{
    nb_buffer *out = nb_buffer_new(c->arena, 64);
    nb_dated_text(out, date);
    return (nb_string){ nb_arena_copy(c->arena, out->data, out->length), out->length };
}

static void compose_signature(composing *c)
{
    const nb_form *form = c->form;
    if (form->signature_slot < 0 || !c->report->values[form->signature_slot].number)
        return;
    compose_closing(c, NB_CLOSING_SIGNATURE, c->style->signature, c->document->author,
                    form->agency_slot);
    if (c->document->date.length)
        compose_closing(c, NB_CLOSING_SIGNATURE_DATE, c->style->signature_date,
                        dated(c, c->document->date), form->date_slot);
}

nb_status nb_compose(nb_report *report, const nb_page_style *style, nb_arena *arena,
                     nb_findings *findings, nb_document **out)
{
    const nb_form *form = report->form;
    nb_document *document = NB_NEW(arena, nb_document);
    composing c = { .report = report,
                    .form = form,
                    .style = style,
                    .arena = arena,
                    .findings = findings,
                    .document = document };
    document->name = report->name;
    document->form = form;
    document->style = style;
    document->author = report->values[form->agency_slot].text;
    document->subject = form->name;
    document->year = (int)report->values[form->year_slot].number;
    if (form->date_slot >= 0)
        document->date = report->values[form->date_slot].text;
    nb_buffer *json = nb_buffer_new(arena, SIZE_MAX / 4);
    nb_report_write_json(report, json);
    document->report_json = (nb_string){ (const char *)json->data, json->length };
    nb_sha256_of(document->report_json, document->report_digest);
    compose_title(&c);
    for (int i = 0; i < form->part_count; i++)
        compose_part(&c, &form->parts[i]);
    compose_attachments(&c);
    compose_signature(&c);
    *out = document;
    return c.failed ? NB_E_FINDINGS : NB_OK;
}

void nb_mark_as_draft(nb_document *document, nb_arena *arena)
{
    document->is_draft = true;
    document->title =
        nb_string_of(nb_arena_print(arena, "%.*s%s", (int)document->title.length,
                                    document->title.data, document->style->draft_title_after));
}
