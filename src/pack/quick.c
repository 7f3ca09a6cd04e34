#include "pack/quick.h"

#include "pack/huffman.h"

#include <libdeflate.h>
#include <string.h>

enum {
    END = 256,
    FIRST_LENGTH = 257,
    LENGTH_CLASSES = NB_QUICK_SYMBOLS - FIRST_LENGTH,
    SHORTEST_REPEATED = 4, /* three bytes hardly pay */
    LONG_ENOUGH = 12,      /* to look no further */
    FURTHEST = 32768,
    WORD_BYTES = 8,
    COUNT_BITS = 5 /* of nb_quick_bits */
};

/* RFC 1951, 3.2.5: where each class begins, and the bits that follow its code. */
static const uint16_t length_starts[] = { 3,  4,  5,  6,   7,   8,   9,   10,  11, 13,
                                          15, 17, 19, 23,  27,  31,  35,  43,  51, 59,
                                          67, 83, 99, 115, 131, 163, 195, 227, 258 };
static const uint8_t length_bits[] = { 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                       2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0 };
static const uint16_t distance_starts[] = { 1,    2,    3,    4,     5,     7,    9,    13,
                                            17,   25,   33,   49,    65,    97,   129,  193,
                                            257,  385,  513,  769,   1025,  1537, 2049, 3073,
                                            4097, 6145, 8193, 12289, 16385, 24577 };
static const uint8_t distance_bits[] = { 0, 0, 0, 0, 1, 1, 2, 2,  3,  3,  4,  4,  5,  5,  6,
                                         6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13 };

static nb_quick_bits bits_of(unsigned bits, int count)
{
    return bits << COUNT_BITS | (unsigned)count;
}

typedef struct writer {
    unsigned char *at;
    uint64_t open;
    unsigned open_bits; /* at most 7 after a flush, which leaves room for 57 more */
} writer;

static inline void put_number(writer *to, uint64_t bits, unsigned count)
{
    to->open |= bits << to->open_bits;
    to->open_bits += count;
}

static inline void put(writer *to, nb_quick_bits bits)
{
    put_number(to, bits >> COUNT_BITS, bits & ((1 << COUNT_BITS) - 1));
}

static inline void flush(writer *to)
{
    unsigned whole = to->open_bits / 8;
    nb_store_word(to->at, to->open);
    to->at += whole;
    to->open >>= 8 * whole;
    to->open_bits %= 8;
}

/*
 * RFC 1951, 3.2.7. The lengths of codes are themselves written in a code, here of four bits for
 * each length but 1, which no symbol has, and for 16, which repeats the length before it.
 */
static void make_header(const uint8_t *lengths, nb_quick_code *out)
{
    enum {
        ORDER = 19,
        REPEAT = 16,
        SHORTEST_RUN = 3,
        LONGEST_RUN = 6,
        COUNT = NB_QUICK_SYMBOLS + NB_QUICK_DISTANCES
    };
    static const uint8_t order[ORDER] = { 16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                          11, 4,  12, 3, 13, 2, 14, 1, 15 };
    uint8_t used[ORDER] = { 0 };
    uint16_t codes[ORDER] = { 0 };
    unsigned char bytes[sizeof out->header] = { 0 };
    writer to = { .at = bytes };
    for (int i = 0; i <= REPEAT; i++)
        used[i] = i == 1 ? 0 : 4;
    nb_huffman_number(used, ORDER, codes);
    put_number(&to, 1 | 2 << 1, 3); /* the last block; its code follows */
    put_number(&to, NB_QUICK_SYMBOLS - 257, 5);
    put_number(&to, NB_QUICK_DISTANCES - 1, 5);
    put_number(&to, ORDER - 4, 4);
    flush(&to);
    for (int i = 0; i < ORDER; i++) {
        put_number(&to, used[order[i]], 3);
        flush(&to);
    }
    for (int i = 0; i < COUNT;) {
        int run = 1;
        while (i + run < COUNT && lengths[i + run] == lengths[i])
            run++;
        put_number(&to, codes[lengths[i]], 4);
        flush(&to);
        i++;
        for (run--; run >= SHORTEST_RUN;) {
            int repeated = run < LONGEST_RUN ? run : LONGEST_RUN;
            put_number(&to, codes[REPEAT], 4);
            put_number(&to, (unsigned)(repeated - SHORTEST_RUN), 2);
            flush(&to);
            run -= repeated;
            i += repeated;
        }
    }
    out->header_bits = (int)(to.at - bytes) * 8 + (int)to.open_bits;
    for (size_t i = 0; i < sizeof out->header / sizeof *out->header; i++)
        out->header[i] = nb_load_word(bytes + i * sizeof *out->header);
}

