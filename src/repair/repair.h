/* Repairs of a report's numbers, found and put in order. */
#ifndef NB_REPAIR_REPAIR_H
#define NB_REPAIR_REPAIR_H

#include "check/evidence.h"
#include "form/form.h"
#include "report/report.h"

typedef struct nb_repair_list {
    nb_repair *repairs; /* the likeliest first */
    int count;
    int found; /* before those past the most were left out */
    nb_repair_outcome outcome;
    bool is_complete;
} nb_repair_list;

/*
 * What nb_repairs_new gives. Parts of the form without common cells are searched by themselves, and
 * their repairs combined. The report is borrowed; everything made lives in the arena.
 */
nb_repair_list nb_find_repairs(const nb_report *report, const nb_evidence_list *evidence, int most,
                               nb_language language, nb_arena *arena);

#endif
