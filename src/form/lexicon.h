/*
 * The words by which a form's texts speak of its values, compiled so that a text is matched in one
 * walk. Words are matched over symbols: code points made alike by nb_lexicon_symbol, and a few
 * symbols that stand for dates, which a word of the form's file writes in braces: "{last_year}结转".
 */
#ifndef NB_FORM_LEXICON_H
#define NB_FORM_LEXICON_H

#include "base/arena.h"
#include "base/utf8.h"
#include "form/trie.h"

enum {
    NB_SYMBOL_NONE = 0,        /* a character that words pass over: blanks, quotation marks */
    NB_SYMBOL_YEAR = 0x110000, /* the report's own year */
    NB_SYMBOL_LAST_YEAR,
    NB_SYMBOL_NEXT_YEAR,
    NB_SYMBOL_OTHER_YEAR, /* and a range of years */
    NB_SYMBOL_YEAR_START, /* 1 January */
    NB_SYMBOL_YEAR_END,   /* 31 December, or December as the end of a range */
    NB_SYMBOL_DATE        /* any other month or day */
};

/* What a word does in a sentence. */
typedef enum nb_word_use {
    NB_WORD_FACET,         /* says what is counted: see its senses */
    NB_WORD_COUNTER,       /* 件: sense 0's index is the counter */
    NB_WORD_IGNORED,       /* only looks like a number or like another word */
    NB_WORD_FILLER,        /* may stand between what is counted and its number */
    NB_WORD_AND,           /* joins two things counted */
    NB_WORD_OF,            /* what stands before it only tells more of what follows */
    NB_WORD_TOTAL,         /* the number is a whole, however it came about */
    NB_WORD_NONE,          /* what follows is 0 */
    NB_WORD_EACH,          /* each of the things before it */
    NB_WORD_RESPECTIVELY,  /* the numbers after it belong to the things before it, in order */
    NB_WORD_OF_WHICH,      /* the numbers after it are parts of the number before it */
    NB_WORD_SOME,          /* such numbers, and more that are not said */
    NB_WORD_AND_SO_ON,     /* the parts before it are not all */
    NB_WORD_REST,          /* the last part: all that the others leave */
    NB_WORD_SHARE,         /* a percentage of a whole follows */
    NB_WORD_COMPARED,      /* with another year */
    NB_WORD_MORE,          /* the number is a difference, upwards */
    NB_WORD_LESS,          /* downwards */
    NB_WORD_OWN_PERIOD,    /* the report's year */
    NB_WORD_OTHER_PERIOD,  /* not the report's year, or a part of it */
    NB_WORD_CUMULATIVE,    /* over several years, unless the report's year was named */
    NB_WORD_UNTIL,         /* over all years, when it says so too */
    NB_WORD_PLANNED,       /* not yet so */
    NB_WORD_OWN_AGENCY,    /* the report's agency */
    NB_WORD_WHOLE_AREA,    /* the agency's own figure only where it is a government */
    NB_WORD_OTHER_AGENCY,  /* a part of the agency, or another */
    NB_WORD_AGENCY_ENDING, /* the end of an agency's name */
    NB_WORD_PARTIAL,       /* a part of the things counted */
    NB_WORD_ELSEWHERE,     /* something that the form does not count */
    NB_WORD_ABOUT,         /* before a number */
    NB_WORD_NEARLY,        /* before a number: somewhat less */
    NB_WORD_OVER,          /* before a number: more */
    NB_WORD_ODD,           /* after a number: somewhat more */
    NB_WORD_UPWARDS,       /* after a number and its counter: or more */
    NB_WORD_ROUGHLY,       /* after a number and its counter: about */
    NB_WORD_USE_COUNT
} nb_word_use;

typedef enum nb_sense_kind {
    NB_SENSE_SUBJECT,
    NB_SENSE_WEAK, /* names the subject only right after one of its measures */
    NB_SENSE_VERB, /* may stand before or after the subject without a meaning of its own */
    NB_SENSE_MEASURE,
    NB_SENSE_COLUMN,
    NB_SENSE_RATE
} nb_sense_kind;

typedef struct nb_sense {
    nb_sense_kind kind;
    int subject;
    int index; /* of the subject's measure, column or rate; of a counter */
} nb_sense;

typedef struct nb_word {
    nb_string text;
    nb_word_use use;
    nb_sense *senses;
    int sense_count;
    int sense_capacity;
} nb_word;

typedef struct nb_lexicon nb_lexicon;

nb_lexicon *nb_lexicon_new(nb_arena *arena);
/*
 * The word of that text, added when it is new; NULL when the text is empty, or a brace in it opens
 * no known symbol. The pointer holds until the next word is added.
 */
nb_word *nb_lexicon_add(nb_lexicon *lexicon, nb_string text, nb_word_use use);
int nb_lexicon_count(const nb_lexicon *lexicon);
const nb_word *nb_lexicon_word(const nb_lexicon *lexicon, int word);
/* The trie of the words, which tells where none begins. */
const nb_trie *nb_lexicon_trie(const nb_lexicon *lexicon);
/* The longest word at the beginning of the symbols: its index, its length in *length; or -1. */
int nb_lexicon_match(const nb_lexicon *lexicon, const uint32_t *symbols, int count, int *length);

/* The symbol of a code point: full-width forms as ASCII, variants of a mark as one. */
uint32_t nb_lexicon_symbol(uint32_t code_point);

#endif
