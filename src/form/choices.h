/* What a report says of the rules that it is checked by: "checks": {"L5": {"severity": "off", "reason": "…"}}. */
#ifndef NB_FORM_CHOICES_H
#define NB_FORM_CHOICES_H

#include "base/buffer.h"
#include "report/json.h"
#include "report/report.h"

/*
 * Take the choices from the value of "checks". What is no choice is told: S2 a key that is unknown,
 * S3 a wrong kind of value or severity, S4 a reason that is missing.
 */
void nb_fill_choices(struct nb_report *report, const nb_json *node, nb_findings *findings);

/* The name of a severity as files and the command line write it: "warning". */
const char *nb_severity_name(nb_severity severity);
/* False when the word is no severity and not "off". */
bool nb_setting_of(nb_string word, nb_rule_setting *setting);
/* The month and day of "01-31"; false when it is none. */
bool nb_day_of_year(nb_string text, int *month, int *day);

#endif
