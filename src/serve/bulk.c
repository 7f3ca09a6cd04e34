/*
 * Many reports in one run. What belongs to a run lies in a folder below that of the drafts,
 * NAME.bulk/: the template and the rows as they were sent, how they are to be made, the files and the
 * manifest in out/, all of them in archive.zip, and how the run ended. So a run outlives the
 * server, and is gone on with.
 */
#include "serve/answer.h"
#include "serve/bulk_jobs.h"
#include "serve/formats.h"
#include "serve/names.h"
#include "serve/routes.h"

#include "base/file.h"
#include "report/json.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_RUNS = 32, LARGEST_NOTE = 64 << 20, LONGEST_PATH = 4096 };

static const char suffix[] = ".bulk";

/* Where rows may come from, by what their file is called here. */
static const char *const row_files[] = { "rows.csv", "rows.tsv", "rows.xlsx", "rows.jsonl" };

enum { ROW_FILE_COUNT = sizeof row_files / sizeof row_files[0] };

/* A request on one run: /api/bulk/NAME[/part]. */
typedef struct run_request {
    nb_request *request;
    const char *name;
    const char *part; /* "" for the run itself */
    const char *folder;
} run_request;

static const char *path_in(const run_request *r, const char *name)
{
    return nb_arena_print(r->request->arena, "%s/%s", r->folder, name);
}

/* False, with the answer set, when there can be no such run. */
static bool read_request(nb_request *request, run_request *r)
{
    const char *drafts = request->serving->draft_dir;
    size_t length = strcspn(request->rest, "/");
    *r = (run_request){ .request = request,
                        .name = nb_arena_copy(request->arena, request->rest, length),
                        .part = request->rest[length] ? request->rest + length + 1 : "" };
    if (!drafts) {
        nb_answer_error(request, 404,
                        NB_SAY(request->findings, "批量制作要用 --dir 指定文件夹",
                               "many reports at once need a folder, named with --dir"));
        return false;
    }
    if (!nb_is_plain_name(r->name, length)) {
        nb_answer_error(request, 400,
                        NB_SAY(request->findings, "名字只能用 a-z、0-9 和 -",
                               "a name has only a-z, 0-9 and -"));
        return false;
    }
    r->folder = nb_arena_print(request->arena, "%s/%s%s", drafts, r->name, suffix);
    return true;
}

static bool is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static bool is_at_work(const run_request *r)
{
    nb_bulk_progress progress;
    return nb_bulk_jobs_look(r->request->serving->bulk_jobs, r->name, &progress);
}

static void refuse_at_work(nb_request *request)
{
    nb_answer_error(request, 409, NB_SAY(request->findings, "正在制作", "it is being made"));
}

static void refuse_unknown(nb_request *request)
{
    nb_answer_error(request, 404,
                    NB_SAY(request->findings, "这里什么都没有", "there is nothing here"));
}

/* A member whose value is a file that holds JSON, or null. */
static void answer_file(const run_request *r, nb_buffer *out, const char *key, const char *name)
{
    const char *path = path_in(r, name);
    nb_string bytes = { NULL, 0 };
    nb_answer_key(out, key);
    if (nb_file_exists(path) &&
        nb_file_read(path, LARGEST_NOTE, r->request->arena, r->request->findings, &bytes) == NB_OK)
        nb_buffer_add(out, bytes.data, bytes.length);
    else
        nb_buffer_text(out, "null");
}

static void answer_progress(const run_request *r, nb_buffer *out)
{
    nb_bulk_progress progress;
    nb_answer_key(out, "progress");
    if (!nb_bulk_jobs_look(r->request->serving->bulk_jobs, r->name, &progress)) {
        nb_buffer_text(out, "null");
        return;
    }
    nb_buffer_byte(out, '{');
    nb_answer_integer(out, "done", (int64_t)progress.done);
    nb_answer_integer(out, "failed", (int64_t)progress.failed);
    nb_answer_integer(out, "read", (int64_t)progress.read);
    nb_answer_integer(out, "size", (int64_t)progress.size);
    nb_buffer_byte(out, '}');
}

static void write_run(const run_request *r, nb_buffer *out)
{
    struct stat info;
    nb_answer_text(out, "name", r->name);
    nb_answer_integer(out, "saved", stat(r->folder, &info) == 0 ? info.st_mtime : 0);
    answer_file(r, out, "settings", "settings.json");
    answer_progress(r, out);
    answer_file(r, out, "end", "end.json");
}

static void write_listed(void *context, const char *name)
{
    nb_kept_list *list = context;
    run_request r;
    list->request->rest = name;
    if (!read_request(list->request, &r))
        return;
    nb_kept_begin(list);
    write_run(&r, list->out);
    nb_kept_end(list);
}

/*
 * {"kept": true, "runs": [{"name", "saved", "settings": {"title", "formats", "force", "draft", "sheet"},
 * "progress": {"done", "failed", "read", "size"}, "end": {…}}]}. settings are null before a run is
 * begun, progress when it is not at work, end when it is, or was cut off.
 */
