#include "ofd/digest.h"

nb_digest nb_digest_begin(void)
{
    return (nb_digest){ UINT64_C(0x6C62272E07BB0142), UINT64_C(0x62B821756295C58D) };
}

/* Times the prime 2^88 + 0x13B, modulo 2^128. */
static void add_byte(nb_digest *digest, unsigned char byte)
{
    enum { SMALL = 0x13B };
    uint64_t high = digest->high, low = digest->low ^ byte;
    uint64_t lower = (low & UINT32_MAX) * SMALL, upper = (low >> 32) * SMALL + (lower >> 32);
    digest->low = upper << 32 | (lower & UINT32_MAX);
    digest->high = high * SMALL + (upper >> 32) + (low << 24);
}

void nb_digest_number(nb_digest *digest, uint64_t number)
{
    for (int shift = 0; shift < 64; shift += 8)
        add_byte(digest, (unsigned char)(number >> shift));
}

void nb_digest_add(nb_digest *digest, nb_string bytes)
{
    nb_digest_number(digest, bytes.length);
    for (size_t i = 0; i < bytes.length; i++)
        add_byte(digest, (unsigned char)bytes.data[i]);
}
