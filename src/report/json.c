#include "report/json.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

const nb_json_limits nb_json_default_limits = { 64u << 20, 32 };

/*
 * The JSON library checks the text and decodes it, but forgets where things stood and how numbers
 * were written. So its tree is walked beside the text, which by then is known to be well formed.
 */
typedef struct walk {
    const char *at;
    const char *end;
    const char *counted; /* line and column are those of this byte */
    int line;
    int column;
    int deepest;
    const nb_json *too_deep;
    nb_arena *arena;
} walk;

static void skip_space(walk *w)
{
    while (w->at < w->end && strchr(" \t\r\n", *w->at))
        w->at++;
}

static void skip_string(walk *w)
{
    for (w->at++; *w->at != '"'; w->at++)
        if (*w->at == '\\')
            w->at++;
    w->at++;
}

static void count_place(walk *w)
{
    for (; w->counted < w->at; w->counted++) {
        if (*w->counted == '\n') {
            w->line++;
            w->column = 1;
        } else if ((*w->counted & 0xC0) != 0x80) {
            w->column++;
        }
    }
}

/* How many bytes of UTF-8 the escape at a backslash stands for; *at is moved past it. */
static size_t skip_escape(const char **at)
{
    if ((*at)[1] != 'u') {
        *at += 2;
        return 1;
    }
    char digits[5] = { 0 }, bytes[4];
    memcpy(digits, *at + 2, 4);
    uint32_t unit = (uint32_t)strtoul(digits, NULL, 16);
    *at += 6;
    if (unit < 0xD800 || unit > 0xDBFF)
        return (size_t)nb_utf8_encode(unit, bytes);
    *at += 6; /* the other half of the pair, which the library has seen */
    return 4;
}

/* Where the characters of a string stand. w is at its opening quote. */
static nb_origin origin_of(const walk *w)
{
    nb_origin origin = { w->line, w->column + 1, NULL, 0 };
    nb_column_shift *shifts = NULL;
    size_t offset = 0;
    int capacity = 0, columns = 0;
    for (const char *at = w->at + 1; *at != '"';) {
        if (*at != '\\') {
            at++;
            offset++;
            continue;
        }
        const char *start = at;
        offset += skip_escape(&at);
        columns += (int)(at - start) - 1;
        NB_GROW(w->arena, shifts, origin.shift_count, &capacity);
        shifts[origin.shift_count++] = (nb_column_shift){ offset, columns, false };
    }
    origin.shifts = shifts;
    return origin;
}

static nb_string kept(nb_arena *arena, const char *text, size_t length)
{
    return (nb_string){ nb_arena_copy(arena, text, length), length };
}

static nb_json *walk_value(walk *w, json_t *value, nb_json *parent, int depth);

static void walk_object(walk *w, json_t *value, nb_json *node, int depth)
{
    const char *key;
    json_t *member;
    const nb_json **link = &node->first;
    w->at++;
    json_object_foreach(value, key, member)
    {
        skip_space(w);
        skip_string(w);
        skip_space(w);
        w->at++; /* the colon */
        nb_json *child = walk_value(w, member, node, depth + 1);
        child->key = kept(w->arena, key, strlen(key));
        *link = child;
        link = &child->next;
        skip_space(w);
        w->at++; /* the comma or the closing brace */
    }
    if (!node->first) {
        skip_space(w);
        w->at++;
    }
}

static void walk_array(walk *w, json_t *value, nb_json *node, int depth)
{
    const nb_json **link = &node->first;
    w->at++;
    for (size_t i = 0; i < json_array_size(value); i++) {
        nb_json *child = walk_value(w, json_array_get(value, i), node, depth + 1);
        *link = child;
        link = &child->next;
        skip_space(w);
        w->at++;
    }
    if (!node->first) {
        skip_space(w);
        w->at++;
    }
}

static nb_json *walk_value(walk *w, json_t *value, nb_json *parent, int depth)
{
    nb_json *node = NB_NEW(w->arena, nb_json);
    skip_space(w);
    count_place(w);
    *node = (nb_json){
        .text = { "", 0 }, .key = { "", 0 }, .line = w->line, .column = w->column, .parent = parent
    };
    if (parent)
        node->index = parent->count++;
    if (depth > w->deepest && !w->too_deep)
        w->too_deep = node;
    const char *start = w->at;
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        node->kind = NB_JSON_OBJECT;
        walk_object(w, value, node, depth);
        break;
    case JSON_ARRAY:
        node->kind = NB_JSON_ARRAY;
        walk_array(w, value, node, depth);
        break;
    case JSON_STRING:
        node->kind = NB_JSON_STRING;
        node->text = kept(w->arena, json_string_value(value), json_string_length(value));
        node->origin = origin_of(w);
        skip_string(w);
        break;
    case JSON_INTEGER:
    case JSON_REAL:
        node->kind = NB_JSON_NUMBER;
        while (w->at < w->end && strchr("+-.0123456789eE", *w->at))
            w->at++;
        node->text = kept(w->arena, start, (size_t)(w->at - start));
        break;
    case JSON_TRUE:
        node->kind = NB_JSON_TRUE;
        w->at += 4;
        break;
    case JSON_FALSE:
        node->kind = NB_JSON_FALSE;
        w->at += 5;
        break;
    case JSON_NULL:
        node->kind = NB_JSON_NULL;
        w->at += 4;
        break;
    }
    return node;
}

