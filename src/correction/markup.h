/*
 * One document of two: what the later says, what the earlier said, and which is which. Accepting
 * every change gives the later one, rejecting every change the earlier.
 *
 * Its paragraphs, tables and pictures are copies; their texts and images are borrowed. What layout
 * noted of pages and line ends is left out, since neither document's would be true of it; indents
 * and sizes stay.
 */
#ifndef NB_CORRECTION_MARKUP_H
#define NB_CORRECTION_MARKUP_H

#include "doc/document.h"

/* One place that changed: a sentence, a paragraph, a cell, a picture. */
typedef struct nb_marked_change {
    int block;                /* of the markup document */
    int cell;                 /* of its table, or -1 */
    int first_span, end_span; /* of the text; its kept spans are what stands around the change */
    nb_change whole; /* of a paragraph, table or picture put in or taken out; NB_KEPT: of a part */
} nb_marked_change;

typedef struct nb_markup {
    nb_document *document;
    nb_marked_change *changes; /* in reading order */
    int change_count;
} nb_markup;

/*
 * Both documents are of one form and have been through layout; they are borrowed and outlive the
 * markup, which lives in the arena, as does origin.
 */
nb_markup *nb_mark_changes(const nb_document *old_document, const nb_document *new_document,
                           const nb_markup_origin *origin, nb_arena *arena);

#endif
