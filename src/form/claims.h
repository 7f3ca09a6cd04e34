/*
 * What a report's text claims of its values: the "claims" of a form's file. A text speaks of a
 * subject (applications, lawsuits), of a measure of it (received, carried out) and of a column
 * (natural persons, upheld); together these name the values whose sum the text states.
 */
#ifndef NB_FORM_CLAIMS_H
#define NB_FORM_CLAIMS_H

#include "form/form.h"
#include "form/lexicon.h"

/* Values to be added up: slots of counts, or first slots of rows, of which a column is taken. */
typedef struct nb_claim_rows {
    const int *slots;
    int count;
} nb_claim_rows;

/* Which values may be meant: the number is right when it fits one of them. */
typedef struct nb_claim_choice {
    const nb_claim_rows *rows;
    int count;
} nb_claim_choice;

typedef struct nb_measure {
    nb_claim_choice values;
    nb_claim_choice wide; /* also fit, where the sentence counts what was carried in */
    nb_claim_rows zero;   /* what is 0 when all are said to be so; may be empty */
    bool alone;           /* claims nothing right after an unknown word */
    bool names;           /* names its subject */
    bool widens;          /* a part or an inclusion of this measure makes a sentence wide */
} nb_measure;

typedef struct nb_claim_column {
    const int *entries; /* of the subject's vector */
    int count;
    bool names; /* names its subject */
} nb_claim_column;

/* A percentage with a name of its own. */
typedef struct nb_rate {
    nb_claim_rows part;
    nb_claim_choice whole;
} nb_rate;

typedef struct nb_subject {
    const nb_vector *vector; /* of all its rows; NULL when its values are single */
    nb_claim_choice values;  /* when no measure is named; may be empty */
    const nb_measure *measures;
    int measure_count;
    const nb_claim_column *columns;
    int column_count;
    const nb_rate *rates;
    int rate_count;
    const bool *counters; /* by counter: may count this subject */
    int64_t factor;       /* one of the value is so many of the counter: 10000 for 万元 and 元 */
} nb_subject;

struct nb_claims {
    const char *clause;
    const nb_lexicon *lexicon;
    nb_string *counters;
    int counter_count;
    const nb_subject *subjects;
    int subject_count;
    nb_string *government_endings; /* an agency that so ends speaks for its whole area */
    int government_ending_count;
};

#endif
