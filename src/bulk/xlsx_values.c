/* What stands in the cells of an Excel workbook (ISO/IEC 29500-1, 18.3 and 18.8.30). */
#include "bulk/xlsx_parts.h"

#include <stdio.h>

enum { SIGNIFICANT = 15, MOST_DIGITS = 400 };

/* A decimal taken apart: 0.DIGITS times ten to the power. */
typedef struct decimal {
    bool is_negative;
    char digits[MOST_DIGITS];
    int count;
    int power;
} decimal;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The exponent after the digits. */
static bool read_exponent(nb_string text, int *out)
{
    size_t at = text.length && (text.data[0] == '+' || text.data[0] == '-');
    bool is_negative = at && text.data[0] == '-';
    *out = 0;
    if (at == text.length)
        return false;
    for (; at < text.length; at++) {
        if (!is_digit(text.data[at]) || *out > MOST_DIGITS)
            return false;
        *out = *out * 10 + (text.data[at] - '0');
    }
    *out = is_negative ? -*out : *out;
    return true;
}

static bool read_decimal(nb_string text, decimal *out)
{
    bool has_point = false, has_digit = false;
    int exponent = 0;
    size_t at = 0;
    *out = (decimal){ .count = 0 };
    if (text.length && (text.data[0] == '-' || text.data[0] == '+'))
        out->is_negative = text.data[at++] == '-';
    for (; at < text.length && text.data[at] != 'e' && text.data[at] != 'E'; at++) {
        char c = text.data[at];
        if (c == '.' && !has_point) {
            has_point = true;
            continue;
        }
        if (!is_digit(c) || out->count == MOST_DIGITS)
            return false;
        has_digit = true;
        if (out->count || c != '0')
            out->digits[out->count++] = c;
        else if (has_point)
            out->power--; /* a zero between the point and the first digit */
        if (!has_point && out->count)
            out->power++;
    }
    if (at < text.length &&
        !read_exponent((nb_string){ text.data + at + 1, text.length - at - 1 }, &exponent))
        return false;
    out->power += exponent;
    return has_digit;
}

/* Keep so many digits, rounded half up, without zeros at the end. */
static void round_digits(decimal *d)
{
    if (d->count > SIGNIFICANT) {
        bool up = d->digits[SIGNIFICANT] >= '5';
        d->count = SIGNIFICANT;
        for (int i = SIGNIFICANT - 1; i >= 0 && up; i--) {
            up = d->digits[i] == '9';
            d->digits[i] = up ? '0' : (char)(d->digits[i] + 1);
        }
        if (up) {
            d->digits[0] = '1';
            d->power++;
        }
    }
    while (d->count && d->digits[d->count - 1] == '0')
        d->count--;
}

nb_string nb_xlsx_number(nb_string stored, nb_arena *arena)
{
    decimal d;
    if (!read_decimal(stored, &d))
        return NB_STRING("");
    round_digits(&d);
    if (!d.count)
        return NB_STRING("0");
    if (d.power > MOST_DIGITS || d.power < -MOST_DIGITS)
        return NB_STRING("");
    nb_buffer *out = nb_buffer_new(arena, (size_t)3 * MOST_DIGITS);
    if (d.is_negative)
        nb_buffer_byte(out, '-');
    if (d.power <= 0)
        nb_buffer_text(out, "0");
    for (int i = 0; i < d.power; i++)
        nb_buffer_byte(out, i < d.count ? (unsigned char)d.digits[i] : (unsigned char)'0');
    if (d.count > d.power)
        nb_buffer_byte(out, '.');
    for (int i = d.power; i < d.count; i++)
        nb_buffer_byte(out, i < 0 ? (unsigned char)'0' : (unsigned char)d.digits[i]);
    return (nb_string){ (const char *)out->data, out->length };
}

/* The day of the Gregorian calendar, days after 1970-01-01 (H. Hinnant, days_from_civil). */
static void civil_of(int64_t days, int *year, int *month, int *day)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097, of_era = days - era * 146097;
    int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted = (5 * of_year + 2) / 153;
    *day = (int)(of_year - (153 * shifted + 2) / 5) + 1;
    *month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
    *year = (int)(year_of_era + era * 400) + (*month <= 2);
}

