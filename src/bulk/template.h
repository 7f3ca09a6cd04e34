/*
 * Templates: a report's JSON in which columns of a sheet are named. Filled with a row, it is a
 * report.
 *
 * ${NAME} in a string stands for the row's cell of that column; ${NAME|DEFAULT} gives what stands
 * for an empty cell, ${NAME:grouped} and ${NAME:chinese} how a number is written, $${ a "${"
 * itself. Before "|", ":", "}" or a backslash of the name stands a backslash. A string that is one
 * reference alone is the cell's value as its field holds it: a number, null for an empty cell (of a
 * field that may be left out: nothing), a text; in a list of paragraphs, one for each line of the
 * cell. {"when": NAME, "text": …} is its text when the cell says something other than no, and
 * nothing otherwise; "unless" is the contrary.
 */
#ifndef NB_BULK_TEMPLATE_H
#define NB_BULK_TEMPLATE_H

#include "bulk/source.h"
#include "form/form.h"
#include "report/json.h"

typedef struct nb_template nb_template;

/* Which form a template's text names, or an empty string. */
nb_string nb_template_form_id(const nb_json *root);

/*
 * Read a template. root and form are borrowed. What is wrong with it is told in findings, rule T1,
 * and the status is NB_E_NOT_A_REPORT.
 */
nb_status nb_template_new(const nb_json *root, const char *name, const nb_form *form,
                          nb_arena *arena, nb_findings *findings, nb_template **out);

/*
 * Find the template's columns among those of the source, once. A column that is missing is told, an
 * error (T2) unless each reference to it has a default; columns left over are told once for all
 * (T3). Rows that name their own columns are bound one by one, and nothing is told.
 */
nb_status nb_template_bind(nb_template *bound, const nb_row_source *source, nb_arena *arena,
                           nb_findings *findings);

/*
 * Fill a row in: the JSON text of a report, which lives in the arena. Any thread may do so.
 * NB_E_NOT_A_REPORT, with findings (T4), when a cell cannot be what the template makes of it.
 */
nb_status nb_template_fill(const nb_template *bound, const nb_row *row, nb_arena *arena,
                           nb_findings *findings, nb_string *out);

#endif
