/*
 * Names of values in the words of a report: the keys of the form's fields with dots between, and
 * the entry of a row by its key or its number, from 0: requests.received.total.
 */
#ifndef NB_FORM_NAMES_H
#define NB_FORM_NAMES_H

#include "form/form.h"

typedef enum nb_name_fault {
    NB_NAME_KNOWN,
    NB_NAME_UNKNOWN,
    NB_NAME_OF_ROW, /* a row of counts: the entry is missing */
    NB_NAME_OF_MANY /* a group or a list, which is not one value */
} nb_name_fault;

/*
 * What a name stands for: the value of one slot, or the sum of several. A group whose values are
 * all rows of one kind, none of them the total of others, has the entries of their sum:
 * requests.outcomes.refused.total.
 */
typedef struct nb_named {
    nb_name_fault fault;
    const nb_field *field; /* of the value; of a sum its group */
    int first;             /* slot of the value; of a sum its first addend */
    int step;              /* from an addend to the next, in slots */
    int count;             /* of addends; 1: a value by itself */
} nb_named;

nb_named nb_form_name(const nb_form *form, nb_string name);

/* The name of the form nearest to a word, or NULL when none is near. */
const char *nb_form_nearest_name(const nb_form *form, nb_string word, nb_arena *arena);

#endif
