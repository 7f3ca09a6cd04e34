/* Faces that fontconfig knows; for the files of this folder only. */
#ifndef NB_TEXT_INSTALLED_H
#define NB_TEXT_INSTALLED_H

#include "text/manifest.h"

/* Started when it is first asked: that takes milliseconds, and much longer without a cache. */
typedef struct nb_installed nb_installed;

nb_installed *nb_installed_new(nb_arena *arena);

/*
 * The face of exactly the candidate's PostScript name or, failing that, the most regular one of
 * exactly its family; nothing is ever put in its place. False when there is none. The strings
 * are in the arena; *name is the PostScript name of the face found.
 */
bool nb_installed_find(nb_installed *installed, const nb_candidate *candidate, const char **file,
                       const char **name);

/* Release what fontconfig holds, without waiting for the arena. */
void nb_installed_close(nb_installed *installed);

#endif
