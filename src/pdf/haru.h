/*
 * libharu's public and internal headers, and nothing else of it: the document, objects and pages.
 */
#ifndef NB_PDF_HARU_H
#define NB_PDF_HARU_H

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_objects.h>
#include <hpdf_pages.h>

#endif
