#include "report_fixture.h"

#include "check/check.h"
#include "import/text.h"

static nb_report *import_text(report_test *t, nb_string text)
{
    nb_report *report = NULL;
    nb_findings_drop(t->findings);
    t->findings = nb_findings_new(NB_CHINESE);
    assert_int_equal(nb_import_text(shipped_form(t), text, "x.txt", t->arena, t->findings, &report),
                     NB_OK);
    return report;
}

static const char *published(report_test *t)
{
    return source_text(t, "tests/import/jianghan-2022.txt");
}

static const char *expected(report_test *t)
{
    return source_text(t, "tests/import/jianghan-2022.expected.json");
}

/* Every occurrence of a part replaced. */
static const char *replaced_all(report_test *t, const char *text, const char *part,
                                const char *instead)
{
    nb_buffer *out = nb_buffer_new(t->arena, 1 << 22);
    for (const char *at; (at = strstr(text, part)) != NULL; text = at + strlen(part)) {
        nb_buffer_add(out, text, (size_t)(at - text));
        nb_buffer_text(out, instead);
    }
    nb_buffer_text(out, text);
    return nb_arena_copy(t->arena, out->data, out->length);
}

/* The published text, changed in a way that must not matter, gives the same report. */
static void assert_same_report(report_test *t, const char *text)
{
    assert_string_equal(canonical(t, import_text(t, nb_string_of(text))), expected(t));
    assert_int_equal(nb_findings_count_of(t->findings, NB_WARNING), 0);
    assert_int_equal(nb_findings_count_of(t->findings, NB_ERROR), 0);
}

static void the_published_report_comes_out_byte_for_byte(void **state)
{
    report_test *t = *state;
    assert_same_report(t, published(t));
    assert_string_equal(in_short(t), "I1 315:2 /requests/outcomes/other/fee_unpaid/3\n");
    assert_string_equal(only_finding(t)->message, "去掉了“[bookmark: _GoBack]”");
}

static void values_keep_their_place_in_the_text(void **state)
{
    report_test *t = *state;
    nb_report *report = import_text(t, nb_string_of(published(t)));
    assert_int_equal(value_at(report, "/requests/received/0")->line, 85);
    assert_int_equal(value_at(report, "/requests/received/0")->column, 2);
    assert_int_equal(value_at(report, "/agency")->line, 1);
    const nb_value *overview = value_at(report, "/sections/overview");
    assert_int_equal(overview->line, 4);
    assert_int_equal(overview->items[1].line, 6);
    nb_check(report, shipped_style(t), NULL, t->arena, t->findings);
    assert_string_equal(in_short(t), "I1 315:2 /requests/outcomes/other/fee_unpaid/3\n"
                                     "A2 333:2 /requests/outcomes/total/0\n"
                                     "A2 339:2 /requests/outcomes/total/6\n"
                                     "L14 10:1 /sections/overview/5\n"
                                     "L16 7:12 /sections/overview/2\n"
                                     "L17 410:1 /sections/other\n");
}

static void line_ends_and_byte_order_mark_do_not_matter(void **state)
{
    report_test *t = *state;
    const char *text =
        nb_arena_print(t->arena, "\xEF\xBB\xBF%s", replaced_all(t, published(t), "\n", "\r\n"));
    assert_same_report(t, text);
}

static void spanned_cells_may_be_absent_or_repeated(void **state)
{
    report_test *t = *state;
    /* No empty cell before a label. */
    const char *text = replaced_all(t, published(t), "\n\t\n\t\n\t", "\n\t");
    assert_same_report(t, replaced_all(t, text, "\n\t\n\t（", "\n\t（"));
    /* The label that spans down stands in each row. */
    text = replaced_all(t, published(t), "\n\t\n\t（", "\n\t三、本年度办理结果\n\t（");
    assert_same_report(
        t, replaced_all(t, text, "\n\t\n\t\n\t2.没有现成信息需要另行制作",
                        "\n\t三、本年度办理结果\n\t（四）无法提供\n\t2.没有现成信息需要另行制作"));
}