/* What the library found, in our words: its own name the token, not the mistake. */
static const char *syntax_words(nb_findings *findings, enum json_error_code code)
{
    switch (code) {
    case json_error_premature_end_of_input:
        return NB_SAY(findings, "JSON 没有写完，可能缺少括号或引号",
                      "the JSON ends too early: a bracket or quotation mark may be missing");
    case json_error_end_of_input_expected:
        return NB_SAY(findings, "JSON 已经结束，后面还有多余的内容",
                      "there is more text after the end of the JSON");
    case json_error_duplicate_key:
        return NB_SAY(findings, "同一个对象里有两个相同的键", "a key stands twice in one object");
    case json_error_numeric_overflow:
        return NB_SAY(findings, "数太大", "the number is too large");
    case json_error_null_character:
    case json_error_null_byte_in_key:
        return NB_SAY(findings, "文字里有空字符 (U+0000)",
                      "the text has a null character (U+0000)");
    case json_error_stack_overflow:
        return NB_SAY(findings, "嵌套太深", "nested too deeply");
    default:
        return NB_SAY(findings, "JSON 语法错误", "JSON syntax error");
    }
}

static void release(void *object)
{
    json_t **held = object;
    json_decref(*held);
}

static json_t *parse(nb_string bytes, const char *name, nb_findings *findings)
{
    json_error_t error;
    if (!nb_expect_utf8(bytes, name, findings))
        return NULL;
    /* The library passes over a null byte that follows a number. */
    const char *null = memchr(bytes.data, '\0', bytes.length);
    if (null) {
        nb_findings_add(findings, NB_ERROR, "S1",
                        nb_place_of_byte(bytes, (size_t)(null - bytes.data), name), "%s",
                        syntax_words(findings, json_error_null_character));
        return NULL;
    }
    json_t *root =
        json_loadb(bytes.data, bytes.length,
                   JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL | JSON_DECODE_ANY, &error);
    if (!root && error.text[0]) { /* without words it was memory that ran out */
        nb_place place = { name, error.line, error.column > 0 ? error.column : 1, "" };
        nb_finding *finding = nb_findings_add(findings, NB_ERROR, "S1", place, "%s",
                                              syntax_words(findings, json_error_code(&error)));
        nb_finding_hint(findings, finding, "%s", error.text);
    }
    return root;
}

nb_status nb_json_read(nb_string bytes, const char *name, nb_json_limits limits, nb_arena *arena,
                       nb_findings *findings, const nb_json **out)
{
    *out = NULL;
    if (bytes.length > limits.bytes) {
        nb_findings_add(findings, NB_ERROR, "S1", (nb_place){ .file = name },
                        NB_SAY(findings, "文件超过 %zu MiB", "the file has more than %zu MiB"),
                        limits.bytes >> 20);
        return NB_E_NOT_A_REPORT;
    }
    if (bytes.length >= 3 && memcmp(bytes.data, "\xEF\xBB\xBF", 3) == 0) {
        bytes.data += 3;
        bytes.length -= 3;
    }
    size_t before = nb_findings_count(findings);
    /* registered first, so that no failure loses the tree */
    json_t **held = NB_NEW(arena, json_t *);
    nb_arena_defer(arena, release, held);
    json_t *root = *held = parse(bytes, name, findings);
    if (!root)
        return nb_findings_count(findings) == before ? NB_E_MEMORY : NB_E_NOT_A_REPORT;
    walk w = { .at = bytes.data,
               .end = bytes.data + bytes.length,
               .counted = bytes.data,
               .line = 1,
               .column = 1,
               .deepest = limits.depth,
               .arena = arena };
    nb_json *tree = walk_value(&w, root, NULL, 1);
    if (w.too_deep) {
        nb_findings_add(findings, NB_ERROR, "S1", nb_json_place(w.too_deep, name, arena),
                        NB_SAY(findings, "嵌套超过 %d 层", "nested more than %d levels deep"),
                        limits.depth);
        return NB_E_NOT_A_REPORT;
    }
    *out = tree;
    return NB_OK;
}

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
