/* Characters to glyphs, in the language NB_TEXT_LANGUAGE (text/face.h). */
#ifndef NB_TEXT_SHAPE_H
#define NB_TEXT_SHAPE_H

#include "text/fonts.h"

typedef struct nb_glyph {
    uint32_t id;      /* in the face's file */
    uint32_t cluster; /* offset in the text of the first byte it stands for */
    int32_t advance;  /* in font units */
} nb_glyph;

/*
 * Shape text, which one face draws whole, left to right without kerning (word processors kern only
 * when asked to). Glyphs come in text order, in the arena. A cluster ends where the next one
 * begins: a variation selector is in that of its character, an accent that does not melt into its
 * letter is a glyph of its own, without advance. Vertical: marks have the forms that they have in
 * vertical text; advances stay horizontal.
 */
void nb_shape(const nb_face *face, nb_string text, bool vertical, nb_arena *arena,
              nb_glyph **glyphs, int *count);

/* The advance of one glyph, in font units. */
int nb_face_advance(const nb_face *face, uint32_t glyph);

#endif
