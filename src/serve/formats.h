/* Formats as requests name them. */
#ifndef NB_SERVE_FORMATS_H
#define NB_SERVE_FORMATS_H

#include "base/utf8.h"
#include <nianbao/nianbao.h>

typedef struct nb_file_format {
    const char *name; /* as asked for, and the file's suffix */
    const char *type; /* of its content */
    nb_format format;
} nb_file_format;

extern const nb_file_format nb_file_formats[];
extern const int nb_file_format_count;

/* NULL when there is no such format. */
const nb_file_format *nb_file_format_find(nb_string name);

#endif
