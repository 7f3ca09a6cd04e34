/* Days and years that the report as a whole must keep to. */
#include "check/text_check.h"

bool nb_is_day(int year, int month, int day)
{
    static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] &&
           (month != 2 || day < 29 || leap);
}

static const nb_deadline *deadline_of(const nb_text_checking *c, nb_string agency)
{
    nb_range range;
    for (int i = 0; i < c->check->deadline_count; i++) {
        const nb_deadline *deadline = &c->check->deadlines[i];
        if (!deadline->agency || nb_pattern_find(deadline->agency, c->finder, agency, 0, &range))
            return deadline;
    }
    return NULL;
}

void nb_check_deadline(const nb_text_checking *c)
{
    const nb_form *form = c->run->form;
    const nb_value *values = c->run->report->values;
    if (form->date_slot < 0 || values[form->date_slot].state != NB_VALUE_STATED ||
        values[form->agency_slot].state != NB_VALUE_STATED ||
        values[form->year_slot].state != NB_VALUE_STATED)
        return;
    nb_string date = values[form->date_slot].text;
    const nb_deadline *deadline = deadline_of(c, values[form->agency_slot].text);
    if (!deadline)
        return;
    const char *last =
        nb_arena_print(c->run->arena, "%04d-%02d-%02d", (int)values[form->year_slot].number + 1,
                       deadline->month, deadline->day);
    if (date.length == strlen(last) && memcmp(date.data, last, date.length) > 0)
        nb_text_tell_at(c, nb_report_place(c->run->report, form->date_slot), 0, date, last);
}

void nb_check_form_years(const nb_text_checking *c)
{
    const nb_form *form = c->run->form;
    const nb_value *year = &c->run->report->values[form->year_slot];
    if (year->state != NB_VALUE_STATED ||
        ((!form->first_year || year->number >= form->first_year) &&
         (!form->last_year || year->number <= form->last_year)))
        return;
    nb_text_tell_at(c, nb_report_place(c->run->report, form->year_slot), 0, year->text,
                    form->source);
}
