#include "form/needs.h"

#include "form/pattern_words.h"
#include "form/trie.h"

enum { MOST_CHOICES = NB_NEED_WORDS * 64, MOST_OF_PATTERN = 6, ENOUGH = 2 };

struct nb_needs {
    nb_arena *arena;
    nb_pattern_words *words;
    nb_string everyday;
    nb_trie trie;
    nb_need *ends; /* by node of the trie: the choices of which a string ends there */
    int end_count, end_capacity;
    nb_string known[MOST_CHOICES]; /* the choices, each as its strings joined by NULs */
    int known_count;
};

nb_needs *nb_needs_new(nb_string everyday, nb_arena *arena)
{
    nb_needs *needs = NB_NEW(arena, nb_needs);
    needs->arena = arena;
    needs->everyday = everyday;
    needs->words = nb_pattern_words_new(arena);
    nb_trie_begin(&needs->trie, arena);
    return needs;
}

/* The strings joined, to tell whether a choice is known already. */
static nb_string joined(const nb_needs *n, nb_word_choice choice)
{
    size_t length = 0, at = 0;
    for (int i = 0; i < choice.count; i++)
        length += choice.strings[i].length + 1u;
    char *out = nb_arena_alloc(n->arena, length + 1);
    for (int i = 0; i < choice.count; i++) {
        const nb_literal *each = &choice.strings[i];
        memcpy(out + at, each->bytes, each->length);
        at += each->length + 1u;
    }
    return (nb_string){ out, length };
}

static void add_string(nb_needs *n, const nb_literal *string, int bit)
{
    const char *at = string->bytes, *end = at + string->length;
    uint32_t symbols[NB_LONGEST_LITERAL];
    int count = 0;
    while (at < end)
        symbols[count++] = nb_utf8_next(&at, end);
    int node = nb_trie_add(&n->trie, symbols, count);
    while (n->end_count < n->trie.node_count) {
        NB_GROW(n->arena, n->ends, n->end_count, &n->end_capacity);
        n->end_count++;
    }
    n->ends[node].bits[bit / 64] |= UINT64_C(1) << bit % 64;
}

/* The bit of a choice; -1 when there is none left. */
static int bit_of(nb_needs *n, nb_word_choice choice)
{
    nb_string text = joined(n, choice);
    for (int i = 0; i < n->known_count; i++)
        if (nb_string_equal(text, n->known[i]))
            return i;
    if (n->known_count == MOST_CHOICES)
        return -1;
    n->known[n->known_count] = text;
    for (int i = 0; i < choice.count; i++)
        add_string(n, &choice.strings[i], n->known_count);
    return n->known_count++;
}

/*
 * Whether looking for a choice pays: not where one of its strings is in nearly every text, nor a single
 * character beside longer strings.
 */
static bool tells_much(const nb_needs *n, nb_word_choice choice, int others)
{
    for (int i = 0; i < choice.count; i++) {
        const nb_literal *each = &choice.strings[i];
        nb_string text = { each->bytes, each->length };
        bool is_single = nb_utf8_prefix(text, 1).length == text.length;
        char word[NB_LONGEST_LITERAL + 1] = "";
        memcpy(word, text.data, text.length);
        if (is_single ? others >= ENOUGH : nb_string_find(n->everyday, word) != SIZE_MAX)
            return false;
    }
    return true;
}

nb_need nb_needs_add(nb_needs *n, nb_string pattern)
{
    nb_need out = { { 0 } };
    nb_word_choice choices[MOST_OF_PATTERN];
    int count = nb_pattern_words_needed(n->words, pattern, MOST_OF_PATTERN, choices);
    for (int i = 0, taken = 0; i < count; i++) {
        int bit = tells_much(n, choices[i], taken) ? bit_of(n, choices[i]) : -1;
        if (bit < 0)
            continue;
        taken++;
        out.bits[bit / 64] |= UINT64_C(1) << bit % 64;
    }
    return out;
}

static void follow(const nb_needs *n, uint32_t symbol, const char *at, const char *end,
                   nb_need *met)
{
    for (int node = nb_trie_step(&n->trie, 0, symbol); node;) {
        for (int i = 0; i < NB_NEED_WORDS; i++)
            met->bits[i] |= n->ends[node].bits[i];
        node = at < end ? nb_trie_step(&n->trie, node, nb_utf8_next(&at, end)) : 0;
    }
}

nb_need nb_needs_met(const nb_needs *n, nb_string text)
{
    nb_need met = { { 0 } };
    const char *at = text.data, *end = at + text.length;
    uint32_t next = n && at < end ? nb_utf8_next(&at, end) : 0;
    /* No character of a text is 0. */
    while (next) {
        uint32_t symbol = next;
        const char *after = at;
        next = at < end ? nb_utf8_next(&at, end) : 0;
        if (nb_trie_may_start(&n->trie, symbol, next))
            follow(n, symbol, after, end, &met);
    }
    return met;
}
