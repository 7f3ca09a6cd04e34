/* compare PUBLISHED REPORT.json: read a published report back, and say what differs from another. */
#include "common.h"

#include <string.h>

int main(int argc, char **argv)
{
    nb_findings *findings = nb_findings_new(NB_ENGLISH);
    nb_import_options options = NB_IMPORT_OPTIONS_INIT;
    nb_library *library;
    nb_input *input;
    nb_report *published;
    nb_report_diff *diff;
    size_t length;
    if (argc != 3)
        return 2;
    expect(nb_library_new(NULL, findings, &library), findings);
    expect(nb_input_load(argv[1], findings, &input), findings);
    const char *bytes = nb_input_lookup(input, &length);
    options.ignore_carried = true; /* what it shows, not the data in it */
    expect(nb_report_import(library, bytes, length, argv[1], &options, findings, &published),
           findings);
    nb_report *report = load_report(library, argv[2], findings);
    expect(nb_report_diff_new(published, report, findings, &diff), findings);
    for (size_t i = 0; i < nb_report_diff_count(diff); i++) {
        const nb_report_change *change = nb_report_diff_lookup(diff, i);
        /* A total is printed in the one and left to be computed in the other: the same to a reader. */
        if (change->old_text && change->new_text && strcmp(change->old_text, change->new_text) == 0)
            continue;
        printf("%s: %s -> %s%s\n", change->label, change->old_text ? change->old_text : "(none)",
               change->new_text ? change->new_text : "(none)", change->follows ? " (follows)" : "");
    }
    nb_report_diff_drop(diff);
    nb_report_drop(report);
    nb_report_drop(published);
    nb_input_drop(input);
    nb_library_drop(library);
    nb_findings_drop(findings);
    return 0;
}
