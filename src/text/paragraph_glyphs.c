#include "text/paragraph_glyphs.h"

#include <assert.h>

/* By which the advances of a face become units. */
typedef struct unit_scale {
    int64_t size; /* of the paragraph's characters, in units */
    int64_t upem;
} unit_scale;

typedef struct glyph_list {
    nb_glyph *glyphs;
    int count, capacity;
} glyph_list;

static unit_scale scale_for(const nb_paragraph *paragraph, const nb_face *face)
{
    return (unit_scale){ (int64_t)paragraph->size * NB_UNITS_PER_TWIP / NB_TWIP * paragraph->scale /
                             100,
                         nb_face_describe(face)->upem };
}

/* Units of a glyph's advance, as the reference device rounds it. */
static int32_t units_of(unit_scale scale, int32_t advance)
{
    return (int32_t)((advance * scale.size * 2 + scale.upem) / (scale.upem * 2));
}

static uint32_t end_offset(const nb_paragraph *paragraph, int end)
{
    return end < paragraph->count ? paragraph->characters[end].offset
                                  : (uint32_t)paragraph->text.length;
}

static void make_room(glyph_list *list, int more, nb_arena *arena)
{
    if (list->count + more <= list->capacity)
        return;
    list->capacity = (list->count + more) * 2;
    nb_glyph *grown = nb_arena_room(arena, (size_t)list->capacity * sizeof *grown);
    if (list->glyphs)
        memcpy(grown, list->glyphs, (size_t)list->count * sizeof *grown);
    list->glyphs = grown;
}

static void assign_plain(nb_paragraph *paragraph, const nb_portion *portion,
                         const nb_table_character *found, glyph_list *list)
{
    unit_scale scale = scale_for(paragraph, portion->face);
    assert(list->glyphs || portion->first == portion->end);
    int32_t advance = 0, units = 0; /* of the character before: mostly all have the same */
    for (int i = portion->first; i < portion->end; i++) {
        nb_character *character = &paragraph->characters[i];
        if (found[i].advance != advance) {
            advance = found[i].advance;
            units = units_of(scale, advance);
        }
        character->units = units;
        character->glyph = list->count;
        character->glyph_count = 1;
        list->glyphs[list->count++] = (nb_glyph){ found[i].glyph, character->offset, advance };
    }
}

/* Give the characters of one portion the glyphs that shaping made of them. */
static void assign_glyphs(nb_paragraph *paragraph, const nb_portion *portion,
                          const nb_glyph *glyphs, int first_glyph, int count)
{
    int character = portion->first;
    unit_scale scale = scale_for(paragraph, portion->face);
    for (int i = 0; i < count;) {
        uint32_t cluster = glyphs[i].cluster;
        int same = 1;
        int32_t units = units_of(scale, glyphs[i].advance);
        for (; i + same < count && glyphs[i + same].cluster == cluster; same++)
            units += units_of(scale, glyphs[i + same].advance);
        uint32_t cluster_end =
            i + same < count ? glyphs[i + same].cluster : end_offset(paragraph, portion->end);
        int end = character;
        while (end < portion->end && paragraph->characters[end].offset < cluster_end)
            end++;
        for (int k = character; k < end; k++) {
            int32_t share = (k - character + 1) * units / (end - character) -
                            (k - character) * units / (end - character);
            paragraph->characters[k].units = share;
        }
        if (end > character) {
            paragraph->characters[character].glyph = first_glyph + i;
            paragraph->characters[character].glyph_count = same;
        }
        character = end;
        i += same;
    }
}

static void shape_portion(nb_paragraph *paragraph, const nb_portion *portion, bool vertical,
                          nb_arena *arena, glyph_list *list)
{
    uint32_t from = paragraph->characters[portion->first].offset;
    uint32_t to = end_offset(paragraph, portion->end);
    nb_glyph *glyphs;
    int added;
    nb_shape(portion->face, (nb_string){ paragraph->text.data + from, to - from }, vertical, arena,
             &glyphs, &added);
    make_room(list, added, arena);
    for (int i = 0; i < added; i++) {
        glyphs[i].cluster += from;
        list->glyphs[list->count + i] = glyphs[i];
    }
    assign_glyphs(paragraph, portion, glyphs, list->count, added);
    list->count += added;
}

void nb_paragraph_shape(nb_paragraph *paragraph, const nb_table_character *found, bool vertical,
                        nb_arena *arena)
{
    glyph_list list = { 0 };
    make_room(&list, paragraph->count, arena);
    for (int i = 0; i < paragraph->portion_count; i++) {
        const nb_portion *portion = &paragraph->portions[i];
        if (!portion->face)
            continue;
        if (portion->is_plain && !vertical) {
            make_room(&list, portion->end - portion->first, arena);
            assign_plain(paragraph, portion, found, &list);
        } else {
            shape_portion(paragraph, portion, vertical, arena, &list);
        }
    }
    paragraph->glyphs = list.glyphs;
}
