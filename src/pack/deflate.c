#include "pack/deflate.h"

#include <assert.h>
#include <libdeflate.h>

struct nb_deflater {
    nb_arena *arena;
    struct libdeflate_compressor *compressor;
};

static void release(void *object)
{
    nb_deflater *deflater = object;
    if (deflater->compressor)
        libdeflate_free_compressor(deflater->compressor);
    deflater->compressor = NULL;
}

nb_deflater *nb_deflater_new(int level, nb_arena *arena)
{
    assert(level >= 1 && level <= 12);
    nb_deflater *deflater = NB_NEW(arena, nb_deflater);
    deflater->arena = arena;
    nb_arena_defer(arena, release, deflater);
    deflater->compressor = libdeflate_alloc_compressor(level);
    if (!deflater->compressor)
        nb_arena_fail(arena);
    return deflater;
}

nb_string nb_deflater_zlib(nb_deflater *deflater, nb_string bytes)
{
    size_t bound = libdeflate_zlib_compress_bound(deflater->compressor, bytes.length);
    char *stream = nb_arena_alloc(deflater->arena, bound);
    size_t length =
        libdeflate_zlib_compress(deflater->compressor, bytes.data, bytes.length, stream, bound);
    assert(length > 0);
    return (nb_string){ stream, length };
}

nb_string nb_deflater_raw(nb_deflater *deflater, nb_string bytes)
{
    size_t bound = libdeflate_deflate_compress_bound(deflater->compressor, bytes.length);
    char *stream = nb_arena_alloc(deflater->arena, bound);
    size_t length =
        libdeflate_deflate_compress(deflater->compressor, bytes.data, bytes.length, stream, bound);
    assert(length > 0);
    return (nb_string){ stream, length };
}

uint32_t nb_crc32(nb_string bytes)
{
    return libdeflate_crc32(0, bytes.data, bytes.length);
}
