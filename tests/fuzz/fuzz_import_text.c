/* Text of a published report: what is recognised is written to JSON that reads back to itself. */
#include "target.h"

#include "check/check.h"
#include "import/text.h"

static nb_status body(void *context)
{
    const target_input *input = context;
    nb_report *report;
    nb_status status = nb_import_text(shipped_form(), input->bytes, "x.txt", input->arena,
                                      input->findings, &report);
    if (status != NB_OK) {
        if (nb_findings_count_of(input->findings, NB_ERROR) == 0)
            abort();
        return status;
    }
    (void)nb_check(report, shipped_style(), NULL, input->arena, input->findings);
    expect_round_trip(input, report);
    return NB_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return run_target(data, size, body);
}
