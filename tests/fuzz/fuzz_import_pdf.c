/*
 * A PDF, or what nianbao-pdf-text says of one, since a PDF changed at random is seldom one still,
 * and what is ours begins after it.
 */
#include "extract.h"

#include "import/pdf.h"

static nb_status read_answer(const target_input *input, nb_extract **out)
{
    nb_extract *extract = *out = empty_extract(input);
    extract->carried = extract->carried_digest = NB_STRING("");
    extract->title_hints[0] = extract->title_hints[1] = NB_STRING("");
    return nb_pdf_answer_read(extract, input->bytes);
}

static nb_status body(void *context)
{
    const target_input *input = context;
    nb_extract *extract;
    bool is_file = input->bytes.length >= 5 && memcmp(input->bytes.data, "%PDF-", 5) == 0;
    nb_status status =
        is_file ? nb_extract_read(input->bytes, "x", NULL, input->arena, input->findings, &extract)
                : read_answer(input, &extract);
    return status == NB_OK ? import_extract(input, extract) : expect_refusal(input, status);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return run_target(data, size, body);
}
