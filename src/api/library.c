#include "api/library.h"
#include "api/options.h"

#include "base/file.h"
#include "base/given.h"
#include "layout/text_stock.h"
#include "pack/zip.h"
#include "report/json.h"
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

typedef enum resource_kind { RESOURCE_FORM, RESOURCE_STYLE, RESOURCE_FONTS } resource_kind;

/* Something loaded, in an arena of its own, where the entry itself lives too. */
typedef struct resource {
    struct resource *next;
    nb_arena *arena;
    resource_kind kind;
    const char *name;
    const void *object;
    nb_string text; /* of its file */
} resource;

struct nb_library {
    nb_arena *arena;               /* of the library itself and its strings */
    const nb_allocator *allocator; /* NULL: malloc and free */
    nb_pool *blocks;               /* of reports and publications */
    nb_deflate_stock *stock;
    nb_text_stock *texts;
    const char *data_dir;
    const char **font_dirs;
    size_t font_dir_count;
    pthread_mutex_t lock; /* over resources */
    resource *resources;
};

static nb_status run_with(nb_arena **arena, nb_arena *made, nb_status (*body)(void *context),
                          void *context)
{
    *arena = made;
    if (!*arena)
        return NB_E_MEMORY;
    nb_status status = nb_arena_run(*arena, body, context);
    if (status != NB_OK) {
        nb_arena_drop(*arena);
        *arena = NULL;
    }
    return status;
}

nb_status nb_run_with_new_arena(nb_arena **arena, nb_status (*body)(void *context), void *context)
{
    return run_with(arena, nb_arena_new(), body, context);
}

nb_status nb_library_run_with_new_arena(nb_library *library, nb_arena **arena,
                                        nb_status (*body)(void *context), void *context)
{
    return run_with(arena, nb_arena_new_from(library->blocks, library->allocator), body, context);
}

nb_status nb_give_text(nb_string from, char **text, size_t *length)
{
    *text = malloc(from.length + 1);
    if (!*text)
        return NB_E_MEMORY;
    if (from.length)
        memcpy(*text, from.data, from.length);
    (*text)[from.length] = '\0';
    *length = from.length;
    return NB_OK;
}

static bool has_forms(const char *folder, nb_arena *arena)
{
    struct stat info;
    return stat(nb_arena_print(arena, "%s/layouts", folder), &info) == 0 && S_ISDIR(info.st_mode);
}

/* ../share/nianbao beside the folder of the running program, or NULL. */
static const char *beside_program(nb_arena *arena)
{
    char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path);
    if (length <= 0 || length == (ssize_t)sizeof path)
        return NULL;
    while (length > 0 && path[length - 1] != '/')
        length--;
    return nb_arena_print(arena, "%.*s../share/nianbao", (int)length, path);
}

static nb_status find_data(nb_library *library, const char *named, nb_findings *findings)
{
    nb_arena *arena = library->arena;
    const char *environment = getenv("NIANBAO_DATA");
    if (!named && environment && *environment)
        named = environment;
    const char *places[] = {
        beside_program(arena),
        NB_DATA_DIR,
#ifdef NB_SOURCE_DIR
        NB_SOURCE_DIR,
#endif
    };
    if (named) {
        library->data_dir = nb_arena_copy(arena, named, strlen(named));
        if (has_forms(named, arena))
            return NB_OK;
    }
    for (size_t i = 0; i < sizeof places / sizeof places[0] && !named; i++)
        if (places[i] && has_forms(places[i], arena)) {
            library->data_dir = places[i];
            return NB_OK;
        }
    nb_finding *finding =
        nb_findings_add(findings, NB_ERROR, "IO", (nb_place){ .file = named ? named : NB_DATA_DIR },
                        NB_SAY(findings, "这里没有表单的文件夹 layouts",
                               "there is no folder layouts with forms here"));
    nb_finding_hint(findings, finding, "%s",
                    NB_SAY(findings, "用环境变量 NIANBAO_DATA 指出含 layouts 和 fonts 的文件夹",
                           "name the folder that holds layouts and fonts in the environment "
                           "variable NIANBAO_DATA"));
    return NB_E_RESOURCE;
}

typedef struct making {
    const nb_library_options *options;
    nb_findings *findings;
    nb_arena *arena;
    nb_library *library;
} making;

