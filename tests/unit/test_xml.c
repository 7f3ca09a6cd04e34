/* The XML emitter: what it writes, what it refuses, and that a reader gets back what was given. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <libxml/parser.h>
#include <libxml/tree.h>
#include "pack/xml.h"

#define DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

typedef struct fixture {
    nb_arena *arena;
    nb_xml xml;
} fixture;

static int set_up(void **state)
{
    fixture *f = test_calloc(1, sizeof *f);
    f->arena = nb_arena_new();
    nb_xml_begin(&f->xml, nb_buffer_new(f->arena, 1 << 20));
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    nb_arena_drop(f->arena);
    test_free(f);
    return 0;
}

static const char *written(const fixture *f)
{
    nb_buffer *buffer = f->xml.buffer;
    return nb_arena_copy(f->arena, buffer->data, buffer->length);
}

static void test_elements_nest_and_empty_ones_are_short(void **state)
{
    fixture *f = *state;
    nb_xml *xml = &f->xml;
    nb_xml_open(xml, "a");
    nb_xml_attribute(xml, "x", "1");
    nb_xml_attribute_integer(xml, "y", -25);
    nb_xml_empty(xml, "b");
    nb_xml_element(xml, "c", NB_STRING("年报"));
    nb_xml_close(xml, "a");
    assert_true(nb_xml_end(xml));
    assert_string_equal(written(f), DECLARATION "<a x=\"1\" y=\"-25\"><b/><c>年报</c></a>");
}

static void test_markup_is_escaped(void **state)
{
    fixture *f = *state;
    nb_xml *xml = &f->xml;
    nb_xml_open(xml, "a");
    nb_xml_attribute(xml, "x", "<\"&>\n");
    nb_xml_text(xml, NB_STRING("1 < 2 & \"3\" > 2"));
    nb_xml_close(xml, "a");
    assert_true(nb_xml_end(xml));
    assert_string_equal(written(f), DECLARATION "<a x=\"&lt;&quot;&amp;&gt;&#10;\">"
                                                "1 &lt; 2 &amp; \"3\" &gt; 2</a>");
}

static void test_a_reader_gets_the_same_text(void **state)
{
    fixture *f = *state;
    nb_xml *xml = &f->xml;
    const char *text =
        " “引号”\t—…\r\n\xC2\x85 \xEF\xBF\xBD \xF0\xA0\xAE\xB7 \xF4\x8F\xBF\xBF ]]> ";
    nb_xml_open(xml, "a");
    nb_xml_attribute(xml, "x", text);
    nb_xml_text(xml, nb_string_of(text));
    nb_xml_close(xml, "a");
    assert_true(nb_xml_end(xml));
    xmlDocPtr document = xmlReadMemory((const char *)xml->buffer->data, (int)xml->buffer->length,
                                       NULL, NULL, XML_PARSE_NONET);
    assert_non_null(document);
    xmlNodePtr root = xmlDocGetRootElement(document);
    xmlChar *content = xmlNodeGetContent(root);
    xmlChar *attribute = xmlGetProp(root, BAD_CAST "x");
    assert_string_equal((char *)content, text);
    assert_string_equal((char *)attribute, text);
    xmlFree(content);
    xmlFree(attribute);
    xmlFreeDoc(document);
}

static void test_forbidden_characters_fail(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *bytes;
        size_t length;
        uint32_t forbidden;
    } cases[] = {
        { "\x01", 1, 1 },
        { "\0", 1, 0 },
        { "a\x0B", 2, 0x0B },
        { "\x1F", 1, 0x1F },
        { "年\xEF\xBF\xBE", 6, 0xFFFE },
        { "\xEF\xBF\xBF", 3, 0xFFFF },
        { "\xFF", 1, NB_UTF8_INVALID },
        { "\x80", 1, NB_UTF8_INVALID },
        { "\xC0\x80", 2, NB_UTF8_INVALID },         /* NUL in two bytes */
        { "\xED\xA0\x80", 3, NB_UTF8_INVALID },     /* a surrogate */
        { "\xE5\xB9", 2, NB_UTF8_INVALID },         /* cut short */
        { "\xF4\x90\x80\x80", 4, NB_UTF8_INVALID }, /* past U+10FFFF */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (int in_attribute = 0; in_attribute < 2; in_attribute++) {
            nb_xml xml;
            nb_string bytes = { cases[i].bytes, cases[i].length };
            nb_xml_begin(&xml, nb_buffer_new(f->arena, 1000));
            nb_xml_open(&xml, "a");
            if (in_attribute)
                nb_xml_attribute_string(&xml, "x", bytes);
            else
                nb_xml_text(&xml, bytes);
            nb_xml_close(&xml, "a");
            assert_true(xml.failed);
            assert_int_equal(xml.forbidden, cases[i].forbidden);
            assert_false(nb_xml_end(&xml));
        }
    }
}

