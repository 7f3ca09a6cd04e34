#include "cli/cli.h"

#include "cli/save.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* One run of the command. */
typedef struct correcting {
    nb_session *session;
    nb_findings *old_findings; /* of reading the old report, whose errors do not matter */
    nb_reading old_reading, new_reading;
    nb_correction *correction;
    nb_save_list files;
} correcting;

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool is_same_file(const char *a, const char *b)
{
    struct stat left, right;
    return stat(a, &left) == 0 && stat(b, &right) == 0 && left.st_dev == right.st_dev &&
           left.st_ino == right.st_ino;
}

/* The files in the folder; a usage error when one is an input's. */
static int list_files(correcting *c, const char *folder, const nb_correction_file *files,
                      size_t count)
{
    const nb_arguments *arguments = c->session->arguments;
    for (size_t i = 0; i < count; i++) {
        nb_save_file *file = nb_save_list_add(&c->files);
        const char *dot = strrchr(files[i].name, '.');
        nb_stem stem = { files[i].name, (size_t)(dot - files[i].name) };
        nb_save_into_folder(file, folder, stem, dot + 1);
        file->bytes = files[i].bytes;
        file->length = files[i].length;
        for (int k = 0; k < arguments->inputs.count; k++)
            if (is_same_file(file->path, arguments->inputs.list[k]))
                return nb_usage_error(
                    arguments, "correct", NULL,
                    NB_WORDS(arguments, "会盖掉输入文件“%s”；换一个文件夹",
                             "would overwrite the input “%s”; name another folder"),
                    arguments->inputs.list[k]);
    }
    return NB_EXIT_DONE;
}

static nb_status read_reports(correcting *c)
{
    nb_session *session = c->session;
    nb_session old_session = *session;
    const nb_words *inputs = &session->arguments->inputs;
    old_session.findings = c->old_findings;
    nb_status status = nb_reading_begin(&old_session, inputs->list[0], &c->old_reading);
    nb_print_findings(c->old_findings, 0, &c->old_reading.source, session->arguments->language,
                      stderr);
    if (status == NB_OK)
        status = nb_reading_begin(session, inputs->list[1], &c->new_reading);
    return status;
}

static nb_status build_correction(correcting *c)
{
    const nb_arguments *arguments = c->session->arguments;
    nb_build_options build = { .force = arguments->force,
                               .style = arguments->style,
                               .pdf_standard = arguments->pdf_standard };
    char *old_folder = nb_folder_of(arguments->inputs.list[0]);
    char *new_folder = nb_folder_of(arguments->inputs.list[1]);
    build.picture_dir = new_folder;
    nb_correction_options options = { .build = &build,
                                      .old_picture_dir = old_folder,
                                      .author = arguments->author,
                                      .date = arguments->date,
                                      .reason = arguments->reason };
    nb_status status =
        nb_correction_build(c->session->library, c->old_reading.report, c->new_reading.report,
                            &options, c->session->findings, &c->correction);
    free(old_folder);
    free(new_folder);
    return status;
}

static void tell_end(const correcting *c, nb_status status, const char *folder)
{
    const nb_arguments *arguments = c->session->arguments;
    if (status == NB_E_FINDINGS)
        fprintf(stderr, "%s",
                NB_WORDS(arguments, "nianbao correct: 没有写出\n",
                         "nianbao correct: nothing is written\n"));
    else if (status == NB_E_MEMORY)
        fprintf(stderr, "nianbao correct: %s\n", nb_status_words(status, arguments->language));
    else if (status == NB_OK)
        printf(NB_WORDS(arguments, "更正 %zu 处，写到 %s\n", "%zu changes, written to %s\n"),
               nb_correction_change_count(c->correction), folder);
}

static int correct(correcting *c, const char *folder)
{
    const nb_arguments *arguments = c->session->arguments;
    const nb_correction_file *files = NULL;
    size_t count = 0, old_length;
    nb_status status = read_reports(c);
    if (status == NB_OK)
        status = build_correction(c);
    if (status == NB_OK) {
        const char *old = nb_input_lookup(c->old_reading.input, &old_length);
        status = nb_correction_write(c->correction, base_name(arguments->inputs.list[0]), old,
                                     old_length, c->session->findings, &files, &count);
    }
    nb_print_findings(c->session->findings, 0, &c->new_reading.source, arguments->language, stderr);
    if (status == NB_OK) {
        int end = list_files(c, folder, files, count);
        if (end != NB_EXIT_DONE)
            return end;
        status = nb_save_all(&c->files, arguments->language);
    }
    tell_end(c, status, folder);
    return nb_exit_of(status);
}

int nb_run_correct(const nb_arguments *arguments)
{
    nb_session session;
    if (arguments->outputs.count != 1)
        return nb_usage_error(arguments, "correct", NULL, "%s",
                              NB_WORDS(arguments, "要用 -o 说明写到哪个文件夹，只能一个",
                                       "name with -o the one folder to write to"));
    const char *folder = arguments->outputs.list[0];
    struct stat info;
    if (strcmp(folder, "-") == 0 || (stat(folder, &info) == 0 && !S_ISDIR(info.st_mode)))
        return nb_usage_error(arguments, "correct", NULL,
                              NB_WORDS(arguments, "“%s”不是文件夹", "“%s” is not a folder"),
                              folder);
    int end = nb_session_begin(&session, arguments);
    if (end == NB_EXIT_DONE) {
        correcting c = { .session = &session };
        c.old_findings = nb_need_memory(nb_findings_new(arguments->language));
        end = correct(&c, folder);
        nb_save_list_end(&c.files);
        nb_correction_drop(c.correction);
        nb_reading_end(&c.new_reading);
        nb_reading_end(&c.old_reading);
        nb_findings_drop(c.old_findings);
    }
    nb_session_end(&session);
    return end;
}
