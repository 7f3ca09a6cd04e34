/* A form filled in: from JSON to a report's values, and back to canonical JSON. */
#ifndef NB_FORM_FILL_H
#define NB_FORM_FILL_H

#include "base/buffer.h"
#include "form/form.h"
#include "report/json.h"
#include "report/report.h"

/*
 * Take the values of the form from the JSON tree. What does not fit the form is told in findings
 * (S2 unknown key, S3 wrong kind of value, S4 missing value, S5 a character that cannot be
 * printed); the values that do fit are there all the same. Totals left out are computed. root, name
 * and form are borrowed.
 */
struct nb_report *nb_report_fill(const nb_form *form, const nb_json *root, const char *name,
                                 nb_arena *arena, nb_findings *findings);

/* A report of the form with every value missing. */
struct nb_report *nb_report_new_empty(const nb_form *form, const char *name, nb_arena *arena);

/*
 * A report of the form to begin with: every key that can be without a meaning yet, numbers 0 or
 * blank, but no total that is computed and no date. An agency or year that is not known ("" and 0)
 * is left to be filled in.
 */
struct nb_report *nb_report_new_skeleton(const nb_form *form, nb_string agency, int year,
                                         bool is_blank, nb_arena *arena);

/*
 * The sum of the values of some slots, held at the largest number when it would pass that; false
 * when one is no number.
 */
bool nb_report_sum(const struct nb_report *report, const int *slots, int count, int64_t *sum);

/* Fill in each missing value that an equation computes from values that are there. */
void nb_report_compute(struct nb_report *report);

/*
 * The report as canonical JSON, without computed values: the form's order of keys, 4 spaces, one
 * value a line.
 */
void nb_report_write_json(const struct nb_report *report, nb_buffer *out);
/* The same for those who go on writing it: each row of counts on one line. */
void nb_report_write_short_json(const struct nb_report *report, nb_buffer *out);

enum { NB_FIRST_YEAR = 1949, NB_LAST_YEAR = 2999 };

/* A year that a report may be on. */
bool nb_is_year(int64_t number);
/* The text is a day of the calendar, YYYY-MM-DD. */
bool nb_is_date(nb_string text);
/* The same, and a finding (S3) when it is none. */
bool nb_expect_date(nb_string text, nb_place place, nb_findings *findings);
/*
 * Take a day, which is borrowed, for the report's own date. NB_E_ARGUMENT with a finding when it is
 * none (S3) or the form has no date (S2).
 */
nb_status nb_report_take_date(struct nb_report *report, nb_string date, nb_findings *findings);
/* The text is a decimal from 0 in plain digits, with at most one point between digits. */
bool nb_amount_of(nb_string text);
/*
 * The text is a number such as a field of that kind holds, in plain digits: a count or an entry of
 * a row from 0 to 2^53, a change with a minus sign or none, an amount. *out is left alone for an
 * amount.
 */
bool nb_number_of(nb_field_kind kind, nb_string text, int64_t *out);
/* What a cell shows for a value: a change from 1 with a plus sign, a number with the cell's unit. */
nb_string nb_shown_value(const nb_report *report, const nb_form_cell *cell, nb_arena *arena);

/* A picture that is written into the report itself, not a path. */
bool nb_is_data_address(nb_string picture);

/* A path that leads to no place outside the report's folder, or a picture itself. */
bool nb_is_picture_path(nb_string path);
bool nb_is_picture_width(nb_string text);

/* The place of a value, for findings. */
nb_place nb_report_place(const struct nb_report *report, int slot);

#endif
