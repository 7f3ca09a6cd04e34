#include "serve/bulk_jobs.h"

#include "report/findings_json.h"
#include "serve/answer.h"
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

enum { MOST_AT_WORK = 2, MOST_ROWS = 10000, LARGEST_END = 64 << 20 };

typedef struct running {
    nb_bulk_jobs *jobs;
    nb_arena *arena; /* where it lives */
    nb_bulk_job job;
    nb_findings *findings;
    pthread_t thread;
    nb_bulk_progress progress; /* under the lock */
    nb_bulk_summary summary;
    nb_status status;
    atomic_bool should_stop, has_ended;
} running;

struct nb_bulk_jobs {
    nb_library *library;
    pthread_mutex_t lock; /* nothing is allocated from an arena under it */
    running *list[MOST_AT_WORK];
};

static bool should_stop(void *context)
{
    running *run = context;
    return atomic_load(&run->should_stop);
}

static void note_progress(void *context, const nb_bulk_progress *progress)
{
    running *run = context;
    pthread_mutex_lock(&run->jobs->lock);
    run->progress = *progress;
    pthread_mutex_unlock(&run->jobs->lock);
}

/* {"ended": "done|stopped|failed", "error", "rows", …, "findings": […]} */
static nb_status write_end(void *context)
{
    running *run = context;
    nb_buffer *out = nb_buffer_new(run->arena, LARGEST_END);
    nb_buffer_byte(out, '{');
    nb_answer_text(out, "ended",
                   run->status == NB_OK        ? "done"
                   : run->status == NB_E_LATER ? "stopped"
                                               : "failed");
    nb_answer_text(out, "error",
                   run->status == NB_OK
                       ? ""
                       : nb_status_words(run->status, nb_findings_language(run->findings)));
    nb_answer_integer(out, "rows", (int64_t)run->summary.rows);
    nb_answer_integer(out, "done", (int64_t)run->summary.done);
    nb_answer_integer(out, "failed", (int64_t)run->summary.failed);
    nb_answer_integer(out, "warned", (int64_t)run->summary.warned);
    nb_buffer_text(out, ", ");
    nb_findings_write_members(run->findings, out);
    nb_buffer_text(out, "}\n");
    return nb_file_save(run->job.end_file, out->data, out->length, run->findings);
}

/* Without memory the end is told without its findings, and where even that fails, as a run cut off. */
static void save_end(running *run)
{
    static const char words[] = "{\"ended\": \"failed\", \"error\": \"memory ran out\"}\n";
    if (nb_arena_run(run->arena, write_end, run) == NB_E_MEMORY)
        (void)nb_file_save(run->job.end_file, words, sizeof words - 1, run->findings);
}

/* Half of the cores, so that the page goes on answering. */
static int worker_count(void)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores > 3 ? (int)(cores / 2) : 1;
}

static void *work(void *context)
{
    running *run = context;
    const nb_bulk_job *job = &run->job;
    nb_bulk_options options = { .input = job->input,
                                .template_file = job->template_file,
                                .sheet = job->sheet,
                                .folder = job->folder,
                                .archive = job->archive,
                                .build = NB_BUILD_OPTIONS_INIT,
                                .workers = worker_count(),
                                .most_rows = MOST_ROWS,
                                .resume = true, /* what an earlier run left is gone on with */
                                .should_stop = should_stop,
                                .progress = note_progress,
                                .context = run };
    memcpy(options.formats, job->formats, sizeof options.formats);
    options.build.force = job->force;
    options.build.draft = job->draft;
    run->status = nb_bulk_run(run->jobs->library, &options, run->findings, &run->summary);
    save_end(run);
    atomic_store(&run->has_ended, true);
    return NULL;
}

static const char *copy(nb_arena *arena, const char *text)
{
    return text ? nb_arena_copy(arena, text, strlen(text)) : NULL;
}

typedef struct making {
    nb_bulk_jobs *jobs;
    const nb_bulk_job *job;
    nb_arena *arena;
    running *out;
} making;

