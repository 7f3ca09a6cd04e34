#include "bulk/run.h"

#include "api/library.h"
#include "api/options.h"
#include "base/file.h"
#include "base/given.h"
#include "bulk/settings.h"
#include "form/fill.h"
#include "report/json.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum {
    MOST_WORKERS = 256,
    ROWS_AHEAD = 2,      /* that wait for each worker */
    PROGRESS_EVERY = 200 /* ms */
};

void nb_run_fail(nb_run *run, nb_status status, const char *path, int reason)
{
    pthread_mutex_lock(&run->failure_lock);
    if (run->failure == NB_OK) {
        run->failure = status;
        run->failure_reason = reason;
        snprintf(run->failure_path, sizeof run->failure_path, "%s", path);
    }
    pthread_mutex_unlock(&run->failure_lock);
    atomic_store(&run->is_stopping, true);
}

typedef struct worker {
    pthread_t thread;
    nb_run *run;
    int number;
} worker;

static void *work(void *context)
{
    const worker *self = context;
    nb_row *row;
    while ((row = nb_row_queue_take(self->run->queue))) {
        nb_run_row(self->run, self->number, row);
        nb_row_queue_return(self->run->queue, row);
    }
    return NULL;
}

static int worker_count(const nb_bulk_options *options)
{
    long count = options->workers > 0 ? options->workers : sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : count > MOST_WORKERS ? MOST_WORKERS : (int)count;
}

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void tell_progress(const nb_run *run, bool is_last)
{
    if (!run->options->progress)
        return;
    nb_journal_counts counts = nb_journal_count(run->journal);
    nb_bulk_progress progress = { counts.done,       counts.failed,     counts.kept,
                                  run->source->read, run->source->size, is_last };
    run->options->progress(run->options->context, &progress);
}

static bool should_stop(const nb_run *run)
{
    const nb_bulk_options *options = run->options;
    return options->should_stop && options->should_stop(options->context);
}

/* Read the rows and hand them to the workers. */
static nb_status read_rows(nb_run *run)
{
    nb_sha256 input = nb_sha256_begin();
    int64_t told = now();
    nb_status status = NB_OK;
    bool ended = false;
    while (status == NB_OK && !ended && !atomic_load(&run->is_stopping)) {
        nb_row *row = nb_row_queue_empty(run->queue);
        status = should_stop(run) ? NB_E_LATER : nb_row_source_next(run->source, row, &ended);
        bool is_row = status == NB_OK && !ended;
        if (is_row)
            nb_sha256_add_item(&input,
                               (nb_string){ (const char *)row->bytes->data, row->bytes->length });
        if (is_row && (run->taken || nb_shard_has(run->shard, row->number)))
            nb_row_queue_put(run->queue, row);
        else
            nb_row_queue_return(run->queue, row);
        if (now() - told >= PROGRESS_EVERY) {
            tell_progress(run, false);
            told = now();
        }
    }
    nb_sha256_end(&input, run->input);
    return status;
}

/* Start the workers, read all rows, and wait until what was handed out is done. */
static nb_status run_workers(nb_run *run)
{
    int count = worker_count(run->options), started = 0;
    int row_count = count * (1 + ROWS_AHEAD);
    worker *workers = NB_NEW_ARRAY(run->arena, worker, (size_t)count);
    nb_row **rows = NB_NEW_ARRAY(run->arena, nb_row *, (size_t)row_count);
    for (int i = 0; i < row_count; i++)
        rows[i] = nb_row_new(run->source);
    run->queue = nb_row_queue_new(rows, row_count, run->arena);
    if (!run->queue)
        return NB_E_MEMORY;
    /* From here to the last join nothing may leave by the arena's jump. */
    for (; started < count; started++) {
        workers[started] = (worker){ .run = run, .number = started };
        if (pthread_create(&workers[started].thread, NULL, work, &workers[started]) != 0)
            break;
    }
    nb_status status = started ? read_rows(run) : NB_E_MEMORY;
    if (status != NB_OK)
        atomic_store(&run->is_stopping, status != NB_E_LATER);
    nb_row_queue_close(run->queue);
    for (int i = 0; i < started; i++)
        pthread_join(workers[i].thread, NULL);
    return run->failure != NB_OK ? run->failure : status;
}

/* "2-of-4": shards stand side by side. */
static const char *shard_name(const nb_run *run)
{
    return nb_arena_print(run->arena, "%d-of-%d", run->shard.index, run->shard.count);
}

