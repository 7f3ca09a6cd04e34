/*
 * What the tests of the DOCX writer share: a document built by hand from the real page style and
 * form, a set of fonts of their own, so that no font need be installed, and XPath into the parts
 * that were written.
 */
#ifndef DOCX_FIXTURE_H
#define DOCX_FIXTURE_H

#include "fixture.h"

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <stdlib.h>
#include <zip.h>
#include "base/file.h"
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

enum { BLOCK_MAXIMUM = 32, PART_MAXIMUM = 32 };

typedef struct fixture {
    nb_arena *arena;
    nb_findings *findings;
    const nb_page_style *style;
    const nb_form *form;
    nb_document document;
    nb_block blocks[BLOCK_MAXIMUM];
    nb_string package;
    zip_t *archive;
    xmlDocPtr parts[PART_MAXIMUM]; /* as they were asked for */
    int part_count;
} fixture;

static nb_string read_layout(fixture *f, const char *name)
{
    nb_string json;
    const char *path = nb_arena_print(f->arena, "%s/../layouts/%s", NB_TESTS_DIR, name);
    assert_int_equal(nb_file_read(path, 1 << 20, f->arena, f->findings, &json), NB_OK);
    return json;
}

static int set_up(void **state)
{
    fixture *f = test_calloc(1, sizeof *f);
    f->arena = nb_arena_new();
    f->findings = nb_findings_new(NB_ENGLISH);
    assert_int_equal(nb_page_style_load(read_layout(f, "gbt9704.json"), "style", NULL, f->arena,
                                        f->findings, &f->style),
                     NB_OK);
    assert_int_equal(nb_form_load(read_layout(f, "annual-report-2021.json"), "form", f->arena,
                                  f->findings, &f->form),
                     NB_OK);
    f->document = (nb_document){
        .style = f->style,
        .blocks = f->blocks,
        .title = NB_STRING("某某局2022年<年度报告>"),
        .author = NB_STRING("某某局"),
        .subject = NB_STRING("政府信息公开工作年度报告"),
        .date = NB_STRING("2023-01-15"),
        .year = 2022,
        .report_json = NB_STRING("{\n    \"agency\": \"某某局 & <处>\",\n    \"year\": 2022\n}\n"),
    };
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    for (int i = 0; i < f->part_count; i++)
        xmlFreeDoc(f->parts[i]);
    if (f->archive)
        zip_discard(f->archive);
    nb_findings_drop(f->findings);
    nb_arena_drop(f->arena);
    test_free(f);
    return 0;
}

/* A text of one span in a style of the page style; role NULL is the style's own. */
static nb_text make_text(fixture *f, const char *style, const char *role, const char *words)
{
    nb_text text = { .style = nb_page_style_lookup(f->style, nb_string_of(style)), .pointer = "" };
    assert_non_null(text.style);
    text.first_line_indent = text.style->first_line_indent;
    text.spans = NB_NEW(f->arena, nb_span);
    text.spans[0] =
        (nb_span){ .text = nb_string_of(words), .role = role ? role : text.style->role };
    text.span_count = 1;
    return text;
}

static nb_block *add_block(fixture *f, nb_block_kind kind, const char *style, const char *words)
{
    assert_true(f->document.block_count < BLOCK_MAXIMUM);
    nb_block *block = &f->blocks[f->document.block_count++];
    *block = (nb_block){ .kind = kind };
    if (kind != NB_BLOCK_TABLE)
        block->text = make_text(f, style, NULL, words);
    block->level = kind == NB_BLOCK_HEADING ? block->text.style->outline_level : 0;
    return block;
}

