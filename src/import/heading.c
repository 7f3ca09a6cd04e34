/* Which line is the heading of a part. */
#include "import/recognise.h"

static bool is_one_of(uint32_t c, const char *characters)
{
    for (const char *end = characters + strlen(characters); characters < end;)
        if (nb_utf8_next(&characters, end) == c)
            return true;
    return false;
}

/* The number that a heading begins with. */
typedef struct heading_number {
    int value; /* 0: none */
    bool in_brackets;
    nb_string words; /* what follows it */
} heading_number;

/* The value of 1 to 19 in either kind of digits; of what is longer only whether it is one. */
static int value_after(int value, uint32_t digit)
{
    static const char *const chinese = "一二三四五六七八九";
    int number = 1;
    if (value >= 1000)
        return value;
    if (digit >= '0' && digit <= '9')
        return value * 10 + (int)(digit - '0');
    if (is_one_of(digit, "十"))
        return value ? value * 10 : 10;
    for (const char *at = chinese, *end = at + strlen(at); nb_utf8_next(&at, end) != digit;)
        number++;
    return value + number;
}

/* The text's number, such as 二、 or 2. or （二）, and what follows. */
static heading_number number_of(nb_string text)
{
    const char *at = text.data, *end = text.data + text.length, *after = at;
    heading_number found = { 0, false, text };
    uint32_t c = at < end ? nb_fold_width(nb_utf8_next(&at, end)) : 0;
    found.in_brackets = c == '(';
    if (found.in_brackets)
        after = at;
    at = after;
    while (at < end) {
        c = nb_fold_width(nb_utf8_next(&at, end));
        if (!is_one_of(c, "一二三四五六七八九十0123456789"))
            break;
        found.value = value_after(found.value, c);
        after = at;
    }
    if (found.in_brackets && c != ')')
        return (heading_number){ 0, false, text };
    if (found.value && after < end && is_one_of(c, "、.,)"))
        after = at;
    found.words = (nb_string){ after, (size_t)(end - after) };
    return found;
}

bool nb_begins_with_number(nb_string text)
{
    heading_number number = number_of(text);
    return number.value && number.words.data > text.data && number.words.length < text.length;
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

enum { MOST_LETTERS = 60 /* of a heading that is worded otherwise */ };

/* The letters of a text, or -1 when it has too many, or a sentence's end. */
static int letters_of(nb_string text, uint32_t letters[MOST_LETTERS])
{
    const char *at = text.data, *end = text.data + text.length;
    int count = 0;
    while (at < end) {
        uint32_t c = nb_utf8_next(&at, end);
        if (count == MOST_LETTERS || is_one_of(c, "。！？；"))
            return -1;
        if (!nb_is_blank_character(c))
            letters[count++] = c;
    }
    return count;
}

/* Whether most of the heading's letters are in the text, in order. */
static bool resembles(nb_string text, nb_string heading)
{
    uint32_t a[MOST_LETTERS], b[MOST_LETTERS];
    int common[MOST_LETTERS + 1] = { 0 };
    int a_count = letters_of(text, a), b_count = letters_of(heading, b);
    if (a_count <= 0 || b_count <= 0)
        return false;
    for (int i = 0; i < a_count; i++)
        for (int k = 0, diagonal = 0; k < b_count; k++) {
            int above = common[k + 1];
            if (a[i] == b[k])
                common[k + 1] = diagonal + 1;
            else if (common[k] > above)
                common[k + 1] = common[k];
            diagonal = above;
        }
    return 3 * common[b_count] >= 2 * b_count && 5 * common[b_count] >= 2 * a_count;
}

bool nb_is_heading_in_words(const nb_form *form, int part, nb_string text)
{
    heading_number number = number_of(text), own = number_of(form->parts[part].heading);
    return !number.in_brackets && own.words.length &&
           nb_same_text(without_colon(number.words), own.words);
}

nb_heading nb_heading_of(const nb_form *form, nb_string text, nb_heading current)
{
    for (int i = 0; i < form->part_count; i++)
        if (form->parts[i].heading.length && nb_same_text(text, form->parts[i].heading))
            return (nb_heading){ i, true, false };
    heading_number number = number_of(text);
    nb_string words = without_colon(number.words);
    /* What has its number in brackets stands within a part, unless all parts have. */
    bool is_low = number.in_brackets && current.part >= 0 && !current.in_brackets;
    for (int i = current.part + 1; i < form->part_count && !is_low; i++) {
        heading_number own = number_of(form->parts[i].heading);
        if (own.words.length && nb_same_label(words, own.words) && nb_same_text(words, own.words))
            return (nb_heading){ i, false, number.in_brackets };
    }
    for (int i = current.part + 1; i < form->part_count && !is_low && number.value; i++) {
        heading_number own = number_of(form->parts[i].heading);
        if (own.value == number.value && resembles(words, own.words))
            return (nb_heading){ i, false, number.in_brackets };
    }
    return (nb_heading){ -1, false, false };
}
