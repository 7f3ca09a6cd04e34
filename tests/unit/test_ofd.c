/*
 * OFD packages, part by part. The order of elements is what the schemas of GB/T 33190 demand;
 * readers are lenient, so it is tested here.
 */
#include "ofd_fixture.h"

static void test_package(void **state)
{
    fixture *f = *state;
    add_run(f, add_page(f), face_for(f, "latin", 'A'), "A", 100 * NB_MM);
    add_page(f);
    open_package(f);
    const char *names = "";
    for (zip_int64_t i = 0; i < zip_get_num_entries(f->archive, 0); i++)
        names =
            nb_arena_print(f->arena, "%s%s\n", names, zip_get_name(f->archive, (zip_uint64_t)i, 0));
    const char *file = value_of(f, parse_part(f, "Doc_0/PublicRes.xml"), "//ofd:FontFile");
    assert_string_equal(names, nb_arena_print(f->arena,
                                              "OFD.xml\n"
                                              "Doc_0/Document.xml\n"
                                              "Doc_0/PublicRes.xml\n"
                                              "Doc_0/Res/%s\n"
                                              "Doc_0/Pages/Page_0/Content.xml\n"
                                              "Doc_0/Pages/Page_1/Content.xml\n"
                                              "Doc_0/Attachs/Attachments.xml\n"
                                              "Doc_0/Attachs/report.json\n",
                                              file));
}

static void test_main_entry(void **state)
{
    fixture *f = *state;
    add_page(f);
    open_package(f);
    xmlDocPtr part = parse_part(f, "OFD.xml");
    assert_value(f, part, "name(/*)", "ofd:OFD");
    assert_value(f, part, "/ofd:OFD/@Version", "1.0");
    assert_value(f, part, "/ofd:OFD/@DocType", "OFD");
    assert_value(f, part, "/ofd:OFD/ofd:DocBody/*", "DocInfo Doc_0/Document.xml");
    assert_value(f, part, "//ofd:DocInfo/*[position()>1]",
                 "某市2023年政府信息公开工作年度报告 某市人民政府办公室 政府信息公开工作年度报告 "
                 "2024-01-31 nianbao " NB_VERSION);
    const char *id = value_of(f, part, "//ofd:DocInfo/*[1]");
    assert_int_equal(strlen(id), 32);
    assert_int_equal(strspn(id, "0123456789ABCDEF"), 32);
    assert_int_equal(id[12], '8'); /* the version of a UUID made by an algorithm of one's own */
    assert_non_null(strchr("89AB", id[16]));

    f->document.author = NB_STRING("另一机关");
    f->document.date = NB_STRING("2023-02-29"); /* no such day: xs:date refuses it */
    open_package(f);
    part = parse_part(f, "OFD.xml");
    assert_string_not_equal(value_of(f, part, "//ofd:DocID"), id);
    assert_value(f, part, "count(//ofd:CreationDate)", "0");
    assert_value(f, parse_part(f, "Doc_0/Attachs/Attachments.xml"), "count(//@CreationDate)", "0");
}

static nb_block *add_block(fixture *f, nb_page *page, nb_structure_kind kind, int level,
                           const char *text, const char *pointer, nb_length baseline)
{
    nb_span *span = NB_NEW(f->arena, nb_span);
    nb_block *block = NB_NEW(f->arena, nb_block);
    *span = (nb_span){ .text = nb_string_of(text), .role = "body" };
    *block = (nb_block){ .kind = (nb_block_kind)kind,
                         .level = level,
                         .text = { .spans = span, .span_count = 1, .pointer = pointer } };
    nb_structure structure = { .kind = kind, .block = block };
    mark(page, NB_ITEM_BEGIN, structure);
    add_body(f, page, text, baseline);
    mark(page, NB_ITEM_END, structure);
    return block;
}

