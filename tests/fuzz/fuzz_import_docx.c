/*
 * A DOCX, or its main part alone, since the sums of a zip keep what is changed at random out. Such
 * a part may hold lists and styles too, beside its body.
 */
#include "target.h"

#include "import/docx_body.h"
#include "import/reader.h"

static nb_status read_part(const target_input *input, nb_extract **out)
{
    xmlDoc *document = nb_xml_read(input->bytes, input->arena);
    const xmlNode *root = document ? xmlDocGetRootElement(document) : NULL;
    const xmlNode *body = nb_child(root, "body");
    nb_extract *extract = NB_NEW(input->arena, nb_extract);
    *extract = (nb_extract){ .arena = input->arena, .findings = input->findings, .name = "x" };
    nb_extract_block(extract, 0);
    *out = extract;
    if (!body)
        return NB_E_NOT_A_REPORT;
    nb_docx_body_read(extract, body, nb_numbering_new(document, document, input->arena));
    return NB_OK;
}

static nb_status body(void *context)
{
    const target_input *input = context;
    nb_extract *extract;
    nb_report *report;
    bool is_part = input->bytes.length && input->bytes.data[0] == '<';
    nb_status status =
        is_part ? read_part(input, &extract)
                : nb_extract_read(input->bytes, "x", input->arena, input->findings, &extract);
    if (status == NB_OK && nb_extract_carried(extract).length)
        return NB_OK;
    if (status == NB_OK)
        status = nb_import_extract(shipped_form(), extract, input->arena, input->findings, &report);
    if (status == NB_OK)
        expect_round_trip(input, report);
    else if (!is_part && nb_findings_count_of(input->findings, NB_ERROR) == 0)
        abort();
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return run_target(data, size, body);
}
