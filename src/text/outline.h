/* The shapes of glyphs, for writers that draw them themselves. */
#ifndef NB_TEXT_OUTLINE_H
#define NB_TEXT_OUTLINE_H

#include "text/fonts.h"

typedef enum nb_segment_kind {
    NB_SEGMENT_MOVE,  /* one point; begins a contour */
    NB_SEGMENT_LINE,  /* one point */
    NB_SEGMENT_QUAD,  /* a control point, the end */
    NB_SEGMENT_CUBIC, /* two control points, the end */
    NB_SEGMENT_CLOSE  /* no point */
} nb_segment_kind;

enum { NB_OUTLINE_UNIT = 65536 };

/*
 * Points in 1/NB_OUTLINE_UNIT of a font unit, y upwards, from the glyph's origin. Most faces keep to
 * whole units.
 */
typedef struct nb_segment {
    nb_segment_kind kind;
    int x[3], y[3];
} nb_segment;

typedef struct nb_outline {
    nb_segment *segments;
    int count; /* 0 for a glyph without ink, and for one that the face does not have */
} nb_outline;

/*
 * The outline lives in the arena. A contour that does not end where it began is closed by a line.
 */
nb_outline nb_glyph_outline(const nb_face *face, uint32_t glyph, nb_arena *arena);

#endif
