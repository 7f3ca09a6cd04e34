/* Which forms there are. */
#include "api/library.h"

#include "base/file.h"
#include "base/given.h"
#include "report/json.h"
#include <stdlib.h>

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char *skip(const char *at, const char *end, const char *token)
{
    size_t length = strlen(token);
    while (at && at < end && strchr(" \t\r\n", *at))
        at++;
    return at && (size_t)(end - at) >= length && memcmp(at, token, length) == 0 ? at + length
                                                                                : NULL;
}

/* Whether the text begins {"form": "id": then the rest, which is long, need not be read for that. */
static bool begins_as_form(nb_string json, const char *id)
{
    const char *end = json.data + json.length;
    const char *at =
        skip(skip(skip(skip(json.data, end, "{"), end, "\"form\""), end, ":"), end, "\"");
    size_t length = strlen(id);
    return at && (size_t)(end - at) > length && memcmp(at, id, length) == 0 && at[length] == '"';
}

/* layouts/ holds page styles too: a form is a file that says it is the form of its own name. */
static bool is_form(const char *data_dir, const char *id, nb_arena *arena, nb_findings *unheard)
{
    nb_string json;
    const nb_json *root;
    const char *path = nb_arena_print(arena, "%s/layouts/%s.json", data_dir, id);
    nb_status status = nb_file_read(path, nb_json_default_limits.bytes, arena, unheard, &json);
    if (status == NB_OK && begins_as_form(json, id))
        return true;
    if (status == NB_OK)
        status = nb_json_read(json, path, nb_json_default_limits, arena, unheard, &root);
    if (status == NB_E_MEMORY)
        nb_arena_fail(arena); /* or a form would seem not to be there */
    return status == NB_OK && nb_string_is(nb_json_member_text(root, "form"), id);
}

bool nb_is_form_file(nb_library *library, const char *id, nb_arena *arena)
{
    return is_form(nb_library_data_dir(library), id, arena, nb_findings_new_in(arena, NB_ENGLISH));
}

nb_form_ids nb_library_form_ids(nb_library *library, nb_arena *arena)
{
    const char *data_dir = nb_library_data_dir(library);
    nb_findings *unheard = nb_findings_new_in(arena, NB_ENGLISH);
    nb_form_ids found = { NULL, 0 };
    int capacity = 0;
    DIR *folder = nb_folder_open(nb_arena_print(arena, "%s/layouts", data_dir), arena);
    for (struct dirent *entry; folder && (entry = readdir(folder)) != NULL;) {
        size_t length = strlen(entry->d_name);
        if (length < 6 || strcmp(entry->d_name + length - 5, ".json") != 0)
            continue;
        const char *id = nb_arena_copy(arena, entry->d_name, length - 5);
        if (!nb_is_resource_name(id) || !is_form(data_dir, id, arena, unheard))
            continue;
        NB_GROW(arena, found.ids, found.count, &capacity);
        found.ids[found.count++] = id;
    }
    if (found.count)
        qsort(found.ids, (size_t)found.count, sizeof *found.ids, by_name);
    return found;
}

void nb_hint_at_forms(nb_library *library, nb_string id, nb_arena *arena, nb_findings *findings,
                      nb_finding *finding)
{
    nb_form_ids known = nb_library_form_ids(library, arena);
    const char *names = "", *nearest = NULL;
    for (int i = 0; i < known.count; i++)
        names = nb_arena_print(arena, "%s%s%s", names, i ? NB_SAY(findings, "、", ", ") : "",
                               known.ids[i]);
    if (id.length)
        nearest = nb_nearest_name(id, known.ids, (size_t)known.count);
    if (nearest)
        nb_finding_hint(findings, finding,
                        NB_SAY(findings, "是否要写“%s”？现有的表单：%s",
                               "did you mean “%s”? The forms there are: %s"),
                        nearest, names);
    else
        nb_finding_hint(findings, finding,
                        NB_SAY(findings, "现有的表单：%s", "the forms there are: %s"), names);
}

typedef struct listing {
    nb_library *library;
    nb_findings *findings;
    void (*visit)(void *context, const nb_form_info *info);
    void *context;
    nb_arena *arena;
} listing;

static nb_status list(void *context)
{
    listing *l = context;
    nb_status status = NB_OK;
    nb_form_ids known = nb_library_form_ids(l->library, l->arena);
    for (int i = 0; i < known.count; i++) {
        const nb_form *form;
        if (nb_library_form(l->library, known.ids[i], l->findings, &form) != NB_OK) {
            status = NB_E_RESOURCE;
            continue;
        }
        nb_form_info info = { form->id, form->name.data, form->source, form->style,
                              form->phrases != NULL };
        l->visit(l->context, &info);
    }
    return status;
}

nb_status nb_library_forms(nb_library *library, nb_findings *findings,
                           void (*visit)(void *context, const nb_form_info *info), void *context)
{
    if (!(NB_GIVEN(library, findings) && visit))
        return NB_E_ARGUMENT;
    listing l = { library, findings, visit, context, NULL };
    nb_status status = nb_library_run_with_new_arena(library, &l.arena, list, &l);
    nb_arena_drop(l.arena);
    return status;
}
