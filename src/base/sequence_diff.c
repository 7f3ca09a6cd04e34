#include "base/sequence_diff.h"

/* Entries that a search may remove and add before it settles for less than the shortest. */
enum { MOST_CHANGES = 1024, MOST_MATCHED = 250000 };

/*
 * A search. Old and new are the axes of a grid on which a path leads from corner to corner: right
 * for a removal, down for an addition, aslant where entries are the same. forward[d] and backward[d]
 * say how far right the paths from either corner have come on the diagonal old - new = d.
 */
typedef struct searching {
    const nb_sequence_pair *pair;
    int *forward, *backward;
    bool *is_removed, *is_added;
} searching;

/* A part of the grid. */
typedef struct box {
    int old_first, old_end;
    int new_first, new_end;
} box;

/* Diagonals that the paths from one corner have reached. */
typedef struct reach {
    int first, last;
} reach;

typedef struct point {
    int old_at, new_at;
} point;

static bool is_same(const searching *s, int old_at, int new_at)
{
    return s->pair->is_same(s->pair->context, old_at, new_at);
}

/* One more diagonal on either side, or one fewer where the box ends; ends holds what is beyond. */
static void widen(reach *reached, const box *b, int *ends, int beyond)
{
    if (reached->first > b->old_first - b->new_end) {
        reached->first--;
        ends[reached->first - 1] = beyond;
    } else {
        reached->first++;
    }
    if (reached->last < b->old_end - b->new_first) {
        reached->last++;
        ends[reached->last + 1] = beyond;
    } else {
        reached->last--;
    }
}

/* Take every path from the first corner one change further; true where one meets another. */
static bool step_forward(searching *s, const box *b, reach *own, const reach *other, bool meets,
                         point *middle)
{
    widen(own, b, s->forward, -1);
    for (int d = own->last; d >= own->first; d -= 2) {
        int left = s->forward[d - 1], above = s->forward[d + 1];
        int old_at = left < above ? above : left + 1, new_at = old_at - d;
        while (old_at < b->old_end && new_at < b->new_end && is_same(s, old_at, new_at)) {
            old_at++;
            new_at++;
        }
        s->forward[d] = old_at;
        if (meets && d >= other->first && d <= other->last && s->backward[d] <= old_at) {
            *middle = (point){ old_at, new_at };
            return true;
        }
    }
    return false;
}

static bool step_backward(searching *s, const box *b, reach *own, const reach *other, bool meets,
                          point *middle)
{
    widen(own, b, s->backward, INT32_MAX);
    for (int d = own->last; d >= own->first; d -= 2) {
        int below = s->backward[d - 1], right = s->backward[d + 1];
        int old_at = below < right ? below : right - 1, new_at = old_at - d;
        while (old_at > b->old_first && new_at > b->new_first &&
               is_same(s, old_at - 1, new_at - 1)) {
            old_at--;
            new_at--;
        }
        s->backward[d] = old_at;
        if (meets && d >= other->first && d <= other->last && old_at <= s->forward[d]) {
            *middle = (point){ old_at, new_at };
            return true;
        }
    }
    return false;
}

/* The point that a path from the first corner has come furthest to. */
static point furthest(const searching *s, const box *b, const reach *reached)
{
    point best = { b->old_first, b->new_first };
    for (int d = reached->last; d >= reached->first; d -= 2) {
        int old_at = s->forward[d] < b->old_end ? s->forward[d] : b->old_end;
        int new_at = old_at - d;
        if (new_at > b->new_end) {
            new_at = b->new_end;
            old_at = new_at + d;
        }
        if (old_at + new_at > best.old_at + best.new_at)
            best = (point){ old_at, new_at };
    }
    return best;
}

/* A point that the shortest path goes through, or a good one when that is too far to look for. */
static point find_middle(searching *s, const box *b)
{
    int from = b->old_first - b->new_first, to = b->old_end - b->new_end;
    bool is_odd = ((from - to) & 1) != 0;
    reach forward = { from, from }, backward = { to, to };
    point middle;
    s->forward[from] = b->old_first;
    s->backward[to] = b->old_end;
    for (int changes = 0; changes < MOST_CHANGES; changes++) {
        if (step_forward(s, b, &forward, &backward, is_odd, &middle) ||
            step_backward(s, b, &backward, &forward, !is_odd, &middle))
            return middle;
    }
    return furthest(s, b, &forward);
}

static void compare(searching *s, box b)
{
    for (;;) {
        while (b.old_first < b.old_end && b.new_first < b.new_end &&
               is_same(s, b.old_first, b.new_first)) {
            b.old_first++;
            b.new_first++;
        }
        while (b.old_first < b.old_end && b.new_first < b.new_end &&
               is_same(s, b.old_end - 1, b.new_end - 1)) {
            b.old_end--;
            b.new_end--;
        }
        if (b.old_first == b.old_end || b.new_first == b.new_end)
            break;
        point middle = find_middle(s, &b);
        box left = { b.old_first, middle.old_at, b.new_first, middle.new_at };
        box right = { middle.old_at, b.old_end, middle.new_at, b.new_end };
        bool left_is_smaller = middle.old_at - b.old_first + middle.new_at - b.new_first <
                               b.old_end - middle.old_at + b.new_end - middle.new_at;
        /* The larger half goes on in this call, so that calls nest no deeper than log2. */
        compare(s, left_is_smaller ? left : right);
        b = left_is_smaller ? right : left;
    }
    for (int i = b.old_first; i < b.old_end; i++)
        s->is_removed[i] = true;
    for (int i = b.new_first; i < b.new_end; i++)
        s->is_added[i] = true;
}

