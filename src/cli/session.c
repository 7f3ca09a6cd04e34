#include "cli/cli.h"

#include "cli/save.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int nb_exit_of(nb_status status)
{
    switch (status) {
    case NB_OK:
        return NB_EXIT_DONE;
    case NB_E_FINDINGS:
        return NB_EXIT_FINDINGS;
    case NB_E_NOT_A_REPORT:
        return NB_EXIT_INPUT;
    case NB_E_ARGUMENT:
        return NB_EXIT_USAGE;
    case NB_E_LATER:
        return NB_EXIT_LATER;
    case NB_E_RESOURCE:
    case NB_E_OUTPUT:
    case NB_E_MEMORY:
        break;
    }
    return NB_EXIT_OUTPUT;
}

int nb_worse_exit(int a, int b)
{
    static const int order[] = { NB_EXIT_DONE,  NB_EXIT_WARNINGS, NB_EXIT_FINDINGS, NB_EXIT_INPUT,
                                 NB_EXIT_USAGE, NB_EXIT_LATER,    NB_EXIT_OUTPUT };
    int worse = NB_EXIT_DONE;
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
        if (order[i] == a || order[i] == b)
            worse = order[i];
    return worse;
}

bool nb_has_suffix(const char *name, const char *suffix)
{
    size_t length = strlen(name), end = strlen(suffix);
    return length > end && strcmp(name + length - end, suffix) == 0;
}

char *nb_folder_of(const char *input)
{
    const char *slash = strrchr(input, '/');
    size_t length = slash ? (size_t)(slash - input) : 1;
    char *folder = nb_need_memory(calloc(length + 1, 1));
    memcpy(folder, slash ? input : ".", length);
    return folder;
}

int nb_session_begin(nb_session *session, const nb_arguments *arguments)
{
    nb_library_options options = { .font_dirs = arguments->font_dirs.list,
                                   .font_dir_count = (size_t)arguments->font_dirs.count };
    nb_status status = NB_E_MEMORY;
    *session = (nb_session){ .arguments = arguments };
    session->findings = nb_findings_new(arguments->language);
    if (session->findings) {
        status = nb_library_new(&options, session->findings, &session->library);
        nb_print_findings(session->findings, 0, NULL, arguments->language, stderr);
    }
    if (status == NB_E_MEMORY)
        fprintf(stderr, "nianbao: %s\n", nb_status_words(status, arguments->language));
    return nb_exit_of(status);
}

void nb_session_end(nb_session *session)
{
    /*
     * The command ends, and the system takes back all memory at once: to give it back piece by piece
     * is a tenth of what one report takes. It is still pointed to, and so no leak.
     */
    static nb_library *volatile kept;
    kept = session->library;
    (void)kept;
    nb_findings_drop(session->findings);
}

bool nb_is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* Standard input has no name to tell what it is. */
static bool begins_with_brace(const char *bytes, size_t length)
{
    size_t at = length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (at < length && strchr(" \t\r\n", bytes[at]) && bytes[at])
        at++;
    return at == length || bytes[at] == '{';
}

/* Findings in a DOCX or a page have no line that is worth showing. */
static bool has_lines(const char *bytes, size_t length)
{
    size_t at = 0;
    while (at < length && bytes[at] && strchr("\xEF\xBB\xBF \t\r\n", bytes[at]))
        at++;
    bool is_binary = (length >= 2 && memcmp(bytes, "PK", 2) == 0) ||
                     (length >= 4 && memcmp(bytes, "%PDF", 4) == 0);
    return !is_binary && (at == length || bytes[at] != '<');
}

static nb_status begin(nb_session *session, const char *path, bool is_published, nb_reading *out)
{
    size_t length;
    *out = (nb_reading){ .input = NULL };
    nb_status status = nb_input_load(path, session->findings, &out->input);
    if (status != NB_OK)
        return status;
    const char *bytes = nb_input_lookup(out->input, &length);
    if (strcmp(path, "-") == 0 && !begins_with_brace(bytes, length))
        is_published = true;
    bool is_shown = !is_published || has_lines(bytes, length);
    out->source = (nb_source){ is_shown ? path : "", bytes, length };
    if (!is_published)
        return nb_report_load(session->library, bytes, length, path, session->findings,
                              &out->report);
    nb_import_options options = { .ignore_carried = session->arguments->ignore_carried,
                                  .keep_carried = session->arguments->keep_carried };
    return nb_report_import(session->library, bytes, length, path, &options, session->findings,
                            &out->report);
}

static bool is_published_name(const char *name)
{
    static const char *const published[] = { ".txt", ".docx", ".pdf", ".html", ".htm" };
    for (size_t i = 0; i < sizeof published / sizeof published[0]; i++)
        if (nb_has_suffix(name, published[i]))
            return true;
    return false;
}

bool nb_is_report_name(const char *name)
{
    return nb_has_suffix(name, ".json") || is_published_name(name);
}

nb_status nb_reading_begin(nb_session *session, const char *path, nb_reading *out)
{
    return begin(session, path, is_published_name(path), out);
}

nb_status nb_reading_begin_published(nb_session *session, const char *path, nb_reading *out)
{
    return begin(session, path, true, out);
}

void nb_reading_end(nb_reading *reading)
{
    nb_report_drop(reading->report);
    nb_input_drop(reading->input);
}
