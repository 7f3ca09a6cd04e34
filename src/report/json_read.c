/*
 * JSON text becomes a tree in one walk, which knows where everything stands and how numbers were
 * written. What is well formed is decided here; what is wrong with a text that is not, the JSON
 * library says: it reads such a text again.
 */
#include "report/json.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

const nb_json_limits nb_json_default_limits = { 64u << 20, 32 };

enum {
    DEEPEST = JSON_PARSER_MAX_DEPTH, /* whatever the limits say */
    MOST_COMPARED = 24,              /* keys of an object that are compared each with each */
    MOST_DIGITS = 300                /* of a number that cannot be too large */
};

/* Strings stay where they are in a copy of the text, decoded in their place. */
typedef struct walk {
    nb_arena *arena;
    char *at, *end; /* a NUL stands at the end */
    int line;
    const char *line_start;
    size_t continued; /* bytes of the line that go on a character */
    int deepest;
    const nb_json *too_deep;
} walk;

static nb_json *read_value(walk *w, nb_json *parent, int depth);

static void skip_space(walk *w)
{
    for (;; w->at++) {
        if (*w->at == '\n') {
            w->line++;
            w->line_start = w->at + 1;
            w->continued = 0;
        } else if (*w->at != ' ' && *w->at != '\t' && *w->at != '\r') {
            return;
        }
    }
}

/* Move past a mark, with the blanks before it. */
static bool takes(walk *w, char mark)
{
    skip_space(w);
    if (*w->at != mark)
        return false;
    w->at++;
    return true;
}

static int column_of(const walk *w)
{
    return (int)((size_t)(w->at - w->line_start) - w->continued) + 1;
}

/* The number of bytes up to a quotation mark, a backslash or a control character. */
static size_t plain_length(walk *w)
{
    const char *start = w->at;
    while ((unsigned char)*w->at >= 0x20 && *w->at != '"' && *w->at != '\\') {
        w->continued += (*w->at & 0xC0) == 0x80;
        w->at++;
    }
    return (size_t)(w->at - start);
}

static bool read_hex(const char *digits, uint32_t *out)
{
    *out = 0;
    for (int i = 0; i < 4; i++) {
        char c = digits[i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0)
            return false;
        *out = *out << 4 | (uint32_t)digit;
    }
    return true;
}

/* \u4e00, or the two halves of a pair; w is past the backslash. */
static bool read_code_point(walk *w, uint32_t *out)
{
    uint32_t second;
    if (w->end - w->at < 5 || !read_hex(w->at + 1, out))
        return false;
    w->at += 5;
    if (*out < 0xD800 || *out > 0xDFFF)
        return *out != 0;
    if (*out > 0xDBFF || w->end - w->at < 6 || w->at[0] != '\\' || w->at[1] != 'u' ||
        !read_hex(w->at + 2, &second) || second < 0xDC00 || second > 0xDFFF)
        return false;
    w->at += 6;
    *out = 0x10000 + ((*out - 0xD800) << 10) + (second - 0xDC00);
    return true;
}

/* Decode an escape to *to. */
static bool read_escape(walk *w, char **to)
{
    static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    uint32_t code_point;
    w->at++;
    if (*w->at == 'u') {
        if (!read_code_point(w, &code_point))
            return false;
        *to += nb_utf8_encode(code_point, *to);
        return true;
    }
    const char *letter = *w->at ? strchr(letters, *w->at) : NULL;
    if (!letter)
        return false;
    *(*to)++ = meant[letter - letters];
    w->at++;
    return true;
}

/* A string whose opening quote is next; origin may be NULL. */
static bool read_string(walk *w, nb_string *out, nb_origin *origin)
{
    nb_column_shift *shifts = NULL;
    int capacity = 0, columns = 0, line = w->line, column = column_of(w) + 1, count = 0;
    char *start = ++w->at, *to = start;
    for (;;) {
        const char *from = w->at;
        size_t length = plain_length(w);
        if (to != from)
            memmove(to, from, length);
        to += length;
        if (*w->at != '\\')
            break;
        const char *escape = w->at;
        if (!read_escape(w, &to))
            return false;
        columns += (int)(w->at - escape) - 1;
        if (origin) {
            NB_GROW(w->arena, shifts, count, &capacity);
            shifts[count++] = (nb_column_shift){ (size_t)(to - start), columns, false };
        }
    }
    if (*w->at != '"')
        return false;
    w->at++;
    *to = '\0';
    *out = (nb_string){ start, (size_t)(to - start) };
    if (origin)
        *origin = (nb_origin){ line, column, shifts, count };
    return true;
}

