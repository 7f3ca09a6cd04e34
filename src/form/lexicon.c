#include "form/lexicon.h"

/* Words as paths from node 0. Edges are hashed by node and symbol: most symbols begin no word. */
typedef struct edge {
    uint32_t symbol;
    int from;
    int to; /* 0: no edge */
} edge;

struct nb_lexicon {
    nb_arena *arena;
    nb_word *words;
    int word_count, word_capacity;
    int *ends; /* by node: the word that ends there, or -1 */
    int node_count, node_capacity;
    edge *edges;
    uint32_t edge_mask; /* their number is a power of 2 */
};

enum { FIRST_EDGES = 1 << 10 };

nb_lexicon *nb_lexicon_new(nb_arena *arena)
{
    nb_lexicon *lexicon = NB_NEW(arena, nb_lexicon);
    lexicon->arena = arena;
    NB_GROW(arena, lexicon->ends, 0, &lexicon->node_capacity);
    lexicon->ends[0] = -1;
    lexicon->node_count = 1;
    lexicon->edges = NB_NEW_ARRAY(arena, edge, FIRST_EDGES);
    lexicon->edge_mask = FIRST_EDGES - 1;
    return lexicon;
}

/* The edge, or the free place where it belongs. */
static edge *edge_at(const nb_lexicon *lexicon, int from, uint32_t symbol)
{
    uint32_t at = ((uint32_t)from * 0x9E3779B1u) ^ (symbol * 0x85EBCA6Bu);
    for (at ^= at >> 15;; at++) {
        edge *found = &lexicon->edges[at & lexicon->edge_mask];
        if (found->to == 0 || (found->from == from && found->symbol == symbol))
            return found;
    }
}

static void grow_edges(nb_lexicon *lexicon)
{
    edge *old = lexicon->edges;
    uint32_t old_count = lexicon->edge_mask + 1;
    lexicon->edge_mask = old_count * 2 - 1;
    lexicon->edges = NB_NEW_ARRAY(lexicon->arena, edge, (size_t)old_count * 2);
    for (uint32_t i = 0; i < old_count; i++)
        if (old[i].to != 0)
            *edge_at(lexicon, old[i].from, old[i].symbol) = old[i];
}

static int child_of(nb_lexicon *lexicon, int node, uint32_t symbol)
{
    edge *found = edge_at(lexicon, node, symbol);
    if (found->to != 0)
        return found->to;
    NB_GROW(lexicon->arena, lexicon->ends, lexicon->node_count, &lexicon->node_capacity);
    lexicon->ends[lexicon->node_count] = -1;
    *found = (edge){ symbol, node, lexicon->node_count++ };
    int child = found->to;
    if ((uint32_t)lexicon->node_count * 2 > lexicon->edge_mask)
        grow_edges(lexicon);
    return child;
}

uint32_t nb_lexicon_symbol(uint32_t c)
{
    if (c >= 0xFF01 && c <= 0xFF5E)
        c -= 0xFEE0;
    switch (c) {
    case ' ':
    case '\t':
    case 0xA0:
    case 0x3000:
    case '"':
    case '\'':
    case 0x2018:
    case 0x2019:
    case 0x201C:
    case 0x201D:
        return NB_SYMBOL_NONE;
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
    case 0x301C:
    case '~':
        return '-';
    default:
        return c;
    }
}

/* The symbol of a name in braces at *at, which is moved past it; 0 when there is none. */
static uint32_t named_symbol(const char **at, const char *end)
{
    static const struct {
        const char *name;
        uint32_t symbol;
    } names[] = {
        { "{year}", NB_SYMBOL_YEAR },
        { "{last_year}", NB_SYMBOL_LAST_YEAR },
        { "{next_year}", NB_SYMBOL_NEXT_YEAR },
        { "{other_year}", NB_SYMBOL_OTHER_YEAR },
        { "{year_start}", NB_SYMBOL_YEAR_START },
        { "{year_end}", NB_SYMBOL_YEAR_END },
        { "{date}", NB_SYMBOL_DATE },
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        size_t length = strlen(names[i].name);
        if ((size_t)(end - *at) >= length && memcmp(*at, names[i].name, length) == 0) {
            *at += length;
            return names[i].symbol;
        }
    }
    return 0;
}

nb_word *nb_lexicon_add(nb_lexicon *lexicon, nb_string text, nb_word_use use)
{
    int node = 0;
    for (const char *at = text.data, *end = at + text.length; at < end;) {
        bool is_name = *at == '{';
        uint32_t symbol =
            is_name ? named_symbol(&at, end) : nb_lexicon_symbol(nb_utf8_next(&at, end));
        if (is_name && symbol == 0)
            return NULL;
        if (symbol != NB_SYMBOL_NONE)
            node = child_of(lexicon, node, symbol);
    }
    if (node == 0)
        return NULL;
    if (lexicon->ends[node] < 0) {
        NB_GROW(lexicon->arena, lexicon->words, lexicon->word_count, &lexicon->word_capacity);
        lexicon->ends[node] = lexicon->word_count;
        lexicon->words[lexicon->word_count++] = (nb_word){ .text = text, .use = use };
    }
    return &lexicon->words[lexicon->ends[node]];
}

int nb_lexicon_count(const nb_lexicon *lexicon)
{
    return lexicon->word_count;
}

const nb_word *nb_lexicon_word(const nb_lexicon *lexicon, int word)
{
    return &lexicon->words[word];
}

int nb_lexicon_match(const nb_lexicon *lexicon, const uint32_t *symbols, int count, int *length)
{
    int word = -1, node = 0;
    for (int i = 0; i < count; i++) {
        node = edge_at(lexicon, node, symbols[i])->to;
        if (node == 0)
            break;
        if (lexicon->ends[node] >= 0) {
            word = lexicon->ends[node];
            *length = i + 1;
        }
    }
    return word;
}
