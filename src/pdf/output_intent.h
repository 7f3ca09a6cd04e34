/* What the file's colours mean: ISO 19005-3, 6.2.3. */
#ifndef NB_PDF_OUTPUT_INTENT_H
#define NB_PDF_OUTPUT_INTENT_H

#include "pdf/objects.h"

/* Write the profile and add the catalog's entry for it. */
nb_status nb_pdf_output_intent_write(nb_pdf *pdf, nb_buffer *catalog);

/* The colour space sRGB as an ICC profile of a few hundred bytes. Public for tests. */
void nb_pdf_srgb_profile_write(nb_buffer *out);

#endif
