#include "report_fixture.h"

static void findings_keep_their_order_and_copies(void **state)
{
    report_test *t = *state;
    char rule[] = "A1", file[] = "a.json", pointer[] = "/x";
    nb_place place = { file, 3, 4, pointer };
    nb_finding *first = nb_findings_add(t->findings, NB_ERROR, rule, place, "%d 处", 2);
    nb_finding_hint(t->findings, first, "改 %s", file);
    nb_finding_clause(t->findings, first, "条例");
    nb_findings_add(t->findings, NB_WARNING, "L6", (nb_place){ 0 }, "二");
    rule[0] = file[0] = pointer[0] = '?';

    const nb_finding *finding = nb_findings_lookup(t->findings, 0);
    assert_string_equal(finding->rule, "A1");
    assert_string_equal(finding->file, "a.json");
    assert_string_equal(finding->pointer, "/x");
    assert_string_equal(finding->message, "2 处");
    assert_string_equal(finding->hint, "改 a.json");
    assert_string_equal(finding->clause, "条例");
    assert_int_equal(finding->line, 3);
    assert_int_equal(finding->column, 4);
    assert_string_equal(nb_findings_lookup(t->findings, 1)->message, "二");
    assert_null(nb_findings_lookup(t->findings, 2));
}

static void what_is_not_known_is_empty_and_never_null(void **state)
{
    report_test *t = *state;
    nb_findings_add(t->findings, NB_INFO, "I1", (nb_place){ 0 }, "x");
    const nb_finding *finding = only_finding(t);
    assert_string_equal(finding->file, "");
    assert_string_equal(finding->pointer, "");
    assert_string_equal(finding->hint, "");
    assert_string_equal(finding->clause, "");
    assert_int_equal(finding->line, 0);
}

static void each_severity_is_counted(void **state)
{
    report_test *t = *state;
    for (int i = 0; i < 40; i++)
        nb_findings_add(t->findings, i % 4 ? NB_WARNING : NB_ERROR, "X", (nb_place){ 0 }, "%d", i);
    assert_int_equal(nb_findings_count(t->findings), 40);
    assert_int_equal(nb_findings_count_of(t->findings, NB_ERROR), 10);
    assert_int_equal(nb_findings_count_of(t->findings, NB_WARNING), 30);
    assert_int_equal(nb_findings_count_of(t->findings, NB_INFO), 0);
}

static void words_are_in_the_language_of_the_list(void **state)
{
    report_test *t = *state;
    nb_findings *english = nb_findings_new(NB_ENGLISH);
    assert_string_equal(NB_SAY(t->findings, "年", "year"), "年");
    assert_string_equal(NB_SAY(english, "年", "year"), "year");
    nb_findings_drop(english);
}

static void a_list_is_valid_json(void **state)
{
    report_test *t = *state;
    char *text;
    size_t length;
    nb_findings_add(t->findings, NB_WARNING, "L6", (nb_place){ "a\xFF\\.json", 1, 2, "/x" },
                    "“一”\n二");
    nb_finding_range(nb_findings_add(t->findings, NB_ERROR, "A1", (nb_place){ 0 }, "三"), 4);
    assert_int_equal(nb_findings_json(t->findings, &text, &length), NB_OK);
    static const char wanted[] =
        "{\"findings\": [\n"
        "    {\"rule\": \"L6\", \"severity\": \"warning\", \"file\": \"a\xEF\xBF\xBD\\\\.json\", "
        "\"line\": 1, \"column\": 2, \"length\": 0, \"pointer\": \"/x\", "
        "\"message\": \"“一”\\n二\", \"hint\": \"\", \"clause\": \"\"},\n"
        "    {\"rule\": \"A1\", \"severity\": \"error\", \"file\": \"\", \"line\": 0, "
        "\"column\": 0, \"length\": 4, \"pointer\": \"\", \"message\": \"三\", \"hint\": \"\", "
        "\"clause\": \"\"}\n"
        "], \"errors\": 1, \"warnings\": 1}\n";
    assert_int_equal(length, sizeof wanted - 1);
    assert_memory_equal(text, wanted, length);
    free(text);
}

static void the_nearest_name_is_near(void **state)
{
    static const char *const names[] = { "issued", "repealed", "in_force", "licences" };
    (void)state;
    assert_string_equal(nb_nearest_name(NB_STRING("isued"), names, 4), "issued");
    assert_string_equal(nb_nearest_name(NB_STRING("licenses"), names, 4), "licences");
    assert_string_equal(nb_nearest_name(NB_STRING("inforce"), names, 4), "in_force");
    assert_null(nb_nearest_name(NB_STRING("weather"), names, 4));
    assert_null(nb_nearest_name(NB_STRING(""), names, 0));
    char longest[200];
    memset(longest, 'x', sizeof longest);
    assert_null(nb_nearest_name((nb_string){ longest, sizeof longest }, names, 4));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        REPORT_TEST(findings_keep_their_order_and_copies),
        REPORT_TEST(what_is_not_known_is_empty_and_never_null),
        REPORT_TEST(each_severity_is_counted),
        REPORT_TEST(a_list_is_valid_json),
        REPORT_TEST(words_are_in_the_language_of_the_list),
        REPORT_TEST(the_nearest_name_is_near),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
