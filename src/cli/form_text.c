/* nianbao init and nianbao schema: what a form alone gives. */
#include "cli/cli.h"

#include "cli/save.h"

#include <stdlib.h>

typedef nb_status write_text(const nb_session *session, char **text, size_t *length);

static nb_status skeleton(const nb_session *session, char **text, size_t *length)
{
    const nb_arguments *arguments = session->arguments;
    nb_skeleton_options options = { arguments->agency, arguments->year, arguments->blank };
    return nb_library_skeleton(session->library, arguments->inputs.list[0], &options,
                               session->findings, text, length);
}

static nb_status schema(const nb_session *session, char **text, size_t *length)
{
    return nb_library_schema(session->library, session->arguments->inputs.list[0],
                             session->findings, text, length);
}

static int run(const nb_arguments *arguments, const char *verb, write_text *write)
{
    nb_session session;
    const char *output = arguments->outputs.count ? arguments->outputs.list[0] : "-";
    if (arguments->outputs.count > 1)
        return nb_usage_error(arguments, verb, NULL,
                              NB_WORDS(arguments, "多了“-o %s”", "“-o %s” is one too many"),
                              arguments->outputs.list[1]);
    int end = nb_session_begin(&session, arguments);
    if (end == NB_EXIT_DONE) {
        char *text = NULL;
        size_t length = 0;
        nb_status status = write(&session, &text, &length);
        if (status == NB_OK)
            status = nb_save_one(output, text, length, session.findings);
        nb_print_findings(session.findings, 0, NULL, arguments->language, stderr);
        free(text);
        end = nb_exit_of(status);
    }
    nb_session_end(&session);
    return end;
}

int nb_run_init(const nb_arguments *arguments)
{
    return arguments->with_template ? nb_run_starter(arguments) : run(arguments, "init", skeleton);
}

int nb_run_schema(const nb_arguments *arguments)
{
    return run(arguments, "schema", schema);
}
