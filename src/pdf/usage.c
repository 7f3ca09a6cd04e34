#include "pdf/usage.h"

#include <assert.h>

bool nb_pdf_cluster_is_replaced(const nb_cluster *cluster)
{
    return cluster->count > 1 || cluster->text.length == 0;
}

/* The slot that holds the glyph, or the free one where it belongs. There is always a free one. */
static uint32_t *find_slot(const nb_pdf_face *face, uint32_t id)
{
    uint32_t mask = (uint32_t)face->capacity * 2 - 1;
    uint32_t at = ((id * 2654435769u) >> 7) & mask;
    while (face->slots[at] && face->by_use[face->slots[at] - 1]->id != id)
        at = (at + 1) & mask;
    return &face->slots[at];
}

/* Double the room for glyphs; the table of slots is always twice as large. */
static void grow(nb_pdf_usage *usage, nb_pdf_face *face)
{
    nb_pdf_glyph **old = face->by_use;
    face->capacity = face->capacity ? face->capacity * 2 : 256;
    face->by_use = NB_NEW_ARRAY(usage->arena, nb_pdf_glyph *, (size_t)face->capacity);
    face->slots = NB_NEW_ARRAY(usage->arena, uint32_t, (size_t)face->capacity * 2);
    for (int i = 0; i < face->glyph_count; i++) {
        face->by_use[i] = old[i];
        *find_slot(face, old[i]->id) = (uint32_t)i + 1;
    }
}

static nb_pdf_glyph *add_glyph(nb_pdf_usage *usage, nb_pdf_face *face, uint32_t id)
{
    uint32_t *slot = find_slot(face, id);
    if (*slot)
        return face->by_use[*slot - 1];
    if (face->glyph_count == face->capacity) {
        grow(usage, face);
        slot = find_slot(face, id);
    }
    nb_pdf_glyph *glyph = NB_NEW(usage->arena, nb_pdf_glyph);
    glyph->id = id;
    face->by_use[face->glyph_count++] = glyph;
    *slot = (uint32_t)face->glyph_count;
    return glyph;
}

static void add_reading(nb_pdf_usage *usage, nb_pdf_face *face, nb_pdf_glyph *glyph, nb_string text)
{
    int place = 1;
    nb_pdf_reading **at = &glyph->readings;
    for (; *at; at = &(*at)->next, place++)
        if (nb_string_equal((*at)->text, text))
            return;
    *at = NB_NEW(usage->arena, nb_pdf_reading);
    (*at)->text = text;
    if (face->reading_count < place)
        face->reading_count = place;
}

static nb_pdf_face *find_face(const nb_pdf_usage *usage, const nb_face *face)
{
    for (int i = 0; i < usage->face_count; i++)
        if (usage->faces[i]->face == face)
            return usage->faces[i];
    return NULL;
}

static nb_pdf_face *add_face(nb_pdf_usage *usage, const nb_face *face)
{
    nb_pdf_face *found = find_face(usage, face);
    if (found)
        return found;
    /* A report has a handful of faces. */
    nb_pdf_face **faces = NB_NEW_ARRAY(usage->arena, nb_pdf_face *, (size_t)usage->face_count + 1);
    for (int i = 0; i < usage->face_count; i++)
        faces[i] = usage->faces[i];
    found = NB_NEW(usage->arena, nb_pdf_face);
    found->face = face;
    grow(usage, found);
    faces[usage->face_count++] = found;
    usage->faces = faces;
    return found;
}

static void read_run(nb_pdf_usage *usage, const nb_glyph_run *run)
{
    if (run->glyph_count == 0)
        return;
    nb_pdf_face *face = add_face(usage, run->face);
    for (nb_cluster cluster = { 0 }; nb_run_next_cluster(run, &cluster);) {
        for (int i = 0; i < cluster.count; i++) {
            nb_pdf_glyph *glyph = add_glyph(usage, face, run->glyphs[cluster.first + i].id);
            if (!nb_pdf_cluster_is_replaced(&cluster))
                add_reading(usage, face, glyph, cluster.text);
            else if (glyph->part_of.length == 0)
                glyph->part_of = cluster.text;
        }
    }
}

/* By the lower byte, then, keeping that order, by the upper one. */
void nb_pdf_sort_glyphs(nb_pdf_glyph **glyphs, int count, uint16_t (*key)(const nb_pdf_glyph *),
                        nb_arena *arena)
{
    nb_pdf_glyph **from = glyphs;
    nb_pdf_glyph **to = NB_NEW_ARRAY(arena, nb_pdf_glyph *, (size_t)count);
    for (int shift = 0; shift < 16; shift += 8) {
        int ends[257] = { 0 };
        for (int i = 0; i < count; i++)
            ends[(key(from[i]) >> shift & 255) + 1]++;
        for (int byte = 1; byte < 257; byte++)
            ends[byte] += ends[byte - 1];
        for (int i = 0; i < count; i++)
            to[ends[key(from[i]) >> shift & 255]++] = from[i];
        nb_pdf_glyph **swapped = from;
        from = to;
        to = swapped;
    }
}

/* There are no more than 65536 glyphs in a face. */
static uint16_t id_of(const nb_pdf_glyph *glyph)
{
    return (uint16_t)glyph->id;
}

static void finish_face(nb_pdf_usage *usage, nb_pdf_face *face)
{
    face->glyphs = NB_NEW_ARRAY(usage->arena, nb_pdf_glyph *, (size_t)face->glyph_count);
    for (int i = 0; i < face->glyph_count; i++) {
        /* PDF/A-3u wants a text for every glyph, also where /ActualText overrides it. */
        if (!face->by_use[i]->readings)
            add_reading(usage, face, face->by_use[i], face->by_use[i]->part_of);
        face->glyphs[i] = face->by_use[i];
    }
    nb_pdf_sort_glyphs(face->glyphs, face->glyph_count, id_of, usage->arena);
}

nb_pdf_usage *nb_pdf_usage_of(const nb_pages *pages, nb_arena *arena)
{
    nb_pdf_usage *usage = NB_NEW(arena, nb_pdf_usage);
    usage->arena = arena;
    for (int i = 0; i < pages->count; i++)
        for (int j = 0; j < pages->pages[i].item_count; j++)
            if (pages->pages[i].items[j].kind == NB_ITEM_RUN)
                read_run(usage, &pages->pages[i].items[j].as.run);
    int fonts = 0;
    for (int i = 0; i < usage->face_count; i++) {
        finish_face(usage, usage->faces[i]);
        usage->faces[i]->first_font = fonts + 1;
        fonts += usage->faces[i]->reading_count;
    }
    return usage;
}

const nb_pdf_face *nb_pdf_usage_face(const nb_pdf_usage *usage, const nb_face *face)
{
    return find_face(usage, face);
}

const nb_pdf_glyph *nb_pdf_face_glyph(const nb_pdf_face *face, uint32_t id)
{
    uint32_t slot = *find_slot(face, id);
    assert(slot);
    return face->by_use[slot - 1];
}

int nb_pdf_glyph_reading(const nb_pdf_glyph *glyph, nb_string text)
{
    int place = 0;
    for (const nb_pdf_reading *at = glyph->readings; at; at = at->next, place++)
        if (nb_string_equal(at->text, text))
            return place;
    return 0;
}
