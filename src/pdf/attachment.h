/* The report's data, carried in the file: ISO 19005-3, 6.8, and ISO 32000-1, 7.11.4. */
#ifndef NB_PDF_ATTACHMENT_H
#define NB_PDF_ATTACHMENT_H

#include "doc/document.h"
#include "pdf/objects.h"

/*
 * Attach document->report_json as report.json, unless it is empty, and add the catalog's entries
 * for it.
 */
nb_status nb_pdf_attachment_write(nb_pdf *pdf, const nb_document *document, nb_buffer *catalog);

#endif
