/* Filling a row into a template: the JSON text of a report. */
#include "bulk/template_parts.h"

#include "base/numerals.h"
#include "form/fill.h"
#include "form/wording.h"
#include <stdlib.h>

enum { LARGEST_REPORT = 64 << 20 /* bytes: no more would be read */ };

typedef struct filling {
    const nb_template *template;
    const nb_cell *cells; /* by the template's columns */
    nb_arena *arena;
    nb_findings *findings;
    nb_buffer *out;
    bool failed;
} filling;

static void fault(filling *f, const nb_template_node *node, const char *message, int column)
{
    nb_string name = f->template->columns[column].name;
    f->failed = true;
    nb_findings_add(f->findings, NB_ERROR, "T4",
                    (nb_place){ .file = f->template->name,
                                .line = node->json->line,
                                .column = node->json->column,
                                .pointer = node->pointer },
                    "“%.*s%s%s", (int)name.length, name.data, NB_SAY(f->findings, "”", "” "),
                    message);
}

static void add_styled(filling *f, const nb_template_node *node, const nb_template_piece *piece,
                       const nb_cell *cell, nb_buffer *out)
{
    int64_t value;
    nb_string number = nb_cell_number(cell, f->arena);
    if (!number.length)
        fault(f, node, NB_SAY(f->findings, "这一列要是数", "must be a number"), piece->column);
    else if (piece->style == NB_GROUPED)
        nb_grouped_number(out, number);
    else if (nb_number_of(NB_FIELD_COUNT, number, &value))
        nb_chinese_number(out, value);
    else
        fault(f, node,
              NB_SAY(f->findings, "这一列要是从 0 起的整数", "must be a whole number from 0"),
              piece->column);
}

/* The cell that a reference stands for; its default when it is empty. */
static nb_cell cell_of(const filling *f, const nb_template_piece *piece)
{
    nb_cell cell = f->cells[piece->column];
    if (cell.kind == NB_CELL_BLANK && piece->has_default && piece->text.length)
        cell = (nb_cell){ NB_CELL_TEXT, piece->text };
    return cell;
}

static void add_reference(filling *f, const nb_template_node *node, const nb_template_piece *piece,
                          nb_buffer *out)
{
    nb_cell cell = cell_of(f, piece);
    if (cell.kind == NB_CELL_BLANK && piece->has_default)
        return;
    if (cell.kind == NB_CELL_BLANK) {
        fault(f, node,
              NB_SAY(f->findings, "这一格是空的，正文里要用它；可以写默认值 ${列名|…}",
                     "is empty, and the text needs it; a default may be given: ${COLUMN|…}"),
              piece->column);
    } else if (piece->style != NB_AS_WRITTEN) {
        add_styled(f, node, piece, &cell, out);
    } else {
        /* In words of the report a brace names a value; one of a cell is a brace. */
        bool has_wording = node->is_item || !node->field;
        nb_string text = has_wording ? nb_wording_escaped(cell.text, f->arena) : cell.text;
        nb_buffer_add(out, text.data, text.length);
    }
}

/* The string with its cells filled in. */
static nb_string filled_text(filling *f, const nb_template_node *node)
{
    if (!node->piece_count)
        return node->json->text;
    nb_buffer *out = nb_buffer_new(f->arena, LARGEST_REPORT);
    for (int i = 0; i < node->piece_count; i++) {
        const nb_template_piece *piece = &node->pieces[i];
        if (piece->column < 0)
            nb_buffer_add(out, piece->text.data, piece->text.length);
        else
            add_reference(f, node, piece, out);
    }
    return (nb_string){ out->length ? (const char *)out->data : "", out->length };
}

/* The only piece of a string that is one reference without a style, or NULL. */
static const nb_template_piece *lone_reference(const nb_template_node *node)
{
    bool is_lone = node->piece_count == 1 && node->pieces[0].column >= 0 &&
                   node->pieces[0].style == NB_AS_WRITTEN;
    return is_lone ? &node->pieces[0] : NULL;
}

static void separate(filling *f, bool *is_first)
{
    if (!*is_first)
        nb_buffer_byte(f->out, ',');
    *is_first = false;
}

