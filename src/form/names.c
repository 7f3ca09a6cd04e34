#include "form/names.h"

static bool has_value(const nb_field *field)
{
    switch (field->kind) {
    case NB_FIELD_TEXT:
    case NB_FIELD_YEAR:
    case NB_FIELD_DATE:
    case NB_FIELD_COUNT:
    case NB_FIELD_CHANGE:
    case NB_FIELD_AMOUNT:
        return true;
    default:
        return false;
    }
}

/* The slot is a total of an equation that runs down a column. */
static bool is_column_total(const nb_form *form, int slot)
{
    for (int i = 0; i < form->equation_count; i++) {
        const nb_equation *equation = &form->equations[i];
        if (equation->part_count &&
            form->slots[equation->parts[0]].field == form->slots[equation->totals[0]].field)
            continue;
        for (int k = 0; k < equation->total_count; k++)
            if (equation->totals[k] == slot)
                return true;
    }
    return false;
}

/* The kind of rows that a group adds up, or NULL when it has no sum. */
static const nb_vector *vector_of_group(const nb_form *form, const nb_field *group)
{
    const nb_vector *vector = NULL;
    for (int slot = group->slot; slot < group->slot + group->slot_count; slot++) {
        const nb_field *field = form->slots[slot].field;
        if (!field->vector || (vector && field->vector != vector) || is_column_total(form, slot))
            return NULL;
        vector = field->vector;
    }
    return vector;
}

static const nb_vector *vector_of(const nb_form *form, const nb_field *field)
{
    return field->kind == NB_FIELD_GROUP ? vector_of_group(form, field) : field->vector;
}

/* The entry that a key or number names, or -1. */
static int entry_of(const nb_vector *vector, nb_string key)
{
    for (int i = 0; i < vector->count; i++)
        if (nb_string_equal(vector->keys[i], key))
            return i;
    int number = 0;
    for (size_t i = 0; i < key.length; i++) {
        if (key.data[i] < '0' || key.data[i] > '9' || number >= vector->count ||
            (i > 0 && key.data[0] == '0'))
            return -1;
        number = number * 10 + key.data[i] - '0';
    }
    return key.length && number < vector->count ? number : -1;
}

static const nb_field *child_of(const nb_field *group, nb_string key)
{
    for (int i = 0; i < group->child_count; i++)
        if (nb_string_equal(group->children[i].key, key))
            return &group->children[i];
    return NULL;
}

static nb_named fault(nb_name_fault kind)
{
    return (nb_named){ .fault = kind };
}

static nb_named whole_field(const nb_form *form, const nb_field *field)
{
    if (has_value(field))
        return (nb_named){ NB_NAME_KNOWN, field, field->slot, 1, 1 };
    return fault(vector_of(form, field) ? NB_NAME_OF_ROW : NB_NAME_OF_MANY);
}

nb_named nb_form_name(const nb_form *form, nb_string name)
{
    const nb_field *field = form->root;
    const char *at = name.data, *end = name.data + name.length;
    for (bool is_last = false; !is_last;) {
        const char *dot = at < end ? memchr(at, '.', (size_t)(end - at)) : NULL;
        nb_string key = { at, (size_t)((dot ? dot : end) - at) };
        const nb_field *child = child_of(field, key);
        is_last = !dot;
        at = dot ? dot + 1 : end;
        if (child) {
            field = child;
            continue;
        }
        const nb_vector *vector = is_last ? vector_of(form, field) : NULL;
        int entry = vector ? entry_of(vector, key) : -1;
        if (entry < 0)
            return fault(NB_NAME_UNKNOWN);
        return (nb_named){ NB_NAME_KNOWN, field, field->slot + entry, vector->count,
                           field->slot_count / vector->count };
    }
    return whole_field(form, field);
}

typedef struct name_list {
    const char **names;
    int count;
    int capacity;
    nb_arena *arena;
} name_list;

static void add_name(name_list *list, const char *name)
{
    NB_GROW(list->arena, list->names, list->count, &list->capacity);
    list->names[list->count++] = name;
}

static void list_names(name_list *list, const nb_form *form, const nb_field *field,
                       const char *name)
{
    const nb_vector *vector = field->parent ? vector_of(form, field) : NULL;
    if (has_value(field))
        add_name(list, name);
    for (int i = 0; vector && i < vector->count; i++)
        add_name(list, nb_arena_print(list->arena, "%s.%s", name, vector->keys[i].data));
    for (int i = 0; i < field->child_count; i++)
        list_names(list, form, &field->children[i],
                   nb_arena_print(list->arena, "%s%s%s", name, *name ? "." : "",
                                  field->children[i].key.data));
}

const char *nb_form_nearest_name(const nb_form *form, nb_string word, nb_arena *arena)
{
    name_list list = { .arena = arena };
    list_names(&list, form, form->root, "");
    return list.count ? nb_nearest_name(word, list.names, (size_t)list.count) : NULL;
}
