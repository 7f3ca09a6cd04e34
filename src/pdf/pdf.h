/* PDF from placed pages. */
#ifndef NB_PDF_PDF_H
#define NB_PDF_PDF_H

#include "pack/deflate.h"
#include "page/page.h"

/*
 * Write the pages as PDF 1.7: embedded font subsets, text that extracts exactly as the runs' text,
 * metadata, an outline of the headings, the language, and what the standard asks for; see
 * docs/standards. What stands in no structure on the pages is an artifact. Equal pages give equal
 * bytes: dates come from the document, the file identifier from the content. The bytes live in the
 * arena. stock may be NULL.
 */
nb_status nb_pdf_write(const nb_document *document, const nb_pages *pages, nb_pdf_standard standard,
                       nb_deflate_stock *stock, nb_arena *arena, nb_findings *findings,
                       nb_string *out);

#endif
