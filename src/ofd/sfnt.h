/*
 * The fonts of an OFD. Its readers take OpenType files (GB/T 33190, 11.1), where a PDF takes bare
 * outlines; and those that pass over the glyph ids of the text look its characters up in the font.
 * So an outline program gets the tables that say which character is which glyph, what the font is
 * called and how wide its glyphs are.
 */
#ifndef NB_OFD_SFNT_H
#define NB_OFD_SFNT_H

#include "ofd/usage.h"

/*
 * A whole OpenType file of the face's subset. Its names begin with six letters of its own, so that
 * a system that installs it does not take it for the whole font. It lives in the arena; false when
 * the program is damaged.
 */
bool nb_sfnt_write(const nb_ofd_face *face, nb_arena *arena, nb_string *out);

#endif
