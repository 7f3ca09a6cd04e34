#include "report_fixture.h"

#include "form/style.h"

static const char *shipped_json(report_test *t)
{
    return source_text(t, "layouts/annual-report-2021.json");
}

/*
 * The shipped form with a part of its text replaced is refused, and the first finding says so at
 * that place.
 */
static void assert_fault(report_test *t, const char *part, const char *instead, const char *message,
                         const char *pointer)
{
    const nb_form *form;
    size_t before = nb_findings_count(t->findings);
    const char *json = replaced(t, shipped_json(t), part, instead);
    assert_int_equal(nb_form_load(nb_string_of(json), "f.json", t->arena, t->findings, &form),
                     NB_E_RESOURCE);
    const nb_finding *finding = nb_findings_lookup(t->findings, before);
    assert_non_null(finding);
    assert_string_equal(finding->rule, "F");
    assert_string_equal(finding->pointer, pointer);
    assert_non_null(strstr(finding->message, message));
    assert_true(finding->line > 0);
}

static void the_shipped_form_has_all_its_values(void **state)
{
    const nb_form *form = shipped_form(*state);
    /*
     * agency year title date signature attachments, 3 texts, 10 of table 2, 25 rows of 7, 3 of 5,
     * 3 notes
     */
    assert_int_equal(form->slot_count, 6 + 3 + 10 + 25 * 7 + 3 * 5 + 3);
    assert_int_equal(form->table_count, 3);
    assert_int_equal(form->part_count, 6);
    /* A3 for each row, A4 for each group, A2 and A1 for each column */
    assert_int_equal(form->equation_count, 25 + 3 + 7 + 7);
}

static void the_form_of_2019_has_all_its_values(void **state)
{
    const nb_form *form = form_of(*state, "annual-report-2019");
    /* table 2 has 6 documents, 12 matters, 2 of fees and 2 of purchases; table 3 has 23 rows */
    assert_int_equal(form->slot_count, 6 + 3 + (6 + 12 + 2 + 2) + 23 * 7 + 3 * 5 + 3);
    assert_int_equal(form->equation_count, 23 + 3 + 7 + 7);
    assert_int_equal(nb_form_field(form, NB_STRING("/disclosure/fees/change"))->kind,
                     NB_FIELD_CHANGE);
}

typedef struct grid_size {
    int columns, rows, head_rows;
} grid_size;

static void assert_grids(const nb_form *form, const grid_size *sizes)
{
    for (int i = 0; i < form->table_count; i++) {
        const nb_form_table *table = &form->tables[i];
        nb_length width = 0;
        assert_int_equal(table->column_count, sizes[i].columns);
        assert_int_equal(table->row_count, sizes[i].rows);
        assert_int_equal(table->head_rows, sizes[i].head_rows);
        for (int column = 0; column < table->column_count; column++)
            width += table->columns[column];
        assert_true(width <= 156 * NB_MM); /* the text block */
        for (int row = 0; row < table->row_count; row++)
            for (int column = 0; column < table->column_count; column++)
                assert_non_null(nb_form_cell_at(table, row, column));
    }
}

static void tables_have_the_official_grid(void **state)
{
    static const grid_size of_2019[] = { { 4, 18, 0 }, { 10, 26, 3 }, { 15, 4, 3 } };
    static const grid_size of_2021[] = { { 4, 14, 0 }, { 10, 28, 3 }, { 15, 4, 3 } };
    assert_grids(form_of(*state, "annual-report-2019"), of_2019);
    assert_grids(form_of(*state, "annual-report-2021"), of_2021);
}

static void assert_numbers_stand_in_tables_once(report_test *t, const nb_form *form)
{
    int *shown = NB_NEW_ARRAY(t->arena, int, (size_t)form->slot_count);
    for (int i = 0; i < form->table_count; i++)
        for (int c = 0; c < form->tables[i].cell_count; c++)
            if (form->tables[i].cells[c].slot >= 0)
                shown[form->tables[i].cells[c].slot]++;
    for (int slot = 0; slot < form->slot_count; slot++)
        assert_int_equal(shown[slot], nb_is_number_kind(form->slots[slot].field->kind));
}

static void every_number_stands_in_a_table_once(void **state)
{
    assert_numbers_stand_in_tables_once(*state, form_of(*state, "annual-report-2019"));
    assert_numbers_stand_in_tables_once(*state, form_of(*state, "annual-report-2021"));
}

static void slots_are_named_by_the_table_around_them(void **state)
{
    static const char *const names[][2] = {
        { "/requests/received/0", "一、本年新收政府信息公开申请数量 · 自然人" },
        { "/requests/outcomes/total/6", "三、本年度办理结果 （七）总计 · 总计" },
        { "/requests/outcomes/refused/law_forbids/1",
          "（三）不予公开 2.其他法律行政法规禁止公开 · 商业企业" },
        { "/disclosure/rules/in_force", "规章 · 现行有效件数" },
        { "/disclosure/fees", "行政事业性收费 · 本年收费金额（单位：万元）" },
        { "/litigation/direct_suits/1", "行政诉讼 未经复议直接起诉 · 结果纠正" },
        { "/litigation/reconsideration/4", "行政复议 · 总计" },
        { "/agency", "机关名称" },
    };
    const nb_form *form = shipped_form(*state);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        int slot = nb_form_slot(form, nb_string_of(names[i][0]));
        assert_true(slot >= 0);
        assert_string_equal(form->slots[slot].label, names[i][1]);
    }
}

