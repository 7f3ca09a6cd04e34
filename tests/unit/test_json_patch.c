#include "report_fixture.h"

#include "revise/json_diff.h"
#include "revise/json_number.h"
#include "revise/json_patch.h"

/* A text of JSON on one line. */
static const char *plain(report_test *t, const char *text)
{
    nb_buffer *out = nb_buffer_new(t->arena, 1 << 20);
    nb_json_write(out, json_of(t, text));
    return nb_arena_copy(t->arena, out->data, out->length);
}

static nb_status patch(report_test *t, const char *document, const char *operations,
                       const char **result)
{
    nb_buffer *out = nb_buffer_new(t->arena, 1 << 24);
    nb_findings_drop(t->findings);
    t->findings = nb_findings_new(NB_CHINESE);
    nb_status status = nb_json_patch(json_of(t, document), json_of(t, operations), "p.json",
                                     t->arena, t->findings, out);
    *result = nb_arena_copy(t->arena, out->data, out->length);
    return status;
}

/* The examples of RFC 6902, appendix A, and of the sections they illustrate. */
static void operations_do_what_the_standard_says(void **state)
{
    report_test *t = *state;
    static const char *const cases[][3] = {
        { "{\"foo\": \"bar\"}", "[{\"op\":\"add\",\"path\":\"/baz\",\"value\":\"qux\"}]",
          "{\"foo\": \"bar\", \"baz\": \"qux\"}" },
        { "{\"foo\": [\"bar\", \"baz\"]}",
          "[{\"op\":\"add\",\"path\":\"/foo/1\",\"value\":\"qux\"}]",
          "{\"foo\": [\"bar\", \"qux\", \"baz\"]}" },
        { "{\"baz\": \"qux\", \"foo\": \"bar\"}", "[{\"op\":\"remove\",\"path\":\"/baz\"}]",
          "{\"foo\": \"bar\"}" },
        { "{\"foo\": [\"bar\", \"qux\", \"baz\"]}", "[{\"op\":\"remove\",\"path\":\"/foo/1\"}]",
          "{\"foo\": [\"bar\", \"baz\"]}" },
        { "{\"baz\": \"qux\", \"foo\": \"bar\"}",
          "[{\"op\":\"replace\",\"path\":\"/baz\",\"value\":\"boo\"}]",
          "{\"baz\": \"boo\", \"foo\": \"bar\"}" },
        { "{\"foo\":{\"bar\":\"baz\",\"waldo\":\"fred\"},\"qux\":{\"corge\":\"grault\"}}",
          "[{\"op\":\"move\",\"from\":\"/foo/waldo\",\"path\":\"/qux/thud\"}]",
          "{\"foo\":{\"bar\":\"baz\"},\"qux\":{\"corge\":\"grault\",\"thud\":\"fred\"}}" },
        { "{\"foo\": [\"all\", \"grass\", \"cows\", \"eat\"]}",
          "[{\"op\":\"move\",\"from\":\"/foo/1\",\"path\":\"/foo/3\"}]",
          "{\"foo\": [\"all\", \"cows\", \"eat\", \"grass\"]}" },
        { "{\"baz\": \"qux\", \"foo\": [\"a\", 2, \"c\"]}",
          "[{\"op\":\"test\",\"path\":\"/baz\",\"value\":\"qux\"},"
          "{\"op\":\"test\",\"path\":\"/foo/1\",\"value\":2}]",
          "{\"baz\": \"qux\", \"foo\": [\"a\", 2, \"c\"]}" },
        { "{\"foo\": \"bar\"}",
          "[{\"op\":\"add\",\"path\":\"/child\",\"value\":{\"grandchild\":{}}}]",
          "{\"foo\": \"bar\", \"child\": {\"grandchild\": {}}}" },
        { "{\"foo\": \"bar\"}",
          "[{\"op\":\"add\",\"path\":\"/baz\",\"value\":\"qux\",\"xyz\":123}]",
          "{\"foo\": \"bar\", \"baz\": \"qux\"}" },
        { "{\"/\": 9, \"~1\": 10}", "[{\"op\":\"test\",\"path\":\"/~01\",\"value\":10}]",
          "{\"/\": 9, \"~1\": 10}" },
        { "{\"foo\": [\"bar\"]}",
          "[{\"op\":\"add\",\"path\":\"/foo/-\",\"value\":[\"abc\", \"def\"]}]",
          "{\"foo\": [\"bar\", [\"abc\", \"def\"]]}" },
        { "{\"a\": 1}", "[{\"op\":\"add\",\"path\":\"/a\",\"value\":2}]", "{\"a\": 2}" },
        { "{\"a\": 1}", "[{\"op\":\"replace\",\"path\":\"\",\"value\":[]}]", "[]" },
        { "[1]", "[{\"op\":\"remove\",\"path\":\"\"},{\"op\":\"add\",\"path\":\"\",\"value\":3}]",
          "3" },
        { "{\"a\": {\"b\": 1}}", "[{\"op\":\"copy\",\"from\":\"\",\"path\":\"/a/c\"}]",
          "{\"a\": {\"b\": 1, \"c\": {\"a\": {\"b\": 1}}}}" },
        { "{\"a\": {\"b\": 1}}",
          "[{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/d\"},"
          "{\"op\":\"replace\",\"path\":\"/d/b\",\"value\":2}]",
          "{\"a\": {\"b\": 1}, \"d\": {\"b\": 2}}" },
        { "{\"a\": 1}", "[{\"op\":\"move\",\"from\":\"/a\",\"path\":\"/a\"}]", "{\"a\": 1}" },
        { "{\"a/b\": {\"m~n\": [0]}, \"\": 1}",
          "[{\"op\":\"replace\",\"path\":\"/a~1b/m~0n/0\",\"value\":5},"
          "{\"op\":\"remove\",\"path\":\"/\"}]",
          "{\"a/b\": {\"m~n\": [5]}}" },
        { "{\"a\": [1.50, {\"x\": 1, \"y\": null}]}",
          "[{\"op\":\"test\",\"path\":\"/a\",\"value\":[15e-1, {\"y\": null, \"x\": 1.0}]}]",
          "{\"a\": [1.50, {\"x\": 1, \"y\": null}]}" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *result;
        assert_int_equal(patch(t, cases[i][0], cases[i][1], &result), NB_OK);
        assert_string_equal(plain(t, result), plain(t, cases[i][2]));
        assert_int_equal(nb_findings_count(t->findings), 0);
    }
}

static void what_cannot_be_done_is_told(void **state)
{
    report_test *t = *state;
    static const struct {
        const char *document, *operations, *rule, *message;
    } cases[] = {
        { "{\"foo\": \"bar\"}", "[{\"op\":\"add\",\"path\":\"/baz/bat\",\"value\":1}]", "J2",
          "add “/baz/bat”：没有这个位置" },
        { "{\"baz\": \"qux\"}", "[{\"op\":\"test\",\"path\":\"/baz\",\"value\":\"bar\"}]", "J3",
          "test “/baz”：应是 \"bar\"，现在是 \"qux\"" },
        { "{\"/\": 9, \"~1\": 10}", "[{\"op\":\"test\",\"path\":\"/~01\",\"value\":\"10\"}]", "J3",
          "test “/~01”：应是 \"10\"，现在是 10" },
        { "[1, 2]", "[{\"op\":\"add\",\"path\":\"/3\",\"value\":1}]", "J2",
          "add “/3”：没有这个位置" },
        { "[1, 2]", "[{\"op\":\"remove\",\"path\":\"/-\"}]", "J2", "remove “/-”：没有这个位置" },
        { "[1, 2]", "[{\"op\":\"remove\",\"path\":\"/01\"}]", "J2", "remove “/01”：没有这个位置" },
        { "[1, 2]", "[{\"op\":\"replace\",\"path\":\"/2\",\"value\":1}]", "J2",
          "replace “/2”：没有这个位置" },
        { "[1, 2]", "[{\"op\":\"add\",\"path\":\"/1e0\",\"value\":1}]", "J2",
          "add “/1e0”：没有这个位置" },
        { "{\"a\": {}}", "[{\"op\":\"move\",\"from\":\"/a\",\"path\":\"/a/b\"}]", "J2",
          "move “/a”：不能移到自己里面" },
        { "{\"a\": {\"c\": 1, \"b\": [1, 2]}}",
          "[{\"op\":\"test\",\"path\":\"/a\",\"value\":{\"c\": 1}}]", "J3",
          "test “/a”：应是 {\"c\": 1}，现在是 {\"c\": 1, \"b\": [1, 2]}" },
        { "{}", "[{\"op\":\"add\",\"path\":\"x\",\"value\":1}]", "J1",
          "不是 JSON Patch：“path”要是一个 JSON Pointer，如 \"/year\"" },
        { "{}", "[{\"op\":\"add\",\"path\":\"/~2\",\"value\":1}]", "J1",
          "不是 JSON Patch：“path”要是一个 JSON Pointer，如 \"/year\"" },
        { "{}", "[{\"op\":\"add\",\"path\":\"/x\"}]", "J1", "不是 JSON Patch：缺少“value”" },
        { "{}", "[{\"op\":\"copy\",\"path\":\"/x\"}]", "J1",
          "不是 JSON Patch：“from”要是一个 JSON Pointer" },
        { "{}", "[{\"op\":\"spam\",\"path\":\"/x\"}]", "J1",
          "不是 JSON Patch：“op”要是 add、remove、replace、move、copy 或 test" },
        { "{}", "[7]", "J1", "不是 JSON Patch：“op”要是 add、remove、replace、move、copy 或 test" },
        { "{}", "{}", "J1", "不是 JSON Patch：要一个数组，每项一个操作" },
        { "{}", "[{\"op\":\"remove\",\"path\":\"\"}]", "J1", "不是 JSON Patch：它删去了整份报告" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *result;
        bool is_none = strcmp(cases[i].rule, "J1") == 0;
        assert_int_equal(patch(t, cases[i].document, cases[i].operations, &result),
                         is_none ? NB_E_NOT_A_REPORT : NB_E_FINDINGS);
        assert_string_equal(result, "");
        const nb_finding *finding = only_finding(t);
        assert_string_equal(finding->rule, cases[i].rule);
        assert_string_equal(finding->message, cases[i].message);
        assert_string_equal(finding->file, "p.json");
    }
}

/* Forty copies of the document into itself would be a million million values. */
static void a_patch_cannot_ask_for_too_much(void **state)
{
    report_test *t = *state;
    nb_buffer *wide = nb_buffer_new(t->arena, 1 << 16), *deep = nb_buffer_new(t->arena, 1 << 20);
    const char *result;
    nb_buffer_byte(wide, '[');
    for (int i = 0; i < 40; i++) {
        nb_buffer_text(wide, i ? "," : "");
        nb_buffer_text(wide, "{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/a/-\"}");
    }
    nb_buffer_byte(wide, ']');
    assert_int_equal(
        patch(t, "{\"a\": []}", nb_arena_copy(t->arena, wide->data, wide->length), &result),
        NB_E_FINDINGS);
    assert_string_equal(only_finding(t)->message, "copy “/a”：结果太大或嵌套太深");
    nb_buffer_byte(deep, '[');
    for (int i = 1; i <= 100; i++) {
        nb_buffer_text(deep,
                       i > 1 ? ",{\"op\":\"add\",\"path\":\"" : "{\"op\":\"add\",\"path\":\"");
        for (int k = 0; k < i; k++)
            nb_buffer_text(deep, "/a");
        nb_buffer_text(deep, "\",\"value\":{}}");
    }
    nb_buffer_byte(deep, ']');
    assert_int_equal(patch(t, "{}", nb_arena_copy(t->arena, deep->data, deep->length), &result),
                     NB_E_FINDINGS);
    assert_string_equal(only_finding(t)->rule, "J2");
}

static void numbers_are_compared_by_value(void **state)
{
    (void)state;
    static const char *const same[][2] = { { "1", "1.0" },        { "100", "1e2" },
                                           { "0.010", "1E-2" },   { "-0", "0.00" },
                                           { "0e9", "0" },        { "12.5", "125e-1" },
                                           { "1e400", "10e399" }, { "120.0", "1.2e+2" } };
    static const char *const other[][2] = {
        { "1", "-1" },     { "1", "10" },
        { "0.1", "0.01" }, { "9007199254740993", "9007199254740992" },
        { "12", "1.2" },   { "0", "1" }
    };
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        assert_true(nb_is_same_number(nb_string_of(same[i][0]), nb_string_of(same[i][1])));
    for (size_t i = 0; i < sizeof other / sizeof other[0]; i++)
        assert_false(nb_is_same_number(nb_string_of(other[i][0]), nb_string_of(other[i][1])));
}

static void a_diff_tests_what_it_takes_away(void **state)
{
    report_test *t = *state;
    nb_buffer *out = nb_buffer_new(t->arena, 1 << 16);
    nb_json_diff(out, json_of(t, "{\"a/b\": [1, 2], \"gone\": {\"x\": null}, \"kept\": true}"),
                 json_of(t, "{\"a/b\": [1, 3, 4], \"kept\": true, \"new\": \"v\"}"), t->arena);
    assert_string_equal(nb_arena_copy(t->arena, out->data, out->length),
                        "[\n"
                        "    {\"op\": \"test\", \"path\": \"/a~1b/1\", \"value\": 2},\n"
                        "    {\"op\": \"replace\", \"path\": \"/a~1b/1\", \"value\": 3},\n"
                        "    {\"op\": \"add\", \"path\": \"/a~1b/2\", \"value\": 4},\n"
                        "    {\"op\": \"test\", \"path\": \"/gone\", \"value\": {\"x\": null}},\n"
                        "    {\"op\": \"remove\", \"path\": \"/gone\"},\n"
                        "    {\"op\": \"add\", \"path\": \"/new\", \"value\": \"v\"}\n"
                        "]\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        REPORT_TEST(operations_do_what_the_standard_says),
        REPORT_TEST(what_cannot_be_done_is_told),
        REPORT_TEST(a_patch_cannot_ask_for_too_much),
        REPORT_TEST(numbers_are_compared_by_value),
        REPORT_TEST(a_diff_tests_what_it_takes_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
