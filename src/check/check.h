/* The rules that the values of a report must meet. */
#ifndef NB_CHECK_CHECK_H
#define NB_CHECK_CHECK_H

#include "form/form.h"
#include "form/style.h"
#include "report/report.h"

/*
 * Apply the rules of the report's form, all of them, whatever is found. Findings come in a fixed
 * order: values by the form's order of slots (L3 blank cell, L4 not the number that is wanted),
 * characters that others will read otherwise (C1 private use, C2 radicals and compatibility
 * ideographs, both warnings), then the form's equations in its order, its relations to the report on the year before, the
 * likeness of their texts, and the sums of the reports below (P1 a previous report on another year, P2
 * of another agency, P3 values that another report lacks, P4 a report below that cannot be added).
 * NB_E_FINDINGS when an error
 * was added. style is the form's own: it says what a heading's number looks like. options may be
 * NULL; what is made in the arena is for the call only.
 *
 * An equation is judged only when all its members are numbers, so that one wrong cell is told
 * once. A computed total gives no finding: what makes it differ is a value that someone wrote.
 */
nb_status nb_check(const nb_report *report, const nb_page_style *style,
                   const nb_check_options *options, nb_arena *arena, nb_findings *findings);

#endif
