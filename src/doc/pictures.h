/* Fetching the pictures that a document shows. */
#ifndef NB_DOC_PICTURES_H
#define NB_DOC_PICTURES_H

#include "doc/document.h"

/*
 * Read each picture of the document: out of the report itself, or from a file below folder; NULL
 * when there is no folder to read from. Equal files become one image. NB_E_RESOURCE with an error
 * finding (rule "IMG") for each picture that cannot be had.
 */
nb_status nb_load_pictures(nb_document *document, const char *folder, nb_arena *arena,
                           nb_findings *findings);

#endif
