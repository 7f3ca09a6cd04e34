/* The glyphs of a paragraph split into portions. Private to src/text. */
#ifndef NB_TEXT_PARAGRAPH_GLYPHS_H
#define NB_TEXT_PARAGRAPH_GLYPHS_H

#include "text/character_table.h"
#include "text/paragraph.h"

/*
 * Give the characters of each portion their glyphs and widths. Those of a plain portion are read
 * off what was found in its face's table, per character; HarfBuzz shapes the others.
 */
void nb_paragraph_shape(nb_paragraph *paragraph, const nb_table_character *found, bool vertical,
                        nb_arena *arena);

#endif
