/* A page in any charset: what is recognised is written to JSON that reads back to itself. */
#include "target.h"

#include "import/reader.h"

static nb_status read_page(const target_input *input, nb_extract **out)
{
    nb_extract *extract = NB_NEW(input->arena, nb_extract);
    *extract = (nb_extract){ .arena = input->arena, .findings = input->findings, .name = "x" };
    nb_extract_block(extract, 0);
    *out = extract;
    return nb_html_page_read(extract, input->bytes);
}

static nb_status body(void *context)
{
    const target_input *input = context;
    nb_extract *extract;
    nb_report *report;
    nb_status status = read_page(input, &extract);
    if (status == NB_OK && nb_extract_carried(extract).length)
        return NB_OK;
    if (status == NB_OK)
        status = nb_import_extract(shipped_form(), extract, input->arena, input->findings, &report);
    if (status == NB_OK)
        expect_round_trip(input, report);
    else if (nb_findings_count_of(input->findings, NB_ERROR) == 0)
        abort();
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return run_target(data, size, body);
}
