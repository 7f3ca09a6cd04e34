#include "repair/slip.h"

#include <stdio.h>
#include <string.h>

enum { MOST_DIGITS = 24 };

/* The texts are the same without one character of the longer. */
static int is_without_one(const char *longer, const char *shorter)
{
    size_t at = 0, length = strlen(shorter);
    while (at < length && longer[at] == shorter[at])
        at++;
    return strcmp(longer + at + 1, shorter + at) == 0;
}

nb_slip nb_slip_between(int64_t right, int64_t wrong)
{
    char a[MOST_DIGITS], b[MOST_DIGITS];
    size_t length = (size_t)snprintf(a, sizeof a, "%lld", (long long)right);
    size_t other = (size_t)snprintf(b, sizeof b, "%lld", (long long)wrong);
    size_t differing = 0, first = 0;
    if (other == length + 1)
        return is_without_one(b, a) ? NB_SLIP_ADDED : NB_SLIP_NONE;
    if (length == other + 1)
        return is_without_one(a, b) ? NB_SLIP_DROPPED : NB_SLIP_NONE;
    if (length != other)
        return NB_SLIP_NONE;
    for (size_t i = length; i-- > 0;)
        if (a[i] != b[i]) {
            differing++;
            first = i;
        }
    if (differing == 1)
        return NB_SLIP_DIGIT;
    return differing == 2 && a[first] == b[first + 1] && a[first + 1] == b[first] ? NB_SLIP_TURNED
                                                                                  : NB_SLIP_NONE;
}
