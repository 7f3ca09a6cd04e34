/*
 * The web page of a report: its structure, the headers of its tables, what is escaped, and the data
 * it carries.
 */
#include "document_fixture.h"

#include "base/buffer.h"
#include "html/html.h"
#include <libxml/HTMLparser.h>

static void add_heading(fixture *f, int level, const char *words)
{
    add_block(f, NB_BLOCK_HEADING, nb_arena_print(f->arena, "heading%d", level), words);
}

/*
 * A table of one's own: rows of cells parted by "|", each "role text"; every cell takes one
 * position.
 */
static nb_table *add_grid(fixture *f, int head_rows, int columns, const char *const *rows)
{
    nb_table *table = NB_NEW(f->arena, nb_table);
    *table = (nb_table){ .columns = NB_NEW_ARRAY(f->arena, nb_length, (size_t)columns),
                         .column_count = columns,
                         .head_rows = head_rows,
                         .cells = NB_NEW_ARRAY(f->arena, nb_cell, 64) };
    for (int i = 0; i < columns; i++)
        table->columns[i] = 20 * NB_MM;
    for (; rows[table->row_count]; table->row_count++) {
        const char *at = rows[table->row_count];
        for (int column = 0; column < columns; column++) {
            size_t length = strcspn(at, "|");
            const char *role = nb_arena_copy(f->arena, at, strcspn(at, " |"));
            const char *words = nb_arena_copy(f->arena, at, length) + strlen(role);
            if (*words)
                words++;
            if (*role)
                table->cells[table->cell_count++] =
                    (nb_cell){ .text = make_text(f, nb_arena_print(f->arena, "table_%s", role),
                                                 NULL, words),
                               .row = table->row_count,
                               .column = column,
                               .row_span = 1,
                               .column_span = 1,
                               .is_value = strcmp(role, "value") == 0,
                               .role = role };
            at += length + (at[length] == '|');
        }
    }
    add_block(f, NB_BLOCK_TABLE, NULL, NULL)->table = table;
    return table;
}

