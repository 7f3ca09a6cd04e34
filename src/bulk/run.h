/* One run over many rows: what its thread that reads and its workers share. Private to the folder. */
#ifndef NB_BULK_RUN_H
#define NB_BULK_RUN_H

#include "bulk/archive.h"
#include "bulk/earlier.h"
#include "bulk/files.h"
#include "bulk/journal.h"
#include "bulk/names.h"
#include "bulk/queue.h"
#include "bulk/template.h"
#include <pthread.h>
#include <stdatomic.h>

typedef struct nb_run {
    nb_library *library;
    const nb_bulk_options *options;
    nb_arena *arena;
    nb_findings *findings; /* of the run; of the thread that reads */
    nb_shard shard;
    nb_work_folder work;
    nb_journal *journal;
    nb_earlier *earlier; /* whose rows need not be made again; NULL: none */
    bool has_pictures;   /* the template names some */
    nb_row_source *source;
    nb_row_queue *queue;
    nb_template *template; /* NULL: each row is a report */
    nb_name_pattern *names;
    nb_taken_names *taken; /* NULL: no two names can be the same */
    nb_archive *archive;   /* NULL: none */
    char settings[NB_DIGEST_SIZE];
    char input[NB_DIGEST_SIZE]; /* over all rows; known when the input is read */
    atomic_bool is_stopping;

    pthread_mutex_t failure_lock;
    nb_status failure;      /* of a worker, which ends the run; else NB_OK */
    char failure_path[512]; /* what could not be written, */
    int failure_reason;     /* and the errno; 0: another failure */
} nb_run;

/* Ask the run to end, once, for a reason that the next rows would meet too. From any thread. */
void nb_run_fail(nb_run *run, nb_status status, const char *path, int reason);

/* Deal with one row of the input: make its files, or see that they are there. From any thread. */
void nb_run_row(nb_run *run, int worker, const nb_row *row);

/* "manifest.jsonl", or of a shard "manifest-2-of-4.jsonl". */
const char *nb_run_manifest_name(const nb_run *run);
/* Write the manifest when every row is dealt with. */
nb_status nb_run_finish(nb_run *run);

#endif
