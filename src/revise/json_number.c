#include "revise/json_number.h"

/* A decimal as ± 0.d₁d₂… × 10^exponent with d₁ ≠ 0; zero has no digits. */
typedef struct decimal {
    bool negative;
    nb_string digits; /* as written, so that a point may stand among them */
    int count;        /* of digits, without zeros at either end */
    int64_t exponent;
} decimal;

enum { LARGEST_EXPONENT = 1000000000 }; /* those past it are not told apart */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int64_t exponent_of(const char *at, const char *end)
{
    bool negative = at < end && *at == '-';
    int64_t exponent = 0;
    if (at < end && (*at == '-' || *at == '+'))
        at++;
    for (; at < end; at++)
        if (exponent < LARGEST_EXPONENT)
            exponent = exponent * 10 + (*at - '0');
    return negative ? -exponent : exponent;
}

static decimal decimal_of(nb_string text)
{
    decimal d = { .digits = { "", 0 } };
    const char *at = text.data, *end = at + text.length, *first = NULL, *last = NULL;
    bool past_point = false;
    if (at < end && *at == '-') {
        d.negative = true;
        at++;
    }
    for (; at < end && (is_digit(*at) || *at == '.'); at++) {
        if (*at == '.') {
            past_point = true;
            continue;
        }
        if (*at != '0') {
            first = first ? first : at;
            last = at;
        }
        if (first && !past_point)
            d.exponent++;
        else if (!first && past_point)
            d.exponent--;
    }
    if (!first)
        return (decimal){ .digits = { "", 0 } };
    if (at < end)
        d.exponent += exponent_of(at + 1, end);
    d.digits = (nb_string){ first, (size_t)(last - first) + 1 };
    for (const char *digit = first; digit <= last; digit++)
        d.count += is_digit(*digit);
    return d;
}

bool nb_is_same_number(nb_string a, nb_string b)
{
    decimal x = decimal_of(a), y = decimal_of(b);
    if (x.negative != y.negative || x.count != y.count || x.exponent != y.exponent)
        return false;
    const char *left = x.digits.data, *right = y.digits.data;
    for (int i = 0; i < x.count; i++, left++, right++) {
        left += *left == '.';
        right += *right == '.';
        if (*left != *right)
            return false;
    }
    return true;
}
