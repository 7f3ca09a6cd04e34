#include "report_fixture.h"

/* The minimal report with a part replaced, and what it gives in short. */
static const char *findings_of(report_test *t, const char *part, const char *instead)
{
    nb_findings_drop(t->findings);
    t->findings = nb_findings_new(NB_CHINESE);
    filled(t, shipped_form(t), replaced(t, minimal_json(t), part, instead));
    return in_short(t);
}

static void values_have_their_state_and_place(void **state)
{
    report_test *t = *state;
    const nb_form *form = shipped_form(t);
    nb_report *report = filled(t, form,
                               "{\"form\": \"annual-report-2021\", \"year\": 2025,\n"
                               " \"disclosure\": {\"licences\": null, \"penalties\": 0,\n"
                               "  \"enforcements\": \"/\", \"fees\": 1284.60}}");
    assert_int_equal(value_at(report, "/year")->state, NB_VALUE_STATED);
    assert_int_equal(value_at(report, "/year")->number, 2025);
    assert_int_equal(value_at(report, "/disclosure/licences")->state, NB_VALUE_BLANK);
    assert_int_equal(value_at(report, "/disclosure/penalties")->state, NB_VALUE_STATED);
    assert_int_equal(value_at(report, "/disclosure/penalties")->line, 2);
    assert_int_equal(value_at(report, "/disclosure/penalties")->column, 48);
    assert_int_equal(value_at(report, "/disclosure/enforcements")->state, NB_VALUE_INVALID);
    assert_true(value_at(report, "/disclosure/enforcements")->quoted);
    assert_true(nb_string_is(value_at(report, "/disclosure/fees")->text, "1284.60"));
    assert_int_equal(value_at(report, "/agency")->state, NB_VALUE_MISSING);
}

static void which_texts_are_counts_and_amounts(void **state)
{
    static const char *const counts[] = { "0", "7", "11398889", "9007199254740992" };
    static const char *const no_counts[] = { "",    "-1",  "-0",
                                             "1.0", "1e3", " 1",
                                             "1 ",  "９",  "9007199254740993" };
    static const char *const amounts[] = { "0", "0.5", "1284.60", "123456789012345678901" };
    static const char *const no_amounts[] = { "", "-1", ".5", "5.", "1.2.3", "1e3", "1,000", "." };
    int64_t number;
    (void)state;
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        assert_true(nb_number_of(NB_FIELD_COUNT, nb_string_of(counts[i]), &number));
    for (size_t i = 0; i < sizeof no_counts / sizeof no_counts[0]; i++)
        assert_false(nb_number_of(NB_FIELD_COUNT, nb_string_of(no_counts[i]), &number));
    for (size_t i = 0; i < sizeof amounts / sizeof amounts[0]; i++)
        assert_true(nb_amount_of(nb_string_of(amounts[i])));
    for (size_t i = 0; i < sizeof no_amounts / sizeof no_amounts[0]; i++)
        assert_false(nb_amount_of(nb_string_of(no_amounts[i])));
}

static void a_change_has_a_minus_sign_or_none(void **state)
{
    static const char *const changes[] = { "0", "3", "-2", "-9007199254740992" };
    static const char *const no_changes[] = { "", "-", "+3", "--2", "-2.5", "2-" };
    int64_t number = 0;
    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++)
        assert_true(nb_number_of(NB_FIELD_CHANGE, nb_string_of(changes[i]), &number));
    assert_int_equal(number, -(INT64_C(1) << 53));
    for (size_t i = 0; i < sizeof no_changes / sizeof no_changes[0]; i++)
        assert_false(nb_number_of(NB_FIELD_CHANGE, nb_string_of(no_changes[i]), &number));
}

