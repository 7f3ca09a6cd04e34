/* Templates: what a row makes of one. */
#include "rows_fixture.h"

#include "bulk/template.h"

static nb_template *template_of(report_test *t, const char *json)
{
    const nb_json *root;
    nb_template *made;
    assert_int_equal(nb_json_read(nb_string_of(json), "T.json", nb_json_default_limits, t->arena,
                                  t->findings, &root),
                     NB_OK);
    /* Loading the form finds nothing, whatever was found before. */
    nb_findings *found = t->findings;
    t->findings = nb_findings_new(NB_CHINESE);
    const nb_form *form = shipped_form(t);
    nb_findings_drop(t->findings);
    t->findings = found;
    nb_status status = nb_template_new(root, "T.json", form, t->arena, t->findings, &made);
    return status == NB_OK ? made : NULL;
}

/* The template filled with the first row of a sheet, or what is wrong with it. */
static const char *filled_with(report_test *t, const char *json, const char *sheet)
{
    nb_template *made = template_of(t, json);
    nb_row_source *source =
        source_of(t, strchr("{[", *sheet) ? ".jsonl" : ".csv", nb_string_of(sheet));
    nb_row *row = nb_row_new(source);
    bool ended;
    nb_string text;
    size_t before = nb_findings_count(t->findings);
    assert_non_null(made);
    nb_template_bind(made, source, t->arena, t->findings);
    assert_int_equal(nb_row_source_next(source, row, &ended), NB_OK);
    if (nb_template_fill(made, row, t->arena, t->findings, &text) == NB_OK)
        return nb_arena_copy(t->arena, text.data, text.length);
    const nb_finding *last = nb_findings_lookup(t->findings, nb_findings_count(t->findings) - 1);
    assert_true(nb_findings_count(t->findings) > before);
    return nb_arena_print(t->arena, "%s %s %s", last->rule, last->pointer, last->message);
}

static void a_cell_alone_is_what_its_field_holds(void **state)
{
    report_test *t = *state;
    static const char json[] = "{\"agency\":\"${甲}\",\"year\":\"${甲}\",\"date\":\"${甲}\","
                               "\"signature\":\"${甲}\",\"disclosure\":{\"licences\":\"${甲}\","
                               "\"fees\":\"${甲}\"},\"requests\":{\"received\":[\"${甲}\",1]}}";
    assert_string_equal(filled_with(t, json, "甲\n12\n"),
                        "{\"agency\":\"12\",\"year\":12,\"date\":\"12\",\"signature\":\"12\","
                        "\"disclosure\":{\"licences\":12,\"fees\":12},"
                        "\"requests\":{\"received\":[12,1]}}");
    /* What may be left out is, and an empty cell of the tables is an empty cell. */
    assert_string_equal(filled_with(t, json, "甲,乙\n,1\n"),
                        "{\"agency\":null,\"year\":null,\"disclosure\":{\"licences\":null,"
                        "\"fees\":null},\"requests\":{\"received\":[null,1]}}");
}

static void numbers_as_people_write_them(void **state)
{
    static const char *const cells[][2] = {
        { "0", "0" },
        { "1284.60", "1284.60" },
        { "\"1,258\"", "1258" },
        { "１２", "12" },
        { " 7 ", "7" },
        { "007", "7" },
        { "\"0,258\"", "258" },
        { "-3", "-3" },
        { "0.5", "0.5" },
        { "\"12,345,678.9\"", "12345678.9" },
        { "1.", "\"1.\"" },
        { ".5", "\".5\"" },
        { "\"1,25\"", "\"1,25\"" },
        { "12件", "\"12件\"" },
        { "1e3", "\"1e3\"" },
        { "-", "\"-\"" },
    };
    report_test *t = *state;
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        const char *sheet = nb_arena_print(t->arena, "a\n%s\n", cells[i][0]);
        const char *expected =
            nb_arena_print(t->arena, "{\"disclosure\":{\"fees\":%s}}", cells[i][1]);
        assert_string_equal(filled_with(t, "{\"disclosure\":{\"fees\":\"${a}\"}}", sheet),
                            expected);
    }
}

