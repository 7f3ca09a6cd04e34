/*
 * Short texts set into lines, kept from one report for the next: the labels of a form's tables, its
 * headings, and the numbers, which are few. What a text becomes follows from the fonts, the page
 * style and the key alone, so no page depends on what was set before it.
 *
 * Nothing that is kept is changed or let go before the stock is dropped, so threads share it, and
 * pages may point into it.
 */
#ifndef NB_LAYOUT_TEXT_STOCK_H
#define NB_LAYOUT_TEXT_STOCK_H

#include "page/page.h"
#include "text/line_break.h"

typedef struct nb_text_stock nb_text_stock;

/* All that lines of a text depend on, beside the fonts. */
typedef struct nb_text_key {
    const nb_page_style *page_style;
    const nb_paragraph_style *style; /* one of the page style's */
    nb_string text;
    const char *role; /* of its only span */
    nb_length width, left_indent, first_line_indent;
    int scale; /* width of characters in percent */
    bool vertical;
} nb_text_key;

/* A line as it stands: its runs, placed from the top left corner of the text. */
typedef struct nb_placed_line {
    const nb_glyph_run *runs;
    int run_count;
} nb_placed_line;

/* What was made of a text. */
typedef struct nb_kept_text {
    const nb_paragraph *paragraph;
    const nb_line *lines;
    const nb_placed_line *placed; /* per line */
    int line_count;
} nb_kept_text;

/* The stock of one library: all its texts are set in the same fonts. NULL when memory ran out. */
nb_text_stock *nb_text_stock_new(void);
void nb_text_stock_drop(nb_text_stock *stock);

/* NULL when it is not kept. */
const nb_kept_text *nb_text_stock_lookup(const nb_text_stock *stock, const nb_text_key *key);

/*
 * Keep a copy of what was made of a text; what is kept then, or NULL when it is not: the stock is
 * full, the text too long, or there is no memory.
 */
const nb_kept_text *nb_text_stock_keep(nb_text_stock *stock, const nb_text_key *key,
                                       const nb_kept_text *made);

#endif
