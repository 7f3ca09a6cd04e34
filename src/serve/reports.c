/* Reports: seen, read from other files, written. */
#include "serve/answer.h"
#include "serve/bodies.h"
#include "serve/formats.h"
#include "serve/routes.h"

#include "base/sha256.h"
#include "pack/zip.h"
#include <stdlib.h>
#include <string.h>

static void drop_publication(void *publication)
{
    nb_publication_drop(publication);
}

static nb_status build(nb_request *request, nb_report *report, bool force,
                       nb_publication **publication)
{
    nb_build_options options = NB_BUILD_OPTIONS_INIT;
    nb_check_options checks = NB_CHECK_OPTIONS_INIT;
    const char *style = nb_request_parameter(request, "style");
    checks.previous = nb_body_previous(request, 1);
    options.force = force;
    options.draft = nb_request_flag(request, "draft");
    options.style = style && *style ? style : NULL;
    options.checks = &checks;
    nb_status status = nb_publication_build(request->serving->library, report, &options,
                                            request->findings, publication);
    if (status == NB_OK)
        nb_arena_defer(request->arena, drop_publication, *publication);
    return status;
}

typedef struct computed_list {
    nb_buffer *out;
    bool is_first;
} computed_list;

static void write_computed(void *context, const nb_value_info *value)
{
    computed_list *list = context;
    if (value->state != NB_VALUE_COMPUTED)
        return;
    nb_buffer_text(list->out, list->is_first ? "{" : ", {");
    nb_answer_text(list->out, "pointer", value->pointer);
    nb_answer_text(list->out, "text", value->text);
    nb_buffer_byte(list->out, '}');
    list->is_first = false;
}

/* Values that were left out and that the form's arithmetic gives. */
static void answer_computed(nb_report *report, nb_buffer *out)
{
    computed_list list = { out, true };
    nb_answer_key(out, "computed");
    nb_buffer_byte(out, '[');
    nb_report_visit_values(report, write_computed, &list);
    nb_buffer_byte(out, ']');
}

/* The page's digest is among those that the client has. */
static bool is_known(const nb_request *request, const char *digest)
{
    const char *known = nb_request_header(request, "X-Known-Pages");
    return known && strstr(known, digest) != NULL;
}

static nb_status answer_page(nb_request *request, nb_publication *publication, size_t page,
                             nb_buffer *out)
{
    const char *svg;
    size_t length;
    char digest[NB_DIGEST_SIZE];
    enum { SHORT = 16 }; /* digits that tell the pages of one editing from each other */
    nb_status status =
        nb_publication_write_page_svg(publication, page, true, request->findings, &svg, &length);
    if (status != NB_OK)
        return status;
    nb_sha256_of((nb_string){ svg, length }, digest);
    digest[SHORT] = '\0';
    nb_buffer_text(out, page ? ",\n{" : "\n{");
    nb_answer_text(out, "digest", digest);
    if (!is_known(request, digest))
        nb_answer_string(out, "svg", (nb_string){ svg, length });
    nb_buffer_byte(out, '}');
    return NB_OK;
}

/*
 * [?draft=1] The body is the report, or it and last year's. {"pages": [{"digest", "svg"}], "computed": [{"pointer", "text"}], "findings": […], …}. A page
 * whose digest the client names in the header X-Known-Pages comes without its svg. Errors of the
 * report are findings and hinder nothing; a report that cannot be set has no pages.
 */
void nb_serve_preview(nb_request *request)
{
    nb_report *report;
    nb_publication *publication;
    nb_status status = nb_body_report(request, 0, "report", request->findings, &report);
    if (status != NB_OK) {
        nb_answer_failure(request, status);
        return;
    }
    nb_buffer *out = nb_answer_begin(request);
    answer_computed(report, out);
    nb_answer_key(out, "pages");
    nb_buffer_byte(out, '[');
    status = build(request, report, true, &publication);
    for (size_t i = 0; status == NB_OK && i < nb_publication_page_count(publication); i++)
        status = answer_page(request, publication, i, out);
    nb_buffer_byte(out, ']');
    nb_answer_text(out, "status", nb_status_words(status, nb_findings_language(request->findings)));
    nb_answer_findings(request, out);
    nb_answer_end(request, out);
}

