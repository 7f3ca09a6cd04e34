#ifndef NB_IMPORT_DOCX_BODY_H
#define NB_IMPORT_DOCX_BODY_H

#include "import/reader.h"

/* Read what stands in w:body. What cannot be taken as it stands is told once each. */
void nb_docx_body_read(nb_extract *extract, const xmlNode *body, nb_numbering *numbering);

#endif
