/* Days and years that the report as a whole must keep to. */
#include "check/text_check.h"

#include "form/choices.h"

/* The deadline that the report itself names: places ask for earlier days. */
static bool own_deadline(const nb_text_checking *c, nb_deadline *out)
{
    const nb_report *report = c->run->report;
    for (int i = 0; i < report->choice_count; i++)
        if (report->choices[i].deadline.length &&
            strcmp(report->choices[i].setting.rule, c->check->rule->id) == 0)
            return nb_day_of_year(report->choices[i].deadline, &out->month, &out->day);
    return false;
}

static bool form_deadline(const nb_text_checking *c, nb_deadline *out)
{
    for (int i = 0; i < c->check->deadline_count; i++) {
        *out = c->check->deadlines[i];
        if (!out->agency || nb_text_fits_agency(c, out->agency))
            return true;
    }
    return false;
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
    nb_deadline deadline;
    if (!own_deadline(c, &deadline) && !form_deadline(c, &deadline))
        return;
    const char *last =
        nb_arena_print(c->run->arena, "%04d-%02d-%02d", (int)values[form->year_slot].number + 1,
                       deadline.month, deadline.day);
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
