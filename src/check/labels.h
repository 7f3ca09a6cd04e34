/* What a run of words names. Private to src/check. */
#ifndef NB_CHECK_LABELS_H
#define NB_CHECK_LABELS_H

#include "check/reading.h"

/* Words next to each other, without anything unknown between. */
typedef struct nb_run {
    const nb_lexeme *tokens;
    int from, to;
} nb_run;

/* What a run names, as far as it goes. */
typedef struct nb_named {
    nb_label label;
    bool subject_said; /* in the run itself, not only by the text before it */
    bool has_facet;    /* a measure or a column */
    int rate;          /* -1: none */
    bool fails;        /* its words do not go together */
} nb_named;

/* Read a run as one label, the subject being current where the run names none. */
nb_named nb_name_run(const struct nb_claims *claims, nb_run run, int current);
/*
 * Split a run at 、 and 和 into labels. What only the last says holds for those before it, and a
 * subject for those after it. Returns how many, at most NB_LABELS_MOST; 0 when one of them fails.
 */
int nb_name_list(const struct nb_claims *claims, nb_run run, int current,
                 nb_named named[NB_LABELS_MOST]);
/* The sense of a word for a subject, or NULL. */
const nb_sense *nb_sense_for(const nb_word *word, int subject);
/* The subject that a word names by itself, or -1. */
int nb_subject_named(const nb_word *word);

#endif
