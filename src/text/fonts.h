/*
 * Font roles, resolved to faces on this machine. A role is a chain of faces: its own, in the
 * manifest's order, then the fallback. A character takes the first face of the chain that draws it.
 */
#ifndef NB_TEXT_FONTS_H
#define NB_TEXT_FONTS_H

#include "base/arena.h"
#include "base/findings.h"

typedef struct nb_face nb_face;

typedef enum nb_outlines { NB_OUTLINES_CFF, NB_OUTLINES_GLYF } nb_outlines;

/* What writers need to describe a face. Lengths are font units, upem to the em. */
typedef struct nb_face_info {
    const char *postscript_name; /* "" when the file turned out to hold no such face */
    const char *family;          /* as word processors list it, without a style: "SimSun" */
    const char *file;
    int index;           /* in a collection */
    const char *licence; /* its text, or where to find it; "" when the file does not say */
    nb_outlines outlines;
    bool may_embed; /* fsType lets it be embedded and subset */
    bool bold;      /* the bold style of its family; a SemiBold is a family of its own */
    bool serif;
    int upem, ascent, descent, cap_height; /* descent is below 0 */
    int italic_angle;                      /* whole degrees, leaning to the right below 0 */
    int box[4];                            /* x_min, y_min, x_max, y_max */
} nb_face_info;

/* Borrowed from the face. Opens it, as all calls about a face do, when none did so before. */
const nb_face_info *nb_face_describe(const nb_face *face);

/*
 * Open the face, when no one did before. Without memory for that the caller is left with NB_E_MEMORY:
 * a face that is not opened seems to be of no use, and another would be taken for it.
 */
void nb_face_need(const nb_face *face, nb_arena *arena);

typedef struct nb_font_role {
    const char *name;
    const char *office_name; /* as offices know it, for DOCX: "仿宋_GB2312" */
    nb_face **faces;
    int face_count; /* at least 1 when loading was NB_OK */
    int own_count;  /* how many of them are the role's own, before the fallback */
} nb_font_role;

typedef struct nb_fonts nb_fonts;

/*
 * Resolve the manifest. Each candidate face is looked for in font_dirs, by the PostScript names in
 * their font files, then in the manifest's directories, by file name; a role of which no file was
 * found is looked up in fontconfig by exact PostScript name or family. Faces are opened when first
 * used, without the arena; any thread may use the result, and roles share faces.
 *
 * A role without a face of its own stands on the fallback, with a warning (rule "FONT").
 * NB_E_RESOURCE with a finding for each role without any face; *out is set then too, so that it
 * may be shown. NB_E_RESOURCE with *out NULL when the manifest is broken.
 */
nb_status nb_fonts_load(nb_string manifest, const char *name, const char *const *font_dirs,
                        size_t font_dir_count, nb_arena *arena, nb_findings *findings,
                        const nb_fonts **out);
int nb_fonts_role_count(const nb_fonts *fonts);
const nb_font_role *nb_fonts_role_at(const nb_fonts *fonts, int index);
const nb_font_role *nb_fonts_role(const nb_fonts *fonts, const char *name); /* NULL: none */
/* The face of that PostScript name, of whichever role, or NULL. */
const nb_face *nb_fonts_face(const nb_fonts *fonts, const char *postscript_name);

/*
 * The first face of the role's chain that draws the character, or NULL. A glyph without outline
 * counts as missing, unless the character is a space. Characters that are never seen (variation
 * selectors, U+200B, U+2060, …) are drawn by every face: they belong to the face of the character
 * before them, and should not be asked about. The faces asked are opened; the arena is for leaving
 * with NB_E_MEMORY when there is no memory for that.
 */
const nb_face *nb_font_role_face(const nb_font_role *role, uint32_t code_point, nb_arena *arena);
bool nb_face_draws(const nb_face *face, uint32_t code_point);

#endif
