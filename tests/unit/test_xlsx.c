/* Sheets of Excel workbooks: which cells there are, and what is refused. */
#include "rows_fixture.h"

#include "pack/zip.h"

#define MAIN "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

/* A workbook with a second sheet "表 2"; parts that are NULL are left out. */
typedef struct workbook {
    const char *sheet, *second, *strings, *styles, *settings;
} workbook;

static void add(nb_zip *zip, const char *name, const char *text)
{
    if (text)
        nb_zip_add(zip, name, nb_string_of(text));
}

static nb_string bytes_of(report_test *t, const workbook *parts)
{
    nb_string bytes;
    nb_zip *zip = nb_zip_new(NULL, t->arena);
    add(zip, "_rels/.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        "<Relationship Id=\"rId1\" Type=\"" RELATIONS
        "/officeDocument\" Target=\"xl/workbook.xml\"/>"
        "</Relationships>");
    add(zip, "xl/workbook.xml",
        nb_arena_print(t->arena,
                       "<workbook " MAIN " xmlns:r=\"" RELATIONS "\">%s<sheets>"
                       "<sheet name=\"表1\" sheetId=\"1\" r:id=\"rId1\"/>"
                       "<sheet name=\"表 2\" sheetId=\"2\" r:id=\"rId2\"/></sheets></workbook>",
                       parts->settings ? parts->settings : ""));
    add(zip, "xl/_rels/workbook.xml.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        "<Relationship Id=\"rId3\" Type=\"" RELATIONS "/styles\" Target=\"styles.xml\"/>"
        "<Relationship Id=\"rId2\" Type=\"" RELATIONS "/worksheet\" Target=\"worksheets/b.xml\"/>"
        "<Relationship Id=\"rId1\" Type=\"" RELATIONS
        "/worksheet\" Target=\"/xl/worksheets/a.xml\"/>"
        "<Relationship Id=\"rId4\" Type=\"" RELATIONS "/sharedStrings\" Target=\"strings.xml\"/>"
        "</Relationships>");
    add(zip, "xl/styles.xml", parts->styles);
    add(zip, "xl/strings.xml", parts->strings);
    add(zip, "xl/worksheets/a.xml", parts->sheet);
    add(zip, "xl/worksheets/b.xml", parts->second);
    assert_int_equal(nb_zip_finish(zip, t->findings, &bytes), NB_OK);
    return bytes;
}

static const char *sheet_with(report_test *t, const char *rows)
{
    return nb_arena_print(t->arena,
                          "<?xml version=\"1.0\"?><worksheet " MAIN "><sheetData>%s</sheetData>"
                          "</worksheet>",
                          rows);
}

static const char *rows_of(report_test *t, const workbook *parts)
{
    nb_row_source *source = source_of(t, ".xlsx", bytes_of(t, parts));
    return source ? rows_in_short(t, source) : "";
}

#define HEADS                                                                                      \
    "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a</t></is></c>"                               \
    "<c r=\"B1\" t=\"inlineStr\"><is><t>b</t></is></c></row>"

static void every_kind_of_cell(void **state)
{
    report_test *t = *state;
    workbook parts = {
        .sheet = sheet_with(
            t, HEADS
            "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c><c "
            "r=\"B2\"><v>0.10000000000000001</v></c></row>"
            "<row r=\"3\"><c r=\"A3\" t=\"b\"><v>1</v></c><c r=\"B3\" "
            "s=\"1\"><v>46042</v></c></row>"
            "<row r=\"5\"><c r=\"B5\" t=\"str\"><f>A1&amp;\"x\"</f><v>ax</v></c></row>"
            "<row r=\"6\"><c r=\"A6\" s=\"1\"/><c r=\"B6\" t=\"inlineStr\"><is><r><t>多</t></r>"
            "<r><rPr/><t xml:space=\"preserve\"> 段</t></r><rPh sb=\"0\" "
            "eb=\"1\"><t>duo</t></rPh></is></c></row>"
            "<row r=\"7\"/><row r=\"8\"><c r=\"A8\" t=\"n\"><v>12</v></c></row>"),
        .strings = "<sst " MAIN "><si><t>零</t></si><si><t>第_x000D_\n一</t></si></sst>",
        .styles = "<styleSheet " MAIN "><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy/m/d\"/>"
                  "</numFmts><cellStyleXfs><xf numFmtId=\"0\"/></cellStyleXfs><cellXfs>"
                  "<xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>",
    };
    assert_string_equal(rows_of(t, &parts),
                        "2:[第\n一][=0.1]\n3:[yes][2026-01-20]\n5:[][ax]\n6:[][多 段]\n8:[=12][]");
    parts.settings = "<workbookPr date1904=\"1\"/>";
    assert_non_null(strstr(rows_of(t, &parts), "2030-01-21"));
}

