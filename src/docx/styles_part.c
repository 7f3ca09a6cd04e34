/*
 * word/styles.xml (17.7): a paragraph style for each of the page style's.
 *
 *   w:docDefaults          fonts and language of text that names none
 *   w:style Normal         the page style's body; all others are based on it
 *   w:style Heading1 …     every property that differs is written out, since the base sets them all
 *   w:style TableLabelRepeated
 */
#include "docx/parts.h"

/* Names that word processors know; any other style must say that it is the document's own. */
static bool is_built_in(const char *name)
{
    static const char *const names[] = { "Normal", "Title",   "Subtitle",  "Body Text", "header",
                                         "footer", "caption", "Signature", "Date" };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return strncmp(name, "heading ", 8) == 0;
}

static const char *align_name(nb_align align)
{
    switch (align) {
    case NB_ALIGN_LEFT:
        return "left";
    case NB_ALIGN_CENTER:
        return "center";
    case NB_ALIGN_RIGHT:
        return "right";
    case NB_ALIGN_JUSTIFY:
        return "both";
    }
    return "left";
}

static void write_spacing(nb_xml *xml, const nb_paragraph_style *style)
{
    nb_xml_open(xml, "w:spacing");
    nb_xml_attribute_integer(xml, "w:before", nb_twips(style->space_before));
    nb_xml_attribute_integer(xml, "w:after", nb_twips(style->space_after));
    nb_xml_attribute_integer(xml, "w:line", nb_twips(style->pitch));
    nb_xml_attribute(xml, "w:lineRule", "exact");
    nb_xml_close(xml, "w:spacing");
}

/*
 * What all styles say alike. overflowPunct stays out: a mark may hang then, and LibreOffice reads it
 * upside down.
 */
#define BREAKING                                                                                   \
    "<w:widowControl/><w:kinsoku/><w:wordWrap/><w:topLinePunct w:val=\"0\"/>"                      \
    "<w:autoSpaceDE/><w:autoSpaceDN/><w:snapToGrid w:val=\"0\"/>"

/* In the order of the schema. */
static void write_paragraph_properties(nb_xml *xml, const nb_paragraph_style *style,
                                       const nb_paragraph_style *base)
{
    nb_xml_open(xml, "w:pPr");
    if (style->keep_next)
        nb_docx_switch(xml, "w:keepNext", true);
    nb_xml_as_is(xml, NB_STRING(BREAKING));
    write_spacing(xml, style);
    int characters = 100 * style->first_line_characters; /* in hundredths */
    nb_xml_open(xml, "w:ind");
    nb_xml_attribute_integer(xml, "w:firstLine", nb_twips(style->first_line_indent));
    nb_xml_attribute_integer(xml, "w:firstLineChars", characters);
    nb_xml_close(xml, "w:ind");
    if (style->space_before || base->space_before) /* not between two paragraphs of the style */
        nb_docx_switch(xml, "w:contextualSpacing", style->space_before > 0);
    nb_docx_value(xml, "w:jc", align_name(style->align));
    if (style->outline_level > 0)
        nb_docx_number(xml, "w:outlineLvl", style->outline_level - 1);
    nb_xml_close(xml, "w:pPr");
}

static void write_fonts(nb_docx *docx, nb_xml *xml, const nb_paragraph_style *style)
{
    const char *latin = nb_docx_font_name(docx, style->latin_role, false);
    nb_xml_open(xml, "w:rFonts");
    nb_xml_attribute(xml, "w:ascii", latin);
    nb_xml_attribute(xml, "w:hAnsi", latin);
    nb_xml_attribute(xml, "w:eastAsia", nb_docx_font_name(docx, style->role, true));
    nb_xml_attribute(xml, "w:cs", latin);
    nb_xml_close(xml, "w:rFonts");
}

static void write_run_properties(nb_docx *docx, nb_xml *xml, const nb_paragraph_style *style)
{
    nb_xml_open(xml, "w:rPr");
    write_fonts(docx, xml, style);
    if (style->colour) {
        nb_buffer *digits = nb_buffer_new(docx->arena, 8);
        nb_buffer_hex(digits, style->colour, 6);
        nb_buffer_byte(digits, '\0');
        nb_docx_value(xml, "w:color", (const char *)digits->data);
    }
    nb_docx_number(xml, "w:spacing", nb_twips(style->tracking));
    nb_docx_number(xml, "w:sz", nb_docx_half_points(style->size));
    nb_docx_number(xml, "w:szCs", nb_docx_half_points(style->size));
    nb_xml_close(xml, "w:rPr");
}

static void open_style(nb_xml *xml, const char *id, const char *name, const char *base)
{
    nb_xml_open(xml, "w:style");
    nb_xml_attribute(xml, "w:type", "paragraph");
    if (!base)
        nb_xml_attribute(xml, "w:default", "1");
    else if (!is_built_in(name))
        nb_xml_attribute(xml, "w:customStyle", "1");
    nb_xml_attribute(xml, "w:styleId", id);
    nb_docx_value(xml, "w:name", name);
    if (base)
        nb_docx_value(xml, "w:basedOn", base);
}

static void write_style(nb_docx *docx, nb_xml *xml, const nb_paragraph_style *style)
{
    const nb_paragraph_style *body = docx->document->style->body;
    open_style(xml, style->docx_id, style->docx_name, style == body ? NULL : body->docx_id);
    if (style->outline_level > 0 || style == docx->document->style->title)
        nb_docx_value(xml, "w:next", body->docx_id);
    nb_xml_empty(xml, "w:qFormat");
    write_paragraph_properties(xml, style, body);
    write_run_properties(docx, xml, style);
    nb_xml_close(xml, "w:style");
}

static void write_defaults(nb_docx *docx, nb_xml *xml, const nb_paragraph_style *body)
{
    nb_xml_open(xml, "w:docDefaults");
    nb_xml_open(xml, "w:rPrDefault");
    nb_xml_open(xml, "w:rPr");
    write_fonts(docx, xml, body);
    nb_xml_open(xml, "w:lang");
    nb_xml_attribute(xml, "w:val", "en-US");
    nb_xml_attribute(xml, "w:eastAsia", "zh-CN");
    nb_xml_attribute(xml, "w:bidi", "ar-SA");
    nb_xml_close(xml, "w:lang");
    nb_xml_close(xml, "w:rPr");
    nb_xml_close(xml, "w:rPrDefault");
    nb_xml_empty(xml, "w:pPrDefault");
    nb_xml_close(xml, "w:docDefaults");
}

void nb_docx_write_styles(nb_docx *docx, nb_xml *xml)
{
    const nb_page_style *style = docx->document->style;
    nb_docx_open_root(xml, "w:styles");
    write_defaults(docx, xml, style->body);
    /* Readers look for the default style first. */
    write_style(docx, xml, style->body);
    for (int i = 0; i < style->style_count; i++)
        if (&style->styles[i] != style->body &&
            nb_page_style_uses(style, &style->styles[i], docx->document->is_draft))
            write_style(docx, xml, &style->styles[i]);
    open_style(xml, NB_DOCX_REPEATED_STYLE, "Table Label Repeated",
               nb_docx_group_style(docx)->docx_id);
    nb_xml_close(xml, "w:style");
    nb_xml_close(xml, "w:styles");
}
