/* CSV by RFC 4180, as offices save it. */
#include "rows_fixture.h"

static const char *read_bytes(report_test *t, nb_string bytes)
{
    nb_row_source *source = source_of(t, ".csv", bytes);
    return source ? rows_in_short(t, source) : "";
}

static const char *read_text(report_test *t, const char *text)
{
    return read_bytes(t, nb_string_of(text));
}

static void rows_and_cells(void **state)
{
    report_test *t = *state;
    assert_string_equal(read_text(t, "a,b\n1,2\n3,4\n"), "2:[1][2]\n3:[3][4]");
    assert_string_equal(read_text(t, "a,b\r\n1,2\r\n3,4"), "2:[1][2]\n3:[3][4]");
    assert_string_equal(read_text(t, "a,b\n1,\n,\n　,\"\"\n ,4\n"), "2:[1][]\n5:[][4]");
    assert_string_equal(read_text(t, " a ,b\n　1 件 ,\t2\n"), "2:[1 件][2]");
}

static void quoted_cells(void **state)
{
    report_test *t = *state;
    assert_string_equal(read_text(t, "a,b\n\"x,y\",\"he said \"\"no\"\"\"\n"),
                        "2:[x,y][he said \"no\"]");
    assert_string_equal(read_text(t, "a,b\n\"one\r\n\r\ntwo\",2\n3,4\n"),
                        "2:[one\r\n\r\ntwo][2]\n5:[3][4]");
    assert_string_equal(read_text(t, "\"a\nb\",c\n1,2\n"), "3:[1][2]");
    assert_string_equal(read_text(t, "a\n\"\"\"\"\n"), "2:[\"]");
}

static void a_fault_costs_its_row_alone(void **state)
{
    report_test *t = *state;
    assert_string_equal(read_text(t, "a,b\nx\"y,2\n3,4\n"),
                        "2:!引号用得不对：整格要放在引号里，格内的引号要写两个\n3:[3][4]");
    assert_string_equal(read_text(t, "a,b\n\"x\"y,2\n3,4\n"),
                        "2:!引号用得不对：整格要放在引号里，格内的引号要写两个\n3:[3][4]");
    assert_string_equal(read_text(t, "a,b\n1\n1,2,3\n1,2,\n3,4\n"),
                        "2:!这一行有 1 格，列名有 2 个\n3:!这一行有 3 格，列名有 2 个\n"
                        "4:[1][2]\n5:[3][4]");
    assert_string_equal(read_text(t, "a,b\n1,2\n\"3,4\n5,6\n"),
                        "2:[1][2]\n3:!从这一行开始的引号到最后也没有收尾");
    assert_string_equal(read_bytes(t, NB_STRING("a,b\n1\0,2\n3,4\n")),
                        "2:!这一行有空字符\n3:[3][4]");
    assert_string_equal(read_text(t, "a,b\n1,2\r3,4\r"),
                        "2:!行与行之间只有回车符（CR）：请另存为“CSV UTF-8”");
}

static void a_mark_and_gb18030(void **state)
{
    report_test *t = *state;
    assert_string_equal(read_text(t, "\xEF\xBB\xBF机关,年\n青石县,2025\n"), "2:[青石县][2025]");
    /* 机关,年 / 青石县,2025 / 𠮷 (four bytes) */
    assert_string_equal(read_text(t, "\xBB\xFA\xB9\xD8,\xC4\xEA\n\xC7\xE0\xCA\xAF\xCF\xD8,2025\n"
                                     "\x95\x34\xB2\x35,1\n"),
                        "2:[青石县][2025]\n3:[𠮷][1]");
    /* The first text that is not ASCII decides; a row of another encoding is at fault. */
    assert_string_equal(read_text(t, "a,b\n1,2\n\xC7\xE0,3\n青,4\n"),
                        "2:[1][2]\n3:[青][3]\n4:!这一行的文字编码与前面不同，读不出来");
    assert_string_equal(read_text(t, "机关,年\n\xC7\xE0,3\n青,4\n"),
                        "2:!这一行的文字编码与前面不同，读不出来\n3:[青][4]");
}

static void heads_must_tell_columns_apart(void **state)
{
    report_test *t = *state;
    nb_row_source *source = source_of(t, ".csv", NB_STRING("\n a ,　b　,,\n1,2,,\n1,2,3,\n"));
    assert_int_equal(source->column_count, 2);
    assert_string_equal(source->columns[1].data, "b");
    assert_string_equal(rows_in_short(t, source), "3:[1][2]\n4:!这一行有 3 格，列名有 2 个");
    assert_null(source_of(t, ".csv", NB_STRING("a,b,a\n")));
    assert_string_equal(nb_findings_lookup(t->findings, 0)->message,
                        "第 1 列和第 3 列的列名都是“a”");
    assert_null(source_of(t, ".csv", NB_STRING("a,,b\n")));
    assert_string_equal(nb_findings_lookup(t->findings, 1)->message, "第 2 列没有列名");
    assert_null(source_of(t, ".csv", NB_STRING("\n\n")));
    assert_string_equal(nb_findings_lookup(t->findings, 2)->message, "没有列名：文件是空的");
}

static void tabs_separate_the_cells_of_tsv(void **state)
{
    report_test *t = *state;
    nb_row_source *source = source_of(t, ".tsv", NB_STRING("a\tb\n1,5\t2\n"));
    assert_string_equal(rows_in_short(t, source), "2:[1,5][2]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        REPORT_TEST(rows_and_cells),
        REPORT_TEST(quoted_cells),
        REPORT_TEST(a_fault_costs_its_row_alone),
        REPORT_TEST(a_mark_and_gb18030),
        REPORT_TEST(heads_must_tell_columns_apart),
        REPORT_TEST(tabs_separate_the_cells_of_tsv),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
