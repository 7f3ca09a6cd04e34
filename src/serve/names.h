/* Names that a page gives to what it keeps: each is a file's name and nothing else. */
#ifndef NB_SERVE_NAMES_H
#define NB_SERVE_NAMES_H

#include "base/arena.h"

/* 1 to 64 of a-z, 0-9 and -, which is not the first. */
bool nb_is_plain_name(const char *name, size_t length);

/*
 * Call visit for each entry of the folder that is called a plain name and the suffix, with that
 * name. Nothing when there is no such folder; folder may be NULL.
 */
void nb_visit_names(const char *folder, const char *suffix, nb_arena *arena,
                    void (*visit)(void *context, const char *name), void *context);

#endif