static void pointers_find_fields_and_slots(void **state)
{
    const nb_form *form = shipped_form(*state);
    assert_int_equal(nb_form_field(form, NB_STRING("/requests/outcomes"))->kind, NB_FIELD_GROUP);
    assert_int_equal(nb_form_field(form, NB_STRING("/requests/received"))->slot_count, 7);
    assert_int_equal(nb_form_field(form, NB_STRING("/disclosure/fees"))->kind, NB_FIELD_AMOUNT);
    assert_null(nb_form_field(form, NB_STRING("/requests/nothing")));
    assert_null(nb_form_field(form, NB_STRING("/requests/received/0")));
    assert_int_equal(nb_form_slot(form, NB_STRING("/requests")), -1);
    assert_int_equal(nb_form_slot(form, NB_STRING("/requests/received/7")), -1);
}

static void a_cell_spans_all_its_places(void **state)
{
    const nb_form *form = shipped_form(*state);
    const nb_form_cell *results = nb_form_cell_at(&form->tables[1], 26, 0);
    assert_int_equal(results->row, 5);
    assert_int_equal(results->row_span, 22);
    assert_ptr_equal(results, nb_form_cell_at(&form->tables[1], 5, 0));
    assert_null(nb_form_cell_at(&form->tables[1], 28, 0));
}

static void faults_of_a_form_are_told_at_their_place(void **state)
{
    report_test *t = *state;
    assert_fault(t, "\"style\": \"gbt9704\",", "", "style", "");
    assert_fault(t, "\"date\": \"date?\"", "\"date\": \"day?\"", "day?", "/fields/date");
    assert_fault(t, "\"head_rows\": 0", "\"head_rows\": 15", "0 到 14",
                 "/tables/disclosure/head_rows");
    assert_fault(t, "\"39mm\", \"39mm\"", "\"39mm\", \"39in\"", "长度",
                 "/tables/disclosure/columns/1");
    assert_fault(t, "\"rows\": 22", "\"rows\": 23", "单元格超出表格", "/tables/requests/rows/27/1");
    assert_fault(t, "{\"values\": \"/requests/received\"}", "{\"values\": \"/requests/receive\"}",
                 "/requests/receive", "/tables/requests/rows/3/1");
    assert_fault(t, "\"totals\": [\"/requests/outcomes/total\"]",
                 "\"totals\": [\"/disclosure/fees\"]", "同是", "/rules/2/totals/0");
    assert_fault(t, "\"table\": \"litigation\"", "\"table\": \"litigations\"",
                 "没有这段文字或这张表", "/parts/3");
    assert_fault(t, "\"form\"", "\"forms\": 1, \"form\"", "forms", "/forms");
}

/* What a form compares with a report on another form must be there, entry for entry. */
static void relations_name_values_of_the_other_form(void **state)
{
    static const char *const ids[] = { "annual-report-2019", "annual-report-2021" };
    report_test *t = *state;
    for (size_t f = 0; f < 2; f++) {
        const nb_form *form = form_of(t, ids[f]);
        assert_true(form->relation_count > 0);
        for (int i = 0; i < form->relation_count; i++) {
            const nb_relation *relation = &form->relations[i];
            const nb_form *previous = form_of(t, relation->form);
            assert_true(relation->previous_count > 0);
            for (int p = 0; p < relation->previous_count; p++) {
                const nb_field *field = nb_form_field(previous, relation->previous[p]);
                assert_non_null(field);
                assert_int_equal(field->slot_count, relation->entry_count);
            }
        }
    }
}

static void faults_of_comparisons_are_told_at_their_place(void **state)
{
    report_test *t = *state;
    assert_fault(t, "\"severity\": \"warning\"", "\"severity\": \"grave\"", "warning",
                 "/previous/1/severity");
    assert_fault(t, "\"value\": \"/requests/carried_in\"", "\"value\": \"/requests/carried\"",
                 "/requests/carried", "/previous/0/forms/annual-report-2019/0/value");
    assert_fault(t, "\"plus\": [\"/disclosure/rules/issued\"]",
                 "\"plus\": [\"/requests/received\"]", "7 项",
                 "/previous/1/forms/annual-report-2021/0/plus/0");
    assert_fault(t, "\"whole\": [\"/sections/overview\"", "\"whole\": [\"/agency\"", "/agency",
                 "/likeness/whole/0");
    assert_fault(t, "\"values\": [\"/disclosure\"", "\"values\": [\"/disclosures\"", "没有这个值",
                 "/children/values/0");
}

