/*
 * Tables in a DOCX: whole rows, spans, labels that stand again after a page break, and the notes
 * that layout left.
 */
#include "docx_fixture.h"

enum { LABEL_COLUMNS = 3, VALUE_COLUMNS = 7, FIRST_OUTCOME = 5 };

static const char *row_of(fixture *f, int row, const char *rest)
{
    return nb_arena_print(f->arena, "//w:tbl/w:tr[%d]%s", row + 1, rest);
}

/* Every row's cells fill the grid, and each cell is as wide as its columns. */
static void assert_rows_are_whole(fixture *f, const char *name, int rows, int columns)
{
    f->document.block_count = 0;
    nb_table *table = add_table(f, name);
    write_package(f);
    xmlDocPtr part = parse_part(f, "word/document.xml");
    assert_int_equal(count_of(part, "//w:tr"), rows);
    assert_int_equal(count_of(part, "//w:gridCol"), columns);
    assert_int_equal(count_of(part, "//w:tr[w:trPr/w:cantSplit]"), rows);
    assert_int_equal(count_of(part, "//w:tblHeader[not(@*)]"), table->head_rows);
    assert_int_equal(count_of(part, "//w:tc[not(*[last()][self::w:p])]"), 0);
    for (int row = 0; row < rows; row++) {
        int column = 0;
        int cells = count_of(part, row_of(f, row, "/w:tc"));
        for (int i = 1; i <= cells; i++) {
            const char *cell =
                nb_arena_print(f->arena, "//w:tbl/w:tr[%d]/w:tc[%d]/w:tcPr", row + 1, i);
            const char *span =
                string_of(f, part, nb_arena_print(f->arena, "string(%s/w:gridSpan/@w:val)", cell));
            int width = number_in(
                string_of(f, part, nb_arena_print(f->arena, "string(%s/w:tcW/@w:w)", cell)));
            int end = column + (*span ? number_in(span) : 1);
            for (; column < end; column++)
                width -= nb_twips(table->columns[column]);
            assert_int_equal(width, 0);
        }
        assert_int_equal(column, columns);
    }
}

static void test_every_table_is_whole(void **state)
{
    fixture *f = *state;
    assert_rows_are_whole(f, "disclosure", 14, 4);
    assert_rows_are_whole(f, "requests", 28, 10);
    assert_rows_are_whole(f, "litigation", 4, 15);
}

static void test_table_properties(void **state)
{
    fixture *f = *state;
    add_table(f, "requests");
    write_package(f);
    xmlDocPtr part = parse_part(f, "word/document.xml");
    assert_string_equal(list_of(f, part, "//w:tblPr/*"),
                        "tblW tblInd tblBorders tblLayout tblCellMar tblCaption tblDescription");
    assert_string_equal(list_of(f, part, "//w:tblW/@*"), "8844 dxa");
    assert_string_equal(list_of(f, part, "//w:tblBorders/*/@w:sz"), "4 4 4 4 4 4");
    assert_string_equal(list_of(f, part, "//w:tblCellMar/*/@w:w"), "0 28 0 28");
    assert_xpath(f, part, "string(//w:tblCaption/@w:val)", "收到和处理政府信息公开申请情况");
    assert_string_equal(list_of(f, part, row_of(f, 0, "/w:tc[1]/w:tcPr/*")),
                        "tcW gridSpan vMerge vAlign");
    assert_xpath(f, part, row_of(f, 5, "/w:tc[1]"), "三、本年度办理结果");
    assert_xpath(f, part, row_of(f, 5, "/w:tc[1]//w:pStyle/@w:val"), "TableGroup");
}

static void test_vertical_spans_go_on(void **state)
{
    fixture *f = *state;
    add_table(f, "requests");
    write_package(f);
    xmlDocPtr part = parse_part(f, "word/document.xml");
    /* 22 rows: the outcomes, 8 + 3 + 5 + 3 of them grouped once more. */
    assert_int_equal(count_of(part, "//w:tr[position()>3]/w:tc[w:tcPr/w:vMerge]"),
                     22 + 8 + 3 + 5 + 3);
    assert_int_equal(count_of(part, "//w:tr[position()>3]//w:vMerge[@w:val='restart']"), 5);
    assert_int_equal(count_of(part, "//w:tc[w:tcPr/w:vMerge[not(@w:val)]]//w:r"), 0);
    assert_int_equal(count_of(part, "//w:pStyle[@w:val='TableLabelRepeated']"), 0);
}

