#include "svg/svg.h"

#include "base/base64.h"
#include "svg/glyphs.h"

#include <stdlib.h>

/* Far more than any page, with its pictures. */
enum { LARGEST_PAGE = 512 << 20 };

/* Places are written in points with this many decimals: 0.01 pt is 3.5 µm. */
enum { DECIMALS = 2 };

typedef struct svg_page {
    const nb_pages *pages;
    const nb_page *page;
    nb_arena *arena;
    nb_xml *xml;
    nb_buffer *scratch;
    const nb_block *figure; /* that is open, or NULL */
} svg_page;

typedef struct glyph_key {
    const nb_face *face;
    uint32_t glyph;
} glyph_key;

static int64_t hundredths(nb_length length)
{
    int64_t scaled = (int64_t)length * 100, half = length < 0 ? -NB_PT / 2 : NB_PT / 2;
    return (scaled + half) / NB_PT;
}

static nb_buffer *fresh(svg_page *svg)
{
    svg->scratch->length = 0;
    return svg->scratch;
}

static void scratch_attribute(svg_page *svg, const char *name)
{
    nb_xml_attribute_string(svg->xml, name,
                            (nb_string){ (const char *)svg->scratch->data, svg->scratch->length });
}

static void length_attribute(svg_page *svg, const char *name, nb_length length)
{
    nb_buffer_decimal(fresh(svg), hundredths(length), DECIMALS);
    scratch_attribute(svg, name);
}

/* "translate(79.37 120.5) scale(0.016)": the run's place, and font units made points. */
static void transform_attribute(svg_page *svg, const nb_glyph_run *run, int upem)
{
    nb_buffer *out = fresh(svg);
    int64_t scale = (int64_t)run->size * 1000000 / NB_PT / upem;
    nb_buffer_text(out, "translate(");
    nb_buffer_decimal(out, hundredths(run->x), DECIMALS);
    nb_buffer_byte(out, ' ');
    nb_buffer_decimal(out, hundredths(run->baseline), DECIMALS);
    nb_buffer_text(out, ") scale(");
    nb_buffer_decimal(out, scale * run->scale / 100, 6);
    if (run->scale != 100) {
        nb_buffer_byte(out, ' ');
        nb_buffer_decimal(out, scale, 6);
    }
    nb_buffer_byte(out, ')');
    scratch_attribute(svg, "transform");
}

static void colour_attribute(svg_page *svg, uint32_t colour)
{
    nb_buffer *out = fresh(svg);
    nb_buffer_byte(out, '#');
    nb_buffer_hex(out, colour, 6);
    scratch_attribute(svg, "fill");
}

static void write_glyphs(svg_page *svg, const nb_glyph_run *run)
{
    nb_xml *xml = svg->xml;
    int upem = nb_face_describe(run->face)->upem;
    nb_xml_open(xml, "g");
    nb_xml_attribute(xml, "class", "glyphs");
    nb_xml_attribute(xml, "aria-hidden", "true");
    transform_attribute(svg, run, upem);
    if (run->colour)
        colour_attribute(svg, run->colour);
    for (int i = 0; i < run->glyph_count; i++) {
        const nb_placed_glyph *glyph = &run->glyphs[i];
        int64_t x = (int64_t)glyph->x * upem * 100 / run->scale / run->size;
        nb_buffer *out = fresh(svg);
        nb_buffer_byte(out, '#');
        nb_buffer_text(out, nb_svg_glyph_id(run->face, glyph->id, svg->arena));
        nb_xml_open(xml, "use");
        scratch_attribute(svg, "href");
        if (x != 0)
            nb_xml_attribute_integer(xml, "x", x);
        nb_xml_close(xml, "use");
    }
    nb_xml_close(xml, "g");
}

