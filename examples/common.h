/* What the examples share: making a library, telling what was found, ending. */
#ifndef EXAMPLES_COMMON_H
#define EXAMPLES_COMMON_H

#include <nianbao/nianbao.h>
#include <stdio.h>
#include <stdlib.h>

/* Print each finding on a line: where, how grave, which rule, what. */
static inline void print_findings(const nb_findings *findings)
{
    static const char *const severities[] = { "info", "warning", "error" };
    for (size_t i = 0; i < nb_findings_count(findings); i++) {
        const nb_finding *finding = nb_findings_lookup(findings, i);
        printf("%s:%d: %s %s: %s\n", finding->file, finding->line, severities[finding->severity],
               finding->rule, finding->message);
    }
}

/* End the program unless a call did what it was asked to; a real one would go on. */
static inline void expect(nb_status status, const nb_findings *findings)
{
    if (status == NB_OK)
        return;
    print_findings(findings);
    fprintf(stderr, "%s\n", nb_status_message(status));
    exit(1);
}

/* A report from a file of JSON. */
static inline nb_report *load_report(nb_library *library, const char *path, nb_findings *findings)
{
    nb_input *input;
    nb_report *report;
    size_t length;
    expect(nb_input_load(path, findings, &input), findings);
    const char *json = nb_input_lookup(input, &length);
    expect(nb_report_load(library, json, length, path, findings, &report), findings);
    nb_input_drop(input);
    return report;
}

#endif