static void test_labels_stand_again_after_a_page_break(void **state)
{
    fixture *f = *state;
    nb_table *table = add_table(f, "requests");
    int row = FIRST_OUTCOME + 5; /* within （三）不予公开 */
    table->starts_page[row] = true;
    table->keeps_with_next[row] = true;
    write_package(f);
    xmlDocPtr part = parse_part(f, "word/document.xml");
    assert_int_equal(count_of(part, "//w:pStyle[@w:val='TableLabelRepeated']"), 2);
    assert_string_equal(list_of(f, part, row_of(f, row, "//w:vMerge/@w:val")), "restart restart");
    assert_xpath(f, part, row_of(f, row, "/w:tc[1]"), "三、本年度办理结果");
    assert_xpath(f, part, row_of(f, row, "/w:tc[2]"), "（三）不予公开");
    assert_string_equal(list_of(f, part, row_of(f, row, "/w:tc[1]//w:pPr/*")), "pStyle keepNext");
    assert_int_equal(count_of(part, row_of(f, row + 1, "//w:vMerge[not(@w:val)]")), 2);
    assert_int_equal(count_of(part, row_of(f, row - 1, "//w:vMerge[not(@w:val)]")), 2);
}

static void test_a_span_that_begins_on_the_page_is_not_repeated(void **state)
{
    fixture *f = *state;
    nb_table *table = add_table(f, "requests");
    table->starts_page[FIRST_OUTCOME] = true;
    write_package(f);
    xmlDocPtr part = parse_part(f, "word/document.xml");
    assert_int_equal(count_of(part, "//w:pStyle[@w:val='TableLabelRepeated']"), 0);
    assert_int_equal(count_of(part, row_of(f, FIRST_OUTCOME, "//w:vMerge[@w:val='restart']")), 1);
}

static void test_rows_are_kept_together_in_every_cell(void **state)
{
    fixture *f = *state;
    nb_table *table = add_table(f, "requests");
    table->keeps_with_next[7] = true;
    write_package(f);
    xmlDocPtr part = parse_part(f, "word/document.xml");
    assert_int_equal(count_of(part, "//w:keepNext"), LABEL_COLUMNS + VALUE_COLUMNS);
    assert_int_equal(count_of(part, row_of(f, 7, "//w:p[not(w:pPr/w:keepNext)]")), 0);
}

static void test_a_long_number_is_set_narrower(void **state)
{
    fixture *f = *state;
    nb_table *table = add_table(f, "litigation");
    nb_cell *last = &table->cells[table->cell_count - 1];
    last->text = make_text(f, "table_value", NULL, "12345678");
    last->scale = 63;
    write_package(f);
    xmlDocPtr part = parse_part(f, "word/document.xml");
    assert_int_equal(count_of(part, "//w:r/w:rPr/w:w"), 1);
    assert_xpath(f, part, "string(//w:r[w:rPr/w:w/@w:val='63'])", "12345678");
}

static void test_tables_never_touch(void **state)
{
    fixture *f = *state;
    add_table(f, "disclosure");
    add_table(f, "litigation");
    add_block(f, NB_BLOCK_HEADING, "heading1", "五、其他");
    add_table(f, "disclosure");
    write_package(f);
    xmlDocPtr part = parse_part(f, "word/document.xml");
    assert_string_equal(list_of(f, part, "//w:body/*"), "tbl p tbl p tbl p sectPr");
}

static void test_a_position_without_cell_is_filled(void **state)
{
    fixture *f = *state;
    nb_table *table = add_table(f, "litigation");
    table->cell_count--;
    write_package(f);
    xmlDocPtr part = parse_part(f, "word/document.xml");
    assert_int_equal(count_of(part, "//w:tr[4]/w:tc"), 15);
    assert_xpath(f, part, "string(//w:tr[4]/w:tc[15])", "");
}

static void test_layout_notes_may_be_missing(void **state)
{
    fixture *f = *state;
    nb_table *table = add_table(f, "requests");
    table->starts_page = NULL;
    table->keeps_with_next = NULL;
    write_package(f);
    xmlDocPtr part = parse_part(f, "word/document.xml");
    assert_int_equal(count_of(part, "//w:keepNext"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DOCX_TEST(test_every_table_is_whole),
        DOCX_TEST(test_table_properties),
        DOCX_TEST(test_vertical_spans_go_on),
        DOCX_TEST(test_labels_stand_again_after_a_page_break),
        DOCX_TEST(test_a_span_that_begins_on_the_page_is_not_repeated),
        DOCX_TEST(test_rows_are_kept_together_in_every_cell),
        DOCX_TEST(test_a_long_number_is_set_narrower),
        DOCX_TEST(test_tables_never_touch),
        DOCX_TEST(test_a_position_without_cell_is_filled),
        DOCX_TEST(test_layout_notes_may_be_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
