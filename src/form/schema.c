/* The model of a form's reports as JSON Schema (draft-07), for editors and other programs. */
#include "form/schema.h"

#include "report/json.h"

typedef struct schema {
    const nb_form *form;
    nb_buffer *out;
    int depth;
    bool is_first; /* nothing stands in the object or list yet */
} schema;

static void begin(schema *s, const char *key)
{
    nb_buffer_text(s->out, s->is_first ? "\n" : ",\n");
    s->is_first = false;
    for (int i = 0; i < s->depth; i++)
        nb_buffer_text(s->out, "    ");
    if (key) {
        nb_json_write_string(s->out, nb_string_of(key));
        nb_buffer_text(s->out, ": ");
    }
}

static void open(schema *s, const char *key, char bracket)
{
    if (s->depth || key)
        begin(s, key);
    nb_buffer_byte(s->out, (unsigned char)bracket);
    s->depth++;
    s->is_first = true;
}

static void close(schema *s, char bracket)
{
    s->depth--;
    if (!s->is_first) {
        nb_buffer_byte(s->out, '\n');
        for (int i = 0; i < s->depth; i++)
            nb_buffer_text(s->out, "    ");
    }
    nb_buffer_byte(s->out, (unsigned char)bracket);
    s->is_first = false;
}

static void text(schema *s, const char *key, nb_string value)
{
    begin(s, key);
    nb_json_write_string(s->out, value);
}

/* A value that is JSON already. */
static void raw(schema *s, const char *key, const char *json)
{
    begin(s, key);
    nb_buffer_text(s->out, json);
}

static void title(schema *s, nb_string words)
{
    if (words.length)
        text(s, "title", words);
}

static void reference(schema *s, const char *definition)
{
    begin(s, "$ref");
    nb_buffer_text(s->out, "\"#/definitions/");
    nb_buffer_text(s->out, definition);
    nb_buffer_byte(s->out, '"');
}

/* What readers of the report call a field; empty when they do not see it. */
static nb_string name_of(const nb_form *form, const nb_field *field)
{
    const nb_slot *slot = &form->slots[field->slot];
    if (field->kind == NB_FIELD_GROUP || slot->field != field)
        return field->label; /* a group, or a value of a record */
    const char *name = field->vector ? slot->row_label : slot->label;
    return nb_string_of(*name == '/' ? "" : name);
}

static void number(schema *s, nb_field_kind kind)
{
    raw(s, "type", kind == NB_FIELD_AMOUNT ? "[\"number\", \"null\"]" : "[\"integer\", \"null\"]");
    raw(s, "minimum", kind == NB_FIELD_CHANGE ? "-9007199254740992" : "0");
    if (kind != NB_FIELD_AMOUNT)
        raw(s, "maximum", "9007199254740992");
}

static void object(schema *s, const nb_field *field);

static void list_of(schema *s, const char *definition)
{
    raw(s, "type", "\"array\"");
    open(s, "items", '{');
    reference(s, definition);
    close(s, '}');
}

static void field_schema(schema *s, const nb_field *field)
{
    open(s, field->key.data, '{');
    title(s, name_of(s->form, field));
    switch (field->kind) {
    case NB_FIELD_GROUP:
        object(s, field);
        break;
    case NB_FIELD_TEXT:
        raw(s, "type", "\"string\"");
        raw(s, "pattern", "\"[^ ]\"");
        break;
    case NB_FIELD_YEAR:
        raw(s, "type", "\"integer\"");
        raw(s, "minimum", "1949");
        raw(s, "maximum", "2999");
        break;
    case NB_FIELD_DATE:
        raw(s, "type", "\"string\"");
        raw(s, "format", "\"date\"");
        raw(s, "pattern", "\"^[0-9]{4}-[0-9]{2}-[0-9]{2}$\"");
        break;
    case NB_FIELD_FLAG:
        raw(s, "type", "\"boolean\"");
        break;
    case NB_FIELD_LINES:
        list_of(s, "line");
        break;
    case NB_FIELD_PROSE:
        list_of(s, "paragraph");
        break;
    case NB_FIELD_RECORDS:
        raw(s, "type", "\"array\"");
        open(s, "items", '{');
        object(s, field);
        close(s, '}');
        break;
    case NB_FIELD_VECTOR: /* what stands beside $ref is not read */
        open(s, "allOf", '[');
        open(s, NULL, '{');
        reference(s, field->vector->name.data);
        close(s, '}');
        close(s, ']');
        break;
    case NB_FIELD_COUNT:
    case NB_FIELD_CHANGE:
    case NB_FIELD_AMOUNT:
        number(s, field->kind);
        break;
    }
    close(s, '}');
}

