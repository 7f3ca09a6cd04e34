#include "cli/cli.h"

#include "cli/save.h"
#include <string.h>
#include <sys/stat.h>

static const char *const published_suffixes[] = { ".txt", ".docx", ".pdf", ".html", ".htm", NULL };

/* Several reports, or one into a folder that is there or is named as one. */
static bool writes_into_folder(const nb_arguments *arguments)
{
    struct stat info;
    const char *output = arguments->outputs.count ? arguments->outputs.list[0] : "-";
    return arguments->inputs.count > 1 || output[strlen(output) - 1] == '/' ||
           (stat(output, &info) == 0 && S_ISDIR(info.st_mode));
}

static int check_outputs(const nb_arguments *arguments)
{
    int count = arguments->outputs.count;
    if (count > 1)
        return nb_usage_error(arguments, "import", NULL,
                              NB_WORDS(arguments, "多了“-o %s”", "“-o %s” is one too many"),
                              arguments->outputs.list[1]);
    if (!writes_into_folder(arguments))
        return NB_EXIT_DONE;
    if (count == 0 || strcmp(arguments->outputs.list[0], "-") == 0 ||
        nb_has_suffix(arguments->outputs.list[0], ".json"))
        return nb_usage_error(arguments, "import", NULL,
                              NB_WORDS(arguments, "%d 份报告要用 -o 写到一个文件夹",
                                       "%d reports need a folder to be written to, named with -o"),
                              arguments->inputs.count);
    return nb_check_stems(arguments, "import", published_suffixes);
}

static nb_status save(const nb_arguments *arguments, const char *input, const char *json,
                      size_t length, nb_findings *findings)
{
    const char *output = arguments->outputs.count ? arguments->outputs.list[0] : "-";
    if (!writes_into_folder(arguments))
        return nb_save_one(output, json, length, findings);
    nb_save_list files = { NULL, 0 };
    nb_save_file *file = nb_save_list_add(&files);
    nb_save_into_folder(file, output, nb_stem_of(input, published_suffixes), "json");
    file->bytes = (const unsigned char *)json;
    file->length = length;
    nb_status status = nb_save_all(&files, arguments->language);
    nb_save_list_end(&files);
    return status;
}

static int import_input(nb_session *session, const char *path)
{
    const nb_arguments *arguments = session->arguments;
    nb_reading reading;
    size_t from = nb_findings_count(session->findings), length;
    size_t errors = nb_findings_count_of(session->findings, NB_ERROR);
    const char *json;
    nb_status status = nb_reading_begin_published(session, path, &reading);
    if (status == NB_OK)
        status = nb_report_canonical(reading.report, &json, &length);
    if (status == NB_OK)
        status = save(arguments, path, json, length, session->findings);
    nb_print_findings(session->findings, from, &reading.source, arguments->language, stderr);
    if (status == NB_E_MEMORY)
        fprintf(stderr, "nianbao: %s\n", nb_status_words(status, arguments->language));
    if (status == NB_OK && nb_findings_count_of(session->findings, NB_ERROR) > errors)
        status = NB_E_FINDINGS;
    nb_reading_end(&reading);
    return nb_exit_of(status);
}

int nb_run_import(const nb_arguments *arguments)
{
    nb_session session;
    int end = check_outputs(arguments);
    if (end != NB_EXIT_DONE)
        return end;
    end = nb_session_begin(&session, arguments);
    for (int i = 0; i < arguments->inputs.count && session.library; i++)
        end = nb_worse_exit(end, import_input(&session, arguments->inputs.list[i]));
    nb_session_end(&session);
    return end;
}
