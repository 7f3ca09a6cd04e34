#include "planted_report.h"

#include "repair/judging.h"
#include "repair/repair.h"
#include <time.h>

enum { PLANTINGS = 40, MOST_PLANTED = 4, MOST_TOLD = 500 };

/* Reports for each number of faults; NB_PLANTINGS=1000 measures the rates more closely. */
static int plantings(void)
{
    const char *asked = getenv("NB_PLANTINGS");
    int count = asked ? number_in(asked) : 0;
    return count > 0 ? count : PLANTINGS;
}

static const nb_evidence_list no_evidence;

static nb_repair_list repairs_of(const nb_report *report)
{
    return nb_find_repairs(report, &no_evidence, MOST_TOLD, NB_CHINESE, report->arena);
}

static int64_t sum_of(const nb_report *report, const int *slots, int count)
{
    int64_t sum = 0;
    for (int i = 0; i < count; i++)
        sum += number_at(report, slots[i]);
    return sum;
}

/* How far each equation is from holding. */
static int64_t gap(const nb_report *report, int equation)
{
    const nb_equation *e = &report->form->equations[equation];
    return sum_of(report, e->totals, e->total_count) - sum_of(report, e->parts, e->part_count);
}

static bool is_balanced(const nb_report *report)
{
    for (int i = 0; i < report->form->equation_count; i++)
        if (gap(report, i) != 0)
            return false;
    return true;
}

/* The report with a repair holds; it is put back as it was. */
static void assert_mends(nb_report *report, const nb_repair *repair)
{
    int64_t old[16];
    assert_true(repair->cell_count <= 16);
    for (size_t i = 0; i < repair->cell_count; i++) {
        int slot = slot_at(report->form, repair->cells[i].pointer);
        old[i] = number_at(report, slot);
        assert_true(repair->cells[i].new_value >= 0);
        assert_true(repair->cells[i].new_value != old[i]);
        report->values[slot].number = repair->cells[i].new_value;
    }
    assert_true(is_balanced(report));
    for (size_t i = 0; i < repair->cell_count; i++)
        report->values[slot_at(report->form, repair->cells[i].pointer)].number = old[i];
}

static int coefficient(const nb_equation *e, int slot)
{
    int sum = 0;
    for (int i = 0; i < e->part_count; i++)
        sum += e->parts[i] == slot;
    for (int i = 0; i < e->total_count; i++)
        sum -= e->totals[i] == slot;
    return sum;
}

/* Every way to mend with one cell, or with two, by trying all. Solved apart from the search. */
typedef struct brute {
    const nb_report *report;
    int *slots;
    int slot_count;
    int *matrix; /* by equation, then slot */
    int64_t *gaps;
} brute;

static brute brute_new(const nb_report *report)
{
    const nb_form *form = report->form;
    nb_arena *arena = report->arena;
    brute b = { .report = report,
                .slots = NB_NEW_ARRAY(arena, int, (size_t)form->slot_count),
                .matrix =
                    NB_NEW_ARRAY(arena, int, (size_t)(form->slot_count * form->equation_count)),
                .gaps = NB_NEW_ARRAY(arena, int64_t, (size_t)form->equation_count) };
    for (int slot = 0; slot < form->slot_count; slot++)
        if (form->slots[slot].field->vector)
            b.slots[b.slot_count++] = slot;
    for (int e = 0; e < form->equation_count; e++) {
        b.gaps[e] = gap(report, e);
        for (int i = 0; i < b.slot_count; i++)
            b.matrix[e * b.slot_count + i] = coefficient(&form->equations[e], b.slots[i]);
    }
    return b;
}

static bool fits(const brute *b, int x, int y, int64_t gain_x, int64_t gain_y)
{
    for (int e = 0; e < b->report->form->equation_count; e++)
        if (b->matrix[e * b->slot_count + x] * gain_x + b->matrix[e * b->slot_count + y] * gain_y !=
            b->gaps[e])
            return false;
    return gain_x && gain_y && number_at(b->report, b->slots[x]) + gain_x >= 0 &&
           number_at(b->report, b->slots[y]) + gain_y >= 0;
}

