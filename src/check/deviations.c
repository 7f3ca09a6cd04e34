/* Words of the form that a published report had otherwise, as the import noted them. */
#include "check/text_check.h"

void nb_check_deviations(const nb_text_checking *c)
{
    const nb_report *report = c->run->report;
    for (int i = 0; i < report->deviation_count; i++) {
        const nb_deviation *seen = &report->deviations[i];
        if (seen->kind != c->check->deviation || seen->is_former != c->check->former)
            continue;
        nb_place place = { report->name, seen->line, seen->column, "" };
        nb_text_tell_at(c, place, seen->length, seen->seen, seen->official.data);
    }
}
