/* Texts that must be there. */
#include "check/text_check.h"

/* How many texts the check looks at, and how many of them find fits. */
static int count_texts(const nb_text_checking *c, int *fitting)
{
    int count = 0;
    nb_range range;
    *fitting = 0;
    for (int i = 0; i < c->run->prose_count; i++) {
        if (!nb_text_is_looked_at(c, &c->run->prose[i]))
            continue;
        count++;
        *fitting += c->check->find && nb_pattern_may_fit(c->check->find, c->run->prose[i].met) &&
                    nb_pattern_find(c->check->find, c->finder, c->run->prose[i].text, 0, &range);
    }
    return count;
}

/* The finding points at the value that asks for the text, or at the first of the sections. */
static void tell(const nb_text_checking *c)
{
    int slot = c->check->when_slot >= 0 ? c->check->when_slot : c->check->slots[0];
    nb_text_tell_at(c, nb_report_place(c->run->report, slot), 0, (nb_string){ "", 0 }, "");
}

void nb_check_empty(const nb_text_checking *c)
{
    int fitting, count = count_texts(c, &fitting);
    /* A section that is missing was told when the report was read. */
    bool is_there = c->run->report->values[c->check->slots[0]].state != NB_VALUE_MISSING;
    if (is_there && fitting == count)
        tell(c);
}

void nb_check_required(const nb_text_checking *c)
{
    int fitting, count = count_texts(c, &fitting);
    if (count && !fitting)
        tell(c);
}
