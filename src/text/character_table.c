#include "text/character_table.h"

#include "text/face.h"
#include <hb-ot.h>
#include <stdlib.h>

typedef struct range {
    uint32_t first, last;
} range;

static bool in_ranges(uint32_t code_point, const range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (code_point <= ranges[i].last)
            return code_point >= ranges[i].first;
    return false;
}
#define IN(code_point, ranges) in_ranges(code_point, ranges, sizeof(ranges) / sizeof *(ranges))

/* Spaces that shaping makes out of U+0020 when the face lacks them. */
static bool is_space(uint32_t code_point)
{
    static const range ranges[] = { { 0x20, 0x20 },     { 0xA0, 0xA0 },     { 0x2000, 0x200A },
                                    { 0x202F, 0x202F }, { 0x205F, 0x205F }, { 0x3000, 0x3000 } };
    return IN(code_point, ranges);
}

/*
 * Shaping hides these, whether the face has them or not: joiners, variation selectors, marks of
 * direction.
 */
static bool is_hidden(uint32_t code_point)
{
    static const range ranges[] = {
        { 0xAD, 0xAD },     { 0x34F, 0x34F },     { 0x180B, 0x180E }, { 0x200B, 0x200F },
        { 0x202A, 0x202E }, { 0x2060, 0x2064 },   { 0x2066, 0x206F }, { 0xFE00, 0xFE0F },
        { 0xFEFF, 0xFEFF }, { 0xE0100, 0xE01EF },
    };
    return IN(code_point, ranges);
}

/* Characters that no one combines with their neighbours and that no one hides. */
static bool stands_alone(uint32_t code_point)
{
    static const range ranges[] = {
        { 0x20, 0x7E },     { 0xA1, 0xAC },     { 0xAE, 0xFF },     { 0x2010, 0x2027 },
        { 0x2030, 0x2043 }, { 0x2045, 0x205E }, { 0x2100, 0x23FF }, { 0x2460, 0x27BF },
        { 0x2E80, 0x2FDF }, { 0x3000, 0x3029 }, { 0x3030, 0x303F }, { 0x3041, 0x3096 },
        { 0x309B, 0x312F }, { 0x3190, 0x33FF }, { 0x3400, 0x4DBF }, { 0x4E00, 0x9FFF },
        { 0xFE30, 0xFE4F }, { 0xFF01, 0xFF60 }, { 0xFFE0, 0xFFE6 },
    };
    return IN(code_point, ranges);
}

/*
 * Of HarfBuzz's list for text in lines, without those that need a mark, a fraction slash or
 * another direction, and without kerning, which is off.
 */
static const hb_tag_t default_features[] = { HB_TAG('r', 'v', 'r', 'n'), HB_TAG('l', 't', 'r', 'a'),
                                             HB_TAG('l', 't', 'r', 'm'), HB_TAG('r', 'a', 'n', 'd'),
                                             HB_TAG('c', 'c', 'm', 'p'), HB_TAG('l', 'o', 'c', 'l'),
                                             HB_TAG('r', 'l', 'i', 'g'), HB_TAG('c', 'a', 'l', 't'),
                                             HB_TAG('c', 'l', 'i', 'g'), HB_TAG('l', 'i', 'g', 'a'),
                                             HB_TAG('r', 'c', 'l', 't'), HB_TAG('c', 'u', 'r', 's'),
                                             HB_TAG('d', 'i', 's', 't'), 0 };

enum { MOST_TAGS = 8 };

/* The glyphs that a feature's lookups may begin with. */
static void add_feature(hb_face_t *face, hb_tag_t table, unsigned feature, hb_set_t *glyphs)
{
    enum { AT_ONCE = 16 };
    unsigned lookups[AT_ONCE], start = 0, count;
    do {
        count = AT_ONCE;
        hb_ot_layout_feature_get_lookups(face, table, feature, start, &count, lookups);
        for (unsigned i = 0; i < count; i++)
            hb_ot_layout_lookup_collect_glyphs(face, table, lookups[i], NULL, glyphs, NULL, NULL);
        start += count;
    } while (count == AT_ONCE);
}

