/* What is decided by characters alone: which are set in the Latin face of a style. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/utf8.h"
#include "text/characters.h"
#include "text/script.h"

static void assert_all(const char *characters, bool is_latin)
{
    const char *at = characters, *end = at + strlen(at);
    while (at < end) {
        uint32_t code_point = nb_utf8_next(&at, end);
        if (nb_is_latin_run(code_point) != is_latin)
            fail_msg("U+%04X", (unsigned)code_point);
    }
}

static void test_ascii_is_latin(void **state)
{
    (void)state;
    for (uint32_t code_point = 0; code_point < 0x80; code_point++)
        assert_true(nb_is_latin_run(code_point));
}

static void test_letters_of_alphabets_are_latin(void **state)
{
    (void)state;
    assert_all("àéüßñāǎēǔǚɡḿπΩЖяё", true);
}

static void test_all_else_is_chinese(void **state)
{
    (void)state;
    assert_all("汉，。、；：！？“”‘’—…·※①℃№ⅢＡ１％×÷°§±　〔〕《》㐀\xF0\xA0\xAE\xB7·", false);
}

/* What lets a reader of texts go over hanzi without asking about each. */
static void test_hanzi_are_all_alike(void **state)
{
    (void)state;
    for (uint32_t code_point = 0; code_point <= 0x10FFFF; code_point++) {
        if (!nb_is_hanzi(code_point))
            continue;
        assert_false(nb_is_latin_run(code_point));
        assert_false(nb_is_connector(code_point));
        assert_false(nb_takes_joiner(' ', code_point, ' '));
        assert_int_equal(nb_script_after(code_point, NB_SCRIPT_LATIN), NB_SCRIPT_ASIAN);
    }
    assert_true(nb_is_hanzi(0x5E74)); /* 年 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ascii_is_latin),
        cmocka_unit_test(test_letters_of_alphabets_are_latin),
        cmocka_unit_test(test_all_else_is_chinese),
        cmocka_unit_test(test_hanzi_are_all_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
