/* What a form compares with other reports: that on the year before, and those of the agencies below. */
#include "form/loader.h"

/* The field that a pointer names, which is to hold whole numbers. */
static const nb_field *need_counts(nb_reader *reader, const nb_form *form, const nb_json *pointer)
{
    const nb_field *field = nb_form_field(form, pointer->text);
    if (field && nb_is_number_kind(field->kind) && field->kind != NB_FIELD_AMOUNT)
        return field;
    nb_reader_fault(reader, pointer,
                    NB_SAY(reader->findings, "“%s”不是一个整数或一行数",
                           "“%s” is neither a whole number nor a row of counts"),
                    pointer->text.data);
    return NULL;
}

/* The first slots of the values that a member lists, which may be missing: as many entries as count. */
static const int *read_terms(nb_reader *reader, const nb_form *form, const nb_json *node,
                             const char *key, int count, int *term_count)
{
    const nb_json *list = nb_json_member(node, key);
    *term_count = 0;
    if (!list)
        return NULL;
    int *slots = NB_NEW_ARRAY(reader->arena, int, (size_t)list->count);
    for (const nb_json *pointer = list->first; pointer; pointer = pointer->next) {
        const nb_field *field = need_counts(reader, form, pointer);
        if (field && field->slot_count != count)
            nb_reader_fault(reader, pointer,
                            NB_SAY(reader->findings, "这个值有 %d 项，应有 %d 项",
                                   "the value has %d entries, not %d"),
                            field->slot_count, count);
        else if (field)
            slots[(*term_count)++] = field->slot;
    }
    return slots;
}

static void read_relation(nb_reader *reader, nb_form *form, const nb_json *node,
                          const nb_rule *rule, const char *previous_form)
{
    NB_READER_ONLY(reader, node, "value", "previous", "plus", "minus", "skipped");
    if (nb_json_member(node, "skipped"))
        return; /* why there is nothing to compare: for those who read the form */
    const nb_json *value = nb_reader_need(reader, node, "value", NB_JSON_STRING);
    const nb_json *previous = nb_reader_need(reader, node, "previous", NB_JSON_ARRAY);
    const nb_field *field = value ? need_counts(reader, form, value) : NULL;
    if (!field || !previous)
        return;
    nb_relation *relation = &form->relations[form->relation_count++];
    *relation = (nb_relation){
        .rule = rule, .form = previous_form, .slot = field->slot, .entry_count = field->slot_count
    };
    nb_string *pointers = NB_NEW_ARRAY(reader->arena, nb_string, (size_t)previous->count);
    for (const nb_json *pointer = previous->first; pointer; pointer = pointer->next)
        pointers[relation->previous_count++] = pointer->text;
    relation->previous = pointers;
    relation->plus =
        read_terms(reader, form, node, "plus", field->slot_count, &relation->plus_count);
    relation->minus =
        read_terms(reader, form, node, "minus", field->slot_count, &relation->minus_count);
}

static int count_relations(const nb_json *rules)
{
    int count = 0;
    for (const nb_json *rule = rules->first; rule; rule = rule->next) {
        const nb_json *forms = nb_json_member(rule, "forms");
        for (const nb_json *form = forms ? forms->first : NULL; form; form = form->next)
            count += form->count;
    }
    return count;
}

static void read_previous(nb_reader *reader, const nb_json *root, nb_form *form)
{
    const nb_json *list = nb_json_member(root, "previous");
    if (!list)
        return;
    form->relations = NB_NEW_ARRAY(reader->arena, nb_relation, (size_t)count_relations(list));
    for (const nb_json *node = list->first; node; node = node->next) {
        NB_READER_ONLY(reader, node, "id", "severity", "name", "hint", "clause", "forms");
        const nb_rule *rule = nb_form_add_rule(reader, node, form);
        const nb_json *forms = nb_reader_need(reader, node, "forms", NB_JSON_OBJECT);
        for (const nb_json *of = forms ? forms->first : NULL; of; of = of->next)
            for (const nb_json *relation = of->first; relation; relation = relation->next)
                read_relation(reader, form, relation, rule, of->key.data);
    }
}

/* The slots of the texts that a member lists. */
static const int *read_texts(nb_reader *reader, const nb_form *form, const nb_json *node,
                             const char *key, int *count)
{
    const nb_json *list = nb_reader_need(reader, node, key, NB_JSON_ARRAY);
    *count = 0;
    if (!list)
        return NULL;
    int *slots = NB_NEW_ARRAY(reader->arena, int, (size_t)list->count);
    for (const nb_json *pointer = list->first; pointer; pointer = pointer->next) {
        int slot = nb_form_slot(form, pointer->text);
        if (slot >= 0 && form->slots[slot].field->kind == NB_FIELD_PROSE)
            slots[(*count)++] = slot;
        else
            nb_reader_fault(reader, pointer,
                            NB_SAY(reader->findings, "没有文字“%s”", "there is no text “%s”"),
                            pointer->text.data);
    }
    return slots;
}

static void read_likeness(nb_reader *reader, const nb_json *root, nb_form *form)
{
    const nb_json *node = nb_json_member(root, "likeness");
    nb_likeness *likeness = &form->likeness;
    if (!node)
        return;
    NB_READER_ONLY(reader, node, "id", "severity", "name", "hint", "clause", "sections", "whole",
                   "least_percent", "least_characters");
    likeness->rule = nb_form_add_rule(reader, node, form);
    likeness->sections = read_texts(reader, form, node, "sections", &likeness->section_count);
    likeness->whole = read_texts(reader, form, node, "whole", &likeness->whole_count);
    likeness->least_percent = nb_reader_whole_or(reader, node, "least_percent", 1, 100, 100);
    likeness->least_characters =
        nb_reader_whole_or(reader, node, "least_characters", 1, 1000000, 1);
}

static void read_children(nb_reader *reader, const nb_json *root, nb_form *form)
{
    const nb_json *node = nb_json_member(root, "children");
    nb_child_rule *children = &form->children;
    if (!node)
        return;
    NB_READER_ONLY(reader, node, "id", "severity", "name", "hint", "clause", "values");
    children->rule = nb_form_add_rule(reader, node, form);
    int *slots = NB_NEW_ARRAY(reader->arena, int, (size_t)form->slot_count);
    children->slots = slots;
    const nb_json *list = nb_reader_need(reader, node, "values", NB_JSON_ARRAY);
    for (const nb_json *pointer = list ? list->first : NULL; pointer; pointer = pointer->next) {
        const nb_field *field = nb_form_field(form, pointer->text);
        if (!field)
            nb_reader_fault(reader, pointer,
                            NB_SAY(reader->findings, "没有这个值", "there is no such value"));
        for (int i = 0; field && i < field->slot_count; i++)
            if (nb_is_number_kind(form->slots[field->slot + i].field->kind) &&
                children->slot_count < form->slot_count)
                slots[children->slot_count++] = field->slot + i;
    }
}

void nb_form_read_comparisons(nb_reader *reader, const nb_json *root, nb_form *form)
{
    read_previous(reader, root, form);
    read_likeness(reader, root, form);
    read_children(reader, root, form);
}
