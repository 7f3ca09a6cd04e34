/* Compressed streams. */
#ifndef NB_PACK_DEFLATE_H
#define NB_PACK_DEFLATE_H

#include "base/arena.h"
#include "base/utf8.h"
#include "pack/quick.h"

/*
 * What is kept from one document for the next: compressors, which cost as much to make as a short
 * stream to compress, and texts that are alike in most documents together with their streams. What
 * a stream is depends on its bytes alone, kept or not. Any thread may use it; it must outlive the
 * arenas of its deflaters.
 */
typedef struct nb_deflate_stock nb_deflate_stock;

nb_deflate_stock *nb_deflate_stock_new(void); /* NULL when memory ran out */
void nb_deflate_stock_drop(nb_deflate_stock *stock);
/* A code for nb_quick_zlib, made with the stock; without one, in the arena. */
const nb_quick_code *nb_deflate_stock_code(const nb_deflate_stock *stock, nb_quick_kind kind,
                                           nb_arena *arena);

/* A compressor for many streams of one level, 1 to 12. It lives in the arena, and so do its streams. */
typedef struct nb_deflater nb_deflater;

nb_deflater *nb_deflater_new(int level, nb_deflate_stock *stock,
                             nb_arena *arena); /* stock: or NULL */
/* The bytes as a zlib stream (RFC 1950), as PDF holds it. */
nb_string nb_deflater_zlib(nb_deflater *deflater, nb_string bytes);
/* The bytes as a bare stream (RFC 1951), as ZIP holds it. */
nb_string nb_deflater_raw(nb_deflater *deflater, nb_string bytes);

/* The same of bytes that many documents have alike: kept in the stock, while it has room. */
nb_string nb_deflater_zlib_kept(nb_deflater *deflater, nb_string bytes);
nb_string nb_deflater_raw_kept(nb_deflater *deflater, nb_string bytes);

uint32_t nb_crc32(nb_string bytes); /* ISO 3309, as ZIP holds it */

#endif