/* Each line of a text that is not blank, as a string of the list being written. */
static void write_lines(filling *f, nb_string text, bool *is_first)
{
    for (const char *at = text.data, *end = at + text.length; at < end;) {
        const char *feed = memchr(at, '\n', (size_t)(end - at)), *stop = feed ? feed : end;
        nb_string line = nb_trimmed((nb_string){ at, (size_t)(stop - at) }, NULL);
        at = feed ? feed + 1 : end;
        if (!line.length)
            continue;
        separate(f, is_first);
        nb_json_write_string(f->out, line);
    }
}

static bool is_kept(const filling *f, const nb_template_node *node)
{
    return node->condition < 0 || nb_cell_says_yes(&f->cells[node->condition]) != node->is_unless;
}

/* The text of {"when": …, "text": …}, or NULL. */
static const nb_template_node *conditional_text(const nb_template_node *node)
{
    bool is_text = node->condition >= 0 && node->child_count == 1 &&
                   nb_string_is(node->children[0].json->key, "text") &&
                   node->children[0].json->kind == NB_JSON_STRING;
    return is_text ? &node->children[0] : NULL;
}

/* A lone reference to an empty cell leaves a member out that may be missing. */
static bool is_left_out(const filling *f, const nb_template_node *node)
{
    const nb_template_piece *lone = lone_reference(node);
    return !is_kept(f, node) || (lone && node->field && !node->field->required && !node->is_item &&
                                 cell_of(f, lone).kind == NB_CELL_BLANK);
}

static void write_node(filling *f, const nb_template_node *node);

static void write_item(filling *f, const nb_template_node *node, bool *is_first)
{
    const nb_template_node *text = conditional_text(node);
    const nb_template_piece *lone = lone_reference(text ? text : node);
    if (!is_kept(f, node))
        return;
    if (text)
        node = text;
    bool is_text = node->json->kind == NB_JSON_STRING && (node->is_item || text);
    if (is_text && lone && cell_of(f, lone).kind == NB_CELL_BLANK)
        return;
    if (is_text && node->piece_count) {
        write_lines(f, filled_text(f, node), is_first);
        return;
    }
    separate(f, is_first);
    write_node(f, node);
}

static void write_list(filling *f, const nb_template_node *node)
{
    bool is_first = true;
    nb_buffer_byte(f->out, '[');
    for (int i = 0; i < node->child_count; i++)
        write_item(f, &node->children[i], &is_first);
    nb_buffer_byte(f->out, ']');
}

static void write_object(filling *f, const nb_template_node *node)
{
    bool is_first = true;
    nb_buffer_byte(f->out, '{');
    for (int i = 0; i < node->child_count; i++) {
        if (is_left_out(f, &node->children[i]))
            continue;
        separate(f, &is_first);
        nb_json_write_string(f->out, node->children[i].json->key);
        nb_buffer_byte(f->out, ':');
        write_node(f, &node->children[i]);
    }
    nb_buffer_byte(f->out, '}');
}

/* A string where a list is to be: its lines are the list. */
static bool is_list_in_a_cell(const nb_template_node *node)
{
    return node->piece_count && node->field && !node->is_item &&
           (node->field->kind == NB_FIELD_PROSE || node->field->kind == NB_FIELD_LINES);
}

static void write_string(filling *f, const nb_template_node *node)
{
    const nb_template_piece *lone = lone_reference(node);
    bool is_first = true;
    if (is_list_in_a_cell(node)) {
        nb_template_node item = *node;
        item.is_item = true;
        nb_buffer_byte(f->out, '[');
        write_item(f, &item, &is_first);
        nb_buffer_byte(f->out, ']');
    } else if (lone && !node->is_item) {
        nb_cell cell = cell_of(f, lone);
        nb_cell_write_value(&cell, node->field ? node->field->kind : NB_FIELD_GROUP, f->arena,
                            f->out);
    } else {
        nb_json_write_string(f->out, filled_text(f, node));
    }
}

static void write_node(filling *f, const nb_template_node *node)
{
    switch (node->json->kind) {
    case NB_JSON_NULL:
        nb_buffer_text(f->out, "null");
        break;
    case NB_JSON_FALSE:
        nb_buffer_text(f->out, "false");
        break;
    case NB_JSON_TRUE:
        nb_buffer_text(f->out, "true");
        break;
    case NB_JSON_NUMBER:
        nb_buffer_add(f->out, node->json->text.data, node->json->text.length);
        break;
    case NB_JSON_STRING:
        write_string(f, node);
        break;
    case NB_JSON_ARRAY:
        write_list(f, node);
        break;
    case NB_JSON_OBJECT:
        write_object(f, node);
        break;
    }
}

