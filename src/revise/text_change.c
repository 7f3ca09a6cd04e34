#include "revise/text_change.h"

#include "base/sequence_diff.h"
#include "base/tokens.h"
#include "revise/align.h"

enum {
    LONGEST_ISLAND = 2, /* kept characters between two changes that read better as one */
};

nb_report_change *nb_change_list_add(nb_change_list *list, nb_report_change_kind kind,
                                     const char *label)
{
    NB_GROW(list->arena, list->changes, list->count, &list->capacity);
    nb_report_change *change = &list->changes[list->count++];
    *change =
        (nb_report_change){ .kind = kind, .label = label, .old_pointer = "", .new_pointer = "" };
    return change;
}

typedef struct token_pair {
    nb_pieces old_tokens, new_tokens;
} token_pair;

static bool is_same_token(const void *context, int old_index, int new_index)
{
    const token_pair *t = context;
    return nb_string_equal(t->old_tokens.list[old_index], t->new_tokens.list[new_index]);
}

static int weight_of_token(const void *context, int old_index)
{
    const token_pair *t = context;
    return (int)nb_utf8_count(t->old_tokens.list[old_index]);
}

/* Where a token begins in its text, or the end of the last one. */
static size_t offset_of(nb_pieces tokens, int index)
{
    if (index < tokens.count)
        return (size_t)(tokens.list[index].data - tokens.list[0].data);
    const nb_string *last = tokens.count ? &tokens.list[tokens.count - 1] : NULL;
    return last ? (size_t)(last->data - tokens.list[0].data) + last->length : 0;
}

static void set_ranges(nb_report_change *change, nb_string old_text, nb_string new_text,
                       nb_arena *arena)
{
    token_pair t = { nb_tokens_of(old_text, arena), nb_tokens_of(new_text, arena) };
    nb_sequence_pair pair = { t.old_tokens.count, t.new_tokens.count, is_same_token, &t };
    nb_edits edits = nb_sequence_diff(&pair, arena);
    nb_edits_join(&edits, LONGEST_ISLAND, weight_of_token, &t);
    nb_changed_range *ranges = NB_NEW_ARRAY(arena, nb_changed_range, (size_t)edits.count + 1);
    for (int i = 0; i < edits.count; i++) {
        const nb_edit *e = &edits.list[i];
        if (e->is_same)
            continue;
        ranges[change->range_count++] =
            (nb_changed_range){ offset_of(t.old_tokens, e->old_first),
                                offset_of(t.old_tokens, e->old_first + e->old_count),
                                offset_of(t.new_tokens, e->new_first),
                                offset_of(t.new_tokens, e->new_first + e->new_count) };
    }
    change->ranges = ranges;
}

static nb_entries sentences_of(nb_string text, nb_arena *arena)
{
    static const nb_string marks = { "。！？；", sizeof "。！？；" - 1 };
    nb_pieces sentences = nb_sentences_of(text, marks, arena);
    nb_entry *list = NB_NEW_ARRAY(arena, nb_entry, (size_t)sentences.count + 1);
    for (int i = 0; i < sentences.count; i++)
        list[i] = (nb_entry){ sentences.list[i], sentences.list[i] };
    return (nb_entries){ list, sentences.count };
}

void nb_list_text_changes(nb_change_list *list, const char *label, nb_string old_text,
                          nb_string new_text)
{
    nb_arena *arena = list->arena;
    nb_entries old_sentences = sentences_of(old_text, arena);
    nb_entries new_sentences = sentences_of(new_text, arena);
    nb_alignment alignment = nb_align_entries(old_sentences, new_sentences, arena);
    for (int i = 0; i < alignment.count; i++) {
        const nb_entry_pair *pair = &alignment.pairs[i];
        if (pair->is_same)
            continue;
        nb_report_change *change = nb_change_list_add(list, NB_CHANGE_SENTENCE, label);
        nb_string before = { "", 0 }, after = { "", 0 };
        if (pair->old_index >= 0) {
            before = old_sentences.list[pair->old_index].text;
            change->old_text = nb_arena_copy(arena, before.data, before.length);
        }
        if (pair->new_index >= 0) {
            after = new_sentences.list[pair->new_index].text;
            change->new_text = nb_arena_copy(arena, after.data, after.length);
        }
        if (change->old_text && change->new_text)
            set_ranges(change, before, after, arena);
    }
}