static nb_status make(void *context)
{
    making *m = context;
    nb_arena *arena = m->arena;
    running *run = m->out = NB_NEW(arena, running);
    run->jobs = m->jobs;
    run->arena = arena;
    run->job = *m->job;
    run->job.name = copy(arena, m->job->name);
    run->job.input = copy(arena, m->job->input);
    run->job.template_file = copy(arena, m->job->template_file);
    run->job.sheet = copy(arena, m->job->sheet);
    run->job.folder = copy(arena, m->job->folder);
    run->job.archive = copy(arena, m->job->archive);
    run->job.end_file = copy(arena, m->job->end_file);
    run->findings = nb_findings_new_in(arena, m->job->language);
    return NB_OK;
}

/* Those that ended are let go of. A place in the list, or NULL; under the lock. */
static running **free_place(nb_bulk_jobs *jobs)
{
    running **place = NULL;
    for (int i = 0; i < MOST_AT_WORK; i++) {
        running *run = jobs->list[i];
        if (run && atomic_load(&run->has_ended)) {
            pthread_join(run->thread, NULL);
            nb_arena_drop(run->arena);
            jobs->list[i] = NULL;
        }
        if (!jobs->list[i])
            place = &jobs->list[i];
    }
    return place;
}

/* The run of that name that is at work; under the lock. */
static running *find(nb_bulk_jobs *jobs, const char *name)
{
    for (int i = 0; i < MOST_AT_WORK; i++)
        if (jobs->list[i] && !atomic_load(&jobs->list[i]->has_ended) &&
            strcmp(jobs->list[i]->job.name, name) == 0)
            return jobs->list[i];
    return NULL;
}

nb_status nb_bulk_jobs_begin(nb_bulk_jobs *jobs, const nb_bulk_job *job)
{
    making m = { jobs, job, nb_arena_new(), NULL };
    nb_status status = m.arena ? nb_arena_run(m.arena, make, &m) : NB_E_MEMORY;
    if (status == NB_OK) {
        pthread_mutex_lock(&jobs->lock);
        running **place = find(jobs, job->name) ? NULL : free_place(jobs);
        if (!place)
            status = NB_E_LATER;
        else if (pthread_create(&m.out->thread, NULL, work, m.out) != 0)
            status = NB_E_MEMORY;
        else
            *place = m.out;
        pthread_mutex_unlock(&jobs->lock);
    }
    if (status != NB_OK)
        nb_arena_drop(m.arena);
    return status;
}

bool nb_bulk_jobs_look(nb_bulk_jobs *jobs, const char *name, nb_bulk_progress *progress)
{
    pthread_mutex_lock(&jobs->lock);
    const running *run = find(jobs, name);
    if (run)
        *progress = run->progress;
    pthread_mutex_unlock(&jobs->lock);
    return run != NULL;
}

void nb_bulk_jobs_stop(nb_bulk_jobs *jobs, const char *name)
{
    pthread_mutex_lock(&jobs->lock);
    running *run = find(jobs, name);
    if (run)
        atomic_store(&run->should_stop, true);
    pthread_mutex_unlock(&jobs->lock);
}

/* No request is answered any more. */
static void end_jobs(void *object)
{
    nb_bulk_jobs *jobs = object;
    for (int i = 0; i < MOST_AT_WORK; i++)
        if (jobs->list[i])
            atomic_store(&jobs->list[i]->should_stop, true);
    for (int i = 0; i < MOST_AT_WORK; i++)
        if (jobs->list[i]) {
            pthread_join(jobs->list[i]->thread, NULL);
            nb_arena_drop(jobs->list[i]->arena);
        }
    pthread_mutex_destroy(&jobs->lock);
}

nb_bulk_jobs *nb_bulk_jobs_new(nb_library *library, nb_arena *arena)
{
    nb_bulk_jobs *jobs = NB_NEW(arena, nb_bulk_jobs);
    jobs->library = library;
    if (pthread_mutex_init(&jobs->lock, NULL) != 0)
        nb_arena_fail(arena);
    nb_arena_defer(arena, end_jobs, jobs);
    return jobs;
}