static void add_script(hb_face_t *face, hb_tag_t table, hb_script_t script, hb_set_t *glyphs)
{
    hb_tag_t scripts[MOST_TAGS], languages[MOST_TAGS], chosen;
    unsigned script_count = MOST_TAGS, language_count = MOST_TAGS, script_index, language, feature;
    hb_ot_tags_from_script_and_language(script, hb_language_from_string(NB_TEXT_LANGUAGE, -1),
                                        &script_count, scripts, &language_count, languages);
    hb_ot_layout_table_select_script(face, table, script_count, scripts, &script_index, &chosen);
    hb_ot_layout_script_select_language(face, table, script_index, language_count, languages,
                                        &language);
    if (hb_ot_layout_language_get_required_feature(face, table, script_index, language, &feature,
                                                   &chosen))
        add_feature(face, table, feature, glyphs);
    for (const hb_tag_t *tag = default_features; *tag; tag++)
        if (hb_ot_layout_language_find_feature(face, table, script_index, language, *tag, &feature))
            add_feature(face, table, feature, glyphs);
}

nb_character_table *nb_character_table_new(hb_font_t *font)
{
    static const hb_script_t scripts[] = { HB_SCRIPT_HAN, HB_SCRIPT_LATIN };
    nb_character_table *table = calloc(1, sizeof *table);
    if (!table)
        return NULL;
    table->font = font;
    table->programs = nb_charstring_index_open(hb_font_get_face(font));
    table->entries = calloc(NB_TABLE_PLANES, sizeof *table->entries);
    table->substituted = hb_set_create();
    for (int i = 0; i < 2; i++) {
        add_script(hb_font_get_face(font), HB_OT_TAG_GSUB, scripts[i], table->substituted);
        add_script(hb_font_get_face(font), HB_OT_TAG_GPOS, scripts[i], table->substituted);
    }
    if (table->entries && hb_set_allocation_successful(table->substituted))
        return table;
    nb_character_table_drop(table);
    return NULL;
}

void nb_character_table_drop(nb_character_table *table)
{
    if (!table)
        return;
    hb_set_destroy(table->substituted);
    nb_charstring_index_close(&table->programs);
    free(table->entries);
    free(table);
}

/*
 * To ask a CFF glyph for its extents runs its program, for microseconds, and every character of a
 * report is asked. The program of a blank is some hints, a width and an end; longer ones draw.
 */
static bool has_ink(const nb_character_table *table, hb_codepoint_t glyph)
{
    enum { LONGEST_BLANK = 40 }; /* bytes */
    hb_glyph_extents_t extents;
    if (nb_charstring_length(&table->programs, glyph) > LONGEST_BLANK)
        return true;
    return hb_font_get_glyph_extents(table->font, glyph, &extents) && extents.width != 0 &&
           extents.height != 0;
}

static nb_table_character find_out(const nb_character_table *table, uint32_t code_point)
{
    nb_table_character found = { 0 };
    hb_codepoint_t glyph = 0, space;
    bool is_there = hb_font_get_nominal_glyph(table->font, code_point, &glyph);
    if (is_there) {
        found.glyph = glyph;
        found.advance = hb_font_get_glyph_h_advance(table->font, glyph);
        found.is_plain = stands_alone(code_point) && !hb_set_has(table->substituted, glyph);
    }
    if (is_hidden(code_point))
        found.draws = true;
    else if (is_space(code_point))
        found.draws = is_there || hb_font_get_nominal_glyph(table->font, ' ', &space);
    else
        found.draws = is_there && has_ink(table, glyph);
    return found;
}

uint64_t nb_character_table_find_out(nb_character_table *table, uint32_t code_point)
{
    nb_table_character found = find_out(table, code_point);
    uint64_t entry = NB_ENTRY_KNOWN | (found.draws ? NB_ENTRY_DRAWS : 0) |
                     (found.is_plain ? NB_ENTRY_PLAIN : 0) |
                     (uint64_t)found.glyph << NB_ENTRY_GLYPH_SHIFT | (uint32_t)found.advance;
    if (code_point < NB_TABLE_PLANES)
        atomic_store_explicit(&table->entries[code_point], entry, memory_order_relaxed);
    return entry;
}
