/* Which files may hold a face of the manifest; for the files of this folder only. */
#ifndef NB_TEXT_LOOKUP_H
#define NB_TEXT_LOOKUP_H

#include "text/manifest.h"

typedef struct nb_lookup nb_lookup;

/*
 * font_dirs are searched first, by what the files in them hold, then the manifest's directories,
 * by file name. What is given is borrowed.
 */
nb_lookup *nb_lookup_new(const char *const *font_dirs, size_t font_dir_count,
                         const nb_manifest *manifest, nb_arena *arena);

/*
 * The next file that may hold the candidate's face, or NULL when there are no more. *at says where
 * the search stands and begins as 0.
 */
const char *nb_lookup_next(nb_lookup *lookup, const nb_candidate *candidate, size_t *at);

#endif
