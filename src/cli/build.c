#include "cli/beside.h"
#include "cli/rules.h"

#include "cli/save.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One thing that -o names. */
typedef struct output {
    const char *path; /* of a file, a folder, or "-" */
    bool is_folder;
    nb_format format; /* of a file or stream */
} output;

/* The format that a file's suffix names, or -1. */
static int format_of(const char *path)
{
    for (int format = 0; format < NB_FORMAT_COUNT; format++) {
        char suffix[16];
        snprintf(suffix, sizeof suffix, ".%s", nb_format_names[format]);
        if (nb_has_suffix(path, suffix))
            return format;
    }
    return -1;
}

/* The only format that -f names, or -1. */
static int single_format(const nb_arguments *arguments)
{
    int single = -1, count = 0;
    for (int format = 0; format < NB_FORMAT_COUNT; format++)
        if (arguments->formats[format]) {
            single = format;
            count++;
        }
    return count == 1 ? single : -1;
}

/*
 * A new name that looks like a file's, as report.doc does, when nothing says that it is a
 * folder's.
 */
static bool is_foreign_file(const nb_arguments *arguments, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path,
               *point = strrchr(name, '.');
    return !arguments->has_formats && point && point > name && point[1] && !nb_is_folder(path);
}

static int read_output(const nb_arguments *arguments, const char *path, output *out)
{
    bool is_stream = strcmp(path, "-") == 0;
    int format = is_stream ? single_format(arguments) : format_of(path);
    *out = (output){ .path = path, .is_folder = !is_stream && (format < 0 || nb_is_folder(path)) };
    if (out->is_folder && is_foreign_file(arguments, path))
        return nb_usage_error(
            arguments, "build", NULL,
            NB_WORDS(arguments, "不会写“%s”这种后缀；要写到这个文件夹，就在末尾加 /",
                     "“%s” is no suffix to write; end it with / if it is a folder"),
            path);
    if (out->is_folder)
        return NB_EXIT_DONE;
    if (arguments->inputs.count > 1)
        return nb_usage_error(arguments, "build", NULL,
                              NB_WORDS(arguments, "%d 份报告要写到文件夹，不能写到“%s”",
                                       "%d reports need a folder to be written to, not “%s”"),
                              arguments->inputs.count, path);
    if (format < 0)
        return nb_usage_error(arguments, "build", NULL, "%s",
                              NB_WORDS(arguments, "写到标准输出，要用 -f 说明一种格式",
                                       "standard output takes one format, named with -f"));
    if (arguments->has_formats && !arguments->formats[format])
        return nb_usage_error(arguments, "build", NULL,
                              NB_WORDS(arguments, "“%s”的后缀与 -f 说的格式不同",
                                       "the suffix of “%s” is not a format that -f names"),
                              path);
    out->format = (nb_format)format;
    return NB_EXIT_DONE;
}

static int check_editable(const nb_arguments *arguments, const output *outputs)
{
    bool has_other = false;
    for (int i = 0; i < arguments->outputs.count && !has_other; i++)
        has_other = !outputs[i].is_folder && outputs[i].format != NB_DOCX;
    return nb_editable_usage(arguments, "build", has_other);
}

static const char *const report_suffixes[] = { ".json", ".txt", NULL };

/* Write every format of the publication into memory, as a file of the list. */
static nb_status write_formats(nb_session *session, nb_publication *publication, const char *input,
                               const output *outputs, nb_save_list *files)
{
    const nb_arguments *arguments = session->arguments;
    nb_status status = NB_OK;
    for (int i = 0; outputs[i].path; i++)
        for (int format = 0; format < NB_FORMAT_COUNT && status == NB_OK; format++) {
            bool is_wanted = outputs[i].is_folder ? nb_is_wanted(arguments, (nb_format)format)
                                                  : format == (int)outputs[i].format;
            if (!is_wanted)
                continue;
            nb_save_file *file = nb_save_list_add(files);
            if (outputs[i].is_folder)
                nb_save_into_folder(file, outputs[i].path, nb_stem_of(input, report_suffixes),
                                    nb_format_names[format]);
            else
                nb_save_as(file, outputs[i].path);
            status = nb_publication_write(publication, (nb_format)format, session->findings,
                                          &file->bytes, &file->length);
        }
    return status;
}