static void a_cell_that_spans_columns_may_come_with_empty_ones(void **state)
{
    report_test *t = *state;
    assert_same_report(t, replaced(t, published(t), "行政许可\n\t0\n", "行政许可\n\t0\n\t\n\t\n"));
}

static void cells_may_share_a_line(void **state)
{
    report_test *t = *state;
    assert_same_report(t,
                       replaced(t, published(t), "\t规章\n\t0\n\t0\n\t0\n", "\t规章\t0\t0\t0\n"));
}

static void marks_and_width_of_labels_do_not_matter(void **state)
{
    report_test *t = *state;
    const char *text = replaced_all(t, published(t), "8.属于", "８、属于");
    text = replaced_all(t, text, "（七）总计", "(七) 总计");
    text = replaced_all(t, text, "危及“三安全一稳定”", "危及\"三安全一稳定\"");
    assert_same_report(t, replaced_all(t, text, "\t1.", "\t[bookmark: x]1．"));
}

/* Rows of which one is known by its place only, and the last has cells before its label. */
static void rows_are_known_by_their_order(void **state)
{
    report_test *t = *state;
    const char *cells = "";
    for (int i = 0; i < 40; i++)
        cells = nb_arena_print(t->arena, "%s\t\n", cells);
    const char *text = replaced(t, published(t), "\t1.属于国家秘密", "\t1.属于国家");
    text = replaced(t, text, "\t四、结转", nb_arena_print(t->arena, "%s\t四、结转", cells));
    assert_same_report(t, text);
}

static void heads_that_stand_again_say_nothing_new(void **state)
{
    report_test *t = *state;
    assert_same_report(t, replaced(t, published(t), "\t\n\t（七）总计",
                                   "\t\n\t自然人\n\t法人或其他组织\n\t总计\n\n\t\n\t（七）总计"));
}

static void tables_are_known_by_what_is_in_them(void **state)
{
    report_test *t = *state;
    const char *text = replaced(t, published(t), "三、收到和处理政府信息公开申请情况\n", "\n");
    text = replaced(t, text, "四、政府信息公开行政复议、行政诉讼情况\n", "\n");
    assert_same_report(t, text);
}

static void numbers_are_tidied_and_told(void **state)
{
    static const struct {
        const char *written, *number;
    } cases[] = { { "１２", "12" },      { "1,258", "1258" }, { "1，258，000", "1258000" },
                  { "12 345", "12345" }, { "007", "7" },      { "\u00a05\u3000", "5" },
                  { "1\n258", "1258" },  { "&nbsp;3", "3" } };
    report_test *t = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *cell = nb_arena_print(t->arena, "行政许可\n\t%s\n", cases[i].written);
        nb_report *report =
            import_text(t, nb_string_of(replaced(t, published(t), "行政许可\n\t0\n", cell)));
        const nb_value *value = value_at(report, "/disclosure/licences");
        assert_int_equal(value->state, NB_VALUE_STATED);
        assert_true(nb_string_is(value->text, cases[i].number));
        bool is_told =
            strcmp(cases[i].number, "5") != 0; /* blanks around a cell are nothing to tell */
        assert_int_equal(nb_findings_count_of(t->findings, NB_INFO), 1 + is_told);
    }
}

