#include "cli/cli.h"

#include "cli/save.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The files of a correction in the order in which they are written. */
typedef enum file_kind {
    FILE_REPORT_PDF,
    FILE_REPORT_DOCX,
    FILE_REPORT_JSON,
    FILE_REDLINE,
    FILE_NOTE_PDF,
    FILE_NOTE_DOCX,
    FILE_NOTE_JSON,
    FILE_PATCH,
    FILE_MANIFEST,
    FILE_COUNT
} file_kind;

static const struct {
    const char *role, *name, *suffix;
} FILES[FILE_COUNT] = {
    [FILE_REPORT_PDF] = { "report", "report", "pdf" },
    [FILE_REPORT_DOCX] = { "report", "report", "docx" },
    [FILE_REPORT_JSON] = { "report", "report", "json" },
    [FILE_REDLINE] = { "redline", "redline", "docx" },
    [FILE_NOTE_PDF] = { "note", "note", "pdf" },
    [FILE_NOTE_DOCX] = { "note", "note", "docx" },
    [FILE_NOTE_JSON] = { "note", "note", "json" },
    [FILE_PATCH] = { "patch", "patch", "json" },
    [FILE_MANIFEST] = { "manifest", "manifest", "json" },
};

/* One run of the command. */
typedef struct correcting {
    nb_session *session;
    nb_findings *old_findings; /* of reading the old report, whose errors do not matter */
    nb_reading old_reading, new_reading;
    nb_correction *correction;
    nb_report_diff *diff;
    nb_save_list files;
} correcting;

/* Put the bytes of a call that gives characters into a file. */
static nb_status take(nb_status status, nb_save_file *file, const char *text, size_t length)
{
    file->bytes = (const unsigned char *)text;
    file->length = length;
    return status;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static nb_status write_manifest(correcting *c, nb_save_file *file)
{
    nb_correction_file listed[FILE_COUNT];
    const char *json, *input = c->session->arguments->inputs.list[0];
    size_t count = 0, length;
    listed[count].bytes = nb_input_lookup(c->old_reading.input, &listed[count].length);
    listed[count].role = "old";
    listed[count++].name = base_name(input);
    for (int i = 0; i < FILE_MANIFEST; i++)
        listed[count++] = (nb_correction_file){ .role = FILES[i].role,
                                                .name = base_name(c->files.files[i].path),
                                                .bytes = c->files.files[i].bytes,
                                                .length = c->files.files[i].length };
    nb_status status = nb_correction_manifest(c->correction, listed, count, &json, &length);
    return take(status, file, json, length);
}

static nb_status write_file(correcting *c, file_kind kind, nb_save_file *file)
{
    nb_findings *findings = c->session->findings;
    nb_publication *report = nb_correction_report(c->correction);
    nb_publication *note = nb_correction_note(c->correction);
    const char *json = NULL;
    size_t length = 0;
    nb_status status = NB_OK;
    switch (kind) {
    case FILE_REPORT_PDF:
        return nb_publication_write(report, NB_PDF, findings, &file->bytes, &file->length);
    case FILE_REPORT_DOCX:
        return nb_publication_write(report, NB_DOCX, findings, &file->bytes, &file->length);
    case FILE_REDLINE:
        return nb_correction_write_redline(c->correction, findings, &file->bytes, &file->length);
    case FILE_NOTE_PDF:
        return nb_publication_write(note, NB_PDF, findings, &file->bytes, &file->length);
    case FILE_NOTE_DOCX:
        return nb_publication_write(note, NB_DOCX, findings, &file->bytes, &file->length);
    case FILE_REPORT_JSON:
        status = nb_report_canonical(c->new_reading.report, &json, &length);
        return take(status, file, json, length);
    case FILE_NOTE_JSON:
        status = nb_correction_note_json(c->correction, &json, &length);
        return take(status, file, json, length);
    case FILE_PATCH:
        status =
            nb_report_diff_new(c->old_reading.report, c->new_reading.report, findings, &c->diff);
        if (status == NB_OK)
            json = nb_report_diff_patch(c->diff, &length);
        return take(status, file, json, length);
    case FILE_MANIFEST:
        return write_manifest(c, file);
    case FILE_COUNT:
        break;
    }
    return NB_E_ARGUMENT;
}

static bool is_same_file(const char *a, const char *b)
{
    struct stat left, right;
    return stat(a, &left) == 0 && stat(b, &right) == 0 && left.st_dev == right.st_dev &&
           left.st_ino == right.st_ino;
}

/* A name for each file of the folder; a usage error when one is an input's. */
static int name_files(correcting *c, const char *folder)
{
    const nb_arguments *arguments = c->session->arguments;
    for (int i = 0; i < FILE_COUNT; i++) {
        nb_save_file *file = nb_save_list_add(&c->files);
        nb_stem stem = { FILES[i].name, strlen(FILES[i].name) };
        nb_save_into_folder(file, folder, stem, FILES[i].suffix);
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
        fprintf(stderr, "nianbao correct: %s\n", nb_status_message(status));
    else if (status == NB_OK)
        printf(NB_WORDS(arguments, "更正 %zu 处，写到 %s\n", "%zu changes, written to %s\n"),
               nb_correction_change_count(c->correction), folder);
}

static int correct(correcting *c, const char *folder)
{
    const nb_arguments *arguments = c->session->arguments;
    int end = name_files(c, folder);
    if (end != NB_EXIT_DONE)
        return end;
    nb_status status = read_reports(c);
    size_t from = 0;
    if (status == NB_OK)
        status = build_correction(c);
    for (int i = 0; i < FILE_COUNT && status == NB_OK; i++)
        status = write_file(c, (file_kind)i, &c->files.files[i]);
    nb_print_findings(c->session->findings, from, &c->new_reading.source, arguments->language,
                      stderr);
    if (status == NB_OK)
        status = nb_save_all(&c->files, arguments->language);
    tell_end(c, status, folder);
    return nb_exit_of(status);
}

/* 2026-03-02; whether there is such a day is seen when it is set. */
static bool looks_like_date(const char *text)
{
    static const char model[] = "0000-00-00";
    if (strlen(text) != sizeof model - 1)
        return false;
    for (size_t i = 0; model[i]; i++)
        if (model[i] == '-' ? text[i] != '-' : text[i] < '0' || text[i] > '9')
            return false;
    return true;
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
    if (arguments->date && !looks_like_date(arguments->date))
        return nb_usage_error(arguments, "correct", NULL,
                              NB_WORDS(arguments, "日期要写成 2026-03-02，不是“%s”",
                                       "a date is written 2026-03-02, not “%s”"),
                              arguments->date);
    int end = nb_session_begin(&session, arguments);
    if (end == NB_EXIT_DONE) {
        correcting c = { .session = &session };
        c.old_findings = nb_need_memory(nb_findings_new(arguments->language));
        end = correct(&c, folder);
        nb_save_list_end(&c.files);
        nb_report_diff_drop(c.diff);
        nb_correction_drop(c.correction);
        nb_reading_end(&c.new_reading);
        nb_reading_end(&c.old_reading);
        nb_findings_drop(c.old_findings);
    }
    nb_session_end(&session);
    return end;
}
