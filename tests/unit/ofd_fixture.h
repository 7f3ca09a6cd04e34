/*
 * What the tests of src/ofd share: pages built by hand, and the package read back with libzip and
 * libxml2.
 */
#ifndef NB_TESTS_OFD_FIXTURE_H
#define NB_TESTS_OFD_FIXTURE_H

#include "package_fixture.h"
#include "pages_fixture.h"
#include "xml_fixture.h"

#include "ofd/ofd.h"
#include "text/face.h"

enum { LEFT = 28 * NB_MM };

typedef struct fixture {
    nb_arena *arena;
    nb_findings *findings;
    const nb_fonts *fonts;
    nb_document document;
    nb_pages pages;
    zip_t *archive;
} fixture;

static int setup(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    f->arena = nb_arena_new();
    f->findings = nb_findings_new(NB_ENGLISH);
    f->fonts = load_fonts(f->arena, f->findings);
    f->document = described_document();
    f->document.report_json = NB_STRING("{\"agency\": \"某市 <&>\"}\n");
    f->pages = (nb_pages){ .width = 210 * NB_MM, .height = 297 * NB_MM };
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    fixture *f = *state;
    nb_findings_drop(f->findings);
    nb_arena_drop(f->arena);
    free(f);
    return 0;
}

static nb_page *add_page(fixture *f)
{
    return append_page(&f->pages, f->arena);
}

static void add_rule(nb_page *page, nb_length x0, nb_length y0, nb_length x1, nb_length y1,
                     nb_length width)
{
    add_item(page, NB_ITEM_RULE)->as.rule = (nb_rule_line){ x0, y0, x1, y1, width };
}

/* The first face of a role's chain that draws the character. */
static const nb_face *face_for(fixture *f, const char *role, uint32_t code_point)
{
    const nb_face *face = nb_font_role_face(nb_fonts_role(f->fonts, role), code_point, f->arena);
    if (!face) {
        print_message("no font of the role %s draws U+%04X\n", role, (unsigned)code_point);
        skip();
    }
    return face;
}

/* A run of text that one face draws. */
static nb_glyph_run *add_run(fixture *f, nb_page *page, const nb_face *face, const char *text,
                             nb_length baseline)
{
    return place_run(page, face, nb_string_of(text), LEFT, baseline, 100, 0, f->arena);
}

static nb_glyph_run *add_body(fixture *f, nb_page *page, const char *text, nb_length baseline)
{
    return add_run(f, page, face_for(f, "body", 0x4E00), text, baseline);
}

typedef struct writing {
    fixture *f;
    nb_string out;
} writing;

static nb_status write_body(void *context)
{
    writing *w = context;
    return nb_ofd_write(&w->f->document, &w->f->pages, NULL, w->f->arena, w->f->findings, &w->out);
}

static nb_string write_ofd(fixture *f, nb_status expected)
{
    writing w = { f, { 0 } };
    assert_int_equal(nb_arena_run(f->arena, write_body, &w), expected);
    return w.out;
}

static void open_package(fixture *f)
{
    f->archive = open_zip(write_ofd(f, NB_OK), f->arena);
}

static nb_string read_part(fixture *f, const char *name)
{
    return read_zip_part(f->archive, name, f->arena);
}

static xmlDocPtr parse_part(fixture *f, const char *name)
{
    return parse_xml(read_part(f, name), name, f->arena);
}

/*
 * The value of an expression. Of several nodes all values, with blanks between them; an element
 * that has children gives its name.
 */
static const char *value_of(fixture *f, xmlDocPtr part, const char *expression)
{
    xmlXPathObjectPtr result = evaluate(part, expression);
    const char *value = "";
    if (result->type != XPATH_NODESET) {
        xmlChar *text = xmlXPathCastToString(result);
        value = nb_arena_print(f->arena, "%s", (char *)text);
        xmlFree(text);
    }
    for (int i = 0; result->nodesetval && i < result->nodesetval->nodeNr; i++) {
        xmlNodePtr node = result->nodesetval->nodeTab[i];
        bool is_name = node->type == XML_ELEMENT_NODE && xmlFirstElementChild(node);
        xmlChar *text = is_name ? xmlStrdup(node->name) : xmlNodeGetContent(node);
        value = nb_arena_print(f->arena, "%s%s%s", value, i ? " " : "", (char *)text);
        xmlFree(text);
    }
    xmlXPathFreeObject(result);
    return value;
}

#define assert_value(f, part, expression, expected)                                                \
    assert_string_equal(value_of(f, part, expression), expected)

static int number_of(fixture *f, xmlDocPtr part, const char *expression)
{
    return number_in(value_of(f, part, expression));
}

static xmlDocPtr first_page(fixture *f)
{
    open_package(f);
    return parse_part(f, "Doc_0/Pages/Page_0/Content.xml");
}

static void assert_near(double value, double expected, double tolerance)
{
    if (value < expected - tolerance || value > expected + tolerance)
        fail_msg("%g is not %g", value, expected);
}

#endif
