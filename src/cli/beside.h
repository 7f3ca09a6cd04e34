/* The reports that others are compared with: --previous and --child. */
#ifndef NB_CLI_BESIDE_H
#define NB_CLI_BESIDE_H

#include "cli/cli.h"

typedef struct nb_readings {
    nb_reading *list;
    int count;
} nb_readings;

typedef struct nb_beside {
    nb_session *session;
    nb_findings *unheard; /* what is wrong in these reports is not this check's matter */
    nb_readings previous; /* the one, or all of a folder */
    nb_readings children;
    nb_report **child_reports;
    int end;
} nb_beside;

/* NB_EXIT_USAGE, told, when the options of the verb cannot be obeyed. */
int nb_beside_usage(const nb_arguments *arguments, const char *verb);
/*
 * Read the reports that the options name. One that is no report is told on stderr and ends the
 * command. End it in any case.
 */
int nb_beside_begin(nb_session *session, nb_beside *out);
void nb_beside_end(nb_beside *beside);

/* What a report is compared with. name is what messages call it. */
void nb_beside_apply(const nb_beside *beside, const nb_report *report, const char *name,
                     nb_check_options *options);

#endif
