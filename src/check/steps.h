/* The steps of a check, in the order of check.c. Private to src/check. */
#ifndef NB_CHECK_STEPS_H
#define NB_CHECK_STEPS_H

#include "check/reading.h"
#include "check/run.h"

/* Put together what report and caller say of the rules. */
void nb_check_begin_settings(nb_check_run *run, const nb_check_options *options);
void nb_check_choices(const nb_check_run *run);
void nb_check_values(const nb_check_run *run);
void nb_check_characters(const nb_check_run *run);
void nb_check_text_rules(const nb_check_run *run);
void nb_check_arithmetic(const nb_check_run *run);
void nb_check_previous(const nb_check_run *run);
void nb_check_likeness(const nb_check_run *run); /* with a previous report, of the year before */
void nb_check_children(const nb_check_run *run);
void nb_check_claims(const nb_check_run *run);
/* The parts of nb_check_claims that need only one text. */
void nb_check_percentages(const nb_check_run *run, const nb_reading *reading,
                          const nb_prose *prose);
void nb_check_parts(const nb_check_run *run, const nb_reading *reading, const nb_prose *prose);

#endif
