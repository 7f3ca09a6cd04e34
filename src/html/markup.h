/*
 * HTML's syntax over the XML emitter, which checks and escapes texts and sees that elements are
 * closed in order. Where the two differ: an element without content has an end tag too, and a void
 * element has neither an end tag nor a slash.
 */
#ifndef NB_HTML_MARKUP_H
#define NB_HTML_MARKUP_H

#include "pack/xml.h"

void nb_html_close(nb_xml *xml, const char *name);
/* End an opened void element, after its attributes. */
void nb_html_end_void(nb_xml *xml, const char *name);
/* An element with nothing but a text. */
void nb_html_element(nb_xml *xml, const char *name, nb_string text);
/* Bytes that stand in a style or script element, where nothing is escaped. */
void nb_html_raw(nb_xml *xml, nb_string bytes);
/* A line's end in the source, for whoever reads it. */
void nb_html_newline(nb_xml *xml);

/*
 * prefix and a name from a page style, which may hold any character, as one CSS class or custom
 * property: "s-heading1".
 */
const char *nb_html_name(nb_arena *arena, const char *prefix, const char *name);

#endif
