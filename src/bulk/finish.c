/* The end of a run: the manifest, in the order of the rows. */
#include "bulk/run.h"

#include "base/findings.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOST_TOLD = 10 /* rows that failed, on the run's own findings */ };

typedef struct finishing {
    nb_run *run;
    nb_manifest_writer *writer;
    size_t told;
} finishing;

/* Quotation marks in a text are escaped, so that no text can look so. */
static bool is_failed(nb_string line)
{
    return nb_string_find(line, "\"status\":\"failed\"") != SIZE_MAX;
}

typedef struct telling {
    finishing *finishing;
    nb_string line;
    nb_arena *arena;
} telling;

static nb_status tell(void *context)
{
    const telling *t = context;
    nb_run *run = t->finishing->run;
    nb_manifest_row row;
    if (!nb_manifest_read_row(t->line, t->arena, &row))
        return NB_OK;
    nb_place place = { .file = run->source->name, .line = row.line, .column = 1 };
    nb_findings_add(run->findings, NB_ERROR, "B0", place,
                    NB_SAY(run->findings, "第 %zu 条没有做成：%s", "row %zu failed: %s"), row.row,
                    nb_manifest_first_error(t->line, t->arena));
    return NB_OK;
}

static int add_line(void *context, nb_string line)
{
    finishing *f = context;
    if (f->told < MOST_TOLD && is_failed(line)) {
        telling t = { f, line, nb_arena_new() };
        f->told++;
        if (!t.arena || nb_arena_run(t.arena, tell, &t) != NB_OK) {
            nb_arena_drop(t.arena);
            return ENOMEM;
        }
        nb_arena_drop(t.arena);
    }
    return nb_manifest_writer_add(f->writer, line);
}

static nb_manifest_end closing(const nb_run *run)
{
    nb_journal_counts counts = nb_journal_count(run->journal);
    nb_manifest_end end = { .rows = counts.done + counts.failed,
                            .done = counts.done,
                            .failed = counts.failed,
                            .warned = counts.warned,
                            .shard = run->shard.index,
                            .shard_count = run->shard.count,
                            .input_rows = run->source->rows };
    memcpy(end.input, run->input, sizeof end.input);
    memcpy(end.settings, run->settings, sizeof end.settings);
    return end;
}

static void tell_rest(const nb_run *run, size_t told)
{
    size_t failed = nb_journal_count(run->journal).failed;
    if (failed <= told)
        return;
    nb_findings_add(
        run->findings, NB_INFO, "B0", (nb_place){ .file = run->source->name },
        NB_SAY(run->findings, "还有 %zu 条没有做成，见 %s", "%zu more rows failed, as %s tells"),
        failed - told, nb_run_manifest_name(run));
}

static int archive_line(void *context, nb_string line)
{
    nb_run *run = context;
    nb_status status = nb_archive_add_row(run->archive, run->work.target, line, run->findings);
    return status == NB_OK ? 0 : status == NB_E_MEMORY ? ENOMEM : ECANCELED; /* it has said why */
}

static nb_status write_archive(nb_run *run, const char *manifest)
{
    nb_status status =
        nb_archive_open(run->options->archive, run->arena, run->findings, &run->archive);
    if (status != NB_OK)
        return status;
    int reason = nb_journal_each(run->journal, run->source->rows, archive_line, run);
    if (reason == ECANCELED)
        return NB_E_OUTPUT;
    if (reason)
        return nb_output_failed(run->findings, run->options->archive, reason);
    return nb_archive_finish(run->archive, manifest, run->findings);
}

nb_status nb_run_finish(nb_run *run)
{
    finishing f = { .run = run };
    const char *part = nb_arena_print(run->arena, "%s/manifest.part", run->work.path);
    const char *path =
        nb_arena_print(run->arena, "%s/%s", run->work.target, nb_run_manifest_name(run));
    int reason = nb_manifest_writer_open(part, run->arena, &f.writer);
    if (!reason)
        reason = nb_journal_each(run->journal, run->source->rows, add_line, &f);
    nb_manifest_end end = closing(run);
    if (!reason)
        reason = nb_manifest_writer_finish(f.writer, &end, path);
    if (reason)
        return nb_output_failed(run->findings, path, reason);
    tell_rest(run, f.told);
    if (run->options->archive) {
        nb_status status = write_archive(run, path);
        if (status != NB_OK)
            return status;
    }
    nb_work_folder_remove(&run->work, run->arena);
    return NB_OK;
}
