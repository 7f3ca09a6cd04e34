/*
 * word/footer1.xml and footer2.xml (17.10): the page number, at the outer edge of the paper (GB/T
 * 9704, 7.5); word/header1.xml and header2.xml: the mark of a draft.
 *
 *   w:ftr
 *     w:p   "— " PAGE " —"     odd pages: to the right; even pages: to the left
 *   w:hdr
 *     w:p   the mark
 */
#include "docx/parts.h"

static void write_words(nb_docx *docx, nb_xml *xml, const nb_paragraph_style *style,
                        const char *words)
{
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

/* Flush right means the outer edge, which is at the left of even pages. */
static void write_outer_edge(nb_xml *xml, const nb_margin_line *line, bool is_even)
{
    nb_xml_open(xml, "w:ind");
    nb_xml_attribute_integer(xml, is_even ? "w:left" : "w:right", nb_twips(line->inset));
    nb_xml_attribute_integer(xml, is_even ? "w:leftChars" : "w:rightChars",
                             (int64_t)100 * line->inset_characters);
    nb_xml_close(xml, "w:ind");
    nb_docx_value(xml, "w:jc", is_even ? "left" : "right");
}

static void write_line(nb_docx *docx, nb_xml *xml, const char *root, const nb_margin_line *line,
                       bool is_even)
{
    nb_docx_open_root(xml, root);
    nb_xml_open(xml, "w:p");
    nb_xml_open(xml, "w:pPr");
    nb_docx_value(xml, "w:pStyle", line->style->docx_id);
    if (line->style->align == NB_ALIGN_RIGHT)
        write_outer_edge(xml, line, is_even);
    nb_xml_close(xml, "w:pPr");
    write_words(docx, xml, line->style, line->before);
    if (line->has_number)
        write_page_field(xml);
    write_words(docx, xml, line->style, line->after);
    nb_xml_close(xml, "w:p");
    nb_xml_close(xml, root);
}

void nb_docx_write_odd_footer(nb_docx *docx, nb_xml *xml)
{
    write_line(docx, xml, "w:ftr", &docx->document->style->page_number, false);
}

void nb_docx_write_even_footer(nb_docx *docx, nb_xml *xml)
{
    write_line(docx, xml, "w:ftr", &docx->document->style->page_number, true);
}

void nb_docx_write_odd_header(nb_docx *docx, nb_xml *xml)
{
    write_line(docx, xml, "w:hdr", &docx->document->style->draft_mark, false);
}

void nb_docx_write_even_header(nb_docx *docx, nb_xml *xml)
{
    write_line(docx, xml, "w:hdr", &docx->document->style->draft_mark, true);
}