static void test_document_and_outline(void **state)
{
    fixture *f = *state;
    nb_page *page = add_page(f);
    add_block(f, page, NB_STRUCTURE_TITLE, 0, "题目", "/title", 40 * NB_MM);
    add_block(f, page, NB_STRUCTURE_HEADING, 1, "一", "", 60 * NB_MM);
    add_block(f, page, NB_STRUCTURE_HEADING, 2, "二", "/sections/overview/0", 70 * NB_MM);
    page = add_page(f);
    add_block(f, page, NB_STRUCTURE_HEADING, 1, "三", "", 80 * NB_MM);
    open_package(f);
    xmlDocPtr part = parse_part(f, "Doc_0/Document.xml");
    assert_value(f, part, "/ofd:Document/*",
                 "CommonData Pages Outlines Tags/CustomTags.xml Attachs/Attachments.xml");
    assert_value(f, part,
                 "concat(name(//ofd:CommonData/*[1]),name(//ofd:CommonData/*[2]),"
                 "name(//ofd:CommonData/*[3]),count(//ofd:CommonData/*))",
                 "ofd:MaxUnitIDofd:PageAreaofd:PublicRes3");
    assert_value(f, part, "//ofd:PhysicalBox", "0 0 210 297");
    assert_value(f, part, "//ofd:Page/@BaseLoc",
                 "Pages/Page_0/Content.xml Pages/Page_1/Content.xml");
    assert_value(f, part, "/ofd:Document/ofd:Outlines/*/@Title", "题目");
    assert_value(f, part, "//ofd:OutlineElem[@Title='题目']/*", "Actions OutlineElem OutlineElem");
    assert_value(f, part, "//ofd:OutlineElem[@Title='题目']/ofd:OutlineElem/@Title", "一 三");
    assert_value(f, part, "//ofd:OutlineElem[@Title='一']/ofd:OutlineElem/@Title", "二");
    assert_value(f, part, "//ofd:OutlineElem[@Title='三']/ofd:Actions/ofd:Action/@Event", "CLICK");
    const char *goal = "//ofd:OutlineElem[@Title='三']/ofd:Actions/ofd:Action/ofd:Goto/ofd:Dest";
    assert_value(f, part, nb_arena_print(f->arena, "%s/@Type", goal), "XYZ");
    /* One em above the baseline: 80 mm less 16 pt. */
    assert_value(f, part, nb_arena_print(f->arena, "%s/@Top", goal), "74.3556");
    assert_string_equal(value_of(f, part, nb_arena_print(f->arena, "%s/@PageID", goal)),
                        value_of(f, part, "//ofd:Page[2]/@ID"));
}

