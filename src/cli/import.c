#include "cli/cli.h"

int nb_run_import(const nb_arguments *arguments)
{
    nb_session session;
    nb_reading reading;
    if (arguments->outputs.count > 1)
        return nb_usage_error(arguments, "import", NULL,
                              NB_WORDS(arguments, "多了“-o %s”", "“-o %s” is one too many"),
                              arguments->outputs.list[1]);
    int end = nb_session_begin(&session, arguments);
    if (end != NB_EXIT_DONE) {
        nb_session_end(&session);
        return end;
    }
    const char *output = arguments->outputs.count ? arguments->outputs.list[0] : "-";
    size_t from = nb_findings_count(session.findings), length;
    const char *json;
    nb_status status = nb_reading_begin_published(&session, arguments->inputs.list[0], &reading);
    if (status == NB_OK)
        status = nb_report_canonical(reading.report, &json, &length);
    if (status == NB_OK)
        status = nb_file_save(output, json, length, session.findings);
    nb_print_findings(session.findings, from, &reading.source, arguments->language, stderr);
    if (status == NB_E_MEMORY)
        fprintf(stderr, "nianbao: %s\n", nb_status_message(status));
    if (status == NB_OK && nb_findings_count_of(session.findings, NB_ERROR))
        status = NB_E_FINDINGS;
    nb_reading_end(&reading);
    nb_session_end(&session);
    return nb_exit_of(status);
}
