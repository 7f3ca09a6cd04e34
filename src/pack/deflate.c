#include "pack/deflate.h"

#include <assert.h>
#include <libdeflate.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { LOWEST_LEVEL = 1, HIGHEST_LEVEL = 12 };

/* Of a stock: compressors of one level, and texts with their streams. */
enum { MOST_COMPRESSORS = 64, MOST_TEXT_BYTES = 8 * 1024 * 1024, LARGEST_TEXT = 64 * 1024 };
enum { TEXT_LISTS = 64 };

typedef nb_string (*compress_function)(nb_deflater *deflater, nb_string bytes);

/* A text and its stream, which stand behind it in memory. */
typedef struct kept_text {
    struct kept_text *next;
    compress_function compress;
    int level;
    uint32_t crc;
    nb_string bytes, stream;
} kept_text;

struct nb_deflate_stock {
    nb_pool *compressors[HIGHEST_LEVEL + 1];
    nb_quick_code codes[NB_QUICK_KIND_COUNT];
    _Atomic(kept_text *) texts[TEXT_LISTS]; /* by checksum */
    atomic_size_t text_bytes;
};

struct nb_deflater {
    nb_arena *arena;
    nb_deflate_stock *stock;
    int level;
    struct libdeflate_compressor *compressor; /* NULL until it is needed */
};

static void free_compressor(void *context, void *compressor)
{
    (void)context;
    libdeflate_free_compressor(compressor);
}

nb_deflate_stock *nb_deflate_stock_new(void)
{
    nb_deflate_stock *stock = calloc(1, sizeof *stock);
    for (int level = LOWEST_LEVEL; stock && level <= HIGHEST_LEVEL; level++) {
        stock->compressors[level] = nb_pool_new(MOST_COMPRESSORS, free_compressor, NULL);
        if (!stock->compressors[level]) {
            nb_deflate_stock_drop(stock);
            return NULL;
        }
    }
    for (int kind = 0; stock && kind < NB_QUICK_KIND_COUNT; kind++)
        nb_quick_code_make((nb_quick_kind)kind, &stock->codes[kind]);
    return stock;
}

const nb_quick_code *nb_deflate_stock_code(const nb_deflate_stock *stock, nb_quick_kind kind,
                                           nb_arena *arena)
{
    if (stock)
        return &stock->codes[kind];
    nb_quick_code *code = NB_NEW(arena, nb_quick_code);
    nb_quick_code_make(kind, code);
    return code;
}

void nb_deflate_stock_drop(nb_deflate_stock *stock)
{
    if (!stock)
        return;
    for (int level = LOWEST_LEVEL; level <= HIGHEST_LEVEL; level++)
        nb_pool_drop(stock->compressors[level]);
    for (int list = 0; list < TEXT_LISTS; list++) {
        for (kept_text *text = stock->texts[list]; text;) {
            kept_text *next = text->next;
            free(text);
            text = next;
        }
    }
    free(stock);
}

static void release(void *object)
{
    nb_deflater *deflater = object;
    if (deflater->compressor && deflater->stock)
        nb_pool_give(deflater->stock->compressors[deflater->level], deflater->compressor);
    else if (deflater->compressor)
        libdeflate_free_compressor(deflater->compressor);
    deflater->compressor = NULL;
}

nb_deflater *nb_deflater_new(int level, nb_deflate_stock *stock, nb_arena *arena)
{
    assert(level >= LOWEST_LEVEL && level <= HIGHEST_LEVEL);
    nb_deflater *deflater = NB_NEW(arena, nb_deflater);
    *deflater = (nb_deflater){ .arena = arena, .stock = stock, .level = level };
    nb_arena_defer(arena, release, deflater);
    return deflater;
}

static struct libdeflate_compressor *compressor_of(nb_deflater *deflater)
{
    if (!deflater->compressor && deflater->stock)
        deflater->compressor = nb_pool_take(deflater->stock->compressors[deflater->level]);
    if (!deflater->compressor)
        deflater->compressor = libdeflate_alloc_compressor(deflater->level);
    if (!deflater->compressor)
        nb_arena_fail(deflater->arena);
    return deflater->compressor;
}

