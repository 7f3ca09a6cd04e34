/*
 * What changed between two sequences: of characters and words, of sentences, of paragraphs.
 *
 *   old   A B C D       same A │ B C → X │ same D │ → E
 *   new   A X D E
 */
#ifndef NB_BASE_SEQUENCE_DIFF_H
#define NB_BASE_SEQUENCE_DIFF_H

#include "base/arena.h"

typedef struct nb_sequence_pair {
    int old_count, new_count;
    /* Whether an entry of the old sequence equals one of the new; must be an equivalence. */
    bool (*is_same)(const void *context, int old_index, int new_index);
    const void *context;
} nb_sequence_pair;

/* A stretch of both sequences: the same entries, or entries that became others; one may be none. */
typedef struct nb_edit {
    bool is_same;
    int old_first, old_count;
    int new_first, new_count;
} nb_edit;

/* Stretches in order that together cover both sequences; no two neighbours are of one kind. */
typedef struct nb_edits {
    nb_edit *list;
    int count;
} nb_edits;

/*
 * The fewest entries removed and added, by Myers, "An O(ND) difference algorithm and its
 * variations" (1986), in linear space. Sequences that differ in more than about two thousand entries get
 * a difference that is right and not always the shortest, in time O(N) times that many.
 */
nb_edits nb_sequence_diff(const nb_sequence_pair *pair, nb_arena *arena);

/*
 * Join changes that only a short stretch of the same entries parts: one whose weight, the sum of
 * weight_of over it (every entry weighs 1 when NULL), is at most most_weight and less than how many
 * entries each of the changes beside it has, in the sequence that has more of them. A change that
 * is scattered over a word reads worse than one word struck and another put in its place.
 */
void nb_edits_join(nb_edits *edits, int most_weight,
                   int (*weight_of)(const void *context, int old_index), const void *context);

/*
 * Pair entries that are alike, in order, so that the likenesses of the pairs add up to the most.
 * likeness gives 0 to 1000; pairs of less than least are not made. The array has old_count entries:
 * the partner of each in the new sequence, or -1. Where old_count × new_count passes 250,000 there
 * are no pairs.
 */
int *nb_sequence_match(int old_count, int new_count, int least,
                       int (*likeness)(const void *context, int old_index, int new_index),
                       const void *context, nb_arena *arena);

#endif
