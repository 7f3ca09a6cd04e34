/*
 * A report's JSON, a line "%%", and a text that someone made of what it shows: merging the text into
 * the report gives a report.
 */
#include "target.h"

#include "import/extract.h"
#include "merge/merge.h"

static nb_status body(void *context)
{
    const target_input *input = context;
    static const char between[] = "\n%%\n";
    nb_string json = input->bytes, text = { "", 0 };
    for (size_t i = 0; i + sizeof between <= json.length; i++)
        if (memcmp(json.data + i, between, sizeof between - 1) == 0) {
            text = (nb_string){ json.data + i + sizeof between - 1,
                                json.length - i - (sizeof between - 1) };
            json.length = i + 1;
        }
    const char *const marks[] = { shipped_style()->draft_mark.before, NULL };
    const nb_json *root;
    nb_extract *extract;
    nb_merge merge;
    nb_status status =
        nb_json_read(json, "x", nb_json_default_limits, input->arena, input->findings, &root);
    if (status == NB_OK)
        status = nb_extract_read(text, "x", marks, input->arena, input->findings, &extract);
    if (status != NB_OK)
        return status;
    nb_report *base = nb_report_fill(shipped_form(), root, "x", input->arena, input->findings);
    status = nb_merge_extract(base, extract, "x", shipped_style(), NB_INFO, input->arena,
                              input->findings, &merge);
    if (status == NB_OK && merge.edits)
        expect_round_trip(input, merge.report);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return run_target(data, size, body);
}
