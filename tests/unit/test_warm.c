/* What a library keeps from one report for the next changes no report. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "pack/deflate.h"
#include <dirent.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FORMATS = 2, MOST_SAMPLES = 16, LONGEST_PATH = 512 };

/* A report as it was set and judged. */
typedef struct printed {
    unsigned char *bytes[FORMATS];
    size_t lengths[FORMATS];
    char *findings;
} printed;

static void drop_printed(printed *p)
{
    for (int i = 0; i < FORMATS; i++)
        free(p->bytes[i]);
    free(p->findings);
}

static char *tell(const nb_findings *findings)
{
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    for (size_t i = 0; i < nb_findings_count(findings); i++) {
        const nb_finding *f = nb_findings_lookup(findings, i);
        fprintf(stream, "%s %s %s\n", f->rule, f->pointer, f->message);
    }
    fclose(stream);
    return text;
}

static printed print(nb_library *library, const char *path)
{
    static const nb_format formats[FORMATS] = { NB_PDF, NB_DOCX };
    printed p = { 0 };
    nb_findings *findings = nb_findings_new(NB_ENGLISH);
    nb_build_options options = NB_BUILD_OPTIONS_INIT;
    nb_input *input;
    nb_report *report;
    nb_publication *publication;
    size_t length;
    options.force = true;
    options.picture_dir = NB_TESTS_DIR "/../samples";
    assert_int_equal(nb_input_load(path, findings, &input), NB_OK);
    const char *json = nb_input_lookup(input, &length);
    assert_int_equal(nb_report_load(library, json, length, "report", findings, &report), NB_OK);
    assert_int_equal(nb_publication_build(library, report, &options, findings, &publication),
                     NB_OK);
    for (int i = 0; i < FORMATS; i++) {
        const unsigned char *bytes;
        assert_int_equal(
            nb_publication_write(publication, formats[i], findings, &bytes, &p.lengths[i]), NB_OK);
        p.bytes[i] = malloc(p.lengths[i]);
        memcpy(p.bytes[i], bytes, p.lengths[i]);
    }
    p.findings = tell(findings);
    nb_publication_drop(publication);
    nb_report_drop(report);
    nb_input_drop(input);
    nb_findings_drop(findings);
    return p;
}

static bool is_same(const printed *a, const printed *b)
{
    for (int i = 0; i < FORMATS; i++)
        if (a->lengths[i] != b->lengths[i] || memcmp(a->bytes[i], b->bytes[i], a->lengths[i]) != 0)
            return false;
    return strcmp(a->findings, b->findings) == 0;
}

static nb_library *new_library(void)
{
    nb_library *library;
    nb_findings *findings = nb_findings_new(NB_ENGLISH);
    assert_int_equal(nb_library_new(NULL, findings, &library), NB_OK);
    nb_findings_drop(findings);
    return library;
}

static int find_samples(char paths[MOST_SAMPLES][LONGEST_PATH])
{
    int count = 0;
    DIR *folder = opendir(NB_TESTS_DIR "/../samples");
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder)) && count < MOST_SAMPLES;)
        if (strstr(entry->d_name, ".json"))
            snprintf(paths[count++], LONGEST_PATH, NB_TESTS_DIR "/../samples/%s", entry->d_name);
    closedir(folder);
    return count;
}

typedef struct job {
    nb_library *library;
    char (*paths)[LONGEST_PATH];
    const printed *alone;
    int count, first;
    bool differs;
} job;

static void *print_all(void *context)
{
    enum { ROUNDS = 4 };
    job *j = context;
    for (int i = 0; i < ROUNDS * j->count; i++) {
        int sample = (j->first + i) % j->count;
        printed p = print(j->library, j->paths[sample]);
        j->differs |= !is_same(&p, &j->alone[sample]);
        drop_printed(&p);
    }
    return NULL;
}

