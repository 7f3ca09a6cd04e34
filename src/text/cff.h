/* Reading the charset of a CFF table (Adobe Technical Note 5176). */
#ifndef NB_TEXT_CFF_H
#define NB_TEXT_CFF_H

#include "base/utf8.h"

typedef struct nb_cff {
    nb_string table;
    bool is_cid_keyed;
    uint32_t glyph_count;
    uint32_t charset; /* offset, or 0, 1, 2 for a predefined one */
} nb_cff;

/* False when the table is damaged. It is borrowed. */
bool nb_cff_read(nb_string table, nb_cff *out);

/*
 * Per glyph of a CID-keyed font, its CID, which is its entry in the charset. cids has room for
 * glyph_count. False when the charset is damaged.
 */
bool nb_cff_cids(const nb_cff *cff, uint32_t *cids);

#endif