/* What is no arena's. */
static void drop_shared(nb_library *library)
{
    nb_text_stock_drop(library->texts);
    nb_deflate_stock_drop(library->stock);
    nb_pool_drop(library->blocks);
    pthread_mutex_destroy(&library->lock);
}

static nb_status make(void *context)
{
    making *m = context;
    const nb_library_options *options = m->options;
    nb_library *library = m->library = NB_NEW(m->arena, nb_library);
    library->arena = m->arena;
    if (options->allocator) {
        nb_allocator *allocator = NB_NEW(m->arena, nb_allocator);
        *allocator = *options->allocator;
        library->allocator = allocator;
    }
    library->font_dir_count = options->font_dir_count;
    library->font_dirs = NB_NEW_ARRAY(m->arena, const char *, options->font_dir_count);
    for (size_t i = 0; i < options->font_dir_count; i++)
        library->font_dirs[i] =
            nb_arena_copy(m->arena, options->font_dirs[i], strlen(options->font_dirs[i]));
    nb_status status = find_data(library, options->data_dir, m->findings);
    if (status != NB_OK)
        return status;
    if (pthread_mutex_init(&library->lock, NULL) != 0)
        return NB_E_MEMORY;
    nb_zip_make_ready();
    library->blocks = nb_block_pool_new(library->allocator);
    library->stock = nb_deflate_stock_new();
    library->texts = nb_text_stock_new();
    if (library->blocks && library->stock && library->texts)
        return NB_OK;
    drop_shared(library);
    return NB_E_MEMORY;
}

static bool are_sound(const nb_library_options *options)
{
    return !options || (nb_allocator_is_sound(options->allocator) &&
                        nb_list_given(options->font_dirs, options->font_dir_count));
}

nb_status nb_library_new(const nb_library_options *options, nb_findings *findings, nb_library **out)
{
    NB_CLEAR(out);
    if (!(NB_GIVEN(findings, out) && are_sound(options)))
        return NB_E_ARGUMENT;
    static const nb_library_options defaults = NB_LIBRARY_OPTIONS_INIT;
    making m = { options ? options : &defaults, findings, NULL, NULL };
    nb_status status = run_with(&m.arena, nb_arena_new_from(NULL, m.options->allocator), make, &m);
    *out = status == NB_OK ? m.library : NULL;
    return status;
}

void nb_library_drop(nb_library *library)
{
    if (!library)
        return;
    while (library->resources) {
        resource *first = library->resources;
        library->resources = first->next;
        nb_arena_drop(first->arena);
    }
    drop_shared(library);
    nb_arena_drop(library->arena);
}

typedef struct loading {
    const nb_library *library;
    resource_kind kind;
    const char *name;
    nb_findings *findings;
    nb_arena *arena;
    resource *loaded;
} loading;

enum { LONGEST_CHAIN = 8 }; /* of styles based on styles: more is a circle */

static nb_status load_style(loading *l, const char *name, int depth, const nb_page_style **out)
{
    nb_string json;
    const nb_page_style *base = NULL;
    const char *path = nb_arena_print(l->arena, "%s/layouts/%s.json", l->library->data_dir, name);
    if (nb_file_read(path, nb_json_default_limits.bytes, l->arena, l->findings, &json) != NB_OK)
        return NB_E_RESOURCE;
    const char *base_name = nb_page_style_base(json, l->arena);
    if (*base_name) {
        if (!nb_is_resource_name(base_name) || depth == LONGEST_CHAIN) {
            nb_findings_add(
                l->findings, NB_ERROR, "F", (nb_place){ .file = path },
                NB_SAY(l->findings, "版式不能以“%s”为基础", "a style cannot be based on “%s”"),
                base_name);
            return NB_E_RESOURCE;
        }
        nb_status status = load_style(l, base_name, depth + 1, &base);
        if (status != NB_OK)
            return status;
    }
    return nb_page_style_load(json, path, base, l->arena, l->findings, out);
}

