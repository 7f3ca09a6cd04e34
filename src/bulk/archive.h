/*
 * All files of a run in one zip (APPNOTE 6.3), written as they come: equal files give equal bytes,
 * and no more than one file and its name are in memory. From 65,535 files or 4 GiB on the archive
 * is Zip64.
 */
#ifndef NB_BULK_ARCHIVE_H
#define NB_BULK_ARCHIVE_H

#include "base/arena.h"
#include "base/findings.h"
#include "base/utf8.h"

typedef struct nb_archive nb_archive;

/* Begin an archive, which appears at path when it is finished. NB_E_OUTPUT with a finding. */
nb_status nb_archive_open(const char *path, nb_arena *arena, nb_findings *findings,
                          nb_archive **out);
/* Add bytes under a name; text is packed, other formats are packed already. 0 or the errno. */
int nb_archive_add(nb_archive *archive, nb_string name, nb_string bytes, bool is_text);
/*
 * Add the files of a row of the manifest, which are in a folder. A file that is no longer what the
 * line says is a finding, and NB_E_OUTPUT.
 */
nb_status nb_archive_add_row(nb_archive *archive, const char *folder, nb_string line,
                             nb_findings *findings);
/* Add the manifest, unless it is NULL, and let the archive appear. */
nb_status nb_archive_finish(nb_archive *archive, const char *manifest, nb_findings *findings);

#endif
