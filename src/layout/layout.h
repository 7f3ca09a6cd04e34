/* From the document to placed pages. */
#ifndef NB_LAYOUT_LAYOUT_H
#define NB_LAYOUT_LAYOUT_H

#include "layout/text_stock.h"
#include "page/page.h"

/*
 * Set the document into pages. It is borrowed, outlives *out, and receives layout's notes; *out
 * lives in the arena and points into the stock, which may be NULL. NB_E_RESOURCE when a character has no glyph in any font of its role (a
 * finding, rule "FONT", names it and its place), or when a table cannot be set in the page (rule
 * "LAYOUT").
 */
nb_status nb_layout(nb_document *document, const nb_fonts *fonts, nb_text_stock *stock,
                    nb_arena *arena, nb_findings *findings, nb_pages **out);

#endif
