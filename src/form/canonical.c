/*
 * Canonical JSON: what any tool gives that prints the form's order of keys with 4 spaces and one
 * value a line.
 */
#include "form/choices.h"
#include "form/fill.h"

static void new_line(nb_buffer *out, int depth)
{
    nb_buffer_byte(out, '\n');
    for (int i = 0; i < depth; i++)
        nb_buffer_text(out, "    ");
}

/* The comma after what stands before, a new line, and the key when there is one. */
static void begin_member(nb_buffer *out, bool *first, int depth, const char *key)
{
    if (!*first)
        nb_buffer_byte(out, ',');
    *first = false;
    new_line(out, depth);
    if (key) {
        nb_json_write_string(out, nb_string_of(key));
        nb_buffer_text(out, ": ");
    }
}

static void end_list(nb_buffer *out, bool empty, int depth, char bracket)
{
    if (!empty)
        new_line(out, depth);
    nb_buffer_byte(out, (unsigned char)bracket);
}

static void write_picture(nb_buffer *out, const nb_item *item, int depth)
{
    const struct {
        const char *key;
        nb_string text;
    } members[] = { { "picture", item->picture },
                    { "alt", item->alt },
                    { "caption", item->text },
                    { "width", item->width } };
    bool first = true;
    nb_buffer_byte(out, '{');
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        if (!members[i].text.length)
            continue;
        begin_member(out, &first, depth + 1, members[i].key);
        nb_json_write_string(out, members[i].text);
    }
    end_list(out, false, depth, '}');
}

static void write_item(nb_buffer *out, const nb_item *item, int depth)
{
    if (item->picture.length) {
        write_picture(out, item, depth);
        return;
    }
    if (!item->style.length) {
        nb_json_write_string(out, item->text);
        return;
    }
    bool first = true;
    nb_buffer_byte(out, '{');
    begin_member(out, &first, depth + 1, "style");
    nb_json_write_string(out, item->style);
    begin_member(out, &first, depth + 1, "text");
    nb_json_write_string(out, item->text);
    end_list(out, false, depth, '}');
}

static void write_list(nb_buffer *out, const nb_value *value, int depth)
{
    bool first = true;
    nb_buffer_byte(out, '[');
    for (int i = 0; i < value->item_count; i++) {
        begin_member(out, &first, depth + 1, NULL);
        write_item(out, &value->items[i], depth + 1);
    }
    end_list(out, first, depth, ']');
}

static bool is_written(const nb_value *value)
{
    return value->state != NB_VALUE_MISSING && value->state != NB_VALUE_COMPUTED;
}

static void write_number(nb_buffer *out, const nb_value *value)
{
    if (value->state == NB_VALUE_BLANK)
        nb_buffer_text(out, "null");
    else if (value->quoted)
        nb_json_write_string(out, value->text);
    else
        nb_buffer_add(out, value->text.data, value->text.length);
}

/* A row of counts on one line. */
static void write_short_vector(nb_buffer *out, const nb_value *values, int count)
{
    nb_buffer_byte(out, '[');
    for (int i = 0; i < count && is_written(&values[i]); i++) {
        nb_buffer_text(out, i ? ", " : "");
        write_number(out, &values[i]);
    }
    nb_buffer_byte(out, ']');
}

static void write_vector(nb_buffer *out, const nb_value *values, int count, int depth)
{
    bool first = true;
    nb_buffer_byte(out, '[');
    for (int i = 0; i < count && is_written(&values[i]); i++) {
        begin_member(out, &first, depth + 1, NULL);
        write_number(out, &values[i]);
    }
    end_list(out, first, depth, ']');
}

