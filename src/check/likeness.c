/*
 * Texts taken over from last year's report. How much two texts have in common is told by their runs
 * of three characters: twice the number that both have, over the number of all. Years and figures
 * change from year to year in any report, so every number counts as the same one; blanks and width
 * do not count.
 */
#include "check/steps.h"

#include <stdlib.h>

typedef struct runs {
    uint64_t *list; /* three characters each, sorted */
    int count;
    int capacity;
    int characters;
} runs;

enum { CODE_POINT_BITS = 21 };

typedef struct reading {
    nb_arena *arena;
    runs *into;
    uint64_t last; /* the characters before, the latest lowest */
    bool in_number;
} reading;

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static void add_character(reading *r, uint32_t c)
{
    const uint64_t three = (UINT64_C(1) << (3 * CODE_POINT_BITS)) - 1;
    c = c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c;
    if (c <= ' ' || c == 0xA0 || c == 0x3000 || c == NB_UTF8_INVALID)
        return;
    bool goes_on = r->in_number && (is_digit(c) || c == '.' || c == ',');
    r->in_number = is_digit(c) || goes_on;
    if (goes_on)
        return;
    r->last = ((r->last << CODE_POINT_BITS) | (is_digit(c) ? '0' : c)) & three;
    if (++r->into->characters < 3)
        return;
    NB_GROW(r->arena, r->into->list, r->into->count, &r->into->capacity);
    r->into->list[r->into->count++] = r->last;
}

static int by_value(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return (left > right) - (left < right);
}

/* The runs of the texts that stand at one of the slots. */
static runs runs_of(const nb_prose *prose, int count, const int *slots, int slot_count,
                    nb_arena *arena)
{
    runs found = { NULL, 0, 0, 0 };
    reading r = { arena, &found, 0, false };
    for (int i = 0; i < count; i++)
        for (int s = 0; s < slot_count; s++) {
            if (prose[i].part->prose_slot != slots[s])
                continue;
            const char *at = prose[i].text.data, *end = at + prose[i].text.length;
            while (at < end)
                add_character(&r, nb_utf8_next(&at, end));
        }
    if (found.count)
        qsort(found.list, (size_t)found.count, sizeof *found.list, by_value);
    return found;
}

/* How much of both is in common, in percent, rounded down. */
static int percent_of(const runs *a, const runs *b)
{
    int64_t common = 0;
    for (int i = 0, j = 0; i < a->count && j < b->count;) {
        if (a->list[i] == b->list[j]) {
            common++;
            i++;
            j++;
        } else if (a->list[i] < b->list[j]) {
            i++;
        } else {
            j++;
        }
    }
    int64_t all = (int64_t)a->count + b->count;
    return all ? (int)(200 * common / all) : 0;
}

typedef struct matching {
    const nb_check_run *run;
    const nb_prose *previous;
    int previous_count;
} matching;

/* How much the texts at some slots have in common with last year's; -1 when they are too short. */
static int alike(const matching *m, const int *slots, int count)
{
    const nb_check_run *run = m->run;
    int *others = NB_NEW_ARRAY(run->arena, int, (size_t)count);
    int other_count = 0;
    for (int i = 0; i < count; i++) {
        int other =
            nb_form_slot(run->previous->form, nb_string_of(run->form->slots[slots[i]].pointer));
        if (other >= 0)
            others[other_count++] = other;
    }
    runs own = runs_of(run->prose, run->prose_count, slots, count, run->arena);
    if (own.characters < run->form->likeness.least_characters)
        return -1;
    runs last = runs_of(m->previous, m->previous_count, others, other_count, run->arena);
    return percent_of(&own, &last);
}

static const char *heading_of(const nb_form *form, int slot)
{
    for (int i = 0; i < form->part_count; i++)
        if (form->parts[i].prose_slot == slot)
            return form->parts[i].heading.data;
    return form->slots[slot].label;
}

static void tell(const matching *m, int slot, const char *name, int percent)
{
    const nb_check_run *run = m->run;
    const nb_rule *rule = run->form->likeness.rule;
    int other = nb_form_slot(run->previous->form, nb_string_of(run->form->slots[slot].pointer));
    int line = other >= 0 ? run->previous->values[other].line : 0;
    const char *place = line ? nb_arena_print(run->arena, ":%d", line) : "";
    nb_check_explain(
        run,
        nb_check_tell(run, rule->id, rule->severity, nb_report_place(run->report, slot),
                      NB_RUN_SAY(run, "%s与上年报告 %s%s 有 %d%% 的文字相同（数字不计）",
                                 "%s and last year's report %s%s have %d%% of the text in common, "
                                 "figures aside"),
                      name, run->previous->name, place, percent),
        rule);
}

void nb_check_likeness(const nb_check_run *run)
{
    const nb_likeness *rule = &run->form->likeness;
    matching m = { .run = run };
    if (rule->section_count == 0)
        return;
    m.previous = nb_prose_of_parts(run->previous, run->style, run->arena, &m.previous_count);
    int *percents = NB_NEW_ARRAY(run->arena, int, (size_t)rule->section_count);
    bool is_copy = true;
    for (int i = 0; i < rule->section_count; i++) {
        percents[i] = alike(&m, &rule->sections[i], 1);
        is_copy = is_copy && (percents[i] < 0 || percents[i] >= rule->least_percent);
    }
    int whole = is_copy ? alike(&m, rule->whole, rule->whole_count) : 0;
    if (whole >= rule->least_percent) {
        tell(&m, rule->whole[0], NB_RUN_SAY(run, "全文", "the whole report"), whole);
        return;
    }
    for (int i = 0; i < rule->section_count; i++) {
        const char *name =
            nb_arena_print(run->arena, "“%s”", heading_of(run->form, rule->sections[i]));
        if (percents[i] >= rule->least_percent)
            tell(&m, rule->sections[i], name, percents[i]);
    }
}