void nb_serve_bulk_runs(nb_request *request)
{
    nb_answer_kept(request, "runs", suffix, write_listed);
}

static void answer_download(const run_request *r, const char *name, const char *type)
{
    struct stat info;
    int descriptor = open(path_in(r, name), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0 || fstat(descriptor, &info) != 0 || !S_ISREG(info.st_mode)) {
        if (descriptor >= 0)
            close(descriptor);
        refuse_unknown(r->request);
        return;
    }
    r->request->answer = (nb_answer){ .status = 200,
                                      .type = type,
                                      .is_file = true,
                                      .descriptor = descriptor,
                                      .body = { NULL, (size_t)info.st_size } };
}

/* A run as the list has it, its manifest.jsonl, or its archive.zip. */
void nb_serve_bulk_run(nb_request *request)
{
    run_request r;
    if (!read_request(request, &r))
        return;
    if (strcmp(r.part, "manifest.jsonl") == 0) {
        answer_download(&r, "out/manifest.jsonl", "application/jsonl");
    } else if (strcmp(r.part, "archive.zip") == 0) {
        answer_download(&r, "archive.zip", "application/zip");
    } else if (*r.part || !is_folder(r.folder)) {
        refuse_unknown(request);
    } else {
        nb_buffer *out = nb_answer_begin(request);
        write_run(&r, out);
        nb_answer_end(request, out);
    }
}

static void count_run(void *context, const char *name)
{
    int *count = context;
    (void)name;
    ++*count;
}

/* False, with the answer set, when there is no room for one more. */
static bool make_folder(const run_request *r)
{
    nb_request *request = r->request;
    int count = 0;
    if (is_folder(r->folder))
        return true;
    nb_visit_names(request->serving->draft_dir, suffix, request->arena, count_run, &count);
    if (count >= MOST_RUNS)
        nb_answer_error(request, 409,
                        NB_SAY(request->findings, "批次太多，请先删去一些",
                               "there are too many runs; delete some first"));
    else if (mkdir(r->folder, 0777) != 0 && errno != EEXIST)
        nb_answer_failure(request, nb_output_failed(request->findings, r->folder, errno));
    else
        return true;
    return false;
}

static bool is_row_file(const char *name)
{
    for (int i = 0; i < ROW_FILE_COUNT; i++)
        if (strcmp(name, row_files[i]) == 0)
            return true;
    return false;
}

/* Save what was sent, and forget rows that were sent under another name. */
static nb_status save_upload(const run_request *r)
{
    nb_request *request = r->request;
    nb_string body = nb_request_body(request);
    nb_status status = nb_file_save(path_in(r, r->part), body.data, body.length, request->findings);
    for (int i = 0; status == NB_OK && is_row_file(r->part) && i < ROW_FILE_COUNT; i++) {
        const char *path = path_in(r, row_files[i]);
        if (strcmp(r->part, row_files[i]) != 0 && unlink(path) != 0 && errno != ENOENT)
            status = nb_output_failed(request->findings, path, errno);
    }
    return status;
}

/* PUT template.json or the rows, by the name that says their kind. */
void nb_serve_bulk_upload(nb_request *request)
{
    run_request r;
    if (!read_request(request, &r))
        return;
    if (!is_row_file(r.part) && strcmp(r.part, "template.json") != 0) {
        refuse_unknown(request);
        return;
    }
    if (is_at_work(&r)) {
        refuse_at_work(request);
        return;
    }
    if (!make_folder(&r))
        return;
    nb_status status = save_upload(&r);
    if (status == NB_OK) {
        nb_answer_end(request, nb_answer_begin(request));
        return;
    }
    rmdir(r.folder); /* when there is nothing in it */
    nb_answer_failure(request, status);
}

/* "pdf,docx": false when one of them is no format, or there is none. */
static bool read_formats(const char *text, bool formats[NB_TRACE + 1])
{
    bool is_any = false;
    while (text && *text) {
        size_t length = strcspn(text, ",");
        const nb_file_format *format = nb_file_format_find((nb_string){ text, length });
        if (!format)
            return false;
        formats[format->format] = is_any = true;
        text += length + (text[length] == ',');
    }
    return is_any;
}

static nb_status save_settings(const run_request *r, const nb_bulk_job *job)
{
    static const char *const keys[] = { "title", "formats", "sheet" };
    nb_request *request = r->request;
    nb_buffer *out = nb_answer_begin(request);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        const char *value = nb_request_parameter(request, keys[i]);
        nb_answer_text(out, keys[i], value ? value : "");
    }
    nb_answer_key(out, "force");
    nb_buffer_text(out, job->force ? "true" : "false");
    nb_answer_key(out, "draft");
    nb_buffer_text(out, job->draft ? "true}\n" : "false}\n");
    return nb_file_save(path_in(r, "settings.json"), out->data, out->length, request->findings);
}

