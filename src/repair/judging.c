#include "repair/judging.h"

/*
 * In tenths of a point. An equation that a cell breaks speaks for changing it, one that it keeps
 * against; the text and last year's report say most, since they were not computed from the table.
 */
enum {
    WEIGHT_VIOLATED = 20,
    WEIGHT_KEPT = -10,
    WEIGHT_TEXT = 60,
    WEIGHT_PREVIOUS = 90,
    WEIGHT_SWAPPED = 15,
    WEIGHT_FROM_ZERO = -8, /* whoever forgot a number seldom wrote 0 */
    WEIGHT_DIGIT = -3      /* for each digit of the change */
};

static const int slip_weights[] = { [NB_SLIP_NONE] = -25,
                                    [NB_SLIP_TURNED] = -5,
                                    [NB_SLIP_DIGIT] = -8,
                                    [NB_SLIP_ADDED] = -10,
                                    [NB_SLIP_DROPPED] = -10 };

/* A sum of numbers that are there; false when one is not. */
static bool add_up(const nb_report *report, const int *slots, int count, int64_t *sum)
{
    for (int i = 0; i < count; i++)
        if (!nb_value_is_number(&report->values[slots[i]]) ||
            __builtin_add_overflow(*sum, report->values[slots[i]].number, sum))
            return false;
    return true;
}

nb_judge nb_judge_new(const nb_report *report, const nb_evidence_list *evidence,
                      nb_language language, nb_arena *arena)
{
    const nb_form *form = report->form;
    size_t count = (size_t)form->equation_count + 1;
    nb_judge judge = { .report = report,
                       .evidence = evidence,
                       .is_violated = NB_NEW_ARRAY(arena, bool, count),
                       .is_judged = NB_NEW_ARRAY(arena, bool, count),
                       .language = language,
                       .arena = arena };
    for (int i = 0; i < form->equation_count; i++) {
        const nb_equation *equation = &form->equations[i];
        int64_t parts = 0, totals = 0;
        judge.is_judged[i] = add_up(report, equation->parts, equation->part_count, &parts) &&
                             add_up(report, equation->totals, equation->total_count, &totals);
        judge.is_violated[i] = judge.is_judged[i] && parts != totals;
    }
    return judge;
}

static bool is_among(const int *slots, int count, int slot)
{
    for (int i = 0; i < count; i++)
        if (slots[i] == slot)
            return true;
    return false;
}

static bool has_member(const nb_equation *equation, int slot)
{
    return is_among(equation->parts, equation->part_count, slot) ||
           is_among(equation->totals, equation->total_count, slot);
}

static const nb_new_value *find_value(const nb_new_value *values, int count, int slot)
{
    for (int i = 0; i < count; i++)
        if (values[i].slot == slot)
            return &values[i];
    return NULL;
}

/* The value that a mending gives a slot, or NULL. */
static const nb_new_value *new_value_of(const nb_mending *mending, int slot)
{
    const nb_new_value *value = find_value(mending->changes, mending->change_count, slot);
    if (!value)
        value = find_value(mending->fills, mending->fill_count, slot);
    return value ? value : find_value(mending->follows, mending->follow_count, slot);
}

/* The value of a slot after the mending; false when there is none. */
static bool value_after(const nb_judge *judge, const nb_mending *mending, int slot, int64_t *value)
{
    const nb_new_value *settled = new_value_of(mending, slot);
    *value = settled ? settled->value : judge->report->values[slot].number;
    return settled || nb_value_is_number(&judge->report->values[slot]);
}

static bool is_touched(const nb_evidence *evidence, const nb_mending *mending)
{
    for (int i = 0; i < evidence->slot_count; i++)
        if (new_value_of(mending, evidence->slots[i]))
            return true;
    return false;
}

/* 1 when the mending makes true what is known, -1 when it makes it untrue, 0 when neither. */
static int bearing(const nb_judge *judge, const nb_evidence *evidence, const nb_mending *mending)
{
    int64_t before = 0, after = 0;
    bool was_known = true;
    if (!is_touched(evidence, mending))
        return 0;
    for (int i = 0; i < evidence->slot_count; i++) {
        const nb_value *value = &judge->report->values[evidence->slots[i]];
        int64_t sign = i < evidence->minus_first ? 1 : -1, now;
        was_known = was_known && nb_value_is_number(value);
        if (!value_after(judge, mending, evidence->slots[i], &now) ||
            __builtin_add_overflow(after, sign * now, &after) ||
            __builtin_add_overflow(before, sign * value->number, &before))
            return 0;
    }
    if (__builtin_mul_overflow(after, evidence->scale, &after) ||
        __builtin_mul_overflow(before, evidence->scale, &before))
        return 0;
    bool held = was_known && before >= evidence->low && before <= evidence->high;
    bool holds = after >= evidence->low && after <= evidence->high;
    return (int)holds - (int)held;
}

static int digits_of(int64_t number)
{
    int digits = 1;
    for (number = number < 0 ? -number : number; number >= 10; number /= 10)
        digits++;
    return digits;
}

static bool is_swapped(const nb_judge *judge, const nb_mending *mending, int index)
{
    const nb_new_value *change = &mending->changes[index];
    for (int i = 0; i < mending->change_count; i++)
        if (mending->changes[i].value == judge->report->values[change->slot].number &&
            judge->report->values[mending->changes[i].slot].number == change->value)
            return true;
    return false;
}

