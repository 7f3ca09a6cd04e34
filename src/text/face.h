/*
 * What a face is made of; for the files of this folder only.
 *
 * A face is known by its file and its PostScript name. The file is opened when the face is first
 * used, by whichever thread comes first: each opens for itself, one of them puts its result into
 * the face, and the others throw theirs away. So there is no lock, and nothing here allocates from
 * the arena after loading.
 */
#ifndef NB_TEXT_FACE_H
#define NB_TEXT_FACE_H

#include "text/fonts.h"
#include <hb.h>
#include <stdatomic.h>

#define NB_TEXT_LANGUAGE "zh-Hans-CN" /* BCP 47; faces have Chinese forms of some characters */

typedef struct nb_opened_face nb_opened_face;

typedef struct nb_glyph_store nb_glyph_store;
typedef struct nb_character_table nb_character_table;

/* Where the opened face is put; NULL until then. */
typedef _Atomic(nb_opened_face *) nb_face_slot;

struct nb_face {
    const char *file;
    const char *name; /* PostScript name */
    nb_face_slot *opened;
    struct nb_face *next; /* of the same fonts */
};

/* A face of which nothing is read yet. The strings are copied. */
nb_face *nb_face_new(nb_arena *arena, const char *file, const char *name);

/* Release what opening took. No thread may use the face any more. */
void nb_face_close(nb_face *face);

/*
 * The face for HarfBuzz, immutable, at a scale of one unit to the font unit. NULL when the file
 * cannot be read, holds no face of that name or has no outlines that PDF knows (CFF, glyf).
 * Borrowed from the face.
 */
hb_font_t *nb_face_font(const nb_face *face);

/* What it does with each character; NULL when it has no font. Borrowed from the face. */
nb_character_table *nb_face_characters(const nb_face *face);

/*
 * Its glyphs as font programs hold them, gathered as they are used. Borrowed from the face, which
 * has a font; scratch is for the work alone.
 */
nb_glyph_store *nb_face_glyphs(const nb_face *face, nb_arena *scratch);

#endif
