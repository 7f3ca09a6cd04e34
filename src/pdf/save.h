/*
 * The end of the file: after the streams, which are written as they are made, all other objects in
 * order of their numbers, packed into object streams.
 *
 *   %PDF-1.7
 *   each stream object                 fonts, pages' contents, metadata, attachment
 *   object streams                     all other objects (ISO 32000-1, 7.5.7)
 *   cross-reference stream             where each object is; its dictionary is the trailer (7.5.8)
 *
 * libharu's own way of saving writes each object by itself and a table of 20 bytes an object, a
 * fifth more for a report.
 */
#ifndef NB_PDF_SAVE_H
#define NB_PDF_SAVE_H

#include "pdf/objects.h"

/*
 * The document's bytes, which live in the arena. Its identifier comes from the digest. Nothing may
 * be added afterwards.
 */
nb_status nb_pdf_save(nb_pdf *pdf, nb_string *out);

#endif
