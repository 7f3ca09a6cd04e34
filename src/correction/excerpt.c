#include "correction/excerpt.h"

#include "base/buffer.h"
#include "base/tokens.h"

/* In characters. */
enum {
    SHORT_ENOUGH = 60, /* a text that is shown whole */
    CONTEXT = 14,      /* of what was kept, on either side of a change */
    LONGEST_END = 50,  /* of what changed, at either end */
    LONGEST_TEXT = 1 << 20
};

static bool is_shown(const nb_span *span, nb_change side)
{
    return span->change == NB_KEPT || span->change == side;
}

static void add_line(nb_buffer *out, nb_string words)
{
    for (size_t i = 0; i < words.length; i++)
        if (words.data[i] != '\n')
            nb_buffer_byte(out, (unsigned char)words.data[i]);
}

/* The bytes of the tokens that make up the first (or last) characters, at least that many. */
static size_t bytes_of_first(nb_pieces tokens, size_t characters)
{
    size_t bytes = 0, count = 0;
    for (int i = 0; i < tokens.count && count < characters; i++) {
        bytes += tokens.list[i].length;
        count += nb_utf8_count(tokens.list[i]);
    }
    return bytes;
}

static bool is_pause(nb_string token)
{
    static const char *const pauses[] = { "，", "、", "；", "：", "。" };
    for (size_t i = 0; i < sizeof pauses / sizeof pauses[0]; i++)
        if (nb_string_is(token, pauses[i]))
            return true;
    return false;
}

/* They do not begin with a mark of the words that are left out. */
static size_t bytes_of_last(nb_pieces tokens, size_t characters)
{
    size_t bytes = 0, count = 0;
    int first = tokens.count;
    while (first > 0 && count < characters)
        count += nb_utf8_count(tokens.list[--first]);
    while (first < tokens.count && is_pause(tokens.list[first]))
        first++;
    for (int i = first; i < tokens.count; i++)
        bytes += tokens.list[i].length;
    return bytes;
}

/* The words with at most so many characters at the start and at the end; 0: none there. */
static void add_shortened(nb_buffer *out, nb_string words, size_t at_start, size_t at_end,
                          nb_arena *arena)
{
    if (nb_utf8_count(words) <= at_start + at_end + 2) {
        add_line(out, words);
        return;
    }
    nb_pieces tokens = nb_tokens_of(words, arena);
    size_t head = bytes_of_first(tokens, at_start), tail = bytes_of_last(tokens, at_end);
    if (head + tail >= words.length) {
        add_line(out, words);
        return;
    }
    add_line(out, (nb_string){ words.data, head });
    nb_buffer_text(out, "……");
    add_line(out, (nb_string){ words.data + words.length - tail, tail });
}

nb_string nb_change_excerpt(const nb_span *spans, int count, nb_change side, nb_arena *arena)
{
    nb_buffer *out = nb_buffer_new(arena, LONGEST_TEXT);
    size_t characters = 0;
    int first = count, last = -1;
    for (int i = 0; i < count; i++) {
        characters += is_shown(&spans[i], side) ? nb_utf8_count(spans[i].text) : 0;
        if (spans[i].change != NB_KEPT) {
            first = i < first ? i : first;
            last = i;
        }
    }
    for (int i = 0; i < count; i++) {
        nb_string words = spans[i].text;
        if (!is_shown(&spans[i], side))
            continue;
        if (characters <= SHORT_ENOUGH)
            add_line(out, words);
        else if (spans[i].change != NB_KEPT)
            add_shortened(out, words, LONGEST_END, LONGEST_END, arena);
        else
            add_shortened(out, words, i > first ? CONTEXT : 0, i < last ? CONTEXT : 0, arena);
    }
    return (nb_string){ nb_arena_copy(arena, out->data, out->length), out->length };
}
