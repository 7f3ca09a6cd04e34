/* How long the programs of a CFF face's glyphs are; for the files of this folder only. */
#ifndef NB_TEXT_CHARSTRING_INDEX_H
#define NB_TEXT_CHARSTRING_INDEX_H

#include <hb.h>
#include <stdint.h>

/* Of the CFF table that it holds; all 0 where a face has none, or one that is damaged. */
typedef struct nb_charstring_index {
    hb_blob_t *table;
    const unsigned char *offsets;
    unsigned offset_size; /* bytes of one */
    uint32_t count;       /* of glyphs */
} nb_charstring_index;

nb_charstring_index nb_charstring_index_open(hb_face_t *face);
void nb_charstring_index_close(nb_charstring_index *index);
/* The bytes of a glyph's program, its subroutines aside; 0 when that is not known. */
uint32_t nb_charstring_length(const nb_charstring_index *index, uint32_t glyph);

#endif
