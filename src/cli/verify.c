#include "cli/cli.h"

static void print_verdict(const nb_arguments *arguments, const char *path, nb_status status,
                          size_t differences)
{
    if (status == NB_OK)
        printf(NB_WORDS(arguments, "%s: 正文与所附数据一致\n",
                        "%s: the text is what the attached data say\n"),
               path);
    else if (status == NB_E_FINDINGS)
        printf(NB_WORDS(arguments, "%s: %zu 处不同\n", "%s: %zu differences\n"), path, differences);
}

/* Verify one file and print what is found, unless all is printed as JSON in the end. */
static int verify_input(nb_session *session, const char *path)
{
    const nb_arguments *arguments = session->arguments;
    size_t from = nb_findings_count(session->findings), length;
    size_t errors = nb_findings_count_of(session->findings, NB_ERROR);
    nb_input *input;
    nb_status status = nb_input_load(path, session->findings, &input);
    if (status == NB_OK) {
        const char *bytes = nb_input_lookup(input, &length);
        status = nb_report_verify(session->library, bytes, length, path, session->findings);
    }
    nb_input_drop(input);
    if (arguments->findings_format == NB_FINDINGS_TEXT) {
        nb_print_findings(session->findings, from, NULL, arguments->language, stdout);
        print_verdict(arguments, path, status,
                      nb_findings_count_of(session->findings, NB_ERROR) - errors);
    }
    if (status == NB_E_MEMORY)
        fprintf(stderr, "nianbao: %s: %s\n", path, nb_status_words(status, arguments->language));
    return nb_exit_of(status);
}

int nb_run_verify(const nb_arguments *arguments)
{
    nb_session session;
    int end = nb_session_begin(&session, arguments);
    if (end == NB_EXIT_DONE) {
        for (int i = 0; i < arguments->inputs.count; i++)
            end = nb_worse_exit(end, verify_input(&session, arguments->inputs.list[i]));
        if (arguments->findings_format == NB_FINDINGS_JSON)
            nb_print_findings_json(session.findings, stdout);
    }
    nb_session_end(&session);
    return end;
}
