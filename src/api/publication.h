/* What a publication is written from. Private to src/api. */
#ifndef NB_API_PUBLICATION_H
#define NB_API_PUBLICATION_H

#include "doc/document.h"
#include "text/fonts.h"

const nb_document *nb_publication_document(const nb_publication *publication);
const nb_fonts *nb_publication_fonts(const nb_publication *publication);

#endif
