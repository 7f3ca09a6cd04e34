/* What the file says about itself: Info, XMP, language, viewer preferences, page labels, identifier. */
#ifndef NB_PDF_METADATA_H
#define NB_PDF_METADATA_H

#include "pdf/objects.h"
#include "doc/document.h"

nb_status nb_pdf_metadata_write(nb_pdf *pdf, const nb_document *document, int first_page_number);
/* The file identifier, from all that was put into the digest: the last thing before saving. */
nb_status nb_pdf_identifier_write(nb_pdf *pdf);

#endif
