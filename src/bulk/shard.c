/* Which rows a machine of several makes: said by the user, or by what schedules its jobs. */
#include "bulk/shard.h"

#include "base/given.h"
#include <limits.h>
#include <stdlib.h>

/* A whole number of a variable or a part of the option; false when it is none. */
static bool read_whole(const char *text, long *out)
{
    char *end;
    if (!text || *text < '0' || *text > '9')
        return false;
    *out = strtol(text, &end, 10);
    return *end == '\0' && *out <= INT_MAX;
}

/* What a scheduler says of the job: which of its tasks, counted from 0, and of how many. */
typedef struct task {
    const char *scheduler;
    bool is_there;
    bool has_number;
    bool is_even;      /* numbers follow each other by one step, so that they can be counted */
    long index, count; /* count 0: it does not say */
    long number;       /* as the scheduler counts, */
    long first;        /* and its first when nothing says otherwise */
} task;

/*
 * slurm.schedmd.com/job_array.html. The variables describe the array as it was submitted: of one
 * that is submitted again for some of its tasks only they say less than the whole.
 */
static task slurm_task(nb_environment lookup)
{
    long id, count, least, step;
    task found = { .scheduler = "Slurm", .is_there = lookup("SLURM_ARRAY_TASK_ID") };
    found.has_number = read_whole(lookup("SLURM_ARRAY_TASK_ID"), &id);
    found.number = found.has_number ? id : 0;
    if (!found.has_number || !read_whole(lookup("SLURM_ARRAY_TASK_COUNT"), &count) ||
        !read_whole(lookup("SLURM_ARRAY_TASK_MIN"), &least))
        return found;
    if (!read_whole(lookup("SLURM_ARRAY_TASK_STEP"), &step) || step < 1)
        step = 1;
    found.is_even = id >= least && (id - least) % step == 0 && (id - least) / step < count;
    found.index = (id - least) / step;
    found.count = count;
    return found;
}

/* qsub -t FIRST-LAST:STEP. Jobs that are no arrays have "undefined" there. */
static task grid_engine_task(nb_environment lookup)
{
    long id, first, last, step;
    const char *text = lookup("SGE_TASK_ID");
    task found = { .scheduler = "Grid Engine",
                   .is_there = text && strcmp(text, "undefined") != 0,
                   .first = 1 };
    found.has_number = read_whole(text, &id);
    found.number = found.has_number ? id : 0;
    if (!found.has_number || !read_whole(lookup("SGE_TASK_FIRST"), &first) ||
        !read_whole(lookup("SGE_TASK_LAST"), &last) ||
        !read_whole(lookup("SGE_TASK_STEPSIZE"), &step) || step < 1)
        return found;
    found.is_even = id >= first && id <= last && (id - first) % step == 0;
    found.index = (id - first) / step;
    found.count = (last - first) / step + 1;
    return found;
}

/* An Indexed Job of Kubernetes counts from 0, and does not say of how many. */
static task kubernetes_task(nb_environment lookup)
{
    task found = { .scheduler = "Kubernetes", .is_there = lookup("JOB_COMPLETION_INDEX") };
    found.has_number = read_whole(lookup("JOB_COMPLETION_INDEX"), &found.number);
    return found;
}

/*
 * GNU parallel numbers its jobs from 1. PARALLEL_JOBSLOT is no number of a job: the next job in the
 * slot has it again.
 */
static task parallel_task(nb_environment lookup)
{
    task found = { .scheduler = "GNU parallel", .is_there = lookup("PARALLEL_SEQ"), .first = 1 };
    found.has_number = read_whole(lookup("PARALLEL_SEQ"), &found.number);
    return found;
}

static nb_status refuse(nb_findings *findings, const char *message, const char *hint)
{
    nb_finding *finding =
        nb_findings_add(findings, NB_ERROR, "B7", (nb_place){ .file = "--shard" }, "%s", message);
    if (hint)
        nb_finding_hint(findings, finding, "%s", hint);
    return NB_E_ARGUMENT;
}

