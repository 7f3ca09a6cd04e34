/* Reports whose sums balance, and faults planted into them as people make them. */
#ifndef PLANTED_REPORT_H
#define PLANTED_REPORT_H

#include "random_report.h"

static inline void set_number(nb_report *report, int slot, int64_t number)
{
    report->values[slot] = (nb_value){ .state = NB_VALUE_STATED, .number = number };
    report->values[slot].text =
        nb_string_of(nb_arena_print(report->arena, "%lld", (long long)number));
}

static inline int64_t number_at(const nb_report *report, int slot)
{
    return report->values[slot].number;
}

static inline int slot_at(const nb_form *form, const char *pointer)
{
    int slot = nb_form_slot(form, nb_string_of(pointer));
    assert_true(slot >= 0);
    return slot;
}

/* A number as such tables have them: mostly none, then few. */
static inline int64_t some_number(random_source *random)
{
    int kind = random_below(random, 20);
    return kind < 11 ? 0 : random_below(random, kind < 17 ? 12 : kind < 19 ? 150 : 4000);
}

static inline void total_of_row(nb_report *report, int slot)
{
    int count = report->form->slots[slot].field->slot_count;
    int64_t sum = 0;
    for (int i = 0; i + 1 < count; i++)
        sum += number_at(report, slot + i);
    set_number(report, slot + count - 1, sum);
}

/* Every number stated, every equation of the form met. */
static inline nb_report *balanced_report(report_test *t, const nb_form *form, random_source *random)
{
    nb_report *report = nb_report_new_empty(form, "r.json", t->arena);
    int received = slot_at(form, "/requests/received/0");
    int carried_in = slot_at(form, "/requests/carried_in/0");
    int outcomes = slot_at(form, "/requests/outcomes/granted/0");
    int total = slot_at(form, "/requests/outcomes/total/0");
    int carried_out = slot_at(form, "/requests/carried_out/0");
    int count = form->slots[received].field->slot_count;
    for (int entry = 0; entry + 1 < count; entry++) {
        int64_t sum = 0;
        for (int slot = outcomes + entry; slot < total; slot += count) {
            set_number(report, slot, some_number(random));
            sum += number_at(report, slot);
        }
        set_number(report, total + entry, sum);
        set_number(report, carried_out + entry, random_below(random, 4));
        sum += number_at(report, carried_out + entry);
        int64_t before = sum ? random_below(random, (int)(sum < 5 ? sum + 1 : 6)) : 0;
        set_number(report, carried_in + entry, before);
        set_number(report, received + entry, sum - before);
    }
    for (int slot = received; slot <= carried_out; slot += count)
        total_of_row(report, slot);
    for (int slot = slot_at(form, "/litigation/reconsideration/0"); slot < form->slot_count; slot++)
        if (form->slots[slot].field->vector && form->slots[slot].entry == 0) {
            for (int entry = 0; entry < 4; entry++)
                set_number(report, slot + entry, random_below(random, 6));
            total_of_row(report, slot);
        }
    return report;
}

/* The number as someone may mistype it; another than it is. */
static inline int64_t mistyped(random_source *random, int64_t number)
{
    int64_t power = 1, wrong = number;
    int digits = 1;
    for (int64_t rest = number; rest >= 10; rest /= 10)
        digits++;
    for (int i = random_below(random, digits); i > 0; i--)
        power *= 10;
    switch (random_below(random, 6)) {
    case 0: /* two digits turned */
        if (number >= 10) {
            int64_t low = number / power % 10, high = number / power / 10 % 10;
            wrong = number + (low - high) * power * 10 + (high - low) * power;
        }
        break;
    case 1: /* a digit too many */
        wrong = number / power * power * 10 + number / power % 10 * power + number % power;
        break;
    case 2: /* a digit left out */
        wrong = number / power / 10 * power + number % power;
        break;
    case 3: /* one more or less */
        wrong = number + (random_below(random, 2) ? 1 : -1);
        break;
    default: /* another digit */
        wrong = number - number / power % 10 * power + random_below(random, 10) * power;
    }
    return wrong >= 0 && wrong != number ? wrong : number + 1 + random_below(random, 3);
}

#endif