/* Cramer's rule on the first two equations that settle both cells. */
static bool pair_mends(const brute *b, int x, int y)
{
    int first = -1;
    for (int e = 0; e < b->report->form->equation_count; e++) {
        int ex = b->matrix[e * b->slot_count + x], ey = b->matrix[e * b->slot_count + y];
        if (!ex && !ey)
            continue;
        if (first < 0) {
            first = e;
            continue;
        }
        int fx = b->matrix[first * b->slot_count + x], fy = b->matrix[first * b->slot_count + y];
        int determinant = fx * ey - fy * ex;
        if (!determinant)
            continue;
        int64_t gain_x = b->gaps[first] * ey - b->gaps[e] * fy;
        int64_t gain_y = b->gaps[e] * fx - b->gaps[first] * ex;
        return gain_x % determinant == 0 && gain_y % determinant == 0 &&
               fits(b, x, y, gain_x / determinant, gain_y / determinant);
    }
    return false;
}

static bool single_mends(const brute *b, int x)
{
    int64_t gain = 0;
    for (int e = 0; e < b->report->form->equation_count; e++)
        if (b->matrix[e * b->slot_count + x] && b->gaps[e])
            gain = b->gaps[e] / b->matrix[e * b->slot_count + x];
    for (int e = 0; e < b->report->form->equation_count; e++)
        if (b->matrix[e * b->slot_count + x] * gain != b->gaps[e])
            return false;
    return gain && number_at(b->report, b->slots[x]) + gain >= 0;
}

/* How many repairs there are of the size, which is 1 or 2. */
static int count_by_trying(const nb_report *report, size_t size)
{
    brute b = brute_new(report);
    int count = 0;
    for (int x = 0; x < b.slot_count; x++)
        if (size == 1)
            count += single_mends(&b, x);
        else
            for (int y = x + 1; y < b.slot_count; y++)
                count += pair_mends(&b, x, y);
    return count;
}

static int count_of_size(const nb_repair_list *list, size_t size)
{
    int count = 0;
    for (int i = 0; i < list->count; i++)
        count += list->repairs[i].change_count == size;
    return count;
}

static void assert_all_smallest(const nb_report *report, const nb_repair_list *list)
{
    size_t fewest = list->repairs[0].change_count;
    for (size_t size = 1; size <= 2 && size <= fewest; size++)
        assert_int_equal(count_by_trying(report, size), count_of_size(list, size));
}

typedef struct planted {
    int slots[MOST_PLANTED];
    int64_t right[MOST_PLANTED];
    int count;
} planted;

static planted plant(nb_report *report, random_source *random, int count)
{
    planted p = { .count = 0 };
    while (p.count < count) {
        int slot = random_below(random, report->form->slot_count);
        bool is_new = report->form->slots[slot].field->vector != NULL;
        for (int i = 0; i < p.count; i++)
            is_new = is_new && p.slots[i] != slot;
        if (!is_new)
            continue;
        p.slots[p.count] = slot;
        p.right[p.count++] = number_at(report, slot);
        set_number(report, slot, mistyped(random, number_at(report, slot)));
    }
    return p;
}

/* The repair gives every planted cell its right number, and changes no other. */
static bool is_true(const nb_report *report, const nb_repair *repair, const planted *p)
{
    if (repair->cell_count != (size_t)p->count)
        return false;
    for (int i = 0; i < p->count; i++) {
        bool is_mended = false;
        for (size_t k = 0; k < repair->cell_count; k++)
            is_mended =
                is_mended || (slot_at(report->form, repair->cells[k].pointer) == p->slots[i] &&
                              repair->cells[k].new_value == p->right[i]);
        if (!is_mended)
            return false;
    }
    return true;
}

/* The place of the true repair, from 0; -1 when it is not told. */
static int place_of_truth(const nb_report *report, const nb_repair_list *list, const planted *p)
{
    for (int i = 0; i < list->count; i++)
        if (is_true(report, &list->repairs[i], p))
            return i;
    return -1;
}

