/* A form: one that loads must serve those who read reports by it. */
#include "target.h"

#include "check/check.h"
#include "import/text.h"

static const char text[] = "甲局2025年报告\n一、情况\n无。\n\t甲\n\t1\n\t2\n\n\t1\n\t2\n\t3\n";

static nb_report *filled(const target_input *input, const nb_form *form, const char *json)
{
    const nb_json *root;
    if (nb_json_read(nb_string_of(json), "x.json", nb_json_default_limits, input->arena,
                     input->findings, &root) != NB_OK)
        abort();
    return nb_report_fill(form, root, "x.json", input->arena, input->findings);
}

static nb_status body(void *context)
{
    const target_input *input = context;
    const nb_form *form;
    nb_report *report;
    nb_status status = nb_form_load(input->bytes, "f.json", input->arena, input->findings, &form);
    if (status != NB_OK) {
        if (nb_findings_count(input->findings) == 0)
            abort();
        return status;
    }
    report = filled(input, form, "{\"year\": 2025}");
    nb_check_options options = NB_CHECK_OPTIONS_INIT;
    options.previous = filled(input, form, "{\"year\": 2024}");
    options.children = &(nb_report *){ filled(input, form, "{\"year\": 2025, \"agency\": \"a\"}") };
    options.child_count = 1;
    (void)nb_check(report, shipped_style(), &options, input->arena, input->findings);
    expect_round_trip(input, report);
    if (nb_import_text(form, nb_string_of(text), "x.txt", input->arena, input->findings, &report) ==
        NB_OK)
        expect_round_trip(input, report);
    return NB_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return run_target(data, size, body);
}