static void money_is_brought_to_the_unit_of_the_form(void **state)
{
    static const struct {
        const char *written, *number;
    } cases[] = { { "12.5万元", "12.5" },     { "251000元", "25.1" },
                  { "184719 元", "18.4719" }, { "1,258,000元", "125.8" },
                  { "500元", "0.05" },        { "0元", "0" },
                  { "0.50元", "0.00005" },    { "１２３４５元", "1.2345" },
                  { "10000元", "1" } };
    report_test *t = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *cell = nb_arena_print(t->arena, "行政事业性收费\n\t%s\n", cases[i].written);
        nb_report *report =
            import_text(t, nb_string_of(replaced(t, published(t), "行政事业性收费\n\t0\n", cell)));
        const nb_value *value = value_at(report, "/disclosure/fees");
        assert_int_equal(value->state, NB_VALUE_STATED);
        assert_string_equal(
            nb_arena_print(t->arena, "%.*s", (int)value->text.length, value->text.data),
            cases[i].number);
        assert_int_equal(nb_findings_count_of(t->findings, NB_INFO), 2);
    }
}

static void what_is_no_number_is_kept(void **state)
{
    static const struct {
        const char *written, *text;
        nb_value_state state;
        bool quoted;
    } cases[] = { { "", "", NB_VALUE_BLANK, false },
                  { "　", "", NB_VALUE_BLANK, false },
                  { "/", "/", NB_VALUE_INVALID, true },
                  { "—", "—", NB_VALUE_INVALID, true },
                  { "4多件", "4多件", NB_VALUE_INVALID, true },
                  { "1,25", "1,25", NB_VALUE_INVALID, true },
                  { "-3", "-3", NB_VALUE_INVALID, false },
                  { "2.50", "2.50", NB_VALUE_INVALID, false },
                  { "1e3", "1e3", NB_VALUE_INVALID, true },
                  { "99999999999999999999999999999999999999999",
                    "99999999999999999999999999999999999999999", NB_VALUE_INVALID, true } };
    report_test *t = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *cell = nb_arena_print(t->arena, "行政许可\n\t%s\n", cases[i].written);
        nb_report *report =
            import_text(t, nb_string_of(replaced(t, published(t), "行政许可\n\t0\n", cell)));
        const nb_value *value = value_at(report, "/disclosure/licences");
        assert_int_equal(value->state, cases[i].state);
        assert_int_equal(value->quoted, cases[i].quoted);
        assert_true(nb_string_is(value->text, cases[i].text));
        assert_int_equal(nb_findings_count_of(t->findings, NB_INFO), 1);
        /* What is kept can be read again. */
        assert_non_null(filled(t, report->form, canonical(t, report)));
    }
}

static void an_amount_keeps_its_decimals(void **state)
{
    report_test *t = *state;
    const char *text =
        replaced(t, published(t), "行政事业性收费\n\t0\n", "行政事业性收费\n\t1,284.60\n");
    const nb_value *fee = value_at(import_text(t, nb_string_of(text)), "/disclosure/fees");
    assert_int_equal(fee->state, NB_VALUE_STATED);
    assert_true(nb_string_is(fee->text, "1284.60"));
}

static void rows_that_fit_nowhere_are_told(void **state)
{
    report_test *t = *state;
    const char *text = replaced(t, published(t), "\t行政强制\n\t0\n", "\t政府集中采购\n\t3\n");
    import_text(t, nb_string_of(text));
    assert_string_equal(in_short(t), "I2 52:2 \n"
                                     "I1 315:2 /requests/outcomes/other/fee_unpaid/3\n"
                                     "S4 0:0 /disclosure/enforcements\n");
    assert_string_equal(nb_findings_lookup(t->findings, 0)->message,
                        "表单里没有这段文字的位置：政府集中采购 | 3");
    assert_string_equal(nb_findings_lookup(t->findings, 2)->message,
                        "没有找到“行政强制 · 本年处理决定数量”");
}

static void a_row_that_stands_twice_is_told(void **state)
{
    report_test *t = *state;
    const char *text =
        replaced(t, published(t), "\t行政强制\n\t0\n", "\t行政强制\n\t0\n\n\t行政强制\n\t9\n");
    nb_report *report = import_text(t, nb_string_of(text));
    assert_int_equal(nb_findings_count_of(t->findings, NB_WARNING), 1);
    assert_int_equal(value_at(report, "/disclosure/enforcements")->state, NB_VALUE_STATED);
}

