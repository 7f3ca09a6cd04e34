/* The table of options; for options.c and help.c. */
#ifndef NB_CLI_OPTION_TABLE_H
#define NB_CLI_OPTION_TABLE_H

#include "cli/options.h"

typedef enum nb_option_id {
    NB_OPTION_OUTPUT,
    NB_OPTION_FORMATS,
    NB_OPTION_FORCE,
    NB_OPTION_FONT_DIR,
    NB_OPTION_STYLE,
    NB_OPTION_PDF_STANDARD,
    NB_OPTION_TRACE,
    NB_OPTION_FONTCONFIG,
    NB_OPTION_IGNORE_CARRIED,
    NB_OPTION_FINDINGS,
    NB_OPTION_FAIL_ON,
    NB_OPTION_LANGUAGE,
    NB_OPTION_HELP,
    NB_OPTION_VERSION
} nb_option_id;

/* An option of some verbs. A value with | in it is a choice of words. */
typedef struct nb_option {
    const char *name;     /* without its dashes */
    const char *value;    /* what follows it, as help calls it; NULL: nothing */
    const char *verbs;    /* with blanks between; "": only without a verb; NULL: all */
    const char *words[2]; /* by nb_language */
    nb_option_id id;
    char letter; /* the short form; 0: none */
} nb_option;

extern const nb_option nb_options[];
extern const int nb_option_count;

/* Whether a verb has the option; without a verb, whether all have it. */
bool nb_option_is_of(const nb_option *option, const nb_verb *verb);

#endif
