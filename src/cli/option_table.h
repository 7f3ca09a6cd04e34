/* The table of options; for options.c and help.c. */
#ifndef NB_CLI_OPTION_TABLE_H
#define NB_CLI_OPTION_TABLE_H

#include "cli/options.h"

/* What an option does to the member of nb_arguments that it stands for. */
typedef enum nb_option_kind {
    NB_OPTION_FLAG,   /* bool: set */
    NB_OPTION_WORD,   /* const char *: its value */
    NB_OPTION_LIST,   /* nb_words: its value is added */
    NB_OPTION_NUMBER, /* int: its value, a whole number from 0 */
    NB_OPTION_DATE,   /* const char *: its value, a day of the calendar */
    NB_OPTION_CHOICE, /* an enum: which of the words in its value, from 0 */
    NB_OPTION_FORMATS /* the formats: a list of words with commas between */
} nb_option_kind;

/* An option of some verbs. */
typedef struct nb_option {
    const char *name;     /* without its dashes */
    const char *value;    /* what follows it, as help calls it: "text|json" for a choice; or NULL */
    const char *verbs;    /* with blanks between; "": only without a verb; NULL: all */
    const char *words[2]; /* by nb_language */
    nb_option_kind kind;
    size_t member; /* its offset in nb_arguments */
    char letter;   /* the short form; 0: none */
} nb_option;

extern const nb_option nb_options[];
extern const int nb_option_count;

/* Whether a verb has the option; without a verb, whether all have it. */
bool nb_option_is_of(const nb_option *option, const nb_verb *verb);

/* How the command ends, as a text of some lines. */
const char *nb_exit_words(nb_language language);

/* What help says of a verb below its options, or NULL. */
const char *nb_verb_details(const nb_verb *verb, nb_language language);

#endif
