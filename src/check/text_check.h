/*
 * The kinds of checks that a form's text rules are made of, and what they share. Private to
 * src/check.
 */
#ifndef NB_CHECK_TEXT_CHECK_H
#define NB_CHECK_TEXT_CHECK_H

#include "check/run.h"
#include "form/text_rules.h"

/* One check being made. */
typedef struct nb_text_checking {
    const nb_check_run *run;
    const nb_text_check *check;
    nb_finder *finder;
    nb_string agency; /* its name; "" when it is not stated */
    nb_need met;      /* by the name, of what the form's patterns need */
} nb_text_checking;

/* phrase, year, date, part_count, others, elsewhere: what find fits in the texts is judged */
void nb_check_found(const nb_text_checking *c);
void nb_check_numbering(const nb_text_checking *c);
void nb_check_empty(const nb_text_checking *c);
void nb_check_required(const nb_text_checking *c);
void nb_check_deadline(const nb_text_checking *c);
void nb_check_deviations(const nb_text_checking *c);
void nb_check_form_years(const nb_text_checking *c);

/* Whether a pattern fits the agency's name. */
bool nb_text_fits_agency(const nb_text_checking *c, const nb_pattern *pattern);
/* Whether the check looks at that text. */
bool nb_text_is_looked_at(const nb_text_checking *c, const nb_prose *prose);

/*
 * Tell what the check says of the characters of a text between two offsets. wanted fills the
 * {wanted} of its message, and may be "".
 */
void nb_text_tell(const nb_text_checking *c, const nb_prose *prose, nb_range range,
                  const char *wanted);
/* The same of a place with what was found there. */
void nb_text_tell_at(const nb_text_checking *c, nb_place place, int length, nb_string found,
                     const char *wanted);

#endif
