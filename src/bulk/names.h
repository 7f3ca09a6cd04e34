/*
 * What the files of a row are called. A pattern is text with values of the report in it, named as
 * in its prose (form/wording.h): {agency}, {year}, {requests.received.total}; and {row}. Any row
 * gets a name that every file system takes, and two rows never the same one.
 */
#ifndef NB_BULK_NAMES_H
#define NB_BULK_NAMES_H

#include "base/findings.h"
#include "form/form.h"
#include "report/report.h"

#define NB_DEFAULT_NAME "{row}-{agency}"

typedef struct nb_name_pattern nb_name_pattern;

/* text is borrowed. per_folder: how many rows share a folder, 0: all. */
nb_name_pattern *nb_name_pattern_new(const char *text, int per_folder, nb_arena *arena);
/* The pattern holds {row}, so that no two names can be the same. */
bool nb_name_pattern_is_unique(const nb_name_pattern *pattern);
/* Every name in the pattern is one of the form's; else a finding says which is not. */
bool nb_name_pattern_fits(const nb_name_pattern *pattern, const nb_form *form, nb_arena *arena,
                          nb_findings *findings);

/*
 * The name of a report's files, without suffix, with the folder before it when rows share folders.
 * Empty, with a finding, when a value that it needs is missing.
 */
nb_string nb_name_of(const nb_name_pattern *pattern, const struct nb_report *report, size_t row,
                     nb_arena *arena, nb_findings *findings);

/* A text as a part of a file's name: nothing in it that a file system or shell trips over. */
nb_string nb_safe_name(nb_string text, nb_arena *arena);

/*
 * Names that are taken. Rows claim in the order of their numbers, whichever thread is first: who
 * comes early waits, so that the same row loses on any number of threads. Each row must claim
 * exactly once.
 */
typedef struct nb_taken_names nb_taken_names;

nb_taken_names *nb_taken_names_new(nb_arena *arena); /* NULL: no lock can be made */
/*
 * Claim a name, or pass with an empty one. 0, or the row that has it already; SIZE_MAX when memory
 * ran out.
 */
size_t nb_taken_names_claim(nb_taken_names *taken, size_t row, nb_string name);

#endif
