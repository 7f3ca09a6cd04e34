/* Compressed streams. */
#ifndef NB_PACK_DEFLATE_H
#define NB_PACK_DEFLATE_H

#include "base/arena.h"
#include "base/utf8.h"

/* A compressor for many streams of one level, 1 to 12. It lives in the arena, and so do its streams. */
typedef struct nb_deflater nb_deflater;

nb_deflater *nb_deflater_new(int level, nb_arena *arena);
/* The bytes as a zlib stream (RFC 1950), as PDF holds it. */
nb_string nb_deflater_zlib(nb_deflater *deflater, nb_string bytes);
/* The bytes as a bare stream (RFC 1951), as ZIP holds it. */
nb_string nb_deflater_raw(nb_deflater *deflater, nb_string bytes);

uint32_t nb_crc32(nb_string bytes); /* ISO 3309, as ZIP holds it */

#endif
