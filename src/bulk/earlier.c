#include "bulk/earlier.h"

#include "bulk/files.h"
#include "bulk/lines.h"
#include "bulk/manifest.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct entry {
    uint64_t key; /* the beginning of the digest */
    uint64_t start;
} entry;

struct nb_earlier {
    int descriptor;
    entry *entries; /* sorted by key, then by place */
    size_t count, capacity;
};

static void end_earlier(void *object)
{
    nb_earlier *earlier = object;
    if (earlier->descriptor >= 0)
        close(earlier->descriptor);
    free(earlier->entries);
}

static uint64_t key_of(const char *digest)
{
    char start[17] = "";
    memcpy(start, digest, 16);
    return strtoull(start, NULL, 16);
}

/* The digest in a line: quotation marks of the texts before it are escaped. */
static const char *find_digest(nb_string line)
{
    static const char mark[] = "\"input\":\"";
    size_t at = nb_string_find(line, mark);
    bool is_there = at != SIZE_MAX && line.length - at >= sizeof mark - 1 + NB_DIGEST_SIZE;
    return is_there ? line.data + at + sizeof mark - 1 : NULL;
}

static int by_key(const void *a, const void *b)
{
    const entry *left = a, *right = b;
    if (left->key != right->key)
        return left->key < right->key ? -1 : 1;
    return (left->start > right->start) - (left->start < right->start);
}

static bool add_entry(nb_earlier *earlier, entry added)
{
    if (earlier->count == earlier->capacity) {
        size_t capacity = earlier->capacity ? 2 * earlier->capacity : 1024;
        entry *entries = realloc(earlier->entries, capacity * sizeof *entries);
        if (!entries)
            return false;
        earlier->entries = entries;
        earlier->capacity = capacity;
    }
    earlier->entries[earlier->count++] = added;
    return true;
}

nb_status nb_earlier_open(const char *path, nb_arena *arena, nb_findings *findings,
                          nb_earlier **out)
{
    nb_earlier *earlier = *out = NB_NEW(arena, nb_earlier);
    earlier->descriptor = -1;
    nb_arena_defer(arena, end_earlier, earlier);
    earlier->descriptor = open(path, O_RDONLY | O_CLOEXEC);
    int copy = earlier->descriptor < 0 ? -1 : open(path, O_RDONLY | O_CLOEXEC);
    if (earlier->descriptor < 0 || copy < 0) {
        nb_findings_add(findings, NB_ERROR, "IO", (nb_place){ .file = path },
                        NB_SAY(findings, "无法读取：%s", "cannot read: %s"),
                        nb_system_words(errno, nb_findings_language(findings)));
        return NB_E_NOT_A_REPORT;
    }
    nb_line_reader *lines = nb_line_reader_new(copy, NB_LONGEST_MANIFEST_LINE, NULL, NULL, arena);
    nb_string line;
    for (uint64_t start = 0; nb_line_reader_next(lines, &line) == NB_LINE_READ;
         start = nb_line_reader_offset(lines)) {
        const char *digest = nb_manifest_row_number(line) ? find_digest(line) : NULL;
        if (digest && !add_entry(earlier, (entry){ key_of(digest), start }))
            return NB_E_MEMORY;
    }
    if (earlier->count)
        qsort(earlier->entries, earlier->count, sizeof *earlier->entries, by_key);
    return NB_OK;
}

nb_string nb_earlier_lookup(const nb_earlier *earlier, const char *input, size_t row,
                            nb_arena *arena)
{
    uint64_t key = key_of(input);
    size_t low = 0, high = earlier->count;
    nb_string found = NB_STRING("");
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (earlier->entries[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < earlier->count && earlier->entries[low].key == key; low++) {
        nb_string line = nb_read_line_at(earlier->descriptor, earlier->entries[low].start,
                                         NB_LONGEST_MANIFEST_LINE, arena);
        size_t number = nb_manifest_row_number(line);
        if (number && (!found.length || number == row))
            found = line;
    }
    return found;
}
