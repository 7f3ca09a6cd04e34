/* Pages as SVG: they hold the text of the trace, the values' pointers and the shapes they use. */
#include "xml_fixture.h"

#include <stdio.h>

typedef struct svg_test {
    nb_findings *findings;
    nb_library *library;
    nb_report *report;
    nb_publication *publication;
} svg_test;

static int set_up(void **state)
{
    svg_test *t = calloc(1, sizeof *t);
    nb_library_options options = { .data_dir = NB_TESTS_DIR "/.." };
    nb_input *input;
    size_t length;
    t->findings = nb_findings_new(NB_CHINESE);
    assert_int_equal(nb_library_new(&options, t->findings, &t->library), NB_OK);
    assert_int_equal(
        nb_input_load(NB_TESTS_DIR "/../samples/provincial-city.json", t->findings, &input), NB_OK);
    const char *json = nb_input_lookup(input, &length);
    assert_int_equal(nb_report_load(t->library, json, length, "sample", t->findings, &t->report),
                     NB_OK);
    nb_input_drop(input);
    nb_build_options build = NB_BUILD_OPTIONS_INIT;
    build.force = true;
    assert_int_equal(
        nb_publication_build(t->library, t->report, &build, t->findings, &t->publication), NB_OK);
    *state = t;
    return 0;
}

static int tear_down(void **state)
{
    svg_test *t = *state;
    nb_publication_drop(t->publication);
    nb_report_drop(t->report);
    nb_library_drop(t->library);
    nb_findings_drop(t->findings);
    free(t);
    return 0;
}

static xmlDoc *page_of(svg_test *t, size_t page, bool shared_glyphs)
{
    const char *svg;
    size_t length;
    assert_int_equal(nb_publication_write_page_svg(t->publication, page, shared_glyphs, t->findings,
                                                   &svg, &length),
                     NB_OK);
    xmlDoc *document = xmlReadMemory(svg, (int)length, "page.svg", NULL, XML_PARSE_NONET);
    assert_non_null(document);
    return document;
}

/* The trace has a line `run … "text"` for each text of the pages, in the same order. */
static void test_text_is_that_of_the_pages(void **state)
{
    svg_test *t = *state;
    const unsigned char *trace;
    size_t length;
    assert_int_equal(nb_publication_write(t->publication, NB_TRACE, t->findings, &trace, &length),
                     NB_OK);
    char *ended = strndup((const char *)trace, length);
    const char *at = ended;
    size_t pages = nb_publication_page_count(t->publication);
    assert_true(pages > 3);
    for (size_t page = 0; page < pages; page++) {
        xmlDoc *document = page_of(t, page, true);
        xmlXPathObject *texts = evaluate(document, "//s:text");
        assert_true(texts->nodesetval->nodeNr > 0);
        for (int i = 0; i < texts->nodesetval->nodeNr; i++) {
            xmlChar *text = xmlNodeGetContent(texts->nodesetval->nodeTab[i]);
            at = strstr(at, "\nrun ");
            assert_non_null(at);
            at = strchr(at, '"') + 1;
            size_t size = strlen((const char *)text);
            assert_memory_equal(at, text, size);
            assert_memory_equal(at + size, "\"\n", 2);
            at += size + 1;
            xmlFree(text);
        }
        xmlXPathFreeObject(texts);
        xmlFreeDoc(document);
    }
    assert_null(strstr(at, "\nrun "));
    free(ended);
}

static void test_a_page_holds_the_shapes_it_uses(void **state)
{
    svg_test *t = *state;
    xmlDoc *document = page_of(t, 0, false);
    xmlXPathObject *uses = evaluate(document, "//s:use/@href");
    assert_true(uses->nodesetval->nodeNr > 200);
    for (int i = 0; i < uses->nodesetval->nodeNr; i++) {
        char expression[256];
        xmlChar *id = xmlNodeGetContent(uses->nodesetval->nodeTab[i]);
        assert_int_equal(id[0], '#');
        snprintf(expression, sizeof expression, "//s:defs/s:path[@id='%s']", id + 1);
        assert_int_equal(count_of(document, expression), 1);
        xmlFree(id);
    }
    xmlXPathFreeObject(uses);
    xmlFreeDoc(document);
}

static void test_values_have_their_pointers(void **state)
{
    svg_test *t = *state;
    int received = 0, overview = 0;
    for (size_t page = 0; page < nb_publication_page_count(t->publication); page++) {
        xmlDoc *document = page_of(t, page, true);
        received += count_of(document, "//s:g[@data-pointer='/requests/received/0']//s:text");
        overview += count_of(document, "//s:g[@data-pointer='/sections/overview/0']//s:text");
        assert_int_equal(count_of(document, "//s:defs"), 0);
        xmlFreeDoc(document);
    }
    assert_int_equal(received, 1);
    assert_true(overview > 1);
}

static void test_shapes_come_by_name(void **state)
{
    svg_test *t = *state;
    xmlDoc *page = page_of(t, 0, true);
    xmlXPathObject *use = evaluate(page, "(//s:use)[1]/@href");
    xmlChar *name = xmlNodeGetContent(use->nodesetval->nodeTab[0]);
    char *dot = strrchr((char *)name, '.'), *svg;
    uint32_t glyphs[] = { (uint32_t)strtoul(dot + 1, NULL, 10), 0xFFFFFF };
    size_t length;
    *dot = '\0';
    assert_int_equal(nb_library_write_glyphs_svg(t->library, (char *)name + 1, glyphs, 2,
                                                 t->findings, &svg, &length),
                     NB_OK);
    xmlDoc *shapes = xmlReadMemory(svg, (int)length, "glyphs.svg", NULL, XML_PARSE_NONET);
    assert_int_equal(count_of(shapes, "//s:defs/s:path[string-length(@d) > 10]"), 1);
    assert_int_equal(count_of(shapes, "//s:defs/s:path[@d='']"), 1);
    xmlFreeDoc(shapes);
    free(svg);
    assert_int_equal(nb_library_write_glyphs_svg(t->library, "NoSuchFace", glyphs, 1, t->findings,
                                                 &svg, &length),
                     NB_E_ARGUMENT);
    assert_null(svg);
    xmlFree(name);
    xmlXPathFreeObject(use);
    xmlFreeDoc(page);
}

static void test_there_is_no_page_after_the_last(void **state)
{
    svg_test *t = *state;
    const char *svg;
    size_t length, pages = nb_publication_page_count(t->publication);
    assert_int_equal(
        nb_publication_write_page_svg(t->publication, pages, false, t->findings, &svg, &length),
        NB_E_ARGUMENT);
    assert_null(svg);
}

#define SVG_TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SVG_TEST(test_text_is_that_of_the_pages),
        SVG_TEST(test_a_page_holds_the_shapes_it_uses),
        SVG_TEST(test_values_have_their_pointers),
        SVG_TEST(test_shapes_come_by_name),
        SVG_TEST(test_there_is_no_page_after_the_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
