/*
 * What a text says of the report's values, sentence by sentence. Private to src/check.
 *
 * A number says something when the words next to it name what it counts, with nothing unknown
 * between, and nothing in its sentence makes it another's: another year, another agency, a part
 * of the things counted, a plan. Whatever is in doubt says nothing.
 */
#ifndef NB_CHECK_READING_H
#define NB_CHECK_READING_H

#include "check/lexemes.h"
#include "report/report.h"

enum { NB_LABELS_MOST = 8 };

/* What is counted. */
typedef struct nb_label {
    int subject; /* -1: nothing that the form counts */
    int measure; /* of the subject; -1: its values as such */
    int column;  /* of the subject; -1: the total */
} nb_label;

/* A number, or a word for zero, and what it counts. */
typedef struct nb_statement {
    size_t start, end;               /* the number with its counter; bytes */
    size_t phrase_start, phrase_end; /* with the words that name what it counts */
    nb_number number;
    nb_label labels[NB_LABELS_MOST]; /* their sum is the number */
    int label_count;                 /* 0: it claims nothing */
    bool is_wide;                    /* it counts what was carried in, too */
    bool is_none_left;               /* it speaks of what the measure leaves when all is done */
    int parent;                      /* the statement that it is a part of; -1 */
    int echoes;                      /* the statement whose number it takes up; -1 */
    int sentence;
} nb_statement;

typedef enum nb_percentage_kind {
    NB_PERCENTAGE_SHARE, /* of a whole */
    NB_PERCENTAGE_RATE,  /* with a name of its own */
    NB_PERCENTAGE_GROWTH /* against the year before */
} nb_percentage_kind;

typedef struct nb_percentage {
    nb_percentage_kind kind;
    size_t start, end;
    nb_number number;
    bool is_less;      /* growth downwards */
    int statement;     /* whose number is the part; -1 */
    nb_label part;     /* or its label; subject -1 */
    nb_label whole;    /* subject -1: any that the sentence offers */
    int subject, rate; /* of a rate */
} nb_percentage;

/* A difference from the year before: 比上年增加3件. */
typedef struct nb_difference {
    size_t start, end;
    nb_number number;
    bool is_less;
    int statement; /* what has so changed */
} nb_difference;

/* The parts that follow a number. */
typedef struct nb_part_list {
    int whole; /* a statement */
    int *parts;
    int part_count, part_capacity;
    int certain;      /* how many of them certainly belong to it: the rest follow a comma */
    bool is_open;     /* it says itself that there are more */
    bool is_complete; /* it says itself that there are no more */
    bool is_mixed;    /* one of its parts is no number of the things counted */
    bool is_implied;  /* a bracket: no word says that its numbers are parts */
    bool ends;        /* with its sentence or bracket */
} nb_part_list;

typedef struct nb_reading {
    nb_statement *statements;
    int statement_count, statement_capacity;
    nb_percentage *percentages;
    int percentage_count, percentage_capacity;
    nb_difference *differences;
    int difference_count, difference_capacity;
    nb_part_list *lists;
    int list_count, list_capacity;
} nb_reading;

typedef struct nb_text_reader {
    const struct nb_claims *claims;
    nb_arena *arena;
    nb_lexeme_room *room;
    int64_t year;     /* of the report; 0 unknown */
    nb_string agency; /* empty: unknown */
} nb_text_reader;

/* A reader for the texts of one report, whose form has claims. */
nb_text_reader nb_text_reader_of(const nb_report *report, nb_arena *arena);
/* Read a text that stands below a heading about a subject; -1: about none that is counted. */
nb_reading nb_read_text(nb_text_reader *reader, nb_string text, int subject);
/* The subject that a heading names, or -1. */
int nb_read_heading(nb_text_reader *reader, nb_string text);

/* The rows that a label may mean: the measure's, or the subject's own. */
nb_claim_choice nb_label_choice(const struct nb_claims *claims, nb_label label);

#endif
