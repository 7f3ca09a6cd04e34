#include "base/base64.h"

static const char DIGITS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* The value of a digit, or -1. */
static int value_of(char digit)
{
    if (digit >= 'A' && digit <= 'Z')
        return digit - 'A';
    if (digit >= 'a' && digit <= 'z')
        return digit - 'a' + 26;
    if (digit >= '0' && digit <= '9')
        return digit - '0' + 52;
    return digit == '+' ? 62 : digit == '/' ? 63 : -1;
}

bool nb_base64_decode(nb_string text, nb_arena *arena, nb_string *out)
{
    size_t digits = text.length;
    if (text.length == 0 || text.length % 4 != 0)
        return false;
    for (int i = 0; i < 2 && text.data[digits - 1] == '='; i++)
        digits--;
    unsigned char *bytes = nb_arena_alloc(arena, text.length / 4 * 3);
    size_t length = 0;
    uint32_t bits = 0;
    for (size_t i = 0; i < digits; i++) {
        int value = value_of(text.data[i]);
        if (value < 0)
            return false;
        bits = bits << 6 | (uint32_t)value;
        /* Four digits are three bytes: each digit but the first of four completes one. */
        if (i % 4 != 0)
            bytes[length++] = (unsigned char)(bits >> (6 - i % 4 * 2));
    }
    *out = (nb_string){ (const char *)bytes, length };
    return true;
}

nb_string nb_base64_encode(nb_string bytes, nb_arena *arena)
{
    char *text = nb_arena_alloc(arena, (bytes.length + 2) / 3 * 4 + 1), *to = text;
    for (size_t i = 0; i < bytes.length; i += 3) {
        size_t left = bytes.length - i;
        uint32_t bits = 0;
        for (size_t k = 0; k < 3; k++)
            bits = bits << 8 | (k < left ? (unsigned char)bytes.data[i + k] : 0);
        for (size_t k = 0; k < 4; k++)
            *to++ = k <= left ? DIGITS[bits >> (18 - 6 * k) & 63] : '=';
    }
    return (nb_string){ text, (size_t)(to - text) };
}