static void faults_of_text_rules_are_told_at_their_place(void **state)
{
    report_test *t = *state;
    assert_fault(t, "\"kind\": \"form_years\"", "\"kind\": \"form_year\"", "form_years",
                 "/text_rules/0/checks/0/kind");
    assert_fault(t, "\"find\": \"(?<here>(?<year>[0-9]{4}))年\"", "\"find\": \"(?<here>年\"",
                 "正则表达式", "/text_rules/3/checks/0/find");
    assert_fault(t, "\"find\": \"{period}", "\"find\": \"{periods}", "periods",
                 "/text_rules/3/checks/2/find");
    assert_fault(t, "\"sections\": [\"/sections/other\"]", "\"sections\": [\"/sections/others\"]",
                 "/sections/other", "/text_rules/5/checks/5/sections/0");
    assert_fault(t, "\"when\": \"/disclosure/fees\"", "\"when\": \"/disclosure/fee\"", "没有这个值",
                 "/text_rules/9/checks/1/when");
    assert_fault(t, "\"day\": \"03-31\"", "\"day\": \"3-31\"", "01-31",
                 "/text_rules/13/checks/0/deadlines/0");
    assert_fault(t, "\"label\": \"行政规范性文件\", \"like\"", "\"label\": \"行政文件\", \"like\"",
                 "行政文件", "/label_variants/0");
}

static void a_form_must_be_json(void **state)
{
    report_test *t = *state;
    const nb_form *form;
    assert_int_equal(nb_form_load(NB_STRING("{"), "f.json", t->arena, t->findings, &form),
                     NB_E_RESOURCE);
    assert_null(form);
    assert_string_equal(only_finding(t)->rule, "S1");
}

static void forms_that_are_no_forms_are_refused(void **state)
{
    static const char *const texts[] = { "[]",
                                         "null",
                                         "7",
                                         "{}",
                                         "{\"fields\": {}}",
                                         "{\"tables\": {\"x\": {\"columns\": [], \"rows\": []}}}" };
    report_test *t = *state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const nb_form *form;
        assert_int_equal(
            nb_form_load(nb_string_of(texts[i]), "f.json", t->arena, t->findings, &form),
            NB_E_RESOURCE);
    }
}

static void the_shipped_style_loads(void **state)
{
    report_test *t = *state;
    const nb_page_style *style;
    nb_string json = source_file(t, "layouts/gbt9704.json");
    assert_int_equal(nb_page_style_load(json, "s.json", NULL, t->arena, t->findings, &style),
                     NB_OK);
    assert_int_equal(nb_findings_count(t->findings), 0);
    assert_int_equal(style->paper_width, nb_snap_to_twip(210 * NB_MM));
    assert_non_null(nb_page_style_lookup(style, NB_STRING("table_value")));
    assert_null(nb_page_style_lookup(style, NB_STRING("table_values")));
}

static void faults_of_claims_are_told_at_their_place(void **state)
{
    report_test *t = *state;
    assert_fault(t, "\"respectively\": \"分别 ", "\"respectively\": \"共 ", "“共”已有别的用法",
                 "/claims/words/respectively");
    assert_fault(t, "\"own_period\": \"{year} ", "\"own_period\": \"{month} ",
                 "“{month}”不是词；花括号里只能是年份或日期的名称", "/claims/words/own_period");
    assert_fault(t, "\"names\": true, \"widens\": true", "\"named\": true", "不认识的键“named”",
                 "/claims/subjects/0/measures/2/named");
    assert_fault(t, "\"values\": [[\"/disclosure/licences\"]]", "\"values\": [[\"/agency\"]]",
                 "没有这个值，或与同类的值不是一种", "/claims/subjects/5/values/0/0");
    assert_fault(t, "\"entries\": [\"商业企业\"], ", "\"entries\": [\"企业\"], ", "没有这一栏",
                 "/claims/subjects/0/columns/2/entries/0");
    assert_fault(t, "\"counters\": \"元\"", "\"counters\": \"圆\"", "没有量词“圆”",
                 "/claims/subjects/8/counters");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        REPORT_TEST(the_shipped_form_has_all_its_values),
        REPORT_TEST(the_form_of_2019_has_all_its_values),
        REPORT_TEST(tables_have_the_official_grid),
        REPORT_TEST(every_number_stands_in_a_table_once),
        REPORT_TEST(slots_are_named_by_the_table_around_them),
        REPORT_TEST(pointers_find_fields_and_slots),
        REPORT_TEST(a_cell_spans_all_its_places),
        REPORT_TEST(faults_of_a_form_are_told_at_their_place),
        REPORT_TEST(faults_of_claims_are_told_at_their_place),
        REPORT_TEST(relations_name_values_of_the_other_form),
        REPORT_TEST(faults_of_text_rules_are_told_at_their_place),
        REPORT_TEST(faults_of_comparisons_are_told_at_their_place),
        REPORT_TEST(a_form_must_be_json),
        REPORT_TEST(forms_that_are_no_forms_are_refused),
        REPORT_TEST(the_shipped_style_loads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
