/* What a file shows otherwise than the report that it was made of. */
#ifndef NB_VERIFY_VERIFY_H
#define NB_VERIFY_VERIFY_H

#include "form/style.h"
#include "report/report.h"

/*
 * Compare a report with what was read from the text of a file made of it, which is of the same
 * form. Each difference becomes a finding of that severity, placed in shown: V1 a value of a table,
 * named as the table shows it; V2 a sentence. Blanks and where paragraphs end count for nothing, nor
 * does how a number is written (1,258). Returns how many there are. Both reports and the style are
 * borrowed for the call.
 */
int nb_compare_shown(nb_report *report, nb_report *shown, const nb_page_style *style,
                     nb_severity severity, nb_arena *arena, nb_findings *findings);

#endif
