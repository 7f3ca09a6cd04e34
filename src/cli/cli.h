/* The verbs of the command, and what several of them do. */
#ifndef NB_CLI_CLI_H
#define NB_CLI_CLI_H

#include "cli/options.h"
#include "cli/print.h"

/* Each returns how the command ends. */
int nb_run_build(const nb_arguments *arguments);
int nb_run_bulk(const nb_arguments *arguments);
int nb_run_merge(const nb_arguments *arguments);
int nb_run_starter(const nb_arguments *arguments);
int nb_run_check(const nb_arguments *arguments);
int nb_run_import(const nb_arguments *arguments);
int nb_run_verify(const nb_arguments *arguments);
int nb_run_fix(const nb_arguments *arguments);
int nb_run_diff(const nb_arguments *arguments);
int nb_run_patch(const nb_arguments *arguments);
int nb_run_init(const nb_arguments *arguments);
int nb_run_schema(const nb_arguments *arguments);
int nb_run_correct(const nb_arguments *arguments);
int nb_run_fonts(const nb_arguments *arguments);
int nb_run_forms(const nb_arguments *arguments);
int nb_run_rules(const nb_arguments *arguments);
int nb_run_serve(const nb_arguments *arguments);
int nb_run_completion(const nb_arguments *arguments);

/* The manual page of the command, for man. */
void nb_print_manual(const nb_arguments *arguments);

/* What every verb works with. */
typedef struct nb_session {
    const nb_arguments *arguments;
    nb_findings *findings;
    nb_library *library;
} nb_session;

/*
 * Make findings and library, and end them. A failure to begin is told on stderr; end after it all
 * the same.
 */
int nb_session_begin(nb_session *session, const nb_arguments *arguments);
void nb_session_end(nb_session *session);

/* A report and the bytes that it was read from. */
typedef struct nb_reading {
    nb_input *input;   /* NULL when it could not be read */
    nb_report *report; /* NULL when it is no report */
    nb_source source;
} nb_reading;

/*
 * Read a report: JSON, or a published report when the name ends in .txt, .docx, .pdf, .html or .htm or
 * standard input does not begin with a brace.
 */
nb_status nb_reading_begin(nb_session *session, const char *path, nb_reading *out);
/* The same, of a published report whatever its name. */
nb_status nb_reading_begin_published(nb_session *session, const char *path, nb_reading *out);
void nb_reading_end(nb_reading *reading);

int nb_exit_of(nb_status status);
/* Which of two endings the command ends with: the one that kept more from being done. */
int nb_worse_exit(int a, int b);
/* The folder of an input, below which its pictures are; the caller frees it. */
char *nb_folder_of(const char *input);
bool nb_has_suffix(const char *name, const char *suffix);
bool nb_is_folder(const char *path);
/* Whether a file of that name may be a report: JSON or a published one. */
bool nb_is_report_name(const char *name);

#endif
