/*
 * The journal of a run: the manifest's lines of the rows that are finished, in the order in which
 * they were. A line is added when the row's files are in their places, so that a run killed at any
 * moment goes on from there. Now and then the file system is made to keep what was written, and a
 * mark {"synced":BYTES} says how far: lines behind the last mark are believed only after their
 * files were read.
 */
#ifndef NB_BULK_JOURNAL_H
#define NB_BULK_JOURNAL_H

#include "bulk/manifest.h"
#include "bulk/shard.h"

typedef struct nb_journal nb_journal;

/*
 * Open the journal, which is made when it is missing. seed, or NULL, is a finished manifest whose
 * lines a new journal begins with. The arena closes it. NB_E_OUTPUT with a finding.
 */
nb_status nb_journal_open(const char *path, const char *seed, nb_shard shard, nb_arena *arena,
                          nb_findings *findings, nb_journal **out);

/* How a row ended. */
typedef struct nb_row_end {
    bool is_done, is_warned;
    bool is_kept; /* from an earlier run */
} nb_row_end;

/* Add the line of a row, from any thread. 0 or the errno. */
int nb_journal_add(nb_journal *journal, size_t row, nb_string line, nb_row_end end);
/* A row keeps its line of an earlier run. */
void nb_journal_keep(nb_journal *journal, nb_row_end end);
/*
 * The line that an earlier run wrote of a row, or an empty string. *is_synced when what it says
 * reached the disk.
 */
nb_string nb_journal_lookup(nb_journal *journal, size_t row, nb_arena *arena, bool *is_synced);

typedef struct nb_journal_counts {
    size_t done, failed, warned, kept; /* in this run; kept rows are among the others too */
} nb_journal_counts;

nb_journal_counts nb_journal_count(nb_journal *journal);

/*
 * Call visit with each line of this run in the order of the rows, of which the input had so many. 0
 * or an errno: visit's, or of reading.
 */
int nb_journal_each(nb_journal *journal, size_t rows, int (*visit)(void *context, nb_string line),
                    void *context);

#endif
