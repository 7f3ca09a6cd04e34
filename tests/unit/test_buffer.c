#include "report_fixture.h"

static const char *text_of(report_test *t, const nb_buffer *buffer)
{
    return nb_arena_copy(t->arena, buffer->data, buffer->length);
}

static void it_grows_and_keeps_what_it_has(void **state)
{
    report_test *t = *state;
    nb_buffer *buffer = nb_buffer_new(t->arena, 1 << 20);
    for (int i = 0; i < 5000; i++)
        nb_buffer_text(buffer, "年报");
    assert_int_equal(buffer->length, 30000);
    assert_memory_equal(buffer->data + 29994, "年报", 6);
    assert_false(buffer->overflowed);
}

static void past_its_maximum_nothing_is_added_any_more(void **state)
{
    report_test *t = *state;
    nb_buffer *buffer = nb_buffer_new(t->arena, 4);
    nb_buffer_text(buffer, "abc");
    nb_buffer_text(buffer, "de");
    assert_true(buffer->overflowed);
    nb_buffer_byte(buffer, 'x');
    assert_string_equal(text_of(t, buffer), "abc");
}

static void exactly_its_maximum_fits(void **state)
{
    report_test *t = *state;
    nb_buffer *buffer = nb_buffer_new(t->arena, 3);
    nb_buffer_text(buffer, "abc");
    assert_false(buffer->overflowed);
}

static void integers_are_written_in_full(void **state)
{
    report_test *t = *state;
    nb_buffer *buffer = nb_buffer_new(t->arena, 1000);
    nb_buffer_integer(buffer, 0);
    nb_buffer_byte(buffer, ' ');
    nb_buffer_integer(buffer, INT64_MAX);
    nb_buffer_byte(buffer, ' ');
    nb_buffer_integer(buffer, INT64_MIN);
    assert_string_equal(text_of(t, buffer), "0 9223372036854775807 -9223372036854775808");
}

static void decimals_have_no_trailing_zeros(void **state)
{
    static const struct {
        int64_t value;
        int decimals;
        const char *text;
    } cases[] = { { 12345, 2, "123.45" }, { 12300, 2, "123" }, { 5, 3, "0.005" },
                  { -50, 2, "-0.5" },     { 0, 4, "0" },       { 7, 0, "7" } };
    report_test *t = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        nb_buffer *buffer = nb_buffer_new(t->arena, 100);
        nb_buffer_decimal(buffer, cases[i].value, cases[i].decimals);
        assert_string_equal(text_of(t, buffer), cases[i].text);
    }
}

static void hex_has_the_digits_asked_for(void **state)
{
    report_test *t = *state;
    nb_buffer *buffer = nb_buffer_new(t->arena, 100);
    nb_buffer_hex(buffer, 0xAB, 4);
    nb_buffer_hex(buffer, 0x4E00, 4);
    assert_string_equal(text_of(t, buffer), "00AB4E00");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        REPORT_TEST(it_grows_and_keeps_what_it_has),
        REPORT_TEST(past_its_maximum_nothing_is_added_any_more),
        REPORT_TEST(exactly_its_maximum_fits),
        REPORT_TEST(integers_are_written_in_full),
        REPORT_TEST(decimals_have_no_trailing_zeros),
        REPORT_TEST(hex_has_the_digits_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
