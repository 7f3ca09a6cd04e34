/* What a worker does with one row. */
#include "bulk/run.h"

#include "base/findings.h"
#include "form/fill.h"
#include "report/report.h"
#include <errno.h>

/* Of a manifest's line, behind the row's number and place. */
static const char AGENCY_MEMBER[] = ",\"agency\"";

typedef struct row_work {
    nb_run *run;
    int worker;
    const nb_row *row;
    nb_arena *arena;
    nb_findings *findings;
    nb_report *report;
    nb_publication *publication;
    nb_manifest_row result;
    bool has_claimed;
} row_work;

static nb_string row_bytes(const nb_row *row)
{
    return (nb_string){ (const char *)row->bytes->data, row->bytes->length };
}

static void digest_row(row_work *w)
{
    nb_sha256 digest = nb_sha256_begin();
    char kind = (char)w->row->kind;
    nb_sha256_add_item(&digest, nb_string_of(w->run->settings));
    nb_sha256_add_item(&digest, (nb_string){ &kind, 1 });
    nb_sha256_add_item(&digest, row_bytes(w->row));
    nb_sha256_end(&digest, w->result.input);
}

/*
 * Claim the row's name, or pass. False, with a finding, when another row has it. Also false when
 * memory ran out.
 */
static bool claim_name(row_work *w, nb_string name)
{
    nb_run *run = w->run;
    if (!run->taken)
        return true;
    w->has_claimed = true;
    size_t owner = nb_taken_names_claim(run->taken, w->row->number, name);
    if (owner == 0)
        return true;
    if (owner == SIZE_MAX)
        nb_run_fail(run, NB_E_MEMORY, "", 0);
    else
        nb_findings_add(w->findings, NB_ERROR, "B5", (nb_place){ .file = run->source->name },
                        NB_SAY(w->findings, "文件名“%.*s”与第 %zu 条相同",
                               "the name “%.*s” is that of row %zu too"),
                        (int)name.length, name.data, owner);
    return false;
}

/*
 * Whether what an earlier run says of the row still holds: nothing changed, and its files are there.
 */
static bool is_still_good(const row_work *w, const nb_manifest_row *earlier, bool is_trusted)
{
    bool is_good = strcmp(earlier->input, w->result.input) == 0;
    for (int i = 0; i < earlier->file_count && is_good; i++) {
        const nb_manifest_file *file = &earlier->files[i];
        is_good = nb_file_is_whole(&w->run->work, file->name, file->size,
                                   is_trusted ? NULL : file->sha256, w->arena);
    }
    return is_good;
}

/*
 * The row keeps what the run that is resumed made of it, when that still holds.
 */
static bool keep_resumed(row_work *w)
{
    const nb_bulk_options *options = w->run->options;
    nb_manifest_row earlier;
    bool is_synced;
    nb_string line = nb_journal_lookup(w->run->journal, w->row->number, w->arena, &is_synced);
    if (!line.length || !nb_manifest_read_row(line, w->arena, &earlier) ||
        earlier.line != w->row->line || (!earlier.is_done && options->retry_failed) ||
        !is_still_good(w, &earlier, is_synced && !options->verify))
        return false;
    /* A row before it that has changed may now have its name. */
    if (!claim_name(w, earlier.name))
        return false;
    nb_journal_keep(w->run->journal, (nb_row_end){ earlier.is_done, earlier.is_warned, true });
    return true;
}

/* Pictures lie beside the input, and may have changed when the row has not. */
static bool has_pictures(const row_work *w)
{
    return w->run->has_pictures || nb_string_find(row_bytes(w->row), "\"picture\"") != SIZE_MAX;
}

/* The line with the row's number and place, which may have changed. */
static nb_string renumbered(const row_work *w, nb_string line)
{
    size_t at = nb_string_find(line, AGENCY_MEMBER);
    return nb_string_of(nb_arena_print(w->arena, "{\"row\":%zu,\"line\":%d%.*s", w->row->number,
                                       w->row->line, (int)(line.length - at), line.data + at));
}

/* The row takes over what an earlier manifest has of the same data. */
static bool keep_unchanged(row_work *w)
{
    nb_run *run = w->run;
    nb_manifest_row earlier;
    if (!run->earlier || has_pictures(w))
        return false;
    nb_string line = nb_earlier_lookup(run->earlier, w->result.input, w->row->number, w->arena);
    bool has_number = nb_name_pattern_is_unique(run->names) || run->options->per_folder;
    if (!line.length || !nb_manifest_read_row(line, w->arena, &earlier) || !earlier.is_done ||
        nb_string_find(line, AGENCY_MEMBER) == SIZE_MAX ||
        (has_number && earlier.row != w->row->number) || !is_still_good(w, &earlier, true) ||
        !claim_name(w, earlier.name))
        return false;
    nb_row_end end = { true, earlier.is_warned, true };
    int reason = nb_journal_add(run->journal, w->row->number, renumbered(w, line), end);
    if (reason)
        nb_run_fail(run, NB_E_OUTPUT, run->work.path, reason);
    return true;
}

