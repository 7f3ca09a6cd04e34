/*
 * A fontconfig file under which other programs find the faces of the font roles by their office
 * names: when fontconfig scans a font file, the face gets the name too. The folders' caches hold
 * what was scanned, so the file has a cache folder of its own, named after its content.
 */
#include "api/library.h"

#include "base/given.h"
#include "pack/xml.h"
#include <stdlib.h>
#include <string.h>

typedef struct writing {
    nb_library *library;
    nb_findings *findings;
    nb_arena *arena;
    const nb_fonts *fonts;
    nb_xml xml;
    char *text; /* out */
    size_t length;
} writing;

static const char *folder_of(nb_arena *arena, const char *file)
{
    const char *slash = strrchr(file, '/');
    return slash ? nb_arena_copy(arena, file, (size_t)(slash - file)) : ".";
}

static bool is_listed(const char *const *list, int count, const char *word)
{
    for (int i = 0; i < count; i++)
        if (strcmp(list[i], word) == 0)
            return true;
    return false;
}

/* Each folder with a face of any role, once, in the order of the roles. */
static int list_folders(const writing *w, const char **folders)
{
    int count = 0;
    for (int i = 0; i < nb_fonts_role_count(w->fonts); i++) {
        const nb_font_role *role = nb_fonts_role_at(w->fonts, i);
        for (int k = 0; k < role->face_count; k++) {
            const char *folder = folder_of(w->arena, nb_face_describe(role->faces[k])->file);
            if (!is_listed(folders, count, folder))
                folders[count++] = folder;
        }
    }
    return count;
}

static void write_edit(nb_xml *xml, const char *name, const char *mode, const char *kind,
                       const char *value)
{
    nb_xml_open(xml, "edit");
    nb_xml_attribute(xml, "name", name);
    nb_xml_attribute(xml, "mode", mode);
    nb_xml_element(xml, kind, nb_string_of(value));
    nb_xml_close(xml, "edit");
}

/*
 * The role's first face takes the office name. A bold face loses its own name by it: asked for in
 * regular weight, it would otherwise be taken for its family's regular face.
 */
static void write_role(nb_xml *xml, const nb_font_role *role)
{
    const char *mode = nb_face_describe(role->faces[0])->bold ? "assign" : "prepend_first";
    nb_xml_open(xml, "match");
    nb_xml_attribute(xml, "target", "scan");
    nb_xml_open(xml, "test");
    nb_xml_attribute(xml, "name", "postscriptname");
    nb_xml_element(xml, "string", nb_string_of(nb_face_describe(role->faces[0])->postscript_name));
    nb_xml_close(xml, "test");
    write_edit(xml, "family", mode, "string", role->office_name);
    write_edit(xml, "familylang", mode, "string", "en");
    nb_xml_close(xml, "match");
}

static uint32_t digest_of(const nb_buffer *text)
{
    uint32_t hash = 2166136261u; /* FNV-1a: only to tell one file's caches from another's */
    for (size_t i = 0; i < text->length; i++)
        hash = (hash ^ text->data[i]) * 16777619u;
    return hash;
}

static void write_file(writing *w, nb_buffer *out)
{
    int faces = 1;
    for (int i = 0; i < nb_fonts_role_count(w->fonts); i++)
        faces += nb_fonts_role_at(w->fonts, i)->face_count;
    const char **folders = NB_NEW_ARRAY(w->arena, const char *, (size_t)faces);
    int count = list_folders(w, folders);
    nb_xml *xml = &w->xml;
    nb_xml_begin(xml, out);
    nb_xml_open(xml, "fontconfig");
    for (int i = 0; i < count; i++)
        nb_xml_element(xml, "dir", nb_string_of(folders[i]));
    for (int i = 0; i < nb_fonts_role_count(w->fonts); i++)
        if (nb_fonts_role_at(w->fonts, i)->face_count)
            write_role(xml, nb_fonts_role_at(w->fonts, i));
    const char *cache =
        nb_arena_print(w->arena, "fontconfig-nianbao-%08x", (unsigned)digest_of(out));
    nb_xml_open(xml, "cachedir");
    nb_xml_attribute(xml, "prefix", "xdg");
    nb_xml_text(xml, nb_string_of(cache));
    nb_xml_close(xml, "cachedir");
    nb_xml_close(xml, "fontconfig");
}

static nb_status write(void *context)
{
    writing *w = context;
    nb_status status = nb_library_resolved_fonts(w->library, w->findings, &w->fonts);
    if (status != NB_OK)
        return status;
    nb_buffer *out = nb_buffer_new(w->arena, 1 << 20);
    write_file(w, out);
    if (!nb_xml_end(&w->xml))
        return NB_E_OUTPUT;
    return nb_give_text((nb_string){ (const char *)out->data, out->length }, &w->text, &w->length);
}

nb_status nb_library_fontconfig(nb_library *library, nb_findings *findings, char **text,
                                size_t *length)
{
    NB_CLEAR(text);
    NB_CLEAR(length);
    if (!NB_GIVEN(library, findings, text, length))
        return NB_E_ARGUMENT;
    writing w = { .library = library, .findings = findings };
    nb_status status = nb_library_run_with_new_arena(library, &w.arena, write, &w);
    nb_arena_drop(w.arena);
    *text = w.text;
    *length = w.length;
    return status;
}
