/* The shapes of glyphs, for those who show pages that share them. */
#include "api/library.h"

#include "base/given.h"
#include "svg/svg.h"

typedef struct drawing {
    nb_library *library;
    const char *face;
    const uint32_t *glyphs;
    size_t count;
    nb_findings *findings;
    nb_arena *arena;
    char *svg;
    size_t length;
} drawing;

static nb_status draw(void *context)
{
    drawing *d = context;
    const nb_fonts *fonts;
    nb_string svg;
    nb_status status = nb_library_resolved_fonts(d->library, d->findings, &fonts);
    if (status != NB_OK)
        return status;
    const nb_face *face = nb_fonts_face(fonts, d->face);
    if (!face || d->count > INT32_MAX)
        return NB_E_ARGUMENT;
    nb_svg_write_glyphs(face, d->glyphs, (int)d->count, d->arena, &svg);
    return nb_give_text(svg, &d->svg, &d->length);
}

nb_status nb_library_write_glyphs_svg(nb_library *library, const char *face, const uint32_t *glyphs,
                                      size_t count, nb_findings *findings, char **svg,
                                      size_t *length)
{
    NB_CLEAR(svg);
    NB_CLEAR(length);
    if (!(NB_GIVEN(library, face, findings, svg, length) && (glyphs || !count)))
        return NB_E_ARGUMENT;
    drawing d = {
        .library = library, .face = face, .glyphs = glyphs, .count = count, .findings = findings
    };
    nb_status status = nb_library_run_with_new_arena(library, &d.arena, draw, &d);
    nb_arena_drop(d.arena);
    *svg = status == NB_OK ? d.svg : NULL;
    *length = status == NB_OK ? d.length : 0;
    return status;
}
