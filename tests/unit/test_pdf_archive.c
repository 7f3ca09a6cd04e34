/*
 * What the standards ask for beside the structure: claims, colours, the attachment; and how the
 * file is packed.
 */
#include "pdf_fixture.h"

#include "pdf/output_intent.h"

static const char json[] = "{\n    \"form\": \"annual-report-2021\"\n}\n";

static void add_text(fixture *f)
{
    static nb_block block = { .kind = NB_BLOCK_PARAGRAPH };
    f->document.report_json = NB_STRING("{\n    \"form\": \"annual-report-2021\"\n}\n");
    add_block_line(f, add_page(f), &block, "正文含𠮷字。", 1500000);
}

static void claims_follow_the_standard(void **state)
{
    fixture *f = *state;
    add_text(f);
    save_pdf(f);
    const char *meta = run_tool(f, "pdfinfo -meta", "");
    assert_holds(meta, "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>");
    assert_holds(meta, "<pdfuaid:part>1</pdfuaid:part>");
    assert_holds(meta, "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>");
    assert_holds(run_tool(f, "pdfinfo", ""), "Tagged:          yes");
    f->standard = NB_PDF_A_2A;
    save_pdf(f);
    assert_holds(run_tool(f, "pdfinfo -meta", ""), "<pdfaid:part>2</pdfaid:part>");
    f->standard = NB_PDF_PLAIN;
    save_pdf(f);
    assert_lacks(run_tool(f, "pdfinfo -meta", ""), "pdfaid");
    assert_holds(run_tool(f, "pdfinfo", ""), "Tagged:          no");
    const char *text = plain_pdf(f);
    assert_lacks(text, "/StructTreeRoot");
    assert_lacks(text, "/OutputIntents");
    assert_lacks(text, "/MCID");
}

static void the_report_is_attached(void **state)
{
    fixture *f = *state;
    add_text(f);
    save_pdf(f);
    assert_holds(run_tool(f, "pdfdetach -list", ""), "1: report.json");
    assert_string_equal(run_tool(f, "pdfdetach -save 1 -o /dev/stdout", ""), json);
    const char *text = plain_pdf(f);
    assert_holds(text, "/AFRelationship /Source");
    assert_holds(text, "/Subtype /application#2fjson");
    char size[32];
    snprintf(size, sizeof size, "/Size %zu\n", strlen(json));
    assert_holds(text, size);
    assert_holds(text, "/ModDate (D:20240131000000Z)");
    assert_holds(text, "/AF [");
    f->document.date = (nb_string){ 0 };
    save_pdf(f);
    assert_lacks(plain_pdf(f), "/ModDate");
    f->document.report_json = (nb_string){ 0 };
    save_pdf(f);
    assert_holds(run_tool(f, "pdfdetach -list", ""), "0 embedded files");
}

/* PDF/A-2 admits no attachment but PDF/A files. */
static void other_standards_carry_no_attachment(void **state)
{
    fixture *f = *state;
    add_text(f);
    f->standard = NB_PDF_A_2A;
    save_pdf(f);
    assert_holds(run_tool(f, "pdfdetach -list", ""), "0 embedded files");
    f->standard = NB_PDF_PLAIN;
    save_pdf(f);
    assert_holds(run_tool(f, "pdfdetach -list", ""), "0 embedded files");
}

