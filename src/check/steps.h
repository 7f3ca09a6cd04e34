/* The steps of a check, in the order of check.c. Private to src/check. */
#ifndef NB_CHECK_STEPS_H
#define NB_CHECK_STEPS_H

#include "form/fill.h"

void nb_check_values(const nb_report *report, nb_findings *findings);
void nb_check_characters(const nb_report *report, nb_findings *findings);
void nb_check_arithmetic(const nb_report *report, nb_findings *findings);

#endif
