/* What the reports of the agencies below add up to. */
#include "check/steps.h"

#include "base/buffer.h"
#include "form/reader.h"

enum { MOST_NAMED = 3 }; /* reports below, in a message */

typedef struct adding {
    const nb_check_run *run;
    const nb_report **children; /* without the report's own agency */
    size_t count;
    int passed_over;     /* cells in which a child has no number … */
    const char *lacking; /* … such as this one */
} adding;

/* The whole number of a value, an amount in ten-thousandths; false when it is none. */
static bool number_of(const nb_report *report, int slot, int64_t *out)
{
    const nb_value *value = &report->values[slot];
    const char *rest;
    if (!nb_value_is_number(value))
        return false;
    if (report->form->slots[slot].field->kind != NB_FIELD_AMOUNT) {
        *out = value->number;
        return true;
    }
    return nb_reader_decimal(value->text, out, &rest) &&
           rest == value->text.data + value->text.length;
}

static const char *shown(const adding *a, int slot, int64_t number)
{
    bool is_amount = a->run->form->slots[slot].field->kind == NB_FIELD_AMOUNT;
    nb_buffer *text = nb_buffer_new(a->run->arena, 64);
    nb_buffer_decimal(text, number, is_amount ? 4 : 0);
    return nb_arena_copy(a->run->arena, text->data, text->length);
}

/* The first of the children that have something in the cell, with what they have. */
static const char *named(const adding *a, int slot)
{
    const char *list = "";
    int count = 0;
    for (size_t i = 0; i < a->count; i++) {
        int64_t number = 0;
        number_of(a->children[i], slot, &number);
        if (number == 0)
            continue;
        if (count++ == MOST_NAMED) {
            list = nb_arena_print(a->run->arena, "%s%s", list, NB_RUN_SAY(a->run, " 等", ", …"));
            break;
        }
        list = nb_arena_print(a->run->arena, "%s%s%s %s", list,
                              count == 1 ? "" : NB_RUN_SAY(a->run, "、", ", "),
                              a->children[i]->name, shown(a, slot, number));
    }
    return count ? nb_arena_print(a->run->arena, NB_RUN_SAY(a->run, "（%s）", " (%s)"), list) : "";
}

static void check_cell(adding *a, int slot)
{
    const nb_check_run *run = a->run;
    const nb_rule *rule = run->form->children.rule;
    int64_t own, sum = 0;
    if (run->report->values[slot].state != NB_VALUE_STATED || !number_of(run->report, slot, &own))
        return;
    for (size_t i = 0; i < a->count; i++) {
        int64_t number;
        if (!number_of(a->children[i], slot, &number) ||
            __builtin_add_overflow(sum, number, &sum)) {
            a->passed_over++;
            a->lacking = a->children[i]->name;
            return;
        }
    }
    if (own == sum)
        return;
    nb_check_explain(
        run,
        nb_check_tell(run, rule->id, rule->severity, nb_report_place(run->report, slot),
                      NB_RUN_SAY(run, "%s：填 %s，%zu 份下级报告之和为 %s%s",
                                 "%s: %s is written, the reports below (%zu) add up to %s%s"),
                      run->form->slots[slot].label, shown(a, slot, own), a->count,
                      shown(a, slot, sum), named(a, slot)),
        rule);
}

/* Whether a child can be added to the others; why not is told. */
static bool is_addable(const nb_check_run *run, const nb_report *child)
{
    nb_place place = nb_report_place(run->report, run->form->year_slot);
    const nb_value *year = &run->report->values[run->form->year_slot];
    const nb_value *other = &child->values[child->form->year_slot];
    if (strcmp(child->form->id, run->form->id) != 0) {
        nb_check_tell(run, "P4", NB_ERROR, place,
                      NB_RUN_SAY(run, "下级报告 %s 的表单是“%s”，不能相加",
                                 "the report below %s has the form “%s” and cannot be added"),
                      child->name, child->form->id);
        return false;
    }
    if (other->state == NB_VALUE_STATED && other->number == year->number)
        return true;
    nb_check_tell(run, "P4", NB_ERROR, place,
                  NB_RUN_SAY(run, "下级报告 %s 的年份是“%.*s”，不能相加",
                             "the report below %s is on “%.*s” and cannot be added"),
                  child->name, (int)other->text.length, other->text.data ? other->text.data : "");
    return false;
}

void nb_check_children(const nb_check_run *run)
{
    adding a = { .run = run };
    bool can_add = run->report->values[run->form->year_slot].state == NB_VALUE_STATED;
    nb_string agency = run->report->values[run->form->agency_slot].text;
    if (run->child_count == 0 || !can_add)
        return;
    a.children = NB_NEW_ARRAY(run->arena, const nb_report *, run->child_count);
    for (size_t i = 0; i < run->child_count; i++) {
        const nb_report *child = run->children[i];
        if (nb_string_equal(child->values[child->form->agency_slot].text, agency))
            continue;
        can_add = is_addable(run, child) && can_add;
        a.children[a.count++] = child;
    }
    if (!can_add || a.count == 0)
        return;
    for (int i = 0; i < run->form->children.slot_count; i++)
        check_cell(&a, run->form->children.slots[i]);
    if (a.passed_over)
        nb_check_tell(run, "P3", NB_INFO, nb_report_place(run->report, run->form->year_slot),
                      NB_RUN_SAY(run, "下级报告（如 %s）缺数，有 %d 格没有比对",
                                 "reports below, such as %s, lack numbers: %d cells were not "
                                 "compared"),
                      a.lacking, a.passed_over);
}