static nb_edits collect(const searching *s, nb_arena *arena)
{
    const nb_sequence_pair *pair = s->pair;
    nb_edits edits = { NULL, 0 };
    int capacity = 0, old_at = 0, new_at = 0;
    while (old_at < pair->old_count || new_at < pair->new_count) {
        nb_edit edit = { .old_first = old_at, .new_first = new_at };
        edit.is_same = !s->is_removed[old_at] && !s->is_added[new_at];
        if (edit.is_same) {
            while (old_at < pair->old_count && !s->is_removed[old_at] && !s->is_added[new_at]) {
                old_at++;
                new_at++;
            }
        } else {
            while (old_at < pair->old_count && s->is_removed[old_at])
                old_at++;
            while (new_at < pair->new_count && s->is_added[new_at])
                new_at++;
        }
        edit.old_count = old_at - edit.old_first;
        edit.new_count = new_at - edit.new_first;
        NB_GROW(arena, edits.list, edits.count, &capacity);
        edits.list[edits.count++] = edit;
    }
    return edits;
}

nb_edits nb_sequence_diff(const nb_sequence_pair *pair, nb_arena *arena)
{
    size_t old_count = (size_t)pair->old_count, new_count = (size_t)pair->new_count;
    size_t diagonals = old_count + new_count + 3;
    searching s = { .pair = pair };
    /* The diagonals run from -(new_count + 1) to old_count + 1. */
    s.forward = NB_NEW_ARRAY(arena, int, 2 * diagonals) + new_count + 1;
    s.backward = s.forward + diagonals;
    s.is_removed = NB_NEW_ARRAY(arena, bool, old_count + 1);
    s.is_added = NB_NEW_ARRAY(arena, bool, new_count + 1);
    compare(&s, (box){ 0, pair->old_count, 0, pair->new_count });
    return collect(&s, arena);
}

static int weight_of_range(int first, int count, int (*weight_of)(const void *context, int index),
                           const void *context)
{
    int weight = weight_of ? 0 : count;
    for (int i = first; weight_of && i < first + count; i++)
        weight += weight_of(context, i);
    return weight;
}

static int most(int a, int b)
{
    return a > b ? a : b;
}

void nb_edits_join(nb_edits *edits, int most_weight,
                   int (*weight_of)(const void *context, int old_index), const void *context)
{
    int kept = 0;
    for (int i = 0; i < edits->count; i++) {
        nb_edit *last = kept ? &edits->list[kept - 1] : NULL, edit = edits->list[i];
        bool parts_changes = edit.is_same && last && i + 1 < edits->count;
        int weight =
            parts_changes ? weight_of_range(edit.old_first, edit.old_count, weight_of, context) : 0;
        if (parts_changes && weight <= most_weight &&
            weight < most(last->old_count, last->new_count) &&
            weight < most(edits->list[i + 1].old_count, edits->list[i + 1].new_count)) {
            /* The stretch and the change after it go into the change before. */
            const nb_edit *next = &edits->list[++i];
            last->old_count = next->old_first + next->old_count - last->old_first;
            last->new_count = next->new_first + next->new_count - last->new_first;
        } else {
            edits->list[kept++] = edit;
        }
    }
    edits->count = kept;
}

int *nb_sequence_match(int old_count, int new_count, int least,
                       int (*likeness)(const void *context, int old_index, int new_index),
                       const void *context, nb_arena *arena)
{
    int *partners = NB_NEW_ARRAY(arena, int, (size_t)old_count + 1);
    size_t width = (size_t)new_count + 1;
    for (int i = 0; i <= old_count; i++)
        partners[i] = -1;
    if (old_count == 0 || new_count == 0 || (int64_t)old_count * new_count > MOST_MATCHED)
        return partners;
    /* best[i][j]: the most that the entries from i and j on can add up to. */
    int *likenesses = NB_NEW_ARRAY(arena, int, (size_t)old_count *width);
    int *best = NB_NEW_ARRAY(arena, int, (size_t)(old_count + 1) * width);
    for (int i = old_count - 1; i >= 0; i--)
        for (int j = new_count - 1; j >= 0; j--) {
            size_t at = (size_t)i * width + (size_t)j;
            int alike = likenesses[at] = likeness(context, i, j);
            best[at] = most(best[at + width], best[at + 1]);
            if (alike >= least)
                best[at] = most(best[at], alike + best[at + width + 1]);
        }
    for (int i = 0, j = 0; i < old_count && j < new_count;) {
        size_t at = (size_t)i * width + (size_t)j;
        if (likenesses[at] >= least && best[at] == likenesses[at] + best[at + width + 1])
            partners[i++] = j++;
        else if (best[at] == best[at + width])
            i++;
        else
            j++;
    }
    return partners;
}
