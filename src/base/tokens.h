/*
 * A text cut into the pieces that a reader compares: sentences, and within them tokens. A number
 * with its point, commas and percent sign is a token, a word in letters is one, and so is every
 * other character: 从|1,258|件|增|至|1260|件|，|PDF|格|式. The pieces are borrowed from the text and
 * follow each other without gaps.
 */
#ifndef NB_BASE_TOKENS_H
#define NB_BASE_TOKENS_H

#include "base/arena.h"
#include "base/utf8.h"

typedef struct nb_pieces {
    nb_string *list;
    int count;
} nb_pieces;

nb_pieces nb_tokens_of(nb_string text, nb_arena *arena);

/* Each sentence ends after one of the marks, and the closing quotes and brackets that follow it. */
nb_pieces nb_sentences_of(nb_string text, nb_string marks, nb_arena *arena);

/* A blank, or what takes no room: by these alone texts do not differ for a reader. */
bool nb_is_unseen(uint32_t code_point);
/* The text without blanks and characters that cannot be seen, in the arena. */
nb_string nb_squeezed(nb_arena *arena, nb_string text);

/* The pairs of neighbouring characters of a text, sorted: by them two texts are likened fast. */
typedef struct nb_character_pairs {
    uint64_t *list;
    int count;
} nb_character_pairs;

nb_character_pairs nb_character_pairs_of(nb_string text, nb_arena *arena);
/* How much two texts share: the part, of 1000, of their pairs that both have. */
int nb_likeness_of(const nb_character_pairs *a, const nb_character_pairs *b);

#endif
