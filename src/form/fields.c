/* The fields of a form: the tree of its JSON model, and a slot for each value. */
#include "form/loader.h"

#include <string.h>

static const struct {
    const char *name;
    nb_field_kind kind;
} kinds[] = {
    { "text", NB_FIELD_TEXT },   { "year", NB_FIELD_YEAR },     { "date", NB_FIELD_DATE },
    { "flag", NB_FIELD_FLAG },   { "lines", NB_FIELD_LINES },   { "prose", NB_FIELD_PROSE },
    { "count", NB_FIELD_COUNT }, { "change", NB_FIELD_CHANGE }, { "amount", NB_FIELD_AMOUNT },
};

void nb_form_read_vectors(nb_reader *reader, const nb_json *root, nb_form *form)
{
    const nb_json *vectors = nb_json_member(root, "vectors");
    if (!vectors)
        return;
    form->vectors = NB_NEW_ARRAY(reader->arena, nb_vector, (size_t)vectors->count);
    for (const nb_json *node = vectors->first; node; node = node->next) {
        nb_vector *vector = &form->vectors[form->vector_count++];
        *vector = (nb_vector){ .name = node->key, .count = node->count };
        vector->keys = NB_NEW_ARRAY(reader->arena, nb_string, (size_t)node->count);
        vector->entries = NB_NEW_ARRAY(reader->arena, nb_string, (size_t)node->count);
        for (const nb_json *entry = node->first; entry; entry = entry->next) {
            vector->keys[entry->index] = entry->key;
            vector->entries[entry->index] = entry->text;
        }
        if (node->kind != NB_JSON_OBJECT || node->count < 2)
            nb_reader_fault(reader, node,
                            NB_SAY(reader->findings, "一个向量要列出至少两栏的键和名称",
                                   "a vector must list the keys and names of two entries or more"));
    }
}

const nb_vector *nb_form_vector(const nb_form *form, nb_string name)
{
    for (int i = 0; i < form->vector_count; i++)
        if (nb_string_equal(form->vectors[i].name, name))
            return &form->vectors[i];
    return NULL;
}

/* "count", "lines?" or the name of a vector: a kind, and whether the value may be left out. */
static void read_kind(nb_reader *reader, const nb_json *node, const nb_form *form, nb_field *field)
{
    nb_string name = node->text;
    field->required = !(name.length && name.data[name.length - 1] == '?');
    if (!field->required)
        name.length--;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (nb_string_is(name, kinds[i].name)) {
            field->kind = kinds[i].kind;
            return;
        }
    field->kind = NB_FIELD_VECTOR;
    field->vector = nb_form_vector(form, name);
    if (!field->vector) {
        field->kind = NB_FIELD_TEXT;
        nb_reader_fault(reader, node,
                        NB_SAY(reader->findings, "不认识的类型“%s”", "unknown type “%s”"),
                        node->text.data);
    }
}

/* Whether a key ends in ?, which says that the value may be left out; the key without it. */
static bool take_question_mark(nb_reader *reader, nb_string *key)
{
    if (!key->length || key->data[key->length - 1] != '?')
        return false;
    *key = (nb_string){ nb_arena_copy(reader->arena, key->data, key->length - 1), key->length - 1 };
    return true;
}

/* [{"name": "text", …}]: a list of records of single values. */
static void read_records(nb_reader *reader, const nb_json *node, const nb_form *form,
                         nb_field *field)
{
    const nb_json *model = node->first;
    field->kind = NB_FIELD_RECORDS;
    field->slot_count = 1;
    if (node->count != 1 || model->kind != NB_JSON_OBJECT) {
        nb_reader_fault(reader, node, "%s",
                        NB_SAY(reader->findings, "列表里要写一个对象，说明每条的各项",
                               "a list holds one object, which gives the values of each record"));
        return;
    }
    field->required = !take_question_mark(reader, &field->key);
    field->children = NB_NEW_ARRAY(reader->arena, nb_field, (size_t)model->count);
    for (const nb_json *child = model->first; child; child = child->next) {
        nb_field *member = &field->children[field->child_count];
        *member = (nb_field){ .key = child->key, .parent = field, .slot_count = 1 };
        member->slot = field->child_count++;
        read_kind(reader, child, form, member);
        if (member->kind != NB_FIELD_TEXT && member->kind != NB_FIELD_COUNT &&
            member->kind != NB_FIELD_AMOUNT)
            nb_reader_fault(reader, child, "%s",
                            NB_SAY(reader->findings, "列表里只能有 text、count、amount",
                                   "a record holds text, count and amount only"));
    }
}

