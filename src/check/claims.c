/* Rule L5: what the text says of the tables, against the tables. */
#include "check/claims.h"

#include "check/steps.h"
#include "form/reader.h"

/* A value in ten-thousandths; false when it is no number, or too large to be told so exactly. */
static bool value_of(const nb_report *report, int slot, int64_t *out)
{
    const nb_value *value = &report->values[slot];
    const char *rest;
    if (value->state != NB_VALUE_STATED && value->state != NB_VALUE_COMPUTED)
        return false;
    if (report->form->slots[slot].field->kind == NB_FIELD_AMOUNT)
        return nb_reader_decimal(value->text, out, &rest) && *rest == '\0';
    return !__builtin_mul_overflow(value->number, (int64_t)NB_NUMBER_ONE, out);
}

/* How many slots of a row a column takes, and the first of them in *entries. */
static int column_entries(const nb_subject *subject, int column, const int **entries, int *total)
{
    *total = subject->vector ? subject->vector->count - 1 : 0;
    if (column < 0 || !subject->vector) {
        *entries = total;
        return 1;
    }
    *entries = subject->columns[column].entries;
    return subject->columns[column].count;
}

bool nb_claim_sum(const nb_report *report, const nb_subject *subject, nb_claim_rows rows,
                  int column, int64_t *sum)
{
    const int *entries;
    int total, count = column_entries(subject, column, &entries, &total);
    *sum = 0;
    for (int row = 0; row < rows.count; row++)
        for (int i = 0; i < count; i++) {
            int64_t value;
            if (!value_of(report, rows.slots[row] + entries[i], &value) ||
                __builtin_mul_overflow(value, subject->factor, &value) ||
                __builtin_add_overflow(*sum, value, sum))
                return false;
        }
    return true;
}

static void add_slots(nb_arena *arena, const nb_subject *subject, nb_claim_rows rows, int column,
                      nb_claim *claim, int *capacity)
{
    const int *entries;
    int total, count = column_entries(subject, column, &entries, &total);
    int *slots = (int *)claim->slots;
    for (int row = 0; row < rows.count; row++)
        for (int i = 0; i < count; i++) {
            NB_GROW(arena, slots, claim->slot_count, capacity);
            slots[claim->slot_count++] = rows.slots[row] + entries[i];
        }
    claim->slots = slots;
}

typedef struct judging {
    const nb_check_run *run;
    const nb_statement *statement;
    nb_claim claim;
    bool is_tried;
} judging;

/* Try one reading of a statement; once one has held, no other counts. */
static void try_rows(judging *j, nb_label label, nb_claim_rows rows)
{
    const nb_report *report = j->run->report;
    const nb_subject *subject = &report->form->claims->subjects[label.subject];
    int64_t sum;
    bool judged = nb_claim_sum(report, subject, rows, label.column, &sum);
    bool holds = judged && sum >= j->claim.low && sum <= j->claim.high;
    if (j->is_tried && !holds) {
        /* A reading whose cells are blank leaves the claim in doubt. */
        j->claim.is_judged = j->claim.is_judged && judged;
        return;
    }
    int capacity = 0;
    j->claim.slots = NULL;
    j->claim.slot_count = 0;
    add_slots(j->run->arena, subject, rows, label.column, &j->claim, &capacity);
    j->claim.factor = subject->factor;
    j->claim.is_judged = judged;
    j->claim.holds = holds;
    j->claim.sum = judged ? sum : 0;
    j->is_tried = true;
}

static void try_choice(judging *j, nb_label label, nb_claim_choice choice)
{
    for (int i = 0; i < choice.count && !j->claim.holds; i++)
        try_rows(j, label, choice.rows[i]);
}

/* One label: any of its readings may be meant. */
static void judge_label(judging *j, nb_label label)
{
    const struct nb_claims *claims = j->run->form->claims;
    const nb_subject *subject = &claims->subjects[label.subject];
    if (j->statement->is_none_left) {
        try_rows(j, label, subject->measures[label.measure].zero);
        return;
    }
    try_choice(j, label, nb_label_choice(claims, label));
    if (j->statement->is_wide && label.measure >= 0)
        try_choice(j, label, subject->measures[label.measure].wide);
}