const char *nb_run_manifest_name(const nb_run *run)
{
    return run->shard.count > 1 ? nb_arena_print(run->arena, "manifest-%s.jsonl", shard_name(run))
                                : "manifest.jsonl";
}

static nb_status open_journal(nb_run *run)
{
    const nb_bulk_options *options = run->options;
    const char *path = nb_arena_print(run->arena, "%s/journal.jsonl", run->work.path);
    const char *manifest =
        nb_arena_print(run->arena, "%s/%s", options->folder, nb_run_manifest_name(run));
    if (!options->resume && nb_file_exists(path)) {
        nb_finding *finding = nb_findings_add(run->findings, NB_ERROR, "B6",
                                              (nb_place){ .file = options->folder }, "%s",
                                              NB_SAY(run->findings, "上一次批量编排没有做完",
                                                     "an earlier run here was not finished"));
        nb_finding_hint(run->findings, finding,
                        NB_SAY(run->findings, "用 --resume 接着做；要从头做，就先删去 %s",
                               "go on with --resume; to begin anew remove %s"),
                        run->work.path);
        return NB_E_ARGUMENT;
    }
    return nb_journal_open(path, options->resume ? manifest : NULL, run->shard, run->arena,
                           run->findings, &run->journal);
}

/* The pattern's names are of some form, or no row could ever get a name. */
static nb_status open_names(nb_run *run)
{
    const nb_bulk_options *options = run->options;
    nb_findings *unheard = nb_findings_new_in(run->arena, nb_findings_language(run->findings));
    nb_form_ids forms = nb_library_form_ids(run->library, run->arena);
    bool fits = false;
    run->names = nb_name_pattern_new(options->name ? options->name : NB_DEFAULT_NAME,
                                     options->per_folder, run->arena);
    if (!forms.count) {
        nb_findings_add(
            run->findings, NB_ERROR, "IO", (nb_place){ .file = nb_library_data_dir(run->library) },
            "%s", NB_SAY(run->findings, "这里的表单一份也读不出", "no form can be read here"));
        return NB_E_RESOURCE;
    }
    for (int i = 0; i < forms.count && !fits; i++) {
        const nb_form *form;
        bool is_last = i + 1 == forms.count;
        fits =
            nb_library_form(run->library, forms.ids[i], unheard, &form) == NB_OK &&
            nb_name_pattern_fits(run->names, form, run->arena, is_last ? run->findings : unheard);
    }
    if (!nb_name_pattern_is_unique(run->names)) {
        run->taken = nb_taken_names_new(run->arena);
        if (!run->taken)
            return NB_E_MEMORY;
    }
    return fits ? NB_OK : NB_E_ARGUMENT;
}

static nb_status tell_failure(const nb_run *run, nb_status status)
{
    if (run->failure_reason)
        nb_output_failed(run->findings, run->failure_path, run->failure_reason);
    return status;
}

/* Read the template, if there is one; its text is kept for the settings. */
static nb_status open_template(nb_run *run, nb_string *text)
{
    const char *path = run->options->template_file;
    const nb_json *root;
    const nb_form *form;
    *text = NB_STRING("");
    if (!path)
        return NB_OK;
    nb_status status =
        nb_file_read(path, nb_json_default_limits.bytes, run->arena, run->findings, text);
    if (status == NB_OK)
        status =
            nb_json_read(*text, path, nb_json_default_limits, run->arena, run->findings, &root);
    if (status != NB_OK)
        return status;
    run->has_pictures = nb_string_find(*text, "\"picture\"") != SIZE_MAX;
    const char *id = nb_template_form_id(root).data;
    if (!*id || !nb_library_has_form(run->library, id, run->arena)) {
        nb_findings_add(run->findings, NB_ERROR, "T1", nb_json_place(root, path, run->arena), "%s",
                        NB_SAY(run->findings, "模板要用“form”说明是哪一种表单，不能用列名",
                               "a template names its form with “form”, not with a column"));
        return NB_E_NOT_A_REPORT;
    }
    status = nb_library_form(run->library, id, run->findings, &form);
    return status == NB_OK
               ? nb_template_new(root, path, form, run->arena, run->findings, &run->template)
               : status;
}

/* Whether an input has more rows than that; what is wrong with it is told when it is read in earnest. */
static bool has_more_rows(nb_run *run, size_t most)
{
    const nb_bulk_options *options = run->options;
    nb_findings *unheard = nb_findings_new_in(run->arena, nb_findings_language(run->findings));
    nb_row_source *source;
    bool ended = false;
    if (nb_row_source_open(options->input, options->sheet, options->should_stop, options->context,
                           run->arena, unheard, &source) != NB_OK)
        return false;
    nb_row *row = nb_row_new(source);
    while (!ended && source->rows <= most && nb_row_source_next(source, row, &ended) == NB_OK)
        ;
    return source->rows > most;
}

