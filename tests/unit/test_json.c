#include "report_fixture.h"

/* The text is refused with one finding of rule S1 at that place. */
static void assert_refused(report_test *t, nb_string text, nb_json_limits limits, int line,
                           int column)
{
    const nb_json *root = (const nb_json *)t;
    size_t before = nb_findings_count(t->findings);
    assert_int_equal(nb_json_read(text, "x.json", limits, t->arena, t->findings, &root),
                     NB_E_NOT_A_REPORT);
    assert_null(root);
    assert_int_equal(nb_findings_count(t->findings), before + 1);
    const nb_finding *finding = nb_findings_lookup(t->findings, before);
    assert_string_equal(finding->rule, "S1");
    assert_string_equal(finding->file, "x.json");
    assert_int_equal(finding->line, line);
    assert_int_equal(finding->column, column);
}

static void assert_syntax_error(report_test *t, const char *text, int line, int column)
{
    assert_refused(t, nb_string_of(text), nb_json_default_limits, line, column);
}

static void every_value_knows_its_place(void **state)
{
    const nb_json *root =
        json_of(*state, "{\n  \"年\": [1, \"二\", null],\r\n\t\"b\": {\"c\":true}}");
    const nb_json *list = nb_json_member(root, "年"),
                  *deep = nb_json_member(nb_json_member(root, "b"), "c");
    const nb_json *third = list->first->next->next;
    assert_int_equal(root->line, 1);
    assert_int_equal(list->line, 2);
    assert_int_equal(list->column, 8); /* in characters, not in bytes */
    assert_int_equal(third->kind, NB_JSON_NULL);
    assert_int_equal(third->line, 2);
    assert_int_equal(third->column, 17);
    assert_int_equal(deep->kind, NB_JSON_TRUE);
    assert_int_equal(deep->line, 3);
    assert_int_equal(deep->column, 12);
}

static void numbers_stay_as_they_were_written(void **state)
{
    static const char *const numbers[] = {
        "0", "-0", "1284.60", "1e3", "9007199254740993", "123456789012345678901234567890"
    };
    report_test *t = *state;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        const nb_json *root = json_of(t, nb_arena_print(t->arena, "[%s]", numbers[i]));
        assert_int_equal(root->first->kind, NB_JSON_NUMBER);
        assert_true(nb_string_is(root->first->text, numbers[i]));
    }
}

static void strings_are_decoded(void **state)
{
    const nb_json *root = json_of(*state, "[\"\\u4e00\\n\\\"\\ud842\\udfb7\", \"\"]");
    assert_true(nb_string_is(root->first->text, "一\n\"𠮷"));
    assert_int_equal(root->first->next->text.length, 0);
    assert_int_equal(root->first->next->column, 28);
}

static void empty_and_nested_values_are_walked(void **state)
{
    const nb_json *root = json_of(*state, "[ [ ] , { } , [[]], {\"a\":{}} , 7 ]");
    assert_int_equal(root->count, 5);
    assert_int_equal(root->first->count, 0);
    const nb_json *last = root->first;
    while (last->next)
        last = last->next;
    assert_int_equal(last->index, 4);
    assert_int_equal(last->column, 32);
}

static void a_byte_order_mark_is_passed_over(void **state)
{
    const nb_json *root = json_of(*state, "\xEF\xBB\xBF[1]");
    assert_int_equal(root->column, 1);
    assert_int_equal(root->first->column, 2);
}

static void syntax_errors_name_their_place(void **state)
{
    assert_syntax_error(*state, "", 1, 1);
    assert_syntax_error(*state, "[1,\n 2", 2, 2);
    assert_syntax_error(*state, "[1] 2", 1, 5);
    assert_syntax_error(*state, "{\"a\": 1,\n \"年\" 2}", 2, 6);
    assert_syntax_error(*state, "[1,]", 1, 4);
}

static void a_key_must_not_stand_twice(void **state)
{
    report_test *t = *state;
    assert_syntax_error(t, "{\"year\": 1,\n \"year\": 2}", 2, 7);
    assert_non_null(strstr(only_finding(t)->message, "相同的键"));
}

