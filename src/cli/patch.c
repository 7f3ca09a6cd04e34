#include "cli/cli.h"

#include "cli/save.h"

/* Write a report's canonical JSON where -o says, and tell what was found from a place on. */
static nb_status save(nb_session *session, nb_report *report)
{
    const nb_arguments *arguments = session->arguments;
    const char *json, *output = arguments->outputs.count ? arguments->outputs.list[0] : "-";
    size_t length;
    nb_status status = nb_report_canonical(report, &json, &length);
    return status == NB_OK ? nb_save_one(output, json, length, session->findings) : status;
}

static nb_status patch_report(nb_session *session, nb_report *report, nb_input *patch)
{
    const char *name = session->arguments->inputs.list[1], *bytes;
    nb_report *patched;
    size_t length, from = nb_findings_count(session->findings);
    bytes = nb_input_lookup(patch, &length);
    nb_source source = { name, bytes, length };
    nb_status status =
        nb_patch_apply(session->library, report, bytes, length, name, session->findings, &patched);
    if (status == NB_OK)
        status = save(session, patched);
    nb_print_findings(session->findings, from, &source, session->arguments->language, stderr);
    nb_report_drop(patched);
    if (status == NB_OK && nb_findings_count_of(session->findings, NB_ERROR))
        status = NB_E_FINDINGS;
    return status;
}

int nb_run_patch(const nb_arguments *arguments)
{
    nb_session session;
    nb_reading reading = { .input = NULL };
    nb_input *patch = NULL;
    if (arguments->outputs.count > 1)
        return nb_usage_error(arguments, "patch", NULL,
                              NB_WORDS(arguments, "多了“-o %s”", "“-o %s” is one too many"),
                              arguments->outputs.list[1]);
    int end = nb_session_begin(&session, arguments);
    if (end == NB_EXIT_DONE) {
        nb_status status = nb_reading_begin(&session, arguments->inputs.list[0], &reading);
        if (status == NB_OK)
            status = nb_input_load(arguments->inputs.list[1], session.findings, &patch);
        nb_print_findings(session.findings, 0, &reading.source, arguments->language, stderr);
        if (status == NB_OK)
            status = patch_report(&session, reading.report, patch);
        if (status == NB_E_MEMORY)
            fprintf(stderr, "nianbao patch: %s\n", nb_status_words(status, arguments->language));
        end = nb_exit_of(status);
    }
    nb_input_drop(patch);
    nb_reading_end(&reading);
    nb_session_end(&session);
    return end;
}
