/* Saving the files of one report together: all of them, or none. */
#ifndef NB_CLI_SAVE_H
#define NB_CLI_SAVE_H

#include "cli/options.h"

typedef struct nb_save_file {
    const char *folder;         /* made when it is missing; NULL: the path's folder must be there */
    char *path;                 /* "-" for standard output */
    char *part;                 /* where the bytes wait until all files are there; NULL: nowhere */
    bool has_part;              /* they are there */
    const unsigned char *bytes; /* borrowed */
    size_t length;
} nb_save_file;

typedef struct nb_save_list {
    nb_save_file *files;
    int count;
} nb_save_list;

/* A file's name without its suffix. */
typedef struct nb_stem {
    const char *name;
    size_t length;
} nb_stem;

/* An empty file at the end of the list. */
nb_save_file *nb_save_list_add(nb_save_list *list);
/* The input's name without its folder, and without a suffix of the list, which NULL ends. */
nb_stem nb_stem_of(const char *input, const char *const *suffixes);
/* A usage error when two inputs have one stem, and would be written to the same file. */
int nb_check_stems(const nb_arguments *arguments, const char *verb, const char *const *suffixes);
void nb_save_into_folder(nb_save_file *file, const char *folder, nb_stem stem, const char *suffix);
void nb_save_as(nb_save_file *file, const char *path);
/* NB_E_OUTPUT when a file cannot be written, which is told on stderr. */
nb_status nb_save_all(nb_save_list *list, nb_language language);
void nb_save_list_end(nb_save_list *list);
/* As nb_file_save, which a signal would leave half done. */
nb_status nb_save_one(const char *path, const void *bytes, size_t length, nb_findings *findings);

/* The memory itself; the command ends when there is none. */
void *nb_need_memory(void *memory);

#endif
