/*
 * A JSON Patch applied to a small document. A result is JSON again, and the difference of both is a
 * patch that makes the one the other.
 */
#include "target.h"

#include "revise/json_diff.h"
#include "revise/json_patch.h"

static const nb_json *read_json(const target_input *input, nb_string text)
{
    const nb_json *root = NULL;
    if (nb_json_read(text, "x.json", (nb_json_limits){ 1 << 20, 80 }, input->arena, input->findings,
                     &root) != NB_OK)
        return NULL;
    return root;
}

static nb_string text_of(const nb_buffer *buffer)
{
    return (nb_string){ (const char *)buffer->data, buffer->length };
}

static bool is_patched(const target_input *input, const nb_json *document, const nb_json *patch,
                       nb_buffer *out)
{
    return nb_json_patch(document, patch, "p.json", input->arena, input->findings, out) == NB_OK;
}

static nb_status body(void *context)
{
    const target_input *input = context;
    const nb_json *document = read_json(
        input,
        NB_STRING("{\"a\": [1, \"x\", {\"b/c\": null, \"~\": true}], \"d\": {}, \"e\": \"文\"}"));
    const nb_json *patch = read_json(input, input->bytes);
    nb_buffer *out = nb_buffer_new(input->arena, 1 << 20);
    if (!patch || !is_patched(input, document, patch, out) || out->overflowed)
        return NB_OK;
    const nb_json *result = read_json(input, text_of(out));
    if (!result)
        abort();
    nb_buffer *difference = nb_buffer_new(input->arena, 1 << 24);
    nb_json_diff(difference, document, result, input->arena);
    const nb_json *found = read_json(input, text_of(difference));
    nb_buffer *again = nb_buffer_new(input->arena, 1 << 24);
    if (!found)
        return NB_OK; /* larger than what is read here */
    if (!is_patched(input, document, found, again))
        abort();
    nb_buffer *rest = nb_buffer_new(input->arena, 1 << 24);
    const nb_json *second = read_json(input, text_of(again));
    if (!second)
        abort();
    nb_json_diff(rest, result, second, input->arena);
    if (!nb_string_is(text_of(rest), "[]\n"))
        abort();
    return NB_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return run_target(data, size, body);
}
