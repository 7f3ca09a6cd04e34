#include "form/heading.h"

static bool contains(nb_string set, uint32_t code_point)
{
    const char *at = set.data, *end = set.data + set.length;
    while (at < end)
        if (nb_utf8_next(&at, end) == code_point)
            return true;
    return false;
}

static bool is_digit_of(const nb_heading_pattern *pattern, uint32_t c)
{
    if (!pattern->chinese)
        return c >= '0' && c <= '9';
    return contains(NB_STRING("一二三四五六七八九十百"), c);
}

static bool starts_with(const char *at, const char *end, const char *prefix)
{
    size_t length = strlen(prefix);
    return (size_t)(end - at) >= length && memcmp(at, prefix, length) == 0;
}

/* The value of 二十一, or 0 when it is no number up to 999. */
static int chinese_number(const char *at, const char *end)
{
    static const char digits[] = "一二三四五六七八九";
    int value = 0, digit = 0, unit = 1000;
    while (at < end) {
        const char *start = at;
        uint32_t c = nb_utf8_next(&at, end);
        int here = c == 0x5341 ? 10 : c == 0x767E ? 100 : 1;
        if (here == 1 && digit)
            return 0;
        if (here == 1) {
            char one[5] = { 0 };
            memcpy(one, start, (size_t)(at - start));
            const char *known = strstr(digits, one);
            if (!known)
                return 0;
            digit = (int)(known - digits) / 3 + 1;
            continue;
        }
        if (here >= unit || (!digit && (here == 100 || value)))
            return 0;
        value += (digit ? digit : 1) * here;
        unit = here;
        digit = 0;
    }
    return value + digit;
}

int nb_number_in_words(nb_string words)
{
    const char *at = words.data, *end = at + words.length;
    int value = 0;
    if (at < end && (*at < '0' || *at > '9'))
        return chinese_number(at, end);
    for (; at < end && *at >= '0' && *at <= '9' && value < 100000; at++)
        value = value * 10 + (*at - '0');
    return value;
}

/* How many bytes of the text are a number in the pattern's form; 0 when it has none. */
static size_t number_length(const nb_heading_pattern *pattern, nb_string text, int *number)
{
    const char *at = text.data, *end = text.data + text.length;
    if (!starts_with(at, end, pattern->before))
        return 0;
    at += strlen(pattern->before);
    const char *first = at;
    int digits = 0;
    while (at < end) {
        const char *next = at;
        if (!is_digit_of(pattern, nb_utf8_next(&next, end)))
            break;
        at = next;
        digits++;
    }
    if (!digits || digits > 4 || !starts_with(at, end, pattern->after))
        return 0;
    *number = nb_number_in_words((nb_string){ first, (size_t)(at - first) });
    at += strlen(pattern->after);
    /* "1.5万" is a quantity, not item 1. */
    if (at < end && *at >= '0' && *at <= '9')
        return 0;
    return (size_t)(at - text.data);
}

nb_prose_look nb_prose_classify(const nb_page_style *style, nb_string text)
{
    nb_prose_look look = { .kind = NB_PROSE_PARAGRAPH };
    for (int i = 0; i < style->pattern_count && !look.pattern; i++) {
        int number = 0;
        look.number_bytes = number_length(&style->patterns[i], text, &number);
        if (!look.number_bytes)
            continue;
        look.pattern = &style->patterns[i];
        look.level = i + 1;
        look.number = number;
    }
    if (!look.pattern)
        return look;
    const char *at = text.data + look.number_bytes, *end = text.data + text.length;
    int characters = 0;
    while (at < end && characters <= style->heading_characters) {
        uint32_t c = nb_utf8_next(&at, end);
        characters++;
        if (!contains(style->sentence_marks, c))
            continue;
        look.sentence = (size_t)(at - text.data);
        if (at < end && characters > 1)
            look.kind = NB_PROSE_RUN_IN_HEADING;
        return look;
    }
    if (at == end && characters <= style->heading_characters)
        look.kind = NB_PROSE_HEADING;
    return look;
}
