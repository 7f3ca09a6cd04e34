/* What the font roles are on this machine, and how much of written Chinese their faces draw. */
#include "api/library.h"

#include "base/given.h"

/*
 * The sample of a face's coverage. The hanzi are those of GBK, in one block without gaps: enough
 * to tell a face of GB 2312 (6763 of them) from a whole one, and looked at in some tenths of a
 * second.
 */
static const uint32_t sample[][2] = { { 0x20, 0x7E }, { 0x4E00, 0x9FA5 } };

enum { SAMPLE_RANGES = sizeof sample / sizeof sample[0] };

/* Faces stand in the chains of several roles; each is counted once. */
typedef struct counted_face {
    const nb_face *face;
    int covered;
} counted_face;

typedef struct listing {
    nb_library *library;
    nb_findings *findings;
    void (*visit)(void *context, const nb_font_info *info);
    void *context;
    nb_arena *arena;
    counted_face *counted;
    int count;
} listing;

static int sampled(void)
{
    int count = 0;
    for (int i = 0; i < SAMPLE_RANGES; i++)
        count += (int)(sample[i][1] - sample[i][0]) + 1;
    return count;
}

static int covered(listing *l, const nb_face *face)
{
    for (int i = 0; i < l->count; i++)
        if (l->counted[i].face == face)
            return l->counted[i].covered;
    counted_face *added = &l->counted[l->count++];
    *added = (counted_face){ face, 0 };
    for (int i = 0; i < SAMPLE_RANGES; i++)
        for (uint32_t c = sample[i][0]; c <= sample[i][1]; c++)
            added->covered += nb_face_draws(face, c);
    return added->covered;
}

static void visit_role(listing *l, const nb_font_role *role)
{
    for (int i = 0; i < role->face_count; i++) {
        nb_face_need(role->faces[i], l->arena);
        const nb_face_info *face = nb_face_describe(role->faces[i]);
        nb_font_info info = {
            .role = role->name,
            .office_name = role->office_name,
            .face = face->postscript_name,
            .file = face->file,
            .index = face->index,
            .licence = face->licence,
            .covered = covered(l, role->faces[i]),
            .sampled = sampled(),
            .is_first = i == 0,
        };
        l->visit(l->context, &info);
    }
}

static nb_status list(void *context)
{
    listing *l = context;
    const nb_fonts *fonts;
    nb_status status = nb_library_resolved_fonts(l->library, l->findings, &fonts);
    if (status != NB_OK)
        return status;
    int faces = 0;
    for (int i = 0; i < nb_fonts_role_count(fonts); i++)
        faces += nb_fonts_role_at(fonts, i)->face_count;
    l->counted = NB_NEW_ARRAY(l->arena, counted_face, (size_t)faces);
    for (int i = 0; i < nb_fonts_role_count(fonts); i++)
        visit_role(l, nb_fonts_role_at(fonts, i));
    return NB_OK;
}

nb_status nb_library_fonts(nb_library *library, nb_findings *findings,
                           void (*visit)(void *context, const nb_font_info *info), void *context)
{
    if (!(NB_GIVEN(library, findings) && visit))
        return NB_E_ARGUMENT;
    listing l = { .library = library, .findings = findings, .visit = visit, .context = context };
    nb_status status = nb_library_run_with_new_arena(library, &l.arena, list, &l);
    nb_arena_drop(l.arena);
    return status;
}
