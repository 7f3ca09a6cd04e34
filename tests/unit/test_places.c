/* Where the characters of a report's texts were written. */
#include "report_fixture.h"

#include "check/prose.h"
#include "import/text.h"

/* The place of a part of a text in a report: "line:column+length". */
static const char *place_of(report_test *t, const nb_report *report, const char *part)
{
    int count;
    const nb_prose *prose = nb_prose_of_parts(report, shipped_style(t), t->arena, &count);
    for (int i = 0; i < count; i++) {
        const char *text = nb_arena_copy(t->arena, prose[i].text.data, prose[i].text.length);
        const char *at = strstr(text, part);
        if (!at)
            continue;
        size_t from = (size_t)(at - text);
        nb_span_place span =
            nb_prose_place(&prose[i], from, from + strlen(part), report->name, t->arena);
        return nb_arena_print(t->arena, "%d:%d+%d %s", span.place.line, span.place.column,
                              span.length, span.place.pointer);
    }
    return "not there";
}

static const char *place_in_json(report_test *t, const char *overview, const char *part)
{
    const char *json = nb_arena_print(t->arena, "{\"sections\": {\"overview\": [\n%s]}}", overview);
    const nb_form *form = shipped_form(t);
    const char *place = place_of(t, filled(t, form, json), part);
    nb_findings_drop(t->findings); /* of what the report lacks */
    t->findings = nb_findings_new(NB_CHINESE);
    return place;
}

static void a_plain_string_is_counted(void **state)
{
    report_test *t = *state;
    assert_string_equal(place_in_json(t, "\"甲乙\", \"𠮷丙丁\"", "丙"),
                        "2:9+1 /sections/overview/1");
    assert_string_equal(place_in_json(t, "\"甲乙丙\"", "甲乙丙"), "2:2+3 /sections/overview/0");
}

static void escapes_take_the_columns_that_they_have(void **state)
{
    report_test *t = *state;
    assert_string_equal(place_in_json(t, "\"甲\\u4ef6乙\"", "乙"), "2:9+1 /sections/overview/0");
    assert_string_equal(place_in_json(t, "\"甲\\u4ef6乙\"", "件"), "2:3+6 /sections/overview/0");
    assert_string_equal(place_in_json(t, "\"\\\"甲\\\\乙\\/\"", "甲\\乙"),
                        "2:4+4 /sections/overview/0");
    assert_string_equal(place_in_json(t, "\"\\ud842\\udfb7丙\"", "丙"),
                        "2:14+1 /sections/overview/0");
    assert_string_equal(place_in_json(t, "\"\\ud842\\udfb7丙\"", "𠮷"),
                        "2:2+12 /sections/overview/0");
}

static void a_named_value_has_its_braces(void **state)
{
    report_test *t = *state;
    static const char report[] = "{\"year\": 2025, \"sections\": {\"overview\": "
                                 "[\n\"甲{year}年{{乙}}丙\"]}}";
    const nb_form *form = shipped_form(t);
    const nb_report *filled_in = filled(t, form, report);
    assert_string_equal(place_of(t, filled_in, "2025年"), "2:3+7 /sections/overview/0");
    assert_string_equal(place_of(t, filled_in, "甲20"), "2:2+7 /sections/overview/0");
    assert_string_equal(place_of(t, filled_in, "{乙}"), "2:10+5 /sections/overview/0");
    assert_string_equal(place_of(t, filled_in, "丙"), "2:15+1 /sections/overview/0");
}

static void an_object_has_its_text_where_it_stands(void **state)
{
    report_test *t = *state;
    assert_string_equal(place_in_json(t, "{\"style\": \"body\", \"text\": \"甲乙\"}", "乙"),
                        "2:29+1 /sections/overview/0");
    assert_string_equal(
        place_in_json(t, "{\"picture\": \"a.png\", \"alt\": \"丙\", \"caption\": \"甲乙\"}", "乙"),
        "2:47+1 /sections/overview/0");
}

static void an_imported_text_has_what_was_taken_out_of_it(void **state)
{
    report_test *t = *state;
    nb_report *report;
    static const char text[] = "甲局2025年\n政府信息公开工作年度报告\n一、总体情况\n"
                               "  甲[bookmark: _GoBack]乙&nbsp;丙{丁}戊\n";
    assert_int_equal(nb_import_text(shipped_form(t), nb_string_of(text), "r.txt", t->arena,
                                    t->findings, &report),
                     NB_OK);
    assert_string_equal(place_of(t, report, "甲"), "4:3+1 /sections/overview/0");
    assert_string_equal(place_of(t, report, "乙"), "4:23+1 /sections/overview/0");
    assert_string_equal(place_of(t, report, "丙"), "4:30+1 /sections/overview/0");
    assert_string_equal(place_of(t, report, "乙 丙{丁}"), "4:23+11 /sections/overview/0");
    assert_string_equal(place_of(t, report, "戊"), "4:34+1 /sections/overview/0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        REPORT_TEST(a_plain_string_is_counted),
        REPORT_TEST(escapes_take_the_columns_that_they_have),
        REPORT_TEST(a_named_value_has_its_braces),
        REPORT_TEST(an_object_has_its_text_where_it_stands),
        REPORT_TEST(an_imported_text_has_what_was_taken_out_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
