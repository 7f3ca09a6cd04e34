/* PDF from placed pages. */
#ifndef NB_PDF_PDF_H
#define NB_PDF_PDF_H

#include "page/page.h"

/* What the file promises, in its metadata, to those who keep it and to those who cannot see it. */
typedef enum nb_pdf_standard {
    NB_PDF_A_3A, /* PDF/A-3a and PDF/UA-1, with the report's JSON attached */
    NB_PDF_A_2A, /* PDF/A-2a and PDF/UA-1, for archives that take no attachment */
    NB_PDF_PLAIN /* PDF 1.7, without structure */
} nb_pdf_standard;

typedef struct nb_pdf_options {
    nb_pdf_standard standard;
} nb_pdf_options;

/*
 * Write the pages as PDF 1.7: embedded font subsets, text that extracts exactly as the runs' text, metadata, an
 * outline of the headings, the language, and what the standard asks for; see docs/standards. What stands in no
 * structure on the pages is an artifact. Equal pages give equal bytes: dates come from
 * the document, the file identifier from the content. The bytes live in the arena. options may be NULL: PDF/A-3a.
 */
nb_status nb_pdf_write_as(const nb_document *document, const nb_pages *pages,
                          const nb_pdf_options *options, nb_arena *arena, nb_findings *findings,
                          nb_string *out);

/* The same with the default options. */
nb_status nb_pdf_write(const nb_document *document, const nb_pages *pages, nb_arena *arena,
                       nb_findings *findings, nb_string *out);

#endif
