/* Which line is the heading of a part. */
#include "import/recognise.h"

static bool is_one_of(uint32_t c, const char *characters)
{
    for (const char *end = characters + strlen(characters); characters < end;)
        if (nb_utf8_next(&characters, end) == c)
            return true;
    return false;
}

/* The text after a number such as 二、 or 2. at its start. */
static nb_string after_number(nb_string text)
{
    const char *at = text.data, *end = text.data + text.length, *after = at;
    uint32_t c = 0;
    while (at < end) {
        c = nb_fold_width(nb_utf8_next(&at, end));
        if (!is_one_of(c, "一二三四五六七八九十0123456789"))
            break;
        after = at;
    }
    if (after > text.data && after < end && is_one_of(c, "、.,"))
        after = at;
    return (nb_string){ after, (size_t)(end - after) };
}

static nb_string without_colon(nb_string text)
{
    static const char *const colons[] = { "：", ":" };
    for (size_t i = 0; i < 2; i++) {
        size_t length = strlen(colons[i]);
        if (text.length >= length &&
            memcmp(text.data + text.length - length, colons[i], length) == 0)
            return (nb_string){ text.data, text.length - length };
    }
    return text;
}

int nb_heading_part(const nb_form *form, nb_string text, int current, bool *exact)
{
    *exact = true;
    for (int i = 0; i < form->part_count; i++)
        if (form->parts[i].heading.length && nb_same_text(text, form->parts[i].heading))
            return i;
    *exact = false;
    nb_string words = without_colon(after_number(text));
    for (int i = current + 1; i < form->part_count; i++)
        if (form->parts[i].heading.length &&
            nb_same_label(words, after_number(form->parts[i].heading)) &&
            nb_same_text(words, after_number(form->parts[i].heading)))
            return i;
    return -1;
}
