#include "form/fill.h"

/* A value that says nothing yet, as far as its kind can. */
static nb_value nothing_of(const nb_field *field, bool is_blank)
{
    switch (field->kind) {
    case NB_FIELD_GROUP:
    case NB_FIELD_DATE:
        break;
    case NB_FIELD_TEXT:
        if (field->required)
            return (nb_value){ .state = NB_VALUE_STATED, .text = NB_STRING("") };
        break;
    case NB_FIELD_YEAR:
        return (nb_value){ .state = NB_VALUE_BLANK };
    case NB_FIELD_FLAG:
    case NB_FIELD_LINES:
    case NB_FIELD_PROSE:
    case NB_FIELD_RECORDS:
        return (nb_value){ .state = NB_VALUE_STATED };
    case NB_FIELD_COUNT:
    case NB_FIELD_CHANGE:
    case NB_FIELD_AMOUNT:
    case NB_FIELD_VECTOR:
        if (is_blank)
            return (nb_value){ .state = NB_VALUE_BLANK };
        return (nb_value){ .state = NB_VALUE_STATED, .text = NB_STRING("0") };
    }
    return (nb_value){ .state = NB_VALUE_MISSING };
}

/* The form's own title, in which agency and year stand by their names. */
static void state_title(nb_report *report)
{
    const nb_form *form = report->form;
    nb_value *title = &report->values[form->title_slot];
    title->items = NB_NEW_ARRAY(report->arena, nb_item, (size_t)form->title_count);
    for (int i = 0; i < form->title_count; i++)
        title->items[title->item_count++] = (nb_item){ .text = form->title[i] };
}

nb_report *nb_report_new_skeleton(const nb_form *form, nb_string agency, int year, bool is_blank,
                                  nb_arena *arena)
{
    nb_report *report = nb_report_new_empty(form, "", arena);
    for (int slot = 0; slot < form->slot_count; slot++)
        report->values[slot] = nothing_of(form->slots[slot].field, is_blank);
    for (int i = 0; i < form->equation_count; i++)
        if (form->equations[i].computes)
            report->values[form->equations[i].totals[0]].state = NB_VALUE_MISSING;
    state_title(report);
    if (agency.length)
        report->values[form->agency_slot] = (nb_value){ .state = NB_VALUE_STATED, .text = agency };
    if (year)
        report->values[form->year_slot] =
            (nb_value){ .state = NB_VALUE_STATED,
                        .number = year,
                        .text = nb_string_of(nb_arena_print(arena, "%d", year)) };
    nb_report_compute(report);
    return report;
}
