/* A page in any charset: what is recognised is written to JSON that reads back to itself. */
#include "extract.h"

static nb_status read_page(const target_input *input, nb_extract **out)
{
    nb_extract *extract = *out = empty_extract(input);
    return nb_html_page_read(extract, input->bytes);
}

static nb_status body(void *context)
{
    const target_input *input = context;
    nb_extract *extract;
    nb_status status = read_page(input, &extract);
    if (status != NB_OK)
        return expect_refusal(input, status);
    return nb_extract_carried(extract).length ? NB_OK : import_extract(input, extract);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return run_target(data, size, body);
}
