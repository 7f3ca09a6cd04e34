/* Names that a page gives to what it keeps: each is a file's name and nothing else. */
#ifndef NB_SERVE_NAMES_H
#define NB_SERVE_NAMES_H

#include <stdbool.h>
#include <stddef.h>

/* 1 to 64 of a-z, 0-9 and -, which is not the first. */
bool nb_is_plain_name(const char *name, size_t length);

#endif
