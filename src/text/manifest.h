/* The font manifest, fonts/fonts.json, as it is written; for the files of this folder only. */
#ifndef NB_TEXT_MANIFEST_H
#define NB_TEXT_MANIFEST_H

#include "base/arena.h"
#include "base/findings.h"

/* A face that will do, when this machine has it. */
typedef struct nb_candidate {
    const char *name;   /* PostScript name */
    const char *family; /* NULL: not given */
    const char **files; /* names that its file is known under, without folder */
    int file_count;
} nb_candidate;

typedef struct nb_candidates {
    nb_candidate *items; /* the preferred first */
    int count;
} nb_candidates;

typedef struct nb_manifest_role {
    const char *name;
    const char *office_name;
    nb_candidates faces;
    nb_place place;
} nb_manifest_role;

typedef struct nb_manifest {
    const char **directories; /* "~" replaced by the home directory */
    int directory_count;
    nb_manifest_role *roles;
    int role_count;
    nb_candidates fallback;
} nb_manifest;

/*
 * Read it from JSON text. NB_E_RESOURCE with findings when it is no manifest: rule "FONT", or "S1"
 * of the JSON reader.
 */
nb_status nb_manifest_read(nb_string json, const char *name, nb_arena *arena, nb_findings *findings,
                           const nb_manifest **out);

#endif
