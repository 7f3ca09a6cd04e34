/* The placed pages as text, for tests and for the eye. */
#ifndef NB_PAGE_TRACE_H
#define NB_PAGE_TRACE_H

#include "base/buffer.h"
#include "page/page.h"

/*
 * One line an item. Lengths in twips, from the paper's top left: a page, then its structures,
 * runs (x, baseline, face, size, scale, text), rules, and images (corner, size, format, pixels).
 */
void nb_pages_trace(const nb_pages *pages, nb_buffer *out);

#endif
