/* What speaks for and against a mending. Private to src/repair. */
#ifndef NB_REPAIR_JUDGING_H
#define NB_REPAIR_JUDGING_H

#include "check/evidence.h"
#include "repair/search.h"
#include "repair/slip.h"

typedef struct nb_judge {
    const nb_report *report;
    const nb_evidence_list *evidence;
    bool *is_violated; /* per equation: all its members are numbers, and it does not hold */
    bool *is_judged;   /* per equation: all its members are numbers */
    nb_language language;
    nb_arena *arena;
} nb_judge;

nb_judge nb_judge_new(const nb_report *report, const nb_evidence_list *evidence,
                      nb_language language, nb_arena *arena);

/* How likely a mending is against others of its size; more is likelier. Sums over parts add up. */
int nb_judge_score(const nb_judge *judge, const nb_mending *mending);

/* The same in words. */
typedef struct nb_reasons {
    const char **list;
    int count, capacity;
} nb_reasons;

nb_reasons nb_judge_reasons(const nb_judge *judge, const nb_mending *mending);

/* A cell as messages name it: "表三 （七）总计 · 自然人". */
const char *nb_cell_name(const nb_judge *judge, int slot);

#endif