nb_string nb_deflater_zlib(nb_deflater *deflater, nb_string bytes)
{
    struct libdeflate_compressor *compressor = compressor_of(deflater);
    size_t bound = libdeflate_zlib_compress_bound(compressor, bytes.length);
    char *stream = nb_arena_room(deflater->arena, bound);
    size_t length = libdeflate_zlib_compress(compressor, bytes.data, bytes.length, stream, bound);
    assert(length > 0);
    nb_arena_regrow(deflater->arena, stream, bound, length);
    return (nb_string){ stream, length };
}

nb_string nb_deflater_raw(nb_deflater *deflater, nb_string bytes)
{
    struct libdeflate_compressor *compressor = compressor_of(deflater);
    size_t bound = libdeflate_deflate_compress_bound(compressor, bytes.length);
    char *stream = nb_arena_room(deflater->arena, bound);
    size_t length =
        libdeflate_deflate_compress(compressor, bytes.data, bytes.length, stream, bound);
    assert(length > 0);
    nb_arena_regrow(deflater->arena, stream, bound, length);
    return (nb_string){ stream, length };
}

static const kept_text *find_kept(const nb_deflate_stock *stock, const kept_text *wanted)
{
    const kept_text *at =
        atomic_load_explicit(&stock->texts[wanted->crc % TEXT_LISTS], memory_order_acquire);
    while (at && (at->crc != wanted->crc || at->level != wanted->level ||
                  at->compress != wanted->compress || !nb_string_equal(at->bytes, wanted->bytes)))
        at = at->next;
    return at;
}

/*
 * Without memory nothing is kept. Threads that come at the same time may keep the same text twice,
 * and a few more texts than there is room for, which does no harm.
 */
static void keep(nb_deflate_stock *stock, const kept_text *made)
{
    _Atomic(kept_text *) *list = &stock->texts[made->crc % TEXT_LISTS];
    size_t size = sizeof(kept_text) + made->bytes.length + made->stream.length;
    if (atomic_load(&stock->text_bytes) + size > MOST_TEXT_BYTES)
        return;
    kept_text *text = malloc(size);
    if (!text)
        return;
    char *bytes = (char *)(text + 1), *stream = bytes + made->bytes.length;
    *text = *made;
    text->bytes.data = memcpy(bytes, made->bytes.data, made->bytes.length);
    text->stream.data = memcpy(stream, made->stream.data, made->stream.length);
    text->next = atomic_load_explicit(list, memory_order_relaxed);
    while (!atomic_compare_exchange_weak_explicit(list, &text->next, text, memory_order_release,
                                                  memory_order_relaxed))
        continue;
    atomic_fetch_add(&stock->text_bytes, size);
}

static nb_string compress_kept(nb_deflater *deflater, nb_string bytes, compress_function compress)
{
    if (!deflater->stock || bytes.length == 0 || bytes.length > LARGEST_TEXT)
        return compress(deflater, bytes);
    kept_text wanted = {
        .compress = compress, .level = deflater->level, .crc = nb_crc32(bytes), .bytes = bytes
    };
    const kept_text *found = find_kept(deflater->stock, &wanted);
    if (found)
        return found->stream;
    wanted.stream = compress(deflater, bytes);
    keep(deflater->stock, &wanted);
    return wanted.stream;
}

nb_string nb_deflater_zlib_kept(nb_deflater *deflater, nb_string bytes)
{
    return compress_kept(deflater, bytes, nb_deflater_zlib);
}

nb_string nb_deflater_raw_kept(nb_deflater *deflater, nb_string bytes)
{
    return compress_kept(deflater, bytes, nb_deflater_raw);
}

uint32_t nb_crc32(nb_string bytes)
{
    return libdeflate_crc32(0, bytes.data, bytes.length);
}