static void write_run(svg_page *svg, const nb_glyph_run *run)
{
    nb_xml *xml = svg->xml;
    write_glyphs(svg, run);
    nb_xml_open(xml, "text");
    length_attribute(svg, "x", run->x);
    length_attribute(svg, "y", run->baseline);
    length_attribute(svg, "font-size", run->size);
    if (run->width > 0)
        length_attribute(svg, "textLength", run->width);
    nb_xml_attribute(xml, "lengthAdjust", "spacingAndGlyphs");
    nb_xml_text(xml, run->text);
    nb_xml_close(xml, "text");
}

/* A rule is a line of its width from point to point. */
static void write_rule(svg_page *svg, const nb_rule_line *rule)
{
    nb_xml_open(svg->xml, "line");
    length_attribute(svg, "x1", rule->x0);
    length_attribute(svg, "y1", rule->y0);
    length_attribute(svg, "x2", rule->x1);
    length_attribute(svg, "y2", rule->y1);
    length_attribute(svg, "stroke-width", rule->width);
    nb_xml_close(svg->xml, "line");
}

static void write_image(svg_page *svg, const nb_placed_image *placed)
{
    nb_xml *xml = svg->xml;
    const nb_image *image = placed->image;
    nb_string data = nb_base64_encode(image->bytes, svg->arena);
    nb_buffer *address = nb_buffer_new(svg->arena, LARGEST_PAGE);
    nb_xml_open(xml, "image");
    length_attribute(svg, "x", placed->x);
    length_attribute(svg, "y", placed->y);
    length_attribute(svg, "width", placed->width);
    length_attribute(svg, "height", placed->height);
    nb_xml_attribute(xml, "preserveAspectRatio", "none");
    nb_buffer_text(address, "data:image/");
    nb_buffer_text(address, nb_image_format_name(image));
    nb_buffer_text(address, ";base64,");
    nb_buffer_add(address, data.data, data.length);
    nb_xml_attribute_string(xml, "href",
                            (nb_string){ (const char *)address->data, address->length });
    if (svg->figure && svg->figure->picture->alt.length)
        nb_xml_element(xml, "title", svg->figure->picture->alt);
    nb_xml_close(xml, "image");
}

static void begin_structure(svg_page *svg, const nb_structure *structure)
{
    const nb_text *text = NULL;
    if (structure->kind == NB_STRUCTURE_CELL)
        text = &structure->cell->text;
    else if (structure->kind != NB_STRUCTURE_TABLE && structure->kind != NB_STRUCTURE_ROW)
        text = &structure->block->text;
    svg->figure = structure->kind == NB_STRUCTURE_FIGURE ? structure->block : NULL;
    nb_xml_open(svg->xml, "g");
    if (text && text->pointer && *text->pointer)
        nb_xml_attribute(svg->xml, "data-pointer", text->pointer);
}

static void write_item(svg_page *svg, const nb_page_item *item)
{
    switch (item->kind) {
    case NB_ITEM_RUN:
        write_run(svg, &item->as.run);
        break;
    case NB_ITEM_RULE:
        write_rule(svg, &item->as.rule);
        break;
    case NB_ITEM_IMAGE:
        write_image(svg, &item->as.image);
        break;
    case NB_ITEM_BEGIN:
        begin_structure(svg, &item->as.structure);
        break;
    case NB_ITEM_BEGIN_ARTIFACT:
        nb_xml_open(svg->xml, "g");
        nb_xml_attribute(svg->xml, "aria-hidden", "true");
        break;
    case NB_ITEM_END:
    case NB_ITEM_END_ARTIFACT:
        nb_xml_close(svg->xml, "g");
        break;
    }
}

static int compare_keys(const void *left, const void *right)
{
    const glyph_key *a = left, *b = right;
    int order = strcmp(nb_face_describe(a->face)->postscript_name,
                       nb_face_describe(b->face)->postscript_name);
    if (order != 0)
        return order;
    return (a->glyph > b->glyph) - (a->glyph < b->glyph);
}