static void write_records(nb_buffer *out, const nb_field *field, const nb_value *list, int depth)
{
    bool first = true;
    nb_buffer_byte(out, '[');
    for (int i = 0; i < list->record_count; i++) {
        bool first_member = true;
        begin_member(out, &first, depth + 1, NULL);
        nb_buffer_byte(out, '{');
        for (int k = 0; k < field->child_count; k++) {
            const nb_value *value = &list->records[i][k];
            if (!is_written(value))
                continue;
            begin_member(out, &first_member, depth + 2, field->children[k].key.data);
            if (field->children[k].kind == NB_FIELD_TEXT)
                nb_json_write_string(out, value->text);
            else
                write_number(out, value);
        }
        end_list(out, first_member, depth + 1, '}');
    }
    end_list(out, first, depth, ']');
}

static void write_leaf(nb_buffer *out, const nb_report *report, const nb_field *field,
                       bool is_short, int depth)
{
    const nb_value *value = &report->values[field->slot];
    switch (field->kind) {
    case NB_FIELD_TEXT:
    case NB_FIELD_DATE:
        nb_json_write_string(out, value->text);
        break;
    case NB_FIELD_FLAG:
        nb_buffer_text(out, value->number ? "true" : "false");
        break;
    case NB_FIELD_LINES:
    case NB_FIELD_PROSE:
        write_list(out, value, depth);
        break;
    case NB_FIELD_RECORDS:
        write_records(out, field, value, depth);
        break;
    case NB_FIELD_VECTOR:
        if (is_short)
            write_short_vector(out, value, field->slot_count);
        else
            write_vector(out, value, field->slot_count, depth);
        break;
    default:
        write_number(out, value);
    }
}

/* Whether the field or anything in it is to be written. */
static bool has_content(const nb_report *report, const nb_field *field)
{
    for (int slot = field->slot; slot < field->slot + field->slot_count; slot++)
        if (report->form->slots[slot].entry == 0 && is_written(&report->values[slot]))
            return true; /* a row is written up to its first gap */
    return false;
}

static void write_choices(nb_buffer *out, const nb_report *report, int depth)
{
    bool first = true;
    nb_buffer_byte(out, '{');
    for (int i = 0; i < report->choice_count; i++) {
        const nb_rule_choice *choice = &report->choices[i];
        const char *severity =
            choice->setting.is_off ? "off" : nb_severity_name(choice->setting.severity);
        bool first_member = true;
        begin_member(out, &first, depth + 1, choice->setting.rule);
        nb_buffer_byte(out, '{');
        if (choice->has_severity) {
            begin_member(out, &first_member, depth + 2, "severity");
            nb_json_write_string(out, nb_string_of(severity));
        }
        if (choice->deadline.length) {
            begin_member(out, &first_member, depth + 2, "deadline");
            nb_json_write_string(out, choice->deadline);
        }
        begin_member(out, &first_member, depth + 2, "reason");
        nb_json_write_string(out, choice->reason);
        end_list(out, false, depth + 1, '}');
    }
    end_list(out, first, depth, '}');
}

static void write_group(nb_buffer *out, const nb_report *report, const nb_field *group,
                        bool is_short, int depth)
{
    bool first = true;
    nb_buffer_byte(out, '{');
    if (!group->parent) {
        begin_member(out, &first, depth + 1, "form");
        nb_json_write_string(out, nb_string_of(report->form->id));
    }
    for (int i = 0; i < group->child_count; i++) {
        const nb_field *child = &group->children[i];
        if (!has_content(report, child))
            continue;
        begin_member(out, &first, depth + 1, child->key.data);
        if (child->kind == NB_FIELD_GROUP)
            write_group(out, report, child, is_short, depth + 1);
        else
            write_leaf(out, report, child, is_short, depth + 1);
    }
    if (!group->parent && report->choice_count) {
        begin_member(out, &first, depth + 1, "checks");
        write_choices(out, report, depth + 1);
    }
    end_list(out, first, depth, '}');
}

void nb_report_write_json(const nb_report *report, nb_buffer *out)
{
    write_group(out, report, report->form->root, false, 0);
    nb_buffer_byte(out, '\n');
}

void nb_report_write_short_json(const nb_report *report, nb_buffer *out)
{
    write_group(out, report, report->form->root, true, 0);
    nb_buffer_byte(out, '\n');
}
