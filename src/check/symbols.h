/*
 * A text as symbols, so that words match whatever width and quotation marks it is written with;
 * years and dates become one symbol each. Private to src/check.
 */
#ifndef NB_CHECK_SYMBOLS_H
#define NB_CHECK_SYMBOLS_H

#include "form/lexicon.h"

typedef struct nb_symbols {
    nb_arena *arena;
    uint32_t *codes;         /* characters, and those of lexicon.h */
    uint32_t *starts, *ends; /* the bytes of the text that each stands for */
    int count, capacity;
} nb_symbols;

/* Into the room of the text before. year is the report's; 0: unknown. */
void nb_symbols_read(nb_symbols *symbols, nb_string text, int64_t year);

#endif
