/* PDF files, judged by other programs: qpdf, pdffonts, pdftotext, pdfinfo. */
#include "pdf_fixture.h"

static const char *const lines[] = {
    "根据《中华人民共和国政府信息公开条例》，公布2023年度报告。",
    "“三安全一稳定”——国家安全、公共安全……",
    "含𠮷字，行政机关：No. 12,345.67万元 (ABC)",
    "部首⼀与汉字一，⾏与行",
};

static void add_lines(fixture *f, nb_page *page)
{
    static const char *const roles[] = { "body", "song", "title", "hei" };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        add_line(f, page, roles[i], lines[i], 1008000, 1500000 + (nb_length)i * 367665);
}

static void text_comes_back_exactly(void **state)
{
    fixture *f = *state;
    add_lines(f, add_page(f));
    save_pdf(f);
    const char *expected =
        nb_arena_print(f->arena, "%s\n%s\n%s\n%s\n", lines[0], lines[1], lines[2], lines[3]);
    assert_string_equal(run_tool(f, "pdftotext -raw -nopgbrk", "-"), expected);
    assert_string_equal(run_tool(f, "pdftotext -nopgbrk", "- | grep ."), expected);
    assert_string_equal(run_tool(f, "pdftotext -nopgbrk -layout", "- | grep ."), expected);
}

/*
 * Layout sets a fifth of an em between Chinese and digits; readers take such a gap for a space
 * unless they are told.
 */
static void gaps_between_scripts_are_no_spaces(void **state)
{
    fixture *f = *state;
    static const char *const parts[] = { "根据第", "5",  "条公开", "2023", "年度报告",
                                         "No. 7",  "等", "8",      "件" };
    const nb_face *chinese = nb_fonts_role(f->fonts, "body")->faces[0];
    const nb_face *latin = nb_fonts_role(f->fonts, "latin")->faces[0];
    nb_page *page = add_page(f);
    nb_length x = 1008000;
    for (int i = 0; i < 9; i++)
        x += add_run(f, page, (parts[i][0] & 0x80) ? chinese : latin, nb_string_of(parts[i]), x,
                     1500000, 100, 0)
                 ->width +
             16 * NB_PT / 5;
    /* A justified line that lacks several characters. */
    add_run(f, page, chinese, NB_STRING("拉开的一行文字"), 1008000, 1900000, 100, 16 * NB_PT / 6);
    save_pdf(f);
    const char *expected = "根据第5条公开2023年度报告No. 7等8件\n拉开的一行文字\n";
    assert_string_equal(run_tool(f, "pdftotext -raw -nopgbrk", "-"), expected);
    assert_string_equal(run_tool(f, "pdftotext -nopgbrk -layout", "- | grep ."), expected);
}

static void file_is_sound(void **state)
{
    fixture *f = *state;
    nb_page *page = add_page(f);
    add_lines(f, page);
    add_line(f, page, "latin", "Annual report 2023", 1008000, 5000000);
    nb_string bytes = save_pdf(f);
    assert_memory_equal(bytes.data, "%PDF-1.7\n%", 10);
    assert_holds(run_tool(f, "qpdf --check", ""), "No syntax or stream encoding errors");
    const char *fonts = run_tool(f, "pdffonts", "");
    assert_holds(fonts, "CID Type 0C");
    assert_holds(fonts, "CID TrueType");
    assert_lacks(fonts, " no ");
}

static void one_glyph_stands_for_two_characters(void **state)
{
    fixture *f = *state;
    const nb_face *noto = find_face(f, "NotoSerifCJKsc-Regular");
    nb_page *page = add_page(f);
    nb_glyph_run *run = add_run(f, page, noto, NB_STRING("⼀一⾏行一二"), 1008000, 1500000, 100, 0);
    assert_int_equal(run->glyphs[0].id, run->glyphs[1].id);
    save_pdf(f);
    assert_string_equal(run_tool(f, "pdftotext -raw", "-"), "⼀一⾏行一二\n\f");
    /* Two fonts, one font program. */
    assert_holds(run_tool(f, "pdffonts", "| grep -c Noto"), "2\n");
    assert_holds(run_tool(f, "qpdf --qdf", "- | grep -ac /FontFile3"), "1\n");
}

static void a_ligature_stands_for_several_characters(void **state)
{
    fixture *f = *state;
    const nb_face *noto = find_face(f, "NotoSerifCJKsc-Regular");
    nb_page *page = add_page(f);
    nb_glyph_run *run = add_run(f, page, noto, NB_STRING("甲——乙"), 1008000, 1500000, 100, 0);
    assert_int_equal(run->glyph_count, 3);
    save_pdf(f);
    assert_string_equal(run_tool(f, "pdftotext -raw", "-"), "甲——乙\n\f");
}

