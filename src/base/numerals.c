#include "base/numerals.h"

static const char *const digits[] = { "零", "一", "二", "三", "四", "五", "六", "七", "八", "九" };

static void add_number(nb_buffer *out, int64_t value, bool is_begun);

/* The part of a number above a unit, the unit, and the rest, which a gap of digits sets off. */
static void add_around(nb_buffer *out, int64_t value, int64_t unit, const char *name, bool is_begun)
{
    int64_t rest = value % unit;
    add_number(out, value / unit, is_begun);
    nb_buffer_text(out, name);
    if (rest == 0)
        return;
    if (rest < unit / 10)
        nb_buffer_text(out, digits[0]);
    add_number(out, rest, true);
}

/* is_begun: digits stand before it, so that ten is 一十. */
static void add_number(nb_buffer *out, int64_t value, bool is_begun)
{
    static const struct {
        int64_t unit;
        const char *name;
    } units[] = {
        { 100000000, "亿" }, { 10000, "万" }, { 1000, "千" }, { 100, "百" }, { 10, "十" }
    };
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (value < units[i].unit)
            continue;
        if (units[i].unit == 10 && value < 20 && !is_begun) {
            nb_buffer_text(out, "十");
            if (value > 10)
                nb_buffer_text(out, digits[value - 10]);
            return;
        }
        add_around(out, value, units[i].unit, units[i].name, is_begun);
        return;
    }
    nb_buffer_text(out, digits[value]);
}

void nb_chinese_number(nb_buffer *out, int64_t value)
{
    add_number(out, value, false);
}

void nb_chinese_digits(nb_buffer *out, nb_string text)
{
    for (size_t i = 0; i < text.length; i++) {
        int digit = text.data[i] - '0';
        if (digit == 0)
            nb_buffer_text(out, "〇");
        else if (digit > 0 && digit <= 9)
            nb_buffer_text(out, digits[digit]);
        else
            nb_buffer_byte(out, (unsigned char)text.data[i]);
    }
}

void nb_grouped_number(nb_buffer *out, nb_string text)
{
    const char *point = text.length ? memchr(text.data, '.', text.length) : NULL;
    size_t whole = point ? (size_t)(point - text.data) : text.length;
    size_t first = text.length && text.data[0] == '-';
    for (size_t i = 0; i < text.length; i++) {
        if (i > first && i < whole && (whole - i) % 3 == 0)
            nb_buffer_byte(out, ',');
        nb_buffer_byte(out, (unsigned char)text.data[i]);
    }
}

static int two_digits(const char *at)
{
    return (at[0] - '0') * 10 + at[1] - '0';
}

void nb_dated_text(nb_buffer *out, nb_string date)
{
    nb_buffer_add(out, date.data, 4);
    nb_buffer_text(out, "年");
    nb_buffer_integer(out, two_digits(date.data + 5));
    nb_buffer_text(out, "月");
    nb_buffer_integer(out, two_digits(date.data + 8));
    nb_buffer_text(out, "日");
}

void nb_chinese_date(nb_buffer *out, nb_string date)
{
    nb_chinese_digits(out, (nb_string){ date.data, 4 });
    nb_buffer_text(out, "年");
    nb_chinese_number(out, two_digits(date.data + 5));
    nb_buffer_text(out, "月");
    nb_chinese_number(out, two_digits(date.data + 8));
    nb_buffer_text(out, "日");
}
