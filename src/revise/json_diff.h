/* The difference of two JSON documents as a JSON Patch (RFC 6902). */
#ifndef NB_REVISE_JSON_DIFF_H
#define NB_REVISE_JSON_DIFF_H

#include "report/json.h"

/*
 * A patch that makes the one document the other, up to the order of members: an operation a line,
 * each remove and replace after a test of what it takes away. Numbers are the same when they are
 * written the same. Entries of arrays are aligned as revise/align.h says.
 */
void nb_json_diff(nb_buffer *out, const nb_json *old_root, const nb_json *new_root,
                  nb_arena *arena);

#endif