/* The number of the task when the count is the user's: as the scheduler counts from its first. */
static nb_status task_of_count(const task *found, long count, nb_findings *findings, nb_shard *out)
{
    long index = found->number - found->first;
    if (!found->has_number || index < 0 || index >= count)
        return refuse(
            findings,
            NB_SAY(findings, "作业的编号不在这几份之内", "the job's number is none of so many"),
            NB_SAY(findings,
                   "auto/N 要作业从第一号起连续编 N 个：Slurm 和 Kubernetes 从 0 起，其他从 1 起",
                   "auto/N needs N jobs numbered one after the other: from 0 by Slurm and "
                   "Kubernetes, from 1 by others"));
    *out = (nb_shard){ (int)index + 1, (int)count };
    return NB_OK;
}

static nb_status find_task(long count, nb_environment lookup, nb_findings *findings, nb_shard *out)
{
    const task tasks[] = { slurm_task(lookup), grid_engine_task(lookup), kubernetes_task(lookup),
                           parallel_task(lookup) };
    const task *found = NULL;
    for (size_t i = 0; i < sizeof tasks / sizeof tasks[0]; i++) {
        if (!tasks[i].is_there)
            continue;
        if (found)
            return refuse(
                findings,
                NB_SAY(findings, "两种作业调度的变量都有，不知道按哪一种分",
                       "two schedulers' variables are there, and which counts is unknown"),
                NB_SAY(findings, "写明 --shard I/N", "say --shard I/N"));
        found = &tasks[i];
    }
    if (!found)
        return refuse(findings,
                      NB_SAY(findings,
                             "不在作业数组里：没有 SLURM_ARRAY_TASK_ID、SGE_TASK_ID、"
                             "JOB_COMPLETION_INDEX 或 PARALLEL_SEQ",
                             "this is no job of an array: there is no SLURM_ARRAY_TASK_ID, "
                             "SGE_TASK_ID, JOB_COMPLETION_INDEX or PARALLEL_SEQ"),
                      NB_SAY(findings, "写明 --shard I/N", "say --shard I/N"));
    if (count)
        return task_of_count(found, count, findings, out);
    if (!found->count)
        return refuse(
            findings,
            NB_SAY(findings, "作业调度没有说一共几份", "the scheduler does not say of how many"),
            NB_SAY(findings, "写成 --shard auto/N", "write --shard auto/N"));
    if (!found->is_even)
        return refuse(
            findings,
            NB_SAY(findings, "作业数组的编号不是等距的", "the array's numbers have no even step"),
            NB_SAY(findings, "写明 --shard I/N", "say --shard I/N"));
    *out = (nb_shard){ (int)found->index + 1, (int)found->count };
    return NB_OK;
}

nb_status nb_shard_read(const char *text, nb_environment lookup, nb_findings *findings,
                        nb_shard *out)
{
    char first[16] = "";
    const char *slash = strchr(text, '/');
    long index, count = 0;
    size_t length = slash ? (size_t)(slash - text) : strlen(text);
    *out = (nb_shard){ 1, 1 };
    if (length < sizeof first)
        memcpy(first, text, length);
    bool has_count = !slash || (read_whole(slash + 1, &count) && count >= 1);
    if (strcmp(first, "auto") == 0 && has_count)
        return find_task(count, lookup, findings, out);
    if (!slash || !has_count || !read_whole(first, &index) || index < 1 || index > count)
        return refuse(findings,
                      NB_SAY(findings, "要写成 I/N（第 I 份，共 N 份，从 1 起）、auto 或 auto/N",
                             "it is I/N (the I-th of N, from 1), auto or auto/N"),
                      NULL);
    *out = (nb_shard){ (int)index, (int)count };
    return NB_OK;
}

static const char *environment(const char *name)
{
    return getenv(name);
}

nb_status nb_bulk_shard(const char *text, nb_findings *findings, int *shard, int *shard_count)
{
    NB_CLEAR(shard);
    NB_CLEAR(shard_count);
    if (!NB_GIVEN(text, findings, shard, shard_count))
        return NB_E_ARGUMENT;
    nb_shard found;
    nb_status status = nb_shard_read(text, environment, findings, &found);
    *shard = found.index;
    *shard_count = found.count;
    return status;
}
