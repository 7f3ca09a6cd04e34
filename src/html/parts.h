/* What the files of this folder share: the state of one page being written, and its pieces. */
#ifndef NB_HTML_PARTS_H
#define NB_HTML_PARTS_H

#include "doc/document.h"
#include "html/markup.h"

/* A heading in the page. */
typedef struct nb_html_heading {
    const nb_block *block;
    int depth;      /* from 1; at most one more than the heading before it */
    const char *id; /* "heading-1" */
    nb_string text; /* without forced breaks */
} nb_html_heading;

typedef struct nb_html {
    const nb_document *document;
    nb_arena *arena;
    nb_xml *xml;
    nb_html_heading *headings; /* in the document's order */
    int heading_count;
    const nb_text *failed_text; /* the first that holds a character HTML forbids */
} nb_html;

/*
 * The spans of a text, its forced breaks as br; a span in another face than its style's is strong.
 */
void nb_html_write_spans(nb_html *html, const nb_text *text);
/*
 * The attributes class, for the text's style and more classes, and data-pointer, for the value it
 * shows.
 */
void nb_html_write_origin(nb_html *html, const nb_text *text, const char *more);

/*
 * Fill in headings. Levels that the document skips are closed up, so that none is missing in the
 * page.
 */
void nb_html_find_headings(nb_html *html);
/* nav: nested lists of links to the headings. Nothing when there are none. */
void nb_html_write_contents(nb_html *html);

/* number counts the page's tables from 1; heading is the id of the heading above, or NULL. */
void nb_html_write_table(nb_html *html, const nb_table *table, int number, const char *heading);
/* How many columns at the table's left hold no values. */
int nb_html_label_columns(const nb_table *table);

/*
 * The id of a paragraph at the report's end, which has indents of its own; number counts them from
 * 1.
 */
const char *nb_html_closing_id(nb_html *html, int number);

/* The style element. */
void nb_html_write_stylesheet(nb_html *html);
/* The rules for screens, which hold for every page style. */
extern const char nb_html_screen_rules[];
/* The same for the mark of a draft, which stays in sight and covers nothing that is jumped to. */
extern const char nb_html_draft_rules[];

#endif
