#include "serve/names.h"

#include "base/file.h"
#include <string.h>

bool nb_is_plain_name(const char *name, size_t length)
{
    enum { LONGEST = 64 };
    return length > 0 && length <= LONGEST &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") >= length && name[0] != '-';
}

void nb_visit_names(const char *folder, const char *suffix, nb_arena *arena,
                    void (*visit)(void *context, const char *name), void *context)
{
    DIR *listing = folder ? nb_folder_open(folder, arena) : NULL;
    size_t end = strlen(suffix);
    if (!listing)
        return;
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
        size_t length = strlen(entry->d_name);
        if (length > end && strcmp(entry->d_name + length - end, suffix) == 0 &&
            nb_is_plain_name(entry->d_name, length - end))
            visit(context, nb_arena_copy(arena, entry->d_name, length - end));
    }
}
