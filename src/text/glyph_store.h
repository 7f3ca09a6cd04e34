/*
 * The glyphs of a face as font programs hold them, each encoded once for the life of the face; for
 * the files of this folder only.
 *
 * A glyph becomes a record: of a CFF face its charstring, drawn anew without hints and subroutines;
 * of a glyf face its entry in that table without instructions, padded to whole words. The record is
 * kept as a piece (pack/pieces.h) under the face's own code, which is made of a fixed sample of its
 * glyphs. So what is kept depends on the face alone, whoever asks for what first.
 *
 * Any thread may ask. Each makes for itself what is not there yet, one of them puts it in place,
 * and the others throw theirs away.
 */
#ifndef NB_TEXT_GLYPH_STORE_H
#define NB_TEXT_GLYPH_STORE_H

#include "pack/pieces.h"
#include "text/face.h"

typedef struct nb_stored_glyph {
    nb_piece piece;
    int32_t advance, bearing; /* in font units; the bearing of glyf faces only */
    uint32_t checksum;        /* of a glyf record: its words added up */
    bool is_composite;        /* it draws other glyphs, by their ids in the face's file */
} nb_stored_glyph;

/* The face is borrowed and has a font. The store is no arena's; scratch is for the work alone. */
nb_glyph_store *nb_glyph_store_new(const nb_face *face, nb_arena *scratch);
void nb_glyph_store_drop(nb_glyph_store *store);

const nb_piece_code *nb_glyph_store_code(const nb_glyph_store *store);

/*
 * Whether pieces are nearly as small as what compressing the sample as a whole gives. They are for
 * CFF outlines; in some glyf faces glyphs have much in common.
 */
bool nb_glyph_store_pays(const nb_glyph_store *store);

uint32_t nb_glyph_store_count(const nb_glyph_store *store); /* of the face's glyphs */

/* A glyph of the face, which lives as long as the store. */
const nb_stored_glyph *nb_glyph_store_lookup(nb_glyph_store *store, uint32_t glyph,
                                             nb_arena *scratch);

/* A table of the face's file; empty when it has none. */
nb_string nb_glyph_store_table(const nb_glyph_store *store, hb_tag_t tag);

#endif
