/* The DOCX package: its parts, styles, paragraphs, runs, footers and headers, data and properties. */
#include "docx_fixture.h"

static void add_small_report(fixture *f)
{
    add_block(f, NB_BLOCK_TITLE, "title", "某某局2022年\n政府信息公开工作年度报告");
    add_block(f, NB_BLOCK_HEADING, "heading1", "一、总体情况");
    add_block(f, NB_BLOCK_HEADING, "heading2", "（一）主动公开情况");
    add_block(f, NB_BLOCK_PARAGRAPH, "body", "全年公开25条，其中“政策解读”8条。");
}

static void test_parts_are_well_formed_and_declared(void **state)
{
    fixture *f = *state;
    add_small_report(f);
    write_package(f);
    assert_string_equal(zip_get_name(f->archive, 0, 0), "[Content_Types].xml");
    xmlDocPtr types = parse_part(f, "[Content_Types].xml");
    zip_int64_t count = zip_get_num_entries(f->archive, 0);
    assert_int_equal(count, 15);
    for (zip_uint64_t i = 1; i < (zip_uint64_t)count; i++) {
        const char *name = zip_get_name(f->archive, i, 0);
        parse_part(f, name);
        const char *suffix = strrchr(name, '.') + 1;
        const char *override = nb_arena_print(f->arena, "//t:Override[@PartName='/%s']", name);
        const char *by_suffix = nb_arena_print(f->arena, "//t:Default[@Extension='%s']", suffix);
        assert_true(count_of(types, override) == 1 || count_of(types, by_suffix) == 1);
    }
}

static void test_relationships_lead_to_parts(void **state)
{
    fixture *f = *state;
    static const char *const folders[][2] = { { "_rels/.rels", "" },
                                              { "word/_rels/document.xml.rels", "word/" } };
    add_small_report(f);
    write_package(f);
    for (size_t i = 0; i < 2; i++) {
        xmlDocPtr part = parse_part(f, folders[i][0]);
        int count = count_of(part, "//rel:Relationship");
        assert_true(count >= 4);
        for (int k = 1; k <= count; k++) {
            const char *target = string_of(
                f, part, nb_arena_print(f->arena, "string(//rel:Relationship[%d]/@Target)", k));
            const char *path = strncmp(target, "../", 3) == 0
                                   ? target + 3
                                   : nb_arena_print(f->arena, "%s%s", folders[i][1], target);
            assert_true(has_part(f->archive, path));
        }
    }
}

static void test_paper_and_block(void **state)
{
    fixture *f = *state;
    add_small_report(f);
    write_package(f);
    xmlDocPtr part = parse_part(f, "word/document.xml");
    assert_string_equal(list_of(f, part, "//w:pgSz/@*"), "11906 16838");
    int left = nb_twips(f->style->left), top = nb_twips(f->style->top);
    const char *margins =
        nb_arena_print(f->arena, "%d %d %d %d 851 %d 0", top, 11906 - left - 8844,
                       16838 - top - 12756, left, nb_twips(f->style->page_number.distance));
    assert_string_equal(list_of(f, part, "//w:pgMar/@*"), margins);
    assert_int_equal(count_of(part, "//w:docGrid[@w:type]"), 0);
    assert_string_equal(list_of(f, part, "//w:footerReference/@w:type"), "default even");
}

static void test_every_style_is_written(void **state)
{
    fixture *f = *state;
    add_small_report(f);
    f->document.is_draft = true;
    write_package(f);
    xmlDocPtr styles = parse_part(f, "word/styles.xml");
    assert_int_equal(count_of(styles, "//w:style"), f->style->style_count + 1);
    for (int i = 0; i < f->style->style_count; i++) {
        const nb_paragraph_style *style = &f->style->styles[i];
        const char *node = nb_arena_print(
            f->arena, "//w:style[@w:styleId='%s'][w:name/@w:val='%s'][w:basedOn or @w:default]",
            style->docx_id, style->docx_name);
        assert_int_equal(count_of(styles, node), 1);
    }
    assert_xpath(f, styles, "string(//w:style[@w:default='1']/@w:styleId)", "Normal");
    assert_xpath(f, styles, "string(//w:style[@w:styleId='TableLabelRepeated']/w:basedOn/@w:val)",
                 "TableGroup");
    xmlDocPtr part = parse_part(f, "word/document.xml");
    int paragraphs = count_of(part, "//w:p");
    for (int i = 1; i <= paragraphs; i++) {
        const char *id = string_of(
            f, part, nb_arena_print(f->arena, "string((//w:p)[%d]/w:pPr/w:pStyle/@w:val)", i));
        assert_int_equal(
            count_of(styles, nb_arena_print(f->arena, "//w:style[@w:styleId='%s']", id)), 1);
    }
}

