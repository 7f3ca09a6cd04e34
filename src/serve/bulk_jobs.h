/*
 * Runs over many reports that are at work, each on a thread of its own. What a run is made of, and
 * what becomes of it, lies in its folder; here is only what moves.
 */
#ifndef NB_SERVE_BULK_JOBS_H
#define NB_SERVE_BULK_JOBS_H

#include "base/arena.h"
#include <nianbao/nianbao.h>

typedef struct nb_bulk_jobs nb_bulk_jobs;

/* They are stopped, and waited for, when the arena ends. */
nb_bulk_jobs *nb_bulk_jobs_new(nb_library *library, nb_arena *arena);

typedef struct nb_bulk_job {
    const char *name;
    const char *input, *template_file, *sheet; /* as in nb_bulk_options */
    const char *folder, *archive;
    bool formats[NB_TRACE + 1];
    bool force, draft;
    const char *end_file; /* where it is written how the run ended */
    nb_language language;
} nb_bulk_job;

/*
 * Begin a run, or go on with one that was stopped. NB_E_LATER when it is at work, or as many as may
 * be. Everything is copied.
 */
nb_status nb_bulk_jobs_begin(nb_bulk_jobs *jobs, const nb_bulk_job *job);
/* Whether it is at work, and how far. */
bool nb_bulk_jobs_look(nb_bulk_jobs *jobs, const char *name, nb_bulk_progress *progress);
/* Ask a run to end after the rows in hand. */
void nb_bulk_jobs_stop(nb_bulk_jobs *jobs, const char *name);

#endif
