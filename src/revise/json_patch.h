/* JSON Patch (RFC 6902) applied, with JSON Pointers (RFC 6901). */
#ifndef NB_REVISE_JSON_PATCH_H
#define NB_REVISE_JSON_PATCH_H

#include "report/json.h"

/*
 * Apply every operation of the patch in order, and write the document that comes of it: 4 spaces,
 * a value a line. The first operation that cannot be done ends it, with a finding at its place in
 * the patch: J1 the patch is not one (NB_E_NOT_A_REPORT), J2 there is no such place, J3 a test
 * failed (both NB_E_FINDINGS). Also J2 when the work passes what any real patch needs: 100,000
 * operations, 64 levels, 4 million values copied. name is the patch's.
 */
nb_status nb_json_patch(const nb_json *document, const nb_json *patch, const char *name,
                        nb_arena *arena, nb_findings *findings, nb_buffer *out);

#endif