static void test_body_style(void **state)
{
    fixture *f = *state;
    add_small_report(f);
    write_package(f);
    xmlDocPtr part = parse_part(f, "word/styles.xml");
#define NORMAL "//w:style[@w:styleId='Normal']"
    assert_string_equal(list_of(f, part, NORMAL "/w:pPr/*"),
                        "widowControl kinsoku wordWrap topLinePunct autoSpaceDE autoSpaceDN "
                        "snapToGrid spacing ind jc");
    assert_string_equal(list_of(f, part, NORMAL "/w:pPr/w:spacing/@*"), "0 0 579 exact");
    assert_string_equal(list_of(f, part, NORMAL "/w:pPr/w:ind/@*"), "632 200");
    assert_xpath(f, part, "string(" NORMAL "/w:pPr/w:jc/@w:val)", "both");
    assert_string_equal(list_of(f, part, NORMAL "/w:rPr/*"), "rFonts spacing sz szCs");
    assert_xpath(f, part, "string(" NORMAL "/w:rPr/w:rFonts/@w:ascii)", "Times New Roman");
    assert_xpath(f, part, "string(" NORMAL "/w:rPr/w:rFonts/@w:eastAsia)", "仿宋_GB2312");
    assert_xpath(f, part, "string(" NORMAL "/w:rPr/w:spacing/@w:val)", "-5");
    assert_xpath(f, part, "string(" NORMAL "/w:rPr/w:sz/@w:val)", "32");
    assert_int_equal(count_of(part, "//w:overflowPunct"), 0);
#undef NORMAL
}

static void test_heading_and_cell_styles(void **state)
{
    fixture *f = *state;
    add_small_report(f);
    write_package(f);
    xmlDocPtr part = parse_part(f, "word/styles.xml");
    assert_int_equal(count_of(part, "//w:style[@w:styleId='Heading1']/w:pPr/w:keepNext"), 1);
    assert_xpath(f, part, "string(//w:style[@w:styleId='Heading1']//w:outlineLvl/@w:val)", "0");
    assert_xpath(f, part, "string(//w:style[@w:styleId='Heading2']//w:outlineLvl/@w:val)", "1");
    assert_xpath(f, part, "string(//w:style[@w:styleId='Heading2']//w:rFonts/@w:eastAsia)",
                 "楷体_GB2312");
    assert_string_equal(list_of(f, part, "//w:style[@w:styleId='TableValue']//w:ind/@*"), "0 0");
    assert_xpath(f, part, "string(//w:style[@w:styleId='TableValue']//w:sz/@w:val)", "21");
    assert_xpath(f, part, "string(//w:style[@w:styleId='TableValue']//w:rPr/w:spacing/@w:val)",
                 "0");
    assert_int_equal(count_of(part, "//w:style[@w:styleId='TableValue'][@w:customStyle='1']"), 1);
    assert_int_equal(count_of(part, "//w:style[@w:styleId='Heading1'][@w:customStyle]"), 0);
}

/*
 * The runs of the last paragraph: {face of all four slots, or ascii+eastAsia}text; * where it
 * breaks as English does.
 */
