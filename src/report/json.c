#include "report/json.h"

#include <string.h>

const nb_json *nb_json_member(const nb_json *node, const char *key)
{
    if (!node || node->kind != NB_JSON_OBJECT)
        return NULL;
    for (const nb_json *child = node->first; child; child = child->next)
        if (nb_string_is(child->key, key))
            return child;
    return NULL;
}

nb_string nb_json_member_text(const nb_json *node, const char *key)
{
    const nb_json *member = nb_json_member(node, key);
    return member ? member->text : (nb_string){ "", 0 };
}

bool nb_json_whole(const nb_json *node, int64_t *out)
{
    const int64_t limit = INT64_C(1) << 53;
    if (!node || node->kind != NB_JSON_NUMBER)
        return false;
    const char *at = node->text.data, *end = at + node->text.length;
    bool negative = *at == '-';
    int64_t value = 0;
    for (at += negative; at < end; at++) {
        if (*at < '0' || *at > '9')
            return false;
        value = value * 10 + (*at - '0');
        if (value > limit)
            return false;
    }
    *out = negative ? -value : value;
    return true;
}

const char *nb_json_pointer(const nb_json *node, nb_arena *arena)
{
    if (!node->parent)
        return "";
    const char *above = nb_json_pointer(node->parent, arena);
    if (node->parent->kind == NB_JSON_ARRAY)
        return nb_arena_print(arena, "%s/%d", above, node->index);
    char *escaped = nb_arena_alloc(arena, node->key.length * 2 + 1), *to = escaped;
    for (size_t i = 0; i < node->key.length; i++) {
        char c = node->key.data[i];
        if (c == '~' || c == '/') {
            *to++ = '~';
            c = c == '~' ? '0' : '1';
        }
        *to++ = c;
    }
    return nb_arena_print(arena, "%s/%s", above, escaped);
}

nb_place nb_json_place(const nb_json *node, const char *name, nb_arena *arena)
{
    return (nb_place){ name, node->line, node->column, nb_json_pointer(node, arena) };
}

void nb_json_write_string(nb_buffer *out, nb_string text)
{
    const char *from = text.data, *end = text.data + text.length;
    nb_buffer_byte(out, '"');
    for (const char *at = from; at < end; at++) {
        unsigned char c = (unsigned char)*at;
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        nb_buffer_add(out, from, (size_t)(at - from));
        from = at + 1;
        const char *letter = strchr("\"\"\\\\\nn\tt\rr\bb\ff", c);
        nb_buffer_byte(out, '\\');
        if (letter && c) {
            nb_buffer_byte(out, (unsigned char)letter[1]);
        } else {
            nb_buffer_text(out, "u");
            nb_buffer_hex(out, c, 4);
        }
    }
    nb_buffer_add(out, from, (size_t)(end - from));
    nb_buffer_byte(out, '"');
}

void nb_json_write(nb_buffer *out, const nb_json *node)
{
    static const char *const words[] = {
        [NB_JSON_NULL] = "null", [NB_JSON_FALSE] = "false", [NB_JSON_TRUE] = "true"
    };
    bool is_object = node->kind == NB_JSON_OBJECT;
    switch (node->kind) {
    case NB_JSON_NULL:
    case NB_JSON_FALSE:
    case NB_JSON_TRUE:
        nb_buffer_text(out, words[node->kind]);
        return;
    case NB_JSON_NUMBER:
        nb_buffer_add(out, node->text.data, node->text.length);
        return;
    case NB_JSON_STRING:
        nb_json_write_string(out, node->text);
        return;
    case NB_JSON_ARRAY:
    case NB_JSON_OBJECT:
        break;
    }
    nb_buffer_byte(out, is_object ? '{' : '[');
    for (const nb_json *child = node->first; child; child = child->next) {
        if (child != node->first)
            nb_buffer_text(out, ", ");
        if (is_object) {
            nb_json_write_string(out, child->key);
            nb_buffer_text(out, ": ");
        }
        nb_json_write(out, child);
    }
    nb_buffer_byte(out, is_object ? '}' : ']');
}
