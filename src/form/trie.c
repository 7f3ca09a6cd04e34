#include "form/trie.h"

enum { FIRST_EDGES = 1 << 10, MOST_NODES = 1 << NB_TRIE_NODE_BITS };

void nb_trie_begin(nb_trie *trie, nb_arena *arena)
{
    *trie = (nb_trie){ .arena = arena, .edge_mask = FIRST_EDGES - 1, .node_count = 1 };
    trie->edges = NB_NEW_ARRAY(arena, uint64_t, FIRST_EDGES);
}

static void put(nb_trie *trie, uint64_t edge)
{
    uint32_t at = nb_trie_place(trie, edge >> NB_TRIE_NODE_BITS);
    while (trie->edges[at])
        at = (at + 1) & trie->edge_mask;
    trie->edges[at] = edge;
}

static void grow(nb_trie *trie)
{
    uint64_t *old = trie->edges;
    uint32_t old_count = trie->edge_mask + 1;
    trie->edge_mask = old_count * 2 - 1;
    trie->edges = NB_NEW_ARRAY(trie->arena, uint64_t, (size_t)old_count * 2);
    for (uint32_t i = 0; i < old_count; i++)
        if (old[i])
            put(trie, old[i]);
}

static int child_of(nb_trie *trie, int node, uint32_t symbol)
{
    int child = nb_trie_step(trie, node, symbol);
    if (child)
        return child;
    if (trie->node_count == MOST_NODES)
        nb_arena_fail(trie->arena);
    if ((uint32_t)trie->node_count * 2 > trie->edge_mask)
        grow(trie);
    uint64_t key = (uint64_t)node << NB_TRIE_SYMBOL_BITS | symbol;
    put(trie, key << NB_TRIE_NODE_BITS | (uint64_t)trie->node_count);
    return trie->node_count++;
}

int nb_trie_add(nb_trie *trie, const uint32_t *symbols, int count)
{
    int node = 0;
    uint64_t *bits = count == 1 ? trie->singles : trie->pairs;
    uint32_t bit = count == 1 ? symbols[0] & 0xFFFF : nb_trie_pair(symbols[0], symbols[1]);
    bits[bit >> 6] |= UINT64_C(1) << (bit & 63);
    for (int i = 0; i < count; i++)
        node = child_of(trie, node, symbols[i]);
    return node;
}