static const char *dump_runs(fixture *f)
{
    xmlDocPtr part = parse_part(f, "word/document.xml");
    const char *dump = "";
    int count = count_of(part, "//w:body/w:p[last()]/w:r");
    for (int i = 1; i <= count; i++) {
        const char *run = nb_arena_print(f->arena, "//w:body/w:p[last()]/w:r[%d]", i);
        const char *text = string_of(f, part, nb_arena_print(f->arena, "string(%s)", run));
        const char *ascii =
            string_of(f, part, nb_arena_print(f->arena, "string(%s/w:rPr/w:rFonts/@w:ascii)", run));
        const char *asian = string_of(
            f, part, nb_arena_print(f->arena, "string(%s/w:rPr/w:rFonts/@w:eastAsia)", run));
        const char *hint =
            string_of(f, part, nb_arena_print(f->arena, "string(%s/w:rPr/w:rFonts/@w:hint)", run));
        const char *language = string_of(
            f, part, nb_arena_print(f->arena, "string(%s/w:rPr/w:lang/@w:eastAsia)", run));
        if (strcmp(hint, "eastAsia") == 0 && strcmp(ascii, asian) == 0)
            dump = nb_arena_print(f->arena, "%s{%s%s}%s", dump,
                                  strcmp(language, "en-US") == 0 ? "*" : "", ascii, text);
        else if (*ascii)
            dump = nb_arena_print(f->arena, "%s{%s+%s}%s", dump, ascii, asian, text);
        else
            dump = nb_arena_print(f->arena, "%s{}%s", dump, text);
    }
    return dump;
}

static void assert_noted_runs(fixture *f, const char *words, bool needs_no_fallback,
                              const char *expected)
{
    f->document.block_count = 0;
    add_block(f, NB_BLOCK_PARAGRAPH, "body", words);
    f->blocks[0].text.needs_no_fallback = needs_no_fallback;
    write_package(f);
    assert_string_equal(dump_runs(f), expected);
}

/* Where no fallback is needed, layout's note that this is so changes nothing. */
static void assert_runs(fixture *f, const char *words, const char *expected)
{
    assert_noted_runs(f, words, false, expected);
    if (!strstr(expected, fallback_face.info.family))
        assert_noted_runs(f, words, true, expected);
}

static void test_runs_are_split_by_script(void **state)
{
    fixture *f = *state;
    assert_runs(f, "全年公开25条。", "{仿宋_GB2312}全年公开{}25{仿宋_GB2312}条。");
    assert_runs(f, "“先审查”、‘后公开’·※①Ⅲ", "{仿宋_GB2312}“先审查”、‘后公开’·※①Ⅲ");
    assert_runs(f, "甲<&>乙R&D", "{仿宋_GB2312}甲{}<&>{仿宋_GB2312}乙{}R&D");
    assert_runs(f, "GB/T 9704-2012", "{}GB/T 9704-2012");
    assert_runs(f, "达100%，A”", "{仿宋_GB2312}达{}100%{仿宋_GB2312}，{}A{仿宋_GB2312}”");
    assert_runs(f, "", "");
}

#define JOINER "\xE2\x81\xA0"

static void test_dashes_are_held(void **state)
{
    fixture *f = *state;
    assert_runs(f, "甲——乙……", "{仿宋_GB2312}甲{*仿宋_GB2312}——{仿宋_GB2312}乙{*仿宋_GB2312}……");
    assert_runs(f, "甲—乙", "{仿宋_GB2312}甲{*仿宋_GB2312}" JOINER "—{仿宋_GB2312}乙");
    assert_runs(f, "甲／乙％",
                "{仿宋_GB2312}甲{*仿宋_GB2312}" JOINER "／{仿宋_GB2312}乙{*仿宋_GB2312}％");
    /* After digits the language of the Latin script holds already. */
    assert_runs(f, "第5—8条，20℃",
                "{仿宋_GB2312}第{}5{仿宋_GB2312}" JOINER "—{}8{仿宋_GB2312}条，{}20{仿宋_GB2312}℃");
    assert_runs(f, "—甲", "{仿宋_GB2312}—甲");
    assert_runs(f, "甲\n—乙", "{仿宋_GB2312}甲{*仿宋_GB2312}" JOINER "—{仿宋_GB2312}乙");
}