/* One of the form's tables, with 0 for every value. */
__attribute__((unused)) static nb_block *add_table(fixture *f, const char *name)
{
    const nb_form_table *form = NULL;
    for (int i = 0; i < f->form->table_count; i++)
        if (nb_string_is(f->form->tables[i].name, name))
            form = &f->form->tables[i];
    if (!form) {
        fail_msg("the form has no table %s", name);
        return NULL;
    }
    nb_table *table = NB_NEW(f->arena, nb_table);
    *table = (nb_table){ .form = form,
                         .columns = form->columns,
                         .column_count = form->column_count,
                         .row_count = form->row_count,
                         .head_rows = form->head_rows,
                         .cells = NB_NEW_ARRAY(f->arena, nb_cell, (size_t)form->cell_count),
                         .cell_count = form->cell_count };
    table->starts_page = NB_NEW_ARRAY(f->arena, bool, (size_t)form->row_count);
    table->keeps_with_next = NB_NEW_ARRAY(f->arena, bool, (size_t)form->row_count);
    for (int i = 0; i < form->cell_count; i++) {
        const nb_form_cell *from = &form->cells[i];
        const char *style = nb_arena_print(f->arena, "table_%s", from->role);
        const char *words = nb_arena_copy(f->arena, from->text.data, from->text.length);
        table->cells[i] =
            (nb_cell){ .text = make_text(f, style, NULL, from->slot < 0 ? words : "0"),
                       .row = from->row,
                       .column = from->column,
                       .row_span = from->row_span,
                       .column_span = from->column_span,
                       .is_value = from->slot >= 0,
                       .role = from->role,
                       .scale = 100 };
    }
    nb_block *block = add_block(f, NB_BLOCK_TABLE, NULL, NULL);
    block->table = table;
    return block;
}

static void write_package(fixture *f)
{
    static const nb_fonts fonts = { 0 };
    assert_int_equal(nb_docx_write(&f->document, &fonts, NULL, f->arena, f->findings, &f->package),
                     NB_OK);
    zip_source_t *source = zip_source_buffer_create(f->package.data, f->package.length, 0, NULL);
    f->archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, NULL);
    assert_non_null(f->archive);
}

/* The bytes of a part, or an empty string without data when there is no such part. */
static nb_string read_part(fixture *f, const char *name)
{
    zip_stat_t stat;
    if (zip_stat(f->archive, name, 0, &stat) != 0)
        return (nb_string){ NULL, 0 };
    char *bytes = nb_arena_alloc(f->arena, (size_t)stat.size + 1);
    zip_file_t *file = zip_fopen(f->archive, name, 0);
    assert_non_null(file);
    assert_int_equal(zip_fread(file, bytes, stat.size), stat.size);
    zip_fclose(file);
    return (nb_string){ bytes, (size_t)stat.size };
}

/* A part as a tree; it must be well-formed. */
static xmlDocPtr parse_part(fixture *f, const char *name)
{
    nb_string bytes = read_part(f, name);
    assert_non_null(bytes.data);
    xmlDocPtr document = xmlReadMemory(bytes.data, (int)bytes.length, name, NULL, XML_PARSE_NONET);
    assert_non_null(document);
    assert_true(f->part_count < PART_MAXIMUM);
    f->parts[f->part_count++] = document;
    return document;
}

static xmlXPathObjectPtr evaluate(xmlDocPtr document, const char *expression)
{
    static const char *const namespaces[][2] = {
        { "w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main" },
        { "r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships" },
        { "t", "http://schemas.openxmlformats.org/package/2006/content-types" },
        { "rel", "http://schemas.openxmlformats.org/package/2006/relationships" },
        { "n", "urn:nianbao:report:1" },
        { "dc", "http://purl.org/dc/elements/1.1/" },
        { "dcterms", "http://purl.org/dc/terms/" },
        { "cu", "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" },
    };
    xmlXPathContextPtr context = xmlXPathNewContext(document);
    for (size_t i = 0; i < sizeof namespaces / sizeof namespaces[0]; i++)
        xmlXPathRegisterNs(context, BAD_CAST namespaces[i][0], BAD_CAST namespaces[i][1]);
    xmlXPathObjectPtr result = xmlXPathEvalExpression(BAD_CAST expression, context);
    xmlXPathFreeContext(context);
    if (!result)
        fail_msg("not an XPath: %s", expression);
    return result;
}

static int count_of(xmlDocPtr document, const char *nodes)
{
    xmlXPathObjectPtr result = evaluate(document, nodes);
    int count = result->nodesetval ? result->nodesetval->nodeNr : 0;
    xmlXPathFreeObject(result);
    return count;
}

/* The value of an expression as a string, in the arena. */
static const char *string_of(fixture *f, xmlDocPtr document, const char *expression)
{
    xmlXPathObjectPtr result = evaluate(document, expression);
    xmlChar *value = xmlXPathCastToString(result);
    const char *copy = nb_arena_copy(f->arena, value, strlen((const char *)value));
    xmlFree(value);
    xmlXPathFreeObject(result);
    return copy;
}

#define assert_xpath(f, document, expression, expected)                                            \
    assert_string_equal(string_of(f, document, expression), expected)

/* The values of many nodes, separated by blanks. */
__attribute__((unused)) static const char *list_of(fixture *f, xmlDocPtr document,
                                                   const char *nodes)
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