static nb_status load(void *context)
{
    loading *l = context;
    const nb_library *library = l->library;
    const char *folder = l->kind == RESOURCE_FONTS ? "fonts" : "layouts";
    resource *loaded = NB_NEW(l->arena, resource);
    const char *path =
        nb_arena_print(l->arena, "%s/%s/%s.json", library->data_dir, folder, l->name);
    nb_string json;
    *loaded = (resource){ .arena = l->arena, .kind = l->kind };
    loaded->name = nb_arena_copy(l->arena, l->name, strlen(l->name));
    if (nb_file_read(path, nb_json_default_limits.bytes, l->arena, l->findings, &json) != NB_OK)
        return NB_E_RESOURCE;
    loaded->text = json;
    nb_status status = NB_E_RESOURCE;
    const nb_form *form = NULL;
    const nb_page_style *style = NULL;
    const nb_fonts *fonts = NULL;
    switch (l->kind) {
    case RESOURCE_FORM:
        status = nb_form_load(json, path, l->arena, l->findings, &form);
        loaded->object = form;
        break;
    case RESOURCE_STYLE:
        status = load_style(l, l->name, 0, &style);
        loaded->object = style;
        break;
    case RESOURCE_FONTS:
        status = nb_fonts_load(json, path, library->font_dirs, library->font_dir_count, l->arena,
                               l->findings, &fonts);
        loaded->object = fonts;
        break;
    }
    l->loaded = loaded;
    return status;
}

bool nb_is_resource_name(const char *name)
{
    return *name && name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0';
}

/* The resource of that name, or NULL. The lock is held. */
static resource *find(const nb_library *library, resource_kind kind, const char *name)
{
    resource *at = library->resources;
    while (at && (at->kind != kind || strcmp(at->name, name) != 0))
        at = at->next;
    return at;
}

/* The resource of that name, loaded now if it is not there yet. */
static nb_status obtain(nb_library *library, resource_kind kind, const char *name,
                        nb_findings *findings, const resource **out)
{
    nb_status status = NB_OK;
    *out = NULL;
    if (!nb_is_resource_name(name)) {
        nb_findings_add(findings, NB_ERROR, "IO", (nb_place){ .file = library->data_dir },
                        NB_SAY(findings, "“%s”不能作文件名", "“%s” cannot name a file"), name);
        return NB_E_RESOURCE;
    }
    pthread_mutex_lock(&library->lock);
    resource *at = find(library, kind, name);
    if (!at) {
        loading l = { .library = library, .kind = kind, .name = name, .findings = findings };
        status = run_with(&l.arena, nb_arena_new_from(NULL, library->allocator), load, &l);
        if (status == NB_OK) {
            at = l.loaded;
            at->next = library->resources;
            library->resources = at;
        }
    }
    pthread_mutex_unlock(&library->lock);
    if (status == NB_OK)
        *out = at;
    return status;
}

nb_status nb_library_form(nb_library *library, const char *id, nb_findings *findings,
                          const nb_form **out)
{
    const resource *found;
    nb_status status = obtain(library, RESOURCE_FORM, id, findings, &found);
    *out = found ? found->object : NULL;
    return status;
}

nb_status nb_library_form_json(nb_library *library, const char *id, nb_findings *findings,
                               const char **json, size_t *length)
{
    NB_CLEAR(json);
    NB_CLEAR(length);
    if (!NB_GIVEN(library, id, findings, json, length))
        return NB_E_ARGUMENT;
    const resource *found;
    nb_status status = obtain(library, RESOURCE_FORM, id, findings, &found);
    *json = found ? found->text.data : NULL;
    *length = found ? found->text.length : 0;
    return status;
}

nb_status nb_library_style(nb_library *library, const char *name, nb_findings *findings,
                           const nb_page_style **out)
{
    const resource *found;
    nb_status status = obtain(library, RESOURCE_STYLE, name, findings, &found);
    *out = found ? found->object : NULL;
    return status;
}

nb_status nb_library_resolved_fonts(nb_library *library, nb_findings *findings,
                                    const nb_fonts **out)
{
    const resource *found;
    nb_status status = obtain(library, RESOURCE_FONTS, "fonts", findings, &found);
    *out = found ? found->object : NULL;
    return status;
}

nb_deflate_stock *nb_library_stock(nb_library *library)
{
    return library->stock;
}

nb_text_stock *nb_library_texts(nb_library *library)
{
    return library->texts;
}

const char *nb_library_data_dir(const nb_library *library)
{
    return library->data_dir;
}

bool nb_library_has_form(nb_library *library, const char *id, nb_arena *arena)
{
    pthread_mutex_lock(&library->lock);
    bool known = find(library, RESOURCE_FORM, id) != NULL;
    pthread_mutex_unlock(&library->lock);
    if (known || !nb_is_resource_name(id))
        return known;
    return nb_is_form_file(library, id, arena);
}