void nb_quick_code_make(nb_quick_kind kind, nb_quick_code *out)
{
    uint8_t lengths[NB_QUICK_SYMBOLS + NB_QUICK_DISTANCES];
    uint16_t codes[NB_QUICK_SYMBOLS + NB_QUICK_DISTANCES] = { 0 };
    const uint8_t *of_distances = lengths + NB_QUICK_SYMBOLS;
    for (size_t i = 0; i < sizeof lengths; i++) {
        char digit = nb_quick_lengths[kind][i];
        lengths[i] = (uint8_t)(digit <= '9' ? digit - '0' : digit - 'A' + 10);
    }
    nb_huffman_number(lengths, NB_QUICK_SYMBOLS, codes);
    nb_huffman_number(of_distances, NB_QUICK_DISTANCES, codes + NB_QUICK_SYMBOLS);
    for (int byte = 0; byte < 256; byte++)
        out->literals[byte] = bits_of(codes[byte], lengths[byte]);
    out->end = bits_of(codes[END], lengths[END]);
    for (int class = 0; class < LENGTH_CLASSES; class ++) {
        int code_bits = lengths[FIRST_LENGTH + class];
        for (int more = 0; more < 1 << length_bits[class]; more++)
            if (length_starts[class] + more <= NB_QUICK_LONGEST)
                out->lengths[length_starts[class] + more] =
                    bits_of(codes[FIRST_LENGTH + class] | (unsigned)more << code_bits,
                            code_bits + length_bits[class]);
    }
    for (int class = 0; class < NB_QUICK_DISTANCES; class ++)
        out->distances[class] = bits_of(codes[NB_QUICK_SYMBOLS + class], of_distances[class]);
    make_header(lengths, out);
    out->is_careful = kind == NB_QUICK_DOCUMENT_XML || kind == NB_QUICK_REPORT_JSON;
}

/* Two classes a power of two. */
static inline unsigned distance_class(unsigned distance)
{
    unsigned before = distance - 1;
    if (before < 4)
        return before;
    unsigned highest = 31 - (unsigned)__builtin_clz(before);
    return 2 * highest + (before >> (highest - 1) & 1);
}

static inline void put_literals(writer *to, const nb_quick_code *code, const unsigned char *from,
                                const unsigned char *end)
{
    for (; end - from >= 3; from += 3) {
        put(to, code->literals[from[0]]);
        put(to, code->literals[from[1]]);
        put(to, code->literals[from[2]]);
        flush(to);
    }
    for (; from < end; from++)
        put(to, code->literals[*from]);
    flush(to);
}

static inline void put_repeated(writer *to, const nb_quick_code *code, size_t length,
                                unsigned distance)
{
    unsigned class = distance_class(distance);
    put(to, code->lengths[length]);
    put(to, code->distances[class]);
    put_number(to, distance - distance_starts[class], distance_bits[class]);
    flush(to);
}

typedef struct text {
    const unsigned char *bytes, *end;
} text;

/* Where strings of four bytes stood last in it, by a hash of them. */
enum { TABLE_BITS = 12 };
typedef struct table {
    uint32_t places[1 << TABLE_BITS];
} table;