static void tell_end(const nb_session *session, const char *input, nb_status status, size_t errors,
                     size_t pages)
{
    const nb_arguments *arguments = session->arguments;
    if (status == NB_E_FINDINGS)
        fprintf(
            stderr,
            NB_WORDS(
                arguments,
                "nianbao build: %s：有 %zu 处错误，没有写出；改正后再写，或用 --force 照原样写出\n",
                "nianbao build: %s: %zu errors, nothing is written; correct them, or write it as "
                "it "
                "stands with --force\n"),
            input, errors);
    else if (status == NB_E_MEMORY)
        fprintf(stderr, "nianbao build: %s: %s\n", input,
                nb_status_words(status, arguments->language));
    else if (status == NB_OK && isatty(STDERR_FILENO))
        fprintf(stderr, NB_WORDS(arguments, "%s：%zu 页\n", "%s: %zu pages\n"), input, pages);
}

static int build_report(nb_session *session, const nb_beside *beside, const nb_rule_list *rules,
                        const char *input, const output *outputs)
{
    nb_check_options checks = NB_CHECK_OPTIONS_INIT;
    const nb_arguments *arguments = session->arguments;
    nb_build_options options = { .force = arguments->force,
                                 .style = arguments->style,
                                 .pdf_standard = arguments->pdf_standard,
                                 .checks = &checks,
                                 .editable = arguments->editable,
                                 .date = arguments->date,
                                 .draft = arguments->draft };
    char *folder = nb_folder_of(input);
    options.picture_dir = folder;
    nb_publication *publication = NULL;
    nb_reading reading;
    nb_save_list files = { NULL, 0 };
    size_t from = nb_findings_count(session->findings), pages = 0;
    size_t errors = nb_findings_count_of(session->findings, NB_ERROR);
    nb_status status = nb_reading_begin(session, input, &reading);
    if (status == NB_OK) {
        nb_beside_apply(beside, reading.report, input, &checks);
        nb_rules_apply(rules, &checks);
        status = nb_publication_build(session->library, reading.report, &options, session->findings,
                                      &publication);
    }
    free(folder);
    if (status == NB_OK) {
        pages = nb_publication_page_count(publication);
        status = write_formats(session, publication, input, outputs, &files);
    }
    nb_print_findings(session->findings, from, &reading.source, arguments->language, stderr);
    errors = nb_findings_count_of(session->findings, NB_ERROR) - errors;
    if (status == NB_OK)
        status = nb_save_all(&files, arguments->language);
    tell_end(session, input, status, errors, pages);
    nb_save_list_end(&files);
    nb_publication_drop(publication);
    nb_reading_end(&reading);
    return nb_exit_of(status);
}

static int build_reports(nb_session *session, const output *outputs)
{
    nb_beside beside;
    nb_rule_list rules;
    const nb_words *inputs = &session->arguments->inputs;
    int end = nb_rules_begin(session, "build", false, &rules);
    if (end == NB_EXIT_DONE) {
        end = nb_beside_begin(session, &beside);
        bool is_ready = end == NB_EXIT_DONE;
        for (int i = 0; is_ready && i < inputs->count; i++)
            end = nb_worse_exit(end,
                                build_report(session, &beside, &rules, inputs->list[i], outputs));
        nb_beside_end(&beside);
    }
    nb_rules_end(&rules);
    return end;
}

int nb_run_build(const nb_arguments *arguments)
{
    nb_session session;
    int count = arguments->outputs.count, end = NB_EXIT_DONE;
    if (count == 0 && !arguments->trace)
        return nb_usage_error(
            arguments, "build", NULL, "%s",
            NB_WORDS(arguments, "要用 -o 说明写到哪里", "name with -o where to write"));
    /* --trace is one more, and one without a path ends the list. */
    output *outputs = nb_need_memory(calloc((size_t)count + 2, sizeof *outputs));
    outputs[count] = (output){ .path = arguments->trace, .format = NB_TRACE };
    for (int i = 0; i < count && end == NB_EXIT_DONE; i++)
        end = read_output(arguments, arguments->outputs.list[i], &outputs[i]);
    if (end == NB_EXIT_DONE)
        end = check_editable(arguments, outputs);
    if (end == NB_EXIT_DONE)
        end = nb_check_stems(arguments, "build", report_suffixes);
    if (end == NB_EXIT_DONE)
        end = nb_beside_usage(arguments, "build");
    if (end == NB_EXIT_DONE) {
        end = nb_session_begin(&session, arguments);
        if (end == NB_EXIT_DONE)
            end = build_reports(&session, outputs);
        nb_session_end(&session);
    }
    free(outputs);
    return end;
}
