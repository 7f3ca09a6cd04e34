#include "pack/pieces.h"

#include "pack/huffman.h"

#include <assert.h>
#include <stdlib.h>

enum {
    END = 256, /* the symbol that ends a block */
    LARGEST_STORED = 65535,
    ADLER_BASE = 65521
};

/* A node of the tree: first the symbols, then what joins two nodes. */
typedef struct node {
    uint64_t weight;
    int symbol; /* breaks ties, so that the code is the same everywhere */
    int parent;
} node;

static int compare_nodes(const void *a, const void *b)
{
    const node *first = a, *second = b;
    if (first->weight != second->weight)
        return first->weight < second->weight ? -1 : 1;
    return first->symbol - second->symbol;
}

/*
 * Huffman's algorithm with two queues: the symbols by weight, and the joined nodes, which come in
 * order of weight by themselves. Returns the longest code's length.
 */
static int find_lengths(const uint32_t weights[NB_PIECE_SYMBOLS], uint8_t *lengths)
{
    enum { NODES = 2 * NB_PIECE_SYMBOLS - 1 };
    node nodes[NODES];
    int depth[NODES], longest = 0;
    for (int i = 0; i < NB_PIECE_SYMBOLS; i++)
        nodes[i] = (node){ weights[i], i, 0 };
    qsort(nodes, NB_PIECE_SYMBOLS, sizeof *nodes, compare_nodes);
    int next_symbol = 0, next_joined = NB_PIECE_SYMBOLS;
    for (int joined = NB_PIECE_SYMBOLS; joined < NODES; joined++) {
        uint64_t weight = 0;
        for (int child = 0; child < 2; child++) {
            bool is_symbol =
                next_symbol < NB_PIECE_SYMBOLS &&
                (next_joined == joined || nodes[next_symbol].weight <= nodes[next_joined].weight);
            node *lightest = &nodes[is_symbol ? next_symbol++ : next_joined++];
            lightest->parent = joined;
            weight += lightest->weight;
        }
        nodes[joined] = (node){ weight, 0, 0 };
    }
    depth[NODES - 1] = 0;
    for (int i = NODES - 2; i >= 0; i--) {
        depth[i] = depth[nodes[i].parent] + 1;
        if (i < NB_PIECE_SYMBOLS) {
            lengths[nodes[i].symbol] = (uint8_t)depth[i];
            longest = depth[i] > longest ? depth[i] : longest;
        }
    }
    return longest;
}

void nb_piece_code_make(const uint32_t frequencies[256], nb_piece_code *out)
{
    uint32_t weights[NB_PIECE_SYMBOLS];
    for (int i = 0; i < END; i++)
        weights[i] = frequencies[i] + 1;
    weights[END] = 1;
    /* Flatter weights give shorter codes, until the rarest are short enough. */
    while (find_lengths(weights, out->lengths) > NB_LONGEST_CODE)
        for (int i = 0; i < NB_PIECE_SYMBOLS; i++)
            weights[i] = weights[i] / 2 + 1;
    nb_huffman_number(out->lengths, NB_PIECE_SYMBOLS, out->bits);
}

/* Bits gathered in a word, and whole words written. */
typedef struct bit_writer {
    uint64_t *words;
    size_t word_count;
    uint64_t open;
    unsigned open_bits; /* below 64 */
} bit_writer;

static inline void put(bit_writer *to, uint64_t bits, unsigned count)
{
    to->open |= bits << to->open_bits;
    if (to->open_bits + count < 64) {
        to->open_bits += count;
        return;
    }
    to->words[to->word_count++] = to->open;
    to->open = to->open_bits ? bits >> (64 - to->open_bits) : 0;
    to->open_bits = to->open_bits + count - 64;
}

static uint64_t count_bits(const nb_piece_code *code, nb_string bytes)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < bytes.length; i++)
        bits += code->lengths[(unsigned char)bytes.data[i]];
    return bits;
}

size_t nb_piece_word_count(const nb_piece_code *code, nb_string bytes)
{
    return (size_t)(count_bits(code, bytes) + 63) / 64;
}