static const char *skip_digits(const char *at)
{
    while (*at >= '0' && *at <= '9')
        at++;
    return at;
}

/* Whether a number is more than a double holds, which the library does not take. */
static bool is_too_large(nb_string number)
{
    json_t *value =
        json_loadb(number.data, number.length, JSON_DECODE_INT_AS_REAL | JSON_DECODE_ANY, NULL);
    json_decref(value);
    return !value;
}

static bool read_number(walk *w, nb_string *out)
{
    const char *start = w->at, *at = start + (*start == '-'), *first = at;
    at = skip_digits(at);
    if (at == first || (*first == '0' && at > first + 1))
        return false;
    if (*at == '.') {
        const char *decimals = at + 1;
        at = skip_digits(decimals);
        if (at == decimals)
            return false;
    }
    bool has_exponent = *at == 'e' || *at == 'E';
    if (has_exponent) {
        at += at[1] == '+' || at[1] == '-' ? 2 : 1;
        const char *exponent = at;
        at = skip_digits(at);
        if (at == exponent)
            return false;
    }
    size_t length = (size_t)(at - start);
    *out = (nb_string){ nb_arena_copy(w->arena, start, length), length };
    w->at += length;
    return !(has_exponent || length > MOST_DIGITS) || !is_too_large(*out);
}

static bool takes_word(walk *w, const char *word)
{
    size_t length = strlen(word);
    if ((size_t)(w->end - w->at) < length || memcmp(w->at, word, length) != 0)
        return false;
    w->at += length;
    return true;
}

static int by_key(const void *a, const void *b)
{
    nb_string one = (*(const nb_json *const *)a)->key, other = (*(const nb_json *const *)b)->key;
    size_t shorter = one.length < other.length ? one.length : other.length;
    int order = memcmp(one.data, other.data, shorter);
    return order ? order : (one.length > other.length) - (one.length < other.length);
}

/* Whether an object has a key twice. */
static bool repeats_key(walk *w, const nb_json *object)
{
    if (object->count <= MOST_COMPARED) {
        for (const nb_json *member = object->first; member; member = member->next)
            for (const nb_json *other = object->first; other != member; other = other->next)
                if (nb_string_equal(other->key, member->key))
                    return true;
        return false;
    }
    const nb_json **members = NB_NEW_ARRAY(w->arena, const nb_json *, (size_t)object->count);
    for (const nb_json *member = object->first; member; member = member->next)
        members[member->index] = member;
    qsort(members, (size_t)object->count, sizeof *members, by_key);
    for (int i = 1; i < object->count; i++)
        if (nb_string_equal(members[i - 1]->key, members[i]->key))
            return true;
    return false;
}

/* What stands between brackets; w is past the first. False when it is not well formed. */
static bool read_children(walk *w, nb_json *node, int depth)
{
    const nb_json **link = &node->first;
    bool is_object = node->kind == NB_JSON_OBJECT;
    char close = is_object ? '}' : ']';
    if (takes(w, close))
        return true;
    do {
        nb_string key = { "", 0 };
        if (is_object) {
            skip_space(w);
            if (*w->at != '"' || !read_string(w, &key, NULL) || !takes(w, ':'))
                return false;
        }
        nb_json *child = read_value(w, node, depth + 1);
        if (!child)
            return false;
        child->key = key;
        *link = child;
        link = &child->next;
    } while (takes(w, ','));
    return takes(w, close) && !(is_object && repeats_key(w, node));
}

/* NULL when what stands here is no value. */
static nb_json *read_value(walk *w, nb_json *parent, int depth)
{
    nb_json *node = nb_arena_room(w->arena, sizeof *node);
    bool is_good = false;
    skip_space(w);
    *node = (nb_json){ .text = { "", 0 },
                       .key = { "", 0 },
                       .line = w->line,
                       .column = column_of(w),
                       .parent = parent };
    if (parent)
        node->index = parent->count++;
    if (depth > w->deepest && !w->too_deep)
        w->too_deep = node;
    if (depth > DEEPEST)
        return NULL;
    switch (*w->at) {
    case '{':
    case '[':
        node->kind = *w->at++ == '{' ? NB_JSON_OBJECT : NB_JSON_ARRAY;
        is_good = read_children(w, node, depth);
        break;
    case '"':
        node->kind = NB_JSON_STRING;
        is_good = read_string(w, &node->text, &node->origin);
        break;
    case 't':
        node->kind = NB_JSON_TRUE;
        is_good = takes_word(w, "true");
        break;
    case 'f':
        node->kind = NB_JSON_FALSE;
        is_good = takes_word(w, "false");
        break;
    case 'n':
        node->kind = NB_JSON_NULL;
        is_good = takes_word(w, "null");
        break;
    default:
        node->kind = NB_JSON_NUMBER;
        is_good = read_number(w, &node->text);
    }
    return is_good ? node : NULL;
}

