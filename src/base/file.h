/* Files: read whole with a limit, written whole or not at all. */
#ifndef NB_BASE_FILE_H
#define NB_BASE_FILE_H

#include "base/arena.h"
#include "base/utf8.h"
#include <dirent.h>

/*
 * Read a file ("-" is standard input) of at most maximum bytes. A failure is told in findings, rule
 * "IO".
 */
nb_status nb_file_read(const char *path, size_t maximum, nb_arena *arena, nb_findings *findings,
                       nb_string *out);
bool nb_file_exists(const char *path);
/* Tell that a file cannot be written, with the errno and what there is to do about it. NB_E_OUTPUT. */
nb_status nb_output_failed(nb_findings *findings, const char *path, int reason);
/* A folder to read names from, until the arena ends; NULL with errno when it cannot be opened. */
DIR *nb_folder_open(const char *path, nb_arena *arena);

#endif