/* Each by a library of its own; then all by one, in several threads that begin elsewhere. */
static void test_history_leaves_no_trace(void **state)
{
    enum { THREADS = 3 };
    char paths[MOST_SAMPLES][LONGEST_PATH];
    printed alone[MOST_SAMPLES];
    pthread_t threads[THREADS];
    job jobs[THREADS];
    int count = find_samples(paths);
    (void)state;
    assert_in_range(count, 2, MOST_SAMPLES);
    for (int i = 0; i < count; i++) {
        nb_library *library = new_library();
        alone[i] = print(library, paths[i]);
        nb_library_drop(library);
    }
    nb_library *shared = new_library();
    for (int i = 0; i < THREADS; i++) {
        jobs[i] = (job){ shared, paths, alone, count, i, false };
        assert_int_equal(pthread_create(&threads[i], NULL, print_all, &jobs[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        assert_false(jobs[i].differs);
    }
    nb_library_drop(shared);
    for (int i = 0; i < count; i++)
        drop_printed(&alone[i]);
}

static void test_room_grows_in_place(void **state)
{
    nb_arena *arena = nb_arena_new();
    (void)state;
    char *room = nb_arena_regrow(arena, NULL, 0, 10);
    memcpy(room, "123456789", 10);
    assert_ptr_equal(nb_arena_regrow(arena, room, 10, 5000), room);
    nb_arena_room(arena, 1); /* now something stands behind it */
    char *moved = nb_arena_regrow(arena, room, 5000, 6000);
    assert_ptr_not_equal(moved, room);
    assert_memory_equal(moved, "123456789", 10);
    assert_ptr_equal(nb_arena_regrow(arena, room, 5000, 10), room);
    char *large = nb_arena_regrow(arena, moved, 6000, 3 << 20); /* larger than any block */
    assert_memory_equal(large, "123456789", 10);
    nb_arena_drop(arena);
}

static void test_grown_arrays_are_zeroed(void **state)
{
    nb_arena *arena = nb_arena_new();
    int *numbers = NULL, capacity = 0;
    (void)state;
    for (int i = 0; i < 1000; i++) {
        NB_GROW(arena, numbers, i, &capacity);
        for (int k = i; k < capacity; k++)
            assert_int_equal(numbers[k], 0);
        numbers[i] = i + 1;
    }
    for (int i = 0; i < 1000; i++)
        assert_int_equal(numbers[i], i + 1);
    nb_arena_drop(arena);
}

static void count_release(void *context, void *object)
{
    assert_null(context);
    ++*(int *)object;
}

static void test_pool(void **state)
{
    int released[3] = { 0 };
    nb_pool *pool = nb_pool_new(2, count_release, NULL);
    (void)state;
    assert_null(nb_pool_take(pool));
    for (int i = 0; i < 3; i++)
        nb_pool_give(pool, &released[i]);
    assert_int_equal(released[0] + released[1], 0);
    assert_int_equal(released[2], 1); /* there was no room for it */
    assert_ptr_equal(nb_pool_take(pool), &released[1]);
    nb_pool_drop(pool);
    assert_int_equal(released[0], 1);
    assert_int_equal(released[1], 0);
}

/* A kept stream is the stream that is made without a stock, by level and format. */
static void test_kept_streams(void **state)
{
    static const char text[] = "年报年报年报年报 年报年报年报年报";
    nb_string bytes = { text, sizeof text - 1 };
    nb_deflate_stock *stock = nb_deflate_stock_new();
    (void)state;
    for (int round = 0; round < 3; round++) {
        nb_arena *arena = nb_arena_new();
        for (int level = 1; level <= 12; level++) {
            nb_deflater *plain = nb_deflater_new(level, NULL, arena);
            nb_deflater *kept = nb_deflater_new(level, stock, arena);
            assert_true(nb_string_equal(nb_deflater_zlib_kept(kept, bytes),
                                        nb_deflater_zlib(plain, bytes)));
            assert_true(
                nb_string_equal(nb_deflater_raw_kept(kept, bytes), nb_deflater_raw(plain, bytes)));
        }
        nb_arena_drop(arena);
    }
    nb_deflate_stock_drop(stock);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_history_leaves_no_trace),
        cmocka_unit_test(test_room_grows_in_place),
        cmocka_unit_test(test_grown_arrays_are_zeroed),
        cmocka_unit_test(test_pool),
        cmocka_unit_test(test_kept_streams),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
