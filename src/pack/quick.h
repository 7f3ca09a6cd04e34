/*
 * Deflate in one pass, under Huffman codes that were made beforehand.
 *
 * Of what a compressor spends on a stream of some kilobytes, most goes into what is the same for
 * every stream of its kind: clearing tables, counting symbols, making a code, keeping all that was
 * found until the code is there. A code from the same kind of text serves nearly as well, and then
 * each repeated string is written as soon as it is found:
 *
 *   block header with the code | symbols | end of block
 *
 * It is more than twice as fast as libdeflate's level 1 and a tenth larger; for kinds whose strings
 * are looked for with more care, as large. What a stream is depends on its bytes alone, which
 * cannot be said of ISA-L: it is as fast, but follows the processor. Any bytes can be written: those
 * that are rare in texts of a kind take up to 15 bits.
 */
#ifndef NB_PACK_QUICK_H
#define NB_PACK_QUICK_H

#include "base/arena.h"
#include "base/utf8.h"

/* The kinds of text that there are codes for. */
typedef enum nb_quick_kind {
    NB_QUICK_PDF_CONTENT,  /* what stands on a page, texts as binary strings */
    NB_QUICK_PDF_OBJECTS,  /* object streams */
    NB_QUICK_DOCUMENT_XML, /* word/document.xml */
    NB_QUICK_REPORT_JSON,  /* a report as it is carried by its documents */
    NB_QUICK_KIND_COUNT
} nb_quick_kind;

enum {
    NB_QUICK_SYMBOLS = 286,  /* bytes, the end of the block, lengths of repeated strings */
    NB_QUICK_DISTANCES = 30, /* classes of how far back they stand */
    NB_QUICK_LONGEST = 258   /* bytes of a repeated string */
};

/*
 * The lengths of a kind's codes: a hexadecimal digit a symbol, then one a class of distances. Made
 * by scripts/quick_codes.py of a hundred reports.
 */
extern const char *const nb_quick_lengths[NB_QUICK_KIND_COUNT];

/* Bits to be written, the first lowest, above their number in five bits. */
typedef uint32_t nb_quick_bits;

typedef struct nb_quick_code {
    nb_quick_bits literals[256], end;
    nb_quick_bits
        lengths[NB_QUICK_LONGEST + 1]; /* with the bits that tell lengths of a class apart */
    nb_quick_bits distances[NB_QUICK_DISTANCES];
    uint64_t header[24]; /* of a block */
    int header_bits;
    bool is_careful; /* look for strings at the next place as well, and from where they begin */
} nb_quick_code;

void nb_quick_code_make(nb_quick_kind kind, nb_quick_code *out);

/* The bytes as a bare stream (RFC 1951), and as a zlib stream (RFC 1950), in the arena. */
nb_string nb_quick_raw(const nb_quick_code *code, nb_string bytes, nb_arena *arena);
nb_string nb_quick_zlib(const nb_quick_code *code, nb_string bytes, nb_arena *arena);

#endif
