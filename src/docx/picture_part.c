/*
 * Pictures:
 *
 *   word/document.xml          w:p ── w:r ── w:drawing ── wp:inline ── a:graphic ── pic:pic    20.4.2.8, 20.2.2.5
 *   word/_rels/document.xml.rels   rIdPicture1 …
 *   word/media/picture1.png …      the files as they were given
 *
 * The picture is a character of its paragraph. The style's exact line pitch would cut it off, so
 * the paragraph has a line as high as layout made it, of the smallest type, whose descent fits into
 * the room that layout left.
 */
#include "docx/parts.h"

#define DRAWING "http://schemas.openxmlformats.org/drawingml/2006/"

const char *nb_docx_picture_name(const nb_docx *docx, int index)
{
    return nb_arena_print(docx->arena, "media/picture%d.%s", index + 1,
                          nb_image_format_name(docx->document->images[index]));
}

const char *nb_docx_picture_relationship(const nb_docx *docx, int index)
{
    return nb_arena_print(docx->arena, "rIdPicture%d", index + 1);
}

static void write_size(nb_xml *xml, const char *name, const nb_picture *picture)
{
    nb_xml_open(xml, name);
    nb_xml_attribute_integer(xml, "cx", picture->width);
    nb_xml_attribute_integer(xml, "cy", picture->height);
    nb_xml_close(xml, name);
}

static void write_names(nb_docx *docx, nb_xml *xml, const char *name, const nb_picture *picture)
{
    nb_xml_open(xml, name);
    nb_xml_attribute_integer(xml, "id", docx->drawing_count);
    nb_xml_attribute(xml, "name", nb_arena_print(docx->arena, "图片 %d", docx->drawing_count));
    nb_xml_attribute_string(xml, "descr", picture->alt);
    nb_xml_close(xml, name);
}

static void write_shape(nb_xml *xml, const nb_picture *picture)
{
    nb_xml_open(xml, "pic:spPr");
    nb_xml_open(xml, "a:xfrm");
    nb_xml_open(xml, "a:off");
    nb_xml_attribute(xml, "x", "0");
    nb_xml_attribute(xml, "y", "0");
    nb_xml_close(xml, "a:off");
    write_size(xml, "a:ext", picture);
    nb_xml_close(xml, "a:xfrm");
    nb_xml_open(xml, "a:prstGeom");
    nb_xml_attribute(xml, "prst", "rect");
    nb_xml_empty(xml, "a:avLst");
    nb_xml_close(xml, "a:prstGeom");
    nb_xml_close(xml, "pic:spPr");
}

static void write_graphic(nb_docx *docx, nb_xml *xml, const nb_picture *picture)
{
    int index = nb_document_image_index(docx->document, picture->image);
    nb_xml_open(xml, "a:graphic");
    nb_xml_attribute(xml, "xmlns:a", DRAWING "main");
    nb_xml_open(xml, "a:graphicData");
    nb_xml_attribute(xml, "uri", DRAWING "picture");
    nb_xml_open(xml, "pic:pic");
    nb_xml_attribute(xml, "xmlns:pic", DRAWING "picture");
    nb_xml_open(xml, "pic:nvPicPr");
    write_names(docx, xml, "pic:cNvPr", picture);
    nb_xml_empty(xml, "pic:cNvPicPr");
    nb_xml_close(xml, "pic:nvPicPr");
    nb_xml_open(xml, "pic:blipFill");
    nb_xml_open(xml, "a:blip");
    nb_xml_attribute(xml, "r:embed", nb_docx_picture_relationship(docx, index));
    nb_xml_close(xml, "a:blip");
    nb_xml_open(xml, "a:stretch");
    nb_xml_empty(xml, "a:fillRect");
    nb_xml_close(xml, "a:stretch");
    nb_xml_close(xml, "pic:blipFill");
    write_shape(xml, picture);
    nb_xml_close(xml, "pic:pic");
    nb_xml_close(xml, "a:graphicData");
    nb_xml_close(xml, "a:graphic");
}

static void write_drawing(nb_docx *docx, nb_xml *xml, const nb_picture *picture)
{
    docx->drawing_count++; /* from 1, each once in the document */
    nb_xml_open(xml, "w:drawing");
    nb_xml_open(xml, "wp:inline");
    nb_xml_attribute(xml, "xmlns:wp", DRAWING "wordprocessingDrawing");
    /* Readers take margins of their own where none are told. */
    static const char *const distances[] = { "distT", "distB", "distL", "distR" };
    for (size_t i = 0; i < sizeof distances / sizeof distances[0]; i++)
        nb_xml_attribute(xml, distances[i], "0");
    write_size(xml, "wp:extent", picture);
    write_names(docx, xml, "wp:docPr", picture);
    write_graphic(docx, xml, picture);
    nb_xml_close(xml, "wp:inline");
    nb_xml_close(xml, "w:drawing");
}

/* change is that of the paragraph's end, kept in the properties of a run. */
static void write_smallest_type(nb_docx *docx, nb_xml *xml, nb_change change)
{
    nb_xml_open(xml, "w:rPr");
    nb_docx_write_change(docx, xml, change);
    nb_docx_number(xml, "w:sz", 2);
    nb_docx_number(xml, "w:szCs", 2);
    nb_xml_close(xml, "w:rPr");
}

void nb_docx_write_picture(nb_docx *docx, nb_xml *xml, const nb_block *block)
{
    const nb_paragraph_style *style = block->text.style;
    bool has_caption = nb_block_has_caption(block);
    nb_xml_open(xml, "w:p");
    nb_xml_open(xml, "w:pPr");
    nb_docx_value(xml, "w:pStyle", style->docx_id);
    if (has_caption)
        nb_docx_switch(xml, "w:keepNext", true);
    nb_xml_open(xml, "w:spacing");
    nb_xml_attribute_integer(xml, "w:before", nb_twips(style->space_before));
    nb_xml_attribute_integer(xml, "w:after", has_caption ? 0 : nb_twips(style->space_after));
    nb_xml_attribute_integer(xml, "w:line", nb_twips(block->picture->box_height));
    nb_xml_attribute(xml, "w:lineRule", "atLeast");
    nb_xml_close(xml, "w:spacing");
    nb_xml_open(xml, "w:ind");
    nb_xml_attribute(xml, "w:firstLine", "0");
    nb_xml_attribute(xml, "w:firstLineChars", "0");
    nb_xml_close(xml, "w:ind");
    nb_docx_value(xml, "w:jc", "center");
    write_smallest_type(docx, xml, has_caption ? block->change : block->end_change);
    nb_xml_close(xml, "w:pPr");
    nb_docx_open_change(docx, xml, block->change);
    nb_xml_open(xml, "w:r");
    write_smallest_type(docx, xml, NB_KEPT);
    write_drawing(docx, xml, block->picture);
    nb_xml_close(xml, "w:r");
    nb_docx_close_change(xml, block->change);
    nb_xml_close(xml, "w:p");
}
