/* What the tests of compressed streams share. */
#ifndef NB_TESTS_DEFLATE_FIXTURE_H
#define NB_TESTS_DEFLATE_FIXTURE_H

#include "fixture.h"

#include <libdeflate.h>

/* What a zlib stream holds, which must be this many bytes. Its checksum is compared too. */
static inline nb_string unpacked(nb_string stream, size_t expected_length, nb_arena *arena)
{
    struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
    char *bytes = nb_arena_alloc(arena, expected_length + 1);
    size_t length = 0;
    assert_non_null(decompressor);
    assert_int_equal(libdeflate_zlib_decompress(decompressor, stream.data, stream.length, bytes,
                                                expected_length + 1, &length),
                     LIBDEFLATE_SUCCESS);
    assert_int_equal(length, expected_length);
    libdeflate_free_decompressor(decompressor);
    return (nb_string){ bytes, length };
}

#endif
