/*
 * A page as SVG, for previews: the same glyphs at the same places as in the PDF, drawn as outlines,
 * so that no font need be on the reader's machine.
 *
 *   svg  @viewBox in points
 *     style, defs        the shapes of the glyphs   only where the page stands by itself
 *     g @data-pointer    what shows a value of the report: the JSON Pointer of that value
 *       g.glyphs         a run: use elements in font units
 *       text             the run's characters, invisible, to be searched, selected and read aloud
 *     path, image        rules and pictures
 */
#ifndef NB_SVG_SVG_H
#define NB_SVG_SVG_H

#include "page/page.h"

typedef enum nb_svg_glyphs {
    NB_SVG_OWN_GLYPHS,   /* the page holds the shapes that it uses */
    NB_SVG_SHARED_GLYPHS /* it names them: who shows several pages puts each shape there once */
} nb_svg_glyphs;

/*
 * Page index of the pages, from 0. The bytes live in the arena. NB_E_OUTPUT with a finding when a
 * text holds a character that XML cannot.
 */
nb_status nb_svg_write_page(const nb_document *document, const nb_pages *pages, int index,
                            nb_svg_glyphs glyphs, nb_arena *arena, nb_findings *findings,
                            nb_string *out);

/*
 * The shapes of some glyphs of a face: path elements in an svg element's defs, with the ids by
 * which pages of NB_SVG_SHARED_GLYPHS name them.
 */
void nb_svg_write_glyphs(const nb_face *face, const uint32_t *glyphs, int count, nb_arena *arena,
                         nb_string *out);

#endif