static void test_the_first_forbidden_character_is_kept(void **state)
{
    fixture *f = *state;
    nb_xml_open(&f->xml, "a");
    nb_xml_text(&f->xml, NB_STRING("\x02\x03"));
    nb_xml_text(&f->xml, NB_STRING("fine"));
    nb_xml_close(&f->xml, "a");
    assert_int_equal(f->xml.forbidden, 2);
    assert_false(nb_xml_end(&f->xml));
}

static void test_a_full_buffer_fails(void **state)
{
    fixture *f = *state;
    nb_xml xml;
    nb_xml_begin(&xml, nb_buffer_new(f->arena, 70));
    nb_xml_element(&xml, "a", NB_STRING("more text than the buffer takes"));
    assert_false(nb_xml_end(&xml));
    assert_false(xml.failed);
}

static void test_empty_text(void **state)
{
    fixture *f = *state;
    nb_xml_open(&f->xml, "a");
    nb_xml_attribute(&f->xml, "x", "");
    nb_xml_text(&f->xml, (nb_string){ NULL, 0 });
    nb_xml_close(&f->xml, "a");
    assert_true(nb_xml_end(&f->xml));
    assert_string_equal(written(f), DECLARATION "<a x=\"\"></a>");
}

/* What is written as it is must be what nb_xml_text would write without change or complaint. */
static void test_what_stands_for_itself_needs_no_escape(void **state)
{
    fixture *f = *state;
    nb_buffer *buffer = nb_buffer_new(f->arena, 64);
    for (uint32_t code_point = 0; code_point <= 0x10FFFF; code_point++) {
        char bytes[4];
        if (!nb_xml_stands_for_itself(code_point) || (code_point >= 0xD800 && code_point <= 0xDFFF))
            continue;
        nb_xml xml = { .buffer = buffer, .depth = 1 };
        buffer->length = 0;
        nb_string text = { bytes, (size_t)nb_utf8_encode(code_point, bytes) };
        nb_xml_text(&xml, text);
        nb_string out = { (const char *)buffer->data, buffer->length };
        assert_true(!xml.failed && nb_string_equal(out, text));
    }
    static const uint32_t others[] = { 0, '\t', '\r', '\n', 0x1F, '&', '<', '>', 0xFFFE, 0xFFFF };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(nb_xml_stands_for_itself(others[i]));
}

static void test_elements_are_written_again(void **state)
{
    fixture *f = *state;
    nb_xml *xml = &f->xml;
    nb_xml_open(xml, "a");
    nb_xml_attribute(xml, "x", "1");
    size_t place = nb_xml_place(xml);
    nb_string none = nb_xml_since(xml, place, f->arena);
    nb_xml_empty(xml, "b");
    nb_xml_element(xml, "c", NB_STRING("<"));
    nb_string both = nb_xml_since(xml, place, f->arena);
    nb_xml_open(xml, "d");
    nb_xml_attribute(xml, "x", "2");
    nb_xml_as_is(xml, both);
    nb_xml_as_is(xml, none);
    nb_xml_close(xml, "d");
    nb_xml_close(xml, "a");
    assert_true(nb_xml_end(xml));
    assert_string_equal(written(f),
                        DECLARATION "<a x=\"1\"><b/><c>&lt;</c><d x=\"2\"><b/><c>&lt;</c></d></a>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_elements_nest_and_empty_ones_are_short, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_markup_is_escaped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_reader_gets_the_same_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_forbidden_characters_fail, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_first_forbidden_character_is_kept, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_full_buffer_fails, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_empty_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_elements_are_written_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_stands_for_itself_needs_no_escape, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
