/* What all fixtures stand on: cmocka, files of the source tree, and numbers in what was written. */
#ifndef NB_TESTS_FIXTURE_H
#define NB_TESTS_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

/* The number that a text is, which holds nothing else but white space. */
static inline int number_in(const char *text)
{
    char *end;
    long number = strtol(text, &end, 10);
    if (end == text || end[strspn(end, " \n")])
        fail_msg("“%s” is no number", text);
    return (int)number;
}

#endif
