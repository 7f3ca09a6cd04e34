/* The arithmetic of a form: each rule becomes one equation for every entry it holds for. */
#include "form/loader.h"

typedef struct slot_list {
    int *slots;
    int count;
} slot_list;

nb_rule *nb_form_add_rule(nb_reader *reader, const nb_json *node, nb_form *form)
{
    static const char *const severities[] = { "info", "warning", "error" };
    nb_rule *rule = NB_NEW(reader->arena, nb_rule);
    NB_GROW(reader->arena, form->rules, form->rule_count, &form->rule_capacity);
    form->rules[form->rule_count++] = rule;
    rule->id = nb_reader_text(reader, node, "id");
    rule->severity = NB_ERROR;
    if (nb_json_member(node, "severity"))
        rule->severity = (nb_severity)nb_reader_choice(reader, node, "severity", severities, 3);
    nb_reader_need(reader, node, "name", NB_JSON_OBJECT);
    nb_reader_wording(reader, node, "name", rule->name);
    nb_reader_wording(reader, node, "hint", rule->hint);
    rule->clause = nb_reader_text(reader, node, "clause");
    return rule;
}

const nb_rule *nb_form_rule(const nb_form *form, const char *id)
{
    for (int i = 0; i < form->rule_count; i++)
        if (strcmp(form->rules[i]->id, id) == 0)
            return form->rules[i];
    return NULL;
}

static nb_equation *add_equation(nb_reader *reader, nb_form *form, int *capacity)
{
    NB_GROW(reader->arena, form->equations, form->equation_count, capacity);
    return &form->equations[form->equation_count++];
}

/* A rule over every row of one vector: its last entry is the sum of the others. */
static void expand_vector_rule(nb_reader *reader, nb_form *form, const nb_json *node,
                               const nb_rule *rule, int *capacity)
{
    const nb_vector *vector =
        nb_form_vector(form, nb_string_of(nb_reader_text(reader, node, "vector")));
    if (!vector) {
        nb_reader_fault(reader, node,
                        NB_SAY(reader->findings, "没有这个向量", "there is no such vector"));
        return;
    }
    for (int i = 0; i < form->slot_count; i++) {
        if (form->slots[i].field->vector != vector || form->slots[i].entry != 0)
            continue;
        int *slots = NB_NEW_ARRAY(reader->arena, int, (size_t)vector->count);
        for (int entry = 0; entry < vector->count; entry++)
            slots[entry] = i + entry;
        *add_equation(reader, form, capacity) =
            (nb_equation){ rule, slots, vector->count - 1, slots + vector->count - 1, 1, true };
    }
}

/*
 * The values that a list of pointers names, groups opened up: the first slots of vectors, or single
 * counts.
 */
static slot_list read_pointers(nb_reader *reader, const nb_form *form, const nb_json *node,
                               const char *key, const nb_vector **vector)
{
    slot_list list = { NB_NEW_ARRAY(reader->arena, int, (size_t)form->slot_count), 0 };
    const nb_json *pointers = nb_reader_need(reader, node, key, NB_JSON_ARRAY);
    for (const nb_json *pointer = pointers ? pointers->first : NULL; pointer;
         pointer = pointer->next) {
        const nb_field *field = nb_form_field(form, pointer->text);
        if (!field) {
            nb_reader_fault(reader, pointer,
                            NB_SAY(reader->findings, "没有这个值", "there is no such value"));
            continue;
        }
        for (int slot = field->slot; slot < field->slot + field->slot_count; slot++) {
            const nb_field *leaf = form->slots[slot].field;
            if (form->slots[slot].entry != 0)
                continue;
            bool first = !*vector && list.count == 0;
            bool is_whole = nb_is_number_kind(leaf->kind) && leaf->kind != NB_FIELD_AMOUNT;
            if (!is_whole || (!first && leaf->vector != *vector) ||
                list.count == form->slot_count) {
                nb_reader_fault(
                    reader, pointer,
                    NB_SAY(reader->findings, "规则里的值要同是一种行或同是单个数",
                           "the values of a rule must be rows of one kind, or single counts"));
                continue;
            }
            *vector = leaf->vector;
            list.slots[list.count++] = slot;
        }
    }
    return list;
}

static const int *shifted(nb_reader *reader, slot_list list, int entry)
{
    int *slots = NB_NEW_ARRAY(reader->arena, int, (size_t)list.count);
    for (int i = 0; i < list.count; i++)
        slots[i] = list.slots[i] + entry;
    return slots;
}

/* A rule over columns: for each entry, the parts add up to the totals. */
static void expand_column_rule(nb_reader *reader, nb_form *form, const nb_json *node,
                               const nb_rule *rule, int *capacity)
{
    const nb_vector *vector = NULL;
    slot_list parts = read_pointers(reader, form, node, "parts", &vector);
    slot_list totals = read_pointers(reader, form, node, "totals", &vector);
    bool computes = nb_reader_flag(reader, node, "computes");
    if (parts.count == 0 || totals.count == 0)
        return;
    for (int entry = 0; entry < (vector ? vector->count : 1); entry++)
        *add_equation(reader, form, capacity) =
            (nb_equation){ rule,         shifted(reader, parts, entry),
                           parts.count,  shifted(reader, totals, entry),
                           totals.count, computes && totals.count == 1 };
}

void nb_form_read_rules(nb_reader *reader, const nb_json *root, nb_form *form)
{
    const nb_json *rules = nb_json_member(root, "rules");
    int capacity = 0;
    if (!rules)
        return;
    for (const nb_json *node = rules->first; node; node = node->next) {
        NB_READER_ONLY(reader, node, "id", "severity", "name", "vector", "parts", "totals",
                       "computes", "parts_name", "totals_name", "hint", "clause");
        nb_rule *rule = nb_form_add_rule(reader, node, form);
        nb_reader_wording(reader, node, "parts_name", rule->parts);
        nb_reader_wording(reader, node, "totals_name", rule->totals);
        if (nb_json_member(node, "vector"))
            expand_vector_rule(reader, form, node, rule, &capacity);
        else
            expand_column_rule(reader, form, node, rule, &capacity);
    }
}
