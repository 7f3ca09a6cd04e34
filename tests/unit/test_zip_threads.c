/* The first packages of a process may be written by threads at the same moment. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pack/zip.h"
#include <pthread.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PROCESSES = 500, THREADS = 2 };

typedef struct race {
    atomic_int arrived;
    atomic_int failed;
} race;

static nb_status write_package(void *context)
{
    nb_arena *arena = context;
    nb_findings *findings = nb_findings_new(NB_ENGLISH);
    nb_string package;
    nb_zip *zip = nb_zip_new(NULL, arena);
    nb_zip_add(zip, "part", nb_string_of("text"));
    nb_status status = nb_zip_finish(zip, findings, &package);
    nb_findings_drop(findings);
    return status;
}

static void *write_at_once(void *context)
{
    race *r = context;
    nb_arena *arena = nb_arena_new();
    atomic_fetch_add(&r->arrived, 1);
    while (atomic_load(&r->arrived) < THREADS)
        continue;
    if (!arena || nb_arena_run(arena, write_package, arena) != NB_OK)
        atomic_fetch_add(&r->failed, 1);
    nb_arena_drop(arena);
    return NULL;
}

/* In a process of its own, in which nothing was packed before. How many threads failed. */
static int run_once(void)
{
    race r = { 0 };
    pthread_t threads[THREADS];
    nb_zip_make_ready();
    for (int i = 0; i < THREADS; i++)
        if (pthread_create(&threads[i], NULL, write_at_once, &r) != 0)
            return THREADS;
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    return atomic_load(&r.failed);
}

static void first_packages_in_threads(void **state)
{
    (void)state;
    for (int i = 0; i < PROCESSES; i++) {
        int status;
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0)
            _exit(run_once());
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_packages_in_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