/* Several labels: the sum of the first reading of each. */
static void judge_sum(judging *j)
{
    const struct nb_claims *claims = j->run->form->claims;
    int capacity = 0;
    j->claim.is_judged = true;
    for (int i = 0; i < j->statement->label_count; i++) {
        nb_label label = j->statement->labels[i];
        nb_claim_choice choice = nb_label_choice(claims, label);
        const nb_subject *subject = &claims->subjects[label.subject];
        int64_t sum;
        if (choice.count == 0 ||
            !nb_claim_sum(j->run->report, subject, choice.rows[0], label.column, &sum) ||
            __builtin_add_overflow(j->claim.sum, sum, &j->claim.sum)) {
            j->claim.is_judged = false;
            continue;
        }
        j->claim.factor = subject->factor;
        add_slots(j->run->arena, subject, choice.rows[0], label.column, &j->claim, &capacity);
    }
    j->claim.holds =
        j->claim.is_judged && j->claim.sum >= j->claim.low && j->claim.sum <= j->claim.high;
}

static nb_claim judge(const nb_check_run *run, int prose, const nb_statement *statement)
{
    judging j = { .run = run,
                  .statement = statement,
                  .claim = { .prose = prose,
                             .start = statement->start,
                             .end = statement->end,
                             .phrase_start = statement->phrase_start,
                             .phrase_end = statement->phrase_end,
                             .factor = 1,
                             .low = statement->number.low,
                             .high = statement->number.high,
                             .is_exact = statement->number.low == statement->number.high } };
    if (statement->label_count == 1)
        judge_label(&j, statement->labels[0]);
    else
        judge_sum(&j);
    return j.claim;
}

/* 收到6件，均为自然人提出: where 6 is wrong already, that it is not the natural persons' says no more. */
static bool echoes_a_fault(const nb_check_run *run, int prose, const nb_reading *reading,
                           const nb_statement *statement)
{
    if (statement->echoes < 0)
        return false;
    nb_claim taken_up = judge(run, prose, &reading->statements[statement->echoes]);
    return taken_up.is_judged && !taken_up.holds;
}

nb_readings nb_readings_of(const nb_check_run *run)
{
    nb_readings out = { NB_NEW_ARRAY(run->arena, nb_reading, (size_t)run->prose_count + 1) };
    if (!run->form->claims)
        return out;
    nb_text_reader reader = nb_text_reader_of(run->report, run->arena);
    const nb_form_part *part = NULL;
    int subject = -1;
    for (int i = 0; i < run->prose_count; i++) {
        const nb_prose *prose = &run->prose[i];
        if (i == 0 || prose->part != part)
            subject = prose->part ? nb_read_heading(&reader, prose->part->heading) : -1;
        part = prose->part;
        if (prose->look.kind == NB_PROSE_HEADING)
            subject = nb_read_heading(&reader, prose->text);
        else
            out.readings[i] = nb_read_text(&reader, prose->text, subject);
    }
    return out;
}

nb_claims_found nb_claims_find(const nb_check_run *run, const nb_readings *readings)
{
    nb_claims_found found = { NULL, 0, 0 };
    for (int i = 0; i < run->prose_count; i++) {
        const nb_reading *reading = &readings->readings[i];
        for (int s = 0; s < reading->statement_count; s++) {
            const nb_statement *statement = &reading->statements[s];
            if (statement->label_count == 0 || echoes_a_fault(run, i, reading, statement))
                continue;
            NB_GROW(run->arena, found.claims, found.count, &found.capacity);
            found.claims[found.count++] = judge(run, i, statement);
        }
    }
    return found;
}

const char *nb_claim_digits(nb_arena *arena, int64_t value)
{
    nb_buffer *out = nb_buffer_new(arena, 64);
    nb_buffer_decimal(out, value, 4);
    return nb_arena_copy(arena, out->data, out->length);
}

