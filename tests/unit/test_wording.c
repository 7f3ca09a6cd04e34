#include "report_fixture.h"

#include "base/numerals.h"
#include "form/wording.h"

static const char *text_of(report_test *t, const nb_buffer *out)
{
    return nb_arena_copy(t->arena, out->data, out->length);
}

static void numbers_are_written_as_they_are_read(void **state)
{
    report_test *t = *state;
    static const struct {
        int64_t value;
        const char *words;
    } cases[] = {
        { 0, "零" },
        { 7, "七" },
        { 10, "十" },
        { 15, "十五" },
        { 20, "二十" },
        { 100, "一百" },
        { 101, "一百零一" },
        { 110, "一百一十" },
        { 1000, "一千" },
        { 1001, "一千零一" },
        { 1010, "一千零一十" },
        { 1258, "一千二百五十八" },
        { 10000, "一万" },
        { 10005, "一万零五" },
        { 12000, "一万二千" },
        { 100010, "十万零一十" },
        { 102000, "十万二千" },
        { 1020000, "一百零二万" },
        { 10000000, "一千万" },
        { 100000001, "一亿零一" },
        { 150000000, "一亿五千万" },
        { 1000050000000, "一万亿五千万" },
        { INT64_C(1) << 53, "九千零七万一千九百九十二亿五千四百七十四万零九百九十二" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        nb_buffer *out = nb_buffer_new(t->arena, 1000);
        nb_chinese_number(out, cases[i].value);
        assert_string_equal(text_of(t, out), cases[i].words);
    }
}

static void digits_are_grouped_before_the_point(void **state)
{
    report_test *t = *state;
    static const char *const cases[][2] = {
        { "0", "0" },        { "999", "999" },
        { "1258", "1,258" }, { "1234567.8901", "1,234,567.8901" },
        { "-999", "-999" },  { "-123456", "-123,456" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        nb_buffer *out = nb_buffer_new(t->arena, 1000);
        nb_grouped_number(out, nb_string_of(cases[i][0]));
        assert_string_equal(text_of(t, out), cases[i][1]);
    }
}

/* The minimal report with large numbers, an amount and a date. */
static nb_report *report_with_numbers(report_test *t)
{
    const char *json = minimal_json(t);
    json = replaced(t, json, "[2, 1, 0, 0, 0, 0]", "[1257, 1, 0, 0, 0, 0]");
    json = replaced(t, json, "\"state_secret\": [0,", "\"state_secret\": [30,");
    json = replaced(t, json, "\"law_forbids\": [0,", "\"law_forbids\": [12,");
    json = replaced(t, json, "\"fees\": 0", "\"fees\": 1234.50");
    json = replaced(t, json, "\"licences\": 0", "\"licences\": null");
    json = replaced(t, json, "\"year\": 2025,", "\"year\": 2025, \"date\": \"2026-01-20\",");
    return filled(t, shipped_form(t), json);
}

static void names_stand_for_values(void **state)
{
    report_test *t = *state;
    static const char *const cases[][2] = {
        { "没有名称", "没有名称" },
        { "{agency}{year}年", "青石县档案馆2025年" },
        { "收到{requests.received.total}件，", "收到1258件，" },
        { "{requests.received.0}、{requests.received.6}", "1257、1258" },
        { "{requests.received.natural_person:grouped}件", "1,257件" },
        { "{requests.received.total:chinese}件", "一千二百五十八件" },
        { "{requests.outcomes.refused.total}件", "42件" },
        { "{requests.outcomes.refused.natural_person:chinese}", "四十二" },
        { "{requests.outcomes.other.other.total}", "0" },
        { "{requests.outcomes.other.total}", "0" },
        { "{litigation.reconsideration.upheld}/{litigation.total}", "0/0" },
        { "{disclosure.fees}万元", "1234.50万元" },
        { "{disclosure.fees:grouped}万元", "1,234.50万元" },
        { "{date}，{date:chinese}，{year:chinese}年",
          "2026年1月20日，二〇二六年一月二十日，二〇二五年" },
        { "{requests.outcomes.refused.total:percent_of(requests.received.total)}", "3.34%" },
        { "{requests.received.total:percent_of(requests.received.total)}", "100%" },
        { "{{{year}}}", "{2025}" },
    };
    const nb_report *report = report_with_numbers(t);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        nb_wording wording = nb_report_wording(report, nb_string_of(cases[i][0]), t->arena);
        assert_string_equal(nb_arena_copy(t->arena, wording.text.data, wording.text.length),
                            cases[i][1]);
        for (int k = 0; k < wording.part_count; k++)
            assert_int_equal(wording.parts[k].fault, NB_WORDING_GOOD);
    }
}

/* The largest part that is told, of the largest value: between them they pass 2^63. */
static void a_share_of_large_numbers_does_not_wrap_around(void **state)
{
    report_test *t = *state;
    const char *json = minimal_json(t);
    json = replaced(t, json, "\"received\": [2, 1,", "\"received\": [461168601842738, 0,");
    json = replaced(t, json, "\"carried_in\": [0,", "\"carried_in\": [9007199254740992,");
    const char *words = "{requests.received.total:percent_of(requests.carried_in.total)}";
    nb_wording wording =
        nb_report_wording(filled(t, shipped_form(t), json), nb_string_of(words), t->arena);
    assert_true(nb_string_is(wording.text, "5.12%"));
}

static void each_byte_maps_back_to_the_words(void **state)
{
    report_test *t = *state;
    const nb_report *report = report_with_numbers(t);
    nb_string words = NB_STRING("a{{{year}}}b{requests.received.total}c");
    nb_wording wording = nb_report_wording(report, words, t->arena);
    assert_string_equal(wording.text.data, "a{2025}b1258c");
    assert_int_equal(wording.part_count, 4);
    assert_int_equal(wording.parts[1].slot, report->form->year_slot);
    assert_int_equal(wording.parts[0].slot, -1);
    /* outside a value each byte is where the same byte was written */
    static const size_t same[] = { 0, 7, 12, 13 };
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        assert_int_equal(wording.text.data[same[i]],
                         words.data[nb_wording_source(&wording, same[i])]);
    for (size_t i = 2; i < 6; i++)
        assert_int_equal(nb_wording_source(&wording, i), 3);
    assert_int_equal(nb_wording_source(&wording, 13), words.length);
}

static void faults_leave_the_words_as_they_are(void **state)
{
    report_test *t = *state;
    static const struct {
        const char *words;
        nb_wording_fault fault;
        const char *wrong;
    } cases[] = {
        { "甲{requests.recieved.total}乙", NB_WORDING_UNKNOWN_NAME, "requests.recieved.total" },
        { "{}", NB_WORDING_UNKNOWN_NAME, "" },
        { "{requests.received.7}", NB_WORDING_UNKNOWN_NAME, "requests.received.7" },
        { "{requests.received.01}", NB_WORDING_UNKNOWN_NAME, "requests.received.01" },
        { "{requests.received.total.x}", NB_WORDING_UNKNOWN_NAME, "requests.received.total.x" },
        { "{requests.outcomes.natural_person}", NB_WORDING_UNKNOWN_NAME,
          "requests.outcomes.natural_person" },
        { "{requests.received}", NB_WORDING_NAME_OF_ROW, "requests.received" },
        { "{requests.outcomes.refused}", NB_WORDING_NAME_OF_ROW, "requests.outcomes.refused" },
        { "{requests.outcomes}", NB_WORDING_NAME_OF_MANY, "requests.outcomes" },
        { "{sections.overview}", NB_WORDING_NAME_OF_MANY, "sections.overview" },
        { "{disclosure.licences}", NB_WORDING_NO_VALUE, "disclosure.licences" },
        { "{year:roman}", NB_WORDING_UNKNOWN_STYLE, "roman" },
        { "{year:}", NB_WORDING_UNKNOWN_STYLE, "" },
        { "{year:grouped}", NB_WORDING_UNFIT_STYLE, "grouped" },
        { "{disclosure.fees:chinese}", NB_WORDING_UNFIT_STYLE, "chinese" },
        { "{requests.received.0:percent_of(requests.carried_in.total)}", NB_WORDING_NO_VALUE,
          "requests.carried_in.total" },
        { "a{year", NB_WORDING_OPEN, "{" },
        { "a}b", NB_WORDING_OPEN, "}" },
    };
    const nb_report *report = report_with_numbers(t);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        nb_string words = nb_string_of(cases[i].words);
        nb_wording wording = nb_report_wording(report, words, t->arena);
        assert_true(nb_string_equal(wording.text, words));
        assert_int_equal(wording.part_count, 1);
        const nb_wording_part *part = &wording.parts[0];
        assert_int_equal(part->fault, cases[i].fault);
        assert_string_equal(
            nb_arena_copy(t->arena, words.data + part->wrong, part->wrong_end - part->wrong),
            cases[i].wrong);
    }
}

