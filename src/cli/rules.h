/* The rules that reports are checked by, and what --rule says of them. */
#ifndef NB_CLI_RULES_H
#define NB_CLI_RULES_H

#include "cli/cli.h"

/* One rule, however many forms have it; its strings are the library's. */
typedef struct nb_listed_rule {
    nb_rule_info info;
    bool is_of_forms; /* else every report is checked by it */
} nb_listed_rule;

typedef struct nb_rule_list {
    nb_listed_rule *list; /* by id */
    int count;
    nb_rule_setting *settings; /* of --rule, in their order */
    int setting_count;
    char *words; /* of --rule, cut up */
} nb_rule_list;

/*
 * Read --rule, and list the rules when they are wanted or needed for that. NB_EXIT_USAGE, told, when an option names no rule or no severity;
 * a form that cannot be loaded is told on stderr. End it in any case.
 */
int nb_rules_begin(nb_session *session, const char *verb, bool is_list_wanted, nb_rule_list *out);
void nb_rules_end(nb_rule_list *rules);
/* What --rule says, for a check. */
void nb_rules_apply(const nb_rule_list *rules, nb_check_options *options);
/* The place of a rule in the list, or -1. */
int nb_rules_find(const nb_rule_list *rules, const char *id);

const char *nb_severity_word(nb_severity severity);

#endif
