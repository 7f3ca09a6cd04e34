/* A text that was edited as it is shown, written with the names of values again. */
#include "base/buffer.h"
#include "base/sequence_diff.h"
#include "base/tokens.h"
#include "form/wording.h"
#include "merge/merging.h"

typedef struct token_pair {
    nb_pieces old_tokens, new_tokens;
    const char *old_text, *new_text;
    nb_edits edits;
} token_pair;

static bool is_same_token(const void *context, int old_index, int new_index)
{
    const token_pair *pair = context;
    return nb_string_equal(pair->old_tokens.list[old_index], pair->new_tokens.list[new_index]);
}

/* Where the token begins that has this index, or the text ends. */
static size_t offset_of(const nb_pieces *tokens, const char *text, int index)
{
    if (index < tokens->count)
        return (size_t)(tokens->list[index].data - text);
    return index == 0
               ? 0
               : (size_t)(tokens->list[index - 1].data - text) + tokens->list[index - 1].length;
}

/*
 * Where a place between two tokens of the old text is in the new one; -1: it is inside of what
 * changed. Beside words that were put in there, a beginning is after them and an end before.
 */
static int64_t place_in_new(const token_pair *pair, size_t offset, bool is_end)
{
    int64_t found = -1;
    for (int i = 0; i < pair->edits.count; i++) {
        const nb_edit *e = &pair->edits.list[i];
        size_t first = offset_of(&pair->old_tokens, pair->old_text, e->old_first);
        size_t end = offset_of(&pair->old_tokens, pair->old_text, e->old_first + e->old_count);
        size_t new_first = offset_of(&pair->new_tokens, pair->new_text, e->new_first);
        size_t new_end = offset_of(&pair->new_tokens, pair->new_text, e->new_first + e->new_count);
        int64_t here = -1;
        if (e->is_same && offset >= first && offset <= end)
            here = (int64_t)(new_first + (offset - first));
        else if (!e->is_same && e->old_count == 0 && offset == first)
            here = (int64_t)(is_end ? new_first : new_end);
        else if (!e->is_same && offset == first)
            here = (int64_t)new_first;
        else if (!e->is_same && offset == end)
            here = (int64_t)new_end;
        if (here >= 0 && (found < 0 || !is_end))
            found = here;
    }
    return found;
}

static void add_string(nb_buffer *out, nb_string text)
{
    nb_buffer_add(out, text.data, text.length);
}

static nb_string slice(nb_string text, size_t first, size_t end)
{
    return (nb_string){ text.data + first, end - first };
}

nb_string nb_merge_words(nb_report *old_report, nb_report *new_report, nb_string words,
                         nb_string shown, nb_arena *arena)
{
    nb_wording was = nb_report_wording(old_report, words, arena);
    nb_wording is = nb_report_wording(new_report, words, arena);
    if (nb_string_equal(nb_squeezed(arena, is.text), nb_squeezed(arena, shown)))
        return words;
    token_pair pair = { nb_tokens_of(was.text, arena),
                        nb_tokens_of(shown, arena),
                        was.text.data,
                        shown.data,
                        { NULL, 0 } };
    nb_sequence_pair tokens = { pair.old_tokens.count, pair.new_tokens.count, is_same_token,
                                &pair };
    pair.edits = nb_sequence_diff(&tokens, arena);
    nb_buffer *out = nb_buffer_new(arena, SIZE_MAX / 4);
    size_t done = 0;
    for (int i = 0; i < was.part_count && i < is.part_count; i++) {
        const nb_wording_part *part = &was.parts[i], *now = &is.parts[i];
        int64_t first = place_in_new(&pair, part->start, false);
        int64_t end = place_in_new(&pair, part->end, true);
        if (first < (int64_t)done || end <= first || part->fault != NB_WORDING_GOOD)
            continue;
        nb_string here = slice(shown, (size_t)first, (size_t)end);
        if (!nb_string_equal(here, slice(was.text, part->start, part->end)) &&
            !nb_string_equal(here, slice(is.text, now->start, now->end)))
            continue;
        add_string(out, nb_wording_escaped(slice(shown, done, (size_t)first), arena));
        add_string(out, slice(words, part->source, part->source_end));
        done = (size_t)end;
    }
    add_string(out, nb_wording_escaped(slice(shown, done, shown.length), arena));
    return (nb_string){ (const char *)out->data, out->length };
}
