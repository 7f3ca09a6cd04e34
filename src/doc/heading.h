/* Telling headings from paragraphs by their numbers. */
#ifndef NB_DOC_HEADING_H
#define NB_DOC_HEADING_H

#include "form/style.h"

typedef enum nb_prose_kind {
    NB_PROSE_PARAGRAPH,
    NB_PROSE_HEADING,       /* a number and a short text without sentence mark */
    NB_PROSE_RUN_IN_HEADING /* a number and a short sentence, then more text */
} nb_prose_kind;

/*
 * What a paragraph's text shows it to be. *pattern is the level of its number, NULL for
 * none; *sentence is how many bytes a run-in heading takes, with its mark.
 */
nb_prose_kind nb_prose_classify(const nb_page_style *style, nb_string text,
                                const nb_heading_pattern **pattern, size_t *sentence);

#endif
