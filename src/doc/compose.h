/* From a report and its form to the document. */
#ifndef NB_DOC_COMPOSE_H
#define NB_DOC_COMPOSE_H

#include "doc/document.h"

/*
 * Compose the document: the title, then each part of the form with its heading and its text or
 * table. report and style are borrowed and outlive *out, which lives in the arena. NB_E_FINDINGS
 * when a paragraph asks for a style that the page style does not have.
 */
nb_status nb_compose(nb_report *report, const nb_page_style *style, nb_arena *arena,
                     nb_findings *findings, nb_document **out);

/* Make a document, as it was composed, that of a draft. */
void nb_mark_as_draft(nb_document *document, nb_arena *arena);

#endif
