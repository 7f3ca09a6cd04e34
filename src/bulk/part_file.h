/*
 * A file that is written through a buffer and appears under its name when it is whole. Until then
 * it stands under another, and the arena removes it there.
 */
#ifndef NB_BULK_PART_FILE_H
#define NB_BULK_PART_FILE_H

#include "base/arena.h"
#include "base/utf8.h"

typedef struct nb_part_file nb_part_file;

/* What must be on the disk before the file has its name. */
typedef enum nb_part_sync {
    NB_SYNC_FILE,
    NB_SYNC_ALL /* and all else on its file system, of which it speaks */
} nb_part_sync;

/* All give 0 or the errno. The path lives as long as the arena. */
int nb_part_file_open(const char *path, nb_arena *arena, nb_part_file **out);
int nb_part_file_add(nb_part_file *file, nb_string bytes);
/* Add all that is in another. */
int nb_part_file_add_file(nb_part_file *file, nb_part_file *from);
int nb_part_file_put(nb_part_file *file, nb_part_sync sync, const char *path);

uint64_t nb_part_file_length(const nb_part_file *file);

#endif