static int score_change(const nb_judge *judge, const nb_mending *mending, int index)
{
    const nb_form *form = judge->report->form;
    const nb_new_value *change = &mending->changes[index];
    int64_t old = judge->report->values[change->slot].number;
    int score = slip_weights[nb_slip_between(change->value, old)] +
                WEIGHT_DIGIT * digits_of(change->value - old);
    for (int i = 0; i < form->equation_count; i++)
        if (judge->is_judged[i] && has_member(&form->equations[i], change->slot))
            score += judge->is_violated[i] ? WEIGHT_VIOLATED : WEIGHT_KEPT;
    if (old == 0)
        score += WEIGHT_FROM_ZERO;
    return is_swapped(judge, mending, index) ? score + WEIGHT_SWAPPED : score;
}

int nb_judge_score(const nb_judge *judge, const nb_mending *mending)
{
    int score = 0;
    for (int i = 0; i < mending->change_count; i++)
        score += score_change(judge, mending, i);
    for (int i = 0; i < judge->evidence->count; i++) {
        const nb_evidence *evidence = &judge->evidence->list[i];
        score += bearing(judge, evidence, mending) *
                 (evidence->is_previous ? WEIGHT_PREVIOUS : WEIGHT_TEXT);
    }
    return score;
}

const char *nb_cell_name(const nb_judge *judge, int slot)
{
    const nb_slot *place = &judge->report->form->slots[slot];
    return place->table && place->table->number.length
               ? nb_arena_print(judge->arena, "%s %s", place->table->number.data, place->label)
               : place->label;
}

static void add_reason(const nb_judge *judge, nb_reasons *reasons, const char *words)
{
    for (int i = 0; i < reasons->count; i++)
        if (strcmp(reasons->list[i], words) == 0)
            return;
    NB_GROW(judge->arena, reasons->list, reasons->count, &reasons->capacity);
    reasons->list[reasons->count++] = words;
}

static const char *say(const nb_judge *judge, const char *chinese, const char *english)
{
    return judge->language == NB_ENGLISH ? english : chinese;
}

/* One reason for each rule: where it did not hold and does then. */
static void tell_mended(const nb_judge *judge, const nb_mending *mending, nb_reasons *reasons)
{
    const nb_form *form = judge->report->form;
    for (int rule = 0; rule < form->rule_count; rule++) {
        const char *places = "";
        for (int i = 0; i < form->equation_count; i++) {
            const nb_equation *equation = &form->equations[i];
            bool is_mended = false;
            for (int k = 0; k < mending->change_count; k++)
                is_mended = is_mended || has_member(equation, mending->changes[k].slot);
            if (equation->rule == form->rules[rule] && judge->is_violated[i] && is_mended)
                places = nb_arena_print(judge->arena, "%s%s%s", places,
                                        *places ? say(judge, "，", ", ") : "",
                                        form->slots[equation->totals[0]].label);
        }
        if (*places)
            add_reason(judge, reasons,
                       nb_arena_print(judge->arena, "%s%s%s%s", say(judge, "满足 ", "mends "),
                                      form->rules[rule]->id, say(judge, "：", ": "), places));
    }
}

static void tell_evidence(const nb_judge *judge, const nb_mending *mending, nb_reasons *reasons)
{
    for (int i = 0; i < judge->evidence->count; i++) {
        const nb_evidence *evidence = &judge->evidence->list[i];
        int bears = bearing(judge, evidence, mending);
        if (bears == 0)
            continue;
        const char *what = bears > 0 ? say(judge, "相符", "as") : say(judge, "不符", "against");
        const char *source = evidence->is_previous ? say(judge, "上年报告", "last year's report")
                                                   : say(judge, "正文", "the text");
        const char *label = judge->report->form->slots[evidence->slots[0]].label;
        add_reason(judge, reasons,
                   judge->language == NB_ENGLISH
                       ? nb_arena_print(judge->arena, "%s %s “%s” has it: %s", what, source,
                                        evidence->words, label)
                       : nb_arena_print(judge->arena, "与%s“%s”%s：%s", source, evidence->words,
                                        what, label));
    }
}

static void tell_slip(const nb_judge *judge, const nb_mending *mending, int index,
                      nb_reasons *reasons)
{
    static const char *const words[][2] = {
        [NB_SLIP_NONE] = { NULL, NULL },
        [NB_SLIP_TURNED] = { "相邻两位写颠倒了", "two digits have changed places" },
        [NB_SLIP_DIGIT] = { "错一位数字", "one digit is wrong" },
        [NB_SLIP_ADDED] = { "多一位数字", "there is a digit too many" },
        [NB_SLIP_DROPPED] = { "少一位数字", "a digit is missing" },
        [NB_SLIP_SWAPPED] = { "与另一格的数互换了", "it has another cell's number" },
    };
    const nb_new_value *change = &mending->changes[index];
    int64_t old = judge->report->values[change->slot].number;
    nb_slip slip =
        is_swapped(judge, mending, index) ? NB_SLIP_SWAPPED : nb_slip_between(change->value, old);
    if (words[slip][0])
        add_reason(judge, reasons,
                   nb_arena_print(judge->arena, "%lld → %lld%s%s", (long long)old,
                                  (long long)change->value, say(judge, "：", ": "),
                                  words[slip][judge->language]));
}

nb_reasons nb_judge_reasons(const nb_judge *judge, const nb_mending *mending)
{
    nb_reasons reasons = { 0 };
    tell_mended(judge, mending, &reasons);
    tell_evidence(judge, mending, &reasons);
    for (int i = 0; i < mending->change_count; i++)
        tell_slip(judge, mending, i, &reasons);
    return reasons;
}
