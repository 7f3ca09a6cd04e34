/*
 * What texts must hold for patterns to fit in them. Most patterns fit in few texts, and cannot do
 * without certain words: these are told from the patterns, and looked for in one walk over a text for
 * all of them. A pattern is searched for only where its needs are met.
 */
#ifndef NB_FORM_NEEDS_H
#define NB_FORM_NEEDS_H

#include "base/arena.h"
#include "base/utf8.h"

enum { NB_NEED_WORDS = 2 }; /* of 64 bits, each for one of several strings that must be there */

/* What a pattern needs, or what of the needs of all patterns a text meets. */
typedef struct nb_need {
    uint64_t bits[NB_NEED_WORDS];
} nb_need;

/* The needs of a form's patterns. */
typedef struct nb_needs nb_needs;

/* everyday: words that nearly every text has, such as those of the form's title; borrowed. */
nb_needs *nb_needs_new(nb_string everyday, nb_arena *arena);
/*
 * What a pattern needs, as PCRE2 reads it; nothing where its syntax is not known here. Less than it
 * does need may be said, and never more.
 */
nb_need nb_needs_add(nb_needs *needs, nb_string pattern);
/* The needs that a text meets; NULL: none. */
nb_need nb_needs_met(const nb_needs *needs, nb_string text);

static inline bool nb_need_is_met(nb_need need, nb_need met)
{
    bool is_met = true;
    for (int i = 0; i < NB_NEED_WORDS; i++)
        is_met = is_met && (need.bits[i] & ~met.bits[i]) == 0;
    return is_met;
}

#endif