nb_piece nb_piece_encode(const nb_piece_code *code, nb_string bytes, uint64_t *words)
{
    bit_writer to = { .words = words };
    uint64_t sum = 0, sum_of_sums = 0;
    assert(bytes.length < UINT32_MAX / NB_LONGEST_CODE);
    for (size_t i = 0; i < bytes.length; i++) {
        unsigned char byte = (unsigned char)bytes.data[i];
        put(&to, code->bits[byte], code->lengths[byte]);
        sum += byte;
        sum_of_sums = (sum_of_sums + sum) % ADLER_BASE;
    }
    if (to.open_bits)
        words[to.word_count] = to.open;
    return (nb_piece){ words, (uint32_t)(to.word_count * 64 + to.open_bits), (uint32_t)bytes.length,
                       (uint32_t)(sum % ADLER_BASE), (uint32_t)sum_of_sums };
}

/*
 * The header of a last block with a code of its own (RFC 1951, 3.2.7). The lengths are written as
 * they are, four bits each: to pack them as deflate can would save 40 bytes.
 */
static void put_block_header(bit_writer *to, const nb_piece_code *code)
{
    enum { LENGTH_CODES = 19, FOUR_BITS = 4 };
    static const uint8_t order[LENGTH_CODES] = { 16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                 11, 4,  12, 3, 13, 2, 14, 1, 15 };
    put(to, 1 | 2 << 1, 3); /* the last block; its code follows */
    put(to, NB_PIECE_SYMBOLS - 257, 5);
    put(to, 2 - 1, 5); /* distances; none is used, but two make a whole code */
    put(to, LENGTH_CODES - 4, 4);
    for (int i = 0; i < LENGTH_CODES; i++)
        put(to, order[i] < 16 ? FOUR_BITS : 0, 3);
    for (int i = 0; i < NB_PIECE_SYMBOLS + 2; i++) {
        unsigned length = i < NB_PIECE_SYMBOLS ? code->lengths[i] : 1;
        put(to, nb_reverse_bits(length, FOUR_BITS), FOUR_BITS);
    }
}

/* The same into bytes. */
typedef struct byte_writer {
    unsigned char *at;
    uint64_t open;
    unsigned open_bits; /* below 64 */
} byte_writer;

static inline void append(byte_writer *to, uint64_t bits, unsigned count)
{
    to->open |= bits << to->open_bits;
    to->open_bits += count;
    if (to->open_bits < 64)
        return;
    nb_store_word(to->at, to->open);
    to->at += 8;
    to->open_bits -= 64;
    to->open = to->open_bits ? bits >> (count - to->open_bits) : 0;
}

static void append_words(byte_writer *to, const uint64_t *words, size_t bit_count)
{
    size_t whole = bit_count / 64;
    unsigned shift = to->open_bits, rest = (unsigned)(bit_count % 64);
    if (shift == 0) {
        for (size_t i = 0; i < whole; i++, to->at += 8)
            nb_store_word(to->at, words[i]);
    } else {
        uint64_t open = to->open;
        unsigned char *at = to->at;
        for (size_t i = 0; i < whole; i++, at += 8) {
            nb_store_word(at, open | words[i] << shift);
            open = words[i] >> (64 - shift);
        }
        to->open = open;
        to->at = at;
    }
    if (rest)
        append(to, words[whole], rest);
}

/* Pieces lie all over the memory: each is asked for while those before it are written. */
static inline void fetch_ahead(const nb_piece *const *pieces, int index, int count)
{
    enum { AHEAD = 3, LINE_WORDS = 8 };
    if (index + AHEAD >= count)
        return;
    const nb_piece *piece = pieces[index + AHEAD];
    for (uint32_t word = 0; word * 64 < piece->bit_count; word += LINE_WORDS)
        __builtin_prefetch(piece->words + word);
}