static inline uint32_t four_bytes(const unsigned char *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static inline uint32_t *place_of(table *strings, uint32_t four)
{
    return &strings->places[four * 2654435761u >> (32 - TABLE_BITS)];
}

/* Enter a place, and find where its four bytes stood before; NULL where there is none in reach. */
static inline const unsigned char *enter(table *strings, text in, const unsigned char *at)
{
    uint32_t four = four_bytes(at), *place = place_of(strings, four);
    const unsigned char *earlier = in.bytes + *place;
    *place = (uint32_t)(at - in.bytes);
    return four_bytes(earlier) == four && at - earlier <= FURTHEST ? earlier : NULL;
}

/* The end of the string at `at` that also stands at `earlier`, of which the first bytes do. */
static inline const unsigned char *end_of_repeated(text in, const unsigned char *at,
                                                   const unsigned char *earlier)
{
    const unsigned char *end = in.end - at > NB_QUICK_LONGEST ? at + NB_QUICK_LONGEST : in.end;
    at += SHORTEST_REPEATED;
    earlier += SHORTEST_REPEATED;
    for (; end - at >= WORD_BYTES; at += WORD_BYTES, earlier += WORD_BYTES) {
        uint64_t difference = nb_load_word(at) ^ nb_load_word(earlier);
        if (difference)
            return at + __builtin_ctzll(difference) / 8;
    }
    while (at < end && *at == *earlier)
        at++, earlier++;
    return at;
}

/* A string that also stands earlier. */
typedef struct repeated {
    const unsigned char *at, *earlier, *end;
} repeated;

/* A longer one may begin one byte on, or before it, where places within another were not entered. */
static inline repeated improve(table *strings, text in, repeated found,
                               const unsigned char *unwritten)
{
    if (found.end - found.at < LONG_ENOUGH) {
        repeated next = { .at = found.at + 1 };
        next.earlier = enter(strings, in, next.at);
        next.end = next.earlier ? end_of_repeated(in, next.at, next.earlier) : next.at;
        if (next.end - next.at > found.end - found.at)
            found = next;
    }
    while (found.at > unwritten && found.earlier > in.bytes && found.at[-1] == found.earlier[-1] &&
           found.end - found.at < NB_QUICK_LONGEST)
        found.at--, found.earlier--;
    return found;
}

/*
 * Each string is looked for where its first four bytes stood last, and taken as long as it is. All
 * places are entered but those within a repeated string, of which the second and the last do.
 */
static void compress(writer *to, const nb_quick_code *code, nb_string bytes)
{
    table strings = { { 0 } };
    text in = { (const unsigned char *)bytes.data,
                (const unsigned char *)bytes.data + bytes.length };
    const unsigned char *unwritten = in.bytes;
    /* Behind it there are no four bytes to look for. */
    const unsigned char *last = bytes.length < WORD_BYTES ? in.bytes : in.end - WORD_BYTES;
    for (const unsigned char *at = in.bytes + (last > in.bytes); at < last;) {
        const unsigned char *earlier = enter(&strings, in, at);
        if (!earlier) {
            at++;
            continue;
        }
        repeated found = { at, earlier, end_of_repeated(in, at, earlier) };
        if (code->is_careful)
            found = improve(&strings, in, found, unwritten);
        put_literals(to, code, unwritten, found.at);
        put_repeated(to, code, (size_t)(found.end - found.at),
                     (unsigned)(found.at - found.earlier));
        enter(&strings, in, found.at + 1);
        if (found.end < last)
            enter(&strings, in, found.end - 2);
        at = unwritten = found.end;
    }
    put_literals(to, code, unwritten, in.end);
}

static void write_block(writer *to, const nb_quick_code *code, nb_string bytes)
{
    for (int i = 0; i < code->header_bits / 64; i++, to->at += WORD_BYTES)
        nb_store_word(to->at, code->header[i]);
    to->open = code->header[code->header_bits / 64];
    to->open_bits = (unsigned)code->header_bits % 64;
    flush(to);
    compress(to, code, bytes);
    put(to, code->end);
    flush(to);
    if (to->open_bits)
        to->at++;
}

/* No symbol takes more than 15 bits a byte that it stands for. */
static size_t room_for(const nb_quick_code *code, nb_string bytes)
{
    return 2 * bytes.length + sizeof code->header + (size_t)4 * WORD_BYTES;
}

static nb_string finish(unsigned char *stream, size_t room, const writer *to, nb_arena *arena)
{
    size_t length = (size_t)(to->at - stream);
    nb_arena_regrow(arena, stream, room, length);
    return (nb_string){ (const char *)stream, length };
}

nb_string nb_quick_raw(const nb_quick_code *code, nb_string bytes, nb_arena *arena)
{
    size_t room = room_for(code, bytes);
    unsigned char *stream = nb_arena_room(arena, room);
    writer to = { .at = stream };
    write_block(&to, code, bytes);
    return finish(stream, room, &to, arena);
}

nb_string nb_quick_zlib(const nb_quick_code *code, nb_string bytes, nb_arena *arena)
{
    size_t room = room_for(code, bytes);
    unsigned char *stream = nb_arena_room(arena, room);
    writer to = { .at = stream };
    /* RFC 1950, 2.2: deflate with a window of 32 KiB, and check bits. */
    *to.at++ = 0x78;
    *to.at++ = 0x01;
    write_block(&to, code, bytes);
    uint32_t adler = libdeflate_adler32(1, bytes.data, bytes.length);
    for (int shift = 24; shift >= 0; shift -= 8)
        *to.at++ = (unsigned char)(adler >> shift);
    return finish(stream, room, &to, arena);
}
