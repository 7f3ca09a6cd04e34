#include "doc/heading.h"

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

/* How many bytes of the text are a number in the pattern's form; 0 when it has none. */
static size_t number_length(const nb_heading_pattern *pattern, nb_string text)
{
    const char *at = text.data, *end = text.data + text.length;
    if (!starts_with(at, end, pattern->before))
        return 0;
    at += strlen(pattern->before);
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
    at += strlen(pattern->after);
    /* "1.5万" is a quantity, not item 1. */
    if (at < end && *at >= '0' && *at <= '9')
        return 0;
    return (size_t)(at - text.data);
}

nb_prose_kind nb_prose_classify(const nb_page_style *style, nb_string text,
                                const nb_heading_pattern **pattern, size_t *sentence)
{
    size_t number = 0;
    *pattern = NULL;
    for (int i = 0; i < style->pattern_count && !number; i++) {
        number = number_length(&style->patterns[i], text);
        if (number)
            *pattern = &style->patterns[i];
    }
    if (!number)
        return NB_PROSE_PARAGRAPH;
    const char *at = text.data + number, *end = text.data + text.length;
    int characters = 0;
    while (at < end && characters <= style->heading_characters) {
        uint32_t c = nb_utf8_next(&at, end);
        characters++;
        if (!contains(style->sentence_marks, c))
            continue;
        *sentence = (size_t)(at - text.data);
        return at < end && characters > 1 ? NB_PROSE_RUN_IN_HEADING : NB_PROSE_PARAGRAPH;
    }
    return at == end && characters <= style->heading_characters ? NB_PROSE_HEADING
                                                                : NB_PROSE_PARAGRAPH;
}
