/* Font programs with only the glyphs that a document uses. */
#ifndef NB_TEXT_SUBSET_H
#define NB_TEXT_SUBSET_H

#include "text/fonts.h"

typedef struct nb_subset {
    nb_string program;         /* a bare CFF table, or a TrueType file */
    const uint32_t *new_glyph; /* per requested glyph, its id in the program */
    const uint32_t *cid;       /* per requested glyph, its code in a Type0 font */
    const int32_t *advance;    /* per requested glyph, in font units */
    bool is_cid_keyed;         /* a CFF whose charset gives the codes; else a code is the new id */
} nb_subset;

/*
 * glyphs: ids in the face's file, ascending and without 0, which is always kept. What is in *out
 * lives in the arena. NB_E_RESOURCE with a finding (rule "FONT") when the face cannot be subset.
 */
nb_status nb_subset_make(const nb_face *face, const uint32_t *glyphs, int count, nb_arena *arena,
                         nb_findings *findings, nb_subset *out);

#endif
