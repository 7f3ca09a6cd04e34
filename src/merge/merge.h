/*
 * What was edited in a DOCX, taken into the report that the file carries:
 *
 *   base   the carried report ──compose──▶ its text recognised = was
 *   shown  the file's text ──────────────▶ recognised          = is        visible edits: was → is
 *   bound  the data of its controls ──────▶ recognised          = bound     data's edits: was → bound
 *
 * Since base and file go through the same recogniser, what it cannot read is the same in both, and
 * only edits differ.
 */
#ifndef NB_MERGE_MERGE_H
#define NB_MERGE_MERGE_H

#include "form/style.h"
#include "import/extract.h"

typedef struct nb_merge {
    nb_report *report; /* the base with the edits; its computed values are computed again */
    int edits;         /* values and paragraphs that differ from the base */
} nb_merge;

/*
 * Merge three readings of one report into the base. bound is NULL when the file has no data of
 * controls. A value or paragraph that one of text and data changed is taken, as is what both changed
 * alike; where they differ the text's is taken, which its author saw. Values are compared without
 * blanks, paragraphs too, which are paired by their controls and then by likeness. A paragraph keeps
 * its style, its picture and those names of values in it whose values still stand there. Rules: I5
 * each edit, as grave as said; I6 (error) where text and data differ; I4 (warning) what is no longer
 * found or read, and is left as it was. All are borrowed; *out lives in the arena.
 */
void nb_merge_reports(nb_report *base, nb_report *was, nb_report *is, nb_report *bound,
                      nb_severity severity, nb_arena *arena, nb_findings *findings, nb_merge *out);

/*
 * The same for a file. Text that the form has no place for is told as by import (I2) unless the base
 * had it. NB_E_NOT_A_REPORT, with nothing told, when no report is recognised in the text.
 */
nb_status nb_merge_extract(nb_report *base, const nb_extract *extract, const char *name,
                           const nb_page_style *style, nb_severity severity, nb_arena *arena,
                           nb_findings *findings, nb_merge *out);

/*
 * The words of a text that was edited as it is shown: names of values stay where their values still
 * stand, as they were in the old report or are in the new one. shown is the edited text as it
 * stands. In the arena.
 */
nb_string nb_merge_words(nb_report *old_report, nb_report *new_report, nb_string words,
                         nb_string shown, nb_arena *arena);

#endif
