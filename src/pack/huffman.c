#include "pack/huffman.h"

void nb_huffman_number(const uint8_t *lengths, int count, uint16_t *codes)
{
    unsigned next = 0;
    for (int length = 1; length <= NB_LONGEST_CODE; length++) {
        next <<= 1;
        for (int symbol = 0; symbol < count; symbol++)
            if (lengths[symbol] == length)
                codes[symbol] = (uint16_t)nb_reverse_bits(next++, length);
    }
}