static int compare_numbers(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

static void test_ids(void **state)
{
    fixture *f = *state;
    for (int i = 0; i < 2; i++) {
        nb_page *page = add_page(f);
        add_body(f, page, "一二", 50 * NB_MM);
        add_run(f, page, face_for(f, "latin", '1'), "12", 60 * NB_MM);
        add_rule(page, LEFT, NB_MM, 2 * LEFT, NB_MM, 6350);
    }
    open_package(f);
    const char *names[] = { "Doc_0/Document.xml", "Doc_0/PublicRes.xml",
                            "Doc_0/Pages/Page_0/Content.xml", "Doc_0/Pages/Page_1/Content.xml" };
    int ids[64] = { 0 }, count = 0,
        maximum = number_of(f, parse_part(f, names[0]), "//ofd:MaxUnitID");
    for (int i = 0; i < 4; i++)
        for (char *at = (char *)(uintptr_t)value_of(f, parse_part(f, names[i]), "//@ID"); *at;) {
            assert_true(count < 64);
            ids[count++] = (int)strtol(at, &at, 10);
        }
    assert_int_equal(count, 2 + 2 + 2 * (1 + 3)); /* pages, fonts, layers and their objects */
    qsort(ids, (size_t)count, sizeof ids[0], compare_numbers);
    for (int i = 0; i < count; i++)
        assert_int_equal(ids[i], i + 1);
    assert_int_equal(maximum, count);
}

/* Expand "g n v" and plain steps; returns how many there are. */
static int expand_steps(const char *list, double *steps)
{
    int count = 0;
    char *at = (char *)(uintptr_t)list;
    while (*at) {
        int times = 1;
        while (*at == ' ' || *at == 'g')
            times = *at++ == 'g' ? (int)strtol(at, &at, 10) : times;
        double step = strtod(at, &at);
        while (times-- > 0)
            steps[count++] = step;
    }
    return count;
}

static void test_text(void **state)
{
    fixture *f = *state;
    nb_page *page = add_page(f);
    nb_glyph_run *run = add_body(f, page, "政府信息公开工作年度报告的全部内容", 50 * NB_MM);
    nb_placed_glyph *glyphs = (nb_placed_glyph *)(uintptr_t)run->glyphs;
    for (int i = 9; i < run->glyph_count; i++) /* a wider line after the ninth */
        glyphs[i].x += (i - 8) * 1000;
    xmlDocPtr part = first_page(f);
    assert_value(f, part, "/*/*/*[1]/*", "TextObject");
    assert_value(f, part, "name(/*/*/*)", "ofd:Layer");
    assert_value(f, part, "//ofd:TextCode", "政府信息公开工作年度报告的全部内容");
    assert_value(f, part, "count(//ofd:TextObject/*)", "2");
    assert_value(f, part, "name(//ofd:TextObject/*[1])", "ofd:CGTransform");
    assert_value(f, part, "//@CodeCount", "17");
    assert_value(f, part, "//@GlyphCount", "17");
    assert_value(f, part, "//@Size", "5.6444");
    double steps[64] = { 0 }, box[4] = { 0 }, pen = strtod(value_of(f, part, "//@X"), NULL);
    const char *list = value_of(f, part, "//@DeltaX");
    assert_int_equal(strncmp(list, "g 8 ", 4), 0);
    assert_int_equal(expand_steps(list, steps), 16);
    assert_int_equal(expand_steps(value_of(f, part, "//@Boundary"), box), 4);
    for (int i = 0; i < run->glyph_count; i++) {
        double expected = (double)(run->x + run->glyphs[i].x) / NB_MM;
        assert_near(box[0] + pen, expected, 0.0011);
        pen += steps[i];
    }
    double baseline = strtod(value_of(f, part, "//@Y"), NULL);
    assert_near(box[1] + baseline, 50, 0.0001);
    /* Readers cut off what is outside. */
    assert_true(box[0] <= 28 && box[0] + box[2] >= 28 + (double)run->width / NB_MM);
    assert_true(baseline > 5 && box[3] - baseline > 0.7);
}

static void test_blanks_are_escaped(void **state)
{
    fixture *f = *state;
    nb_page *page = add_page(f);
    add_run(f, page, face_for(f, "latin", 'A'), " A  <B> ", 50 * NB_MM);
    xmlDocPtr part = first_page(f);
    assert_value(f, part, "//ofd:TextCode", " A  <B> ");
    nb_string bytes = read_part(f, "Doc_0/Pages/Page_0/Content.xml");
    assert_non_null(strstr(bytes.data, ">&#x20;A&#x20;&#x20;&lt;B&gt;&#x20;</ofd:TextCode>"));
}

static void test_narrow_text(void **state)
{
    fixture *f = *state;
    add_body(f, add_page(f), "一二", 50 * NB_MM)->scale = 87;
    xmlDocPtr part = first_page(f);
    assert_value(f, part, "//@HScale", "0.87");
    assert_value(f, part, "count(//@CTM)", "0");
}

/*
 * What is not one glyph for one character is an object by itself, and what comes after it another
 * one.
 */
static void test_clusters_stand_alone(void **state)
{
    fixture *f = *state;
    nb_page *page = add_page(f);
    nb_glyph_run *run = add_body(f, page, "一二三四五", 50 * NB_MM);
    nb_placed_glyph *glyphs = (nb_placed_glyph *)(uintptr_t)run->glyphs;
    /* 二三 as a ligature, then 四 as two glyphs. */
    glyphs[2].cluster = 9;
    run = add_body(f, page, "一二三四五", 60 * NB_MM);
    glyphs = (nb_placed_glyph *)(uintptr_t)run->glyphs;
    glyphs[2] = (nb_placed_glyph){ glyphs[3].id, 9, glyphs[3].x };
    glyphs[3] = glyphs[4];
    run->glyph_count = 4;
    run->text = NB_STRING("一二三四五");
    xmlDocPtr part = first_page(f);
    assert_value(f, part, "//ofd:TextCode", "一 二三 四 五 一 二三 四五");
    assert_value(f, part, "//@CodeCount", "1 2 1 1 1 2 2");
    assert_value(f, part, "//@GlyphCount", "1 1 2 1 1 1 2");
    assert_value(f, part, "count(//@CodePosition[.!='0'])", "0");
    /*
     * A ligature's second character stands in the middle of the room; two glyphs have a step
     * between them.
     */
    assert_value(f, part, "count(//ofd:TextCode[.='二三'][@DeltaX])", "2");
    assert_value(f, part, "count(//ofd:TextCode[.='四'][@DeltaX])", "1");
}

static void test_beyond_the_basic_plane(void **state)
{
    fixture *f = *state;
    nb_page *page = add_page(f);
    const nb_face *face = face_for(f, "body", 0x20BB7);
    if (!nb_face_draws(face, 0x4E00)) {
        print_message("the font of U+20BB7 has no U+4E00\n");
        skip();
    }
    add_run(f, page, face, "一𠮷一一", 50 * NB_MM);
    xmlDocPtr part = first_page(f);
    assert_value(f, part, "//ofd:TextCode", "一 𠮷 一一");
    assert_value(f, part, "//ofd:TextObject[2]//@CodeCount", "2");
    assert_value(f, part, "//ofd:TextObject[2]//@GlyphCount", "1");
    assert_value(f, part, "count(//ofd:TextObject[2]//@DeltaX)", "0");
}

static void test_rules(void **state)
{
    fixture *f = *state;
    nb_page *page = add_page(f);
    add_rule(page, 20 * NB_MM, 30 * NB_MM, 50 * NB_MM, 30 * NB_MM, NB_MM / 2);
    add_rule(page, 20 * NB_MM, 30 * NB_MM, 20 * NB_MM, 40 * NB_MM, NB_MM / 2);
    add_rule(page, 20 * NB_MM, 60 * NB_MM, 50 * NB_MM, 60 * NB_MM, NB_MM);
    xmlDocPtr part = first_page(f);
    assert_value(f, part, "//@LineWidth", "0.5 1");
    assert_value(f, part, "//ofd:AbbreviatedData",
                 "M 0.25 0.25 L 30.25 0.25 M 0.25 0.25 L 0.25 10.25 M 0.5 0.5 L 30.5 0.5");
    assert_value(f, part, "//@Boundary", "19.75 29.75 30.5 10.5 19.5 59.5 31 1");
}

static void test_attachment(void **state)
{
    fixture *f = *state;
    add_page(f);
    open_package(f);
    xmlDocPtr part = parse_part(f, "Doc_0/Attachs/Attachments.xml");
    assert_value(f, part, "//ofd:FileLoc", "report.json");
    assert_value(f, part, "//@CreationDate", "2024-01-31T00:00:00");
    assert_value(f, part, "//@ID", "report");
    assert_true(
        nb_string_equal(read_part(f, "Doc_0/Attachs/report.json"), f->document.report_json));
    f->document.report_json = (nb_string){ 0 };
    open_package(f);
    assert_false(has_part(f->archive, "Doc_0/Attachs/Attachments.xml"));
    assert_value(f, parse_part(f, "Doc_0/Document.xml"), "count(//ofd:Attachments)", "0");
}

static void add_cell(fixture *f, nb_page *page, const nb_cell *cell, bool is_artifact,
                     nb_length baseline)
{
    nb_structure structure = { .kind = NB_STRUCTURE_CELL, .cell = cell };
    mark(page, is_artifact ? NB_ITEM_BEGIN_ARTIFACT : NB_ITEM_BEGIN, structure);
    add_body(f, page, "一", baseline);
    mark(page, is_artifact ? NB_ITEM_END_ARTIFACT : NB_ITEM_END, structure);
}

static void test_tags(void **state)
{
    fixture *f = *state;
    nb_page *page = add_page(f);
    nb_cell value = { .text = { .pointer = "/requests/received/0" }, .is_value = true };
    nb_cell label = { .text = { .pointer = "" } };
    add_cell(f, page, &label, false, 40 * NB_MM);
    add_cell(f, page, &value, false, 50 * NB_MM);
    add_cell(f, page, &value, true, 60 * NB_MM);
    nb_block *block =
        add_block(f, page, NB_STRUCTURE_PARAGRAPH, 0, "二", "/sections/other/0", 70 * NB_MM);
    /* The paragraph goes on on the next page, after a page number. */
    mark(page, NB_ITEM_BEGIN_ARTIFACT, (nb_structure){ 0 });
    add_body(f, page, "三", 80 * NB_MM);
    mark(page, NB_ITEM_END_ARTIFACT, (nb_structure){ 0 });
    page = add_page(f);
    mark(page, NB_ITEM_BEGIN, (nb_structure){ .kind = NB_STRUCTURE_PARAGRAPH, .block = block });
    add_body(f, page, "四", 40 * NB_MM);
    mark(page, NB_ITEM_END, (nb_structure){ .kind = NB_STRUCTURE_PARAGRAPH, .block = block });

    open_package(f);
    xmlDocPtr list = parse_part(f, "Doc_0/Tags/CustomTags.xml");
    assert_value(f, list, "//@NameSpace", "urn:nianbao:report:1");
    assert_value(f, list, "//ofd:FileLoc", "report.xml");
    xmlDocPtr tags = parse_part(f, "Doc_0/Tags/report.xml");
    assert_value(f, tags, "/n:Report/*/@Pointer", "/requests/received/0 /sections/other/0");
    assert_value(f, tags, "concat(name(/*/*[1]),' ',name(/*/*[2]))", "n:Cell n:Paragraph");
    assert_value(f, tags, "concat(count(/*/*[1]/*),count(/*/*[2]/*))", "12");
    xmlDocPtr document = parse_part(f, "Doc_0/Document.xml");
    static const char *const expected[] = { "一", "二", "四" };
    for (int i = 0; i < 3; i++) {
        const char *reference = nb_arena_print(f->arena, "(//ofd:ObjectRef)[%d]", i + 1);
        const char *at = nb_arena_print(f->arena, "%s/@PageRef", reference);
        const char *where =
            nb_arena_print(f->arena, "string(//ofd:Page[@ID=%d]/@BaseLoc)", number_of(f, tags, at));
        const char *name = nb_arena_print(f->arena, "Doc_0/%s", value_of(f, document, where));
        const char *object = nb_arena_print(f->arena, "//ofd:TextObject[@ID=%d]/ofd:TextCode",
                                            number_of(f, tags, reference));
        assert_value(f, parse_part(f, name), object, expected[i]);
    }
}

static uint32_t big_endian(nb_string bytes, size_t at)
{
    const unsigned char *b = (const unsigned char *)bytes.data + at;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

/*
 * The only font file of the package: its sum, its tables, and the run's glyphs under the run's
 * characters.
 */
static void check_font(fixture *f, const nb_glyph_run *run, const uint32_t *characters, int count)
{
    open_package(f);
    xmlDocPtr resources = parse_part(f, "Doc_0/PublicRes.xml");
    const nb_face_info *info = nb_face_describe(run->face);
    assert_value(f, resources, "/ofd:Res/@BaseLoc", "Res");
    assert_value(f, resources, "//@FontName", info->postscript_name);
    const char *name = value_of(f, resources, "//ofd:FontFile");
    nb_string bytes = read_part(f, nb_arena_print(f->arena, "Doc_0/Res/%s", name));
    assert_string_equal(strrchr(name, '.'), info->outlines == NB_OUTLINES_CFF ? ".otf" : ".ttf");
    uint32_t sum = 0;
    assert_int_equal(bytes.length % 4, 0);
    for (size_t at = 0; at < bytes.length; at += 4)
        sum += big_endian(bytes, at);
    assert_true(sum == 0xB1B0AFBA);
    for (size_t at = 12 + 16; at < 12 + 16 * (size_t)bytes.data[5]; at += 16)
        assert_true(big_endian(bytes, at) > big_endian(bytes, at - 16)); /* in order */

    hb_blob_t *blob =
        hb_blob_create(bytes.data, (unsigned)bytes.length, HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *face = hb_face_create(blob, 0);
    hb_font_t *font = hb_font_create(face);
    const char *glyphs =
        value_of(f, parse_part(f, "Doc_0/Pages/Page_0/Content.xml"), "//ofd:Glyphs");
    assert_int_equal(hb_face_get_upem(face), info->upem);
    assert_int_equal(run->glyph_count, count);
    for (int i = 0; i < count; i++) {
        hb_codepoint_t mapped = 0;
        hb_glyph_extents_t ours, theirs;
        char *end;
        assert_true(hb_font_get_nominal_glyph(font, characters[i], &mapped));
        assert_int_equal(mapped, strtol(glyphs, &end, 10));
        glyphs = end;
        assert_true(hb_font_get_glyph_extents(font, mapped, &ours));
        assert_true(hb_font_get_glyph_extents(nb_face_font(run->face), run->glyphs[i].id, &theirs));
        assert_memory_equal(&ours, &theirs, sizeof ours);
        assert_int_equal(hb_font_get_glyph_h_advance(font, mapped),
                         nb_face_advance(run->face, run->glyphs[i].id));
    }
    hb_font_destroy(font);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
}

static void test_font_files(void **state)
{
    fixture *f = *state;
    nb_page *page = add_page(f);
    static const uint32_t chinese[] = { 0x4E00, 0x4E8C, 0x5E74, 0x62A5 };
    check_font(f, add_run(f, page, face_for(f, "hei", 0x4E00), "一二年报", 50 * NB_MM), chinese, 4);
    page->item_count = 0;
    static const uint32_t latin[] = { '2', '0', 'A', 0xE9 };
    check_font(f, add_run(f, page, face_for(f, "latin", '2'), "20Aé", 50 * NB_MM), latin, 4);
    page->item_count = 0;
    static const uint32_t rare[] = { 0x20BB7 };
    check_font(f, add_run(f, page, face_for(f, "body", 0x20BB7), "𠮷", 50 * NB_MM), rare, 1);
}

static void test_equal_bytes(void **state)
{
    fixture *f = *state;
    add_body(f, add_page(f), "一二三", 50 * NB_MM);
    nb_string first = write_ofd(f, NB_OK), second = write_ofd(f, NB_OK);
    assert_true(nb_string_equal(first, second));
}

static void test_refusals(void **state)
{
    fixture *f = *state;
    nb_page *page = add_page(f);
    nb_glyph_run *run = add_body(f, page, "一", 50 * NB_MM);
    ((nb_placed_glyph *)(uintptr_t)run->glyphs)[0].id = 0;
    write_ofd(f, NB_E_RESOURCE);
    size_t count = nb_findings_count(f->findings);
    assert_string_equal(nb_findings_lookup(f->findings, count - 1)->rule, "OFD");
    page->item_count = 0;
    f->document.title = NB_STRING("题\x01");
    write_ofd(f, NB_E_OUTPUT);
    assert_int_equal(nb_findings_count(f->findings), count + 1);
    assert_string_equal(nb_findings_lookup(f->findings, count)->message,
                        "part OFD.xml holds the character U+0001, which XML cannot hold");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_package, setup, teardown),
        cmocka_unit_test_setup_teardown(test_main_entry, setup, teardown),
        cmocka_unit_test_setup_teardown(test_document_and_outline, setup, teardown),
        cmocka_unit_test_setup_teardown(test_ids, setup, teardown),
        cmocka_unit_test_setup_teardown(test_text, setup, teardown),
        cmocka_unit_test_setup_teardown(test_blanks_are_escaped, setup, teardown),
        cmocka_unit_test_setup_teardown(test_narrow_text, setup, teardown),
        cmocka_unit_test_setup_teardown(test_clusters_stand_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(test_beyond_the_basic_plane, setup, teardown),
        cmocka_unit_test_setup_teardown(test_rules, setup, teardown),
        cmocka_unit_test_setup_teardown(test_attachment, setup, teardown),
        cmocka_unit_test_setup_teardown(test_tags, setup, teardown),
        cmocka_unit_test_setup_teardown(test_font_files, setup, teardown),
        cmocka_unit_test_setup_teardown(test_equal_bytes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_refusals, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
