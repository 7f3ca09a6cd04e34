#include "base/tokens.h"

#include <stdlib.h>

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

/* Letters of alphabets, whose words stay whole; Chinese characters stand each for itself. */
static bool is_letter(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) || (c >= 0x370 && c <= 0x52F);
}

static uint32_t peek(const char *at, const char *end)
{
    return at < end ? nb_utf8_next(&at, end) : 0;
}

/* The end of the token that begins at a byte before end. */
static const char *token_end(const char *at, const char *end)
{
    uint32_t first = nb_utf8_next(&at, end);
    if (!is_digit(first) && !is_letter(first))
        return at;
    bool is_number = is_digit(first);
    while (at < end) {
        const char *next = at;
        uint32_t c = nb_utf8_next(&next, end);
        bool joins = (c == '.' || c == ',') && is_number && is_digit(peek(next, end));
        if (!is_digit(c) && !is_letter(c) && !joins)
            break;
        is_number = is_number && !is_letter(c);
        at = next;
    }
    return is_number && peek(at, end) == '%' ? at + 1 : at;
}

static void add_piece(nb_pieces *pieces, int *capacity, const char *first, const char *end,
                      nb_arena *arena)
{
    NB_GROW(arena, pieces->list, pieces->count, capacity);
    pieces->list[pieces->count++] = (nb_string){ first, (size_t)(end - first) };
}

nb_pieces nb_tokens_of(nb_string text, nb_arena *arena)
{
    nb_pieces pieces = { NULL, 0 };
    int capacity = 0;
    const char *end = text.data + text.length;
    for (const char *at = text.data; at < end;) {
        const char *next = token_end(at, end);
        add_piece(&pieces, &capacity, at, next, arena);
        at = next;
    }
    return pieces;
}

static bool is_in(nb_string set, uint32_t c)
{
    const char *at = set.data, *end = set.data + set.length;
    while (at < end)
        if (nb_utf8_next(&at, end) == c)
            return true;
    return false;
}

nb_pieces nb_sentences_of(nb_string text, nb_string marks, nb_arena *arena)
{
    static const nb_string closing = { "”’）》】)\"'", sizeof "”’）》】)\"'" - 1 };
    nb_pieces pieces = { NULL, 0 };
    int capacity = 0;
    const char *first = text.data, *end = text.data + text.length;
    for (const char *at = first; at < end;) {
        bool is_end = is_in(marks, nb_utf8_next(&at, end));
        while (is_end && at < end && (is_in(marks, peek(at, end)) || is_in(closing, peek(at, end))))
            nb_utf8_next(&at, end);
        if (is_end || at == end) {
            add_piece(&pieces, &capacity, first, at, arena);
            first = at;
        }
    }
    return pieces;
}

bool nb_is_unseen(uint32_t c)
{
    return nb_is_blank_character(c) || c == 0xAD || (c >= 0x200C && c <= 0x200F) || c == 0x2060;
}

nb_string nb_squeezed(nb_arena *arena, nb_string text)
{
    char *copy = nb_arena_alloc(arena, text.length + 1), *to = copy;
    if (text.length == 0) /* which may have no bytes to point to */
        return (nb_string){ copy, 0 };
    const char *at = text.data, *end = text.data + text.length;
    while (at < end) {
        const char *start = at;
        if (nb_is_unseen(nb_utf8_next(&at, end)))
            continue;
        memcpy(to, start, (size_t)(at - start));
        to += at - start;
    }
    return (nb_string){ copy, (size_t)(to - copy) };
}

static int by_value(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return (left > right) - (left < right);
}

nb_character_pairs nb_character_pairs_of(nb_string text, nb_arena *arena)
{
    nb_character_pairs pairs = { NB_NEW_ARRAY(arena, uint64_t, text.length + 1), 0 };
    uint32_t before = 0;
    for (const char *at = text.data, *end = at + text.length; at < end;) {
        uint32_t c = nb_utf8_next(&at, end);
        pairs.list[pairs.count++] = (uint64_t)before << 32 | c;
        before = c;
    }
    qsort(pairs.list, (size_t)pairs.count, sizeof *pairs.list, by_value);
    return pairs;
}

int nb_likeness_of(const nb_character_pairs *a, const nb_character_pairs *b)
{
    int64_t shared = 0;
    for (int i = 0, j = 0; i < a->count && j < b->count;) {
        int order = by_value(&a->list[i], &b->list[j]);
        shared += order == 0;
        i += order <= 0;
        j += order >= 0;
    }
    return a->count + b->count ? (int)(2000 * shared / (a->count + b->count)) : 1000;
}
