/* Rule L6: percentages in the text, computed again. */
#include "check/claims.h"
#include "check/steps.h"

enum { WHOLES_MOST = 12 };

typedef struct ratio {
    int64_t part, whole;
} ratio;

typedef struct ratios {
    ratio items[WHOLES_MOST * WHOLES_MOST];
    int count;
} ratios;

typedef struct amounts {
    int64_t items[WHOLES_MOST];
    int count;
} amounts;

/* False when there is no room for it. */
static bool add_amount(amounts *list, int64_t amount)
{
    for (int i = 0; i < list->count; i++)
        if (list->items[i] == amount)
            return true;
    if (list->count == WHOLES_MOST)
        return false;
    list->items[list->count++] = amount;
    return true;
}

/* What labels together may stand for in the tables. False when a value is missing, or they are too much. */
static bool add_labels(const nb_check_run *run, const nb_label *labels, int count, amounts *list)
{
    const struct nb_claims *claims = run->form->claims;
    int choices = count > 0 ? nb_label_choice(claims, labels[0]).count : 0;
    for (int i = 0; i < (count > 1 && choices > 1 ? 1 : choices); i++) {
        int64_t sum = 0;
        for (int l = 0; l < count; l++) {
            nb_claim_choice choice = nb_label_choice(claims, labels[l]);
            int64_t value;
            if (i >= choice.count ||
                !nb_claim_sum(run->report, &claims->subjects[labels[l].subject], choice.rows[i],
                              labels[l].column, &value) ||
                __builtin_add_overflow(sum, value, &sum))
                return false;
        }
        if (!add_amount(list, sum))
            return false;
    }
    return true;
}

static bool add_statement(const nb_check_run *run, const nb_statement *statement, amounts *list)
{
    return !statement->number.is_vague && add_amount(list, statement->number.value) &&
           add_labels(run, statement->labels, statement->label_count, list);
}

/*
 * The wholes that a sentence offers when it names none: the number that the part is a part of, or
 * else the wholes before it in the sentence and what the subject as such may mean.
 */
static bool add_unnamed_whole(const nb_check_run *run, const nb_reading *reading,
                              const nb_percentage *percentage, amounts *wholes)
{
    const nb_statement *part = &reading->statements[percentage->statement];
    if (part->parent >= 0)
        return add_statement(run, &reading->statements[part->parent], wholes);
    for (int i = 0; i < percentage->statement; i++) {
        const nb_statement *before = &reading->statements[i];
        if (before->sentence == part->sentence && before->label_count == 1 &&
            before->labels[0].column < 0 && !add_statement(run, before, wholes))
            return false;
    }
    nb_label subject = { part->label_count ? part->labels[0].subject : -1, -1, -1 };
    return subject.subject >= 0 && add_labels(run, &subject, 1, wholes);
}

/* Whether part/whole, rounded to the decimals as written, is the percentage; halves go either way. */
static bool fits(const nb_percentage *percentage, ratio r)
{
    int64_t unit = NB_NUMBER_ONE;
    for (int i = 0; i < percentage->number.decimals; i++)
        unit /= 10;
    /* |100 part / whole - number| <= unit / 2, in ten-thousandths and without division */
    __extension__ typedef __int128 wide;
    wide exact = (wide)r.part * 100 * NB_NUMBER_ONE;
    wide low = (wide)percentage->number.value * 2 - unit;
    wide high = (wide)percentage->number.value * 2 + unit;
    if (percentage->number.is_vague) {
        low = (wide)percentage->number.low * 2 - unit;
        high = percentage->number.high == INT64_MAX ? exact * 2
                                                    : (wide)percentage->number.high * 2 + unit;
        if (percentage->number.high == INT64_MAX)
            return exact * 2 >= low * r.whole;
    }
    return exact * 2 >= low * r.whole && exact * 2 <= high * r.whole;
}

/* What is not negative, as a percentage. */
static const char *computed(const nb_check_run *run, const nb_percentage *percentage, ratio r)
{
    int64_t scale = 1;
    for (int i = 0; i < percentage->number.decimals; i++)
        scale *= 10;
    __extension__ typedef __int128 wide;
    int64_t rounded = (int64_t)(((wide)r.part * 200 * scale / r.whole + 1) / 2);
    return nb_claim_digits(run->arena, rounded * (NB_NUMBER_ONE / scale));
}

/* 700 ÷ 805 算得 86.96%; 按两年的数 700 与 805 是增长 15%. */
static const char *reckoning(const nb_check_run *run, const nb_percentage *percentage, ratio r)
{
    if (percentage->kind != NB_PERCENTAGE_GROWTH)
        return nb_arena_print(run->arena, NB_RUN_SAY(run, "%s ÷ %s 算得 %s%%", "%s ÷ %s is %s%%"),
                              nb_claim_digits(run->arena, r.part),
                              nb_claim_digits(run->arena, r.whole), computed(run, percentage, r));
    int64_t growth = percentage->is_less ? -r.part : r.part;
    ratio size = { growth < 0 ? -growth : growth, r.whole };
    return nb_arena_print(run->arena,
                          NB_RUN_SAY(run, "按两年的数 %s 与 %s 是%s %s%%",
                                     "from %s to %s in the two years is %s %s%%"),
                          nb_claim_digits(run->arena, r.whole),
                          nb_claim_digits(run->arena, r.whole + growth),
                          growth < 0 ? NB_RUN_SAY(run, "下降", "a decline of")
                                     : NB_RUN_SAY(run, "增长", "a growth of"),
                          computed(run, percentage, size));
}

