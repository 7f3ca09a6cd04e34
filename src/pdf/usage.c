#include "pdf/usage.h"

/* The slot that holds the glyph, or the free one where it belongs. There is always a free one. */
static nb_pdf_slot *find_slot(const nb_pdf_face *face, uint32_t id)
{
    uint32_t mask = (uint32_t)face->capacity * 2 - 1;
    uint32_t at = ((id * 2654435769u) >> 7) & mask;
    while (face->slots[at].place && face->slots[at].id != id)
        at = (at + 1) & mask;
    return &face->slots[at];
}

/* Double the room for glyphs; the table of slots is always twice as large. */
static void grow(nb_pdf_usage *usage, nb_pdf_face *face)
{
    nb_pdf_glyph **old = face->glyphs;
    enum { FEW = 128 };
    int added = face->capacity ? face->capacity : FEW;
    face->capacity += added;
    face->unused = NB_NEW_ARRAY(usage->arena, nb_pdf_glyph, (size_t)added);
    face->glyphs = NB_NEW_ARRAY(usage->arena, nb_pdf_glyph *, (size_t)face->capacity);
    face->slots = NB_NEW_ARRAY(usage->arena, nb_pdf_slot, (size_t)face->capacity * 2);
    for (int i = 0; i < face->glyph_count; i++) {
        face->glyphs[i] = old[i];
        *find_slot(face, old[i]->id) = (nb_pdf_slot){ old[i]->id, (uint32_t)i + 1 };
    }
}

/* The glyph's place among the face's. */
static uint32_t add_glyph(nb_pdf_usage *usage, nb_pdf_face *face, uint32_t id)
{
    nb_pdf_slot *slot = find_slot(face, id);
    if (slot->place)
        return slot->place - 1;
    if (face->glyph_count == face->capacity) {
        grow(usage, face);
        slot = find_slot(face, id);
    }
    nb_pdf_glyph *glyph = face->unused++;
    glyph->id = id;
    face->glyphs[face->glyph_count++] = glyph;
    *slot = (nb_pdf_slot){ id, (uint32_t)face->glyph_count };
    return slot->place - 1;
}

/* Most texts are a hanzi, of three bytes. */
static inline bool is_text(nb_string a, nb_string b)
{
    if (a.length == 3 && b.length == 3)
        return a.data[0] == b.data[0] && a.data[1] == b.data[1] && a.data[2] == b.data[2];
    return nb_string_equal(a, b);
}

/* The text's place among the glyph's readings. */
static uint32_t add_reading(nb_pdf_usage *usage, nb_pdf_face *face, nb_pdf_glyph *glyph,
                            nb_string text)
{
    int place = 0;
    nb_pdf_reading **at = &glyph->readings;
    for (; *at; at = &(*at)->next, place++)
        if (is_text((*at)->text, text))
            return (uint32_t)place;
    *at = place == 0 ? &glyph->first : NB_NEW(usage->arena, nb_pdf_reading);
    (*at)->text = text;
    if (face->reading_count <= place)
        face->reading_count = place + 1;
    return (uint32_t)place;
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

/* Returns where the next run's glyphs go. */
static nb_pdf_shown *read_run(nb_pdf_usage *usage, const nb_glyph_run *run, nb_pdf_shown *shown)
{
    if (run->glyph_count == 0)
        return shown;
    nb_pdf_face *face = add_face(usage, run->face);
    for (nb_cluster cluster = { 0 }; nb_run_next_cluster(run, &cluster);) {
        for (int i = 0; i < cluster.count; i++, shown++) {
            uint32_t place = add_glyph(usage, face, run->glyphs[cluster.first + i].id);
            nb_pdf_glyph *glyph = face->glyphs[place];
            *shown = (nb_pdf_shown){ .glyph = place };
            if (!nb_pdf_cluster_is_replaced(&cluster))
                shown->reading = add_reading(usage, face, glyph, cluster.text);
            else if (glyph->part_of.length == 0)
                glyph->part_of = cluster.text;
        }
    }
    return shown;
}

/* By the lower byte, then, keeping that order, by the upper one. */
void nb_pdf_sort_glyphs(nb_pdf_glyph **glyphs, int count, uint16_t (*key)(const nb_pdf_glyph *),
                        nb_arena *arena)
{
    enum { KEY_SHIFT = 16 }; /* above a place: there are no more than 65536 glyphs in a face */
    nb_pdf_glyph **unsorted = NB_NEW_ARRAY(arena, nb_pdf_glyph *, (size_t)count);
    uint32_t *from = NB_NEW_ARRAY(arena, uint32_t, 2 * (size_t)count), *to = from + count;
    for (int i = 0; i < count; i++) {
        unsorted[i] = glyphs[i];
        from[i] = (uint32_t)key(glyphs[i]) << KEY_SHIFT | (uint32_t)i;
    }
    for (int shift = KEY_SHIFT; shift < KEY_SHIFT + 16; shift += 8) {
        int ends[257] = { 0 };
        for (int i = 0; i < count; i++)
            ends[(from[i] >> shift & 255) + 1]++;
        for (int byte = 1; byte < 257; byte++)
            ends[byte] += ends[byte - 1];
        for (int i = 0; i < count; i++)
            to[ends[from[i] >> shift & 255]++] = from[i];
        uint32_t *swapped = from;
        from = to;
        to = swapped;
    }
    for (int i = 0; i < count; i++)
        glyphs[i] = unsorted[from[i] & ((1u << KEY_SHIFT) - 1)];
}

/* PDF/A-3u wants a text for every glyph, also where /ActualText overrides it. */
static void finish_face(nb_pdf_usage *usage, nb_pdf_face *face)
{
    for (int i = 0; i < face->glyph_count; i++)
        if (!face->glyphs[i]->readings)
            add_reading(usage, face, face->glyphs[i], face->glyphs[i]->part_of);
}

static size_t count_glyphs(const nb_pages *pages)
{
    size_t count = 0;
    for (int i = 0; i < pages->count; i++)
        for (int j = 0; j < pages->pages[i].item_count; j++)
            if (pages->pages[i].items[j].kind == NB_ITEM_RUN)
                count += (size_t)pages->pages[i].items[j].as.run.glyph_count;
    return count;
}

nb_pdf_usage *nb_pdf_usage_of(const nb_pages *pages, nb_arena *arena)
{
    nb_pdf_usage *usage = NB_NEW(arena, nb_pdf_usage);
    usage->arena = arena;
    usage->shown = nb_arena_room(arena, count_glyphs(pages) * sizeof *usage->shown);
    usage->page_starts = NB_NEW_ARRAY(arena, size_t, (size_t)pages->count);
    nb_pdf_shown *shown = usage->shown;
    for (int i = 0; i < pages->count; i++) {
        usage->page_starts[i] = (size_t)(shown - usage->shown);
        for (int j = 0; j < pages->pages[i].item_count; j++)
            if (pages->pages[i].items[j].kind == NB_ITEM_RUN)
                shown = read_run(usage, &pages->pages[i].items[j].as.run, shown);
    }
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
