/*
 * Placed pages: what stands where. PDF and the trace are written from them, and no writer
 * measures or decides. Lengths in EMU, origin at the paper's top left, y downwards.
 */
#ifndef NB_PAGE_PAGE_H
#define NB_PAGE_PAGE_H

#include "base/length.h"
#include "doc/document.h"
#include "text/fonts.h"

typedef struct nb_placed_glyph {
    uint32_t id; /* in the face's file */
    /* offset of its first byte in the run's text; the next glyph's begins where it ends */
    uint32_t cluster;
    /* of its origin, from the run's x, before the run's scale is applied to its shape */
    nb_length x;
} nb_placed_glyph;

/* Glyphs of one face on one baseline. */
typedef struct nb_glyph_run {
    const nb_face *face;
    nb_length size;
    int scale; /* width of each glyph's shape in percent; positions have it applied already */
    nb_length x;
    nb_length baseline;
    nb_length width; /* to the end of the last glyph's advance */
    uint32_t colour; /* as nb_paragraph_style.colour */
    const nb_placed_glyph *glyphs;
    int glyph_count;
    nb_string text; /* the characters that the glyphs stand for, in order */
} nb_glyph_run;

/* A straight line between two points, drawn with its middle on them. */
typedef struct nb_rule_line {
    nb_length x0, y0, x1, y1;
    nb_length width;
} nb_rule_line;

/* A picture, and the corner and size of the box that it fills. */
typedef struct nb_placed_image {
    const nb_image *image;
    int index; /* among the document's images */
    nb_length x, y, width, height;
} nb_placed_image;

typedef enum nb_item_kind {
    NB_ITEM_RUN,
    NB_ITEM_RULE,
    NB_ITEM_IMAGE,
    NB_ITEM_BEGIN, /* of a structure: what follows, to its end, belongs to it */
    NB_ITEM_END,
    /* not part of the reading: page numbers, rules, repeated heads and labels */
    NB_ITEM_BEGIN_ARTIFACT,
    NB_ITEM_END_ARTIFACT
} nb_item_kind;

typedef enum nb_structure_kind {
    NB_STRUCTURE_TITLE,
    NB_STRUCTURE_HEADING,
    NB_STRUCTURE_PARAGRAPH,
    NB_STRUCTURE_TABLE,
    NB_STRUCTURE_ROW,
    NB_STRUCTURE_CELL,
    /*
     * holds one image; its caption follows it, since readers say the alternative text instead of
     * what is inside
     */
    NB_STRUCTURE_FIGURE,
    NB_STRUCTURE_CAPTION,
    /* of artifacts, without a node: what stands at the head or foot of each page */
    NB_STRUCTURE_PAGE_HEAD,
    NB_STRUCTURE_PAGE_FOOT
} nb_structure_kind;

/*
 * A begin names its node; the same node may begin again on the next page when it was split. block
 * is set for all kinds, cell for a cell, row for a row and a cell.
 */
typedef struct nb_structure {
    nb_structure_kind kind;
    const nb_block *block;
    const nb_cell *cell;
    int row;
} nb_structure;

typedef struct nb_page_item {
    nb_item_kind kind;
    union {
        nb_glyph_run run;
        nb_rule_line rule;
        nb_placed_image image;
        nb_structure structure; /* of begin and end */
    } as;
} nb_page_item;

typedef struct nb_page {
    int number; /* from 1 */
    nb_page_item *items;
    int item_count;
} nb_page;

typedef struct nb_pages {
    nb_length width, height;
    nb_page *pages;
    int count;
} nb_pages;

#endif
