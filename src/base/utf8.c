#include "base/utf8.h"

uint32_t nb_utf8_next_of_any(const char **at, const char *end)
{
    const unsigned char *bytes = (const unsigned char *)*at;
    size_t left = (size_t)(end - *at);
    uint32_t lead = bytes[0];
    *at += 1;
    if (lead < 0x80)
        return lead;
    size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || length > left)
        return NB_UTF8_INVALID;
    uint32_t code_point = lead & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xC0) != 0x80)
            return NB_UTF8_INVALID;
        code_point = code_point << 6 | (bytes[i] & 0x3F);
    }
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    if (code_point < least[length] || code_point > 0x10FFFF ||
        (code_point >= 0xD800 && code_point <= 0xDFFF))
        return NB_UTF8_INVALID;
    *at += length - 1;
    return code_point;
}

int nb_utf8_encode(uint32_t code_point, char out[4])
{
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    int length = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
    for (int i = length - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (code_point & 0x3F));
        code_point >>= 6;
    }
    out[0] = (char)(lead[length] | code_point);
    return length;
}

size_t nb_utf8_count(nb_string text)
{
    size_t count = 0;
    const char *at = text.data, *end = text.data + text.length;
    while (at < end) {
        nb_utf8_next(&at, end);
        count++;
    }
    return count;
}

nb_string nb_utf8_prefix(nb_string text, size_t characters)
{
    const char *at = text.data, *end = text.data + text.length;
    while (at < end && characters-- > 0)
        nb_utf8_next(&at, end);
    return (nb_string){ text.data, (size_t)(at - text.data) };
}

size_t nb_utf8_valid_length(nb_string text)
{
    const char *at = text.data, *end = text.data + text.length;
    while (at < end) {
        const char *start = at;
        if (nb_utf8_next(&at, end) == NB_UTF8_INVALID)
            return (size_t)(start - text.data);
    }
    return text.length;
}

bool nb_utf8_is_printable(uint32_t c)
{
    bool is_control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    bool is_separator = c == 0x2028 || c == 0x2029;
    bool is_noncharacter = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
    return !is_control && !is_separator && !is_noncharacter;
}

bool nb_is_blank_character(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) ||
           c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

nb_string nb_trimmed(nb_string text, int *column)
{
    const char *at = text.data, *end = text.data + text.length;
    while (at < end) {
        const char *start = at;
        if (!nb_is_blank_character(nb_utf8_next(&at, end))) {
            at = start;
            break;
        }
        if (column)
            ++*column;
    }
    while (end > at) {
        const char *last = end - 1, *next;
        while (last > at && (*last & 0xC0) == 0x80)
            last--;
        next = last;
        if (!nb_is_blank_character(nb_utf8_next(&next, end)))
            break;
        end = last;
    }
    return (nb_string){ at, (size_t)(end - at) };
}
