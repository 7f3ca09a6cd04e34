#include "text/lookup.h"

#include "text/names.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum { LONGEST_PATH = 4096 };

/* A face found in a font_dir. */
typedef struct scanned_face {
    const char *name; /* PostScript name */
    const char *file;
} scanned_face;

/* A folder of the manifest, with what is in it once that was looked for. */
typedef struct folder {
    const char *path;
    bool is_listed; /* what is in it is known */
    const char **names;
    int name_count, name_capacity;
} folder;

struct nb_lookup {
    nb_arena *arena;
    const char *const *font_dirs;
    size_t font_dir_count;
    folder *folders; /* those of the manifest that exist */
    size_t folder_count;
    bool has_scanned, has_listed;
    scanned_face *scanned; /* in the order of font_dirs, then by file name */
    size_t scanned_count;
    size_t scanned_capacity;
    DIR *open; /* the folder that is being read */
};

static void release(void *object)
{
    nb_lookup *lookup = object;
    if (lookup->open)
        closedir(lookup->open);
    lookup->open = NULL;
}

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool is_file(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

nb_lookup *nb_lookup_new(const char *const *font_dirs, size_t font_dir_count,
                         const nb_manifest *manifest, nb_arena *arena)
{
    nb_lookup *lookup = NB_NEW(arena, nb_lookup);
    lookup->arena = arena;
    lookup->font_dirs = font_dirs;
    lookup->font_dir_count = font_dir_count;
    lookup->folders = NB_NEW_ARRAY(arena, folder, (size_t)manifest->directory_count);
    for (int i = 0; i < manifest->directory_count; i++)
        if (is_folder(manifest->directories[i]))
            lookup->folders[lookup->folder_count++].path = manifest->directories[i];
    nb_arena_defer(arena, release, lookup);
    return lookup;
}

static bool has_font_suffix(const char *name)
{
    static const char *const suffixes[] = { ".ttf", ".otf", ".ttc", ".otc" };
    size_t length = strlen(name);
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++)
        if (length > 4 && strcasecmp(name + length - 4, suffixes[i]) == 0)
            return true;
    return false;
}

static void add_scanned(nb_lookup *lookup, const char *name, const char *file)
{
    if (lookup->scanned_count == lookup->scanned_capacity) {
        size_t capacity = lookup->scanned_capacity ? 2 * lookup->scanned_capacity : 64;
        scanned_face *grown = NB_NEW_ARRAY(lookup->arena, scanned_face, capacity);
        if (lookup->scanned_count > 0)
            memcpy(grown, lookup->scanned, lookup->scanned_count * sizeof *grown);
        lookup->scanned = grown;
        lookup->scanned_capacity = capacity;
    }
    scanned_face *added = &lookup->scanned[lookup->scanned_count++];
    added->name = nb_arena_copy(lookup->arena, name, strlen(name));
    added->file = file;
}

/*
 * The PostScript names of the faces in a file; returns how many. They go to the caller's memory,
 * since a failing arena would leave the file mapped.
 */
static int read_names(const char *file, char names[][NB_POSTSCRIPT_NAME_SIZE])
{
    int found = 0;
    hb_blob_t *blob = nb_font_file_map(file);
    if (!blob)
        return 0;
    unsigned count = hb_face_count(blob);
    for (unsigned index = 0; index < count && index < NB_COLLECTION_MAX; index++) {
        hb_face_t *face = hb_face_create(blob, index);
        found += nb_name_postscript(face, names[found]);
        hb_face_destroy(face);
    }
    hb_blob_destroy(blob);
    return found;
}

static int compare_scanned(const void *left, const void *right)
{
    const scanned_face *a = left, *b = right;
    int order = strcmp(a->file, b->file);
    return order != 0 ? order : strcmp(a->name, b->name);
}

/* A folder that cannot be read holds no fonts. */
static void scan_folder(nb_lookup *lookup, const char *path)
{
    size_t first = lookup->scanned_count;
    lookup->open = opendir(path);
    if (!lookup->open)
        return;
    for (struct dirent *entry; (entry = readdir(lookup->open));) {
        char names[NB_COLLECTION_MAX][NB_POSTSCRIPT_NAME_SIZE];
        if (!has_font_suffix(entry->d_name))
            continue;
        const char *file = nb_arena_print(lookup->arena, "%s/%s", path, entry->d_name);
        int count = read_names(file, names);
        for (int i = 0; i < count; i++)
            add_scanned(lookup, names[i], file);
    }
    closedir(lookup->open);
    lookup->open = NULL;
    /* The order in which a folder is read is the file system's, and must not decide. */
    if (lookup->scanned_count > first)
        qsort(lookup->scanned + first, lookup->scanned_count - first, sizeof *lookup->scanned,
              compare_scanned);
}

static int compare_names(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* Most files of the manifest are not there: reading a folder once costs less than asking for each. */
static void list_folder(nb_lookup *lookup, folder *listed)
{
    lookup->open = opendir(listed->path);
    if (!lookup->open)
        return;
    for (struct dirent *entry; (entry = readdir(lookup->open));) {
        NB_GROW(lookup->arena, listed->names, listed->name_count, &listed->name_capacity);
        listed->names[listed->name_count++] =
            nb_arena_copy(lookup->arena, entry->d_name, strlen(entry->d_name));
    }
    closedir(lookup->open);
    lookup->open = NULL;
    listed->is_listed = true;
    if (listed->name_count)
        qsort(listed->names, (size_t)listed->name_count, sizeof *listed->names, compare_names);
}

static bool may_have(const folder *listed, const char *name)
{
    return !listed->is_listed || strchr(name, '/') ||
           (listed->name_count && bsearch(&name, listed->names, (size_t)listed->name_count,
                                          sizeof *listed->names, compare_names));
}

const char *nb_lookup_next(nb_lookup *lookup, const nb_candidate *candidate, size_t *at)
{
    if (!lookup->has_scanned) {
        lookup->has_scanned = true;
        for (size_t i = 0; i < lookup->font_dir_count; i++)
            scan_folder(lookup, lookup->font_dirs[i]);
    }
    while (*at < lookup->scanned_count) {
        const scanned_face *face = &lookup->scanned[(*at)++];
        if (strcmp(face->name, candidate->name) == 0)
            return face->file;
    }
    /* After them: each of the files in each of the folders. */
    if (!lookup->has_listed) {
        lookup->has_listed = true;
        for (size_t i = 0; i < lookup->folder_count; i++)
            list_folder(lookup, &lookup->folders[i]);
    }
    size_t pairs = (size_t)candidate->file_count * lookup->folder_count;
    while (*at < lookup->scanned_count + pairs) {
        size_t pair = (*at)++ - lookup->scanned_count;
        const folder *in = &lookup->folders[pair % lookup->folder_count];
        const char *name = candidate->files[pair / lookup->folder_count];
        char path[LONGEST_PATH];
        if (!may_have(in, name))
            continue;
        int length = snprintf(path, sizeof path, "%s/%s", in->path, name);
        if (length > 0 && length < LONGEST_PATH && is_file(path))
            return nb_arena_copy(lookup->arena, path, (size_t)length);
    }
    return NULL;
}