static nb_status load_report(row_work *w)
{
    nb_run *run = w->run;
    nb_string json = row_bytes(w->row);
    if (w->row->kind == NB_ROW_FAULT) {
        nb_findings_add(w->findings, NB_ERROR, "B4",
                        (nb_place){ .file = run->source->name, .line = w->row->line }, "%.*s",
                        (int)json.length, json.data);
        return NB_E_NOT_A_REPORT;
    }
    if (run->template) {
        nb_status status = nb_template_fill(run->template, w->row, w->arena, w->findings, &json);
        if (status != NB_OK)
            return status;
    }
    nb_status status = nb_report_load(run->library, json.data, json.length, run->source->name,
                                      w->findings, &w->report);
    if (status == NB_OK && run->options->build.date) /* now: a file's name may show it */
        status =
            nb_report_take_date(w->report, nb_string_of(run->options->build.date), w->findings);
    return status;
}

/* Read the report and give it its name: all that other rows may depend on. */
static nb_status name_report(row_work *w)
{
    nb_status status = load_report(w);
    if (status != NB_OK)
        return status;
    const nb_value *agency = &w->report->values[w->report->form->agency_slot];
    w->result.agency = agency->text;
    nb_string name = nb_name_of(w->run->names, w->report, w->row->number, w->arena, w->findings);
    if (!name.length || (!w->has_claimed && !claim_name(w, name)))
        return NB_E_FINDINGS;
    w->result.name = name;
    return NB_OK;
}

static nb_status write_files(row_work *w)
{
    static const char *const suffixes[] = { [NB_PDF] = "pdf",
                                            [NB_DOCX] = "docx",
                                            [NB_OFD] = "ofd",
                                            [NB_HTML] = "html",
                                            [NB_TRACE] = "trace" };
    nb_pending_file files[NB_MOST_BULK_FORMATS];
    nb_manifest_row *result = &w->result;
    const char *failed;
    int count = 0;
    for (int format = 0; format < NB_MOST_BULK_FORMATS; format++) {
        const unsigned char *bytes;
        size_t length;
        if (!w->run->options->formats[format])
            continue;
        nb_status status =
            nb_publication_write(w->publication, (nb_format)format, w->findings, &bytes, &length);
        if (status != NB_OK)
            return status;
        nb_manifest_file *file = &result->files[count];
        file->name = nb_arena_print(w->arena, "%.*s.%s", (int)result->name.length,
                                    result->name.data, suffixes[format]);
        file->size = length;
        files[count] = (nb_pending_file){ file->name, { (const char *)bytes, length } };
        nb_sha256_of(files[count++].bytes, file->sha256);
    }
    int reason = nb_files_write(&w->run->work, w->worker, files, count, w->arena, &failed);
    if (!reason) {
        result->file_count = count;
        return NB_OK;
    }
    if (nb_is_lasting(reason)) {
        nb_run_fail(w->run, NB_E_OUTPUT, failed, reason);
        return NB_E_LATER;
    }
    return nb_output_failed(w->findings, failed, reason);
}

static nb_status make_files(row_work *w)
{
    nb_run *run = w->run;
    nb_status status = nb_publication_build(run->library, w->report, &run->options->build,
                                            w->findings, &w->publication);
    return status == NB_OK ? write_files(w) : status;
}

static void write_line(row_work *w)
{
    nb_run *run = w->run;
    nb_manifest_row *result = &w->result;
    nb_buffer *line = nb_buffer_new(w->arena, NB_LONGEST_MANIFEST_LINE);
    nb_manifest_write_row(result, w->findings, line);
    nb_row_end end = { result->is_done, result->is_warned, false };
    int reason = line->overflowed
                     ? EFBIG
                     : nb_journal_add(run->journal, result->row,
                                      (nb_string){ (const char *)line->data, line->length }, end);
    if (reason)
        nb_run_fail(run, NB_E_OUTPUT, run->work.path, reason);
}

/*
 * NB_OK when the row is dealt with, however it ended; NB_E_MEMORY, or NB_E_LATER when the run is to
 * end.
 */
static nb_status make_row(void *context)
{
    row_work *w = context;
    const nb_run *run = w->run;
    bool is_own = nb_shard_has(run->shard, w->row->number);
    w->result.row = w->row->number;
    w->result.line = w->row->line;
    w->result.agency = w->result.name = NB_STRING("");
    digest_row(w);
    if (is_own && (keep_resumed(w) || keep_unchanged(w)))
        return NB_OK;
    nb_status status = name_report(w);
    if (!is_own)
        return status == NB_E_MEMORY ? status : NB_OK;
    if (status == NB_OK)
        status = make_files(w);
    if (status == NB_E_MEMORY || status == NB_E_LATER)
        return status;
    w->result.is_done = status == NB_OK;
    w->result.is_warned = nb_findings_count_of(w->findings, NB_WARNING) > 0;
    write_line(w);
    return NB_OK;
}

void nb_run_row(nb_run *run, int worker, const nb_row *row)
{
    row_work w = { .run = run, .worker = worker, .row = row };
    nb_status status = NB_OK;
    if (!atomic_load(&run->is_stopping)) {
        w.arena = nb_arena_new();
        w.findings = nb_findings_new(nb_findings_language(run->findings));
        status = w.arena && w.findings ? nb_arena_run(w.arena, make_row, &w) : NB_E_MEMORY;
    }
    if (status == NB_E_MEMORY)
        nb_run_fail(run, status, "", 0);
    if (run->taken && !w.has_claimed)
        nb_taken_names_claim(run->taken, row->number, NB_STRING(""));
    nb_publication_drop(w.publication);
    nb_report_drop(w.report);
    nb_findings_drop(w.findings);
    nb_arena_drop(w.arena);
}
