/* Printing findings. */
#ifndef NB_CLI_PRINT_H
#define NB_CLI_PRINT_H

#include <nianbao/nianbao.h>
#include <stdio.h>

/* The text that findings may point into. */
typedef struct nb_source {
    const char *name; /* as findings call it */
    const char *bytes;
    size_t length;
} nb_source;

/*
 * Print the findings from a place in the list on: a line each as compilers do; then, for more than
 * information, the line of the source that it is in with carets under what is meant; then hint and
 * clause.
 */
void nb_print_findings(const nb_findings *findings, size_t from, const nb_source *source,
                       nb_language language, FILE *to);
/* Print all findings as one JSON object, those of rules that are turned off by themselves. */
void nb_print_findings_json(const nb_findings *findings, FILE *to);

#endif
