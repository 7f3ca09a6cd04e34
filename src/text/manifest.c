#include "text/manifest.h"

#include "report/json.h"
#include <stdlib.h>

typedef struct reader {
    const char *name; /* of the manifest, in findings */
    nb_arena *arena;
    nb_findings *findings;
    bool failed;
} reader;

/* Tell that node is not what the manifest has there. */
static void refuse(reader *r, const nb_json *node, const char *wanted)
{
    nb_findings_add(r->findings, NB_ERROR, "FONT", nb_json_place(node, r->name, r->arena),
                    NB_SAY(r->findings, "字体清单此处应为 %s", "the font manifest needs %s here"),
                    wanted);
    r->failed = true;
}

static const char *keep(reader *r, nb_string text)
{
    return nb_arena_copy(r->arena, text.data, text.length);
}

/* A string member or NULL, which is refused when the member is needed or no string. */
static const char *read_text(reader *r, const nb_json *object, const char *key, bool needed)
{
    const nb_json *member = nb_json_member(object, key);
    if (member && member->kind == NB_JSON_STRING && member->text.length > 0)
        return keep(r, member->text);
    if (member || needed)
        refuse(r, member ? member : object, nb_arena_print(r->arena, "{\"%s\": \"…\"}", key));
    return NULL;
}

/* The member of that kind, empty or not; one that is missing or of another kind is refused. */
static const nb_json *read_member(reader *r, const nb_json *object, const char *key,
                                  nb_json_kind kind)
{
    const nb_json *member = nb_json_member(object, key);
    if (member && member->kind == kind)
        return member;
    refuse(r, member ? member : object,
           nb_arena_print(r->arena, "{\"%s\": %s}", key, kind == NB_JSON_OBJECT ? "{…}" : "[…]"));
    return NULL;
}

static const char **read_texts(reader *r, const nb_json *array, int *count)
{
    const char **texts = NB_NEW_ARRAY(r->arena, const char *, (size_t)array->count);
    for (const nb_json *item = array->first; item; item = item->next) {
        if (item->kind == NB_JSON_STRING && item->text.length > 0)
            texts[(*count)++] = keep(r, item->text);
        else
            refuse(r, item, "\"…\"");
    }
    return texts;
}

static nb_candidates read_candidates(reader *r, const nb_json *object, const char *key)
{
    nb_candidates candidates = { 0 };
    const nb_json *array = read_member(r, object, key, NB_JSON_ARRAY);
    if (!array)
        return candidates;
    candidates.items = NB_NEW_ARRAY(r->arena, nb_candidate, (size_t)array->count);
    for (const nb_json *item = array->first; item; item = item->next) {
        nb_candidate *candidate = &candidates.items[candidates.count];
        candidate->name = read_text(r, item, "name", true);
        candidate->family = read_text(r, item, "family", false);
        const nb_json *files = nb_json_member(item, "files");
        if (files && files->kind == NB_JSON_ARRAY)
            candidate->files = read_texts(r, files, &candidate->file_count);
        else if (files)
            refuse(r, files, "{\"files\": [\"…\"]}");
        if (candidate->name)
            candidates.count++;
    }
    return candidates;
}

/* Folders of a home that is not known are left out. */
static void read_directories(reader *r, const nb_json *root, nb_manifest *manifest)
{
    const nb_json *array = read_member(r, root, "directories", NB_JSON_ARRAY);
    if (!array)
        return;
    int count = 0;
    const char *home = getenv("HOME");
    const char **directories = read_texts(r, array, &count);
    for (int i = 0; i < count; i++) {
        const char *path = directories[i];
        if (path[0] == '~' && (path[1] == '/' || path[1] == '\0')) {
            if (!home || !*home)
                continue;
            path = nb_arena_print(r->arena, "%s%s", home, path + 1);
        }
        directories[manifest->directory_count++] = path;
    }
    manifest->directories = directories;
}

static void read_roles(reader *r, const nb_json *root, nb_manifest *manifest)
{
    const nb_json *roles = read_member(r, root, "roles", NB_JSON_OBJECT);
    if (!roles)
        return;
    manifest->roles = NB_NEW_ARRAY(r->arena, nb_manifest_role, (size_t)roles->count);
    for (const nb_json *node = roles->first; node; node = node->next) {
        nb_manifest_role *role = &manifest->roles[manifest->role_count++];
        role->name = keep(r, node->key);
        role->office_name = read_text(r, node, "office_name", true);
        role->faces = read_candidates(r, node, "faces");
        role->place = nb_json_place(node, r->name, r->arena);
    }
}

nb_status nb_manifest_read(nb_string json, const char *name, nb_arena *arena, nb_findings *findings,
                           const nb_manifest **out)
{
    reader r = { .name = name, .arena = arena, .findings = findings };
    nb_manifest *manifest = NB_NEW(arena, nb_manifest);
    const nb_json *root = NULL;
    nb_status status = nb_json_read(json, name, nb_json_default_limits, arena, findings, &root);
    if (status == NB_E_NOT_A_REPORT)
        return NB_E_RESOURCE;
    if (status != NB_OK)
        return status;
    read_directories(&r, root, manifest);
    read_roles(&r, root, manifest);
    manifest->fallback = read_candidates(&r, root, "fallback");
    *out = manifest;
    return r.failed ? NB_E_RESOURCE : NB_OK;
}
