/* All that the files of a run depend on beside its rows. */
#ifndef NB_BULK_SETTINGS_H
#define NB_BULK_SETTINGS_H

#include "base/arena.h"
#include "base/sha256.h"
#include "bulk/source.h"
#include <nianbao/nianbao.h>

/*
 * A digest over the program's version, forms, styles, fonts, the template (empty: none), the heads of
 * the source's columns, and the options that change what is written. It is the same on machines that write the same files.
 */
nb_status nb_settings_digest(nb_library *library, const nb_bulk_options *options,
                             nb_string template_text, const nb_row_source *source, nb_arena *arena,
                             nb_findings *findings, char out[NB_DIGEST_SIZE]);

#endif
