/*
 * One HTML5 page for a government website, from the document: semantic markup, styles for screen
 * and print inside the page, no script that runs and nothing that is fetched from elsewhere.
 *
 * The report's canonical JSON is carried in <script type="application/json" id="report-data">,
 * whose text is JSON of the same value. So that no string can end the element or open a comment in
 * it, "</" is written as "<\/" and "<!" as "<\u0021". Canonical JSON never escapes "/" or "!", so
 * neither sequence occurs in it otherwise: replacing both back gives its exact bytes.
 */
#ifndef NB_HTML_HTML_H
#define NB_HTML_HTML_H

#include "doc/document.h"

/*
 * NB_E_OUTPUT with a finding when a text holds a character that HTML cannot. The bytes live in the
 * arena.
 */
nb_status nb_html_write(const nb_document *document, nb_arena *arena, nb_findings *findings,
                        nb_string *out);

#endif
