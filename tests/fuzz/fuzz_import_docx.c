/*
 * A DOCX, or its main part alone, since the sums of a zip keep what is changed at random out. Such
 * a part may hold lists and styles too, beside its body.
 */
#include "extract.h"

#include "import/docx_body.h"

static nb_status read_part(const target_input *input, nb_extract **out)
{
    xmlDoc *document = nb_xml_read(input->bytes, input->arena);
    const xmlNode *root = document ? xmlDocGetRootElement(document) : NULL;
    const xmlNode *body = nb_child(root, "body");
    nb_extract *extract = *out = empty_extract(input);
    if (!body)
        return NB_E_NOT_A_REPORT;
    nb_docx_body_read(extract, body, nb_numbering_new(document, document, input->arena));
    return NB_OK;
}

static nb_status body(void *context)
{
    const target_input *input = context;
    nb_extract *extract;
    bool is_part = input->bytes.length && input->bytes.data[0] == '<';
    nb_status status =
        is_part ? read_part(input, &extract)
                : nb_extract_read(input->bytes, "x", NULL, input->arena, input->findings, &extract);
    if (status != NB_OK)
        return is_part ? status : expect_refusal(input, status);
    return nb_extract_carried(extract).length ? NB_OK : import_extract(input, extract);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return run_target(data, size, body);
}
