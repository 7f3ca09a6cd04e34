/* A PDF by what nianbao-pdf-text says of it. Private to the folder. */
#ifndef NB_IMPORT_PDF_H
#define NB_IMPORT_PDF_H

#include "import/reader.h"

/* What the program says; false when it cannot be run. */
bool nb_pdf_text(nb_string bytes, nb_arena *arena, nb_string *out);

/* Read what it said, bytes, into the extract. It is not trusted to be in order. */
nb_status nb_pdf_answer_read(nb_extract *extract, nb_string bytes);

#endif
