/*
 * A template, then a line with nothing but "=", then rows of CSV: what is filled in is JSON of its
 * own.
 */
#define _GNU_SOURCE /* for memfd_create */
#include "target.h"

#include "bulk/template.h"
#include "rows.h"

static void fill_rows(const target_input *input, const nb_template *template, nb_row_source *source)
{
    nb_row *row = nb_row_new(source);
    bool ended = false;
    while (nb_row_source_next(source, row, &ended) == NB_OK && !ended) {
        nb_string text;
        const nb_json *root;
        if (row->kind == NB_ROW_CELLS &&
            nb_template_fill(template, row, input->arena, input->findings, &text) == NB_OK &&
            nb_json_read(text, "filled", nb_json_default_limits, input->arena, input->findings,
                         &root) != NB_OK)
            abort();
    }
}

static nb_status body(void *context)
{
    const target_input *input = context;
    size_t end = nb_string_find(input->bytes, "\n=\n");
    nb_string rest = { "", 0 };
    nb_string json = { input->bytes.data, end == SIZE_MAX ? input->bytes.length : end };
    const nb_json *root;
    nb_template *template;
    if (end != SIZE_MAX)
        rest = (nb_string){ input->bytes.data + end + 3, input->bytes.length - end - 3 };
    nb_status status = nb_json_read(json, "template", nb_json_default_limits, input->arena,
                                    input->findings, &root);
    if (status == NB_OK)
        status = nb_template_new(root, "template", shipped_form(), input->arena, input->findings,
                                 &template);
    nb_row_source *source = empty_source(input);
    if (status == NB_OK)
        status = nb_csv_open(source, file_of(rest), ',');
    if (status == NB_OK)
        status = nb_template_bind(template, source, input->arena, input->findings);
    if (status == NB_OK)
        fill_rows(input, template, source);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return run_target(data, size, body);
}
