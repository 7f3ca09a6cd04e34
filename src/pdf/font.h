/*
 * The fonts of a PDF. Each face becomes, for its used glyphs alone:
 *
 *   Type0 /Identity-H ──▶ CIDFontType0 ──▶ FontDescriptor ──▶ FontFile3 /CIDFontType0C   (CFF outlines)
 *     └▶ ToUnicode        CIDFontType2 ──▶ FontDescriptor ──▶ FontFile2                  (glyf outlines)
 *
 * One glyph that stands for two texts in the document needs two codes or two fonts; it gets a
 * second Type0 font, which shares the descendant and has its own ToUnicode (ISO 32000-1, 9.7.6.2
 * and 9.10.3).
 */
#ifndef NB_PDF_FONT_H
#define NB_PDF_FONT_H

#include "pdf/objects.h"
#include "pdf/usage.h"

/*
 * Write the fonts of all faces, set the glyphs' codes and widths, and add "/F1 5 0 R …" to
 * resources. NB_E_RESOURCE with a finding for each face that must not be embedded or cannot be
 * subset.
 */
nb_status nb_pdf_fonts_write(nb_pdf *pdf, nb_pdf_usage *usage, nb_buffer *resources);

/*
 * The ToUnicode CMap of fonts whose codes are characters, and whether it tells a character: one of
 * the Basic Multilingual Plane, whose number means something and is no mark of byte order.
 * Public for font.c and for tests.
 */
void nb_pdf_unicode_map_write_characters(nb_buffer *out);
bool nb_pdf_unicode_map_tells(uint32_t code_point);

/*
 * The ToUnicode CMap that tells the texts of one reading; glyphs are in order of their codes.
 * Public for font.c and for tests.
 */
void nb_pdf_unicode_map_write(nb_buffer *out, nb_pdf_glyph *const *glyphs, int count, int reading);

#endif
