/* Rule L7: the parts that follow a number, added up. */
#include "check/claims.h"
#include "check/steps.h"

/* What a part is told apart by: a list goes on after a comma only with its like. */
typedef enum part_kind { PART_UNKNOWN, PART_MEASURE, PART_COLUMN } part_kind;

static part_kind kind_of(const nb_statement *part, const nb_statement *whole)
{
    if (part->label_count != 1)
        return PART_UNKNOWN;
    if (part->labels[0].column >= 0)
        return PART_COLUMN;
    bool same = whole->label_count == 1 && whole->labels[0].measure == part->labels[0].measure;
    return same ? PART_UNKNOWN : PART_MEASURE;
}

/* How many parts of the list are of one kind and one counter with its whole. */
static int length_of(const nb_reading *reading, const nb_part_list *list)
{
    const nb_statement *whole = &reading->statements[list->whole];
    part_kind first = kind_of(&reading->statements[list->parts[0]], whole);
    for (int i = 0; i < list->part_count; i++) {
        const nb_statement *part = &reading->statements[list->parts[i]];
        bool same = part->number.counter == whole->number.counter && part->number.counter >= 0;
        if (!same || (i >= list->certain && kind_of(part, whole) != first))
            return i;
    }
    return list->part_count;
}

/* The parts are columns that together are all of the subject's row. */
static bool is_partition(const nb_check_run *run, const nb_reading *reading,
                         const nb_part_list *list, int count)
{
    uint64_t seen = 0;
    const nb_vector *vector = NULL;
    for (int i = 0; i < count; i++) {
        const nb_statement *part = &reading->statements[list->parts[i]];
        if (part->label_count != 1 || part->labels[0].column < 0)
            return false;
        const nb_subject *subject = &run->form->claims->subjects[part->labels[0].subject];
        const nb_claim_column *column = &subject->columns[part->labels[0].column];
        vector = subject->vector;
        for (int e = 0; e < column->count; e++)
            seen |= (uint64_t)1 << (column->entries[e] & 63);
    }
    return vector && vector->count < 64 && seen == ((uint64_t)1 << (vector->count - 1)) - 1;
}

/*
 * Whether a list that adds up to less claims to be all: it says so; its labels divide the row; or
 * it ends its sentence, and so little is missing that a slip is likelier than a selection.
 */
static bool claims_all(const nb_check_run *run, const nb_reading *reading, const nb_part_list *list,
                       int count, int64_t sum, int64_t whole)
{
    int64_t missing = whole - sum;
    if (list->is_open || count < list->part_count || count < 2)
        return false;
    if (list->is_complete || is_partition(run, reading, list, count))
        return true;
    return list->ends && (missing <= whole / 10 ||
                          (missing == NB_NUMBER_ONE && whole >= 5 * (int64_t)NB_NUMBER_ONE));
}

static void tell(const nb_check_run *run, const nb_reading *reading, const nb_part_list *list,
                 const nb_prose *prose, int count, int64_t sum)
{
    const nb_statement *whole = &reading->statements[list->whole];
    nb_finding *finding = nb_check_tell_text(
        run, "L7", NB_WARNING, prose, whole->start, whole->end,
        NB_RUN_SAY(run, "文中“%.*s”，其后分项 %d 个合计为 %s",
                   "the text says “%.*s”, but the %d parts that follow add up to %s"),
        (int)(whole->end - whole->start), prose->text.data + whole->start, count,
        nb_claim_digits(run->arena, sum));
    nb_finding_hint(run->findings, finding, "%s",
                    sum > whole->number.value
                        ? NB_RUN_SAY(run, "核对总数和各分项", "check the total and its parts")
                        : NB_RUN_SAY(run, "核对总数和各分项；若没有列全，在末项后加“等”",
                                     "check the total and its parts; if they are not all, say so"));
    nb_finding_clause(run->findings, finding, run->form->claims->clause);
}

static void check_list(const nb_check_run *run, const nb_reading *reading, const nb_part_list *list,
                       const nb_prose *prose)
{
    if (list->whole < 0 || list->part_count == 0 || list->is_mixed)
        return;
    const nb_statement *whole = &reading->statements[list->whole];
    int count = length_of(reading, list);
    int64_t low = 0, high = 0, sum = 0;
    for (int i = 0; i < count; i++) {
        const nb_number *part = &reading->statements[list->parts[i]].number;
        if (part->is_vague || __builtin_add_overflow(high, part->high, &high))
            return;
        sum += part->value;
        low += part->low;
        /* After a comma the list may have ended, and what follows is no part. */
        bool may_end =
            i + 1 == count || (i + 1 >= list->certain &&
                               kind_of(&reading->statements[list->parts[i]], whole) != PART_COLUMN);
        if (may_end && low <= whole->number.high && high >= whole->number.low)
            return;
    }
    if (count < (list->is_implied ? 2 : 1) || whole->number.is_vague)
        return;
    if (low > whole->number.high ||
        (high < whole->number.low &&
         claims_all(run, reading, list, count, sum, whole->number.value)))
        tell(run, reading, list, prose, count, sum);
}

void nb_check_parts(const nb_check_run *run, const nb_reading *reading, const nb_prose *prose)
{
    for (int i = 0; i < reading->list_count; i++)
        check_list(run, reading, &reading->lists[i], prose);
}
