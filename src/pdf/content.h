/* The content stream of one page (ISO 32000-1, 7.8.2). */
#ifndef NB_PDF_CONTENT_H
#define NB_PDF_CONTENT_H

#include "base/buffer.h"
#include "pdf/structure.h"
#include "pdf/usage.h"

/*
 * Add the operators of pages->pages[index] to out. The fonts must be written, so that glyphs have
 * codes and widths. The page's marks and content go to the structure; without one (NULL) nothing is
 * tagged.
 */
void nb_pdf_content_write(nb_buffer *out, const nb_pdf_usage *usage, nb_pdf_structure *structure,
                          const nb_pages *pages, int index);

#endif
