#include "check/numerals.h"

#include <string.h>

enum { POINT = 0x70B9 };

int nb_hanzi_digit(uint32_t c)
{
    switch (c) {
    case 0x96F6:
    case 0x3007:
    case 0x25CB:
        return 0;
    case 0x4E00:
        return 1;
    case 0x4E8C:
    case 0x4E24:
        return 2;
    case 0x4E09:
        return 3;
    case 0x56DB:
        return 4;
    case 0x4E94:
        return 5;
    case 0x516D:
        return 6;
    case 0x4E03:
        return 7;
    case 0x516B:
        return 8;
    case 0x4E5D:
        return 9;
    default:
        return -1;
    }
}

int64_t nb_hanzi_multiple(uint32_t c)
{
    switch (c) {
    case 0x5341:
        return 10;
    case 0x767E:
        return 100;
    case 0x5343:
        return 1000;
    case 0x4E07:
        return 10000;
    case 0x4EBF:
        return 100000000;
    default:
        return 0;
    }
}

int nb_numeral_plain(const uint32_t *symbols, int count, int64_t *value)
{
    int length = 0;
    *value = 0;
    for (; length < count && length < 9; length++) {
        uint32_t c = symbols[length];
        int digit = nb_is_digit(c) ? (int)(c - '0') : nb_hanzi_digit(c);
        if (digit < 0 || nb_is_digit(c) != nb_is_digit(symbols[0]))
            break;
        *value = *value * 10 + digit;
    }
    return length;
}

bool nb_numeral_multiply(nb_numeral *numeral, int64_t multiple)
{
    const int64_t most = nb_numeral_largest * NB_NUMBER_ONE / multiple;
    if (numeral->value > most || numeral->unit > most)
        return false;
    numeral->value *= multiple;
    numeral->unit *= multiple;
    return true;
}

int nb_numeral_arabic(const uint32_t *symbols, int count, nb_numeral *out)
{
    int at = 0, digits = 0, group = 0;
    bool grouped = false;
    int64_t mantissa = 0;
    for (; at < count; at++) {
        uint32_t c = symbols[at];
        if (nb_is_digit(c)) {
            if (++digits > 14)
                return 0;
            mantissa = mantissa * 10 + (int64_t)(c - '0');
            group++;
            continue;
        }
        bool separates = c == ',' && at + 3 < count && (grouped ? group == 3 : group <= 3) &&
                         nb_is_digit(symbols[at + 1]) && nb_is_digit(symbols[at + 2]) &&
                         nb_is_digit(symbols[at + 3]) &&
                         (at + 4 == count || !nb_is_digit(symbols[at + 4]));
        if (!separates)
            break;
        grouped = true;
        group = 0;
    }
    *out = (nb_numeral){ 0 };
    if (at + 1 < count && symbols[at] == '.' && nb_is_digit(symbols[at + 1]))
        for (at++; at < count && nb_is_digit(symbols[at]); at++) {
            if (++out->decimals > 4 || ++digits > 14)
                return 0;
            mantissa = mantissa * 10 + (int64_t)(symbols[at] - '0');
        }
    out->unit = NB_NUMBER_ONE;
    for (int i = 0; i < out->decimals; i++)
        out->unit /= 10;
    out->value = mantissa * out->unit;
    out->is_scaled = out->decimals > 0;
    while (at < count && nb_hanzi_multiple(symbols[at]) >= 100) {
        if (!nb_numeral_multiply(out, nb_hanzi_multiple(symbols[at++])))
            return 0;
        out->is_scaled = true;
    }
    if (at < count && (nb_is_letter(symbols[at]) ||
                       (strchr("-./:", (int)(symbols[at] & 0x7F)) && symbols[at] < 0x80 &&
                        symbols[at] && at + 1 < count && nb_is_digit(symbols[at + 1]))))
        return 0;
    return at;
}

/* Digits behind the 点 at a place, up to four, if it is one; returns where they end. */
static int read_hanzi_decimals(const uint32_t *symbols, int count, int at, nb_numeral *out)
{
    out->unit = NB_NUMBER_ONE;
    if (at + 1 < count && symbols[at] == POINT && nb_hanzi_digit(symbols[at + 1]) >= 0)
        for (at++; at < count && nb_hanzi_digit(symbols[at]) >= 0 && out->decimals < 4; at++) {
            out->unit /= 10;
            out->decimals++;
            out->value += nb_hanzi_digit(symbols[at]) * out->unit;
        }
    out->is_scaled = out->decimals > 0;
    return at;
}

int nb_numeral_hanzi(const uint32_t *symbols, int count, nb_numeral *out)
{
    int64_t total = 0, section = 0, digit = -1;
    int at = 0;
    bool positional = false;
    for (; at < count && at < 20; at++) {
        uint32_t c = symbols[at];
        int64_t multiple = nb_hanzi_multiple(c);
        int found = nb_hanzi_digit(c);
        if (multiple >= 10000) {
            /* 万 by itself is one of them, as 十 is. */
            section += digit > 0 ? digit : at == 0;
            if (total + section > nb_numeral_largest / multiple)
                return 0;
            total = (total + section) * multiple;
            section = 0;
            digit = -1;
        } else if (multiple > 0) {
            section += (digit < 0 ? 1 : digit) * multiple;
            digit = -1;
        } else if (found >= 0) {
            /* 二〇: digit beside digit; but the zero of 一百零五 only fills a place */
            bool fills = digit == 0 && (section > 0 || total > 0);
            positional = positional || (digit >= 0 && !fills);
            digit = positional && digit >= 0 ? digit * 10 + found : found;
        } else {
            break;
        }
        if (section > nb_numeral_largest || digit > nb_numeral_largest)
            return 0;
    }
    int64_t whole = total + section + (digit > 0 ? digit : 0);
    *out = (nb_numeral){ .value = whole * NB_NUMBER_ONE };
    return read_hanzi_decimals(symbols, count, at, out);
}

int64_t nb_numeral_step(const nb_numeral *numeral)
{
    int64_t unit = numeral->unit;
    while (unit < nb_numeral_largest && numeral->value > 0 && numeral->value % (unit * 10) == 0)
        unit *= 10;
    return unit;
}
