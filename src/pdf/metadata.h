/* What the file says about itself: Info, XMP, language, viewer preferences, page labels. */
#ifndef NB_PDF_METADATA_H
#define NB_PDF_METADATA_H

#include "doc/document.h"
#include "pdf/objects.h"
#include "pdf/pdf.h"

/* Write Info and XMP, and add the catalog's entries. */
nb_status nb_pdf_metadata_write(nb_pdf *pdf, const nb_document *document, nb_pdf_standard standard,
                                int first_page_number, nb_buffer *catalog);

/* A date as PDF writes it, in the arena; NULL when it is not YYYY-MM-DD. */
const char *nb_pdf_date(nb_arena *arena, nb_string date);

#endif