/* {"report": {…}, "findings": […], …} of a DOCX, PDF, HTML, text or JSON file. */
void nb_serve_import(nb_request *request)
{
    const char *name = nb_request_parameter(request, "name"), *json;
    nb_string body = nb_request_body(request);
    nb_library *library = request->serving->library;
    nb_report *report;
    size_t length, at = body.length >= 3 && memcmp(body.data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    nb_status status;
    name = name && *name ? name : "report";
    while (at < body.length && strchr(" \t\r\n", body.data[at]) && body.data[at])
        at++;
    if (at < body.length && body.data[at] == '{')
        status = nb_report_load(library, body.data, body.length, name, request->findings, &report);
    else
        status = nb_report_import(library, body.data, body.length, name, NULL, request->findings,
                                  &report);
    if (status == NB_OK) {
        nb_defer_report(request, report);
        status = nb_report_canonical(report, &json, &length);
    }
    if (status != NB_OK) {
        nb_answer_failure(request, status);
        return;
    }
    nb_buffer *out = nb_answer_begin(request);
    nb_answer_key(out, "report");
    nb_buffer_add(out, json, length);
    nb_answer_findings(request, out);
    nb_answer_end(request, out);
}

static nb_status write_format(nb_request *request, nb_publication *publication, nb_format format,
                              nb_string *bytes)
{
    const unsigned char *data;
    nb_status status =
        nb_publication_write(publication, format, request->findings, &data, &bytes->length);
    bytes->data = (const char *)data;
    return status;
}

/* A zip of the report in every format, and its JSON. */
static nb_status write_all(nb_request *request, nb_report *report, nb_publication *publication,
                           nb_string *bytes)
{
    nb_zip *zip = nb_zip_new(NULL, request->arena);
    nb_string part;
    nb_status status = nb_report_canonical(report, &part.data, &part.length);
    if (status == NB_OK)
        nb_zip_add(zip, "report.json", part);
    for (int i = 0; i < nb_file_format_count && status == NB_OK; i++) {
        status = write_format(request, publication, nb_file_formats[i].format, &part);
        if (status == NB_OK)
            nb_zip_add(zip, nb_arena_print(request->arena, "report.%s", nb_file_formats[i].name),
                       part);
    }
    return status == NB_OK ? nb_zip_finish(zip, request->findings, bytes) : status;
}

/* The report in one format, or in all when that is NULL. */
static nb_status build_and_write(nb_request *request, nb_report *report, bool force,
                                 const nb_file_format *format, nb_string *bytes)
{
    nb_publication *publication;
    nb_status status = build(request, report, force, &publication);
    if (status != NB_OK)
        return status;
    return format ? write_format(request, publication, format->format, bytes)
                  : write_all(request, report, publication, bytes);
}

/*
 * ?format=pdf|docx|ofd|html|json|zip[&force=1][&draft=1]: the very bytes that the command writes.
 * 422 with findings when the report has errors, and neither force nor a draft is asked for.
 */
void nb_serve_build(nb_request *request)
{
    const char *wanted = nb_request_parameter(request, "format");
    const nb_file_format *format = nb_file_format_find(nb_string_of(wanted));
    nb_report *report;
    nb_string bytes = { NULL, 0 };
    bool as_json = wanted && strcmp(wanted, "json") == 0;
    bool as_zip = wanted && strcmp(wanted, "zip") == 0;
    if (!format && !as_json && !as_zip) {
        nb_answer_error(request, 400,
                        NB_SAY(request->findings, "没有这种格式", "there is no such format"));
        return;
    }
    nb_status status = nb_body_report(request, 0, "report", request->findings, &report);
    if (status == NB_OK && as_json)
        status = nb_report_canonical(report, &bytes.data, &bytes.length);
    else if (status == NB_OK)
        status =
            build_and_write(request, report, nb_request_flag(request, "force"), format, &bytes);
    if (status != NB_OK)
        nb_answer_failure(request, status);
    else
        nb_answer_bytes(request,
                        format    ? format->type
                        : as_json ? "application/json"
                                  : "application/zip",
                        bytes);
}
