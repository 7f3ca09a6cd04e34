/*
 * Where an editor keeps characters together that the rules of punctuation would let go: numbers
 * with their units, dates.
 */
#include "text/characters.h"
#include "text/line_break.h"

static uint32_t at_or_zero(const nb_paragraph *paragraph, int at)
{
    return at >= 0 && at < paragraph->count ? paragraph->characters[at].code_point : 0;
}

static bool is_digit(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19);
}

static bool is_member(nb_string set, uint32_t c)
{
    const char *at = set.data, *end = set.data + set.length;
    while (c && at < end)
        if (nb_utf8_next(&at, end) == c)
            return true;
    return false;
}

static bool is_chinese_number(uint32_t c)
{
    return is_member(NB_STRING("一二三四五六七八九十百千零〇两"), c);
}

/* Whether the characters that end before at are a number and then only units: 5 | 万 | 元. */
static bool follows_number(const nb_paragraph *paragraph, const nb_hold_rules *rules, int at)
{
    enum { MOST_UNITS = 3 };
    int before = at - 1;
    for (int units = 0;
         units < MOST_UNITS && is_member(rules->units, at_or_zero(paragraph, before)); units++)
        before--;
    uint32_t c = at_or_zero(paragraph, before);
    return is_digit(c) || c == '%';
}

/*
 * Whether the characters that end before at are a prefix and its number in Chinese: 第 | 二 | 十 |
 * 条.
 */
static bool follows_ordinal(const nb_paragraph *paragraph, const nb_hold_rules *rules, int at)
{
    enum { MOST_DIGITS = 8 };
    int before = at - 1;
    for (int digits = 0; digits < MOST_DIGITS && is_chinese_number(at_or_zero(paragraph, before));
         digits++)
        before--;
    return is_member(rules->prefixes, at_or_zero(paragraph, before));
}

/* 2026年 | 1月 | 20日 */
static bool is_inside_date(const nb_paragraph *paragraph, int at)
{
    uint32_t before = at_or_zero(paragraph, at - 1);
    uint32_t next = before == 0x5E74 ? 0x6708 : before == 0x6708 ? 0x65E5 : 0; /* 年 月 日 */
    int after = at;
    if (!next || !is_digit(at_or_zero(paragraph, at - 2)))
        return false;
    while (is_digit(at_or_zero(paragraph, after)))
        after++;
    return after > at && at_or_zero(paragraph, after) == next;
}

bool nb_is_held(const nb_paragraph *paragraph, const nb_hold_rules *rules, int at)
{
    uint32_t before = at_or_zero(paragraph, at - 1), c = at_or_zero(paragraph, at);
    if (is_member(rules->units, c) && follows_number(paragraph, rules, at))
        return true;
    if (is_member(rules->prefixes, before) && (is_digit(c) || is_chinese_number(c)))
        return true;
    if (is_chinese_number(before) && (is_chinese_number(c) || is_member(rules->units, c)) &&
        follows_ordinal(paragraph, rules, at))
        return true;
    return is_inside_date(paragraph, at);
}
