/* Comparing JSON numbers by value, however they are written. Private to src/revise. */
#ifndef NB_REVISE_JSON_NUMBER_H
#define NB_REVISE_JSON_NUMBER_H

#include "base/utf8.h"

/* 1, 1.0, 10e-1 are one number, exactly: nothing is rounded. */
bool nb_is_same_number(nb_string a, nb_string b);

#endif
