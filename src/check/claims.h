/*
 * The numbers that a report's text states of its own tables: which values, how much, and where.
 * Needs a form with claims; others have none.
 */
#ifndef NB_CHECK_CLAIMS_H
#define NB_CHECK_CLAIMS_H

#include "check/reading.h"
#include "check/run.h"

/* One number of the text, and the values whose sum it states. */
typedef struct nb_claim {
    int prose;         /* index into the run's prose */
    size_t start, end; /* of the number with its counter, in bytes of the prose's text */
    size_t phrase_start, phrase_end; /* with the words that name what it counts */
    const int *slots;                /* of several readings the one that holds, else the first */
    int slot_count;
    int64_t factor; /* one of the values is so many of the text's unit: 10000 for 万元 and 元 */
    int64_t low, high; /* what the number may stand for, in ten-thousandths of its unit */
    bool is_exact;     /* low equals high */
    bool is_judged;    /* all the values are numbers */
    bool holds;        /* when judged: their sum is between low and high */
    int64_t sum;       /* when judged: their sum, in ten-thousandths of the text's unit */
} nb_claim;

typedef struct nb_claims_found {
    nb_claim *claims;
    int count, capacity;
} nb_claims_found;

/* The text of each prose as it was read; by the run's prose. */
typedef struct nb_readings {
    nb_reading *readings;
} nb_readings;

nb_readings nb_readings_of(const nb_check_run *run);
/* All claims of the text, in its order. They live in the run's arena. */
nb_claims_found nb_claims_find(const nb_check_run *run, const nb_readings *readings);

/* The sum of the rows in a column (-1: the total), in ten-thousandths; false unless all are numbers. */
bool nb_claim_sum(const nb_report *report, const nb_subject *subject, nb_claim_rows rows,
                  int column, int64_t *sum);
/* The words for values in a message: their labels joined. */
const char *nb_claim_name(const nb_check_run *run, const int *slots, int count);
/* A number of ten-thousandths in plain digits. */
const char *nb_claim_digits(nb_arena *arena, int64_t value);

#endif
