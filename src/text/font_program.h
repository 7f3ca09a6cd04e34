/*
 * Font programs as PDF embeds them, compressed: the outlines of the glyphs that a document uses.
 *
 * Making one is the largest part of writing a PDF, and glyphs are the same in every report. So
 * programs are put together from glyphs that the face keeps encoded (glyph_store.h), which takes
 * microseconds instead of milliseconds:
 *
 *   a CFF face ──▶ a CID-keyed CFF table       cff_program.c
 *   a glyf face ─▶ a TrueType file             glyf_program.c
 *              └─▶ the same, by subset.c, for glyphs made of other glyphs, and for faces in which
 *                  glyphs have so much in common that compressing them together pays
 *
 * Which way is taken follows from the face and the glyphs alone, so equal requests give equal
 * bytes whatever came before.
 */
#ifndef NB_TEXT_FONT_PROGRAM_H
#define NB_TEXT_FONT_PROGRAM_H

#include "pack/pieces.h"
#include "text/fonts.h"

typedef struct nb_program_request {
    const nb_face *face;
    const uint32_t *glyphs; /* ids in the face's file, without 0, which is always embedded */
    /*
     * Of a CFF face: by which code in a Type0 font each glyph is called; ascending, from 1 to 65535,
     * and a glyph may have several. Of a glyf face NULL: its glyphs ascend, and the program tells
     * their codes.
     */
    const uint16_t *codes;
    int count; /* at most 65534 */
} nb_program_request;

typedef struct nb_font_program {
    size_t length;        /* unpacked */
    size_t stream_length; /* as a zlib stream */
    nb_string stream;     /* when it was compressed as a whole */
    nb_joined parts;      /* otherwise */
    /*
     * Of a glyf face: by which code each glyph of the request is called, its number in the program;
     * ascending, with gaps where there are parts of other glyphs. Else NULL.
     */
    const uint16_t *codes;
} nb_font_program;

/*
 * The program lives in the arena, and in the face. NB_E_RESOURCE with a finding (rule "FONT") when the face cannot
 * be subset.
 */
nb_status nb_font_program_make(nb_program_request request, nb_arena *arena, nb_findings *findings,
                               nb_font_program *out);
/* Add its stream to a buffer. */
void nb_font_program_write(const nb_font_program *program, nb_buffer *out);

#endif
