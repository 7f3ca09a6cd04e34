/* The outline (bookmarks): the title and the headings, nested by level. */
#ifndef NB_PDF_OUTLINE_H
#define NB_PDF_OUTLINE_H

#include "page/page.h"
#include "pdf/objects.h"

/*
 * Write it, and the catalog's entries for it. Without title and headings there is no outline, and
 * the viewer is not told to show one.
 */
nb_status nb_pdf_outline_write(nb_pdf *pdf, const nb_pages *pages, nb_buffer *catalog);

#endif
