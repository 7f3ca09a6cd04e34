/* What the files that put font programs together share. */
#ifndef NB_TEXT_PROGRAM_PARTS_H
#define NB_TEXT_PROGRAM_PARTS_H

#include "base/buffer.h"
#include "text/font_program.h"
#include "text/glyph_store.h"

/* The glyphs of a program in its order, .notdef the first. */
typedef struct nb_program_glyphs {
    const nb_stored_glyph **stored;
    const nb_piece **pieces;
    int count;
    size_t length; /* of all records */
} nb_program_glyphs;

/* All that comes before the glyphs' records, which end the program. */
void nb_cff_program_head(nb_buffer *out, const nb_program_request *request,
                         const nb_program_glyphs *glyphs);
void nb_glyf_program_head(nb_buffer *out, const nb_glyph_store *store,
                          const nb_program_glyphs *glyphs);

/* A number of so many bytes, the highest first. */
static inline void nb_program_number(nb_buffer *out, uint32_t number, int bytes)
{
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        nb_buffer_byte(out, (unsigned char)(number >> shift));
}

#endif
