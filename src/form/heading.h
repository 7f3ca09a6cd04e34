/* Telling headings from paragraphs by their numbers. */
#ifndef NB_FORM_HEADING_H
#define NB_FORM_HEADING_H

#include "form/style.h"

typedef enum nb_prose_kind {
    NB_PROSE_PARAGRAPH,
    NB_PROSE_HEADING,       /* a number and a short text without sentence mark */
    NB_PROSE_RUN_IN_HEADING /* a number and a short sentence, then more text */
} nb_prose_kind;

/* What a paragraph's text shows it to be. */
typedef struct nb_prose_look {
    nb_prose_kind kind;
    const nb_heading_pattern *pattern; /* of the number that the text begins with, NULL for none */
    int level;                         /* of the pattern, from 1; 0 for none */
    int number;                        /* its value; 0 when the digits are no number: 十十 */
    size_t number_bytes;               /* with its marks: （一） */
    size_t sentence;                   /* how many bytes a run-in heading takes, with its mark */
} nb_prose_look;

/* The number that 二十一 or 21 is, up to 99999; 0 when it is none, 十十. */
int nb_number_in_words(nb_string words);

nb_prose_look nb_prose_classify(const nb_page_style *style, nb_string text);

#endif
