#include "cli/screen.h"

#include <stdbool.h>
#include <string.h>

enum { REPLACEMENT = 0xFFFD };

uint32_t nb_next_character(const char **at, const char *end)
{
    const unsigned char *bytes = (const unsigned char *)*at;
    uint32_t c = *bytes;
    ptrdiff_t length = c < 0x80 ? 1 : c < 0xC2 ? 0 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF5 ? 4 : 0;
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    *at += 1;
    if (length == 1)
        return c;
    if (length == 0 || end - *at < length - 1)
        return REPLACEMENT;
    c &= 0x7Fu >> length;
    for (int i = 1; i < length; i++) {
        if ((bytes[i] & 0xC0) != 0x80)
            return REPLACEMENT;
        c = c << 6 | (bytes[i] & 0x3F);
    }
    if (c < least[length] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        return REPLACEMENT;
    *at += length - 1;
    return c;
}

typedef struct range {
    uint32_t first, last;
} range;

static bool is_in(uint32_t c, const range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    return false;
}

int nb_character_width(uint32_t c)
{
    /* East Asian Width W and F (UAX #11), in round blocks. */
    static const range wide[] = { { 0x1100, 0x115F },   { 0x2E80, 0x303E },  { 0x3041, 0xA4CF },
                                  { 0xA960, 0xA97F },   { 0xAC00, 0xD7A3 },  { 0xF900, 0xFAFF },
                                  { 0xFE30, 0xFE6F },   { 0xFF01, 0xFF60 },  { 0xFFE0, 0xFFE6 },
                                  { 0x1F300, 0x1FAFF }, { 0x20000, 0x3FFFD } };
    static const range zero[] = { { 0x0300, 0x036F },
                                  { 0x200B, 0x200F },
                                  { 0x20D0, 0x20FF },
                                  { 0xFE00, 0xFE0F },
                                  { 0xE0100, 0xE01EF } };
    if (is_in(c, zero, sizeof zero / sizeof zero[0]))
        return 0;
    return is_in(c, wide, sizeof wide / sizeof wide[0]) ? 2 : 1;
}

int nb_text_width(const char *text, size_t length)
{
    int width = 0;
    for (const char *end = text + length; text < end;)
        width += nb_character_width(nb_next_character(&text, end));
    return width;
}

static void print_utf8(uint32_t c, FILE *to)
{
    if (c < 0x80) {
        putc((int)c, to);
        return;
    }
    int shift = c < 0x800 ? 6 : c < 0x10000 ? 12 : 18;
    putc((int)((shift == 6 ? 0xC0 : shift == 12 ? 0xE0 : 0xF0) | c >> shift), to);
    for (shift -= 6; shift >= 0; shift -= 6)
        putc((int)(0x80 | (c >> shift & 0x3F)), to);
}

void nb_print_character(uint32_t c, FILE *to)
{
    bool is_control = c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
                      (c >= 0x2066 && c <= 0x2069);
    print_utf8(c == '\t' ? ' ' : is_control ? REPLACEMENT : c, to);
}

void nb_print_text(const char *text, FILE *to)
{
    for (const char *end = text + strlen(text); text < end;)
        nb_print_character(nb_next_character(&text, end), to);
}

void nb_print_json_string(const char *text, FILE *to)
{
    putc('"', to);
    for (const char *end = text + strlen(text); text < end;) {
        uint32_t c = nb_next_character(&text, end);
        if (c == '"' || c == '\\')
            putc('\\', to);
        if (c < 0x20)
            fprintf(to, "\\u%04X", (unsigned)c);
        else
            print_utf8(c, to);
    }
    putc('"', to);
}