static void begin_run(const run_request *r)
{
    nb_request *request = r->request;
    const char *sheet = nb_request_parameter(request, "sheet");
    const char *template = path_in(r, "template.json");
    nb_bulk_job job = { .name = r->name,
                        .template_file = nb_file_exists(template) ? template : NULL,
                        .sheet = sheet && *sheet ? sheet : NULL,
                        .folder = path_in(r, "out"),
                        .archive = path_in(r, "archive.zip"),
                        .force = nb_request_flag(request, "force"),
                        .draft = nb_request_flag(request, "draft"),
                        .end_file = path_in(r, "end.json"),
                        .language = nb_findings_language(request->findings) };
    for (int i = 0; i < ROW_FILE_COUNT && !job.input; i++)
        if (nb_file_exists(path_in(r, row_files[i])))
            job.input = path_in(r, row_files[i]);
    if (!job.input || !read_formats(nb_request_parameter(request, "formats"), job.formats)) {
        nb_answer_error(request, 400,
                        NB_SAY(request->findings, "缺表格，或者没有选格式",
                               "there is no sheet, or no format was chosen"));
        return;
    }
    if (is_at_work(r)) {
        refuse_at_work(request);
        return;
    }
    unlink(job.end_file);
    nb_status status = save_settings(r, &job);
    if (status == NB_OK)
        status = nb_bulk_jobs_begin(request->serving->bulk_jobs, &job);
    if (status == NB_E_LATER)
        nb_answer_error(request, 409,
                        NB_SAY(request->findings, "正在制作的批次够多了，请稍后再试",
                               "as many runs as may be are at work; try again later"));
    else if (status != NB_OK)
        nb_answer_failure(request, status);
    else
        nb_answer_end(request, nb_answer_begin(request));
}

/* POST run?formats=pdf,docx[&force=1][&draft=1][&sheet=NAME][&title=TEXT], or stop. */
void nb_serve_bulk_order(nb_request *request)
{
    run_request r;
    if (!read_request(request, &r))
        return;
    if (strcmp(r.part, "run") == 0) {
        begin_run(&r);
    } else if (strcmp(r.part, "stop") == 0) {
        nb_bulk_jobs_stop(request->serving->bulk_jobs, r.name);
        nb_answer_end(request, nb_answer_begin(request));
    } else {
        refuse_unknown(request);
    }
}

/* The folder with all that is in it; links are not followed. */
static bool remove_tree(const char *path)
{
    DIR *listing = opendir(path);
    bool is_empty = listing != NULL;
    for (struct dirent *entry; listing && (entry = readdir(listing)) != NULL;) {
        char below[LONGEST_PATH];
        struct stat info;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        int length = snprintf(below, sizeof below, "%s/%s", path, entry->d_name);
        if (length >= (int)sizeof below || lstat(below, &info) != 0 ||
            !(S_ISDIR(info.st_mode) ? remove_tree(below) : unlink(below) == 0))
            is_empty = false;
    }
    if (listing)
        closedir(listing);
    return is_empty && rmdir(path) == 0;
}

void nb_serve_bulk_delete(nb_request *request)
{
    run_request r;
    if (!read_request(request, &r))
        return;
    if (*r.part || !is_folder(r.folder))
        refuse_unknown(request);
    else if (is_at_work(&r))
        refuse_at_work(request);
    else if (!remove_tree(r.folder))
        nb_answer_error(request, 500,
                        NB_SAY(request->findings, "不能全部删去", "not all of it can be deleted"));
    else
        nb_answer_end(request, nb_answer_begin(request));
}

typedef struct starter_request {
    nb_request *request;
    const char *file;
    nb_string bytes;
    nb_string found; /* of the visit under way */
    nb_status status;
} starter_request;

static nb_status keep_bytes(void *context)
{
    starter_request *s = context;
    s->bytes = (nb_string){ nb_arena_copy(s->request->arena, s->found.data, s->found.length),
                            s->found.length };
    return NB_OK;
}

static void visit_starter(void *context, const char *name, const unsigned char *bytes,
                          size_t length)
{
    starter_request *s = context;
    s->found = (nb_string){ (const char *)bytes, length };
    if (strcmp(name, s->file) == 0)
        s->status = nb_arena_run(s->request->arena, keep_bytes, s);
}

/* /api/starters/FORM/template.json, rows.csv, rows.xlsx: what an office fills in. */
void nb_serve_starter(nb_request *request)
{
    size_t length = strcspn(request->rest, "/");
    const char *form = nb_arena_copy(request->arena, request->rest, length);
    starter_request s = { .request = request,
                          .file = request->rest + length + (request->rest[length] == '/') };
    nb_status status =
        nb_bulk_starter(request->serving->library, form, request->findings, visit_starter, &s);
    if (status == NB_E_ARGUMENT || (status == NB_OK && s.status == NB_OK && !s.bytes.data))
        refuse_unknown(request);
    else if (status != NB_OK || s.status != NB_OK)
        nb_answer_failure(request, status != NB_OK ? status : s.status);
    else
        nb_answer_bytes(request, "application/octet-stream", s.bytes);
}
