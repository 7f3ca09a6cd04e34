#include "correction/merge.h"

#include "base/sequence_diff.h"
#include "base/tokens.h"

enum {
    LEAST_LIKENESS = 400, /* of two sentences that are compared word by word */
    LEAST_KEPT = 350,     /* of 1000: what must be kept of them, or else all is replaced */
    LONGEST_ISLAND = 2,   /* characters between two changes that are made one */
};

/* A text's characters in one piece, with the role of each. */
typedef struct flat_text {
    const nb_text *text;
    nb_string words;
} flat_text;

/* A sentence or token of a flat text. */
typedef struct piece {
    nb_string words;
    size_t offset;
} piece;

typedef struct merging {
    flat_text old_text, new_text;
    nb_arena *arena;
    nb_merged_spans *out;
    int barrier; /* spans before it belong to another change, and are not lengthened */
} merging;

/* Two lists that are compared, and the whole texts that they are from. */
typedef struct comparing {
    const merging *m;
    const piece *old_pieces, *new_pieces;
    const nb_character_pairs *old_pairs, *new_pairs;
} comparing;

nb_string nb_text_joined(const nb_text *text, nb_arena *arena)
{
    size_t length = 0;
    for (int i = 0; i < text->span_count; i++)
        length += text->spans[i].text.length;
    char *words = nb_arena_alloc(arena, length + 1), *to = words;
    for (int i = 0; i < text->span_count; i++)
        if (text->spans[i].text.length) {
            memcpy(to, text->spans[i].text.data, text->spans[i].text.length);
            to += text->spans[i].text.length;
        }
    return (nb_string){ words, length };
}

static flat_text flatten(const nb_text *text, nb_arena *arena)
{
    return (flat_text){ text, nb_text_joined(text, arena) };
}

/* The role at an offset of the text, and in *end where the span of that role ends. */
static const char *role_at(const nb_text *text, size_t offset, size_t *end)
{
    size_t at = 0;
    for (int i = 0; i < text->span_count; i++) {
        at += text->spans[i].text.length;
        if (offset < at) {
            *end = at;
            return text->spans[i].role;
        }
    }
    *end = SIZE_MAX;
    return text->style->role;
}

/* Append a range of a text, a span for each role; what goes on from the last span lengthens it. */
static void add_range(merging *m, const flat_text *from, size_t first, size_t end, nb_change change)
{
    nb_merged_spans *out = m->out;
    while (first < end) {
        size_t role_end;
        const char *role = role_at(from->text, first, &role_end);
        size_t stop = role_end < end ? role_end : end;
        nb_string words = { from->words.data + first, stop - first };
        nb_span *last = out->span_count > m->barrier ? &out->spans[out->span_count - 1] : NULL;
        if (last && last->change == change && strcmp(last->role, role) == 0 &&
            last->text.data + last->text.length == words.data) {
            last->text.length += words.length;
        } else {
            NB_GROW(m->arena, out->spans, out->span_count, &out->span_capacity);
            out->spans[out->span_count++] = (nb_span){ words, role, change };
        }
        first = stop;
    }
}

static void begin_change(merging *m)
{
    nb_merged_spans *out = m->out;
    NB_GROW(m->arena, out->changes, out->change_count, &out->change_capacity);
    out->changes[out->change_count++] = (nb_span_range){ out->span_count, out->span_count };
    m->barrier = out->span_count;
}

static void end_change(merging *m)
{
    m->out->changes[m->out->change_count - 1].end = m->out->span_count;
    m->barrier = m->out->span_count;
}

static piece *placed(nb_pieces pieces, size_t offset, nb_arena *arena)
{
    piece *list = NB_NEW_ARRAY(arena, piece, (size_t)pieces.count + 1);
    for (int i = 0; i <= pieces.count; i++) {
        list[i].offset = offset;
        if (i < pieces.count) {
            list[i].words = pieces.list[i];
            offset += pieces.list[i].length;
        }
    }
    return list;
}

/* Two pieces have the same characters in the same faces. */
static bool is_same_piece(const void *context, int old_index, int new_index)
{
    const comparing *c = context;
    const piece *a = &c->old_pieces[old_index], *b = &c->new_pieces[new_index];
    if (!nb_string_equal(a->words, b->words))
        return false;
    for (size_t at = 0; at < a->words.length;) {
        size_t old_end, new_end;
        if (strcmp(role_at(c->m->old_text.text, a->offset + at, &old_end),
                   role_at(c->m->new_text.text, b->offset + at, &new_end)) != 0)
            return false;
        old_end -= a->offset;
        new_end -= b->offset;
        at = old_end < new_end ? old_end : new_end;
    }
    return true;
}

static int weight_of_token(const void *context, int old_index)
{
    const comparing *c = context;
    return (int)nb_utf8_count(c->old_pieces[old_index].words);
}

