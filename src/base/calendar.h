/* Days of the Gregorian calendar. */
#ifndef NB_BASE_CALENDAR_H
#define NB_BASE_CALENDAR_H

#include <stdbool.h>

/* The day exists; year 0 is any year. */
static inline bool nb_is_day(int year, int month, int day)
{
    static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] &&
           (month != 2 || day < 29 || is_leap);
}

#endif
