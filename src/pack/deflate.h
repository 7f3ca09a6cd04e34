/* Compressed streams. */
#ifndef NB_PACK_DEFLATE_H
#define NB_PACK_DEFLATE_H

#include "base/arena.h"
#include "base/utf8.h"

/* The bytes as a zlib stream (RFC 1950), in the arena. level 1 to 12. */
nb_string nb_deflate_zlib(nb_string bytes, int level, nb_arena *arena);

/*
 * For many streams of one level, which share the compressor. It lives in the arena, and so do its
 * streams.
 */
typedef struct nb_deflater nb_deflater;

nb_deflater *nb_deflater_new(int level, nb_arena *arena);
nb_string nb_deflater_zlib(nb_deflater *deflater, nb_string bytes);
nb_string nb_deflater_raw(nb_deflater *deflater,
                          nb_string bytes); /* bare (RFC 1951), as ZIP holds it */

uint32_t nb_crc32(nb_string bytes); /* ISO 3309, as ZIP holds it */

#endif