/* The cells of a row of a sheet, by the template's columns. */
static void take_cells(filling *f, const nb_row *row, nb_cell *cells)
{
    const nb_template *template = f->template;
    nb_string bytes = { (const char *)row->bytes->data, row->bytes->length };
    nb_cell *all = NB_NEW_ARRAY(f->arena, nb_cell, (size_t) template->source_count + 1);
    for (int i = 0; i < template->source_count; i++)
        if (!nb_cells_next(&bytes, &all[i]))
            all[i] = (nb_cell){ NB_CELL_BLANK, NB_STRING("") };
    for (int i = 0; i < template->column_count; i++)
        if (template->columns[i].source >= 0)
            cells[i] = all[template->columns[i].source];
}

static void take_member(filling *f, int column, const nb_json *member, nb_cell *cell)
{
    static const nb_cell_kind kinds[] = {
        [NB_JSON_NULL] = NB_CELL_BLANK,  [NB_JSON_FALSE] = NB_CELL_FALSE,
        [NB_JSON_TRUE] = NB_CELL_TRUE,   [NB_JSON_NUMBER] = NB_CELL_NUMBER,
        [NB_JSON_STRING] = NB_CELL_TEXT,
    };
    if (member->kind == NB_JSON_ARRAY || member->kind == NB_JSON_OBJECT) {
        fault(f, &f->template->root,
              NB_SAY(f->findings, "这一项要是一个值，不能是列表或对象",
                     "must be one value, no list or object"),
              column);
        return;
    }
    *cell = (nb_cell){ kinds[member->kind], member->text };
    if (cell->kind != NB_CELL_TEXT)
        return;
    nb_string text = nb_trimmed(member->text, NULL);
    cell->text = (nb_string){ nb_arena_copy(f->arena, text.data, text.length), text.length };
    cell->kind = text.length ? NB_CELL_TEXT : NB_CELL_BLANK;
}

/* The members of a row that is an object of its own. */
static nb_status take_members(filling *f, const nb_row *row, const char *name, nb_cell *cells)
{
    const nb_json *root;
    nb_string bytes = { (const char *)row->bytes->data, row->bytes->length };
    nb_status status =
        nb_json_read(bytes, name, nb_json_default_limits, f->arena, f->findings, &root);
    if (status == NB_OK && root->kind != NB_JSON_OBJECT) {
        nb_findings_add(f->findings, NB_ERROR, "T4", nb_json_place(root, name, f->arena), "%s",
                        NB_SAY(f->findings, "这一条要是一个对象：{\"列名\": 值, …}",
                               "the row must be an object: {\"COLUMN\": value, …}"));
        return NB_E_NOT_A_REPORT;
    }
    for (int i = 0; i < f->template->column_count && status == NB_OK; i++) {
        const nb_json *member = nb_json_member(root, f->template->columns[i].name.data);
        if (member)
            take_member(f, i, member, &cells[i]);
    }
    return status;
}

nb_status nb_template_fill(const nb_template *bound, const nb_row *row, nb_arena *arena,
                           nb_findings *findings, nb_string *out)
{
    nb_cell *cells = NB_NEW_ARRAY(arena, nb_cell, (size_t)bound->column_count + 1);
    filling f = { bound, cells, arena, findings, nb_buffer_new(arena, LARGEST_REPORT), false };
    nb_status status = NB_OK;
    for (int i = 0; i < bound->column_count; i++)
        cells[i] = (nb_cell){ NB_CELL_BLANK, NB_STRING("") };
    if (row->kind == NB_ROW_CELLS)
        take_cells(&f, row, cells);
    else
        status = take_members(&f, row, bound->name, cells);
    if (status != NB_OK || f.failed)
        return NB_E_NOT_A_REPORT;
    write_node(&f, &bound->root);
    *out = (nb_string){ (const char *)f.out->data, f.out->length };
    if (!f.out->overflowed)
        return f.failed ? NB_E_NOT_A_REPORT : NB_OK;
    nb_findings_add(findings, NB_ERROR, "T4", (nb_place){ .file = bound->name }, "%s",
                    NB_SAY(findings, "填好的报告超过 64 MiB", "the filled report is over 64 MiB"));
    return NB_E_NOT_A_REPORT;
}