static void unknown_keys_are_told_with_the_nearest(void **state)
{
    report_test *t = *state;
    assert_string_equal(findings_of(t, "\"agency\":", "\"备注\": 1, \"agency\":"),
                        "S2 3:11 /备注\n");
    assert_string_equal(only_finding(t)->hint, "");
    /* The group has no such member, and lacks the one that was meant. */
    assert_string_equal(findings_of(t, "\"fees\": 0", "\"fee\": 0"),
                        "S2 16:16 /disclosure/fee\nS4 10:19 /disclosure/fees\n");
    assert_string_equal(nb_findings_lookup(t->findings, 0)->hint, "是否要写“fees”？");
    assert_string_equal(findings_of(t, "[\"没有突出问题。\"]",
                                    "[{\"text\": \"没有突出问题。\", \"stile\": \"body\"}]"),
                        "S2 7:51 /sections/problems/0/stile\n");
}

static void wrong_kinds_are_told_at_the_value(void **state)
{
    report_test *t = *state;
    assert_string_equal(findings_of(t, "2025", "\"2025\""), "S3 4:13 /year\n");
    assert_string_equal(findings_of(t, "2025", "1948"), "S3 4:13 /year\n");
    assert_string_equal(findings_of(t, "\"青石县档案馆\"", "\"  \""), "S3 3:15 /agency\n");
    assert_string_equal(findings_of(t, "[\"没有突出问题。\"]", "\"没有突出问题。\""),
                        "S3 7:21 /sections/problems\n");
    assert_string_equal(findings_of(t, "[\"没有突出问题。\"]", "[7]"),
                        "S3 7:22 /sections/problems/0\n");
    assert_string_equal(findings_of(t, "\"licences\": 0", "\"licences\": [0]"),
                        "S3 13:21 /disclosure/licences\n");
    assert_string_equal(findings_of(t, "[2, 1, 0, 0, 0, 0]", "[2, true, 0, 0, 0, 0]"),
                        "S3 19:25 /requests/received/1\n");
    assert_string_equal(findings_of(t, "{\"issued\": 0, \"repealed\": 0, \"in_force\": 0}", "null"),
                        "S3 11:18 /disclosure/rules\n");
    assert_string_equal(
        findings_of(t, "\"year\": 2025", "\"year\": 2025, \"date\": \"2026-02-29\""),
        "S3 4:27 /date\n");
    assert_string_equal(
        findings_of(t, "\"year\": 2025", "\"year\": 2025, \"date\": \"2024-02-29\""), "");
    assert_string_equal(findings_of(t, "\"year\": 2025", "\"year\": 2025, \"signature\": 1"),
                        "S3 4:32 /signature\n");
}

static void a_row_has_its_length_or_one_less(void **state)
{
    report_test *t = *state;
    assert_string_equal(findings_of(t, "[2, 1, 0, 0, 0, 0]", "[2, 1, 0, 0, 0, 0, 3]"), "");
    assert_string_equal(findings_of(t, "[2, 1, 0, 0, 0, 0]", "[2, 1, 0, 0, 0]"),
                        "S3 19:21 /requests/received\n");
    assert_string_equal(only_finding(t)->hint, "现有 5 个");
    assert_string_equal(findings_of(t, "[2, 1, 0, 0, 0, 0]", "[2, 1, 0, 0, 0, 0, 3, 0]"),
                        "S3 19:21 /requests/received\n");
    assert_string_equal(findings_of(t, "[2, 1, 0, 0, 0, 0]", "3"), "S3 19:21 /requests/received\n");
}

static void missing_values_are_told_at_their_group(void **state)
{
    report_test *t = *state;
    assert_string_equal(findings_of(t, "    \"agency\": \"青石县档案馆\",\n", ""),
                        "S4 1:1 /agency\n");
    assert_string_equal(findings_of(t, "        \"licences\": 0,\n", ""),
                        "S4 10:19 /disclosure/licences\n");
}

static void unprintable_characters_are_told(void **state)
{
    report_test *t = *state;
    assert_string_equal(findings_of(t, "没有突出问题。", "无\\u000b。"),
                        "S5 7:22 /sections/problems/0\n");
    assert_string_equal(only_finding(t)->message, "第 2 个字符 U+000B 不能排印");
    assert_string_equal(findings_of(t, "青石县", "青石\\n县"), "S5 3:15 /agency\n");
    assert_string_equal(findings_of(t, "没有突出问题。", "无\\u00a0。\\u200b"), "");
}