static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void planted_faults_are_found(void **state)
{
    report_test *t = *state;
    static const int least_first[] = { 0, 88, 88, 75, 60 }; /* percent, by faults */
    for (int faults = 1; faults <= MOST_PLANTED; faults++) {
        int count = plantings(), first = 0, third = 0, tenth = 0, smaller = 0;
        double worst = 0, all = 0;
        for (int i = 0; i < count; i++) {
            const nb_form *form = shipped_form(t);
            random_source random = { (uint64_t)(faults * 100000 + i) * 2654435761u + 1 };
            nb_report *report = balanced_report(t, form, &random);
            assert_true(is_balanced(report));
            planted p = plant(report, &random, faults);
            double start = milliseconds();
            nb_repair_list list = repairs_of(report);
            double taken = milliseconds() - start;
            worst = taken > worst ? taken : worst;
            all += taken;
            assert_int_equal(list.outcome, NB_REPAIR_FOUND);
            assert_true(list.is_complete);
            assert_true(list.repairs[0].change_count <= (size_t)faults);
            for (int k = 0; k < list.count; k++)
                assert_mends(report, &list.repairs[k]);
            if (i % 10 == 0 && list.found < MOST_TOLD)
                assert_all_smallest(report, &list);
            int place = place_of_truth(report, &list, &p);
            first += place == 0;
            third += place >= 0 && place < 3;
            tenth += place >= 0 && place < 10;
            smaller += list.repairs[0].change_count < (size_t)faults;
            nb_arena_drop(t->arena);
            t->arena = nb_arena_new();
        }
        print_message("%d faults: the true repair is first in %d%%, among 3 in %d%%, among 10 in "
                      "%d%%; fewer changes do in %d%%; %.1f ms on average, %.1f ms at worst\n",
                      faults, first * 100 / count, third * 100 / count, tenth * 100 / count,
                      smaller * 100 / count, all / count, worst);
        assert_true(first * 100 >= least_first[faults] * count);
    }
}

static void a_balanced_report_needs_none(void **state)
{
    report_test *t = *state;
    const nb_form *form = shipped_form(t);
    random_source random = { 1 };
    nb_report *report = balanced_report(t, form, &random);
    assert_int_equal(repairs_of(report).outcome, NB_REPAIR_NOT_NEEDED);
    /* a total that was left out is computed, and no fault */
    report->values[slot_at(form, "/requests/received/6")].state = NB_VALUE_MISSING;
    nb_report_compute(report);
    assert_int_equal(repairs_of(report).outcome, NB_REPAIR_NOT_NEEDED);
}

static void blanks_are_filled_as_far_as_they_are_settled(void **state)
{
    report_test *t = *state;
    const nb_form *form = shipped_form(t);
    random_source random = { 2 };
    nb_report *report = balanced_report(t, form, &random);
    int total = slot_at(form, "/requests/outcomes/total/6"),
        inner = slot_at(form, "/requests/outcomes/granted/1");
    int64_t right = number_at(report, total), also_right = number_at(report, inner);
    report->values[total] = (nb_value){ .state = NB_VALUE_BLANK };
    report->values[inner] =
        (nb_value){ .state = NB_VALUE_INVALID, .text = NB_STRING("/"), .quoted = true };
    nb_repair_list list = repairs_of(report);
    assert_int_equal(list.outcome, NB_REPAIR_FOUND);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.repairs[0].change_count, 0);
    assert_int_equal(list.repairs[0].cell_count, 2);
    assert_int_equal(list.repairs[0].cells[0].new_value, also_right);
    assert_string_equal(list.repairs[0].cells[0].old_text, "/");
    assert_int_equal(list.repairs[0].cells[1].new_value, right);
    assert_true(list.repairs[0].cells[1].is_fill);
    /* four blanks at the corners of a rectangle can be many numbers: they stay blank */
    static const char *const corners[] = { "/requests/outcomes/granted/1",
                                           "/requests/outcomes/granted/2",
                                           "/requests/outcomes/partly_granted/1",
                                           "/requests/outcomes/partly_granted/2" };
    for (size_t i = 0; i < 4; i++)
        report->values[slot_at(form, corners[i])] = (nb_value){ .state = NB_VALUE_BLANK };
    list = repairs_of(report);
    assert_int_equal(list.repairs[0].cell_count, 1);
    assert_string_equal(list.repairs[0].cells[0].pointer, "/requests/outcomes/total/6");
}

