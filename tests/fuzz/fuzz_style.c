/* A page style. */
#include "target.h"

#include "form/style.h"

static nb_status body(void *context)
{
    const target_input *input = context;
    const nb_page_style *style;
    nb_status status =
        nb_page_style_load(input->bytes, "s.json", NULL, input->arena, input->findings, &style);
    if (status == NB_OK && (!style->title || !style->body || !style->section ||
                            !style->page_number.style || !style->draft_mark.style))
        abort();
    if (status != NB_OK && nb_findings_count(input->findings) == 0)
        abort();
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return run_target(data, size, body);
}
