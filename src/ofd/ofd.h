/* Writing OFD (GB/T 33190-2016). */
#ifndef NB_OFD_OFD_H
#define NB_OFD_OFD_H

#include "pack/deflate.h"
#include "page/page.h"

/*
 * Write the pages as one OFD package. The document gives what is not on paper: title, author, date,
 * and the report's data, which is attached when there is any. Nothing is measured or decided here;
 * equal input gives equal bytes. *out lives in the arena. NB_E_RESOURCE with a finding (rule "OFD"
 * or "FONT") for each face that must not or cannot be embedded; NB_E_OUTPUT with a finding (rule
 * "IO") when XML cannot hold a text.
 */
nb_status nb_ofd_write(const nb_document *document, const nb_pages *pages, nb_deflate_stock *stock,
                       nb_arena *arena, nb_findings *findings, nb_string *out);

#endif
