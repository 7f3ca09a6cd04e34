/* Archives of many files. */
#include "report_fixture.h"

#include "bulk/archive.h"
#include <unistd.h>

/* The archive as a program that is not ours sees it: how many files, or -1 when it finds a fault. */
static int count_with_python(report_test *t, const char *path)
{
    const char *command =
        nb_arena_print(t->arena,
                       "exec python3 -c 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); "
                       "print(-1 if z.testzip() else len(z.namelist()))' %s",
                       path);
    FILE *output = popen(command, "r");
    char line[32];
    assert_non_null(output);
    assert_non_null(fgets(line, sizeof line, output));
    assert_int_equal(pclose(output), 0);
    return number_in(line);
}

static void more_files_than_the_old_format_counts(void **state)
{
    report_test *t = *state;
    enum { MANY = 65536 };
    const char *path = nb_arena_print(t->arena, "/tmp/nianbao-archive-%ld.zip", (long)getpid());
    nb_archive *archive;
    assert_int_equal(nb_archive_open(path, t->arena, t->findings, &archive), NB_OK);
    for (int i = 0; i < MANY; i++) {
        char name[32];
        snprintf(name, sizeof name, "%04d/%d.txt", i / 1000, i);
        assert_int_equal(nb_archive_add(archive, nb_string_of(name), nb_string_of(name), false), 0);
    }
    assert_int_not_equal(access(path, F_OK), 0);
    assert_int_equal(nb_archive_finish(archive, NULL, t->findings), NB_OK);
    assert_int_equal(count_with_python(t, path), MANY);
    unlink(path);
}

static void an_archive_that_is_not_finished_leaves_nothing(void **state)
{
    report_test *t = *state;
    const char *path = nb_arena_print(t->arena, "/tmp/nianbao-archive-%ld.zip", (long)getpid());
    nb_arena *arena = nb_arena_new();
    nb_archive *archive;
    assert_int_equal(nb_archive_open(path, arena, t->findings, &archive), NB_OK);
    assert_int_equal(nb_archive_add(archive, NB_STRING("a"), NB_STRING("b"), true), 0);
    assert_int_equal(access(nb_arena_print(t->arena, "%s.part", path), F_OK), 0);
    nb_arena_drop(arena);
    assert_int_not_equal(access(nb_arena_print(t->arena, "%s.part", path), F_OK), 0);
    assert_int_not_equal(access(nb_arena_print(t->arena, "%s.index.part", path), F_OK), 0);
    assert_int_not_equal(access(path, F_OK), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        REPORT_TEST(more_files_than_the_old_format_counts),
        REPORT_TEST(an_archive_that_is_not_finished_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
