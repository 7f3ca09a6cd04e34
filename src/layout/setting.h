/* Text set into lines, and the page being filled. Private to src/layout. */
#ifndef NB_LAYOUT_SETTING_H
#define NB_LAYOUT_SETTING_H

#include "layout/text_stock.h"
#include "page/page.h"
#include "text/line_break.h"

typedef struct nb_layouter {
    nb_document *document;
    const nb_page_style *style;
    const nb_fonts *fonts;
    nb_text_stock *stock; /* NULL: nothing is kept */
    nb_arena *arena;
    nb_findings *findings;
    nb_pages *pages;
    int page_capacity;
    int item_capacity; /* of the page being filled, the last */
    bool failed;
    uint32_t *told; /* characters whose fallback was reported already */
    int told_count, told_capacity;
    int missing_count; /* characters told to have no glyph */
} nb_layouter;

/* One text in lines of a given width. */
typedef struct nb_set_text {
    const nb_text *text;
    const nb_paragraph *paragraph;
    const nb_line *lines;
    const nb_placed_line *placed; /* per line, when that is kept; NULL: not placed yet */
    int line_count;
    nb_length width;
    bool vertical; /* one character a line, below each other */
} nb_set_text;

/*
 * Break a text into lines of that width; scale is the characters' width in percent. Where tracking
 * was raised, the text is noted so.
 */
void nb_set_text_in(nb_layouter *layouter, nb_text *text, nb_length width, int scale,
                    nb_set_text *out);
/* The same of a text that many reports have, which the stock keeps when it can. */
void nb_set_common_text(nb_layouter *layouter, nb_text *text, nb_length width, int scale,
                        nb_set_text *out);
/* Set a label downwards, one character to the line. It too is common. */
void nb_set_text_vertically(nb_layouter *layouter, nb_text *text, nb_length width,
                            nb_set_text *out);
/* From one line to the next, and the height of all. */
nb_length nb_set_text_pitch(const nb_set_text *set);
nb_length nb_set_text_height(const nb_set_text *set);
/* The width of the text on one line. */
nb_length nb_set_text_natural_width(const nb_set_text *set);
/* A line as it stands from the top left corner of the text, were it the first. */
nb_placed_line nb_place_text_line(const nb_set_text *set, int index, nb_arena *arena);
/* From a line's top to its baseline: 4/5 of the pitch, whatever the face. */
nb_length nb_baseline_in(nb_length pitch);

/* Open a new page; pages count from 1. */
void nb_page_begin(nb_layouter *layouter);
void nb_page_rule(nb_layouter *layouter, nb_rule_line rule);
void nb_page_image(nb_layouter *layouter, nb_placed_image image);
void nb_page_mark(nb_layouter *layouter, nb_item_kind kind, nb_structure structure);
/* Draw lines [first, end) of a text with the top of the first at (x, y). */
void nb_page_lines(nb_layouter *layouter, const nb_set_text *set, int first, int end, nb_length x,
                   nb_length y);

#endif
