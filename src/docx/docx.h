/* DOCX (ISO/IEC 29500 transitional) from the document and the notes that layout left on it. */
#ifndef NB_DOCX_DOCX_H
#define NB_DOCX_DOCX_H

#include "doc/document.h"
#include "pack/deflate.h"
#include "text/fonts.h"

/*
 * fonts gives the office name of each role and the fallback face of characters that a role's own
 * face lacks. The bytes live in the arena.
 */
nb_status nb_docx_write(const nb_document *document, const nb_fonts *fonts, nb_deflate_stock *stock,
                        nb_arena *arena, nb_findings *findings, nb_string *out);

#endif
