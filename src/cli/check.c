#include "cli/beside.h"
#include "cli/rules.h"
#include "cli/sarif.h"

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
static int check_input(nb_session *session, const nb_beside *beside, const nb_rule_list *rules,
                       const char *path)
{
    nb_check_options options = NB_CHECK_OPTIONS_INIT;
    nb_reading reading;
    size_t from = nb_findings_count(session->findings);
    nb_status status = nb_reading_begin(session, path, &reading);
    if (status == NB_OK) {
        nb_beside_apply(beside, reading.report, path, &options);
        nb_rules_apply(rules, &options);
        status = nb_report_check(reading.report, &options, session->findings);
    }
    if (session->arguments->findings_format == NB_FINDINGS_TEXT)
        nb_print_findings(session->findings, from, &reading.source, session->arguments->language,
                          stdout);
    nb_reading_end(&reading);
    if (status == NB_E_MEMORY)
        fprintf(stderr, "nianbao: %s: %s\n", path,
                nb_status_words(status, session->arguments->language));
    return status == NB_E_FINDINGS ? NB_EXIT_DONE
                                   : nb_exit_of(status); /* findings are judged all together */
}

static int check_inputs(nb_session *session, const nb_beside *beside, const nb_rule_list *rules)
{
    const nb_arguments *arguments = session->arguments;
    int end = NB_EXIT_DONE;
    for (int i = 0; i < arguments->inputs.count; i++)
        end = nb_worse_exit(end, check_input(session, beside, rules, arguments->inputs.list[i]));
    if (arguments->findings_format == NB_FINDINGS_JSON)
        nb_print_findings_json(session->findings, stdout);
    else if (arguments->findings_format == NB_FINDINGS_SARIF)
        nb_print_findings_sarif(session->findings, rules, arguments->language, stdout);
    else
        print_summary(arguments, session->findings);
    return nb_worse_exit(end, verdict(arguments, session->findings));
}

int nb_run_check(const nb_arguments *arguments)
{
    nb_session session;
    nb_beside beside;
    nb_rule_list rules = { .list = NULL };
    int end = nb_beside_usage(arguments, "check");
    if (end != NB_EXIT_DONE)
        return end;
    end = nb_session_begin(&session, arguments);
    if (end == NB_EXIT_DONE)
        end = nb_rules_begin(&session, "check", arguments->findings_format == NB_FINDINGS_SARIF,
                             &rules);
    if (end == NB_EXIT_DONE) {
        end = nb_beside_begin(&session, &beside);
        if (end == NB_EXIT_DONE)
            end = check_inputs(&session, &beside, &rules);
        nb_beside_end(&beside);
    }
    nb_rules_end(&rules);
    nb_session_end(&session);
    return end;
}
