/*
 * zlib streams put together from pieces that were encoded before.
 *
 * Compressing the same bytes again in every file is most of what a file costs, although they are
 * always the same: a glyph's outline is what it was in the last report. deflate (RFC 1951) lets
 * that be saved. Under one Huffman code, kept for ever, each piece becomes a string of bits that
 * depends on nothing before it, since it refers to nothing before it. A stream is then
 *
 *   zlib header | the head, stored | block header with the code | bits of piece, piece, … | end | Adler-32
 *
 * for which the bits are only shifted into place, and the checksum is added up from those of the
 * pieces. Without repeated strings it is a few percent larger where bytes hardly repeat anyway, as
 * in outlines. The bytes depend on the code and the pieces alone, not on what was written before.
 */
#ifndef NB_PACK_PIECES_H
#define NB_PACK_PIECES_H

#include "base/buffer.h"
#include "base/utf8.h"

enum { NB_PIECE_SYMBOLS = 257 }; /* the bytes, and the end of a block */

/* A Huffman code for bytes. */
typedef struct nb_piece_code {
    uint16_t bits[NB_PIECE_SYMBOLS]; /* as they are written, the first lowest */
    uint8_t lengths[NB_PIECE_SYMBOLS];
} nb_piece_code;

/* The code for bytes that are as frequent as this; each gets a code, also those that never come. */
void nb_piece_code_make(const uint32_t frequencies[256], nb_piece_code *out);

/* Bytes encoded. */
typedef struct nb_piece {
    const uint64_t *words; /* the first bit is the lowest; past the last one they are 0 */
    uint32_t bit_count;
    uint32_t length;           /* in bytes, before they were encoded */
    uint32_t sum, sum_of_sums; /* of the bytes, as Adler-32 adds them, from 0 */
} nb_piece;

/* How many words a piece's bits take. */
size_t nb_piece_word_count(const nb_piece_code *code, nb_string bytes);
/* Encode into words, which have that room and are the caller's. */
nb_piece nb_piece_encode(const nb_piece_code *code, nb_string bytes, uint64_t *words);

/* What a stream consists of: a head, which is not compressed, and pieces. */
typedef struct nb_joined {
    const nb_piece_code *code;
    nb_string head;
    const nb_piece *const *pieces;
    int count;
} nb_joined;

/* How long the stream is, and the stream itself, added to out. */
size_t nb_pieces_joined_length(const nb_joined *parts);
void nb_pieces_join(const nb_joined *parts, nb_buffer *out);

#endif
