#include "report_fixture.h"

#include "check/check.h"

/* What the text says of the tables is the matter of test_claims.c. */
static nb_status check_json(report_test *t, const char *json)
{
    static const nb_rule_setting no_claims = { "L5", true, NB_ERROR };
    nb_check_options options = NB_CHECK_OPTIONS_INIT;
    options.settings = &no_claims;
    options.setting_count = 1;
    nb_findings_drop(t->findings);
    t->findings = nb_findings_new(NB_CHINESE);
    const nb_report *report = filled(t, shipped_form(t), json);
    return nb_check(report, shipped_style(t), &options, t->arena, t->findings);
}

/* The minimal report with a part replaced gives one finding. */
static const nb_finding *finding_of(report_test *t, const char *part, const char *instead)
{
    assert_int_equal(check_json(t, replaced(t, minimal_json(t), part, instead)), NB_E_FINDINGS);
    return only_finding(t);
}

static void assert_licences(report_test *t, const char *value, const char *rule,
                            const char *message, const char *hint)
{
    const nb_finding *finding =
        finding_of(t, "\"licences\": 0", nb_arena_print(t->arena, "\"licences\": %s", value));
    assert_string_equal(finding->rule, rule);
    assert_string_equal(finding->pointer, "/disclosure/licences");
    assert_int_equal(finding->column, 21);
    assert_string_equal(finding->message,
                        nb_arena_print(t->arena, "行政许可 · 本年处理决定数量：%s", message));
    assert_string_equal(finding->hint, hint);
}

static void a_correct_report_has_no_finding(void **state)
{
    report_test *t = *state;
    assert_int_equal(check_json(t, minimal_json(t)), NB_OK);
    assert_int_equal(nb_findings_count(t->findings), 0);
}

static void a_blank_is_not_zero(void **state)
{
    static const char *const hint = "没有就填 0；空格和“/”都不是 0";
    report_test *t = *state;
    assert_licences(t, "null", "L3", "空格，没有填数", hint);
    assert_licences(t, "\"\"", "L3", "填的是“”，没有填数", hint);
    assert_licences(t, "\" 　\"", "L3", "填的是“ 　”，没有填数", hint);
    assert_licences(t, "\"/\"", "L3", "填的是“/”，没有填数", hint);
    assert_licences(t, "\"-\"", "L3", "填的是“-”，没有填数", hint);
    assert_licences(t, "\"——\"", "L3", "填的是“——”，没有填数", hint);
    assert_licences(t, "\"无\"", "L3", "填的是“无”，没有填数", hint);
}

static void what_is_no_count_is_told_precisely(void **state)
{
    report_test *t = *state;
    assert_licences(t, "-3", "L4", "填的是“-3”，不能是负数", "核对这一格");
    assert_licences(t, "2.5", "L4", "填的是“2.5”，要整数", "核对这一格");
    assert_licences(t, "3.0", "L4", "填的是“3.0”，要整数", "核对这一格");
    assert_licences(t, "1e3", "L4", "填的是“1e3”，不能用指数形式", "把各位数字都写出来");
    assert_licences(t, "9007199254740993", "L4",
                    "填的是“9007199254740993”，数超过 2^53（9007199254740992）", "核对这一格");
    assert_licences(t, "\"12\"", "L4", "填的是“12”，数写成了字符串", "去掉引号");
    assert_licences(t, "\"12件\"", "L4", "填的是“12件”，不是数",
                    "只写阿拉伯数字，不加引号、单位、逗号和空格");
    assert_licences(t, "\"1,258\"", "L4", "填的是“1,258”，不是数",
                    "只写阿拉伯数字，不加引号、单位、逗号和空格");
}

static void a_long_wrong_text_is_cut_in_the_message(void **state)
{
    report_test *t = *state;
    const char *text = "";
    for (int i = 0; i < 50; i++)
        text = nb_arena_print(t->arena, "%s年", text);
    finding_of(t, "\"licences\": 0", nb_arena_print(t->arena, "\"licences\": \"%s\"", text));
    const char *message = only_finding(t)->message;
    assert_non_null(strstr(message, "年…”"));
    assert_true(nb_utf8_count(nb_string_of(message)) < 100);
}