static void test_dashes_are_held_across_spans(void **state)
{
    fixture *f = *state;
    nb_block *block = add_block(f, NB_BLOCK_PARAGRAPH, "body", "x");
    nb_span spans[] = { { .text = NB_STRING("甲—"), .role = "body" },
                        { .text = { "", 0 }, .role = "body" },
                        { .text = NB_STRING("—乙"), .role = "body" },
                        { .text = NB_STRING("—"), .role = "body" } };
    block->text.spans = spans;
    block->text.span_count = 4;
    write_package(f);
    assert_string_equal(dump_runs(f), "{仿宋_GB2312}甲{*仿宋_GB2312}—{*仿宋_GB2312}—{仿宋_GB2312}乙"
                                      "{*仿宋_GB2312}" JOINER "—");
}

static void test_selectors_stay_with_their_character(void **state)
{
    fixture *f = *state;
    assert_runs(f, "甲𠮷\xF3\xA0\x84\x80乙",
                "{仿宋_GB2312}甲{BabelStone Han}𠮷\xF3\xA0\x84\x80{仿宋_GB2312}乙");
}

static void test_rare_characters_name_their_fallback(void **state)
{
    fixture *f = *state;
    assert_runs(f, "姓𠮷𠮷氏ǚa",
                "{仿宋_GB2312}姓{BabelStone Han}𠮷𠮷{仿宋_GB2312}氏"
                "{BabelStone Han+BabelStone Han}ǚ{}a");
    write_package(f);
    xmlDocPtr fonts = parse_part(f, "word/fontTable.xml");
    assert_int_equal(count_of(fonts, "//w:font[@w:name='BabelStone Han']"), 1);
}

static void test_a_span_of_another_role_names_its_faces(void **state)
{
    fixture *f = *state;
    nb_block *block = add_block(f, NB_BLOCK_PARAGRAPH, "body", "x");
    nb_span spans[] = { { .text = NB_STRING("（一）第1步。"), .role = "kai" },
                        { .text = NB_STRING("然后"), .role = "body" } };
    block->text.spans = spans;
    block->text.span_count = 2;
    write_package(f);
    assert_string_equal(dump_runs(f),
                        "{楷体_GB2312}（一）第{Times New Roman+楷体_GB2312}1{楷体_GB2312}步。"
                        "{仿宋_GB2312}然后");
}

static void test_breaks_and_blanks(void **state)
{
    fixture *f = *state;
    add_block(f, NB_BLOCK_TITLE, "title", "某某局2022\n年度 报告\t<1>&");
    write_package(f);
    xmlDocPtr part = parse_part(f, "word/document.xml");
    assert_int_equal(count_of(part, "//w:p"), 1);
    assert_string_equal(list_of(f, part, "//w:r/*[not(self::w:rPr)]"), "t t br t t t tab t");
    assert_xpath(f, part, "string(//w:p)", "某某局2022年度 报告<1>&");
    assert_xpath(f, part, "string(//w:t[.=' ']/@xml:space)", "preserve");
    assert_int_equal(count_of(part, "//w:t[@xml:space]"), 1);
}

static void test_headings_and_page_breaks(void **state)
{
    fixture *f = *state;
    add_small_report(f);
    f->blocks[1].page_break_before = true;
    write_package(f);
    xmlDocPtr part = parse_part(f, "word/document.xml");
    assert_string_equal(list_of(f, part, "//w:pStyle/@w:val"), "Title Heading1 Heading2 Normal");
    assert_string_equal(list_of(f, part, "//w:p[2]/w:pPr/*"), "pStyle pageBreakBefore");
    assert_int_equal(count_of(part, "//w:pageBreakBefore"), 1);
}

