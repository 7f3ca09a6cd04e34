/*
 * The words and numbers of a Chinese text, as its form knows them. Private to src/check.
 *
 * Numbers are in ten-thousandths, with the range that the writing leaves open: 1.2万条 may round
 * anything from 11500 to 12500, 20余件 stands for 20 to 30, 约100件 is taken loosely.
 */
#ifndef NB_CHECK_LEXEMES_H
#define NB_CHECK_LEXEMES_H

#include "check/numerals.h"
#include "form/claims.h"

typedef struct nb_number {
    int64_t value, low, high;
    int decimals; /* as written */
    int counter;  /* of the form's counters; -1 none */
    bool is_percent;
    bool is_vague; /* about, more or less than so much */
} nb_number;

typedef enum nb_lexeme_kind {
    NB_LEXEME_UNKNOWN, /* a run of characters that are no words of the form */
    NB_LEXEME_WORD,
    NB_LEXEME_NUMBER, /* with its counter */
    NB_LEXEME_STOP,   /* ends a sentence */
    NB_LEXEME_SEMICOLON,
    NB_LEXEME_COMMA,
    NB_LEXEME_COLON,
    NB_LEXEME_AND, /* 、 */
    NB_LEXEME_OPEN,
    NB_LEXEME_CLOSE
} nb_lexeme_kind;

typedef struct nb_lexeme {
    nb_lexeme_kind kind;
    size_t start, end;   /* bytes of the text */
    const nb_word *word; /* of a word */
    nb_number number;    /* of a number */
} nb_lexeme;

typedef struct nb_lexemes {
    const nb_lexeme *tokens;
    int count;
} nb_lexemes;

/* Room that is used again from text to text. */
typedef struct nb_lexeme_room nb_lexeme_room;

nb_lexeme_room *nb_lexeme_room_new(nb_arena *arena);
/* The tokens of a text, which the next call makes anew. year is the report's; 0: unknown. */
nb_lexemes nb_lexemes_of(nb_lexeme_room *room, const struct nb_claims *claims, nb_string text,
                         int64_t year);

#endif
