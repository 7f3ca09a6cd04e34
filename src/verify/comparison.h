/* What the files of src/verify share. Private to the folder. */
#ifndef NB_VERIFY_COMPARISON_H
#define NB_VERIFY_COMPARISON_H

#include "base/tokens.h"
#include "doc/document.h"

typedef struct nb_comparison {
    nb_report *report; /* as the file carries it */
    nb_report *shown;  /* as its text shows it */
    nb_severity severity;
    nb_arena *arena;
    nb_findings *findings;
    int differences;
} nb_comparison;

void nb_compare_values(nb_comparison *c);
void nb_compare_texts(nb_comparison *c, const nb_document *document, const nb_document *shown);

#endif