static void a_row_cut_short_is_not_guessed_at(void **state)
{
    report_test *t = *state;
    const char *text = replaced(t, published(t), "申请数量\n\t4\n\t0\n", "申请数量\n\t4\n");
    nb_report *report = import_text(t, nb_string_of(text));
    assert_int_equal(value_at(report, "/requests/received/0")->state, NB_VALUE_MISSING);
    assert_int_equal(nb_findings_count_of(t->findings, NB_WARNING), 1);
    assert_int_equal(nb_findings_count_of(t->findings, NB_ERROR), 1);
}

static void a_row_with_a_number_too_many_is_not_guessed_at(void **state)
{
    report_test *t = *state;
    const char *text =
        replaced(t, published(t), "申请数量\n\t4\n\t0\n", "申请数量\n\t4\n\t0\n\t0\n");
    nb_report *report = import_text(t, nb_string_of(text));
    assert_int_equal(value_at(report, "/requests/received/0")->state, NB_VALUE_MISSING);
    assert_int_equal(nb_findings_count_of(t->findings, NB_WARNING), 1);
    /* Empty cells before or after the numbers are no harm. */
    assert_same_report(t, replaced(t, published(t), "申请数量\n\t4\n", "申请数量\n\t\n\t\n\t4\n"));
    assert_same_report(t, replaced(t, published(t), "\t4\n\n\t二、", "\t4\n\t\n\t\n\n\t二、"));
}

static void headings_are_known_by_another_number_or_none(void **state)
{
    report_test *t = *state;
    const char *text = replaced(t, published(t), "一、总体情况", "　１．总体情况：");
    text = replaced(t, text, "二、主动公开", "主动公开");
    assert_same_report(t, replaced(t, text, "\n六、其他", "\n五、其他"));
    assert_int_equal(nb_findings_count_of(t->findings, NB_INFO), 4);
    assert_string_equal(nb_findings_lookup(t->findings, 0)->message,
                        "标题“１．总体情况：”当作“一、总体情况”");
}

static void a_number_beyond_all_numbers_is_one(void **state)
{
    report_test *t = *state;
    assert_same_report(
        t, replaced(t, published(t), "一、总体情况", "十十十十十十十十十十十十十十、总体情况"));
}

static void a_heading_in_brackets_is_none_of_a_section(void **state)
{
    report_test *t = *state;
    const char *text =
        replaced(t, published(t), "（一）主动公开情况", "（二）主动公开政府信息情况");
    nb_report *report = import_text(t, nb_string_of(text));
    assert_int_equal(value_at(report, "/sections/overview")->item_count, 13);
}

static void a_table_of_contents_does_not_matter(void **state)
{
    report_test *t = *state;
    assert_same_report(
        t, replaced(t, published(t), "\n\n一、",
                    "\n\n一、总体情况\n二、主动公开政府信息情况\n六、其他需要报告的事项\n\n一、"));
}

static void a_paragraph_may_be_indented_with_a_tab(void **state)
{
    report_test *t = *state;
    assert_same_report(t, replaced(t, published(t), "\n三是坚持", "\n\t三是坚持"));
}

static void text_beside_a_table_is_its_note(void **state)
{
    report_test *t = *state;
    const char *text = replaced(t, published(t), "四、政府信息公开行政复议",
                                "注：含系统内单位。\n四、政府信息公开行政复议");
    nb_report *report = import_text(t, nb_string_of(text));
    assert_int_equal(value_at(report, "/notes/requests")->item_count, 1);
    assert_int_equal(value_at(report, "/notes/disclosure")->state, NB_VALUE_MISSING);
    assert_int_equal(nb_findings_count_of(t->findings, NB_WARNING), 0);
}

