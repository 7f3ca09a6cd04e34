/*
 * The state of reading one text, word by word: what holds in the clause, the sentence and the
 * bracket, and the run of known words before the word in hand. Private to reading.c, which walks,
 * and statements.c, which makes statements of what it comes upon.
 */
#ifndef NB_CHECK_WALK_H
#define NB_CHECK_WALK_H

#include "check/labels.h"

/* What holds until the next comma. */
typedef struct nb_clause {
    int start; /* its first token */
    bool partial, planned, compared;
    bool unknown;     /* it has words that the form does not know, since its last 、 */
    bool numbered;    /* it has had a number */
    int difference;   /* 1: the next number is one upwards, -1 downwards */
    int share;        /* the word that a percentage of a whole follows; -1 */
    int none;         /* a word for nothing; -1 */
    int respectively; /* the word; -1 */
} nb_clause;

/* What holds until the end of a sentence, or of a bracket in it. */
typedef struct nb_scope {
    int list;     /* of which parts are being read; -1 */
    bool fresh;   /* the next part follows a comma: it may be none */
    int last;     /* the latest statement that is no part; -1 */
    int base;     /* the same, when it claims a whole; -1 */
    bool doubted; /* a number belonged to something else */
    nb_clause clause;
} nb_scope;

enum { NB_WALK_DEEPEST = 4 };

typedef struct nb_walk {
    nb_text_reader *reader;
    const struct nb_claims *claims;
    nb_string text;
    const nb_lexeme *tokens;
    int count, at;
    nb_reading out;
    int subject; /* current; -1 */
    int sentence;
    nb_scope scopes[NB_WALK_DEEPEST];
    int depth;
    int too_deep; /* brackets that are passed over */
    int run;      /* where the run of known words began that ends here */
    /* of the sentence */
    bool other_period, own_named, until, other_agency;
} nb_walk;

/* The scope, clause and list in hand; the list may be NULL. */
nb_scope *nb_walk_here(nb_walk *w);
nb_clause *nb_walk_clause(nb_walk *w);
nb_part_list *nb_walk_list(nb_walk *w);
/* The words before the one in hand. */
nb_run nb_walk_run(const nb_walk *w);

bool nb_is_use(const nb_lexeme *token, nb_word_use use);
bool nb_is_unknown(const nb_walk *w, int at);
bool nb_run_says_facet(nb_run run);
bool nb_run_has_use(nb_run run, nb_word_use use);

/* Begin a list of parts of a statement, or of none that is known (-1). */
void nb_walk_open_list(nb_walk *w, int whole, bool is_open);

/* What a number says, or a percentage. */
void nb_walk_read_number(nb_walk *w);
/* 未收到政府信息公开申请, at the end of its clause. */
void nb_walk_read_none(nb_walk *w);
/* 均获维持, at the end of its clause. */
void nb_walk_read_all(nb_walk *w);

/* Whether the agency speaks for its whole area. */
bool nb_walk_is_government(const nb_walk *w);
/* The ending of an agency's name is in hand: is it the report's own? */
void nb_walk_read_agency(nb_walk *w);

#endif
