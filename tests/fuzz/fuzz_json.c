/*
 * JSON of any kind: read into a tree with places, whose strings are written and read again. The JSON
 * library takes the same texts, and finds the same in them.
 */
#include "target.h"

#include <jansson.h>

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

static void compare(const nb_json *node, const json_t *value)
{
    static const nb_json_kind kinds[] = {
        [JSON_OBJECT] = NB_JSON_OBJECT, [JSON_ARRAY] = NB_JSON_ARRAY,
        [JSON_STRING] = NB_JSON_STRING, [JSON_INTEGER] = NB_JSON_NUMBER,
        [JSON_REAL] = NB_JSON_NUMBER,   [JSON_TRUE] = NB_JSON_TRUE,
        [JSON_FALSE] = NB_JSON_FALSE,   [JSON_NULL] = NB_JSON_NULL,
    };
    size_t count = json_is_object(value) ? json_object_size(value) : json_array_size(value);
    if (node->kind != kinds[json_typeof(value)] || (size_t)node->count != count)
        abort();
    if (node->kind == NB_JSON_STRING &&
        (node->text.length != json_string_length(value) ||
         memcmp(node->text.data, json_string_value(value), node->text.length) != 0))
        abort();
    if (node->kind == NB_JSON_NUMBER && strtod(node->text.data, NULL) != json_real_value(value))
        abort();
    for (const nb_json *child = node->first; child; child = child->next) {
        const json_t *other = node->kind == NB_JSON_OBJECT
                                  ? json_object_get(value, child->key.data)
                                  : json_array_get(value, (size_t)child->index);
        if (!other)
            abort();
        compare(child, other);
    }
}

/* What the library makes of the text; it passes over some null bytes. */
static void compare_with_library(const target_input *input, nb_status status, const nb_json *root)
{
    nb_string text = input->bytes;
    if (text.length >= 3 && memcmp(text.data, "\xEF\xBB\xBF", 3) == 0)
        text = (nb_string){ text.data + 3, text.length - 3 };
    json_t *value =
        json_loadb(text.length ? text.data : "", text.length,
                   JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL | JSON_DECODE_ANY, NULL);
    if (status == NB_OK && !value)
        abort();
    if (status == NB_OK)
        compare(root, value);
    else if (value && !memchr(text.data, 0, text.length)) {
        const char *message = nb_findings_lookup(input->findings, 0)->message;
        if (!strstr(message, "levels deep") && !strstr(message, "MiB"))
            abort();
    }
    json_decref(value);
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
    compare_with_library(input, status, root);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return run_target(data, size, body);
}
