/* The content stream of one page (ISO 32000-1, 7.8.2). */
#ifndef NB_PDF_CONTENT_H
#define NB_PDF_CONTENT_H

#include "base/buffer.h"
#include "pdf/usage.h"

/* Add the page's operators to out. The fonts must be written, so that glyphs have codes and widths. */
void nb_pdf_content_write(nb_buffer *out, const nb_pdf_usage *usage, const nb_page *page,
                          nb_length page_height);

#endif