/* Sums that go on from other bytes' sums: each of those bytes counts again for each new byte. */
static void add_sums(uint64_t *sum, uint64_t *sum_of_sums, uint64_t length, uint64_t next_sum,
                     uint64_t next_sum_of_sums)
{
    *sum_of_sums = (*sum_of_sums + length % ADLER_BASE * *sum + next_sum_of_sums) % ADLER_BASE;
    *sum = (*sum + next_sum) % ADLER_BASE;
}

static void sum_head(nb_string head, uint64_t *sum, uint64_t *sum_of_sums)
{
    enum { BEFORE_OVERFLOW = 1 << 16 };
    for (size_t start = 0; start < head.length; start += BEFORE_OVERFLOW) {
        size_t end = start + BEFORE_OVERFLOW < head.length ? start + BEFORE_OVERFLOW : head.length;
        for (size_t i = start; i < end; i++) {
            *sum += (unsigned char)head.data[i];
            *sum_of_sums += *sum;
        }
        *sum %= ADLER_BASE;
        *sum_of_sums %= ADLER_BASE;
    }
}

/* Stored blocks, none the last (RFC 1951, 3.2.4). Returns how far they reach. */
static unsigned char *store(unsigned char *at, nb_string head)
{
    for (size_t start = 0; start < head.length; start += LARGEST_STORED) {
        size_t left = head.length - start;
        size_t length = left < LARGEST_STORED ? left : LARGEST_STORED;
        *at++ = 0;
        *at++ = (unsigned char)length;
        *at++ = (unsigned char)(length >> 8);
        *at++ = (unsigned char)~length;
        *at++ = (unsigned char)(~length >> 8);
        memcpy(at, head.data + start, length);
        at += length;
    }
    return at;
}

enum { HEADER_BITS = 17 + 19 * 3 + (NB_PIECE_SYMBOLS + 2) * 4 };

size_t nb_pieces_joined_length(const nb_joined *parts)
{
    size_t blocks = (parts->head.length + LARGEST_STORED - 1) / LARGEST_STORED;
    uint64_t bits = HEADER_BITS + parts->code->lengths[END];
    for (int i = 0; i < parts->count; i++)
        bits += parts->pieces[i]->bit_count;
    return 2 + 5 * blocks + parts->head.length + (size_t)(bits + 7) / 8 + 4;
}

void nb_pieces_join(const nb_joined *parts, nb_buffer *out)
{
    const nb_piece_code *code = parts->code;
    size_t length = nb_pieces_joined_length(parts);
    /* The last word may reach over the end. */
    if (!nb_buffer_reserve(out, length + sizeof(uint64_t)))
        return;
    uint64_t sum = 1, sum_of_sums = 0;
    sum_head(parts->head, &sum, &sum_of_sums);
    for (int i = 0; i < parts->count; i++)
        add_sums(&sum, &sum_of_sums, parts->pieces[i]->length, parts->pieces[i]->sum,
                 parts->pieces[i]->sum_of_sums);
    uint64_t header[HEADER_BITS / 64 + 1];
    bit_writer first = { .words = header };
    put_block_header(&first, code);
    header[first.word_count] = first.open;
    unsigned char *at = out->data + out->length;
    /* RFC 1950, 2.2: deflate with a window of 32 KiB, and check bits. */
    *at++ = 0x78;
    *at++ = 0x01;
    byte_writer to = { .at = store(at, parts->head) };
    append_words(&to, header, HEADER_BITS);
    for (int i = 0; i < parts->count; i++) {
        fetch_ahead(parts->pieces, i, parts->count);
        append_words(&to, parts->pieces[i]->words, parts->pieces[i]->bit_count);
    }
    append(&to, code->bits[END], code->lengths[END]);
    at = to.at;
    for (unsigned shift = 0; shift < to.open_bits; shift += 8)
        *at++ = (unsigned char)(to.open >> shift);
    uint32_t adler = (uint32_t)(sum_of_sums << 16 | sum);
    for (int shift = 24; shift >= 0; shift -= 8)
        *at++ = (unsigned char)(adler >> shift);
    assert(at == out->data + out->length + length);
    out->length += length;
}
