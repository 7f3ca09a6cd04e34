/*
 * A report of the shipped form: filled in, checked, and written to JSON that reads back to
 * itself.
 */
#include "target.h"

#include "check/check.h"

static nb_status body(void *context)
{
    const target_input *input = context;
    const nb_json *root;
    nb_status status = nb_json_read(input->bytes, "x.json", (nb_json_limits){ 1 << 16, 32 },
                                    input->arena, input->findings, &root);
    if (status != NB_OK)
        return status;
    nb_report *report =
        nb_report_fill(shipped_form(), root, "x.json", input->arena, input->findings);
    (void)nb_check(report, shipped_style(), NULL, input->arena, input->findings);
    expect_round_trip(input, report);
    return NB_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return run_target(data, size, body);
}