static void dates_and_flags_as_people_write_them(void **state)
{
    static const char *const cells[][3] = {
        { "date", "2026/1/20", "\"2026-01-20\"" },
        { "date", "2026.01.20", "\"2026-01-20\"" },
        { "date", "2026年1月9日", "\"2026-01-09\"" },
        { "date", "2026-1-2", "\"2026-01-02\"" },
        { "date", "一月", "\"一月\"" },
        { "signature", "是", "true" },
        { "signature", "否", "false" },
        { "signature", "TRUE", "true" },
        { "signature", "0", "false" },
    };
    report_test *t = *state;
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++)
        assert_string_equal(filled_with(t,
                                        nb_arena_print(t->arena, "{\"%s\":\"${a}\"}", cells[i][0]),
                                        nb_arena_print(t->arena, "a\n%s\n", cells[i][1])),
                            nb_arena_print(t->arena, "{\"%s\":%s}", cells[i][0], cells[i][2]));
}

static void words_with_cells_in_them(void **state)
{
    report_test *t = *state;
    static const char sheet[] = "数,名,空,括\n1258,青石县,,{甲}\n";
    static const struct {
        const char *words, *filled;
    } cases[] = {
        { "${名}收到${数}件。", "青石县收到1258件。" },
        { "${数:grouped}、${数:chinese}", "1,258、一千二百五十八" },
        { "有${空|0}件，${空|}。", "有0件，。" },
        { "${空:grouped|12345}", "12,345" },
        { "$${数} $ {数} {requests.received.total}", "${数} $ {数} {requests.received.total}" },
        /* A brace in a cell names no value of the report. */
        { "${括}", "{{甲}}" },
        { "值${括}。", "值{{甲}}。" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(
            filled_with(
                t,
                nb_arena_print(t->arena, "{\"sections\":{\"overview\":[\"%s\"]}}", cases[i].words),
                sheet),
            nb_arena_print(t->arena, "{\"sections\":{\"overview\":[\"%s\"]}}", cases[i].filled));
    assert_string_equal(filled_with(t, "{\"agency\":\"${括}办\"}", sheet),
                        "{\"agency\":\"{甲}办\"}");
}

static void what_a_cell_cannot_be_is_said(void **state)
{
    report_test *t = *state;
    static const char sheet[] = "数,名,空\n1.5,青石县,\n";
    assert_string_equal(
        filled_with(t, "{\"sections\":{\"other\":[\"共${空}件\"]}}", sheet),
        "T4 /sections/other/0 “空”这一格是空的，正文里要用它；可以写默认值 ${列名|…}");
    assert_string_equal(filled_with(t, "{\"sections\":{\"other\":[\"共${名:grouped}件\"]}}", sheet),
                        "T4 /sections/other/0 “名”这一列要是数");
    assert_string_equal(filled_with(t, "{\"sections\":{\"other\":[\"共${数:chinese}件\"]}}", sheet),
                        "T4 /sections/other/0 “数”这一列要是从 0 起的整数");
}

static void paragraphs_that_depend_on_a_cell(void **state)
{
    report_test *t = *state;
    static const char json[] =
        "{\"sections\":{\"other\":[\"一\",{\"when\":\"有\",\"text\":\"有${有}\"},"
        "{\"unless\":\"有\",\"text\":\"无\"}]}}";
    static const char *const yes[] = { "是", "3", "x", "true", "0.5" };
    static const char *const no[] = { "否", "0", "0.00", "False", " 否　", "", "　" };
    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++)
        assert_string_equal(
            filled_with(t, json, nb_arena_print(t->arena, "有,x\n%s,x\n", yes[i])),
            nb_arena_print(t->arena, "{\"sections\":{\"other\":[\"一\",\"有%s\"]}}", yes[i]));
    for (size_t i = 0; i < sizeof no / sizeof no[0]; i++)
        assert_string_equal(filled_with(t, json, nb_arena_print(t->arena, "有,x\n%s,x\n", no[i])),
                            "{\"sections\":{\"other\":[\"一\",\"无\"]}}");
    assert_string_equal(
        filled_with(t,
                    "{\"sections\":{\"other\":[{\"when\":\"a\",\"picture\":\"${a}.png\","
                    "\"alt\":\"图\"}]}}",
                    "a\n1\n"),
        "{\"sections\":{\"other\":[{\"picture\":\"1.png\",\"alt\":\"图\"}]}}");
}

static void a_cell_of_several_lines_is_as_many_paragraphs(void **state)
{
    report_test *t = *state;
    static const char sheet[] = "文,空\n\"一\r\n\n　　二\n\",\n";
    assert_string_equal(
        filled_with(t, "{\"sections\":{\"other\":[\"零\",\"${文}\",\"${空}\"]}}", sheet),
        "{\"sections\":{\"other\":[\"零\",\"一\",\"二\"]}}");
    assert_string_equal(
        filled_with(t, "{\"sections\":{\"other\":\"${文}\",\"problems\":\"${空}\"}}", sheet),
        "{\"sections\":{\"other\":[\"一\",\"二\"],\"problems\":[]}}");
}

static void rows_that_are_objects(void **state)
{
    report_test *t = *state;
    static const char json[] = "{\"year\":\"${年}\",\"agency\":\"${名}\",\"signature\":\"${签}\"}";
    assert_string_equal(filled_with(t, json, "{\"年\":2025,\"名\":\"甲\",\"签\":true}"),
                        "{\"year\":2025,\"agency\":\"甲\",\"signature\":true}");
    assert_string_equal(filled_with(t, json, "{\"年\":null}"), "{\"year\":null,\"agency\":null}");
    assert_string_equal(filled_with(t, json, "{\"年\":\"　\",\"名\":\" 甲　\"}"),
                        "{\"year\":null,\"agency\":\"甲\"}");
    assert_string_equal(filled_with(t, json, "[1]"), "T4  这一条要是一个对象：{\"列名\": 值, …}");
    assert_string_equal(filled_with(t, json, "{\"年\":[1]}"),
                        "T4  “年”这一项要是一个值，不能是列表或对象");
}

static void columns_missing_and_left_over_are_said_once(void **state)
{
    report_test *t = *state;
    nb_template *made =
        template_of(t, "{\"agency\":\"${机关名}${机关名}\",\"year\":\"${年度|2025}\"}");
    nb_row_source *source = source_of(t, ".csv", NB_STRING("机关名称,电话,地址\n1,2,3\n"));
    assert_int_equal(nb_template_bind(made, source, t->arena, t->findings), NB_E_NOT_A_REPORT);
    assert_string_equal(in_short(t), "T2 1:11 \nT2 1:33 \nT3 0:0 \n");
    const nb_finding *finding = nb_findings_lookup(t->findings, 0);
    assert_int_equal(finding->severity, NB_ERROR);
    assert_string_equal(finding->hint, "是否要写“机关名称”？");
    assert_int_equal(nb_findings_lookup(t->findings, 1)->severity, NB_WARNING);
    assert_string_equal(nb_findings_lookup(t->findings, 2)->message,
                        "有 3 列模板没有用到：机关名称、电话、地址");
}

static void a_template_that_is_none_is_refused(void **state)
{
    static const char *const faulty[] = {
        "{\"agency\":\"${\"}",
        "{\"agency\":\"${甲\"}",
        "{\"agency\":\"${}\"}",
        "{\"agency\":\"${甲:大写}\"}",
        "{\"a\":[{\"when\":1}]}",
        "{\"a\":[{\"when\":\"甲\",\"unless\":\"乙\"}]}",
        "[]",
    };
    report_test *t = *state;
    for (size_t i = 0; i < sizeof faulty / sizeof faulty[0]; i++) {
        assert_null(template_of(t, faulty[i]));
        assert_string_equal(nb_findings_lookup(t->findings, i)->rule, "T1");
    }
    assert_string_equal(filled_with(t, "{\"agency\":\"${a\\\\|b\\\\:c\\\\}}\"}", "a|b:c}\n1\n"),
                        "{\"agency\":\"1\"}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        REPORT_TEST(a_cell_alone_is_what_its_field_holds),
        REPORT_TEST(numbers_as_people_write_them),
        REPORT_TEST(dates_and_flags_as_people_write_them),
        REPORT_TEST(words_with_cells_in_them),
        REPORT_TEST(what_a_cell_cannot_be_is_said),
        REPORT_TEST(paragraphs_that_depend_on_a_cell),
        REPORT_TEST(a_cell_of_several_lines_is_as_many_paragraphs),
        REPORT_TEST(rows_that_are_objects),
        REPORT_TEST(columns_missing_and_left_over_are_said_once),
        REPORT_TEST(a_template_that_is_none_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
