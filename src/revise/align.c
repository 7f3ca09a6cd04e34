#include "revise/align.h"

#include "base/sequence_diff.h"
#include "base/tokens.h"

enum { LEAST_LIKENESS = 350 }; /* of 1000, for one text to have become the other */

typedef struct aligning {
    nb_entries old_entries, new_entries;
    const nb_character_pairs *old_pairs, *new_pairs; /* of a stretch */
    nb_alignment *out;
    int capacity;
    nb_arena *arena;
} aligning;

static bool is_same(const void *context, int old_index, int new_index)
{
    const aligning *a = context;
    return nb_string_equal(a->old_entries.list[old_index].bytes,
                           a->new_entries.list[new_index].bytes);
}

static int likeness(const void *context, int old_index, int new_index)
{
    const aligning *a = context;
    return nb_likeness_of(&a->old_pairs[old_index], &a->new_pairs[new_index]);
}

static void add_pair(aligning *a, int old_index, int new_index, bool same)
{
    NB_GROW(a->arena, a->out->pairs, a->out->count, &a->capacity);
    a->out->pairs[a->out->count++] = (nb_entry_pair){ old_index, new_index, same };
}

static const nb_character_pairs *pairs_of(const nb_entry *entries, int count, nb_arena *arena)
{
    nb_character_pairs *pairs = NB_NEW_ARRAY(arena, nb_character_pairs, (size_t)count + 1);
    for (int i = 0; i < count; i++)
        pairs[i] = nb_character_pairs_of(entries[i].text, arena);
    return pairs;
}

static void add_unpaired(aligning *a, int old_first, int old_end, int new_first, int new_end)
{
    for (int i = old_first; i < old_end; i++)
        add_pair(a, i, -1, false);
    for (int i = new_first; i < new_end; i++)
        add_pair(a, -1, i, false);
}

/* Entries that became others, were removed and added. */
static void align_changed(aligning *a, const nb_edit *e)
{
    int old_at = e->old_first, old_end = e->old_first + e->old_count;
    int new_at = e->new_first, new_end = e->new_first + e->new_count;
    if (e->old_count == 1 && e->new_count == 1) {
        add_pair(a, old_at, new_at, false);
        return;
    }
    a->old_pairs = pairs_of(a->old_entries.list + e->old_first, e->old_count, a->arena);
    a->new_pairs = pairs_of(a->new_entries.list + e->new_first, e->new_count, a->arena);
    const int *partners =
        nb_sequence_match(e->old_count, e->new_count, LEAST_LIKENESS, likeness, a, a->arena);
    for (int i = 0; i < e->old_count; i++) {
        if (partners[i] < 0)
            continue;
        add_unpaired(a, old_at, e->old_first + i, new_at, e->new_first + partners[i]);
        old_at = e->old_first + i;
        new_at = e->new_first + partners[i];
        add_pair(a, old_at++, new_at++, false);
    }
    add_unpaired(a, old_at, old_end, new_at, new_end);
}

nb_alignment nb_align_entries(nb_entries old_entries, nb_entries new_entries, nb_arena *arena)
{
    nb_alignment alignment = { NULL, 0 };
    aligning a = {
        .old_entries = old_entries, .new_entries = new_entries, .out = &alignment, .arena = arena
    };
    nb_sequence_pair pair = { old_entries.count, new_entries.count, is_same, &a };
    nb_edits edits = nb_sequence_diff(&pair, arena);
    for (int i = 0; i < edits.count; i++) {
        const nb_edit *e = &edits.list[i];
        if (!e->is_same)
            align_changed(&a, e);
        for (int k = 0; e->is_same && k < e->old_count; k++)
            add_pair(&a, e->old_first + k, e->new_first + k, true);
    }
    return alignment;
}