static void title_lines_may_be_spaced_and_joined(void **state)
{
    report_test *t = *state;
    const char *text = replaced(t, published(t), "武汉市江汉区统计局2022年\n政府",
                                "首页 > 信息公开\n武 汉 市 江汉区统计局 ２０２２年政府");
    nb_report *report = import_text(t, nb_string_of(text));
    assert_true(nb_string_is(value_at(report, "/agency")->text, "武汉市江汉区统计局"));
    assert_true(nb_string_is(value_at(report, "/year")->text, "2022"));
    assert_int_equal(value_at(report, "/title")->item_count, 1);
    assert_int_equal(value_at(report, "/title")->line, 2);
    assert_string_equal(in_short(t), "I2 1:1 \nI1 315:2 /requests/outcomes/other/fee_unpaid/3\n");
}

static void a_title_worded_otherwise_is_told(void **state)
{
    report_test *t = *state;
    const char *text = replaced(t, published(t), "2022年\n政府信息公开工作年度报告",
                                "2022年度\n政府信息公开工作报告");
    nb_report *report = import_text(t, nb_string_of(text));
    assert_true(nb_string_is(value_at(report, "/agency")->text, "武汉市江汉区统计局"));
    assert_int_equal(value_at(report, "/title")->item_count, 2);
    assert_int_equal(nb_findings_count_of(t->findings, NB_WARNING), 1);
}

static void a_text_without_title_lacks_agency_and_year(void **state)
{
    report_test *t = *state;
    import_text(t, nb_string_of(strstr(published(t), "一、")));
    assert_string_equal(in_short(t), "I1 312:2 /requests/outcomes/other/fee_unpaid/3\n"
                                     "S4 0:0 /agency\nS4 0:0 /year\n");
}

static void leftovers_in_paragraphs_are_taken_out(void **state)
{
    report_test *t = *state;
    const char *text =
        replaced(t, published(t), "\n无。", "\n　　[bookmark: _Hlk1]无\x0c。&nbsp;\x0b");
    assert_same_report(t, text);
    assert_int_equal(nb_findings_count_of(t->findings, NB_INFO),
                     4); /* blanks at the end are not told */
}

static void a_table_of_contents_may_be_above_headings_in_cells(void **state)
{
    report_test *t = *state;
    const char *text = replaced(t, published(t), "\n\n一、总体情况\n",
                                "\n\n1.总体情况\n二、主动公开政府信息情况\n"
                                "六、其他需要报告的事项\n\n\t1.总体情况\n\n");
    assert_same_report(t, text);
}

static void a_section_without_text_is_empty_and_one_without_heading_is_missing(void **state)
{
    report_test *t = *state;
    nb_report *report = import_text(t, nb_string_of(replaced(t, published(t), "\n无。", "\n")));
    assert_int_equal(value_at(report, "/sections/other")->state, NB_VALUE_STATED);
    assert_int_equal(value_at(report, "/sections/other")->item_count, 0);
    report = import_text(
        t, nb_string_of(replaced(t, published(t), "\n六、其他需要报告的事项\n无。", "\n")));
    assert_int_equal(value_at(report, "/sections/other")->state, NB_VALUE_MISSING);
    assert_int_equal(nb_findings_count_of(t->findings, NB_ERROR), 1);
}

static void assert_refused(report_test *t, nb_string text, const char *rule)
{
    nb_report *report = (nb_report *)t;
    nb_findings_drop(t->findings);
    t->findings = nb_findings_new(NB_CHINESE);
    assert_int_equal(nb_import_text(shipped_form(t), text, "x.txt", t->arena, t->findings, &report),
                     NB_E_NOT_A_REPORT);
    assert_null(report);
    assert_string_equal(only_finding(t)->rule, rule);
}

