/* What the cell of a sheet says, as people fill them in. */
#include "bulk/template_parts.h"

#include "report/json.h"

static bool is_word(nb_string text, const char *word)
{
    if (text.length != strlen(word))
        return false;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if ((c >= 'A' && c <= 'Z' ? (char)(c + 32) : c) != word[i])
            return false;
    }
    return true;
}

static bool is_one_of(nb_string text, const char *const *words)
{
    for (; *words; words++)
        if (is_word(text, *words))
            return true;
    return false;
}

static const char *const yes_words[] = { "是", "true", "yes", "y", "1", NULL };
static const char *const no_words[] = { "否", "false", "no", "n", "0", NULL };

/* The text in which full-width digits and marks of numbers are plain, and no blank is. */
static nb_string plain(nb_string text, nb_arena *arena)
{
    nb_buffer *out = nb_buffer_new(arena, text.length + 1);
    for (const char *at = text.data, *end = at + text.length; at < end;) {
        const char *start = at;
        uint32_t c = nb_utf8_next(&at, end);
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0x3000 || c == 0xA0)
            continue;
        if (c >= 0xFF0B && c <= 0xFF19 && c != 0xFF0F)
            nb_buffer_byte(out, (unsigned char)(c - 0xFEE0));
        else
            nb_buffer_add(out, start, (size_t)(at - start));
    }
    return (nb_string){ (const char *)out->data, out->length };
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* 1,258 and 12,345,678.9: commas before every third digit, or none. */
static bool has_good_groups(nb_string text)
{
    size_t digits = 0;
    bool has_comma = false;
    for (size_t i = 0; i < text.length && text.data[i] != '.'; i++) {
        if (text.data[i] == ',') {
            if (has_comma ? digits != 3 : digits < 1 || digits > 3)
                return false;
            has_comma = true;
            digits = 0;
        } else {
            digits++;
        }
    }
    return !has_comma || digits == 3;
}

nb_string nb_cell_number(const nb_cell *cell, nb_arena *arena)
{
    nb_string text = plain(cell->text, arena);
    nb_buffer *out = nb_buffer_new(arena, text.length + 1);
    bool has_digits = false, has_point = false;
    if (cell->kind == NB_CELL_BLANK || !text.length)
        return NB_STRING("");
    size_t at = text.data[0] == '-';
    if (!has_good_groups((nb_string){ text.data + at, text.length - at }))
        return NB_STRING("");
    if (at)
        nb_buffer_byte(out, '-');
    /* JSON has no leading zeros, as of 0,258. */
    while (at + 1 < text.length && (text.data[at] == '0' || text.data[at] == ',') &&
           (is_digit(text.data[at + 1]) || text.data[at + 1] == ','))
        at++;
    for (; at < text.length; at++) {
        char c = text.data[at];
        bool is_point = c == '.' && has_digits && !has_point && at + 1 < text.length;
        if (c == ',' && !has_point)
            continue;
        if (!is_digit(c) && !is_point)
            return NB_STRING("");
        has_digits = has_digits || is_digit(c);
        has_point = has_point || is_point;
        nb_buffer_byte(out, (unsigned char)c);
    }
    return has_digits ? (nb_string){ (const char *)out->data, out->length } : NB_STRING("");
}

bool nb_cell_says_yes(const nb_cell *cell)
{
    switch (cell->kind) {
    case NB_CELL_BLANK:
    case NB_CELL_FALSE:
        return false;
    case NB_CELL_TRUE:
        return true;
    case NB_CELL_TEXT:
    case NB_CELL_NUMBER:
        break;
    }
    nb_string text = cell->text;
    bool is_zero = text.data[strspn(text.data, "0.")] == '\0';
    return !is_zero && !is_one_of(text, no_words);
}

/* 2026/1/20, 2026.1.20, 2026-1-20 or 2026年1月20日 as 2026-01-20; else the text itself. */
static nb_string iso_date(nb_string text, nb_arena *arena)
{
    static const char *const marks[][3] = {
        { "/", "/", "" }, { ".", ".", "" }, { "-", "-", "" }, { "年", "月", "日" }
    };
    static const size_t most[] = { 4, 2, 2 };
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        nb_string parts[3];
        const char *at = text.data;
        bool fits = true;
        for (int part = 0; part < 3 && fits; part++) {
            size_t length = strspn(at, "0123456789"), mark = strlen(marks[i][part]);
            parts[part] = (nb_string){ at, length };
            fits =
                length && length <= most[part] && strncmp(at + length, marks[i][part], mark) == 0;
            at += length + mark;
        }
        if (fits && !*at && parts[0].length == 4)
            return nb_string_of(nb_arena_print(
                arena, "%.4s-%s%.*s-%s%.*s", parts[0].data, parts[1].length == 1 ? "0" : "",
                (int)parts[1].length, parts[1].data, parts[2].length == 1 ? "0" : "",
                (int)parts[2].length, parts[2].data));
    }
    return text;
}

static bool is_number_field(nb_field_kind kind)
{
    return kind == NB_FIELD_YEAR || kind == NB_FIELD_COUNT || kind == NB_FIELD_CHANGE ||
           kind == NB_FIELD_AMOUNT || kind == NB_FIELD_VECTOR;
}

void nb_cell_write_value(const nb_cell *cell, nb_field_kind kind, nb_arena *arena, nb_buffer *out)
{
    nb_string number = NB_STRING("");
    bool is_flag = kind == NB_FIELD_FLAG || kind == NB_FIELD_GROUP;
    if (is_number_field(kind) || (kind == NB_FIELD_GROUP && cell->kind == NB_CELL_NUMBER))
        number = nb_cell_number(cell, arena);
    if (cell->kind == NB_CELL_BLANK)
        nb_buffer_text(out, "null");
    else if (number.length)
        nb_buffer_add(out, number.data, number.length);
    else if (is_flag && (cell->kind == NB_CELL_TRUE ||
                         (kind == NB_FIELD_FLAG && is_one_of(cell->text, yes_words))))
        nb_buffer_text(out, "true");
    else if (is_flag && (cell->kind == NB_CELL_FALSE ||
                         (kind == NB_FIELD_FLAG && is_one_of(cell->text, no_words))))
        nb_buffer_text(out, "false");
    else
        nb_json_write_string(out, kind == NB_FIELD_DATE ? iso_date(cell->text, arena) : cell->text);
}