static void write_page(fixture *f)
{
    assert_int_equal(nb_html_write(&f->document, f->arena, f->findings, &f->written), NB_OK);
    /* The parser is older than HTML5 and complains of its elements, but takes them. */
    f->tree = htmlReadMemory(f->written.data, (int)f->written.length, NULL, "UTF-8",
                             HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
    assert_non_null(f->tree);
    nb_arena_defer(f->arena, release_tree, f->tree);
}

/* What each of the nodes holds, and before it its element's name when asked for. */
static const char *list_of(const fixture *f, const char *nodes, bool names)
{
    xmlXPathObjectPtr result = evaluate(f->tree, nodes);
    const char *list = "";
    for (int i = 0; result->nodesetval && i < result->nodesetval->nodeNr; i++) {
        xmlNodePtr node = result->nodesetval->nodeTab[i];
        xmlChar *value = xmlNodeGetContent(node);
        list = nb_arena_print(f->arena, "%s%s%s%s%s", list, i ? " | " : "",
                              names ? (const char *)node->name : "", names ? " " : "",
                              (const char *)value);
        xmlFree(value);
    }
    xmlXPathFreeObject(result);
    return list;
}

/*
 * The words of the headers that the cell showing these words names, in the order in which it does.
 */
static const char *headers_of(const fixture *f, const char *words)
{
    char *ids = nb_arena_print(
        f->arena, "%s",
        string_of(f, f->tree, nb_arena_print(f->arena, "string(//tr/*[.='%s']/@headers)", words)));
    const char *list = "";
    for (char *id = strtok(ids, " "); id; id = strtok(NULL, " "))
        list = nb_arena_print(
            f->arena, "%s%s%s", list, *list ? " / " : "",
            string_of(f, f->tree, nb_arena_print(f->arena, "string(//th[@id='%s'])", id)));
    return list;
}

static const char *headers_of_slot(const fixture *f, const char *pointer)
{
    int slot = nb_form_slot(f->form, nb_string_of(pointer));
    assert_true(slot >= 0);
    return headers_of(f, nb_arena_print(f->arena, "%d", slot));
}

static bool page_has(const fixture *f, const char *bytes)
{
    return strstr(nb_arena_copy(f->arena, f->written.data, f->written.length), bytes) != NULL;
}

static void test_page_has_its_parts(void **state)
{
    fixture *f = *state;
    add_block(f, NB_BLOCK_TITLE, "title", "某某局2022年\n年度报告")->text.pointer = "/title";
    add_heading(f, 1, "一、总体情况");
    add_block(f, NB_BLOCK_PARAGRAPH, "body", "全年公开25条。")->text.pointer =
        "/sections/overview/0";
    write_page(f);
    assert_true(strncmp(f->written.data, "<!DOCTYPE html>\n<html lang=\"zh-CN\">", 35) == 0);
    assert_string_equal(string_of(f, f->tree, "string(//title)"), "某某局2022年<年度报告>");
    assert_string_equal(string_of(f, f->tree, "string(//meta[@name='author']/@content)"),
                        "某某局 & “处”");
    assert_string_equal(string_of(f, f->tree, "string(//meta[@name='dcterms.date']/@content)"),
                        "2023-01-15");
    assert_string_equal(string_of(f, f->tree, "string(//meta[@name='description']/@content)"),
                        "某某局2022年<年度报告>：一、总体情况");
    assert_int_equal(count_of(f->tree, "//main/article/header/h1[@data-pointer='/title']/br"), 1);
    assert_string_equal(string_of(f, f->tree, "string(//h1)"), "某某局2022年年度报告");
    assert_string_equal(string_of(f, f->tree, "string(//body/a[@class='skip']/@href)"), "#text");
    assert_string_equal(list_of(f, "//*[@id='text']/*", true),
                        "h2 一、总体情况 | p 全年公开25条。");
    assert_string_equal(string_of(f, f->tree, "string(//p/@data-pointer)"), "/sections/overview/0");
    assert_int_equal(count_of(f->tree, "//script | //link | //img | //@src | //@style"), 0);
}

static void test_page_without_title_block_has_a_heading(void **state)
{
    fixture *f = *state;
    write_page(f);
    assert_string_equal(string_of(f, f->tree, "string(//h1)"), "某某局2022年<年度报告>");
    assert_int_equal(count_of(f->tree, "//nav"), 0);
}

static void test_heading_levels_are_closed_up(void **state)
{
    fixture *f = *state;
    add_heading(f, 1, "甲");
    add_heading(f, 3, "乙");
    add_heading(f, 4, "丙");
    add_heading(f, 2, "丁");
    add_heading(f, 4, "戊");
    add_heading(f, 1, "己");
    write_page(f);
    assert_string_equal(list_of(f, "//*[@id='text']/*", true),
                        "h2 甲 | h3 乙 | h4 丙 | h3 丁 | h4 戊 | h2 己");
    assert_string_equal(list_of(f, "//nav/ol/li/a", false), "甲 | 己");
    assert_string_equal(list_of(f, "//nav/ol/li/ol/li/a", false), "乙 | 丁");
    assert_string_equal(list_of(f, "//nav/ol/li/ol/li/ol/li/a", false), "丙 | 戊");
    assert_int_equal(count_of(f->tree, "//nav//a[substring(@href, 2) = //*[@id='text']/*/@id]"), 6);
}

static void test_run_in_heading_is_strong(void **state)
{
    fixture *f = *state;
    nb_text *text = &add_block(f, NB_BLOCK_PARAGRAPH, "body", "")->text;
    nb_span spans[] = { { .text = NB_STRING("一是加强领导。"), .role = "kai" },
                        { .text = NB_STRING("我局重视。"), .role = "body" } };
    text->spans = spans;
    text->span_count = 2;
    write_page(f);
    assert_string_equal(string_of(f, f->tree, "string(//p/strong[@class='f-kai'])"),
                        "一是加强领导。");
    assert_string_equal(string_of(f, f->tree, "string(//p)"), "一是加强领导。我局重视。");
}

static void test_text_is_escaped(void **state)
{
    fixture *f = *state;
    const char *words = "甲<乙 & \"丙\"</script><!--<script> 丁";
    add_block(f, NB_BLOCK_PARAGRAPH, "body", words)->text.pointer = "/a\"b<c>&";
    write_page(f);
    assert_string_equal(string_of(f, f->tree, "string(//p)"), words);
    assert_string_equal(string_of(f, f->tree, "string(//p/@data-pointer)"), "/a\"b<c>&");
    assert_int_equal(count_of(f->tree, "//script | //comment()"), 0);
}

/* How many rows or columns a cell spans. */
static int span_of(xmlNodePtr cell, const char *attribute)
{
    xmlChar *value = xmlGetProp(cell, BAD_CAST attribute);
    int span = value ? number_in((const char *)value) : 1;
    xmlFree(value);
    return span;
}

/* Every position of the grid is covered once, and every named header is a th of the same table. */
static void assert_table_is_whole(fixture *f, const nb_table *table, int number)
{
    int positions = 0;
    xmlXPathObjectPtr cells =
        evaluate(f->tree, nb_arena_print(f->arena, "//*[@id='table-%d']//tr/*", number));
    for (int i = 0; i < cells->nodesetval->nodeNr; i++) {
        xmlNodePtr cell = cells->nodesetval->nodeTab[i];
        positions += span_of(cell, "rowspan") * span_of(cell, "colspan");
        char *ids = (char *)xmlGetProp(cell, BAD_CAST "headers");
        assert_true(ids || strcmp((const char *)cell->name, "th") == 0);
        for (char *id = ids ? strtok(ids, " ") : NULL; id; id = strtok(NULL, " "))
            assert_int_equal(
                count_of(f->tree,
                         nb_arena_print(f->arena, "//*[@id='table-%d']//th[@id='%s']", number, id)),
                1);
        xmlFree(ids);
    }
    xmlXPathFreeObject(cells);
    assert_int_equal(positions, table->row_count * table->column_count);
}

static void test_every_table_is_whole(void **state)
{
    fixture *f = *state;
    const nb_table *tables[] = { add_table(f, "disclosure"), add_table(f, "requests"),
                                 add_table(f, "litigation") };
    write_page(f);
    for (int i = 0; i < 3; i++)
        assert_table_is_whole(f, tables[i], i + 1);
    assert_int_equal(count_of(f->tree, "//th[not(@scope) or not(@id)]"), 0);
    assert_int_equal(count_of(f->tree, "//td[not(@data-pointer)]"), 0);
    assert_int_equal(count_of(f->tree, "//*[@id = preceding::*/@id]"), 0);
    assert_int_equal(
        count_of(f->tree, "//section[@tabindex='0'][@aria-labelledby = table/caption/@id]"), 3);
    assert_int_equal(count_of(f->tree, "//*[@id='table-2']/thead/tr"), 3);
    assert_int_equal(count_of(f->tree, "//*[@id='table-1']/tbody"), 4);
    assert_string_equal(
        list_of(f, "//th[@scope='rowgroup']", false),
        "第二十条第（一）项 | 第二十条第（五）项 | 第二十条第（六）项 | 第二十条第（八）项");
}

static void test_headers_of_the_form(void **state)
{
    fixture *f = *state;
    add_table(f, "disclosure");
    add_table(f, "requests");
    add_table(f, "litigation");
    write_page(f);
    assert_string_equal(headers_of_slot(f, "/disclosure/rules/repealed"),
                        "规章 / 第二十条第（一）项 / 本年废止件数");
    assert_string_equal(headers_of_slot(f, "/disclosure/enforcements"),
                        "行政强制 / 第二十条第（六）项 / 本年处理决定数量");
    assert_string_equal(headers_of_slot(f, "/requests/received/0"),
                        "一、本年新收政府信息公开申请数量 / 申请人情况 / 自然人");
    assert_string_equal(headers_of_slot(f, "/requests/outcomes/refused/law_forbids/2"),
                        "三、本年度办理结果 / （三）不予公开 / 2.其他法律行政法规禁止公开 / "
                        "申请人情况 / 法人或其他组织 / 科研机构");
    assert_string_equal(headers_of_slot(f, "/litigation/direct_suits/1"),
                        "行政诉讼 / 未经复议直接起诉 / 结果纠正");
    assert_string_equal(headers_of(f, "行政强制"), "第二十条第（六）项 / 信息内容");
}

/*
 * Two halves beside each other, a band within the body, heads of its own below it, an empty corner
 * and a hole.
 */
static void test_headers_of_any_grid(void **state)
{
    fixture *f = *state;
    static const char *const rows[] = {
        "head|head A|head B|head C|head D",
        "group G|label L1|value v1|label L2|value v2",
        "band X|band X1|band X2|band X3|band X4",
        "group H|label L3|value v3|label L4|value v4",
        "label L5|head N1|head N2|head N3|head N4",
        "label L6|value v5|value v6||value v7",
        NULL,
    };
    const nb_table *table = add_grid(f, 1, 5, rows);
    write_page(f);
    assert_string_equal(headers_of(f, "v1"), "G / L1 / B");
    assert_string_equal(headers_of(f, "v2"), "G / L2 / D");
    assert_string_equal(headers_of(f, "v3"), "H / L3 / B / X2");
    assert_string_equal(headers_of(f, "v4"), "H / L4 / D / X4");
    assert_string_equal(headers_of(f, "v5"), "L6 / X1 / N1");
    assert_string_equal(headers_of(f, "v7"), "L6 / X4 / N4");
    assert_int_equal(count_of(f->tree, "//thead/tr/td[.='']"), 1);
    assert_int_equal(count_of(f->tree, "//tbody/tr[5]/td"), 4);
    assert_int_equal(count_of(f->tree, "//tr/*"), table->row_count * table->column_count);
    assert_int_equal(count_of(f->tree, "//section[@aria-labelledby]"), 0);
}

static void test_head_rows_that_span_into_the_body_are_no_thead(void **state)
{
    fixture *f = *state;
    static const char *const rows[] = { "head A|head B", "|value v1", NULL };
    add_grid(f, 1, 2, rows)->cells[0].row_span = 2;
    write_page(f);
    assert_int_equal(count_of(f->tree, "//thead"), 0);
    assert_int_equal(count_of(f->tree, "//tbody/tr"), 2);
    assert_string_equal(headers_of(f, "v1"), "B");
}

/* The inverse that html.h promises. */
static nb_string unescape(fixture *f, const char *text)
{
    nb_buffer *out = nb_buffer_new(f->arena, 1 << 20);
    while (*text) {
        if (strncmp(text, "<\\/", 3) == 0 || strncmp(text, "<\\u0021", 7) == 0) {
            nb_buffer_text(out, text[2] == '/' ? "</" : "<!");
            text += text[2] == '/' ? 3 : 7;
        } else {
            nb_buffer_byte(out, (unsigned char)*text++);
        }
    }
    return (nb_string){ (const char *)out->data, out->length };
}

static void test_data_comes_back_byte_for_byte(void **state)
{
    fixture *f = *state;
    f->document.report_json =
        NB_STRING("{\n    \"a\": \"</script><!--<script>x</SCRIPT>\",\n"
                  "    \"b\": \"<\\\\/ <\\\\u0021 \\\\u003c <<// <!! & \\\" \\u0001\"\n}\n");
    write_page(f);
    const char *text =
        string_of(f, f->tree, "string(//script[@type='application/json'][@id='report-data'])");
    assert_true(nb_string_equal(unescape(f, text), f->document.report_json));
    assert_null(strstr(text, "</"));
    assert_null(strstr(text, "<!"));
    assert_int_equal(count_of(f->tree, "//script"), 1);
}

static void test_print_takes_its_lengths_from_the_page_style(void **state)
{
    fixture *f = *state;
    nb_page_style style = *f->style;
    style.paper_width = 200 * NB_PT;
    style.paper_height = 300 * NB_PT;
    style.left = 10 * NB_PT;
    style.top = 20 * NB_PT;
    style.text_width = 160 * NB_PT;
    style.text_height = 240 * NB_PT + NB_TWIP;
    style.page_number.before = "\"</style>\\";
    f->document.style = &style;
    write_page(f);
    assert_true(page_has(f, "@page { size: 200pt 300pt; margin: 20pt 30pt 39.95pt 10pt; }"));
    assert_true(page_has(f, "content: \"\\22 \\3C /style>\\5C \" counter(page)"));
    assert_int_equal(count_of(f->tree, "//style"), 1);
    assert_true(page_has(f, ".s-body { --latin: \"latin-latin\";"));
    assert_true(page_has(f, "font-size: 16pt; line-height: 28.95pt;"));
}

static void test_a_draft_says_so(void **state)
{
    fixture *f = *state;
    f->document.is_draft = true;
    write_page(f);
    assert_int_equal(
        count_of(f->tree, "/html/body/main/*[1][self::p][@class='draft-mark'][@role='note']"), 1);
    assert_int_equal(count_of(f->tree, "//*[@class='draft-mark']"), 1);
    assert_true(page_has(f, "@top-center { content: \"草稿\";"));
    assert_true(page_has(f, "color: #C00000"));
}

static void test_what_is_no_draft_does_not(void **state)
{
    fixture *f = *state;
    write_page(f);
    assert_int_equal(count_of(f->tree, "//*[@class='draft-mark']"), 0);
    assert_false(page_has(f, "@top-center"));
    assert_false(page_has(f, ".s-draft_mark"));
}

static void test_closing_paragraphs(void **state)
{
    fixture *f = *state;
    nb_block *block = add_block(f, NB_BLOCK_PARAGRAPH, "attachment", "附件：统计表");
    block->closing = NB_CLOSING_ATTACHMENT;
    block->label_bytes = (int)strlen("附件：");
    block = add_block(f, NB_BLOCK_PARAGRAPH, "signature_date", "2023年1月15日");
    block->closing = NB_CLOSING_SIGNATURE_DATE;
    block->text.left_indent = 100 * NB_PT;
    write_page(f);
    assert_string_equal(string_of(f, f->tree, "string(//p/time/@datetime)"), "2023-01-15");
    assert_true(page_has(f, "#closing-1 { padding-left: 5em; text-indent: -3em; }"));
    assert_true(page_has(f, "#closing-2 { margin-left: 100pt; text-indent: 0pt; }"));
}

static void test_equal_input_gives_equal_bytes(void **state)
{
    fixture *f = *state;
    add_heading(f, 1, "一、总体情况");
    add_table(f, "requests");
    write_page(f);
    nb_string first = f->written;
    write_page(f);
    assert_true(nb_string_equal(first, f->written));
}

static void test_forbidden_character_is_told(void **state)
{
    fixture *f = *state;
    nb_block *block = add_block(f, NB_BLOCK_PARAGRAPH, "body", "甲\x01乙");
    block->text.pointer = "/sections/other/0";
    block->text.line = 7;
    nb_string page;
    assert_int_equal(nb_html_write(&f->document, f->arena, f->findings, &page), NB_E_OUTPUT);
    assert_int_equal(nb_findings_count(f->findings), 1);
    const nb_finding *finding = nb_findings_lookup(f->findings, 0);
    assert_string_equal(finding->pointer, "/sections/other/0");
    assert_int_equal(finding->line, 7);
    assert_non_null(strstr(finding->message, "U+0001"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_page_has_its_parts),
        TEST(test_page_without_title_block_has_a_heading),
        TEST(test_heading_levels_are_closed_up),
        TEST(test_run_in_heading_is_strong),
        TEST(test_text_is_escaped),
        TEST(test_every_table_is_whole),
        TEST(test_headers_of_the_form),
        TEST(test_headers_of_any_grid),
        TEST(test_head_rows_that_span_into_the_body_are_no_thead),
        TEST(test_data_comes_back_byte_for_byte),
        TEST(test_a_draft_says_so),
        TEST(test_what_is_no_draft_does_not),
        TEST(test_print_takes_its_lengths_from_the_page_style),
        TEST(test_closing_paragraphs),
        TEST(test_equal_input_gives_equal_bytes),
        TEST(test_forbidden_character_is_told),
    };
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    xmlCleanupParser();
    return failures;
}
