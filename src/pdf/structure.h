/*
 * The structure tree of a tagged PDF (ISO 32000-1, 14.7 and 14.8), grown while the pages are
 * written:
 *
 *   StructTreeRoot ── Document ─┬─ Title                                  one per block; what goes on on the next page
 *     ├ ParentTree              ├─ H1 … H6                                goes on in the same element
 *     ├ IDTree                  ├─ P, Figure, Caption
 *     └ RoleMap (Title is P)    └─ Table ─┬─ THead ─┐
 *                                         └─ TBody ─┴─ TR ── TH, TD
 *
 * The report's title is not a heading, since it heads no part of it: PDF 2.0 has "Title" for it,
 * and PDF 1.7 is told to take that as P, as ISO/TS 32005 does. So the sections are H1. Levels of
 * headings are counted by nesting, so that none is skipped whatever the report's numbering (ISO
 * 14289-1, 7.4.2).
 */
#ifndef NB_PDF_STRUCTURE_H
#define NB_PDF_STRUCTURE_H

#include "page/page.h"
#include "pdf/objects.h"

typedef struct nb_pdf_structure nb_pdf_structure;

/* A rectangle on a page from its foot up, as nb_pdf_points gives lengths. */
typedef struct nb_pdf_box {
    int64_t left, bottom, right, top;
} nb_pdf_box;

/*
 * Reserves numbers for the objects of tables, first of all objects of ours that it knows: where a
 * form's tables stand on the same pages their objects are the same bytes, packed once for all.
 */
nb_pdf_structure *nb_pdf_structure_new(nb_pdf *pdf, const nb_pages *pages);

/* The marks as they come on the pages. The nodes are borrowed. */
void nb_pdf_structure_begin(nb_pdf_structure *structure, const nb_structure *node);
void nb_pdf_structure_end(nb_pdf_structure *structure);

/*
 * Content of the innermost open element begins on a page, counted from 0: the identifier of its
 * marked-content sequence, and the type to tag it with, a static string. -1 where no element is
 * open that may hold content.
 */
int nb_pdf_structure_mark(nb_pdf_structure *structure, int page, const char **type);

/* The innermost structure, a figure, takes this room. */
void nb_pdf_structure_bound(nb_pdf_structure *structure, nb_pdf_box box);

/* Write the tree, and the catalog's entries for it. */
nb_status nb_pdf_structure_write(nb_pdf *pdf, nb_pdf_structure *structure, nb_buffer *catalog);

#endif
