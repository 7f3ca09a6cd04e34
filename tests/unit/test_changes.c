#include "random_report.h"

#include "revise/changes.h"
#include "revise/json_diff.h"
#include "revise/json_patch.h"

enum { PAIRS = 400 };

static nb_changes changes_of(report_test *t, const char *a, const char *b)
{
    const nb_form *form = shipped_form(t);
    return nb_report_changes(filled(t, form, a), filled(t, form, b), NB_CHINESE, t->arena);
}

/* The minimal report against itself with a part replaced. */
static nb_changes changes_by(report_test *t, const char *part, const char *instead)
{
    const char *a = minimal_json(t);
    return changes_of(t, a, replaced(t, a, part, instead));
}

static void a_report_does_not_differ_from_itself(void **state)
{
    report_test *t = *state;
    assert_int_equal(changes_of(t, minimal_json(t), minimal_json(t)).count, 0);
}

static void a_cell_is_named_as_its_table_names_it(void **state)
{
    report_test *t = *state;
    nb_changes changes = changes_by(t, "\"administrative_queries\": [0, 0, 0, 0, 0, 0]",
                                    "\"administrative_queries\": [4, 0, 0, 0, 0, 0]");
    /* the cell, its row's total, and the column's and the whole total */
    assert_int_equal(changes.count, 4);
    const nb_report_change *first = &changes.list[0];
    assert_int_equal(first->kind, NB_CHANGE_VALUE);
    assert_string_equal(first->label, "表三 （三）不予公开 8.属于行政查询事项 · 自然人");
    assert_string_equal(first->old_text, "0");
    assert_string_equal(first->new_text, "4");
    assert_string_equal(first->new_pointer, "/requests/outcomes/refused/administrative_queries/0");
    assert_true(first->new_line > 0);
    assert_false(first->follows);
    for (int i = 1; i < 4; i++)
        assert_true(changes.list[i].follows);
}

