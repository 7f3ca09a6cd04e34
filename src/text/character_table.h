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

#include <hb.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct nb_character_table nb_character_table;

typedef struct nb_table_character {
    uint32_t glyph;  /* 0: the face does not have it */
    int32_t advance; /* of that glyph, in font units */
    bool draws;      /* as nb_face_draws says */
    bool is_plain;
} nb_table_character;

/* NULL when memory ran out. The font is borrowed. */
nb_character_table *nb_character_table_new(hb_font_t *font);
void nb_character_table_drop(nb_character_table *table);

nb_table_character nb_character_table_lookup(nb_character_table *table, uint32_t code_point);

#endif
