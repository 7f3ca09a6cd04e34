/*
 * Pictures from the report to the written files: how they are named, fetched, shared and told when
 * they cannot be had.
 */
#include "report_fixture.h"

#include "base/base64.h"
#include "doc/compose.h"
#include "doc/pictures.h"
#include <unistd.h>

#define ITEM(members)                                                                              \
    "{\"agency\": \"甲\", \"year\": 2025, \"sections\": {\"overview\": [" members "]}}"
#define PIXEL                                                                                      \
    "data:image/"                                                                                  \
    "gif;base64,"                                                                                  \
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="

/* The findings of an item, in short, without those of what the form demands besides. */
static const char *found_in(report_test *t, const char *json)
{
    nb_findings *all = t->findings;
    t->findings = nb_findings_new(NB_ENGLISH);
    nb_report *report = filled(t, shipped_form(t), json);
    const char *text = "";
    for (size_t i = 0; i < nb_findings_count(t->findings); i++) {
        const nb_finding *finding = nb_findings_lookup(t->findings, i);
        if (strstr(finding->pointer, "/overview/"))
            text = nb_arena_print(t->arena, "%s%s %s; ", text, finding->rule, finding->pointer);
    }
    (void)report;
    nb_findings_drop(t->findings);
    t->findings = all;
    return text;
}

static void an_item_may_be_a_picture(void **state)
{
    report_test *t = *state;
    const char *json = ITEM(
        "{\"picture\": \"a/b.png\", \"alt\": \"图\", \"caption\": \"图1\", \"width\": \"90mm\"}");
    assert_string_equal(found_in(t, json), "");
    nb_report *report = filled(t, shipped_form(t), json);
    assert_non_null(strstr(canonical(t, report), "            {\n"
                                                 "                \"picture\": \"a/b.png\",\n"
                                                 "                \"alt\": \"图\",\n"
                                                 "                \"caption\": \"图1\",\n"
                                                 "                \"width\": \"90mm\"\n"
                                                 "            }\n"));
    assert_string_equal(found_in(t, ITEM("{\"picture\": \"b.png\", \"alt\": \"图\"}")), "");
}

static void what_is_wrong_with_it_is_told(void **state)
{
    report_test *t = *state;
#define HERE "/sections/overview/0"
    assert_string_equal(found_in(t, ITEM("{\"picture\": \"a.png\"}")), "S4 " HERE "; ");
    assert_string_equal(found_in(t, ITEM("{\"picture\": \"a.png\", \"alt\": \" \"}")),
                        "S3 " HERE "/alt; ");
    assert_string_equal(found_in(t, ITEM("{\"picture\": 3, \"alt\": \"图\"}")),
                        "S3 " HERE "/picture; ");
    assert_string_equal(
        found_in(t, ITEM("{\"picture\": \"a.png\", \"alt\": \"图\", \"text\": \"x\"}")),
        "S2 " HERE "/text; ");
    const char *const widths[] = { "3", "\"3\"", "\"0mm\"", "\"-3mm\"", "\"3cm\"" };
    for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++)
        assert_string_equal(
            found_in(t, replaced(t, ITEM("{\"picture\": \"a.png\", \"alt\": \"图\", \"width\": @}"),
                                 "@", widths[i])),
            "S3 " HERE "/width; ");
    const char *const paths[] = { "/etc/a.png", "../a.png", "a/../../b.png",
                                  "a/..",       "a//b.png", "C:/a.png",
                                  "a\\\\b.png", "a/",       "http://a/b.png" };
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
        assert_string_equal(
            found_in(t, replaced(t, ITEM("{\"picture\": \"@\", \"alt\": \"图\"}"), "@", paths[i])),
            "S3 " HERE "/picture; ");
    assert_string_equal(found_in(t, ITEM("{\"picture\": \"..a/...png\", \"alt\": \"图\"}")), "");
}

static nb_document *composed(report_test *t, const char *items)
{
    nb_document *document;
    const char *json = replaced(t, minimal_json(t), "\"problems\": [",
                                nb_arena_print(t->arena, "\"problems\": [%s, ", items));
    nb_report *report = filled(t, shipped_form(t), json);
    assert_int_equal(nb_compose(report, shipped_style(t), t->arena, t->findings, &document), NB_OK);
    assert_int_equal(nb_findings_count(t->findings), 0);
    return document;
}

static const nb_block *picture_block(const nb_document *document, int number)
{
    for (int i = 0; i < document->block_count; i++)
        if (document->blocks[i].kind == NB_BLOCK_PICTURE && number-- == 0)
            return &document->blocks[i];
    fail();
    return NULL;
}

