/*
 * What the report on the year before says of this one: relations between the values of both, and
 * texts taken over from it.
 */
#include "check/steps.h"

typedef struct comparing {
    const nb_check_run *run;
    const nb_report *previous;
    int passed_over; /* values that the previous report lacks */
} comparing;

/* A sum being made, and the words that tell how. */
typedef struct working {
    int64_t sum;
    const char *words;
} working;

static const char *name_with_line(const nb_check_run *run, const nb_report *report, int slot)
{
    int line = report->values[slot].line;
    return line ? nb_arena_print(run->arena, "%s:%d", report->name, line) : report->name;
}

static bool add_term(working *w, int64_t number, bool is_minus)
{
    return !(is_minus ? __builtin_sub_overflow(w->sum, number, &w->sum)
                      : __builtin_add_overflow(w->sum, number, &w->sum));
}

/* One value of the previous report; false when it is no number. */
static bool add_previous(comparing *c, working *w, int slot)
{
    const nb_check_run *run = c->run;
    const nb_value *value = &c->previous->values[slot];
    if (!nb_value_is_number(value))
        return false;
    w->words = nb_arena_print(run->arena,
                              NB_RUN_SAY(run, "%s%s上年报告 %s 的“%s”为 %lld",
                                         "%s%sin last year's report %s “%s” is %lld"),
                              w->words, *w->words ? NB_RUN_SAY(run, "，加", ", plus ") : "",
                              name_with_line(run, c->previous, slot),
                              c->previous->form->slots[slot].label, (long long)value->number);
    return add_term(w, value->number, false);
}

/* Values of this report, each `entry` slots after the first; false when one is no number. */
static bool add_own(comparing *c, working *w, const int *slots, int count, int entry, bool is_minus)
{
    const nb_check_run *run = c->run;
    const char *sign = is_minus ? NB_RUN_SAY(run, "减", "minus ") : NB_RUN_SAY(run, "加", "plus ");
    for (int i = 0; i < count; i++) {
        const nb_value *value = &run->report->values[slots[i] + entry];
        if (!nb_value_is_number(value) || !add_term(w, value->number, is_minus))
            return false;
        w->words = nb_arena_print(run->arena, NB_RUN_SAY(run, "%s，%s“%s”%lld", "%s, %s“%s” %lld"),
                                  w->words, sign, run->form->slots[slots[i] + entry].label,
                                  (long long)value->number);
    }
    return true;
}

static void check_entry(comparing *c, const nb_relation *relation, const int *previous, int entry)
{
    const nb_check_run *run = c->run;
    int slot = relation->slot + entry;
    const nb_value *value = &run->report->values[slot];
    working w = { 0, "" };
    if (value->state != NB_VALUE_STATED)
        return; /* what makes a computed total differ is told of its parts */
    for (int i = 0; i < relation->previous_count; i++)
        if (!add_previous(c, &w, previous[i] + entry)) {
            c->passed_over++;
            return;
        }
    if (!add_own(c, &w, relation->plus, relation->plus_count, entry, false) ||
        !add_own(c, &w, relation->minus, relation->minus_count, entry, true) ||
        w.sum == value->number)
        return;
    nb_finding *finding = nb_check_tell(
        run, relation->rule->id, relation->rule->severity, nb_report_place(run->report, slot),
        NB_RUN_SAY(run, "%s：填 %lld，应为 %lld：%s", "%s: %lld is written, not %lld: %s"),
        run->form->slots[slot].label, (long long)value->number, (long long)w.sum, w.words);
    nb_check_explain(run, finding, relation->rule);
}

static void check_relation(comparing *c, const nb_relation *relation)
{
    int *previous = NB_NEW_ARRAY(c->run->arena, int, (size_t)relation->previous_count);
    for (int i = 0; i < relation->previous_count; i++) {
        const nb_field *field = nb_form_field(c->previous->form, relation->previous[i]);
        if (!field || !nb_is_number_kind(field->kind) || field->kind == NB_FIELD_AMOUNT ||
            field->slot_count != relation->entry_count) {
            nb_findings_add(c->run->findings, NB_ERROR, "F", (nb_place){ .file = c->run->form->id },
                            NB_RUN_SAY(c->run, "表单“%s”里没有这样的值“%s”",
                                       "the form “%s” has no such value as “%s”"),
                            relation->form, relation->previous[i].data);
            return;
        }
        previous[i] = field->slot;
    }
    for (int entry = 0; entry < relation->entry_count; entry++)
        check_entry(c, relation, previous, entry);
}

/* Whether the previous report is on the year before, and can be compared; why not is told. */
static bool is_comparable(const nb_check_run *run)
{
    const nb_report *previous = run->previous;
    const nb_value *year = &run->report->values[run->form->year_slot];
    const nb_value *other = &previous->values[previous->form->year_slot];
    if (year->state != NB_VALUE_STATED)
        return false;
    if (other->state == NB_VALUE_STATED && other->number == year->number - 1)
        return true;
    nb_finding *finding = nb_check_tell(
        run, "P1", NB_ERROR, nb_report_place(run->report, run->form->year_slot),
        NB_RUN_SAY(run, "上年报告 %s 的年份是“%.*s”，不是 %lld，没有比对",
                   "last year's report %s is on “%.*s”, not on %lld: nothing was compared"),
        name_with_line(run, previous, previous->form->year_slot), (int)other->text.length,
        other->text.data ? other->text.data : "", (long long)year->number - 1);
    nb_finding_hint(run->findings, finding, "%s",
                    NB_RUN_SAY(run, "给出上一年的报告，或核对两份报告的年份",
                               "give the report on the year before, or check the years of both"));
    return false;
}

static void check_agency(const nb_check_run *run)
{
    const nb_report *previous = run->previous;
    nb_string name = run->report->values[run->form->agency_slot].text;
    nb_string other = previous->values[previous->form->agency_slot].text;
    if (name.length == 0 || other.length == 0 || nb_string_equal(name, other))
        return;
    nb_finding *finding = nb_check_tell(
        run, "P2", NB_WARNING, nb_report_place(run->report, run->form->agency_slot),
        NB_RUN_SAY(run, "上年报告 %s 的机关是“%.*s”", "last year's report %s is that of “%.*s”"),
        name_with_line(run, previous, previous->form->agency_slot), (int)other.length, other.data);
    nb_finding_hint(run->findings, finding, "%s",
                    NB_RUN_SAY(run, "机关改了名称就不用理会；否则换成同一机关的报告",
                               "never mind if the agency was renamed; else give its own report"));
}

void nb_check_previous(const nb_check_run *run)
{
    comparing c = { run, run->previous, 0 };
    if (!c.previous || !is_comparable(run))
        return;
    check_agency(run);
    for (int i = 0; i < run->form->relation_count; i++)
        if (strcmp(run->form->relations[i].form, c.previous->form->id) == 0)
            check_relation(&c, &run->form->relations[i]);
    if (c.passed_over)
        nb_check_tell(run, "P3", NB_INFO, nb_report_place(run->report, run->form->year_slot),
                      NB_RUN_SAY(run, "上年报告 %s 缺数，有 %d 格没有比对",
                                 "last year's report %s lacks numbers: %d cells were not compared"),
                      c.previous->name, c.passed_over);
    nb_check_likeness(run);
}
