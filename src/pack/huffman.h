/* What writers of Huffman codes in deflate streams (RFC 1951) share. */
#ifndef NB_PACK_HUFFMAN_H
#define NB_PACK_HUFFMAN_H

#include <stdint.h>

enum { NB_LONGEST_CODE = 15 }; /* RFC 1951, 3.2.7 */

/* The lowest bits of a number in reverse order: codes are written from their highest bit on. */
static inline unsigned nb_reverse_bits(unsigned number, int count)
{
    unsigned reversed = 0;
    for (int i = 0; i < count; i++)
        reversed |= (number >> i & 1) << (count - 1 - i);
    return reversed;
}

/*
 * The codes of symbols from the lengths of their codes, 0 for a symbol that has none, as they are
 * written with the first bit lowest. Codes of one length are numbered in order of their symbols
 * (RFC 1951, 3.2.2).
 */
void nb_huffman_number(const uint8_t *lengths, int count, uint16_t *codes);

/* A word with its lowest byte first, on any machine: compilers make one store of the eight. */
static inline void nb_store_word(unsigned char *at, uint64_t word)
{
    at[0] = (unsigned char)word;
    at[1] = (unsigned char)(word >> 8);
    at[2] = (unsigned char)(word >> 16);
    at[3] = (unsigned char)(word >> 24);
    at[4] = (unsigned char)(word >> 32);
    at[5] = (unsigned char)(word >> 40);
    at[6] = (unsigned char)(word >> 48);
    at[7] = (unsigned char)(word >> 56);
}

static inline uint64_t nb_load_word(const unsigned char *at)
{
    return (uint64_t)at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 | (uint64_t)at[3] << 24 |
           (uint64_t)at[4] << 32 | (uint64_t)at[5] << 40 | (uint64_t)at[6] << 48 |
           (uint64_t)at[7] << 56;
}

#endif
