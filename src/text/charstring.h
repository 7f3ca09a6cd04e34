/*
 * The program that draws a glyph, as CFF holds it (Adobe Technical Note 5177): without hints and
 * subroutines, so that it stands for itself whatever font it is put into.
 */
#ifndef NB_TEXT_CHARSTRING_H
#define NB_TEXT_CHARSTRING_H

#include "base/utf8.h"
#include "text/outline.h"

/* The width is left out when it is this, the default of the fonts that we make. */
typedef struct nb_charstring_width {
    int advance, common;
} nb_charstring_width;

/* The charstring lives in the arena. A contour's closing line is left out, as CFF has it. */
nb_string nb_charstring_write(const nb_outline *outline, nb_charstring_width width,
                              nb_arena *arena);

#endif
