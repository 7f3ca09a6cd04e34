#include "text/fonts.h"

#include "text/face.h"
#include "text/installed.h"
#include "text/lookup.h"
#include <string.h>

struct nb_fonts {
    nb_font_role *roles;
    int role_count;
    nb_face *faces; /* all, each once, however many roles share it */
};

typedef struct resolver {
    nb_arena *arena;
    nb_findings *findings;
    nb_lookup *lookup;
    nb_installed *installed;
    nb_fonts *fonts;
    nb_face **fallback;
    int fallback_count;
} resolver;

static void release(void *object)
{
    nb_fonts *fonts = object;
    for (nb_face *face = fonts->faces; face; face = face->next)
        nb_face_close(face);
}

/* Roles share a face, so that a document embeds it once. */
static nb_face *shared_face(resolver *r, const char *file, const char *name)
{
    nb_face *face = r->fonts->faces;
    while (face && (strcmp(face->file, file) != 0 || strcmp(face->name, name) != 0))
        face = face->next;
    if (!face) {
        face = nb_face_new(r->arena, file, name);
        face->next = r->fonts->faces;
        r->fonts->faces = face;
    }
    return face;
}

/* Whether the face can be read and has outlines that PDF knows. */
static bool is_usable(const resolver *r, const nb_face *face)
{
    nb_face_need(face, r->arena);
    return nb_face_font(face) != NULL;
}

/* The candidate's face, or NULL. Unless it must be sure, the first file is taken at its word. */
static nb_face *find_by_file(resolver *r, const nb_candidate *candidate, bool must_be_sure)
{
    size_t at = 0;
    for (const char *file; (file = nb_lookup_next(r->lookup, candidate, &at));) {
        nb_face *face = shared_face(r, file, candidate->name);
        if (!must_be_sure || is_usable(r, face))
            return face;
    }
    return NULL;
}

static nb_face *find_installed(resolver *r, const nb_candidate *candidate)
{
    const char *file, *name;
    if (!nb_installed_find(r->installed, candidate, &file, &name))
        return NULL;
    nb_face *face = shared_face(r, file, name);
    return is_usable(r, face) ? face : NULL;
}

static void add_face(nb_font_role *role, nb_face *face)
{
    for (int i = 0; i < role->face_count; i++)
        if (role->faces[i] == face)
            return;
    role->faces[role->face_count++] = face;
}

/* Faces are opened when first used, so some of a chain may be of no use. */
static bool has_usable_face(const resolver *r, const nb_font_role *role)
{
    for (int i = 0; i < role->face_count; i++)
        if (is_usable(r, role->faces[i]))
            return true;
    return false;
}

/* The role has no face of its own. */
static void report_missing(resolver *r, const nb_manifest_role *role, bool has_fallback)
{
    nb_finding *finding = nb_findings_add(
        r->findings, has_fallback ? NB_WARNING : NB_ERROR, "FONT", role->place,
        has_fallback
            ? NB_SAY(r->findings, "本机没有字体角色 %s（%s）可用的字体，改用后备字体",
                     "this machine has no face for the font role %s (%s); the fallback stands in")
            : NB_SAY(r->findings, "本机没有字体角色 %s（%s）可用的字体",
                     "this machine has no face for the font role %s (%s)"),
        role->name, role->office_name);
    nb_finding_hint(
        r->findings, finding, "%s",
        NB_SAY(r->findings,
               "运行 fonts/install.sh 安装免费字体，或用 --font-dir 指出字体所在的文件夹",
               "install the free fonts with fonts/install.sh, or name a folder of "
               "fonts with --font-dir"));
}

/* False when the role has no face at all. */
static bool resolve_role(resolver *r, const nb_manifest_role *from, nb_font_role *role)
{
    const nb_candidates *candidates = &from->faces;
    role->name = from->name;
    role->office_name = from->office_name;
    role->faces =
        NB_NEW_ARRAY(r->arena, nb_face *, (size_t)(candidates->count + r->fallback_count));
    for (int i = 0; i < candidates->count; i++) {
        nb_face *face = find_by_file(r, &candidates->items[i], role->face_count == 0);
        if (face)
            add_face(role, face);
    }
    for (int i = 0; i < candidates->count && role->face_count == 0; i++) {
        nb_face *face = find_installed(r, &candidates->items[i]);
        if (face)
            add_face(role, face);
    }
    role->own_count = role->face_count;
    for (int i = 0; i < r->fallback_count; i++)
        add_face(role, r->fallback[i]);
    if (role->own_count > 0)
        return true;
    bool usable = has_usable_face(r, role);
    report_missing(r, from, usable);
    return usable;
}

static void resolve_fallback(resolver *r, const nb_candidates *candidates)
{
    r->fallback = NB_NEW_ARRAY(r->arena, nb_face *, (size_t)candidates->count);
    for (int i = 0; i < candidates->count; i++) {
        nb_face *face = find_by_file(r, &candidates->items[i], false);
        if (face)
            r->fallback[r->fallback_count++] = face;
    }
}

nb_status nb_fonts_load(nb_string manifest, const char *name, const char *const *font_dirs,
                        size_t font_dir_count, nb_arena *arena, nb_findings *findings,
                        const nb_fonts **out)
{
    const nb_manifest *read = NULL;
    *out = NULL;
    nb_status status = nb_manifest_read(manifest, name, arena, findings, &read);
    if (status != NB_OK)
        return status;
    nb_fonts *fonts = NB_NEW(arena, nb_fonts);
    nb_arena_defer(arena, release, fonts);
    resolver r = {
        .arena = arena,
        .findings = findings,
        .lookup = nb_lookup_new(font_dirs, font_dir_count, read, arena),
        .installed = nb_installed_new(arena),
        .fonts = fonts,
    };
    resolve_fallback(&r, &read->fallback);
    fonts->roles = NB_NEW_ARRAY(arena, nb_font_role, (size_t)read->role_count);
    fonts->role_count = read->role_count;
    for (int i = 0; i < read->role_count; i++)
        if (!resolve_role(&r, &read->roles[i], &fonts->roles[i]))
            status = NB_E_RESOURCE;
    nb_installed_close(r.installed);
    *out = fonts;
    return status;
}

int nb_fonts_role_count(const nb_fonts *fonts)
{
    return fonts->role_count;
}

const nb_font_role *nb_fonts_role_at(const nb_fonts *fonts, int index)
{
    return index >= 0 && index < fonts->role_count ? &fonts->roles[index] : NULL;
}

const nb_face *nb_fonts_face(const nb_fonts *fonts, const char *postscript_name)
{
    const nb_face *face = fonts->faces;
    while (face && strcmp(face->name, postscript_name) != 0)
        face = face->next;
    return face;
}

const nb_font_role *nb_fonts_role(const nb_fonts *fonts, const char *name)
{
    for (int i = 0; i < fonts->role_count; i++)
        if (strcmp(fonts->roles[i].name, name) == 0)
            return &fonts->roles[i];
    return NULL;
}

const nb_face *nb_font_role_face(const nb_font_role *role, uint32_t code_point, nb_arena *arena)
{
    for (int i = 0; i < role->face_count; i++) {
        nb_face_need(role->faces[i], arena);
        if (nb_face_draws(role->faces[i], code_point))
            return role->faces[i];
    }
    return NULL;
}
