/* Recognising a report in text that was extracted from a published one. */
#ifndef NB_IMPORT_TEXT_H
#define NB_IMPORT_TEXT_H

#include "form/form.h"
#include "report/report.h"

/*
 * Recognise a report of this form. The text is lines: a row of a table is a run of lines that ends
 * at a blank line, each cell of it begins with a tab, and a line without one goes on with the cell
 * before it; every other line is a title line, a section's heading, or a paragraph. All words to
 * look for come from the form: its title, the headings of its parts, the labels of its tables.
 *
 * Values are kept as they stand, with the places where they stand. What was tidied (leftovers of
 * the extraction, full-width digits, thousands separators) is told as NB_INFO, rule I1; what found
 * no place in the form as NB_WARNING, rule I2; what the form demands and the text lacks as
 * NB_ERROR, rule S4. The text is borrowed for the call, form and name as long as *out.
 *
 * NB_E_NOT_A_REPORT with a finding when the text is not UTF-8, or when no section and no table of
 * the form is in it.
 */
nb_status nb_import_text(const nb_form *form, nb_string text, const char *name, nb_arena *arena,
                         nb_findings *findings, nb_report **out);

#endif
