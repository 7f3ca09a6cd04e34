/* Which rules there are, for those who list them or choose among them. */
#ifndef NB_CHECK_KNOWN_RULES_H
#define NB_CHECK_KNOWN_RULES_H

#include "form/form.h"

/* A rule that no form has to state. */
typedef struct nb_general_rule {
    const char *id;
    nb_severity severity;
    const char *name[2]; /* by nb_language */
    const char *clause;
    bool is_fixed; /* no setting changes it: it is about the input, not about the report */
} nb_general_rule;

extern const nb_general_rule nb_general_rules[];
extern const int nb_general_rule_count;

/* The general rule of that id, or NULL. */
const nb_general_rule *nb_general_rule_lookup(const char *id);

/* The ids of all rules that a report of the form is checked by, *count of them; each once. */
const char *const *nb_rule_ids(const nb_form *form, nb_arena *arena, int *count);

#endif
