#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/utf8.h"

static uint32_t first_of(const char *bytes, size_t length, size_t *used)
{
    const char *at = bytes;
    uint32_t c = nb_utf8_next(&at, bytes + length);
    *used = (size_t)(at - bytes);
    return c;
}

static void characters_of_each_length_come_back(void **state)
{
    static const uint32_t samples[] = { 0,      0x41,   0x7F,   0x80,   0x7FF,  0x800,   0x4E00,
                                        0xD7FF, 0xE000, 0xFF0C, 0xFFFD, 0xFFFF, 0x10000, 0x10FFFF };
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        char bytes[4];
        size_t used;
        int length = nb_utf8_encode(samples[i], bytes);
        assert_int_equal(first_of(bytes, (size_t)length, &used), samples[i]);
        assert_int_equal(used, length);
    }
}

static void ill_formed_bytes_are_passed_one_by_one(void **state)
{
    static const char *const samples[] = {
        "\x80",     /* a continuation alone */
        "\xC0\xAF", /* longer than need be */
        "\xE0\x80\xAF",
        "\xF0\x80\x80\xAF",
        "\xED\xA0\x80",     /* a surrogate */
        "\xF4\x90\x80\x80", /* past the last code point */
        "\xF8\x88\x80\x80",
        "\xFF",
        "\xE4\xB8", /* cut short */
        "\xE4\xB8\x41",
    };
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        size_t used;
        assert_int_equal(first_of(samples[i], strlen(samples[i]), &used), NB_UTF8_INVALID);
        assert_int_equal(used, 1);
    }
}

static void count_counts_characters(void **state)
{
    (void)state;
    assert_int_equal(nb_utf8_count(NB_STRING("a年𠮷")), 3);
    assert_int_equal(nb_utf8_count(NB_STRING("")), 0);
}

static void prefix_never_cuts_a_character(void **state)
{
    nb_string text = NB_STRING("a年𠮷b");
    (void)state;
    assert_int_equal(nb_utf8_prefix(text, 0).length, 0);
    assert_int_equal(nb_utf8_prefix(text, 2).length, 4);
    assert_int_equal(nb_utf8_prefix(text, 3).length, 8);
    assert_int_equal(nb_utf8_prefix(text, 99).length, text.length);
}

static void valid_length_stops_at_the_first_fault(void **state)
{
    (void)state;
    assert_int_equal(nb_utf8_valid_length(NB_STRING("年度")), 6);
    assert_int_equal(nb_utf8_valid_length(NB_STRING("年\xFF度")), 3);
}

static void printable_leaves_out_controls_and_noncharacters(void **state)
{
    static const uint32_t no[] = { 0,      0x09,   0x0A,   0x1F,   0x7F,   0x85,    0x9F,
                                   0x2028, 0x2029, 0xFDD0, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF };
    static const uint32_t yes[] = { 0x20, 0xA0, 0x200B, 0x3000, 0x4E00, 0xFFFD, 0x20000 };
    (void)state;
    for (size_t i = 0; i < sizeof no / sizeof no[0]; i++)
        assert_false(nb_utf8_is_printable(no[i]));
    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++)
        assert_true(nb_utf8_is_printable(yes[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(characters_of_each_length_come_back),
        cmocka_unit_test(ill_formed_bytes_are_passed_one_by_one),
        cmocka_unit_test(count_counts_characters),
        cmocka_unit_test(prefix_never_cuts_a_character),
        cmocka_unit_test(valid_length_stops_at_the_first_fault),
        cmocka_unit_test(printable_leaves_out_controls_and_noncharacters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
