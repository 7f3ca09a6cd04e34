/* Numbers and dates as Chinese text writes them. */
#ifndef NB_BASE_NUMERALS_H
#define NB_BASE_NUMERALS_H

#include "base/buffer.h"
#include "base/utf8.h"

/* 一千二百五十八; 零 for 0. value is from 0. */
void nb_chinese_number(nb_buffer *out, int64_t value);
/* Each digit by itself, as years are read: 二〇二五. What is no digit stands as it is. */
void nb_chinese_digits(nb_buffer *out, nb_string text);
/* The digits of a decimal before its point in groups of three: -1,258.5. */
void nb_grouped_number(nb_buffer *out, nb_string text);
/* 2026-01-20 as 2026年1月20日: no leading zeros, GB/T 9704-2012 7.3.5.4. */
void nb_dated_text(nb_buffer *out, nb_string date);
/* The same as 二〇二六年一月二十日. */
void nb_chinese_date(nb_buffer *out, nb_string date);

#endif