static void a_fee_is_a_decimal_from_zero(void **state)
{
    static const struct {
        const char *written, *message;
    } cases[] = { { "-0.5", "不能是负数" },
                  { "1e-2", "不能用指数形式" },
                  { "\"0.5\"", "数写成了字符串" } };
    report_test *t = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const nb_finding *finding = finding_of(
            t, "\"fees\": 0", nb_arena_print(t->arena, "\"fees\": %s", cases[i].written));
        assert_string_equal(finding->rule, "L4");
        assert_non_null(strstr(finding->message, cases[i].message));
    }
    assert_int_equal(
        check_json(t, replaced(t, minimal_json(t), "\"fees\": 0", "\"fees\": 1284.60")), NB_OK);
}

static void a_row_adds_up_to_its_total(void **state)
{
    const nb_finding *finding = finding_of(*state, "[2, 1, 0, 0, 0, 0]", "[2, 1, 0, 0, 0, 0, 4]");
    assert_string_equal(finding->rule, "A3");
    assert_string_equal(finding->pointer, "/requests/received/6");
    assert_int_equal(finding->line, 19);
    assert_int_equal(finding->column, 40);
    assert_string_equal(finding->message, "一、本年新收政府信息公开申请数量 · 总计：填 4，"
                                          "同行自然人与各类法人或其他组织之和为 3");
    assert_string_equal(finding->clause, "国办公开办函〔2021〕30号 表三");
}

static void a_group_of_results_adds_up(void **state)
{
    const nb_finding *finding =
        finding_of(*state, "\"direct_suits\": [0, 0, 0, 0]", "\"direct_suits\": [1, 0, 2, 0, 0]");
    assert_string_equal(finding->rule, "A4");
    assert_string_equal(finding->pointer, "/litigation/direct_suits/4");
}

/* A column's inflow and outflow are named by the column. */
static void a_column_balances(void **state)
{
    report_test *t = *state;
    const char *json =
        replaced(t, minimal_json(t), "\"carried_out\": [1, 0", "\"carried_out\": [1, 1");
    assert_int_equal(check_json(t, json), NB_E_FINDINGS);
    /* The total's column is off too, but that total is computed and nobody's mistake. */
    assert_string_equal(in_short(t), "A1 52:28 /requests/carried_out/1\n");
    assert_string_equal(only_finding(t)->message,
                        "商业企业：第一项加第二项为 1，第三项总计加第四项为 2，两者应相等");
}

static void a_computed_total_is_nobodys_mistake(void **state)
{
    report_test *t = *state;
    const char *json = replaced(t, minimal_json(t), "\"granted\": [1, 1, 0, 0, 0, 0]",
                                "\"granted\": [1, 1, 0, 0, 0, 0, 9]");
    assert_int_equal(check_json(t, json), NB_E_FINDINGS);
    assert_string_equal(in_short(t), "A3 22:43 /requests/outcomes/granted/6\n");
}

static void an_equation_with_a_wrong_member_is_not_judged(void **state)
{
    report_test *t = *state;
    const char *json =
        replaced(t, minimal_json(t), "[2, 1, 0, 0, 0, 0]", "[\"/\", 1, 0, 0, 0, 0, 7]");
    assert_int_equal(check_json(t, json), NB_E_FINDINGS);
    assert_string_equal(in_short(t), "L3 19:22 /requests/received/0\n");
}

static void sums_do_not_wrap_around(void **state)
{
    report_test *t = *state;
    const char *most = "9007199254740992";
    const char *row = nb_arena_print(t->arena, "[%s, %s, %s, %s, %s, %s, %s]", most, most, most,
                                     most, most, most, most);
    check_json(t, replaced(t, minimal_json(t), "[2, 1, 0, 0, 0, 0]", row));
    const nb_finding *finding = nb_findings_lookup(t->findings, 0);
    assert_string_equal(finding->rule, "A3");
    assert_non_null(strstr(finding->message, "54043195528445952"));
}