static void several_glyphs_stand_for_one_character(void **state)
{
    fixture *f = *state;
    nb_page *page = add_page(f);
    nb_glyph_run *run = add_run(f, page, find_face(f, "NotoSerifCJKsc-Regular"),
                                NB_STRING("甲乙丙丁"), 1008000, 1500000, 100, 0);
    /* As if 乙 and 丙 were the halves of 𠮷. */
    nb_placed_glyph *glyphs = (nb_placed_glyph *)run->glyphs;
    run->text = NB_STRING("甲𠮷丁");
    glyphs[1].cluster = glyphs[2].cluster = 3;
    glyphs[3].cluster = 7;
    save_pdf(f);
    assert_string_equal(run_tool(f, "pdftotext -raw", "-"), "甲𠮷丁\n\f");
    assert_holds(plain_pdf(f), "/ActualText<FEFFD842DFB7>");
}

static void private_characters_are_told_twice(void **state)
{
    fixture *f = *state;
    nb_page *page = add_page(f);
    nb_block block = { .kind = NB_BLOCK_PARAGRAPH };
    mark(page, NB_ITEM_BEGIN, node_of(&block));
    nb_glyph_run *run = add_run(f, page, nb_fonts_role(f->fonts, "body")->faces[0],
                                NB_STRING("甲，乙丙"), 1008000, 1500000, 100, 0);
    mark(page, NB_ITEM_END, node_of(&block));
    run->text = NB_STRING("甲，\xEE\x80\x80丙"); /* U+E000 */
    save_pdf(f);
    assert_string_equal(run_tool(f, "pdftotext -raw", "-"), "甲，\xEE\x80\x80丙\n\f");
    assert_holds(plain_pdf(f), "/Span<</MCID 1/ActualText<FEFFE000>>>BDC");
    assert_lacks(plain_pdf(f), "/ActualText<FEFFFF0C>");
}

static void equal_pages_give_equal_bytes(void **state)
{
    fixture *f = *state;
    add_lines(f, add_page(f));
    nb_string first = write_pdf(f), second = write_pdf(f);
    assert_int_equal(first.length, second.length);
    assert_memory_equal(first.data, second.data, first.length);
    add_line(f, &f->pages.pages[0], "body", "更正", 1008000, 6000000);
    nb_string third = write_pdf(f);
    assert_false(nb_string_equal(first, third));
}

static void headings_make_the_outline(void **state)
{
    fixture *f = *state;
    static nb_span spans[] = { { .text = NB_STRING("𠮷市年度报告"), .role = "hei" },
                               { .text = NB_STRING("一、总体情况"), .role = "hei" },
                               { .text = NB_STRING("（一）主动公开"), .role = "hei" },
                               { .text = NB_STRING("二、收到申请"), .role = "hei" } };
    nb_block blocks[] = { heading(NB_BLOCK_TITLE, 0, &spans[0]),
                          heading(NB_BLOCK_HEADING, 1, &spans[1]),
                          heading(NB_BLOCK_HEADING, 2, &spans[2]),
                          heading(NB_BLOCK_HEADING, 1, &spans[3]) };
    nb_page *page = add_page(f);
    for (int i = 0; i < 3; i++)
        add_structure(f, page, &blocks[i], 1500000 + i * 400000);
    /* The last heading is split and goes on on the second page. */
    add_structure(f, page, &blocks[3], 9000000);
    add_structure(f, add_page(f), &blocks[3], 1500000);
    save_pdf(f);
    const char *text = plain_pdf(f);
    assert_holds(text, "/PageMode /UseOutlines");
    assert_holds(text, "/Title <feffd842dfb75e025e745ea662a5544a>");
    assert_holds(text, "/Count 4"); /* all four are open below the root */
    assert_holds(text, "/Count 3");
    /* 842 - (1500000 / 12700 - 16), in whole points above. */
    const char *json = run_tool(f, "qpdf --json=1 --json-key=outlines", "");
    assert_holds(json, "一、总体情况");
    assert_holds(json, "740");
    assert_holds(json, "\"destpageposfrom1\": 1");
    assert_lacks(json, "\"destpageposfrom1\": 2");
}

/* Of bytes, as UTF-16 has them: what stands between < and > after the key. */
static size_t hex_string_length(const char *text, const char *key)
{
    const char *at = strstr(text, key);
    assert_non_null(at);
    return strcspn(at + strlen(key), ">") / 2;
}

static void long_headings_are_cut_in_the_outline(void **state)
{
    enum { COUNT = 9000 };
    fixture *f = *state;
    char *heading_text = nb_arena_alloc(f->arena, COUNT * strlen("𠮷") + 1);
    for (size_t i = 0; i < COUNT; i++)
        memcpy(heading_text + i * strlen("𠮷"), "𠮷", strlen("𠮷"));
    nb_span span = { .text = nb_string_of(heading_text), .role = "hei" };
    nb_block block = heading(NB_BLOCK_HEADING, 1, &span);
    add_structure(f, add_page(f), &block, 1500000);
    f->document.title = span.text;
    save_pdf(f);
    const char *text = plain_pdf(f);
    size_t length = hex_string_length(text, "/Title <");
    assert_in_range(length, 16000, 32767);
    assert_holds(text, "d842dfb72026>"); /* cut after a whole character, and … */
}