static void ill_formed_utf8_is_refused_with_its_place(void **state)
{
    report_test *t = *state;
    assert_syntax_error(t, "{\n\"年\xFF\": 1}", 2, 3);
    assert_non_null(strstr(only_finding(t)->message, "UTF-8"));
    assert_syntax_error(t, "[\"\xED\xA0\x80\"]", 1, 3);
}

static void null_characters_are_refused(void **state)
{
    report_test *t = *state;
    assert_syntax_error(t, "[\"a\\u0000b\"]", 1, 11);
    assert_refused(t, NB_STRING("[1\0]"), nb_json_default_limits, 1, 3);
}

static void limits_hold(void **state)
{
    report_test *t = *state;
    const nb_json *root;
    nb_json_limits limits = { 5, 3 };
    assert_int_equal(
        nb_json_read(NB_STRING("[[1]]"), "x.json", limits, t->arena, t->findings, &root), NB_OK);
    assert_refused(t, NB_STRING("[[1]] "), limits, 0, 0);
    assert_refused(t, NB_STRING("[[[]]]"), (nb_json_limits){ 100, 2 }, 1, 3);
}

static void depth_has_a_limit_by_default(void **state)
{
    report_test *t = *state;
    char text[70] = "";
    memset(text, '[', 32);
    memset(text + 32, ']', 32);
    json_of(t, text);
    memset(text, '[', 33);
    memset(text + 33, ']', 33);
    assert_syntax_error(t, text, 1, 33);
}

static void whole_numbers_have_a_range(void **state)
{
    static const struct {
        const char *text;
        bool is_whole;
        int64_t value;
    } cases[] = { { "0", true, 0 },
                  { "-12", true, -12 },
                  { "9007199254740992", true, INT64_C(9007199254740992) },
                  { "9007199254740993", false, 0 },
                  { "99999999999999999999999", false, 0 },
                  { "1.0", false, 0 },
                  { "1e2", false, 0 } };
    report_test *t = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t value = 0;
        const nb_json *root = json_of(t, nb_arena_print(t->arena, "[%s]", cases[i].text));
        assert_int_equal(nb_json_whole(root->first, &value), cases[i].is_whole);
        if (cases[i].is_whole)
            assert_int_equal(value, cases[i].value);
    }
}

static void pointers_escape_their_marks(void **state)
{
    report_test *t = *state;
    const nb_json *root = json_of(t, "{\"a/b\": {\"~\": [0, 1]}}");
    const nb_json *second = root->first->first->first->next;
    assert_string_equal(nb_json_pointer(root, t->arena), "");
    assert_string_equal(nb_json_pointer(second, t->arena), "/a~1b/~0/1");
}

static void written_strings_read_back(void **state)
{
    report_test *t = *state;
    nb_string text = NB_STRING("“年”\"\\/\b\f\n\r\t\x01\x1F\x7F𠮷");
    nb_buffer *out = nb_buffer_new(t->arena, 1000);
    nb_buffer_byte(out, '[');
    nb_json_write_string(out, text);
    nb_buffer_byte(out, ']');
    const char *json = nb_arena_copy(t->arena, out->data, out->length);
    assert_string_equal(json, "[\"“年”\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001F\x7F𠮷\"]");
    assert_true(nb_string_equal(json_of(t, json)->first->text, text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        REPORT_TEST(every_value_knows_its_place),
        REPORT_TEST(numbers_stay_as_they_were_written),
        REPORT_TEST(strings_are_decoded),
        REPORT_TEST(empty_and_nested_values_are_walked),
        REPORT_TEST(a_byte_order_mark_is_passed_over),
        REPORT_TEST(syntax_errors_name_their_place),
        REPORT_TEST(a_key_must_not_stand_twice),
        REPORT_TEST(ill_formed_utf8_is_refused_with_its_place),
        REPORT_TEST(null_characters_are_refused),
        REPORT_TEST(limits_hold),
        REPORT_TEST(depth_has_a_limit_by_default),
        REPORT_TEST(whole_numbers_have_a_range),
        REPORT_TEST(pointers_escape_their_marks),
        REPORT_TEST(written_strings_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
