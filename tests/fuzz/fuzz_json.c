/* JSON of any kind: read into a tree with places, whose strings are written and read again. */
#include "target.h"

/* Every place is in the text, and every pointer can be made. */
static void walk(const target_input *input, const nb_json *node, nb_buffer *out)
{
    if (node->line < 1 || node->column < 1)
        abort();
    (void)nb_json_pointer(node, input->arena);
    if (node->kind == NB_JSON_STRING)
        nb_json_write_string(out, node->text);
    int count = 0;
    for (const nb_json *child = node->first; child; child = child->next) {
        if (child->parent != node || child->index != count++)
            abort();
        walk(input, child, out);
    }
    if (count != node->count)
        abort();
}

static nb_status body(void *context)
{
    const target_input *input = context;
    const nb_json *root;
    nb_status status = nb_json_read(input->bytes, "x.json", (nb_json_limits){ 1 << 16, 32 },
                                    input->arena, input->findings, &root);
    if (status == NB_OK)
        walk(input, root, nb_buffer_new(input->arena, 1 << 20));
    else if (nb_findings_count(input->findings) != 1)
        abort();
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return run_target(data, size, body);
}
