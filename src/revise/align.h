/* Two lists of texts side by side: which of the one became which of the other. */
#ifndef NB_REVISE_ALIGN_H
#define NB_REVISE_ALIGN_H

#include "base/arena.h"
#include "base/utf8.h"

/* An entry of a list. Entries are the same when their bytes are, and alike when their texts are. */
typedef struct nb_entry {
    nb_string text;
    nb_string bytes;
} nb_entry;

typedef struct nb_entries {
    const nb_entry *list;
    int count;
} nb_entries;

/* An entry and what became of it; -1: it is only in the other list. */
typedef struct nb_entry_pair {
    int old_index, new_index;
    bool is_same;
} nb_entry_pair;

typedef struct nb_alignment {
    nb_entry_pair *pairs;
    int count;
} nb_alignment;

/*
 * Every entry of both lists in one pair, in the order of both. Same entries are paired first, then
 * alike ones between them; of those left the old stand before the new.
 */
nb_alignment nb_align_entries(nb_entries old_entries, nb_entries new_entries, nb_arena *arena);

#endif