static void read_field(nb_reader *reader, const nb_json *node, nb_form *form,
                       const nb_field *parent, nb_field *field)
{
    field->key = node->key;
    field->parent = parent;
    field->slot = form->slot_count;
    if (node->kind == NB_JSON_ARRAY) {
        read_records(reader, node, form, field);
        form->slot_count++;
        return;
    }
    if (node->kind != NB_JSON_OBJECT) {
        read_kind(reader, node, form, field);
        field->slot_count = field->vector ? field->vector->count : 1;
        form->slot_count += field->slot_count;
        return;
    }
    field->kind = NB_FIELD_GROUP;
    field->required = !take_question_mark(reader, &field->key);
    field->children = NB_NEW_ARRAY(reader->arena, nb_field, (size_t)node->count);
    for (const nb_json *child = node->first; child; child = child->next)
        read_field(reader, child, form, field, &field->children[field->child_count++]);
    field->slot_count = form->slot_count - field->slot;
}

static void number_slots(nb_reader *reader, nb_form *form, const nb_field *field,
                         const char *pointer)
{
    for (int i = 0; field->kind == NB_FIELD_GROUP && i < field->child_count; i++) {
        const nb_field *child = &field->children[i];
        number_slots(reader, form, child,
                     nb_arena_print(reader->arena, "%s/%s", pointer, child->key.data));
    }
    if (field->kind == NB_FIELD_GROUP)
        return;
    for (int entry = 0; entry < field->slot_count; entry++) {
        nb_slot *slot = &form->slots[field->slot + entry];
        slot->field = field;
        slot->entry = entry;
        slot->pointer =
            field->vector ? nb_arena_print(reader->arena, "%s/%d", pointer, entry) : pointer;
        slot->label = slot->row_label = slot->pointer;
    }
}

void nb_form_read_fields(nb_reader *reader, const nb_json *root, nb_form *form)
{
    const nb_json *fields = nb_reader_need(reader, root, "fields", NB_JSON_OBJECT);
    form->root = NB_NEW(reader->arena, nb_field);
    if (!fields)
        return;
    read_field(reader, fields, form, NULL, form->root);
    form->slots = NB_NEW_ARRAY(reader->arena, nb_slot, (size_t)form->slot_count);
    number_slots(reader, form, form->root, "");
}

bool nb_is_number_kind(nb_field_kind kind)
{
    return kind == NB_FIELD_COUNT || kind == NB_FIELD_CHANGE || kind == NB_FIELD_AMOUNT ||
           kind == NB_FIELD_VECTOR;
}

const nb_field *nb_form_field(const nb_form *form, nb_string pointer)
{
    const nb_field *field = form->root;
    const char *at = pointer.data, *end = pointer.data + pointer.length;
    while (field && at < end) {
        const char *stop = memchr(at + 1, '/', (size_t)(end - at - 1));
        nb_string key = { at + 1, (size_t)((stop ? stop : end) - at - 1) };
        const nb_field *found = NULL;
        /* The values of a record have no place of their own in the report. */
        for (int i = 0; field->kind == NB_FIELD_GROUP && i < field->child_count && !found; i++)
            if (nb_string_equal(field->children[i].key, key))
                found = &field->children[i];
        field = found;
        at = stop ? stop : end;
    }
    return field;
}

int nb_form_slot(const nb_form *form, nb_string pointer)
{
    for (int i = 0; i < form->slot_count; i++)
        if (nb_string_is(pointer, form->slots[i].pointer))
            return i;
    return -1;
}
