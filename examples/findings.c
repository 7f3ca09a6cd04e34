/* findings REPORT.json: check a report, and show each fault with the place to go to. */
#include "common.h"

int main(int argc, char **argv)
{
    nb_findings *findings = nb_findings_new(NB_ENGLISH);
    nb_library *library;
    if (argc != 2)
        return 2;
    expect(nb_library_new(NULL, findings, &library), findings);
    nb_report *report = load_report(library, argv[1], findings);
    nb_rule_setting settings[] = { { "C2", true, NB_INFO } }; /* not this one */
    nb_check_options options = NB_CHECK_OPTIONS_INIT;
    options.settings = settings;
    options.setting_count = 1;
    nb_status status = nb_report_check(report, &options, findings);
    for (size_t i = 0; i < nb_findings_count(findings); i++) {
        const nb_finding *finding = nb_findings_lookup(findings, i);
        printf("line %d, column %d, %s\n  %s: %s\n  %s\n", finding->line, finding->column,
               finding->pointer, finding->rule, finding->message, finding->hint);
    }
    printf("%zu errors: %s\n", nb_findings_count_of(findings, NB_ERROR), nb_status_message(status));
    nb_report_drop(report);
    nb_library_drop(library);
    nb_findings_drop(findings);
    return 0;
}