static void equal_pictures_are_one_image(void **state)
{
    report_test *t = *state;
    char folder[] = "/tmp/nb-pictures-XXXXXX";
    assert_non_null(mkdtemp(folder));
    const char *path = nb_arena_print(t->arena, "%s/one.png", folder);
    nb_string bytes;
    assert_true(nb_base64_decode(nb_string_of(strchr(PIXEL, ',') + 1), t->arena, &bytes));
    assert_int_equal(nb_file_save(path, bytes.data, bytes.length, t->findings), NB_OK);
    nb_document *document = composed(
        t,
        "{\"picture\": \"" PIXEL
        "\", \"alt\": \"甲\", \"caption\": \"图\"}, {\"picture\": \"one.png\", \"alt\": \"乙\"}");
    assert_int_equal(nb_load_pictures(document, folder, t->arena, t->findings), NB_OK);
    unlink(path);
    rmdir(folder);
    assert_int_equal(document->image_count, 1);
    const nb_block *first = picture_block(document, 0), *second = picture_block(document, 1);
    assert_ptr_equal(first->picture->image, second->picture->image);
    assert_int_equal(first->picture->image->format, NB_IMAGE_PNG); /* whatever the address says */
    assert_true(nb_block_has_caption(first));
    assert_false(nb_block_has_caption(second));
    assert_string_equal(first->text.pointer, "/sections/problems/0");
}

static void each_picture_that_cannot_be_had_is_told(void **state)
{
    report_test *t = *state;
    nb_document *document =
        composed(t, "{\"picture\": \"none.png\", \"alt\": \"甲\"}, {\"picture\": \"structure\", "
                    "\"alt\": \"乙\"}, "
                    "{\"picture\": \"CMakeLists.txt\", \"alt\": \"丙\"}, {\"picture\": "
                    "\"data:image/png,abc\", \"alt\": \"丁\"}, "
                    "{\"picture\": \"data:image/png;base64,abc\", \"alt\": \"戊\"}");
    assert_int_equal(nb_load_pictures(document, NB_TESTS_DIR, t->arena, t->findings),
                     NB_E_RESOURCE);
    assert_int_equal(nb_findings_count(t->findings), 5);
    for (size_t i = 0; i < 5; i++) {
        const nb_finding *finding = nb_findings_lookup(t->findings, i);
        assert_string_equal(finding->rule, "IMG");
        assert_int_equal(finding->severity, NB_ERROR);
        assert_true(finding->line > 0 && finding->column > 0 && finding->hint[0]);
        assert_string_equal(finding->pointer,
                            nb_arena_print(t->arena, "/sections/problems/%zu/picture", i));
    }
}

static void without_a_folder_no_file_is_read(void **state)
{
    report_test *t = *state;
    nb_document *document = composed(t, "{\"picture\": \"one.png\", \"alt\": \"甲\"}");
    assert_int_equal(nb_load_pictures(document, NULL, t->arena, t->findings), NB_E_RESOURCE);
    assert_non_null(strstr(only_finding(t)->message, "没有文件夹"));
}

static nb_publication *built(report_test *t, nb_library *library, nb_report **report)
{
    nb_publication *publication = NULL;
    const char *json = replaced(t, minimal_json(t), "\"problems\": [",
                                "\"problems\": [{\"picture\": \"" PIXEL
                                "\", \"alt\": \"一点\", \"caption\": \"图1\"}, ");
    assert_int_equal(nb_report_load(library, json, strlen(json), "r.json", t->findings, report),
                     NB_OK);
    assert_int_equal(nb_publication_build(library, *report, NULL, t->findings, &publication),
                     NB_OK);
    return publication;
}

static void every_format_is_written_alike_twice(void **state)
{
    report_test *t = *state;
    nb_library_options options = { .data_dir = NB_TESTS_DIR "/.." };
    nb_library *library;
    nb_report *reports[2];
    assert_int_equal(nb_library_new(&options, t->findings, &library), NB_OK);
    nb_publication *first = built(t, library, &reports[0]),
                   *second = built(t, library, &reports[1]);
    for (nb_format format = NB_PDF; format <= NB_TRACE; format++) {
        const unsigned char *bytes[2];
        size_t lengths[2];
        assert_int_equal(nb_publication_write(first, format, t->findings, &bytes[0], &lengths[0]),
                         NB_OK);
        assert_int_equal(nb_publication_write(second, format, t->findings, &bytes[1], &lengths[1]),
                         NB_OK);
        assert_int_equal(lengths[0], lengths[1]);
        assert_memory_equal(bytes[0], bytes[1], lengths[0]);
        const char *part = format == NB_HTML ? "<figure><img alt=\"一点\" width=\"1\" height=\"1\""
                           : format == NB_TRACE ? " png 1x1\n"
                           : format == NB_PDF   ? "/Subtype/Image"
                           : format == NB_DOCX  ? "word/media/picture1.png"
                                                : "Doc_0/Res/picture_1.png";
        const char *text = nb_arena_copy(t->arena, bytes[0], lengths[0]);
        bool holds = false;
        for (size_t i = 0; i + strlen(part) <= lengths[0] && !holds; i++)
            holds = memcmp(text + i, part, strlen(part)) == 0;
        assert_true(holds);
    }
    nb_publication_drop(first);
    nb_publication_drop(second);
    nb_report_drop(reports[0]);
    nb_report_drop(reports[1]);
    nb_library_drop(library);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        REPORT_TEST(an_item_may_be_a_picture),
        REPORT_TEST(what_is_wrong_with_it_is_told),
        REPORT_TEST(equal_pictures_are_one_image),
        REPORT_TEST(each_picture_that_cannot_be_had_is_told),
        REPORT_TEST(without_a_folder_no_file_is_read),
        REPORT_TEST(every_format_is_written_alike_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