static void metadata_follows_the_document(void **state)
{
    fixture *f = *state;
    add_lines(f, add_page(f));
    save_pdf(f);
    const char *info = run_tool(f, "TZ=UTC pdfinfo -isodates", "");
    assert_holds(info, "某市2023年政府信息公开工作年度报告");
    assert_holds(info, "某市人民政府办公室");
    assert_holds(info, "nianbao");
    assert_holds(info, "2024-01-31T00:00:00Z");
    assert_holds(info, "595.276 x 841.89 pts (A4)");
    const char *xmp = run_tool(f, "pdfinfo -meta", "");
    assert_holds(xmp, "某市人民政府办公室");
    assert_holds(xmp, "<xmp:CreateDate>2024-01-31T00:00:00Z</xmp:CreateDate>");
    const char *text = plain_pdf(f);
    assert_holds(text, "/Lang (zh-CN)");
    assert_holds(text, "/DisplayDocTitle true");
    assert_holds(text, "595.2756");
    assert_lacks(text, "/PageMode");
    f->document.date = (nb_string){ 0 };
    save_pdf(f);
    assert_lacks(plain_pdf(f), "CreationDate");
    assert_lacks(plain_pdf(f), "xmp:CreateDate");
}

static void empty_pages_are_pages(void **state)
{
    fixture *f = *state;
    add_page(f);
    add_run(f, add_page(f), nb_fonts_role(f->fonts, "body")->faces[0], NB_STRING(""), 0, 0, 100, 0);
    save_pdf(f);
    assert_string_equal(run_tool(f, "qpdf --show-npages", ""), "2\n");
    assert_holds(run_tool(f, "qpdf --check", ""), "No syntax or stream encoding errors");
}

static void a_font_that_forbids_it_is_not_embedded(void **state)
{
    fixture *f = *state;
    writing w = { f, { 0 } };
    add_lines(f, add_page(f));
    const nb_face *face = f->pages.pages[0].items[0].as.run.face;
    ((nb_face_info *)nb_face_describe(face))->may_embed = false;
    assert_int_equal(nb_arena_run(f->arena, write_body, &w), NB_E_RESOURCE);
    assert_int_equal(nb_findings_count(f->findings), 1);
    const nb_finding *finding = nb_findings_lookup(f->findings, 0);
    assert_string_equal(finding->rule, "PDF");
    assert_holds(finding->message, "must not be embedded");
    assert_holds(finding->message, nb_face_describe(face)->postscript_name);
}

static void a_missing_glyph_is_refused(void **state)
{
    fixture *f = *state;
    writing w = { f, { 0 } };
    add_lines(f, add_page(f));
    ((nb_placed_glyph *)f->pages.pages[0].items[0].as.run.glyphs)[0].id = 0;
    assert_int_equal(nb_arena_run(f->arena, write_body, &w), NB_E_RESOURCE);
}

static void a_title_that_xml_cannot_hold_is_refused(void **state)
{
    fixture *f = *state;
    writing w = { f, { 0 } };
    add_lines(f, add_page(f));
    f->document.title = NB_STRING("a\001b");
    assert_int_equal(nb_arena_run(f->arena, write_body, &w), NB_E_OUTPUT);
    assert_holds(nb_findings_lookup(f->findings, 0)->message, "U+0001");
}

static void a_thousand_pages_have_a_tree(void **state)
{
    fixture *f = *state;
    nb_page *first = add_page(f);
    add_lines(f, first);
    f->pages.count = 1000;
    f->pages.pages = NB_NEW_ARRAY(f->arena, nb_page, 1000);
    for (int i = 0; i < 1000; i++) {
        f->pages.pages[i] = *first;
        f->pages.pages[i].number = i + 1;
    }
    save_pdf(f);
    assert_string_equal(run_tool(f, "qpdf --show-npages", ""), "1000\n");
    assert_holds(run_tool(f, "qpdf --check", ""), "No syntax or stream encoding errors");
    assert_holds(run_tool(f, "pdftotext -raw -f 1000", "-"), lines[2]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(text_comes_back_exactly),
        TEST(gaps_between_scripts_are_no_spaces),
        TEST(file_is_sound),
        TEST(one_glyph_stands_for_two_characters),
        TEST(a_ligature_stands_for_several_characters),
        TEST(several_glyphs_stand_for_one_character),
        TEST(private_characters_are_told_twice),
        TEST(equal_pages_give_equal_bytes),
        TEST(headings_make_the_outline),
        TEST(long_headings_are_cut_in_the_outline),
        TEST(metadata_follows_the_document),
        TEST(empty_pages_are_pages),
        TEST(a_font_that_forbids_it_is_not_embedded),
        TEST(a_missing_glyph_is_refused),
        TEST(a_title_that_xml_cannot_hold_is_refused),
        TEST(a_thousand_pages_have_a_tree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
