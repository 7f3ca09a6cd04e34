#include "layout/text_stock.h"

#include <stdatomic.h>
#include <stdlib.h>

/*
 * A form has some hundred labels; what else comes is numbers. A text kept takes half a kilobyte to
 * two, and no more are taken when the slots are half full.
 */
enum { SLOTS = 8192, MOST_TEXTS = SLOTS / 2, LONGEST_TEXT = 128 /* bytes */ };

/* All that it points to stands behind it in one piece of memory. */
typedef struct entry {
    uint64_t hash;
    nb_text_key key;
    nb_kept_text kept;
} entry;

struct nb_text_stock {
    _Atomic(entry *) slots[SLOTS];
    atomic_int count;
};

nb_text_stock *nb_text_stock_new(void)
{
    return calloc(1, sizeof(nb_text_stock));
}

void nb_text_stock_drop(nb_text_stock *stock)
{
    for (int i = 0; stock && i < SLOTS; i++)
        free(stock->slots[i]);
    free(stock);
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 32;
}

static uint64_t hash_of(const nb_text_key *key)
{
    uint64_t hash = mix(key->text.length, (uintptr_t)key->style);
    hash = mix(hash, (uint64_t)key->width << 16 ^ (uint64_t)key->scale << 1 ^ key->vertical);
    for (size_t at = 0; at < key->text.length; at += sizeof(uint64_t)) {
        uint64_t word = 0;
        size_t left = key->text.length - at;
        memcpy(&word, key->text.data + at, left < sizeof word ? left : sizeof word);
        hash = mix(hash, word);
    }
    return hash;
}

static bool is_same(const nb_text_key *a, const nb_text_key *b)
{
    return nb_string_equal(a->text, b->text) && a->style == b->style &&
           a->page_style == b->page_style && a->width == b->width &&
           a->left_indent == b->left_indent && a->first_line_indent == b->first_line_indent &&
           a->scale == b->scale && a->vertical == b->vertical && strcmp(a->role, b->role) == 0;
}

const nb_kept_text *nb_text_stock_lookup(const nb_text_stock *stock, const nb_text_key *key)
{
    uint64_t hash = hash_of(key);
    for (size_t slot = hash % SLOTS;; slot = (slot + 1) % SLOTS) {
        const entry *at = atomic_load_explicit(&stock->slots[slot], memory_order_acquire);
        if (!at)
            return NULL;
        if (at->hash == hash && is_same(&at->key, key))
            return &at->kept;
    }
}

/* Memory handed out from one piece; without a piece it only counts how much is wanted. */
typedef struct piece {
    char *base;
    size_t used;
} piece;

static void *copy(piece *p, const void *from, size_t size)
{
    void *to = p->base ? p->base + p->used : NULL;
    if (to && size)
        memcpy(to, from, size);
    p->used += (size + _Alignof(max_align_t) - 1) / _Alignof(max_align_t) * _Alignof(max_align_t);
    return to;
}
#define COPY(piece, from, count) copy(piece, from, (size_t)(count) * sizeof *(from))

static nb_paragraph *copy_paragraph(piece *p, const nb_paragraph *from)
{
    nb_paragraph made = *from;
    int glyph_count = 0;
    for (int i = 0; i < from->count; i++)
        glyph_count += from->characters[i].glyph_count;
    made.text.data = COPY(p, from->text.data, from->text.length);
    made.characters = COPY(p, from->characters, from->count);
    made.portions = COPY(p, from->portions, from->portion_count);
    made.glyphs = COPY(p, from->glyphs, glyph_count);
    return COPY(p, &made, 1);
}

/* A run's text is a part of its paragraph's. */
static nb_glyph_run copy_run(piece *p, const nb_glyph_run *from, const nb_paragraph *old,
                             const nb_paragraph *made)
{
    nb_glyph_run run = *from;
    run.glyphs = COPY(p, from->glyphs, from->glyph_count);
    if (made)
        run.text.data = made->text.data + (from->text.data - old->text.data);
    return run;
}

static nb_placed_line copy_placed(piece *p, const nb_placed_line *from, const nb_paragraph *old,
                                  const nb_paragraph *made)
{
    nb_placed_line line = *from;
    nb_glyph_run *runs = COPY(p, from->runs, from->run_count);
    for (int i = 0; i < from->run_count; i++) {
        nb_glyph_run run = copy_run(p, &from->runs[i], old, made);
        if (runs)
            runs[i] = run;
    }
    line.runs = runs;
    return line;
}

static nb_kept_text copy_kept(piece *p, const nb_kept_text *from)
{
    nb_kept_text kept = *from;
    const nb_paragraph *paragraph = copy_paragraph(p, from->paragraph);
    nb_placed_line *placed = COPY(p, from->placed, from->line_count);
    kept.paragraph = paragraph;
    kept.lines = COPY(p, from->lines, from->line_count);
    kept.placed = placed;
    for (int i = 0; i < from->line_count; i++) {
        nb_placed_line line = copy_placed(p, &from->placed[i], from->paragraph, paragraph);
        if (placed)
            placed[i] = line;
    }
    return kept;
}

static entry *copy_entry(piece *p, const nb_text_key *key, const nb_kept_text *made)
{
    entry e = { hash_of(key), *key, { 0 } };
    entry *kept = COPY(p, &e, 1);
    e.key.text.data = COPY(p, key->text.data, key->text.length);
    e.key.role = copy(p, key->role, strlen(key->role) + 1);
    e.kept = copy_kept(p, made);
    if (kept)
        *kept = e;
    return kept;
}

static bool can_be_kept(const nb_text_key *key, const nb_kept_text *made)
{
    const nb_page_style *style = key->page_style;
    if (key->text.length > LONGEST_TEXT || key->style < style->styles ||
        key->style >= style->styles + style->style_count)
        return false;
    for (int i = 0; i < made->line_count; i++)
        if (made->lines[i].fitted)
            return false;
    return true;
}

const nb_kept_text *nb_text_stock_keep(nb_text_stock *stock, const nb_text_key *key,
                                       const nb_kept_text *made)
{
    if (atomic_load(&stock->count) >= MOST_TEXTS || !can_be_kept(key, made))
        return NULL;
    piece p = { 0 };
    copy_entry(&p, key, made);
    p = (piece){ .base = malloc(p.used) };
    if (!p.base)
        return NULL;
    entry *kept = copy_entry(&p, key, made);
    atomic_fetch_add(&stock->count, 1);
    for (size_t slot = kept->hash % SLOTS;; slot = (slot + 1) % SLOTS) {
        entry *there = NULL;
        if (atomic_compare_exchange_strong_explicit(&stock->slots[slot], &there, kept,
                                                    memory_order_acq_rel, memory_order_acquire))
            return &kept->kept;
    }
}
