/* Edits merged into a report: values by a table of cases, paragraphs, words with names of values. */
#include "report_fixture.h"

#include "merge/merge.h"

/* A report as the text of a file shows it: its paragraphs know which of the base they were. */
static nb_report *shown(report_test *t, const char *json)
{
    nb_report *report = filled(t, shipped_form(t), json);
    for (int slot = 0; slot < report->form->slot_count; slot++)
        for (int i = 0; i < report->values[slot].item_count; i++)
            report->values[slot].items[i].control = nb_string_of(
                nb_arena_print(t->arena, "%s/%d", report->form->slots[slot].pointer, i));
    return report;
}

static const char *merged(report_test *t, const char *was, const char *is, const char *bound)
{
    nb_merge out;
    nb_merge_reports(shown(t, was), shown(t, was), shown(t, is), bound ? shown(t, bound) : NULL,
                     NB_INFO, t->arena, t->findings, &out);
    return canonical(t, out.report);
}

/* Findings of one case are not those of the next. */
static void forget_findings(report_test *t)
{
    nb_findings_drop(t->findings);
    t->findings = nb_findings_new(NB_CHINESE);
}

static void values_are_taken_from_where_they_were_edited(void **state)
{
    report_test *t = *state;
    static const struct {
        const char *text, *data, *merged, *rules; /* data NULL: the file has none */
    } cases[] = {
        { "0", NULL, "0", "" },           { "0", "0", "0", "" },
        { "7", NULL, "7", "I5" },         { "7", "0", "7", "I5" },
        { "0", "7", "7", "I5" },          { "7", "7", "7", "I5" },
        { "7", "8", "7", "I6 I5" },       { "null", "0", "null", "I5" },
        { "null", "8", "null", "I6 I5" }, { "0", "null", "null", "I5" },
    };
    const char *json = minimal_json(t), *was = "\"licences\": 0";
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        forget_findings(t);
        const char *is =
            replaced(t, json, was, nb_arena_print(t->arena, "\"licences\": %s", cases[i].text));
        const char *bound =
            cases[i].data ? replaced(t, json, was,
                                     nb_arena_print(t->arena, "\"licences\": %s", cases[i].data))
                          : NULL;
        const char *expected = nb_arena_print(t->arena, "\"licences\": %s,", cases[i].merged),
                   *rules = "";
        assert_non_null(strstr(merged(t, json, is, bound), expected));
        for (size_t k = 0; k < nb_findings_count(t->findings); k++)
            rules = nb_arena_print(t->arena, "%s%s%s", rules, *rules ? " " : "",
                                   nb_findings_lookup(t->findings, k)->rule);
        assert_string_equal(rules, cases[i].rules);
    }
}

static void an_edited_number_computes_its_total_again(void **state)
{
    report_test *t = *state;
    const char *json = minimal_json(t);
    const char *is = replaced(t, json, "\"received\": [2,", "\"received\": [5,");
    const char *result = merged(t, json, is, NULL);
    forget_findings(t);
    assert_string_equal(result, canonical(t, shown(t, is)));
}

static void lists_of_paragraphs_are_merged(void **state)
{
    report_test *t = *state;
    static const char *const lists[] = { "\"没有突出问题。\", \"又一段话。\"",
                                         "\"另外的话，长短不同。\"",
                                         "\"新的一段。\", \"没有突出问题。\"", "" };
    const char *json = minimal_json(t), *was = "[\"没有突出问题。\"]";
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        const char *is = replaced(t, json, was, nb_arena_print(t->arena, "[%s]", lists[i]));
        forget_findings(t);
        const char *result = merged(t, json, is, NULL);
        forget_findings(t);
        assert_string_equal(result, canonical(t, shown(t, is)));
    }
}

static void words_keep_the_names_of_values_that_still_stand(void **state)
{
    report_test *t = *state;
    static const struct {
        const char *words, *shown, *merged;
    } cases[] = {
        { "收{requests.received.total}件。", "收3件。", "收{requests.received.total}件。" },
        { "收{requests.received.total}件。", "共收3件。", "共收{requests.received.total}件。" },
        { "收{requests.received.total}件。", "收4件。", "收{requests.received.total}件。" },
        { "收{requests.received.total}件。", "收9件。", "收9件。" },
        { "收{requests.received.total}件。", "收件3。", "收件3。" },
        { "{requests.received.total}", "3", "{requests.received.total}" },
        { "{requests.received.total}", "", "" },
        { "{{甲}}收{requests.received.total}件", "{甲}共收3件",
          "{{甲}}共收{requests.received.total}件" },
        { "收件。", "收{件}。", "收{{件}}。" },
        { "前{requests.received.0}后{requests.received.1}。", "前2之后1。",
          "前{requests.received.0}之后{requests.received.1}。" },
    };
    const char *json = minimal_json(t);
    nb_report *was = shown(t, json);
    nb_report *is = shown(t, replaced(t, json, "\"received\": [2,", "\"received\": [3,"));
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        nb_string words = nb_merge_words(was, is, nb_string_of(cases[i].words),
                                         nb_string_of(cases[i].shown), t->arena);
        assert_string_equal(nb_arena_copy(t->arena, words.data ? words.data : "", words.length),
                            cases[i].merged);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        REPORT_TEST(values_are_taken_from_where_they_were_edited),
        REPORT_TEST(an_edited_number_computes_its_total_again),
        REPORT_TEST(lists_of_paragraphs_are_merged),
        REPORT_TEST(words_keep_the_names_of_values_that_still_stand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
