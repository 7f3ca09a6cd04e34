/* Images as objects of a PDF. */
#ifndef NB_PDF_PICTURE_H
#define NB_PDF_PICTURE_H

#include "pdf/objects.h"
#include "doc/document.h"

/*
 * Write each of the document's images once, and add the names by which pages draw them to
 * resources: /I1 for the first.
 */
nb_status nb_pdf_pictures_write(nb_pdf *pdf, const nb_document *document, nb_buffer *resources);

#endif
