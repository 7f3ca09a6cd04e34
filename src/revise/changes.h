/* What differs between two reports of one form, as a reader would say it. */
#ifndef NB_REVISE_CHANGES_H
#define NB_REVISE_CHANGES_H

#include "form/form.h"
#include "report/report.h"

typedef struct nb_changes {
    nb_report_change *list; /* in the form's order */
    int count;
} nb_changes;

/*
 * Every difference of two reports of one form, values and texts. Texts are compared as they are
 * shown, with values in place of their names; where only the words as written differ, those. The
 * reports are borrowed; language is that of the labels' own words.
 */
nb_changes nb_report_changes(const struct nb_report *old_report, const struct nb_report *new_report,
                             nb_language language, nb_arena *arena);

#endif