/* The values together, the parts of a list and a percentage are past what a number here holds. */
static void numbers_of_texts_do_not_wrap_around(void **state)
{
    report_test *t = *state;
    const char *parts = "";
    for (int i = 0; i < 1100; i++)
        parts = nb_arena_print(t->arena, "%s、900000000000件", parts);
    const char *claims = nb_arena_print(
        t->arena,
        "\"新收、上年结转政府信息公开申请共5件。\", \"收到政府信息公开申请3件，其中%s。\", "
        "\"收到政府信息公开申请1件，予以公开900000000000000件，占收到申请的3.0001%%。\"",
        parts);
    const char *json = minimal_json(t);
    json = replaced(t, json, "\"received\": [2", "\"received\": [900000000000000");
    json = replaced(t, json, "\"carried_in\": [0", "\"carried_in\": [900000000000000");
    json = replaced(t, json, "\"granted\": [1", "\"granted\": [900000000000000");
    json = replaced(t, json, "\"本年度收到政府信息公开申请3件，办结2件，结转下年度1件。\"", claims);
    check_json(t, json);
    for (size_t i = 0; i < nb_findings_count(t->findings); i++)
        assert_null(strstr(nb_findings_lookup(t->findings, i)->pointer, "/overview/0"));
}

static void values_come_first_then_equations_in_order(void **state)
{
    report_test *t = *state;
    const char *json = minimal_json(t);
    json =
        replaced(t, json, "\"direct_suits\": [0, 0, 0, 0]", "\"direct_suits\": [1, 0, 2, null, 0]");
    json = replaced(t, json, "\"reconsideration\": [0, 0, 0, 0]",
                    "\"reconsideration\": [1, 0, 2, 0, 0]");
    json = replaced(t, json, "[2, 1, 0, 0, 0, 0]", "[2, 1, 0, 0, 0, 0, 5]");
    json = replaced(t, json, "\"licences\": 0", "\"licences\": null");
    assert_int_equal(check_json(t, json), NB_E_FINDINGS);
    assert_string_equal(in_short(t), "L3 13:21 /disclosure/licences\n"
                                     "L3 56:35 /litigation/direct_suits/3\n"
                                     "A3 19:40 /requests/received/6\n"
                                     "A4 55:41 /litigation/reconsideration/4\n");
}

static void the_published_report_has_its_faults(void **state)
{
    report_test *t = *state;
    nb_string json = source_file(t, "tests/import/jianghan-2022.expected.json");
    assert_int_equal(check_json(t, nb_arena_copy(t->arena, json.data, json.length)), NB_E_FINDINGS);
    assert_string_equal(in_short(t), "A2 267:17 /requests/outcomes/total/0\n"
                                     "A2 273:17 /requests/outcomes/total/6\n"
                                     "L14 16:14 /sections/overview/5\n"
                                     "L16 13:25 /sections/overview/2\n"
                                     "L17 29:18 /sections/other\n");
    assert_string_equal(
        nb_findings_lookup(t->findings, 0)->message,
        "三、本年度办理结果 （七）总计 · 自然人：填 4，本列（一）至（六）各项之和为 5");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        REPORT_TEST(a_correct_report_has_no_finding),
        REPORT_TEST(a_blank_is_not_zero),
        REPORT_TEST(what_is_no_count_is_told_precisely),
        REPORT_TEST(a_long_wrong_text_is_cut_in_the_message),
        REPORT_TEST(a_fee_is_a_decimal_from_zero),
        REPORT_TEST(a_row_adds_up_to_its_total),
        REPORT_TEST(a_group_of_results_adds_up),
        REPORT_TEST(a_column_balances),
        REPORT_TEST(a_computed_total_is_nobodys_mistake),
        REPORT_TEST(an_equation_with_a_wrong_member_is_not_judged),
        REPORT_TEST(sums_do_not_wrap_around),
        REPORT_TEST(numbers_of_texts_do_not_wrap_around),
        REPORT_TEST(values_come_first_then_equations_in_order),
        REPORT_TEST(the_published_report_has_its_faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
