/*
 * What the tests of the DOCX writer share: a set of fonts of their own, so that no font need be
 * installed, and the parts that were written.
 */
#ifndef DOCX_FIXTURE_H
#define DOCX_FIXTURE_H

#include "document_fixture.h"
#include "package_fixture.h"

#include "docx/docx.h"

/* The writer asks the fonts three things, which are answered here in place of src/text. */
struct nb_face {
    nb_face_info info;
};
struct nb_fonts {
    int unused;
};

static struct nb_face chinese_face = { { .family = "FandolFang" } };
static struct nb_face latin_face = { { .family = "Liberation Serif" } };
static struct nb_face fallback_face = { { .family = "BabelStone Han" } };
static struct nb_face *chinese_chain[] = { &chinese_face, &fallback_face };
static struct nb_face *latin_chain[] = { &latin_face, &fallback_face };

/* The chain's first face draws all but the second planes and the letter ǚ. */
const nb_face *nb_font_role_face(const nb_font_role *role, uint32_t code_point, nb_arena *arena)
{
    (void)arena;
    bool is_rare = code_point > 0xFFFF || code_point == 0x1DA;
    return role->faces[is_rare ? 1 : 0];
}

const nb_face_info *nb_face_describe(const nb_face *face)
{
    return &face->info;
}

const nb_font_role *nb_fonts_role(const nb_fonts *fonts, const char *name)
{
    static const nb_font_role roles[] = {
        { "title", "方正小标宋简体", chinese_chain, 2, 1 },
        { "body", "仿宋_GB2312", chinese_chain, 2, 1 },
        { "kai", "楷体_GB2312", chinese_chain, 2, 1 },
        { "hei", "黑体", chinese_chain, 2, 1 },
        { "song", "宋体", chinese_chain, 2, 1 },
        { "latin", "Times New Roman", latin_chain, 2, 1 },
    };
    (void)fonts;
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
        if (strcmp(roles[i].name, name) == 0)
            return &roles[i];
    return NULL;
}

static int set_up_docx(void **state)
{
    set_up(state);
    fixture *f = *state;
    f->document.report_json =
        NB_STRING("{\n    \"agency\": \"某某局 & <处>\",\n    \"year\": 2022\n}\n");
    return 0;
}

#define DOCX_TEST(name) cmocka_unit_test_setup_teardown(name, set_up_docx, tear_down)

static void write_package(fixture *f)
{
    static const nb_fonts fonts = { 0 };
    assert_int_equal(nb_docx_write(&f->document, &fonts, NULL, f->arena, f->findings, &f->written),
                     NB_OK);
    f->archive = open_zip(f->written, f->arena);
}

/* A part as a tree; it must be well-formed. */
static xmlDocPtr parse_part(fixture *f, const char *name)
{
    return parse_xml(read_zip_part(f->archive, name, f->arena), name, f->arena);
}

#define assert_xpath(f, document, expression, expected)                                            \
    assert_string_equal(string_of(f, document, expression), expected)

/* The values of many nodes, separated by blanks. */
static inline const char *list_of(fixture *f, xmlDocPtr document, const char *nodes)
{
    xmlXPathObjectPtr result = evaluate(document, nodes);
    const char *list = "";
    for (int i = 0; result->nodesetval && i < result->nodesetval->nodeNr; i++) {
        xmlNodePtr node = result->nodesetval->nodeTab[i];
        xmlChar *value =
            node->type == XML_ATTRIBUTE_NODE ? xmlNodeGetContent(node) : xmlStrdup(node->name);
        list = nb_arena_print(f->arena, "%s%s%s", list, *list ? " " : "", (char *)value);
        xmlFree(value);
    }
    xmlXPathFreeObject(result);
    return list;
}

#endif