static void totals_left_out_are_computed(void **state)
{
    report_test *t = *state;
    nb_report *report = filled(t, shipped_form(t), minimal_json(t));
    assert_int_equal(value_at(report, "/requests/received/6")->state, NB_VALUE_COMPUTED);
    assert_int_equal(value_at(report, "/requests/received/6")->number, 3);
    assert_true(nb_string_is(value_at(report, "/requests/received/6")->text, "3"));
    assert_int_equal(value_at(report, "/requests/outcomes/total/0")->number, 1);
    assert_int_equal(value_at(report, "/requests/outcomes/total/6")->number, 2);
    assert_int_equal(value_at(report, "/litigation/direct_suits/4")->state, NB_VALUE_COMPUTED);
}

static void nothing_is_computed_from_what_is_no_number(void **state)
{
    report_test *t = *state;
    nb_report *report =
        filled(t, shipped_form(t),
               replaced(t, minimal_json(t), "[2, 1, 0, 0, 0, 0]", "[2, null, 0, 0, 0, 0]"));
    assert_int_equal(value_at(report, "/requests/received/6")->state, NB_VALUE_MISSING);
}

/* Whatever is read, its canonical text reads back to the same canonical text. */
static void canonical_text_is_a_fixed_point(void **state)
{
    static const char *const names[] = { "samples/minimal.json", "samples/provincial-city.json",
                                         "samples/district-statistics-bureau.json",
                                         "tests/import/jianghan-2022.expected.json" };
    report_test *t = *state;
    const nb_form *form = shipped_form(t);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        nb_string json = source_file(t, names[i]);
        const char *once =
            canonical(t, filled(t, form, nb_arena_copy(t->arena, json.data, json.length)));
        assert_string_equal(canonical(t, filled(t, form, once)), once);
        assert_int_equal(nb_findings_count(t->findings), 0);
        if (strstr(names[i], "expected"))
            assert_string_equal(once, nb_arena_copy(t->arena, json.data, json.length));
    }
}

static void canonical_text_keeps_what_is_wrong(void **state)
{
    report_test *t = *state;
    const nb_form *form = shipped_form(t);
    const char *json =
        replaced(t, minimal_json(t), "[2, 1, 0, 0, 0, 0]", "[2, null, \"/\", -3, 1e2, 0.50]");
    json = replaced(t, json, "[\"没有突出问题。\"]",
                    "[{\"text\": \"没有突出问题。\\t\", \"style\": \"body\"}, \"二\"]");
    const char *once = canonical(t, filled(t, form, json));
    assert_non_null(strstr(once, "2,\n            null,\n            \"/\",\n            -3,\n"
                                 "            1e2,\n            0.50\n        ]"));
    assert_non_null(strstr(once, "{\n                \"style\": \"body\",\n                "
                                 "\"text\": \"没有突出问题。\\t\"\n"));
    assert_string_equal(canonical(t, filled(t, form, once)), once);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        REPORT_TEST(values_have_their_state_and_place),
        REPORT_TEST(which_texts_are_counts_and_amounts),
        REPORT_TEST(a_change_has_a_minus_sign_or_none),
        REPORT_TEST(unknown_keys_are_told_with_the_nearest),
        REPORT_TEST(wrong_kinds_are_told_at_the_value),
        REPORT_TEST(a_row_has_its_length_or_one_less),
        REPORT_TEST(missing_values_are_told_at_their_group),
        REPORT_TEST(unprintable_characters_are_told),
        REPORT_TEST(totals_left_out_are_computed),
        REPORT_TEST(nothing_is_computed_from_what_is_no_number),
        REPORT_TEST(canonical_text_is_a_fixed_point),
        REPORT_TEST(canonical_text_keeps_what_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
