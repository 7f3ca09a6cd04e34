/* What stands in the cells of an Excel workbook. */
#include "rows_fixture.h"

#include "bulk/xlsx_parts.h"

static void numbers_have_fifteen_digits_and_no_exponent(void **state)
{
    static const char *const numbers[][2] = {
        { "0", "0" },
        { "12", "12" },
        { "1258.50", "1258.5" },
        { "-3", "-3" },
        { "0.10000000000000001", "0.1" },
        { "1284.5999999999999", "1284.6" },
        { "1E3", "1000" },
        { "1.5E-3", "0.0015" },
        { "9.9999999999999999", "10" },
        { "1.2345678901234567E+20", "123456789012346000000" },
        { "00.50", "0.5" },
        { "-0", "0" },
    };
    static const char *const others[] = { "", "-", ".", "1e", "x", "1.2.3", "1e999", "NaN" };
    report_test *t = *state;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        nb_string number = nb_xlsx_number(nb_string_of(numbers[i][0]), t->arena);
        assert_true(nb_string_is(number, numbers[i][1]));
    }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_int_equal(nb_xlsx_number(nb_string_of(others[i]), t->arena).length, 0);
}

static void days_are_counted_from_1900_or_1904(void **state)
{
    report_test *t = *state;
    static const struct {
        const char *stored;
        bool counts_from_1904;
        const char *date;
    } days[] = {
        { "46042", false, "2026-01-20" },
        { "44580", true, "2026-01-20" },
        { "61", false, "1900-03-01" },
        { "60", false, "" },
        { "45351", false, "2024-02-29" },
        { "46042.5", false, "2026-01-20 12:00:00" },
        { "46042.999999", false, "2026-01-21" },
        { "2958465", false, "9999-12-31" },
        { "2958466", false, "" },
        { "-1", false, "" },
    };
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        nb_string date =
            nb_xlsx_date(nb_string_of(days[i].stored), days[i].counts_from_1904, t->arena);
        assert_true(nb_string_is(date, days[i].date));
    }
}

static void which_formats_show_dates(void **state)
{
    static const char *const dates[] = { "yyyy\\-mm\\-dd", "yyyy\"年\"m\"月\"d\"日\"",
                                         "[$-804]d-mmm", "mm/yy" };
    static const char *const others[] = {
        "0.00", "\"year\"0", "[Red]0", "h:mm", "General", "\"d", "#,##0_);[Red]\\(#,##0\\)", "0\\d"
    };
    (void)state;
    assert_true(nb_is_date_format(14, NB_STRING("")));
    assert_true(nb_is_date_format(57, NB_STRING("")));
    assert_false(nb_is_date_format(0, NB_STRING("")));
    assert_false(nb_is_date_format(20, NB_STRING("")));
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++)
        assert_true(nb_is_date_format(164, nb_string_of(dates[i])));
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_false(nb_is_date_format(164, nb_string_of(others[i])));
}

static void whole_numbers_are_bounded(void **state)
{
    (void)state;
    assert_int_equal(nb_xlsx_whole(NB_STRING("0"), -1), 0);
    assert_int_equal(nb_xlsx_whole(NB_STRING("007"), -1), 7);
    assert_int_equal(nb_xlsx_whole(NB_STRING("999999999"), -1), 999999999);
    static const char *const others[] = { "", "-1", " 1", "1x", "9999999999", "99999999999999999" };
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_int_equal(nb_xlsx_whole(nb_string_of(others[i]), -1), -1);
}

static void references_and_escapes(void **state)
{
    report_test *t = *state;
    assert_int_equal(nb_xlsx_column(NB_STRING("A1")), 0);
    assert_int_equal(nb_xlsx_column(NB_STRING("AB12")), 27);
    assert_int_equal(nb_xlsx_column(NB_STRING("XFD1")), 16383);
    assert_int_equal(nb_xlsx_column(NB_STRING("XFE1")), -1);
    assert_int_equal(nb_xlsx_column(NB_STRING("AB")), -1);
    assert_int_equal(nb_xlsx_column(NB_STRING("12")), -1);
    assert_true(
        nb_string_is(nb_xlsx_unescaped(NB_STRING("a_x000D_\nb_x005F_x"), t->arena), "a\nb_x"));
    assert_true(nb_string_is(nb_xlsx_unescaped(NB_STRING("a_b_x00g0_"), t->arena), "a_b_x00g0_"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        REPORT_TEST(numbers_have_fifteen_digits_and_no_exponent),
        REPORT_TEST(days_are_counted_from_1900_or_1904),
        REPORT_TEST(which_formats_show_dates),
        REPORT_TEST(whole_numbers_are_bounded),
        REPORT_TEST(references_and_escapes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