static void test_footers(void **state)
{
    fixture *f = *state;
    add_small_report(f);
    write_package(f);
    xmlDocPtr odd = parse_part(f, "word/footer1.xml");
    xmlDocPtr even = parse_part(f, "word/footer2.xml");
    assert_xpath(f, odd, "string(//w:pPr/w:pStyle/@w:val)", "Footer");
    assert_string_equal(list_of(f, odd, "//w:ind/@*"), "280 100");
    assert_xpath(f, odd, "string(//w:ind/@w:rightChars)", "100");
    assert_xpath(f, odd, "string(//w:jc/@w:val)", "right");
    assert_xpath(f, even, "string(//w:ind/@w:leftChars)", "100");
    assert_xpath(f, even, "string(//w:jc/@w:val)", "left");
    assert_string_equal(list_of(f, odd, "//w:fldChar/@w:fldCharType"), "begin separate end");
    assert_xpath(f, odd, "normalize-space(//w:instrText)", "PAGE");
    assert_xpath(f, odd, "string(//w:p)", "—  PAGE 1 —");
    xmlDocPtr settings = parse_part(f, "word/settings.xml");
    assert_int_equal(count_of(settings, "//w:evenAndOddHeaders"), 1);
    assert_xpath(f, settings, "string(//w:characterSpacingControl/@w:val)", "doNotCompress");
    assert_xpath(f, settings, "string(//w:compatSetting/@w:val)", "15");
}

static void test_drafts_have_headers(void **state)
{
    fixture *f = *state;
    add_small_report(f);
    f->document.is_draft = true;
    write_package(f);
    xmlDocPtr part = parse_part(f, "word/document.xml");
    assert_string_equal(
        list_of(f, part, "//w:sectPr/*"),
        "headerReference headerReference footerReference footerReference pgSz pgMar "
        "docGrid");
    assert_string_equal(list_of(f, part, "//w:headerReference/@w:type"), "default even");
    int distance = nb_twips(f->style->draft_mark.distance);
    assert_xpath(f, part, "string(//w:pgMar/@w:header)", nb_arena_print(f->arena, "%d", distance));
    static const char *const headers[] = { "word/header1.xml", "word/header2.xml" };
    for (int i = 0; i < 2; i++) {
        xmlDocPtr header = parse_part(f, headers[i]);
        assert_xpath(f, header, "string(/w:hdr/w:p)", f->style->draft_mark.before);
        assert_string_equal(list_of(f, header, "//w:pPr/*"), "pStyle");
        assert_xpath(f, header, "string(//w:pStyle/@w:val)", "Header");
    }
    part = parse_part(f, "word/styles.xml");
#define HEADER "//w:style[@w:styleId='Header']"
    assert_string_equal(list_of(f, part, HEADER "/w:rPr/*"), "rFonts color spacing sz szCs");
    assert_xpath(f, part, "string(" HEADER "/w:rPr/w:color/@w:val)", "C00000");
}

static void test_what_is_no_draft_has_none(void **state)
{
    fixture *f = *state;
    add_small_report(f);
    write_package(f);
    assert_int_equal(count_of(parse_part(f, "word/document.xml"), "//w:headerReference"), 0);
    xmlDocPtr part = parse_part(f, "word/styles.xml");
    assert_int_equal(count_of(part, HEADER), 0);
    assert_int_equal(count_of(part, "//w:color"), 0);
}

static void test_the_data_comes_back_byte_for_byte(void **state)
{
    fixture *f = *state;
    add_small_report(f);
    write_package(f);
    xmlDocPtr part = parse_part(f, "customXml/item1.xml");
    assert_xpath(f, part, "string(/n:report)", f->document.report_json.data);
    xmlDocPtr custom = parse_part(f, "docProps/custom.xml");
    assert_xpath(f, custom, "string(//cu:property[@name='年度'])", "2022");
}

static void test_without_data_there_is_no_data_part(void **state)
{
    fixture *f = *state;
    add_small_report(f);
    f->document.report_json = (nb_string){ 0 };
    f->document.date = (nb_string){ 0 };
    write_package(f);
    assert_int_equal(zip_get_num_entries(f->archive, 0), 12);
    assert_false(has_part(f->archive, "customXml/item1.xml"));
    xmlDocPtr relationships = parse_part(f, "word/_rels/document.xml.rels");
    assert_int_equal(count_of(relationships, "//rel:Relationship"), 5);
    xmlDocPtr core = parse_part(f, "docProps/core.xml");
    assert_int_equal(count_of(core, "//dcterms:*"), 0);
}