static void cells_need_not_say_where_they_are(void **state)
{
    report_test *t = *state;
    workbook parts = { .sheet = sheet_with(
                           t, "<row><c t=\"str\"><v>a</v></c><c t=\"str\"><v>b</v></c></row>"
                              "<row><c><v>1</v></c><c><v>2</v></c></row>") };
    assert_string_equal(rows_of(t, &parts), "2:[=1][=2]");
}

static void a_faulty_cell_costs_its_row(void **state)
{
    report_test *t = *state;
    workbook parts = { .sheet = sheet_with(t, HEADS
                                           "<row r=\"2\"><c r=\"A2\" t=\"e\"><v>#N/A</v></c></row>"
                                           "<row r=\"3\"><c r=\"A3\"><v>x</v></c></row>"
                                           "<row r=\"4\"><c r=\"D4\"><v>1</v></c></row>"
                                           "<row r=\"5\"><c r=\"A5\"><v>1</v></c></row>") };
    assert_string_equal(rows_of(t, &parts),
                        "2:!单元格 A2 是错误值 #N/A\n3:!单元格 A3 不是数也不是日期：x\n"
                        "4:!这一行有 4 格，列名有 2 个\n5:[=1][]");
}

/* A number of a row that is none, or larger than can be, is the next. */
static void rows_with_wild_numbers_are_counted(void **state)
{
    report_test *t = *state;
    workbook parts = { .sheet = sheet_with(t, HEADS
                                           "<row r=\"99999999999999999999\"><c><v>1</v></c></row>"
                                           "<row r=\"-5\"><c><v>2</v></c></row>"
                                           "<row r=\"999999999\"><c><v>3</v></c></row>"
                                           "<row><c><v>4</v></c></row>") };
    assert_string_equal(rows_of(t, &parts), "2:[=1][]\n3:[=2][]\n999999999:[=3][]\n"
                                            "1000000000:[=4][]");
}

static void merged_cells_are_told_of(void **state)
{
    report_test *t = *state;
    workbook parts = { .sheet = nb_arena_print(
                           t->arena,
                           "<worksheet " MAIN "><sheetData>" HEADS "</sheetData><mergeCells>"
                           "<mergeCell ref=\"A1:B1\"/><mergeCell ref=\"A2:A5\"/></mergeCells>"
                           "</worksheet>") };
    assert_string_equal(rows_of(t, &parts), "");
    assert_string_equal(only_finding(t)->message, "有 1 处合并单元格：A2:A5");
}

static void a_sheet_is_named(void **state)
{
    report_test *t = *state;
    nb_row_source *source;
    workbook parts = { .sheet = sheet_with(t, HEADS), .second = sheet_with(t, HEADS HEADS) };
    const char *path = file_with(t, ".xlsx", bytes_of(t, &parts));
    assert_int_equal(nb_row_source_open(path, "表 2", NULL, NULL, t->arena, t->findings, &source),
                     NB_OK);
    assert_int_equal(nb_row_source_open(path, "表3", NULL, NULL, t->arena, t->findings, &source),
                     NB_E_NOT_A_REPORT);
    assert_string_equal(only_finding(t)->hint, "有这些工作表：表1、表 2");
    unlink(path);
}

static void a_head_that_is_an_error_is_refused(void **state)
{
    report_test *t = *state;
    workbook parts = { .sheet = sheet_with(
                           t, "<row r=\"1\"><c r=\"A1\" t=\"e\"><v>#N/A</v></c></row>") };
    assert_null(source_of(t, ".xlsx", bytes_of(t, &parts)));
    const nb_finding *finding = only_finding(t);
    assert_string_equal(finding->rule, "T2");
    assert_non_null(strstr(finding->message, "#N/A"));
}

static void what_is_no_workbook_is_refused(void **state)
{
    report_test *t = *state;
    workbook doctype = { .sheet = "<!DOCTYPE x [<!ENTITY a \"b\">]><worksheet " MAIN
                                  "><sheetData>" HEADS "</sheetData></worksheet>" };
    workbook cut = { .sheet = "<worksheet " MAIN "><sheetData>" HEADS };
    workbook backwards = { .sheet = sheet_with(
                               t, "<row><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>") };
    assert_null(source_of(t, ".xlsx", NB_STRING("PK")));
    assert_null(source_of(t, ".xlsx", bytes_of(t, &(workbook){ .sheet = NULL })));
    assert_null(source_of(t, ".xlsx", bytes_of(t, &doctype)));
    assert_null(source_of(t, ".xlsx", bytes_of(t, &cut)));
    assert_null(source_of(t, ".xlsx", bytes_of(t, &backwards)));
    assert_int_equal(nb_findings_count_of(t->findings, NB_ERROR), 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        REPORT_TEST(every_kind_of_cell),
        REPORT_TEST(cells_need_not_say_where_they_are),
        REPORT_TEST(a_faulty_cell_costs_its_row),
        REPORT_TEST(rows_with_wild_numbers_are_counted),
        REPORT_TEST(merged_cells_are_told_of),
        REPORT_TEST(a_sheet_is_named),
        REPORT_TEST(a_head_that_is_an_error_is_refused),
        REPORT_TEST(what_is_no_workbook_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
