/*
 * word/footer1.xml and footer2.xml (17.10): the page number, at the outer edge of the paper (GB/T
 * 9704, 7.5).
 *
 *   w:ftr
 *     w:p   "— " PAGE " —"     odd pages: to the right; even pages: to the left
 */
#include "docx/parts.h"

static void write_words(nb_docx *docx, nb_xml *xml, const char *words)
{
    const nb_paragraph_style *style = docx->document->style->page_number;
    nb_span span = { .text = nb_string_of(words), .role = style->role };
    nb_text text = { .style = style, .spans = &span, .span_count = 1, .pointer = "" };
    nb_docx_write_short_text(docx, xml, &text);
}

static void write_field_mark(nb_xml *xml, const char *type)
{
    nb_xml_open(xml, "w:r");
    nb_xml_open(xml, "w:fldChar");
    nb_xml_attribute(xml, "w:fldCharType", type);
    nb_xml_close(xml, "w:fldChar");
    nb_xml_close(xml, "w:r");
}

/* A complex field (17.16.2): the form that word processors write themselves. */
static void write_page_field(nb_xml *xml)
{
    write_field_mark(xml, "begin");
    nb_xml_open(xml, "w:r");
    nb_xml_open(xml, "w:instrText");
    nb_xml_attribute(xml, "xml:space", "preserve");
    nb_xml_text(xml, NB_STRING(" PAGE "));
    nb_xml_close(xml, "w:instrText");
    nb_xml_close(xml, "w:r");
    write_field_mark(xml, "separate");
    nb_xml_open(xml, "w:r");
    nb_xml_element(xml, "w:t", NB_STRING("1"));
    nb_xml_close(xml, "w:r");
    write_field_mark(xml, "end");
}

static void write_footer(nb_docx *docx, nb_xml *xml, bool is_even)
{
    const nb_page_style *style = docx->document->style;
    int characters = 100 * style->page_number_inset_characters;
    nb_docx_open_root(xml, "w:ftr");
    nb_xml_open(xml, "w:p");
    nb_xml_open(xml, "w:pPr");
    nb_docx_value(xml, "w:pStyle", style->page_number->docx_id);
    nb_xml_open(xml, "w:ind");
    nb_xml_attribute_integer(xml, is_even ? "w:left" : "w:right",
                             nb_twips(style->page_number_inset));
    nb_xml_attribute_integer(xml, is_even ? "w:leftChars" : "w:rightChars", characters);
    nb_xml_close(xml, "w:ind");
    nb_docx_value(xml, "w:jc", is_even ? "left" : "right");
    nb_xml_close(xml, "w:pPr");
    write_words(docx, xml, style->page_number_before);
    write_page_field(xml);
    write_words(docx, xml, style->page_number_after);
    nb_xml_close(xml, "w:p");
    nb_xml_close(xml, "w:ftr");
}

void nb_docx_write_odd_footer(nb_docx *docx, nb_xml *xml)
{
    write_footer(docx, xml, false);
}

void nb_docx_write_even_footer(nb_docx *docx, nb_xml *xml)
{
    write_footer(docx, xml, true);
}
