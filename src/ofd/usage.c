#include "ofd/usage.h"

#include <assert.h>
#include <stdlib.h>

/* A set of code points or glyph ids, in pages of bits that are made when they are first needed. */
enum { PAGE_BITS = 4096, PAGE_WORDS = PAGE_BITS / 64, SET_PAGES = 0x110000 / PAGE_BITS };

typedef struct number_set {
    uint64_t *pages[SET_PAGES];
} number_set;

/* What is collected for a face before its lists are made. */
typedef struct collected_face {
    nb_ofd_face out;
    number_set glyphs, code_points;
    int capacity; /* of out.characters */
} collected_face;

typedef struct collecting {
    nb_arena *arena;
    collected_face **faces;
    int count;
} collecting;

/* Whether the number is new to the set. */
static bool add_number(number_set *set, uint32_t number, nb_arena *arena)
{
    assert(number / PAGE_BITS < SET_PAGES);
    uint64_t **page = &set->pages[number / PAGE_BITS];
    if (!*page)
        *page = NB_NEW_ARRAY(arena, uint64_t, PAGE_WORDS);
    uint64_t *word = &(*page)[number % PAGE_BITS / 64];
    uint64_t bit = UINT64_C(1) << number % 64;
    bool is_new = !(*word & bit);
    *word |= bit;
    return is_new;
}

static bool has_number(const number_set *set, uint32_t number)
{
    const uint64_t *page = set->pages[number / PAGE_BITS];
    return page && page[number % PAGE_BITS / 64] >> number % 64 & 1;
}

bool nb_ofd_cluster_next(const nb_glyph_run *run, nb_ofd_cluster *cluster)
{
    nb_cluster next = { cluster->first, cluster->count, cluster->text };
    if (!nb_run_next_cluster(run, &next))
        return false;
    const char *at = next.text.data;
    assert(next.text.length > 0);
    *cluster = (nb_ofd_cluster){ .first = next.first, .count = next.count, .text = next.text };
    cluster->code_point = nb_utf8_next(&at, at + next.text.length);
    cluster->characters = (int)nb_utf8_count(next.text);
    cluster->is_plain =
        cluster->count == 1 && cluster->characters == 1 && cluster->code_point < 0x10000;
    return true;
}

static collected_face *face_of(collecting *c, const nb_face *face)
{
    for (int i = 0; i < c->count; i++)
        if (c->faces[i]->out.face == face)
            return c->faces[i];
    /* A report has a handful of faces. */
    collected_face **faces = NB_NEW_ARRAY(c->arena, collected_face *, (size_t)c->count + 1);
    for (int i = 0; i < c->count; i++)
        faces[i] = c->faces[i];
    collected_face *added = NB_NEW(c->arena, collected_face);
    added->out.face = face;
    faces[c->count++] = added;
    c->faces = faces;
    return added;
}

static void add_character(collecting *c, collected_face *face, uint32_t code_point, uint32_t glyph)
{
    nb_ofd_face *out = &face->out;
    if (code_point == NB_UTF8_INVALID || !add_number(&face->code_points, code_point, c->arena))
        return;
    if (out->character_count == face->capacity) {
        nb_ofd_character *old = out->characters;
        face->capacity = face->capacity ? face->capacity * 2 : 256;
        out->characters = NB_NEW_ARRAY(c->arena, nb_ofd_character, (size_t)face->capacity);
        for (int i = 0; i < out->character_count; i++)
            out->characters[i] = old[i];
    }
    out->characters[out->character_count++] = (nb_ofd_character){ code_point, glyph };
}

static void read_run(collecting *c, const nb_glyph_run *run)
{
    if (run->glyph_count == 0)
        return;
    collected_face *face = face_of(c, run->face);
    for (nb_ofd_cluster cluster = { 0 }; nb_ofd_cluster_next(run, &cluster);) {
        for (int i = cluster.first; i < cluster.first + cluster.count; i++)
            face->out.glyph_count += add_number(&face->glyphs, run->glyphs[i].id, c->arena);
        if (cluster.count == 1 && cluster.characters == 1)
            add_character(c, face, cluster.code_point, run->glyphs[cluster.first].id);
    }
}

static int compare_code_points(const void *a, const void *b)
{
    uint32_t first = ((const nb_ofd_character *)a)->code_point;
    uint32_t second = ((const nb_ofd_character *)b)->code_point;
    return (first > second) - (first < second);
}

static void finish_face(collecting *c, collected_face *face)
{
    nb_ofd_face *out = &face->out;
    int count = 0;
    out->glyphs = NB_NEW_ARRAY(c->arena, uint32_t, (size_t)out->glyph_count);
    for (uint32_t page = 0; page < SET_PAGES; page++)
        for (uint32_t bit = 0; face->glyphs.pages[page] && bit < PAGE_BITS; bit++)
            if (has_number(&face->glyphs, page * PAGE_BITS + bit))
                out->glyphs[count++] = page * PAGE_BITS + bit;
    if (out->character_count > 0)
        qsort(out->characters, (size_t)out->character_count, sizeof *out->characters,
              compare_code_points);
}

nb_ofd_usage nb_ofd_usage_of(const nb_pages *pages, nb_arena *arena)
{
    collecting c = { .arena = arena };
    for (int i = 0; i < pages->count; i++)
        for (int j = 0; j < pages->pages[i].item_count; j++)
            if (pages->pages[i].items[j].kind == NB_ITEM_RUN)
                read_run(&c, &pages->pages[i].items[j].as.run);
    nb_ofd_usage usage = { NB_NEW_ARRAY(arena, nb_ofd_face, (size_t)c.count), c.count };
    for (int i = 0; i < c.count; i++) {
        finish_face(&c, c.faces[i]);
        usage.faces[i] = c.faces[i]->out;
    }
    return usage;
}

const nb_ofd_face *nb_ofd_usage_face(const nb_ofd_usage *usage, const nb_face *face)
{
    int i = 0;
    while (i + 1 < usage->face_count && usage->faces[i].face != face)
        i++;
    assert(usage->faces[i].face == face);
    return &usage->faces[i];
}

int nb_ofd_face_index(const nb_ofd_face *face, uint32_t glyph)
{
    int low = 0, high = face->glyph_count - 1;
    while (low < high) {
        int middle = (low + high) / 2;
        if (face->glyphs[middle] < glyph)
            low = middle + 1;
        else
            high = middle;
    }
    assert(face->glyphs[low] == glyph);
    return low;
}
