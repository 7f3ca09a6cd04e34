/* What mends a report: repairs of its sums, and the re-issue of one that was published. */
#include "serve/answer.h"
#include "serve/bodies.h"
#include "serve/routes.h"

#include "pack/zip.h"
#include "report/json.h"

enum { MOST_REPAIRS = 5 };

static void drop_repairs(void *repairs)
{
    nb_repairs_drop(repairs);
}

static void write_cell(nb_buffer *out, const nb_repair_cell *cell)
{
    nb_buffer_byte(out, '{');
    nb_answer_text(out, "pointer", cell->pointer);
    nb_answer_text(out, "label", cell->label);
    nb_answer_text(out, "old", cell->old_text);
    nb_answer_integer(out, "new", cell->new_value);
    nb_buffer_byte(out, '}');
}

static void write_repair(nb_buffer *out, const nb_repair *repair)
{
    nb_buffer_byte(out, '{');
    nb_answer_integer(out, "changes", (int64_t)repair->change_count);
    nb_answer_key(out, "cells");
    nb_buffer_byte(out, '[');
    for (size_t i = 0; i < repair->cell_count; i++) {
        if (i)
            nb_buffer_text(out, ", ");
        write_cell(out, &repair->cells[i]);
    }
    nb_buffer_byte(out, ']');
    nb_answer_key(out, "reasons");
    nb_buffer_byte(out, '[');
    for (size_t i = 0; i < repair->reason_count; i++) {
        if (i)
            nb_buffer_text(out, ", ");
        nb_json_write_string(out, nb_string_of(repair->reasons[i]));
    }
    nb_buffer_text(out, "]}");
}

/*
 * Of a report, and last year's when the body has it too:
 * {"outcome": "not needed|found|not found", "repairs": [{"changes", "cells": [{"pointer", "label",
 * "old", "new"}], "reasons": […]}]}, the likeliest first.
 */
void nb_serve_repairs(nb_request *request)
{
    static const char *const outcomes[] = { [NB_REPAIR_NOT_NEEDED] = "not needed",
                                            [NB_REPAIR_FOUND] = "found",
                                            [NB_REPAIR_NOT_FOUND] = "not found" };
    nb_repair_options options = NB_REPAIR_OPTIONS_INIT;
    nb_report *report;
    nb_repairs *repairs;
    nb_status status = nb_body_report(request, 0, "report", request->findings, &report);
    if (status == NB_OK) {
        options.previous = nb_body_previous(request, 1);
        options.most = MOST_REPAIRS;
        status = nb_repairs_new(report, &options, request->findings, &repairs);
    }
    if (status != NB_OK) {
        nb_answer_failure(request, status);
        return;
    }
    nb_arena_defer(request->arena, drop_repairs, repairs);
    nb_buffer *out = nb_answer_begin(request);
    nb_answer_text(out, "outcome", outcomes[nb_repairs_outcome(repairs)]);
    nb_answer_key(out, "repairs");
    nb_buffer_byte(out, '[');
    for (size_t i = 0; i < nb_repairs_count(repairs); i++) {
        if (i)
            nb_buffer_text(out, ",\n");
        write_repair(out, nb_repairs_lookup(repairs, i));
    }
    nb_buffer_byte(out, ']');
    nb_answer_end(request, out);
}

static void drop_correction(void *correction)
{
    nb_correction_drop(correction);
}

static nb_status build_correction(nb_request *request, nb_correction **correction)
{
    nb_build_options build = NB_BUILD_OPTIONS_INIT;
    nb_correction_options options = { .build = &build };
    nb_report *old_report, *new_report;
    build.force = nb_request_flag(request, "force");
    options.reason = nb_request_parameter(request, "reason");
    options.date = nb_request_parameter(request, "date");
    nb_status status =
        nb_body_report(request, 0, "old.json", nb_unheard_findings(request), &old_report);
    if (status == NB_OK)
        status = nb_body_report(request, 1, "new.json", request->findings, &new_report);
    if (status == NB_OK)
        status = nb_correction_build(request->serving->library, old_report, new_report, &options,
                                     request->findings, correction);
    if (status == NB_OK)
        nb_arena_defer(request->arena, drop_correction, *correction);
    return status;
}

/*
 * Of the published report and the corrected one, in this order, ?reason=…&date=YYYY-MM-DD&force=1:
 * a zip with the files of the re-issue, as the command writes them.
 */
void nb_serve_correct(nb_request *request)
{
    nb_correction *correction;
    const nb_correction_file *files;
    size_t count;
    nb_string bytes, old_text = nb_body_text(request, 0);
    nb_status status = build_correction(request, &correction);
    if (status == NB_OK)
        status = nb_correction_write(correction, "old.json", old_text.data, old_text.length,
                                     request->findings, &files, &count);
    if (status == NB_OK) {
        nb_zip *zip = nb_zip_new(NULL, request->arena);
        for (size_t i = 0; i < count; i++)
            nb_zip_add(zip, files[i].name, (nb_string){ files[i].bytes, files[i].length });
        status = nb_zip_finish(zip, request->findings, &bytes);
    }
    if (status == NB_OK)
        nb_answer_bytes(request, "application/zip", bytes);
    else
        nb_answer_failure(request, status);
}