/* A fault in a row of six numbers, whose computed totals follow. */
static void rows_with_computed_totals_are_repaired(void **state)
{
    report_test *t = *state;
    const nb_form *form = shipped_form(t);
    random_source random = { 3 };
    nb_report *report = balanced_report(t, form, &random);
    for (int slot = 0; slot < form->slot_count; slot++)
        if (form->slots[slot].field->vector &&
            form->slots[slot].entry + 1 == form->slots[slot].field->slot_count &&
            slot != slot_at(form, "/requests/outcomes/total/6"))
            report->values[slot] = (nb_value){ .state = NB_VALUE_MISSING };
    int wrong = slot_at(form, "/requests/outcomes/refused/enforcement_files/2");
    int64_t right = number_at(report, wrong);
    set_number(report, wrong, right + 10);
    nb_report_compute(report);
    nb_repair_list list = repairs_of(report);
    assert_int_equal(list.outcome, NB_REPAIR_FOUND);
    /* without row totals any cell of the column may be the wrong one, if it is large enough */
    bool is_told = false;
    for (int i = 0; i < list.count; i++)
        is_told = is_told || (list.repairs[i].cell_count == 1 &&
                              slot_at(form, list.repairs[i].cells[0].pointer) == wrong &&
                              list.repairs[i].cells[0].new_value == right);
    assert_true(is_told);
}

static void evidence_decides_between_equals(void **state)
{
    report_test *t = *state;
    const nb_form *form = shipped_form(t);
    nb_report *report = filled(t, form, minimal_json(t));
    int received = slot_at(form, "/requests/received/0");
    int carried_in = slot_at(form, "/requests/carried_in/0");
    /* received and carried in are both one more: column and totals no longer fit */
    set_number(report, received, 3);
    nb_report_compute(report);
    nb_value *computed = &report->values[slot_at(form, "/requests/received/6")];
    *computed = (nb_value){ .state = NB_VALUE_COMPUTED, .number = 4, .text = NB_STRING("4") };
    nb_evidence says = { .slots = &received,
                         .slot_count = 1,
                         .minus_first = 1,
                         .scale = 1,
                         .low = 3,
                         .high = 3,
                         .words = "收到3件" };
    nb_evidence_list evidence = { &says, 1, 1 };
    nb_repair_list plain = nb_find_repairs(report, &no_evidence, MOST_TOLD, NB_CHINESE, t->arena);
    nb_repair_list told = nb_find_repairs(report, &evidence, MOST_TOLD, NB_CHINESE, t->arena);
    assert_string_equal(plain.repairs[0].cells[0].pointer, "/requests/received/0");
    assert_true(slot_at(form, told.repairs[0].cells[0].pointer) != received);
    says.is_previous = true;
    says.slots = &carried_in;
    says.low = says.high = 0;
    told = nb_find_repairs(report, &evidence, MOST_TOLD, NB_CHINESE, t->arena);
    assert_true(slot_at(form, told.repairs[0].cells[0].pointer) != carried_in);
}

static void slips_of_typing_are_known(void **state)
{
    (void)state;
    static const struct {
        int64_t right, wrong;
        nb_slip slip;
    } cases[] = { { 13, 31, NB_SLIP_TURNED },   { 4, 5, NB_SLIP_DIGIT },
                  { 12, 122, NB_SLIP_ADDED },   { 0, 10, NB_SLIP_ADDED },
                  { 120, 12, NB_SLIP_DROPPED }, { 1258, 1528, NB_SLIP_TURNED },
                  { 1258, 8521, NB_SLIP_NONE }, { 7, 700, NB_SLIP_NONE },
                  { 99, 100, NB_SLIP_NONE } };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(nb_slip_between(cases[i].right, cases[i].wrong), cases[i].slip);
}

/* More faults than the search goes after: it says so, and tells nothing. */
static void too_many_faults_are_not_guessed_at(void **state)
{
    report_test *t = *state;
    const nb_form *form = shipped_form(t);
    random_source random = { 5 };
    nb_report *report = balanced_report(t, form, &random);
    for (int slot = 0; slot < form->slot_count; slot++)
        if (form->slots[slot].field->vector && form->slots[slot].entry == slot / 7 % 5)
            set_number(report, slot, number_at(report, slot) + 1 + slot);
    nb_repair_list list = repairs_of(report);
    assert_int_equal(list.outcome, NB_REPAIR_NOT_FOUND);
    assert_false(list.is_complete);
    assert_int_equal(list.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        REPORT_TEST(planted_faults_are_found),
        REPORT_TEST(a_balanced_report_needs_none),
        REPORT_TEST(blanks_are_filled_as_far_as_they_are_settled),
        REPORT_TEST(rows_with_computed_totals_are_repaired),
        REPORT_TEST(evidence_decides_between_equals),
        REPORT_TEST(slips_of_typing_are_known),
        REPORT_TEST(too_many_faults_are_not_guessed_at),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
