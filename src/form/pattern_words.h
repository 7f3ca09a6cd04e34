/*
 * The words that a pattern cannot do without, told from its syntax. Private to needs.c.
 */
#ifndef NB_FORM_PATTERN_WORDS_H
#define NB_FORM_PATTERN_WORDS_H

#include "base/arena.h"
#include "base/utf8.h"

enum { NB_LONGEST_LITERAL = 31 }; /* bytes; of what is longer, pieces are needed */

typedef struct nb_literal {
    unsigned char length;
    char bytes[NB_LONGEST_LITERAL];
} nb_literal;

/* Strings of which a text must have one. No string: nothing ever fits. */
typedef struct nb_word_choice {
    const nb_literal *strings;
    int count;
} nb_word_choice;

/* Room that is used again from pattern to pattern. */
typedef struct nb_pattern_words nb_pattern_words;

nb_pattern_words *nb_pattern_words_new(nb_arena *arena);
/*
 * At most so many choices that a pattern, as PCRE2 reads it, needs, the rarest first as far as lengths
 * tell; returns how many: none where its syntax is not known here. They hold until the next call.
 */
int nb_pattern_words_needed(nb_pattern_words *n, nb_string pattern, int most, nb_word_choice *out);

#endif
