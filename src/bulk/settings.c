#include "bulk/settings.h"

#include "api/library.h"
#include "base/file.h"
#include "base/findings.h"
#include "report/json.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * Enough of a font file: it begins with the directory of its tables, which has a checksum of each.
 */
enum { FONT_BYTES = 64 * 1024 };

typedef struct settings {
    nb_library *library;
    nb_arena *arena;
    nb_findings *findings;
    nb_sha256 digest;
} settings;

static void add_text(settings *s, const char *text)
{
    nb_sha256_add_item(&s->digest, nb_string_of(text ? text : ""));
}

static void add_number(settings *s, int64_t number)
{
    add_text(s, nb_arena_print(s->arena, "%lld", (long long)number));
}

/* What is said of rules: it decides which reports are made, and which findings the manifest has. */
static void add_rule_settings(settings *s, const nb_check_options *checks)
{
    size_t count = checks ? checks->setting_count : 0;
    add_number(s, (int64_t)count);
    for (size_t i = 0; i < count; i++) {
        const nb_rule_setting *setting = &checks->settings[i];
        add_text(s, setting->rule);
        add_number(s, setting->is_off);
        add_number(s, setting->is_off ? 0 : (int64_t)setting->severity);
    }
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names in a folder that end with .json, sorted. */
static const char **names_in(const char *path, int *count, nb_arena *arena)
{
    const char **names = NULL;
    int capacity = 0;
    DIR *folder = nb_folder_open(path, arena);
    *count = 0;
    if (!folder)
        return NULL;
    for (const struct dirent *entry; (entry = readdir(folder));) {
        size_t length = strlen(entry->d_name);
        if (length < 5 || strcmp(entry->d_name + length - 5, ".json") != 0)
            continue;
        NB_GROW(arena, names, *count, &capacity);
        names[(*count)++] = nb_arena_copy(arena, entry->d_name, length);
    }
    if (names)
        qsort(names, (size_t)*count, sizeof *names, by_name);
    return names;
}

static nb_status add_folder(settings *s, const char *name)
{
    int count;
    const char *path = nb_arena_print(s->arena, "%s/%s", nb_library_data_dir(s->library), name);
    const char **names = names_in(path, &count, s->arena);
    for (int i = 0; i < count; i++) {
        nb_string bytes;
        if (nb_file_read(nb_arena_print(s->arena, "%s/%s", path, names[i]),
                         nb_json_default_limits.bytes, s->arena, s->findings, &bytes) != NB_OK)
            return NB_E_RESOURCE;
        add_text(s, names[i]);
        nb_sha256_add_item(&s->digest, bytes);
    }
    return NB_OK;
}

static void add_font_file(settings *s, const char *path)
{
    struct stat info;
    char *bytes = nb_arena_alloc(s->arena, FONT_BYTES);
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    bool is_known = fstat(descriptor, &info) == 0;
    ssize_t length = read(descriptor, bytes, FONT_BYTES);
    close(descriptor); /* before memory is asked for, which may not return */
    if (is_known)
        add_number(s, info.st_size);
    nb_sha256_add_item(&s->digest, (nb_string){ bytes, length > 0 ? (size_t)length : 0 });
}

static nb_status add_fonts(settings *s)
{
    const nb_fonts *fonts;
    nb_status status = nb_library_resolved_fonts(s->library, s->findings, &fonts);
    for (int i = 0; status == NB_OK && i < nb_fonts_role_count(fonts); i++) {
        const nb_font_role *role = nb_fonts_role_at(fonts, i);
        add_text(s, role->name);
        for (int k = 0; k < role->face_count; k++) {
            const nb_face_info *info = nb_face_describe(role->faces[k]);
            add_number(s, info->index);
            add_font_file(s, info->file);
        }
    }
    return status;
}

nb_status nb_settings_digest(nb_library *library, const nb_bulk_options *options,
                             nb_string template_text, const nb_row_source *source, nb_arena *arena,
                             nb_findings *findings, char out[NB_DIGEST_SIZE])
{
    settings s = { library, arena, findings, nb_sha256_begin() };
    add_text(&s, NB_VERSION);
    add_number(&s, nb_findings_language(findings));
    for (int format = 0; format <= NB_TRACE; format++)
        add_number(&s, options->formats[format]);
    add_number(&s, options->build.force);
    add_text(&s, options->build.style);
    add_number(&s, options->build.pdf_standard);
    add_number(&s, options->build.editable);
    add_text(&s, options->build.date);
    add_number(&s, options->build.draft);
    add_rule_settings(&s, options->build.checks);
    add_text(&s, options->name);
    add_number(&s, options->per_folder);
    nb_sha256_add_item(&s.digest, template_text);
    for (int i = 0; i < source->column_count; i++)
        nb_sha256_add_item(&s.digest, source->columns[i]);
    nb_status status = add_folder(&s, "layouts");
    if (status == NB_OK)
        status = add_folder(&s, "fonts");
    if (status == NB_OK)
        status = add_fonts(&s);
    nb_sha256_end(&s.digest, out);
    return status;
}