static void a_fault_is_told_at_its_place(void **state)
{
    report_test *t = *state;
    filled(t, shipped_form(t),
           replaced(t, minimal_json(t), "\"problems\": [\"没有突出问题。\"]",
                    "\"problems\": [\"\\u65e0\\\"{year}{requests.recieved.total}件\"]"));
    const nb_finding *finding = only_finding(t);
    assert_string_equal(finding->rule, "S7");
    assert_string_equal(finding->pointer, "/sections/problems/0");
    assert_string_equal(finding->message, "没有叫“requests.recieved.total”的值");
    assert_string_equal(finding->hint, "是否要写“requests.received.total”？");
    /* the line begins with 8 blanks and "problems": [ of 13 characters */
    assert_int_equal(finding->column, 8 + 13 + 1 + (int)strlen("\\u65e0\\\"{year}{") + 1);
    assert_int_equal(finding->length, (int)strlen("requests.recieved.total"));
}

static void the_report_keeps_its_words(void **state)
{
    report_test *t = *state;
    const char *words = "\"收到{requests.received.total}件\"";
    const char *json = replaced(t, minimal_json(t), "\"没有突出问题。\"", words);
    assert_non_null(strstr(canonical(t, filled(t, shipped_form(t), json)), words));
    assert_int_equal(nb_findings_count(t->findings), 0);
}

static void braces_are_doubled_to_stand_for_themselves(void **state)
{
    report_test *t = *state;
    const nb_report *report = report_with_numbers(t);
    nb_string text = NB_STRING("{year} 和 }{");
    nb_wording wording = nb_report_wording(report, nb_wording_escaped(text, t->arena), t->arena);
    assert_true(nb_string_equal(wording.text, text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        REPORT_TEST(numbers_are_written_as_they_are_read),
        REPORT_TEST(digits_are_grouped_before_the_point),
        REPORT_TEST(names_stand_for_values),
        REPORT_TEST(a_share_of_large_numbers_does_not_wrap_around),
        REPORT_TEST(each_byte_maps_back_to_the_words),
        REPORT_TEST(faults_leave_the_words_as_they_are),
        REPORT_TEST(a_fault_is_told_at_its_place),
        REPORT_TEST(the_report_keeps_its_words),
        REPORT_TEST(braces_are_doubled_to_stand_for_themselves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
