#include "form/lexicon.h"

struct nb_lexicon {
    nb_arena *arena;
    nb_word *words;
    int word_count, word_capacity;
    int *ends; /* by node of the trie: the word that ends there, or -1 */
    int end_count, end_capacity;
    nb_trie trie;
};

nb_lexicon *nb_lexicon_new(nb_arena *arena)
{
    nb_lexicon *lexicon = NB_NEW(arena, nb_lexicon);
    lexicon->arena = arena;
    nb_trie_begin(&lexicon->trie, arena);
    return lexicon;
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
    uint32_t *symbols = NB_NEW_ARRAY(lexicon->arena, uint32_t, text.length);
    int count = 0;
    for (const char *at = text.data, *end = at + text.length; at < end;) {
        bool is_name = *at == '{';
        uint32_t symbol =
            is_name ? named_symbol(&at, end) : nb_lexicon_symbol(nb_utf8_next(&at, end));
        if (is_name && symbol == 0)
            return NULL;
        if (symbol != NB_SYMBOL_NONE)
            symbols[count++] = symbol;
    }
    if (count == 0)
        return NULL;
    int node = nb_trie_add(&lexicon->trie, symbols, count);
    while (lexicon->end_count < lexicon->trie.node_count) {
        NB_GROW(lexicon->arena, lexicon->ends, lexicon->end_count, &lexicon->end_capacity);
        lexicon->ends[lexicon->end_count++] = -1;
    }
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

const nb_trie *nb_lexicon_trie(const nb_lexicon *lexicon)
{
    return &lexicon->trie;
}

int nb_lexicon_match(const nb_lexicon *lexicon, const uint32_t *symbols, int count, int *length)
{
    int word = -1, node = 0;
    for (int i = 0; i < count; i++) {
        node = nb_trie_step(&lexicon->trie, node, symbols[i]);
        if (node == 0)
            break;
        if (lexicon->ends[node] >= 0) {
            word = lexicon->ends[node];
            *length = i + 1;
        }
    }
    return word;
}