static void test_properties(void **state)
{
    fixture *f = *state;
    add_small_report(f);
    write_package(f);
    xmlDocPtr core = parse_part(f, "docProps/core.xml");
    assert_xpath(f, core, "string(//dc:title)", "某某局2022年<年度报告>");
    assert_xpath(f, core, "string(//dc:creator)", "某某局 & “处”");
    assert_xpath(f, core, "string(//dc:subject)", "政府信息公开工作年度报告");
    assert_xpath(f, core, "string(//dc:language)", "zh-CN");
    assert_xpath(f, core, "string(//dcterms:created)", "2023-01-15T00:00:00Z");
    assert_xpath(f, core, "string(//dcterms:modified)", "2023-01-15T00:00:00Z");
}

static void test_the_font_table_lists_every_font(void **state)
{
    fixture *f = *state;
    add_small_report(f);
    write_package(f);
    xmlDocPtr fonts = parse_part(f, "word/fontTable.xml");
    static const char *const names[] = { "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312",
                                         "黑体",           "宋体",        "Times New Roman" };
    assert_int_equal(count_of(fonts, "//w:font"), 6);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(
            count_of(fonts, nb_arena_print(f->arena, "//w:font[@w:name='%s']", names[i])), 1);
    assert_xpath(f, fonts, "string(//w:font[@w:name='宋体']/w:charset/@w:val)", "86");
    assert_xpath(f, fonts, "string(//w:font[@w:name='Times New Roman']/w:charset/@w:val)", "00");
}

static void test_equal_documents_give_equal_bytes(void **state)
{
    fixture *f = *state;
    add_small_report(f);
    write_package(f);
    nb_string first = f->written;
    write_package(f);
    assert_true(nb_string_equal(first, f->written));
}

static void test_a_forbidden_character_is_told_with_its_place(void **state)
{
    fixture *f = *state;
    static const nb_fonts fonts = { 0 };
    nb_string out;
    add_small_report(f);
    f->blocks[3].text = make_text(f, "body", NULL, "坏\x01字");
    f->blocks[3].text.pointer = "/sections/overview/1";
    f->blocks[3].text.line = 12;
    f->blocks[3].text.column = 5;
    assert_int_equal(nb_docx_write(&f->document, &fonts, NULL, f->arena, f->findings, &out),
                     NB_E_OUTPUT);
    assert_int_equal(nb_findings_count(f->findings), 1);
    const nb_finding *finding = nb_findings_lookup(f->findings, 0);
    assert_int_equal(finding->line, 12);
    assert_string_equal(finding->pointer, "/sections/overview/1");
    assert_string_equal(finding->message,
                        "part word/document.xml holds the character U+0001, which XML cannot hold");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DOCX_TEST(test_parts_are_well_formed_and_declared),
        DOCX_TEST(test_relationships_lead_to_parts),
        DOCX_TEST(test_paper_and_block),
        DOCX_TEST(test_every_style_is_written),
        DOCX_TEST(test_body_style),
        DOCX_TEST(test_heading_and_cell_styles),
        DOCX_TEST(test_runs_are_split_by_script),
        DOCX_TEST(test_dashes_are_held),
        DOCX_TEST(test_dashes_are_held_across_spans),
        DOCX_TEST(test_selectors_stay_with_their_character),
        DOCX_TEST(test_rare_characters_name_their_fallback),
        DOCX_TEST(test_a_span_of_another_role_names_its_faces),
        DOCX_TEST(test_breaks_and_blanks),
        DOCX_TEST(test_headings_and_page_breaks),
        DOCX_TEST(test_footers),
        DOCX_TEST(test_drafts_have_headers),
        DOCX_TEST(test_what_is_no_draft_has_none),
        DOCX_TEST(test_the_data_comes_back_byte_for_byte),
        DOCX_TEST(test_without_data_there_is_no_data_part),
        DOCX_TEST(test_properties),
        DOCX_TEST(test_the_font_table_lists_every_font),
        DOCX_TEST(test_equal_documents_give_equal_bytes),
        DOCX_TEST(test_a_forbidden_character_is_told_with_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
