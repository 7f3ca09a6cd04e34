/*
 * A paragraph made ready for breaking into lines: its characters with their widths, in portions
 * that one face draws.
 *
 * Widths are counted in 1/120 pt ("units"), the resolution of the reference device on which word
 * processors lay out text, and lines in twips, so that a line breaks here where it breaks there.
 */
#ifndef NB_TEXT_PARAGRAPH_H
#define NB_TEXT_PARAGRAPH_H

#include "base/length.h"
#include "text/shape.h"

enum { NB_UNITS_PER_TWIP = 6 };

/* Text in one pair of roles: Chinese characters take the first, letters and digits the second. */
typedef struct nb_source {
    nb_string text;
    const nb_font_role *role;
    const nb_font_role *latin_role;
} nb_source;

typedef struct nb_setting {
    nb_length size;
    nb_length tracking; /* added after each character of a portion but its last */
    int gap_per_mille;  /* of the size, between Han and letters or digits */
    int scale;          /* width of characters in percent */
    bool vertical;      /* characters stand below each other */
} nb_setting;

typedef enum nb_script { NB_SCRIPT_ASIAN, NB_SCRIPT_LATIN } nb_script;

/* By whose rules a line may end: those of Chinese, or those of UAX #14. */
typedef enum nb_break_rules { NB_BREAK_CHINESE, NB_BREAK_UNICODE } nb_break_rules;

typedef struct nb_character {
    uint32_t code_point;
    uint32_t offset; /* of its first byte in the paragraph's text */
    int32_t units;   /* its advance; a ligature's is shared out over its characters */
    int portion;
    /* first of its glyphs in the portion's face; -1: drawn by the glyph before, or nothing */
    int glyph;
    int glyph_count;
    /* twips after it: the paragraph's own, or more on a line that is to end earlier */
    int tracking;
    bool takes_latin_role;
    /*
     * a word joiner that the text does not have: it holds the connector after it to the line before
     */
    bool is_joiner;
} nb_character;

typedef struct nb_portion {
    int first, end; /* characters */
    nb_script script;
    nb_break_rules rules;
    int source;
    const nb_face *face; /* NULL for a line break, a tab or a joiner */
    bool is_plain;       /* its characters are drawn by their own glyphs, side by side */
    bool gap_before;     /* a Han–Latin gap stands before it, unless it begins a line */
} nb_portion;

typedef struct nb_paragraph {
    nb_string text; /* all sources joined */
    nb_character *characters;
    int count;
    nb_portion *portions;
    int portion_count;
    nb_glyph *glyphs; /* clusters are offsets in text */
    nb_length size;
    int tracking_twips;
    int gap_twips;
    int scale;
} nb_paragraph;

/*
 * Told of each character that its role's first face does not draw: the face it takes, or NULL when
 * no face has it. index counts characters from 0.
 */
typedef struct nb_fallback_listener {
    void (*told)(void *context, uint32_t code_point, int index, const nb_font_role *role,
                 const nb_face *face);
    void *context;
} nb_fallback_listener;

/*
 * Find faces, shape and measure. Everything lives in the arena; roles are borrowed. A "\n" forces a
 * line break.
 */
nb_paragraph *nb_paragraph_new(const nb_source *sources, int source_count, nb_setting setting,
                               const nb_fallback_listener *listener, nb_arena *arena);

/*
 * The end of the longest run from at on, but not past end, that is set as one piece: one portion,
 * one tracking.
 */
int nb_piece_end(const nb_paragraph *paragraph, int at, int end);
/* Width in twips of such a piece, with tracking after each of its characters but the last. */
int nb_piece_width(const nb_paragraph *paragraph, int first, int end, int tracking);

#endif