static nb_status limit_rows(nb_run *run)
{
    size_t most = run->options->most_rows;
    if (!most || !has_more_rows(run, most))
        return NB_OK;
    nb_findings_add(run->findings, NB_ERROR, "B10", (nb_place){ .file = run->options->input },
                    NB_SAY(run->findings, "超过 %zu 条；请分成几个表格",
                           "there are more than %zu rows; divide them among several sheets"),
                    most);
    return NB_E_ARGUMENT;
}

/* Open the input and find the template's columns in it. */
static nb_status open_source(nb_run *run)
{
    const nb_bulk_options *options = run->options;
    nb_status status =
        nb_row_source_open(options->input, options->sheet, options->should_stop, options->context,
                           run->arena, run->findings, &run->source);
    if (status != NB_OK)
        return status;
    if (run->template)
        return nb_template_bind(run->template, run->source, run->arena, run->findings);
    if (!run->source->columns)
        return NB_OK;
    nb_findings_add(run->findings, NB_ERROR, "T1", (nb_place){ .file = options->input }, "%s",
                    NB_SAY(run->findings, "表格要有模板才能成报告：用 --template 说明",
                           "a sheet needs a template to become reports: name it with --template"));
    return NB_E_ARGUMENT;
}

/* A date that is none would fail every row. */
static nb_status check_date(nb_run *run)
{
    const char *date = run->options->build.date;
    bool is_good =
        !date || nb_expect_date(nb_string_of(date), (nb_place){ .file = "" }, run->findings);
    return is_good ? NB_OK : NB_E_ARGUMENT;
}

static nb_status run_all(void *context)
{
    nb_run *run = context;
    const nb_bulk_options *options = run->options;
    nb_string text;
    nb_status status = check_date(run);
    if (status == NB_OK)
        status = open_template(run, &text);
    if (status == NB_OK)
        status = open_names(run);
    if (status == NB_OK)
        status = open_source(run);
    if (status == NB_OK)
        status = limit_rows(run);
    if (status == NB_OK)
        status = nb_settings_digest(run->library, options, text, run->source, run->arena,
                                    run->findings, run->settings);
    if (status == NB_OK)
        status = nb_work_folder_open(options->folder, shard_name(run), run->arena, run->findings,
                                     &run->work);
    if (status == NB_OK && options->only_changed)
        status = nb_earlier_open(options->only_changed, run->arena, run->findings, &run->earlier);
    if (status == NB_OK)
        status = open_journal(run);
    if (status != NB_OK)
        return status;
    status = run_workers(run);
    if (status == NB_OK)
        status = nb_run_finish(run);
    tell_progress(run, true);
    return tell_failure(run, status);
}

static bool are_sound(const nb_bulk_options *options)
{
    bool is_part = options->shard >= 1 && options->shard <= options->shard_count;
    return NB_GIVEN(options->input, options->folder) && nb_build_is_sound(&options->build) &&
           options->workers >= 0 && options->per_folder >= 0 && (options->shard == 0 || is_part) &&
           !(options->name && *options->name == '\0');
}

nb_status nb_bulk_run(nb_library *library, const nb_bulk_options *options, nb_findings *findings,
                      nb_bulk_summary *out)
{
    if (!(NB_GIVEN(library, options, findings, out) && are_sound(options)))
        return NB_E_ARGUMENT;
    nb_run run = { .library = library,
                   .options = options,
                   .findings = findings,
                   .arena = nb_arena_new(),
                   .shard = { options->shard ? options->shard : 1,
                              options->shard_count ? options->shard_count : 1 } };
    *out = (nb_bulk_summary){ .rows = 0 };
    atomic_init(&run.is_stopping, false);
    if (!run.arena || pthread_mutex_init(&run.failure_lock, NULL) != 0) {
        nb_arena_drop(run.arena);
        return NB_E_MEMORY;
    }
    nb_status status = nb_arena_run(run.arena, run_all, &run);
    if (run.journal) {
        nb_journal_counts counts = nb_journal_count(run.journal);
        *out = (nb_bulk_summary){ counts.done + counts.failed, counts.done, counts.failed,
                                  counts.warned, counts.kept };
    }
    nb_arena_drop(run.arena);
    pthread_mutex_destroy(&run.failure_lock);
    return status;
}