static void tell(const nb_check_run *run, const nb_prose *prose, const nb_percentage *percentage,
                 ratio r)
{
    nb_string written = { prose->text.data + percentage->start,
                          percentage->end - percentage->start };
    nb_finding *finding =
        nb_check_tell_text(run, "L6", NB_WARNING, prose, percentage->start, percentage->end,
                           NB_RUN_SAY(run, "文中写“%.*s”，%s", "the text says “%.*s”; %s"),
                           (int)written.length, written.data, reckoning(run, percentage, r));
    nb_finding_hint(run->findings, finding, "%s",
                    NB_RUN_SAY(run, "核对百分比和它所依据的两个数",
                               "check the percentage and the two numbers that it rests on"));
    nb_finding_clause(run->findings, finding, run->form->claims->clause);
}

/* None of a whole of 0, nor one past what a text could state. */
static void add_ratio(ratios *found, int64_t part, int64_t whole)
{
    const int64_t largest = INT64_C(1) << 42;
    if (whole > 0 && part / whole < largest && part / whole > -largest &&
        found->count < WHOLES_MOST * WHOLES_MOST)
        found->items[found->count++] = (ratio){ part, whole };
}

/* 自然人占86.96%: of the same rows, all columns; 予以公开占28.75%: of the subject. */
static bool read_label_share(const nb_check_run *run, nb_label part, ratios *found)
{
    const struct nb_claims *claims = run->form->claims;
    const nb_subject *subject = &claims->subjects[part.subject];
    nb_claim_choice choice = nb_label_choice(claims, part);
    for (int i = 0; i < choice.count; i++) {
        int64_t sum, whole;
        if (!nb_claim_sum(run->report, subject, choice.rows[i], part.column, &sum))
            return false;
        if (part.column >= 0) {
            if (!nb_claim_sum(run->report, subject, choice.rows[i], -1, &whole))
                return false;
            add_ratio(found, sum, whole);
            continue;
        }
        for (int w = 0; w < subject->values.count; w++) {
            if (!nb_claim_sum(run->report, subject, subject->values.rows[w], -1, &whole))
                return false;
            add_ratio(found, sum, whole);
        }
    }
    return true;
}

static bool read_share(const nb_check_run *run, const nb_reading *reading,
                       const nb_percentage *percentage, ratios *found)
{
    amounts parts = { .count = 0 }, wholes = { .count = 0 };
    if (percentage->statement < 0 && percentage->whole.subject < 0)
        return read_label_share(run, percentage->part, found);
    bool known = percentage->statement >= 0
                     ? add_statement(run, &reading->statements[percentage->statement], &parts)
                     : add_labels(run, &percentage->part, 1, &parts);
    known = known &&
            (percentage->whole.subject >= 0 ? add_labels(run, &percentage->whole, 1, &wholes)
                                            : add_unnamed_whole(run, reading, percentage, &wholes));
    for (int p = 0; known && p < parts.count; p++)
        for (int w = 0; w < wholes.count; w++)
            add_ratio(found, parts.items[p], wholes.items[w]);
    return known;
}

static bool read_rate(const nb_check_run *run, const nb_percentage *percentage, ratios *found)
{
    const nb_subject *subject = &run->form->claims->subjects[percentage->subject];
    const nb_rate *rate = &subject->rates[percentage->rate];
    int64_t part, whole;
    if (!nb_claim_sum(run->report, subject, rate->part, -1, &part))
        return false;
    for (int i = 0; i < rate->whole.count; i++) {
        if (!nb_claim_sum(run->report, subject, rate->whole.rows[i], -1, &whole))
            return false;
        add_ratio(found, part, whole);
    }
    return true;
}

static bool read_growth(const nb_check_run *run, const nb_reading *reading,
                        const nb_percentage *percentage, ratios *found)
{
    const struct nb_claims *claims = run->form->claims;
    const nb_statement *statement = &reading->statements[percentage->statement];
    if (!run->previous || run->previous->form != run->form || statement->label_count != 1)
        return false;
    nb_label label = statement->labels[0];
    const nb_subject *subject = &claims->subjects[label.subject];
    nb_claim_choice choice = nb_label_choice(claims, label);
    for (int i = 0; i < choice.count; i++) {
        int64_t now, then;
        if (!nb_claim_sum(run->report, subject, choice.rows[i], label.column, &now) ||
            !nb_claim_sum(run->previous, subject, choice.rows[i], label.column, &then))
            return false;
        add_ratio(found, percentage->is_less ? then - now : now - then, then);
    }
    return true;
}

void nb_check_percentages(const nb_check_run *run, const nb_reading *reading, const nb_prose *prose)
{
    for (int i = 0; i < reading->percentage_count; i++) {
        const nb_percentage *percentage = &reading->percentages[i];
        ratios found = { .count = 0 };
        bool known = percentage->kind == NB_PERCENTAGE_SHARE
                         ? read_share(run, reading, percentage, &found)
                     : percentage->kind == NB_PERCENTAGE_RATE
                         ? read_rate(run, percentage, &found)
                         : read_growth(run, reading, percentage, &found);
        bool right = !known || found.count == 0;
        for (int r = 0; r < found.count; r++)
            right = right || fits(percentage, found.items[r]);
        if (!right)
            tell(run, prose, percentage, found.items[0]);
    }
}
