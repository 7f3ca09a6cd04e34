/*
 * Which glyphs of which faces the pages show, and what text each stands for. The text is that of
 * the runs, never what a cmap says backwards: Noto draws 一 (U+4E00) and ⼀ (U+2F00) with one
 * glyph.
 */
#ifndef NB_PDF_USAGE_H
#define NB_PDF_USAGE_H

#include "page/cluster.h"

/*
 * A text that a glyph stands for. The place in the glyph's list is the number of the font that says
 * so.
 */
typedef struct nb_pdf_reading {
    nb_string text;
    struct nb_pdf_reading *next;
} nb_pdf_reading;

typedef struct nb_pdf_glyph {
    uint32_t id;              /* in the face's file */
    nb_pdf_reading *readings; /* at least one, once all pages are read */
    nb_pdf_reading first;     /* the room for that one */
    nb_string part_of;        /* a cluster of several glyphs of which it was one; empty: none */
    uint16_t code;            /* in the PDF's fonts */
    int32_t width;            /* as the PDF's fonts state it, in 1/1000 of 1/1000 em */
} nb_pdf_glyph;

/* What content needs to know of a glyph in the PDF's fonts, in little room. */
typedef struct nb_pdf_metric {
    int32_t width;
    uint16_t code;
} nb_pdf_metric;

typedef struct nb_pdf_slot {
    uint32_t id;
    uint32_t place; /* of the glyph among the face's, from 1; 0: the slot is free */
} nb_pdf_slot;

typedef struct nb_pdf_face {
    const nb_face *face;
    nb_pdf_glyph **glyphs;  /* in order of first use */
    nb_pdf_metric *metrics; /* of each of them, once the fonts are written */
    int glyph_count;
    int reading_count; /* of the glyph with the most: how many fonts the face needs */
    int first_font;    /* number of the first of them in the PDF's resources, from 1 */
    int capacity;
    nb_pdf_glyph *unused; /* the room for those that are still to come */
    nb_pdf_slot *slots;   /* a hash table of glyphs */
} nb_pdf_face;

/* A glyph of a run as it is shown: which of its face's glyphs, with which of their readings. */
typedef struct nb_pdf_shown {
    uint32_t glyph, reading;
} nb_pdf_shown;

typedef struct nb_pdf_usage {
    nb_arena *arena;
    nb_pdf_face **faces; /* in order of first use */
    int face_count;
    nb_pdf_shown *shown; /* the glyphs of all runs, page after page and run after run */
    size_t *page_starts; /* of each page among them */
} nb_pdf_usage;

nb_pdf_usage *nb_pdf_usage_of(const nb_pages *pages, nb_arena *arena);

/* What was found for a face of the pages. */
const nb_pdf_face *nb_pdf_usage_face(const nb_pdf_usage *usage, const nb_face *face);

/* Order glyphs by a key of theirs, none of which are equal. */
void nb_pdf_sort_glyphs(nb_pdf_glyph **glyphs, int count, uint16_t (*key)(const nb_pdf_glyph *),
                        nb_arena *arena);

/* Whether a cluster's text must be told beside the glyphs, since no single glyph stands for it. */
static inline bool nb_pdf_cluster_is_replaced(const nb_cluster *cluster)
{
    return cluster->count > 1 || cluster->text.length == 0;
}

#endif
