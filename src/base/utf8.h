/* UTF-8 and borrowed strings. */
#ifndef NB_BASE_UTF8_H
#define NB_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Borrowed bytes; not always NUL-ended. */
typedef struct nb_string {
    const char *data;
    size_t length;
} nb_string;

#define NB_STRING(literal) ((nb_string){ "" literal, sizeof(literal) - 1 })
static inline nb_string nb_string_of(const char *text)
{
    return (nb_string){ text, text ? strlen(text) : 0 };
}
static inline bool nb_string_equal(nb_string a, nb_string b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}
static inline bool nb_string_is(nb_string a, const char *text)
{
    return nb_string_equal(a, nb_string_of(text));
}

/* Where a text that ends with a NUL first stands in another; SIZE_MAX: nowhere. */
static inline size_t nb_string_find(nb_string text, const char *part)
{
    size_t length = strlen(part);
    for (size_t at = 0; at + length <= text.length; at++) {
        const char *found = memchr(text.data + at, *part, text.length - length + 1 - at);
        if (!found)
            break;
        at = (size_t)(found - text.data);
        if (memcmp(found, part, length) == 0)
            return at;
    }
    return SIZE_MAX;
}

#define NB_UTF8_INVALID UINT32_MAX

uint32_t nb_utf8_next_of_any(const char **at,
                             const char *end); /* what nb_utf8_next falls back on */

/*
 * The code point at *at, and *at moved past it. Ill-formed bytes give NB_UTF8_INVALID and move by
 * one. *at must be < end. ASCII, hanzi and their marks, of which nearly all text consists, are decoded in
 * place.
 */
static inline uint32_t nb_utf8_next(const char **at, const char *end)
{
    const unsigned char *bytes = (const unsigned char *)*at;
    if (bytes[0] < 0x80) {
        *at += 1;
        return bytes[0];
    }
    /* After these leads there is neither an overlong form nor a surrogate. */
    if (bytes[0] > 0xE0 && bytes[0] < 0xF0 && bytes[0] != 0xED && end - *at >= 3 &&
        (bytes[1] & 0xC0) == 0x80 && (bytes[2] & 0xC0) == 0x80) {
        *at += 3;
        return (uint32_t)(bytes[0] & 0xF) << 12 | (uint32_t)(bytes[1] & 0x3F) << 6 |
               (uint32_t)(bytes[2] & 0x3F);
    }
    return nb_utf8_next_of_any(at, end);
}

/* 1 to 4 bytes into out; returns how many. */
int nb_utf8_encode(uint32_t code_point, char out[4]);
size_t nb_utf8_count(nb_string text);
/* The first characters of the text, at most that many. */
nb_string nb_utf8_prefix(nb_string text, size_t characters);
/* The offset of the first ill-formed byte, or text.length. */
size_t nb_utf8_valid_length(nb_string text);
/* False for what neither paper nor XML can hold, and for a line break inside one paragraph. */
bool nb_utf8_is_printable(uint32_t code_point);
/* Blanks of any width, tabs and line breaks, and what takes no room. */
bool nb_is_blank_character(uint32_t code_point);
/* The text without blanks at its ends; *column, when given, is moved past those at its start. */
nb_string nb_trimmed(nb_string text, int *column);

#endif