static uint32_t word_at(const nb_buffer *bytes, size_t offset)
{
    const unsigned char *at = bytes->data + offset;
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/*
 * ICC.1:2004-10, 7.2 and 7.3: the header's size is the profile's, and each tag's data begin with
 * its type.
 */
static void the_colour_profile_is_whole(void **state)
{
    fixture *f = *state;
    static const char *const types[] = { "mluc", "mluc", "XYZ ", "sf32", "XYZ ",
                                         "XYZ ", "XYZ ", "para", "para", "para" };
    nb_buffer *profile = nb_buffer_new(f->arena, 1000);
    nb_pdf_srgb_profile_write(profile);
    assert_int_equal(word_at(profile, 0), profile->length);
    assert_memory_equal(profile->data + 36, "acsp", 4);
    assert_int_equal(word_at(profile, 128), 10);
    for (size_t i = 0; i < 10; i++) {
        uint32_t start = word_at(profile, 132 + 12 * i + 4),
                 size = word_at(profile, 132 + 12 * i + 8);
        assert_true(start % 4 == 0 && start + size <= profile->length);
        assert_memory_equal(profile->data + start, types[i], 4);
    }
    add_text(f);
    save_pdf(f);
    assert_holds(plain_pdf(f), "/S /GTS_PDFA1");
}

static const char *find_bytes(nb_string bytes, const char *part)
{
    size_t length = strlen(part);
    for (size_t i = 0; i + length <= bytes.length; i++)
        if (memcmp(bytes.data + i, part, length) == 0)
            return bytes.data + i;
    return NULL;
}

static void objects_are_packed(void **state)
{
    fixture *f = *state;
    add_text(f);
    for (int standard = NB_PDF_A_3A; standard <= NB_PDF_PLAIN; standard++) {
        f->standard = (nb_pdf_standard)standard;
        nb_string bytes = save_pdf(f);
        assert_non_null(find_bytes(bytes, "/Type/ObjStm"));
        assert_non_null(find_bytes(bytes, "/Type/XRef"));
        assert_null(find_bytes(bytes, "trailer"));
        /* A stream's length stands in the stream, so that the file can be read from the front. */
        assert_null(find_bytes(bytes, " 0 R>>\nstream"));
        assert_holds(run_tool(f, "qpdf --check", ""), "No syntax or stream encoding errors");
        assert_string_equal(run_tool(f, "pdftotext -raw -nopgbrk", "-"), "正文含𠮷字。\n");
    }
}

/* More objects than one object stream takes, and object numbers that go on after libharu's. */
static void many_elements_are_found_again(void **state)
{
    fixture *f = *state;
    enum { PAGES = 700 };
    static nb_block blocks[PAGES];
    nb_page *page = add_page(f);
    add_block_line(f, page, &blocks[0], "节", 1500000);
    f->pages.count = PAGES;
    f->pages.pages = NB_NEW_ARRAY(f->arena, nb_page, PAGES);
    for (int i = 0; i < PAGES; i++) {
        blocks[i] = (nb_block){ .kind = NB_BLOCK_HEADING, .level = 1 };
        f->pages.pages[i] = (nb_page){ i + 1, NULL, 3 };
        f->pages.pages[i].items = NB_NEW_ARRAY(f->arena, nb_page_item, 3);
        memcpy(f->pages.pages[i].items, page->items, 3 * sizeof *page->items);
        f->pages.pages[i].items[0].as.structure = node_of(&blocks[i]);
        f->pages.pages[i].items[2].as.structure = node_of(&blocks[i]);
    }
    save_pdf(f);
    assert_holds(run_tool(f, "qpdf --check", ""), "No syntax or stream encoding errors");
    assert_string_equal(run_tool(f, "pdfinfo -struct-text", "| grep -ac '^  H1'"), "700\n");
    assert_string_equal(run_tool(f, "pdfinfo -struct-text", "| grep -ac '^    \"节\"'"), "700\n");
}

static void the_identifier_follows_the_content(void **state)
{
    fixture *f = *state;
    add_text(f);
    nb_string first = write_pdf(f), second = write_pdf(f);
    assert_true(nb_string_equal(first, second));
    const char *identifier = find_bytes(first, "/ID[<");
    f->document.report_json = NB_STRING("{}");
    nb_string third = write_pdf(f);
    const char *other = find_bytes(third, "/ID[<");
    assert_true(identifier && other);
    assert_memory_not_equal(identifier, other, 38);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(claims_follow_the_standard),
        TEST(the_report_is_attached),
        TEST(other_standards_carry_no_attachment),
        TEST(the_colour_profile_is_whole),
        TEST(objects_are_packed),
        TEST(many_elements_are_found_again),
        TEST(the_identifier_follows_the_content),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
