/*
 * What a face does with each character by itself, found out once; for the files of this folder
 * only.
 *
 * Nearly all text of a report is drawn as its characters' own glyphs, side by side. HarfBuzz takes
 * a microsecond a run and more to find that out each time: a plain character is one for which it is
 * known beforehand. None of the substitutions that are on by default knows its glyph, and it neither
 * combines with others nor vanishes. A run of plain characters is shaped by reading off this table.
 *
 * Entries are filled in as they are asked for, each by itself and always in the same way, so any
 * thread may ask.
 */
#ifndef NB_TEXT_CHARACTER_TABLE_H
#define NB_TEXT_CHARACTER_TABLE_H

#include "text/charstring_index.h"
#include <hb.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* The planes that have characters of writing: 0 to 3. What lies beyond is found out each time. */
enum { NB_TABLE_PLANES = 0x40000 };

typedef struct nb_character_table {
    hb_font_t *font;
    hb_set_t *substituted; /* glyphs that a default substitution or positioning may begin with */
    nb_charstring_index programs; /* of a CFF face */
    _Atomic uint64_t *entries;    /* by code point; 0 until it is known */
} nb_character_table;

typedef struct nb_table_character {
    uint32_t glyph;  /* 0: the face does not have it */
    int32_t advance; /* of that glyph, in font units */
    bool draws;      /* as nb_face_draws says */
    bool is_plain;
} nb_table_character;

/* NULL when memory ran out. The font is borrowed. */
nb_character_table *nb_character_table_new(hb_font_t *font);
void nb_character_table_drop(nb_character_table *table);

/* An entry of the table, with what is found out stored in it where there is room. */
uint64_t nb_character_table_find_out(nb_character_table *table, uint32_t code_point);

/* An entry in one word. */
enum { NB_ENTRY_GLYPH_SHIFT = 32, NB_ENTRY_GLYPH_MASK = (1 << 24) - 1 };
#define NB_ENTRY_KNOWN ((uint64_t)1 << 63)
#define NB_ENTRY_DRAWS ((uint64_t)1 << 62)
#define NB_ENTRY_PLAIN ((uint64_t)1 << 61)

static inline nb_table_character nb_character_table_lookup(nb_character_table *table,
                                                           uint32_t code_point)
{
    uint64_t entry = 0;
    if (code_point < NB_TABLE_PLANES)
        entry = atomic_load_explicit(&table->entries[code_point], memory_order_relaxed);
    if (!entry)
        entry = nb_character_table_find_out(table, code_point);
    return (nb_table_character){ .glyph = (uint32_t)(entry >> NB_ENTRY_GLYPH_SHIFT) &
                                          NB_ENTRY_GLYPH_MASK,
                                 .advance = (int32_t)(uint32_t)entry,
                                 .draws = (entry & NB_ENTRY_DRAWS) != 0,
                                 .is_plain = (entry & NB_ENTRY_PLAIN) != 0 };
}

#endif
