/* The manifest of an earlier run, looked up by what its rows were made from. */
#ifndef NB_BULK_EARLIER_H
#define NB_BULK_EARLIER_H

#include "base/arena.h"
#include "base/findings.h"
#include "base/utf8.h"

typedef struct nb_earlier nb_earlier;

/*
 * Open a manifest; 16 bytes of memory a row. NB_E_NOT_A_REPORT with a finding when it cannot be
 * read. The arena closes it.
 */
nb_status nb_earlier_open(const char *path, nb_arena *arena, nb_findings *findings,
                          nb_earlier **out);
/*
 * The line of a row with that input digest, or an empty string, in the arena. When several rows
 * have the same, the one of that number is preferred. From any thread.
 */
nb_string nb_earlier_lookup(const nb_earlier *earlier, const char *input, size_t row,
                            nb_arena *arena);

#endif