static void values_without_a_table_have_names(void **state)
{
    report_test *t = *state;
    static const char *const cases[][4] = {
        { "\"year\": 2025", "\"year\": 2024", "年度", "2024" },
        { "\"青石县档案馆\"", "\"青石县统计局\"", "机关名称", "青石县统计局" },
        { "\"licences\": 0", "\"licences\": null", "表二 行政许可 · 本年处理决定数量", "" },
        { "\"licences\": 0", "\"licences\": \"0\"", "表二 行政许可 · 本年处理决定数量", "\"0\"" },
        { "\"year\": 2025", "\"year\": 2025, \"date\": \"2026-01-20\"", "成文日期", "2026-01-20" },
        { "\"year\": 2025", "\"year\": 2025, \"signature\": true", "署名", "true" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        nb_changes changes = changes_by(t, cases[i][0], cases[i][1]);
        assert_true(changes.count >= 1);
        assert_string_equal(changes.list[0].label, cases[i][2]);
        assert_string_equal(changes.list[0].new_text, cases[i][3]);
    }
}

static void a_sentence_shows_what_in_it_changed(void **state)
{
    report_test *t = *state;
    nb_changes changes = changes_by(
        t, "[\"本年度收到政府信息公开申请3件，办结2件，结转下年度1件。\"]",
        "[\"新的一段。\", \"本年度收到政府信息公开申请12件，办结2件，结转下年度1件。又一句。\"]");
    assert_int_equal(changes.count, 3);
    assert_int_equal(changes.list[0].kind, NB_CHANGE_TEXT);
    assert_string_equal(changes.list[0].label, "一、总体情况 第1段");
    assert_null(changes.list[0].old_text);
    const nb_report_change *change = &changes.list[1];
    assert_int_equal(change->kind, NB_CHANGE_SENTENCE);
    assert_string_equal(change->label, "一、总体情况 第2段");
    assert_string_equal(change->old_pointer, "/sections/overview/0");
    assert_string_equal(change->new_pointer, "/sections/overview/1");
    assert_int_equal(change->range_count, 1);
    const nb_changed_range *range = change->ranges;
    assert_memory_equal(change->old_text + range->old_start, "3", 1);
    assert_int_equal(range->old_end - range->old_start, 1);
    assert_memory_equal(change->new_text + range->new_start, "12", 2);
    assert_int_equal(range->new_end - range->new_start, 2);
    assert_string_equal(changes.list[2].new_text, "又一句。");
    assert_null(changes.list[2].old_text);
}

static void a_text_follows_the_value_that_it_names(void **state)
{
    report_test *t = *state;
    const char *a = replaced(t, minimal_json(t), "申请3件", "申请{requests.received.total}件");
    const char *b = replaced(t, a, "[2, 1, 0, 0, 0, 0]", "[3, 1, 0, 0, 0, 0]");
    nb_changes changes = changes_of(t, a, b);
    assert_int_equal(changes.count, 3);
    assert_int_equal(changes.list[0].kind, NB_CHANGE_SENTENCE);
    assert_true(changes.list[0].follows);
    assert_non_null(strstr(changes.list[0].new_text, "申请4件"));
    /* written otherwise, shown the same: the words as written are told */
    changes = changes_of(t, minimal_json(t), a);
    assert_int_equal(changes.count, 1);
    assert_non_null(strstr(changes.list[0].new_text, "{requests.received.total}"));
    assert_false(changes.list[0].follows);
}

static void a_paragraph_may_change_its_look(void **state)
{
    report_test *t = *state;
    const char *a = replaced(t, minimal_json(t), "\"没有突出问题。\"",
                             "{\"picture\": \"a.png\", \"alt\": \"甲\"}");
    const char *b = replaced(t, a, "\"a.png\"", "\"b.png\"");
    nb_changes changes = changes_of(t, a, b);
    assert_int_equal(changes.count, 1);
    assert_int_equal(changes.list[0].kind, NB_CHANGE_LOOK);
    assert_string_equal(changes.list[0].label, "五、存在的主要问题及改进情况 第1段 图片");
    assert_string_equal(changes.list[0].new_text, "b.png");
}

/* Between each changed range and the next, old and new sentence are the same. */
static void assert_ranges(const nb_report_change *change)
{
    size_t old_at = 0, new_at = 0;
    for (size_t i = 0; i <= change->range_count; i++) {
        bool is_end = i == change->range_count;
        size_t old_stop = is_end ? strlen(change->old_text) : change->ranges[i].old_start;
        size_t new_stop = is_end ? strlen(change->new_text) : change->ranges[i].new_start;
        assert_int_equal(old_stop - old_at, new_stop - new_at);
        assert_memory_equal(change->old_text + old_at, change->new_text + new_at,
                            old_stop - old_at);
        if (is_end)
            return;
        old_at = change->ranges[i].old_end;
        new_at = change->ranges[i].new_end;
    }
}

static void assert_pair(report_test *t, const nb_form *form, const char *first, const char *second)
{
    nb_report *a = filled(t, form, first), *b = filled(t, form, second);
    const char *old_json = canonical(t, a), *new_json = canonical(t, b);
    nb_buffer *patch = nb_buffer_new(t->arena, 1 << 24), *out = nb_buffer_new(t->arena, 1 << 24);
    nb_json_diff(patch, json_of(t, old_json), json_of(t, new_json), t->arena);
    const char *text = nb_arena_copy(t->arena, patch->data, patch->length);
    assert_int_equal(
        nb_json_patch(json_of(t, old_json), json_of(t, text), "p.json", t->arena, t->findings, out),
        NB_OK);
    nb_report *patched = filled(t, form, nb_arena_copy(t->arena, out->data, out->length));
    assert_string_equal(canonical(t, patched), new_json);
    nb_changes changes = nb_report_changes(a, b, NB_CHINESE, t->arena);
    int own = 0;
    for (int i = 0; i < changes.count; i++) {
        const nb_report_change *change = &changes.list[i];
        own += !change->follows;
        if (change->kind == NB_CHANGE_SENTENCE && change->old_text && change->new_text)
            assert_ranges(change);
    }
    /* Whoever reads the changes misses nothing that the patch does. */
    assert_int_equal(own > 0, strcmp(text, "[]\n") != 0);
}

static void fresh_arena(report_test *t)
{
    nb_arena_drop(t->arena);
    nb_findings_drop(t->findings);
    t->arena = nb_arena_new();
    t->findings = nb_findings_new(NB_CHINESE);
}

static void a_diff_patches_the_one_report_into_the_other(void **state)
{
    report_test *t = *state;
    for (uint64_t seed = 0; seed < PAIRS; seed++) {
        const nb_form *form = shipped_form(t);
        const char *a = random_report(t, form, seed);
        /* every other pair differs in a few places only */
        const char *b = random_report(t, form, seed + 1000000);
        if (seed % 2) {
            random_source random = { seed + 1 };
            const char *number = strstr(a + random_below(&random, (int)strlen(a) / 2), ",1");
            b = number ? nb_arena_print(t->arena, "%.*s,7%s", (int)(number - a), a, number + 2) : a;
        }
        assert_pair(t, form, a, b);
        fresh_arena(t);
    }
}

/* A row changed in one place, one gone and one added. */
static void the_records_of_a_list_are_compared(void **state)
{
    report_test *t = *state;
    const char *old_json =
        "{\"form\": \"correction-note\", \"agency\": \"甲局\", \"year\": 2025, "
        "\"report\": \"报告\", \"count\": 2, \"changes\": ["
        "{\"number\": 1, \"section\": \"一、总体情况\", \"place\": \"第1段\", "
        "\"old\": \"收到申请三件\", \"new\": \"四件\"}, "
        "{\"number\": 2, \"section\": \"甲\", \"old\": \"乙\", \"new\": \"丙\"}]}";
    const char *new_json = replaced(t, old_json, "四件", "五件");
    new_json = replaced(t, new_json, "\"甲\", \"old\": \"乙\", \"new\": \"丙\"",
                        "\"X\", \"old\": \"Y\", \"new\": \"Z\"");
    const nb_form *form = form_of(t, "correction-note");
    const nb_report *old_report = filled(t, form, old_json);
    nb_changes changes =
        nb_report_changes(old_report, filled(t, form, new_json), NB_CHINESE, t->arena);
    assert_int_equal(changes.count, 3);
    assert_string_equal(changes.list[0].label, "更正内容对照表 第1行 · 更正为");
    assert_string_equal(changes.list[0].old_text, "四件");
    assert_string_equal(changes.list[0].new_text, "五件");
    assert_string_equal(changes.list[0].new_pointer, "/changes/0/new");
    assert_string_equal(changes.list[1].old_text, "2；甲；乙；丙");
    assert_null(changes.list[1].new_text);
    assert_string_equal(changes.list[2].new_text, "2；X；Y；Z");
    assert_int_equal(
        nb_report_changes(old_report, filled(t, form, old_json), NB_CHINESE, t->arena).count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        REPORT_TEST(a_report_does_not_differ_from_itself),
        REPORT_TEST(a_cell_is_named_as_its_table_names_it),
        REPORT_TEST(values_without_a_table_have_names),
        REPORT_TEST(a_sentence_shows_what_in_it_changed),
        REPORT_TEST(a_text_follows_the_value_that_it_names),
        REPORT_TEST(a_paragraph_may_change_its_look),
        REPORT_TEST(the_records_of_a_list_are_compared),
        REPORT_TEST(a_diff_patches_the_one_report_into_the_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