/* Sentence against sentence, by tokens; both replaced whole when little is kept of them. */
static void merge_sentence(merging *m, const piece *old_sentence, const piece *new_sentence)
{
    nb_pieces old_tokens = nb_tokens_of(old_sentence->words, m->arena);
    nb_pieces new_tokens = nb_tokens_of(new_sentence->words, m->arena);
    comparing c = { .m = m,
                    .old_pieces = placed(old_tokens, old_sentence->offset, m->arena),
                    .new_pieces = placed(new_tokens, new_sentence->offset, m->arena) };
    nb_sequence_pair pair = { old_tokens.count, new_tokens.count, is_same_piece, &c };
    nb_edits edits = nb_sequence_diff(&pair, m->arena);
    int kept = 0;
    nb_edits_join(&edits, LONGEST_ISLAND, weight_of_token, &c);
    for (int i = 0; i < edits.count; i++)
        kept += edits.list[i].is_same ? edits.list[i].old_count : 0;
    if (2000 * (int64_t)kept < (int64_t)LEAST_KEPT * (old_tokens.count + new_tokens.count)) {
        edits.count = 1;
        edits.list[0] = (nb_edit){ false, 0, old_tokens.count, 0, new_tokens.count };
    }
    for (int i = 0; i < edits.count; i++) {
        const nb_edit *e = &edits.list[i];
        size_t old_first = c.old_pieces[e->old_first].offset;
        size_t old_end = c.old_pieces[e->old_first + e->old_count].offset;
        size_t new_first = c.new_pieces[e->new_first].offset;
        size_t new_end = c.new_pieces[e->new_first + e->new_count].offset;
        if (e->is_same) {
            add_range(m, &m->new_text, new_first, new_end, NB_KEPT);
        } else {
            add_range(m, &m->old_text, old_first, old_end, NB_DELETED);
            add_range(m, &m->new_text, new_first, new_end, NB_INSERTED);
        }
    }
}

static int sentence_likeness(const void *context, int old_index, int new_index)
{
    const comparing *c = context;
    return nb_likeness_of(&c->old_pairs[old_index], &c->new_pairs[new_index]);
}

static const nb_character_pairs *pairs_of(const piece *pieces, int count, nb_arena *arena)
{
    nb_character_pairs *pairs = NB_NEW_ARRAY(arena, nb_character_pairs, (size_t)count + 1);
    for (int i = 0; i < count; i++)
        pairs[i] = nb_character_pairs_of(pieces[i].words, arena);
    return pairs;
}

/* Sentences without a partner, the old before the new, are one change. */
static void add_unpaired(merging *m, const piece *old_pieces, int old_count,
                         const piece *new_pieces, int new_count)
{
    if (old_count + new_count == 0)
        return;
    begin_change(m);
    add_range(m, &m->old_text, old_pieces->offset, old_pieces[old_count].offset, NB_DELETED);
    add_range(m, &m->new_text, new_pieces->offset, new_pieces[new_count].offset, NB_INSERTED);
    end_change(m);
}

/* Sentences that became others. */
static void merge_sentences(merging *m, const piece *old_pieces, int old_count,
                            const piece *new_pieces, int new_count)
{
    comparing c = { .old_pairs = pairs_of(old_pieces, old_count, m->arena),
                    .new_pairs = pairs_of(new_pieces, new_count, m->arena) };
    const int *partners =
        nb_sequence_match(old_count, new_count, LEAST_LIKENESS, sentence_likeness, &c, m->arena);
    int old_at = 0, new_at = 0;
    for (int i = 0; i < old_count; i++) {
        int partner = partners[i];
        if (partner < 0)
            continue;
        add_unpaired(m, old_pieces + old_at, i - old_at, new_pieces + new_at, partner - new_at);
        begin_change(m);
        merge_sentence(m, &old_pieces[i], &new_pieces[partner]);
        end_change(m);
        old_at = i + 1;
        new_at = partner + 1;
    }
    add_unpaired(m, old_pieces + old_at, old_count - old_at, new_pieces + new_at,
                 new_count - new_at);
}

nb_merged_spans nb_merge_texts(const nb_text *old_text, const nb_text *new_text, nb_string marks,
                               nb_arena *arena)
{
    nb_merged_spans merged = { 0 };
    merging m = { flatten(old_text, arena), flatten(new_text, arena), arena, &merged, 0 };
    nb_pieces old_sentences = nb_sentences_of(m.old_text.words, marks, arena);
    nb_pieces new_sentences = nb_sentences_of(m.new_text.words, marks, arena);
    comparing c = { .m = &m,
                    .old_pieces = placed(old_sentences, 0, arena),
                    .new_pieces = placed(new_sentences, 0, arena) };
    nb_sequence_pair pair = { old_sentences.count, new_sentences.count, is_same_piece, &c };
    nb_edits edits = nb_sequence_diff(&pair, arena);
    for (int i = 0; i < edits.count; i++) {
        const nb_edit *e = &edits.list[i];
        if (e->is_same)
            add_range(&m, &m.new_text, c.new_pieces[e->new_first].offset,
                      c.new_pieces[e->new_first + e->new_count].offset, NB_KEPT);
        else
            merge_sentences(&m, c.old_pieces + e->old_first, e->old_count,
                            c.new_pieces + e->new_first, e->new_count);
    }
    return merged;
}

nb_merged_spans nb_replace_text(const nb_text *old_text, const nb_text *new_text, nb_arena *arena)
{
    nb_merged_spans merged = { 0 };
    merging m = { .arena = arena, .out = &merged };
    begin_change(&m);
    if (old_text) {
        m.old_text = flatten(old_text, arena);
        add_range(&m, &m.old_text, 0, m.old_text.words.length, NB_DELETED);
    }
    if (new_text) {
        m.new_text = flatten(new_text, arena);
        add_range(&m, &m.new_text, 0, m.new_text.words.length, NB_INSERTED);
    }
    end_change(&m);
    return merged;
}

bool nb_texts_equal(const nb_text *a, const nb_text *b)
{
    if (a->span_count != b->span_count)
        return false;
    for (int i = 0; i < a->span_count; i++)
        if (!nb_string_equal(a->spans[i].text, b->spans[i].text) ||
            strcmp(a->spans[i].role, b->spans[i].role) != 0)
            return false;
    return true;
}
