/*
 * Where a run writes. Beside the finished files stands a work folder, DIR/.nianbao/SHARD, with the
 * journal and what is not whole yet; a file appears in its place by a rename. The folder goes when
 * the run is done.
 */
#ifndef NB_BULK_FILES_H
#define NB_BULK_FILES_H

#include "base/arena.h"
#include "base/file.h"
#include "base/findings.h"
#include "base/utf8.h"

typedef struct nb_work_folder {
    const char *target; /* where finished files go */
    const char *path;
} nb_work_folder;

/*
 * Make the folders that are missing, and be the only run there. What an earlier run left unfinished
 * is removed, but for its journal. NB_E_LATER, with a finding, when another run is at work there.
 * The arena lets go of the folder.
 */
nb_status nb_work_folder_open(const char *target, const char *shard, nb_arena *arena,
                              nb_findings *findings, nb_work_folder *out);
/* The run is done: nothing of the work folder stays. */
void nb_work_folder_remove(const nb_work_folder *work, nb_arena *arena);

/* A file of a row: whole in memory, then in the work folder, then in its place. */
typedef struct nb_pending_file {
    const char *name; /* below the target */
    nb_string bytes;
} nb_pending_file;

/*
 * Write the files of a row, all or none. worker tells its unfinished files from those of others. 0,
 * or the errno of what failed, with *failed the path of that file.
 */
int nb_files_write(const nb_work_folder *work, int worker, const nb_pending_file *files, int count,
                   nb_arena *arena, const char **failed);

/* The file stands below the target with that size; with sha256 not NULL, with that content too. */
bool nb_file_is_whole(const nb_work_folder *work, const char *name, uint64_t size,
                      const char *sha256, nb_arena *arena);

/* The failure is the machine's, and the next file would meet it too: a full disk and the like. */
bool nb_is_lasting(int reason);

/* Write all of it, at the descriptor's place. 0 or the errno. */
int nb_write_whole(int descriptor, nb_string bytes);

#endif
