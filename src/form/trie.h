/*
 * A trie over symbols: whole numbers below 2^21, such as code points. Node 0 is the root; what a node
 * stands for is kept by who owns the trie, in arrays by node.
 */
#ifndef NB_FORM_TRIE_H
#define NB_FORM_TRIE_H

#include "base/arena.h"

enum { NB_TRIE_SYMBOL_BITS = 21, NB_TRIE_NODE_BITS = 21 };

typedef struct nb_trie {
    nb_arena *arena;
    /* A hash table: from where, by which symbol, to where; 0: free. */
    uint64_t *edges;
    uint32_t edge_mask; /* its size, a power of 2, less 1 */
    int node_count;
    /* Strings of one symbol, by its lowest 16 bits, and of more, by 16 bits of their first two. */
    uint64_t singles[1 << 10], pairs[1 << 10];
} nb_trie;

void nb_trie_begin(nb_trie *trie, nb_arena *arena);
/* The node where a string of at least one symbol ends, made when there is none. */
int nb_trie_add(nb_trie *trie, const uint32_t *symbols, int count);

static inline uint32_t nb_trie_pair(uint32_t first, uint32_t second)
{
    return (first * 0x9E37u + second) & 0xFFFF;
}

/*
 * Whether some string may begin with these two symbols, or be the first alone. Nearly nowhere in a
 * text does one begin, and that is told at less cost than by steps.
 */
static inline bool nb_trie_may_start(const nb_trie *trie, uint32_t first, uint32_t second)
{
    uint32_t pair = nb_trie_pair(first, second);
    return (trie->singles[(first & 0xFFFF) >> 6] >> (first & 63) |
            trie->pairs[pair >> 6] >> (pair & 63)) &
           1;
}

static inline uint32_t nb_trie_place(const nb_trie *trie, uint64_t key)
{
    return (uint32_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> 40) & trie->edge_mask;
}

/* The node that a symbol leads to, or 0. */
static inline int nb_trie_step(const nb_trie *trie, int node, uint32_t symbol)
{
    uint64_t key = (uint64_t)node << NB_TRIE_SYMBOL_BITS | symbol;
    for (uint32_t at = nb_trie_place(trie, key);; at = (at + 1) & trie->edge_mask) {
        uint64_t edge = trie->edges[at];
        if (edge >> NB_TRIE_NODE_BITS == key || edge == 0)
            return (int)(edge & ((UINT64_C(1) << NB_TRIE_NODE_BITS) - 1));
    }
}

#endif
