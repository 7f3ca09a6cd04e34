#include "cli/cli.h"

static int verdict(const nb_arguments *arguments, const nb_findings *findings)
{
    if (arguments->fail_on == NB_FAIL_ON_NEVER)
        return NB_EXIT_DONE;
    if (nb_findings_count_of(findings, NB_ERROR))
        return NB_EXIT_FINDINGS;
    if (arguments->fail_on == NB_FAIL_ON_WARNING && nb_findings_count_of(findings, NB_WARNING))
        return NB_EXIT_WARNINGS;
    return NB_EXIT_DONE;
}

static void print_summary(const nb_arguments *arguments, const nb_findings *findings)
{
    size_t errors = nb_findings_count_of(findings, NB_ERROR);
    size_t warnings = nb_findings_count_of(findings, NB_WARNING);
    if (errors || warnings)
        printf(NB_WORDS(arguments, "错误 %zu 个，警告 %zu 个\n", "%zu errors, %zu warnings\n"),
               errors, warnings);
    else
        printf("%s\n", NB_WORDS(arguments, "没有发现问题", "nothing wrong found"));
}

/* Check one input and print what is found, unless all is printed as JSON in the end. */
static int check_input(nb_session *session, const char *path)
{
    nb_reading reading;
    size_t from = nb_findings_count(session->findings);
    nb_status status = nb_reading_begin(session, path, &reading);
    if (status == NB_OK)
        status = nb_report_check(reading.report, NULL, session->findings);
    if (session->arguments->findings_format == NB_FINDINGS_TEXT)
        nb_print_findings(session->findings, from, &reading.source, session->arguments->language,
                          stdout);
    nb_reading_end(&reading);
    if (status == NB_E_MEMORY)
        fprintf(stderr, "nianbao: %s: %s\n", path, nb_status_message(status));
    return status == NB_E_FINDINGS ? NB_EXIT_DONE
                                   : nb_exit_of(status); /* findings are judged all together */
}

int nb_run_check(const nb_arguments *arguments)
{
    nb_session session;
    int end = nb_session_begin(&session, arguments);
    if (end == NB_EXIT_DONE) {
        for (int i = 0; i < arguments->inputs.count; i++)
            end = nb_worse_exit(end, check_input(&session, arguments->inputs.list[i]));
        if (arguments->findings_format == NB_FINDINGS_JSON)
            nb_print_findings_json(session.findings, stdout);
        else
            print_summary(arguments, session.findings);
        end = nb_worse_exit(end, verdict(arguments, session.findings));
    }
    nb_session_end(&session);
    return end;
}
