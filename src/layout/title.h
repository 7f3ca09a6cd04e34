/* Titles too long for their lines. Private to src/layout. */
#ifndef NB_LAYOUT_TITLE_H
#define NB_LAYOUT_TITLE_H

#include "layout/setting.h"

/*
 * Divide each line of a title that is wider than the text block into lines of about one length, by
 * forced breaks in the document's text (GB/T 9704-2012 7.3.1: lines of a title make a shape). A line
 * that fits is left as it was written.
 */
void nb_balance_title(nb_layouter *layouter, nb_text *title);

#endif
