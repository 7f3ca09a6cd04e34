/* Files read line by line, whatever the sizes of lines and reads. */
#include "report_fixture.h"

#include "bulk/lines.h"
#include <unistd.h>

enum { LONGEST = 100000 };

static nb_line_reader *reader_of(report_test *t, nb_string bytes)
{
    char path[] = "/tmp/nianbao-lines-XXXXXX";
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    unlink(path);
    assert_int_equal(write(descriptor, bytes.data, bytes.length), bytes.length);
    assert_int_equal(lseek(descriptor, 0, SEEK_SET), 0);
    return nb_line_reader_new(descriptor, LONGEST, NULL, NULL, t->arena);
}

static void lines_come_with_their_numbers(void **state)
{
    report_test *t = *state;
    nb_line_reader *reader = reader_of(t, NB_STRING("a\n\nb"));
    nb_string line;
    static const char *const expected[] = { "a\n", "\n", "b" };
    for (int i = 0; i < 3; i++) {
        assert_int_equal(nb_line_reader_next(reader, &line), NB_LINE_READ);
        assert_true(nb_string_is(line, expected[i]));
        assert_int_equal(nb_line_reader_number(reader), i + 1);
    }
    assert_int_equal(nb_line_reader_offset(reader), 4);
    assert_int_equal(nb_line_reader_next(reader, &line), NB_LINE_END);
    assert_int_equal(nb_line_reader_next(reader, &line), NB_LINE_END);
}

/* Around the size of a read and of the longest line, a line that is too long is one line. */
static void lengths_around_every_limit(void **state)
{
    report_test *t = *state;
    static const size_t lengths[] = {
        65535, 65536, 65537, LONGEST - 1, LONGEST, LONGEST + 1, 300000
    };
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        char *text = nb_arena_alloc(t->arena, lengths[i] + 8);
        nb_string line;
        memset(text, 'x', lengths[i] - 1);
        memcpy(text + lengths[i] - 1, "\nend\n", 5);
        nb_line_reader *reader = reader_of(t, (nb_string){ text, lengths[i] + 4 });
        nb_line_state state_of_first = nb_line_reader_next(reader, &line);
        assert_int_equal(state_of_first, lengths[i] > LONGEST ? NB_LINE_TOO_LONG : NB_LINE_READ);
        assert_int_equal(line.length, lengths[i] > LONGEST ? 0 : lengths[i]);
        assert_int_equal(nb_line_reader_number(reader), 1);
        assert_int_equal(nb_line_reader_next(reader, &line), NB_LINE_READ);
        assert_true(nb_string_is(line, "end\n"));
        assert_int_equal(nb_line_reader_number(reader), 2);
        assert_int_equal(nb_line_reader_offset(reader), lengths[i] + 4);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        REPORT_TEST(lines_come_with_their_numbers),
        REPORT_TEST(lengths_around_every_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