const char *nb_claim_name(const nb_check_run *run, const int *slots, int count)
{
    enum { MOST_SHOWN = 2 };
    const char *name = "";
    for (int i = 0; i < count && i < MOST_SHOWN; i++)
        name = nb_arena_print(run->arena, "%s%s%s", name, i > 0 ? " + " : "",
                              run->form->slots[slots[i]].label);
    return count > MOST_SHOWN ? nb_arena_print(run->arena,
                                               NB_RUN_SAY(run, "%s 等 %d 格之和",
                                                          "%s and others, %d cells together"),
                                               name, count)
                              : name;
}

static void tell(const nb_check_run *run, const nb_claim *claim)
{
    const nb_prose *prose = &run->prose[claim->prose];
    nb_string phrase = { prose->text.data + claim->phrase_start,
                         claim->phrase_end - claim->phrase_start };
    nb_finding *finding = nb_check_tell_text(
        run, "L5", NB_ERROR, prose, claim->start, claim->end,
        NB_RUN_SAY(run, "文中“%.*s”，表中“%s”为 %s",
                   "the text says “%.*s”, but “%s” in the table is %s"),
        (int)phrase.length, phrase.data, nb_claim_name(run, claim->slots, claim->slot_count),
        nb_claim_digits(run->arena, claim->sum / claim->factor));
    nb_finding_hint(run->findings, finding, "%s",
                    NB_RUN_SAY(run, "核对哪一处有误，改正文或改表",
                               "check which of the two is wrong, and correct it"));
    nb_finding_clause(run->findings, finding, run->form->claims->clause);
}

/* 比上年增加3件: against the previous report. */
static void check_difference(const nb_check_run *run, const nb_reading *reading, int prose,
                             const nb_difference *difference)
{
    const struct nb_claims *claims = run->form->claims;
    if (!run->previous || run->previous->form != run->form || difference->statement < 0)
        return;
    const nb_statement *statement = &reading->statements[difference->statement];
    if (statement->label_count != 1 || difference->number.counter != statement->number.counter)
        return;
    nb_label label = statement->labels[0];
    const nb_subject *subject = &claims->subjects[label.subject];
    nb_claim_choice choice = nb_label_choice(claims, label);
    int64_t now, then, found = 0;
    for (int i = 0; i < choice.count; i++) {
        if (!nb_claim_sum(run->report, subject, choice.rows[i], label.column, &now) ||
            !nb_claim_sum(run->previous, subject, choice.rows[i], label.column, &then))
            return;
        int64_t change = difference->is_less ? then - now : now - then;
        if (change >= difference->number.low && change <= difference->number.high)
            return;
        if (i == 0)
            found = now - then;
    }
    if (choice.count == 0)
        return;
    const nb_prose *said = &run->prose[prose];
    nb_finding *finding = nb_check_tell_text(
        run, "L5", NB_ERROR, said, difference->start, difference->end,
        NB_RUN_SAY(run, "文中%s“%.*s”，按两年的表应为%s %s",
                   "the text says %s “%.*s”, but by the tables of both years it is %s %s"),
        difference->is_less ? NB_RUN_SAY(run, "减少", "less by")
                            : NB_RUN_SAY(run, "增加", "more by"),
        (int)(difference->end - difference->start), said->text.data + difference->start,
        found < 0 ? NB_RUN_SAY(run, "减少", "less by") : NB_RUN_SAY(run, "增加", "more by"),
        nb_claim_digits(run->arena, (found < 0 ? -found : found) / subject->factor));
    nb_finding_clause(run->findings, finding, claims->clause);
}

void nb_check_claims(const nb_check_run *run)
{
    if (!run->form->claims)
        return;
    nb_readings readings = nb_readings_of(run);
    nb_claims_found found = nb_claims_find(run, &readings);
    for (int i = 0; i < found.count; i++)
        if (found.claims[i].is_judged && !found.claims[i].holds)
            tell(run, &found.claims[i]);
    for (int i = 0; i < run->prose_count; i++) {
        const nb_reading *reading = &readings.readings[i];
        for (int d = 0; d < reading->difference_count; d++)
            check_difference(run, reading, i, &reading->differences[d]);
        nb_check_percentages(run, reading, &run->prose[i]);
        nb_check_parts(run, reading, &run->prose[i]);
    }
}
