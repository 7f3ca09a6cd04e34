/* The shapes of glyphs in a page, and the ids that name them. */
#ifndef NB_SVG_GLYPHS_H
#define NB_SVG_GLYPHS_H

#include "pack/xml.h"
#include "text/fonts.h"

/* "FandolFang-R.1234": the face's PostScript name and the glyph's id in its file. */
const char *nb_svg_glyph_id(const nb_face *face, uint32_t glyph, nb_arena *arena);

/* A path element of that id, in font units, y downwards. */
void nb_svg_write_glyph(nb_xml *xml, const nb_face *face, uint32_t glyph, nb_arena *arena);

#endif