nb_string nb_xlsx_date(nb_string stored, bool counts_from_1904, nb_arena *arena)
{
    enum { TO_1904 = 24107, TO_1899 = 25569, LAST = 2958465, DAY = 86400 };
    int64_t day = 0, fraction = 0, scale = 1;
    int year, month, of_month;
    nb_string text = nb_xlsx_number(stored, arena);
    size_t at = 0;
    for (; at < text.length && is_digit(text.data[at]) && day <= LAST; at++)
        day = day * 10 + (text.data[at] - '0');
    if (at < text.length && text.data[at] == '.')
        for (at++; at < text.length && is_digit(text.data[at]); at++)
            if (scale < 1000000000) {
                fraction = fraction * 10 + (text.data[at] - '0');
                scale *= 10;
            }
    /* Before 1900-03-01 Excel counts a day that there never was. */
    if (!text.length || at < text.length || day > LAST || (!counts_from_1904 && day < 61))
        return NB_STRING("");
    int64_t seconds = (fraction * DAY + scale / 2) / scale;
    civil_of(day - (counts_from_1904 ? TO_1904 : TO_1899) + seconds / DAY, &year, &month,
             &of_month);
    seconds %= DAY;
    const char *date = nb_arena_print(arena, "%04d-%02d-%02d", year, month, of_month);
    if (seconds)
        date = nb_arena_print(arena, "%s %02d:%02d:%02d", date, (int)(seconds / 3600),
                              (int)(seconds / 60 % 60), (int)(seconds % 60));
    return nb_string_of(date);
}

bool nb_is_date_format(int id, nb_string code)
{
    /* Built in (18.8.30), those of Chinese and Japanese versions too; 18 to 21 are times only. */
    if ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
        (id >= 50 && id <= 54) || (id >= 57 && id <= 58))
        return true;
    for (size_t i = 0; i < code.length; i++) {
        char c = code.data[i];
        if (c == '"' || c == '[') {
            const char *end = memchr(code.data + i + 1, c == '"' ? '"' : ']', code.length - i - 1);
            if (!end)
                return false;
            i = (size_t)(end - code.data);
        } else if (c == '\\' || c == '_' || c == '*') {
            i++;
        } else if (c == 'y' || c == 'Y' || c == 'd' || c == 'D') {
            return true;
        }
    }
    return false;
}

int nb_xlsx_whole(nb_string text, int otherwise)
{
    int value = 0;
    if (!text.length || text.length > 9)
        return otherwise;
    for (size_t at = 0; at < text.length; at++) {
        if (!is_digit(text.data[at]))
            return otherwise;
        value = value * 10 + (text.data[at] - '0');
    }
    return value;
}

int nb_xlsx_column(nb_string reference)
{
    int column = 0;
    size_t at = 0;
    for (; at < reference.length && reference.data[at] >= 'A' && reference.data[at] <= 'Z'; at++) {
        column = column * 26 + (reference.data[at] - 'A' + 1);
        if (column > NB_MOST_COLUMNS)
            return -1;
    }
    return at && at < reference.length ? column - 1 : -1;
}

/* The character that _xHHHH_ stands for, or NB_UTF8_INVALID. */
static uint32_t escaped_character(const char *at, size_t length)
{
    uint32_t value = 0;
    if (length < 7 || at[0] != '_' || at[1] != 'x' || at[6] != '_')
        return NB_UTF8_INVALID;
    for (int i = 2; i < 6; i++) {
        char c = at[i];
        int digit = is_digit(c) ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
        if (digit < 0)
            return NB_UTF8_INVALID;
        value = value * 16 + (uint32_t)digit;
    }
    return value;
}

nb_string nb_xlsx_unescaped(nb_string text, nb_arena *arena)
{
    if (!text.length || !memchr(text.data, '_', text.length))
        return text;
    nb_buffer *out = nb_buffer_new(arena, text.length + 1);
    for (size_t i = 0; i < text.length; i++) {
        uint32_t c = escaped_character(text.data + i, text.length - i);
        /* Others than these are no text. */
        if (c == '\n' || c == '\t' || c == '_')
            nb_buffer_byte(out, (unsigned char)c);
        else if (c != '\r' && (c == NB_UTF8_INVALID || c >= 0x20))
            c = NB_UTF8_INVALID;
        if (c == NB_UTF8_INVALID)
            nb_buffer_byte(out, (unsigned char)text.data[i]);
        else
            i += 6;
    }
    return (nb_string){ (const char *)out->data, out->length };
}