/* The tree of a text in UTF-8, or NULL when it is not well formed. */
static nb_json *read_text(walk *w, nb_string bytes)
{
    w->at = nb_arena_copy(w->arena, bytes.data, bytes.length);
    w->end = w->at + bytes.length;
    w->line = 1;
    w->line_start = w->at;
    nb_json *tree = read_value(w, NULL, 1);
    skip_space(w);
    return w->at == w->end ? tree : NULL;
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

/* What the library expected near a token, as a hint: in English in its own words. */
static void hint_at_fault(nb_findings *findings, nb_finding *finding, const char *text)
{
    static const struct {
        const char *begin;
        const char *words; /* behind the token */
    } known[] = {
        { "'}' expected", "之前缺少逗号或括号" },
        { "']' expected", "之前缺少逗号或括号" },
        { "':' expected", "之前缺少冒号" },
        { "string or '}' expected", "的地方应是键名，用英文双引号括起来；最后一项后面不加逗号" },
        { "unexpected newline", "没有写完就换行了；文字里的换行写成 \\n" },
        { "duplicate object key", "在前面已经写过" },
    };
    const char *near = strstr(text, " near "), *words = "附近有误";
    if (!near || nb_findings_language(findings) == NB_ENGLISH) {
        nb_finding_hint(findings, finding, "%s", text);
        return;
    }
    const char *token = near + strlen(" near ");
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strncmp(text, known[i].begin, strlen(known[i].begin)) == 0)
            words = known[i].words;
    if (strcmp(token, "end of file") == 0)
        token = "文件结尾";
    nb_finding_hint(findings, finding, "%s %s", token, words);
}

/* Say what is wrong with a text that the walk did not take. */
static nb_status tell_fault(nb_string bytes, const char *name, nb_findings *findings)
{
    json_error_t error = { .line = 0 };
    /* The library passes over a null byte that follows a number. */
    const char *null = memchr(bytes.data, '\0', bytes.length);
    if (null) {
        nb_findings_add(findings, NB_ERROR, "S1",
                        nb_place_of_byte(bytes, (size_t)(null - bytes.data), name), "%s",
                        syntax_words(findings, json_error_null_character));
        return NB_E_NOT_A_REPORT;
    }
    json_t *root =
        json_loadb(bytes.data, bytes.length,
                   JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL | JSON_DECODE_ANY, &error);
    json_decref(root);
    /* Without words it was memory that ran out, here or when a number was judged. */
    if (root || !error.text[0])
        return NB_E_MEMORY;
    nb_place place = { name, error.line, error.column > 0 ? error.column : 1, "" };
    nb_finding *finding = nb_findings_add(findings, NB_ERROR, "S1", place, "%s",
                                          syntax_words(findings, json_error_code(&error)));
    hint_at_fault(findings, finding, error.text);
    return NB_E_NOT_A_REPORT;
}

nb_status nb_json_read(nb_string bytes, const char *name, nb_json_limits limits, nb_arena *arena,
                       nb_findings *findings, const nb_json **out)
{
    walk w = { .arena = arena, .deepest = limits.depth };
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
    if (!nb_expect_utf8(bytes, name, findings))
        return NB_E_NOT_A_REPORT;
    nb_json *tree = read_text(&w, bytes);
    if (!tree)
        return tell_fault(bytes, name, findings);
    if (w.too_deep) {
        nb_findings_add(findings, NB_ERROR, "S1", nb_json_place(w.too_deep, name, arena),
                        NB_SAY(findings, "嵌套超过 %d 层", "nested more than %d levels deep"),
                        limits.depth);
        return NB_E_NOT_A_REPORT;
    }
    *out = tree;
    return NB_OK;
}
