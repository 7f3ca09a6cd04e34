#include "import/recognise.h"

uint32_t nb_fold_width(uint32_t c)
{
    return c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c;
}

/*
 * Marks and blanks, in which copies of one label differ: 1.重复申请, 1、重复申请. c is
 * half-width.
 */
static bool is_no_letter(uint32_t c)
{
    if (c < 0x80)
        return !((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'));
    return nb_is_blank_character(c) || c < 0xC0 || (c >= 0x2000 && c <= 0x206F) ||
           (c >= 0x3000 && c <= 0x303F && c != 0x3007) || (c >= 0xFF61 && c <= 0xFF65);
}

/* In brackets 三 is 3: copies of a label are numbered one way or the other. */
static uint32_t digit_of(uint32_t c)
{
    static const uint32_t digits[] = { 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94,
                                       0x516D, 0x4E03, 0x516B, 0x4E5D };
    for (uint32_t i = 0; i < sizeof digits / sizeof digits[0]; i++)
        if (c == digits[i])
            return '1' + i;
    return c;
}

/* The next character that is not skipped, in half width, or NB_UTF8_INVALID at the end. */
static uint32_t next_of(nb_string *rest, bool (*is_skipped)(uint32_t c))
{
    if (!rest->length)
        return NB_UTF8_INVALID;
    const char *at = rest->data, *end = rest->data + rest->length;
    uint32_t c = NB_UTF8_INVALID, before = 0;
    while (at < end) {
        c = nb_fold_width(nb_utf8_next(&at, end));
        if (!is_skipped(c))
            break;
        before = nb_is_blank_character(c) ? before : c;
        c = NB_UTF8_INVALID;
    }
    *rest = (nb_string){ at, (size_t)(end - at) };
    return before == '(' ? digit_of(c) : c;
}

static bool is_same(nb_string a, nb_string b, bool (*is_skipped)(uint32_t c), bool *is_empty)
{
    *is_empty = true;
    for (;;) {
        uint32_t c = next_of(&a, is_skipped);
        if (c != next_of(&b, is_skipped))
            return false;
        if (c == NB_UTF8_INVALID)
            return true;
        *is_empty = false;
    }
}

bool nb_same_text(nb_string a, nb_string b)
{
    bool is_empty;
    return is_same(a, b, nb_is_blank_character, &is_empty);
}

bool nb_same_label(nb_string a, nb_string b)
{
    bool is_empty;
    return is_same(a, b, is_no_letter, &is_empty) && !is_empty;
}

bool nb_skip_label_part(nb_string *label, nb_string part)
{
    nb_string rest = *label;
    for (uint32_t c = next_of(&part, is_no_letter); c != NB_UTF8_INVALID;
         c = next_of(&part, is_no_letter))
        if (c != next_of(&rest, is_no_letter))
            return false;
    *label = rest;
    return true;
}

bool nb_has_letters(nb_string text)
{
    return next_of(&text, is_no_letter) != NB_UTF8_INVALID;
}

bool nb_is_label_part(nb_string part, nb_string label)
{
    bool is_number = true;
    for (nb_string rest = part; rest.length && is_number;) {
        uint32_t c = next_of(&rest, is_no_letter);
        is_number = c == NB_UTF8_INVALID || c < 0x80;
    }
    if (is_number)
        return false;
    for (nb_string from = label; from.length;) {
        nb_string a = part, b = from;
        uint32_t c = next_of(&a, is_no_letter);
        while (c != NB_UTF8_INVALID && c == next_of(&b, is_no_letter))
            c = next_of(&a, is_no_letter);
        if (c == NB_UTF8_INVALID)
            return true;
        next_of(&from, is_no_letter);
    }
    return false;
}
