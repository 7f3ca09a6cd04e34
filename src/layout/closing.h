/*
 * The report's end: attachments, signature and date, whose indents follow from their widths.
 * Private to src/layout.
 */
#ifndef NB_LAYOUT_CLOSING_H
#define NB_LAYOUT_CLOSING_H

#include "layout/setting.h"

/*
 * Set the indents of the closing block at index by GB/T 9704-2012 7.3.4 and 7.3.5. A signature and
 * the date after it are found together, at the signature.
 */
void nb_indent_closing(nb_layouter *layouter, nb_block *blocks, int count, int index);

#endif
