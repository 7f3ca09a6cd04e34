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
    /* By the lowest 16 bits of a symbol: whether one such leads away from the root. */
    uint64_t starts[1 << 10];
} nb_trie;

void nb_trie_begin(nb_trie *trie, nb_arena *arena);
/* The node that a symbol leads to, made when there is none. */
int nb_trie_add(nb_trie *trie, int node, uint32_t symbol);

/* Whether a symbol may lead away from the root: most do not, and that is told at less cost. */
static inline bool nb_trie_may_start(const nb_trie *trie, uint32_t symbol)
{
    return trie->starts[(symbol & 0xFFFF) >> 6] >> (symbol & 63) & 1;
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