/* The shapes that the page uses, each once, by face and id. */
static void write_definitions(svg_page *svg)
{
    size_t count = 0, capacity = 0;
    for (int i = 0; i < svg->page->item_count; i++)
        if (svg->page->items[i].kind == NB_ITEM_RUN)
            capacity += (size_t)svg->page->items[i].as.run.glyph_count;
    glyph_key *keys = NB_NEW_ARRAY(svg->arena, glyph_key, capacity);
    for (int i = 0; i < svg->page->item_count; i++) {
        const nb_glyph_run *run = &svg->page->items[i].as.run;
        if (svg->page->items[i].kind != NB_ITEM_RUN)
            continue;
        for (int k = 0; k < run->glyph_count; k++)
            keys[count++] = (glyph_key){ run->face, run->glyphs[k].id };
    }
    if (count)
        qsort(keys, count, sizeof *keys, compare_keys);
    nb_xml_open(svg->xml, "defs");
    for (size_t i = 0; i < count; i++)
        if (i == 0 || compare_keys(&keys[i - 1], &keys[i]) != 0)
            nb_svg_write_glyph(svg->xml, keys[i].face, keys[i].glyph, svg->arena);
    nb_xml_close(svg->xml, "defs");
}

/* A page in a web page gets these rules from there, which a strict security policy asks for. */
static void write_style(nb_xml *xml)
{
    nb_xml_element(xml, "style",
                   NB_STRING("line{stroke:#000}text{fill:transparent;white-space:pre}"));
}

static void open_svg(nb_xml *xml)
{
    nb_xml_open(xml, "svg");
    nb_xml_attribute(xml, "xmlns", "http://www.w3.org/2000/svg");
}

static void view_box_attribute(svg_page *svg)
{
    nb_buffer *out = fresh(svg);
    nb_buffer_text(out, "0 0 ");
    nb_buffer_decimal(out, hundredths(svg->pages->width), DECIMALS);
    nb_buffer_byte(out, ' ');
    nb_buffer_decimal(out, hundredths(svg->pages->height), DECIMALS);
    scratch_attribute(svg, "viewBox");
}

nb_status nb_svg_write_page(const nb_document *document, const nb_pages *pages, int index,
                            nb_svg_glyphs glyphs, nb_arena *arena, nb_findings *findings,
                            nb_string *out)
{
    nb_xml xml;
    svg_page svg = { .pages = pages,
                     .page = &pages->pages[index],
                     .arena = arena,
                     .xml = &xml,
                     .scratch = nb_buffer_new(arena, 4096) };
    nb_xml_begin(&xml, nb_buffer_new(arena, LARGEST_PAGE));
    open_svg(&xml);
    view_box_attribute(&svg);
    length_attribute(&svg, "width", pages->width);
    length_attribute(&svg, "height", pages->height);
    nb_xml_attribute(&xml, "lang", "zh-CN");
    if (glyphs == NB_SVG_OWN_GLYPHS) {
        write_style(&xml);
        write_definitions(&svg);
    }
    for (int i = 0; i < svg.page->item_count; i++)
        write_item(&svg, &svg.page->items[i]);
    nb_xml_close(&xml, "svg");
    if (!nb_xml_end(&xml))
        return nb_xml_tell_failure(&xml, nb_arena_print(arena, "page-%d.svg", index + 1),
                                   (nb_place){ .file = document->name ? document->name : "" },
                                   findings);
    *out = (nb_string){ (const char *)xml.buffer->data, xml.buffer->length };
    return NB_OK;
}

void nb_svg_write_glyphs(const nb_face *face, const uint32_t *glyphs, int count, nb_arena *arena,
                         nb_string *out)
{
    nb_xml xml;
    nb_xml_begin(&xml, nb_buffer_new(arena, LARGEST_PAGE));
    open_svg(&xml);
    nb_xml_open(&xml, "defs");
    for (int i = 0; i < count; i++)
        nb_svg_write_glyph(&xml, face, glyphs[i], arena);
    nb_xml_close(&xml, "defs");
    nb_xml_close(&xml, "svg");
    *out = (nb_string){ (const char *)xml.buffer->data, xml.buffer->length };
}
