/*
 * Numbers written in a Chinese text, over its symbols (symbols.h). Private to src/check.
 */
#ifndef NB_CHECK_NUMERALS_H
#define NB_CHECK_NUMERALS_H

#include <stdbool.h>
#include <stdint.h>

enum { NB_NUMBER_ONE = 10000 };

/* The largest number that a text may state. */
static const int64_t nb_numeral_largest = (int64_t)1 << 48;

/* A number as its digits were read, in ten-thousandths. */
typedef struct nb_numeral {
    int64_t value;
    int64_t unit; /* one of the last place that is written */
    int decimals;
    bool is_scaled; /* by 万 or the like, or with decimals: it may have been rounded */
} nb_numeral;

static inline bool nb_is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static inline bool nb_is_letter(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* 0 to 9 of a Chinese digit, or -1. */
int nb_hanzi_digit(uint32_t c);
/* 10, 100, 1000 for 十百千, and 10^4, 10^8 for 万亿; 0 for others. */
int64_t nb_hanzi_multiple(uint32_t c);

/* How many of the symbols a plain number takes, in digits of one kind: 2022 or 二〇二二. */
int nb_numeral_plain(const uint32_t *symbols, int count, int64_t *value);
/* 1258, 1,258, 12.5, 1.2万: how many symbols it takes; 0 for what only begins like a number. */
int nb_numeral_arabic(const uint32_t *symbols, int count, nb_numeral *out);
/* 十二, 一百零五, 两千三百, 二〇, 三万, 万: how many symbols it takes; 0 for none. */
int nb_numeral_hanzi(const uint32_t *symbols, int count, nb_numeral *out);
/* So many times a number: 1.2 becomes 1.2万. False when it is then too large, and left as it is. */
bool nb_numeral_multiply(nb_numeral *numeral, int64_t multiple);
/* One of the last place that is not 0: 100 for 1200. */
int64_t nb_numeral_step(const nb_numeral *numeral);

#endif
