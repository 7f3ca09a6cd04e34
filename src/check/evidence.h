/*
 * What is known of a report's values from elsewhere than its tables: for those who judge which of
 * several values is right.
 */
#ifndef NB_CHECK_EVIDENCE_H
#define NB_CHECK_EVIDENCE_H

#include "form/form.h"
#include "form/style.h"
#include "report/report.h"

/*
 * A sum of values and what it should be: the values of `slots` added up, those from minus_first on
 * taken away, times scale, are from low to high.
 */
typedef struct nb_evidence {
    const int *slots;
    int slot_count;
    int minus_first;
    int64_t scale;
    int64_t low, high;
    bool is_previous;  /* last year's report says so, else the text of this one */
    const char *words; /* which report, or the words of the text */
} nb_evidence;

typedef struct nb_evidence_list {
    nb_evidence *list;
    int count;
    int capacity;
} nb_evidence_list;

/* previous is the same agency's report on the year before, or NULL. Borrowed for the call. */
nb_evidence_list nb_evidence_of(const nb_report *report, const nb_report *previous,
                                const nb_page_style *style, nb_arena *arena);

#endif