static void what_is_no_report_is_refused(void **state)
{
    report_test *t = *state;
    assert_refused(t, NB_STRING(""), "S6");
    assert_refused(t, NB_STRING("\n\n\t\n"), "S6");
    assert_refused(t, NB_STRING("关于做好工作的通知\n各单位：\n请照办。\n"), "S6");
    assert_refused(t, NB_STRING("\t总计\n\t4\n\n\t其他\n"), "S6");
    assert_refused(t, NB_STRING("一、总体情况\n\xFF\xFE"), "S1");
    assert_int_equal(only_finding(t)->line, 2);
}

static void a_flood_of_lines_without_place_is_cut_short(void **state)
{
    report_test *t = *state;
    nb_buffer *text = nb_buffer_new(t->arena, 1 << 20);
    for (int i = 0; i < 5000; i++)
        nb_buffer_text(text, "一行\n");
    nb_buffer_text(text, "二、主动公开政府信息情况\n");
    import_text(t, (nb_string){ (const char *)text->data, text->length });
    assert_int_equal(nb_findings_count_of(t->findings, NB_WARNING), 100);
}

static void more_rows_than_any_table_has_are_no_harm(void **state)
{
    report_test *t = *state;
    nb_buffer *text = nb_buffer_new(t->arena, 1 << 20);
    for (int i = 0; i < 5000; i++)
        nb_buffer_text(text, "\t行政许可\n\t1\n\n");
    nb_buffer_text(text, "\t行政处罚\n\t2\n\n");
    nb_report *report = import_text(t, (nb_string){ (const char *)text->data, text->length });
    assert_int_equal(value_at(report, "/disclosure/licences")->number, 1);
    assert_int_equal(value_at(report, "/disclosure/penalties")->number, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        REPORT_TEST(the_published_report_comes_out_byte_for_byte),
        REPORT_TEST(values_keep_their_place_in_the_text),
        REPORT_TEST(line_ends_and_byte_order_mark_do_not_matter),
        REPORT_TEST(spanned_cells_may_be_absent_or_repeated),
        REPORT_TEST(a_cell_that_spans_columns_may_come_with_empty_ones),
        REPORT_TEST(cells_may_share_a_line),
        REPORT_TEST(marks_and_width_of_labels_do_not_matter),
        REPORT_TEST(rows_are_known_by_their_order),
        REPORT_TEST(heads_that_stand_again_say_nothing_new),
        REPORT_TEST(tables_are_known_by_what_is_in_them),
        REPORT_TEST(numbers_are_tidied_and_told),
        REPORT_TEST(money_is_brought_to_the_unit_of_the_form),
        REPORT_TEST(what_is_no_number_is_kept),
        REPORT_TEST(an_amount_keeps_its_decimals),
        REPORT_TEST(rows_that_fit_nowhere_are_told),
        REPORT_TEST(a_row_that_stands_twice_is_told),
        REPORT_TEST(a_row_cut_short_is_not_guessed_at),
        REPORT_TEST(a_row_with_a_number_too_many_is_not_guessed_at),
        REPORT_TEST(headings_are_known_by_another_number_or_none),
        REPORT_TEST(a_number_beyond_all_numbers_is_one),
        REPORT_TEST(a_heading_in_brackets_is_none_of_a_section),
        REPORT_TEST(a_table_of_contents_does_not_matter),
        REPORT_TEST(a_table_of_contents_may_be_above_headings_in_cells),
        REPORT_TEST(a_paragraph_may_be_indented_with_a_tab),
        REPORT_TEST(text_beside_a_table_is_its_note),
        REPORT_TEST(title_lines_may_be_spaced_and_joined),
        REPORT_TEST(a_title_worded_otherwise_is_told),
        REPORT_TEST(a_text_without_title_lacks_agency_and_year),
        REPORT_TEST(leftovers_in_paragraphs_are_taken_out),
        REPORT_TEST(a_section_without_text_is_empty_and_one_without_heading_is_missing),
        REPORT_TEST(what_is_no_report_is_refused),
        REPORT_TEST(a_flood_of_lines_without_place_is_cut_short),
        REPORT_TEST(more_rows_than_any_table_has_are_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
