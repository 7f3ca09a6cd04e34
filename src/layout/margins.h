/* Lines in the margins of pages, which are artifacts. Private to src/layout. */
#ifndef NB_LAYOUT_MARGINS_H
#define NB_LAYOUT_MARGINS_H

#include "layout/setting.h"

/* Mark the page being filled, which is new, as a draft's. */
void nb_mark_draft_page(nb_layouter *layouter);
/* Number all pages, when they are full. */
void nb_number_pages(nb_layouter *layouter);

#endif
