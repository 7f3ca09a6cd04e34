/*
 * Words with values named in them: what is not named stays, each byte maps back into the words, and
 * escaped words show themselves.
 */
#include "target.h"

#include "form/wording.h"

static const nb_report *report_of(const target_input *input)
{
    nb_string json = tree_file("samples/minimal.json", input->arena, input->findings);
    const nb_json *root;
    if (nb_json_read(json, "x.json", nb_json_default_limits, input->arena, input->findings,
                     &root) != NB_OK)
        abort();
    return nb_report_fill(shipped_form(), root, "x.json", input->arena, input->findings);
}

/* The filled text is the words, with each part in place of what it stands for. */
static void expect_parts(nb_string words, const nb_wording *wording)
{
    size_t start = 0, source = 0;
    for (int i = 0; i <= wording->part_count; i++) {
        bool is_end = i == wording->part_count;
        const nb_wording_part *part = is_end ? NULL : &wording->parts[i];
        size_t stop = is_end ? wording->text.length : part->start;
        size_t length = (is_end ? words.length : part->source) - source;
        if (stop - start != length ||
            (length && memcmp(wording->text.data + start, words.data + source, length) != 0))
            abort();
        if (is_end)
            return;
        if (part->end < part->start || part->source_end <= part->source ||
            (part->fault != NB_WORDING_GOOD &&
             (part->wrong_end < part->wrong || part->wrong < part->source ||
              part->wrong_end > part->source_end)))
            abort();
        start = part->end;
        source = part->source_end;
    }
}

static nb_status body(void *context)
{
    const target_input *input = context;
    const nb_report *report = report_of(input);
    nb_wording wording = nb_report_wording(report, input->bytes, input->arena);
    int most = 2;
    expect_parts(input->bytes, &wording);
    for (size_t i = 0; i <= wording.text.length; i++)
        if (nb_wording_source(&wording, i) > input->bytes.length)
            abort();
    nb_wording_tell(report, "", input->bytes, &(nb_origin){ 1, 1, NULL, 0 }, &most,
                    input->findings);
    nb_string escaped = nb_wording_escaped(input->bytes, input->arena);
    if (!nb_string_equal(nb_report_wording(report, escaped, input->arena).text, input->bytes))
        abort();
    return NB_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return run_target(data, size < 4096 ? size : 4096, body);
}