static void line(schema *s, const char *key)
{
    open(s, key, '{');
    raw(s, "type", "\"string\"");
    raw(s, "pattern", "\"[^ ]\"");
    close(s, '}');
}

/* {"L5": {"severity": "off", "reason": "…"}} */
static void checks(schema *s)
{
    open(s, "checks", '{');
    title(s, NB_STRING("检查规则的设置"));
    raw(s, "type", "\"object\"");
    open(s, "additionalProperties", '{');
    raw(s, "type", "\"object\"");
    raw(s, "additionalProperties", "false");
    raw(s, "required", "[\"reason\"]");
    open(s, "properties", '{');
    open(s, "severity", '{');
    raw(s, "enum", "[\"off\", \"info\", \"warning\", \"error\"]");
    close(s, '}');
    open(s, "deadline", '{');
    raw(s, "type", "\"string\"");
    raw(s, "pattern", "\"^[0-9]{2}-[0-9]{2}$\"");
    close(s, '}');
    line(s, "reason");
    close(s, '}');
    close(s, '}');
    close(s, '}');
}

/* The members of a group or a record. */
static void object(schema *s, const nb_field *field)
{
    raw(s, "type", "\"object\"");
    raw(s, "additionalProperties", "false");
    open(s, "required", '[');
    if (!field->parent)
        raw(s, NULL, "\"form\"");
    for (int i = 0; i < field->child_count; i++)
        if (field->children[i].required)
            text(s, NULL, field->children[i].key);
    close(s, ']');
    open(s, "properties", '{');
    if (!field->parent) {
        open(s, "form", '{');
        text(s, "const", nb_string_of(s->form->id));
        close(s, '}');
    }
    for (int i = 0; i < field->child_count; i++)
        field_schema(s, &field->children[i]);
    if (!field->parent)
        checks(s);
    close(s, '}');
}

/* An object of the texts that are named, of which the first are required. */
static void texts(schema *s, const char *const *keys, int count, int required)
{
    open(s, NULL, '{');
    raw(s, "type", "\"object\"");
    raw(s, "additionalProperties", "false");
    open(s, "required", '[');
    for (int i = 0; i < required; i++)
        text(s, NULL, nb_string_of(keys[i]));
    close(s, ']');
    open(s, "properties", '{');
    for (int i = 0; i < count; i++)
        line(s, keys[i]);
    close(s, '}');
    close(s, '}');
}

static void paragraph(schema *s)
{
    static const char *const styled[] = { "text", "style" };
    static const char *const picture[] = { "picture", "alt", "caption", "width" };
    open(s, "paragraph", '{');
    open(s, "oneOf", '[');
    line(s, NULL);
    texts(s, styled, 2, 1);
    texts(s, picture, 4, 2);
    close(s, ']');
    close(s, '}');
}

/* Its total may be left out. */
static void vector(schema *s, const nb_vector *row)
{
    open(s, row->name.data, '{');
    raw(s, "type", "\"array\"");
    begin(s, "minItems");
    nb_buffer_integer(s->out, row->count - 1);
    open(s, "items", '[');
    for (int i = 0; i < row->count; i++) {
        open(s, NULL, '{');
        title(s, row->entries[i]);
        number(s, NB_FIELD_VECTOR);
        close(s, '}');
    }
    close(s, ']');
    raw(s, "additionalItems", "false");
    close(s, '}');
}

void nb_form_write_schema(const nb_form *form, nb_buffer *out)
{
    schema s = { .form = form, .out = out };
    open(&s, NULL, '{');
    text(&s, "$schema", NB_STRING("http://json-schema.org/draft-07/schema#"));
    title(&s, form->name);
    text(&s, "description", nb_string_of(form->source));
    object(&s, form->root);
    open(&s, "definitions", '{');
    line(&s, "line");
    paragraph(&s);
    for (int i = 0; i < form->vector_count; i++)
        vector(&s, &form->vectors[i]);
    close(&s, '}');
    close(&s, '}');
    nb_buffer_byte(out, '\n');
}
