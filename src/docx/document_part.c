/*
 * word/document.xml (17.2):
 *
 *   w:document
 *     w:body
 *       w:p …      title, headings, paragraphs
 *       w:p …      a picture, and then its caption    picture_part.c
 *       w:tbl …    tables, never two without a paragraph between them
 *       w:sectPr   headers and footers, paper, text block
 */
#include "docx/parts.h"

/*
 * The indents that layout found, where they are not the style's. Counted in characters they would
 * scale with the font, so they are not.
 */
static void write_indents(nb_xml *xml, const nb_text *text)
{
    if (text->left_indent == 0 && text->first_line_indent == text->style->first_line_indent)
        return;
    nb_xml_open(xml, "w:ind");
    nb_xml_attribute_integer(xml, "w:left", nb_twips(text->left_indent));
    nb_xml_attribute(xml, "w:firstLineChars", "0");
    if (text->first_line_indent < 0)
        nb_xml_attribute_integer(xml, "w:hanging", -nb_twips(text->first_line_indent));
    else
        nb_xml_attribute_integer(xml, "w:firstLine", nb_twips(text->first_line_indent));
    nb_xml_close(xml, "w:ind");
}

/* All that is the report's own; the form's words stay locked. */
static void write_editable_text(nb_docx *docx, nb_xml *xml, const nb_block *block)
{
    const nb_form *form = docx->document->form;
    const char *pointer = block->text.pointer;
    bool is_signed =
        block->closing == NB_CLOSING_SIGNATURE || block->closing == NB_CLOSING_SIGNATURE_DATE;
    if (block->kind == NB_BLOCK_TITLE)
        nb_docx_write_line_controls(docx, xml, &block->text, form->slots[form->title_slot].pointer);
    else if (*pointer)
        nb_docx_write_text_control(docx, xml, &block->text, pointer, is_signed);
    else
        nb_docx_write_runs(docx, xml, &block->text, 100);
}

static void write_paragraph(nb_docx *docx, nb_xml *xml, const nb_block *block)
{
    nb_xml_open(xml, "w:p");
    nb_xml_open(xml, "w:pPr");
    nb_docx_value(xml, "w:pStyle", block->text.style->docx_id);
    if (block->kind == NB_BLOCK_PICTURE) /* the caption stays whole, with its picture */
        nb_docx_switch(xml, "w:keepLines", true);
    if (block->page_break_before)
        nb_docx_switch(xml, "w:pageBreakBefore", true);
    write_indents(xml, &block->text);
    nb_docx_write_end_change(docx, xml, block->end_change);
    if (block->before) {
        nb_docx_open_properties_change(docx, xml);
        nb_xml_open(xml, "w:pPr");
        nb_docx_value(xml, "w:pStyle", block->before->style->docx_id);
        write_indents(xml, block->before);
        nb_xml_close(xml, "w:pPr");
        nb_xml_close(xml, "w:pPrChange");
    }
    nb_xml_close(xml, "w:pPr");
    if (nb_docx_is_editable(docx))
        write_editable_text(docx, xml, block);
    else
        nb_docx_write_runs(docx, xml, &block->text, 100);
    nb_xml_close(xml, "w:p");
}

/*
 * Without a paragraph between them two tables are read as one, and a body may not end in a table.
 * This one takes the height that layout left for it.
 */
static void write_separator(nb_xml *xml)
{
    nb_xml_open(xml, "w:p");
    nb_xml_open(xml, "w:pPr");
    nb_xml_open(xml, "w:spacing");
    nb_xml_attribute(xml, "w:before", "0");
    nb_xml_attribute(xml, "w:after", "0");
    nb_xml_attribute_integer(xml, "w:line", nb_twips(NB_BETWEEN_TABLES));
    nb_xml_attribute(xml, "w:lineRule", "exact");
    nb_xml_close(xml, "w:spacing");
    nb_xml_open(xml, "w:rPr");
    nb_docx_number(xml, "w:sz", 2);
    nb_xml_close(xml, "w:rPr");
    nb_xml_close(xml, "w:pPr");
    nb_xml_close(xml, "w:p");
}

static void write_margin_reference(nb_xml *xml, const char *name, const char *type,
                                   const char *relationship)
{
    nb_xml_open(xml, name);
    nb_xml_attribute(xml, "w:type", type);
    nb_xml_attribute(xml, "r:id", relationship);
    nb_xml_close(xml, name);
}

/* In twips: 15 mm, where no header stands. */
enum { USUAL_HEADER = 851 };

/*
 * A grid of lines or characters is not set: word processors count 28 × 22 differently on one. Pitch
 * and tracking of the styles give it everywhere alike.
 */
static void write_section(nb_xml *xml, const nb_document *document)
{
    const nb_page_style *style = document->style;
    nb_xml_open(xml, "w:sectPr");
    if (document->is_draft) {
        write_margin_reference(xml, "w:headerReference", "default", NB_DOCX_ODD_HEADER);
        write_margin_reference(xml, "w:headerReference", "even", NB_DOCX_EVEN_HEADER);
    }
    write_margin_reference(xml, "w:footerReference", "default", NB_DOCX_ODD_FOOTER);
    write_margin_reference(xml, "w:footerReference", "even", NB_DOCX_EVEN_FOOTER);
    nb_xml_open(xml, "w:pgSz");
    nb_xml_attribute_integer(xml, "w:w", nb_twips(style->paper_width));
    nb_xml_attribute_integer(xml, "w:h", nb_twips(style->paper_height));
    nb_xml_close(xml, "w:pgSz");
    nb_xml_open(xml, "w:pgMar");
    /*
     * The margins are what is left of the paper in twips, so that the text block keeps its exact
     * size.
     */
    nb_xml_attribute_integer(xml, "w:top", nb_twips(style->top));
    nb_xml_attribute_integer(xml, "w:right",
                             nb_twips(style->paper_width) - nb_twips(style->left) -
                                 nb_twips(style->text_width));
    nb_xml_attribute_integer(xml, "w:bottom",
                             nb_twips(style->paper_height) - nb_twips(style->top) -
                                 nb_twips(style->text_height));
    nb_xml_attribute_integer(xml, "w:left", nb_twips(style->left));
    nb_xml_attribute_integer(
        xml, "w:header", document->is_draft ? nb_twips(style->draft_mark.distance) : USUAL_HEADER);
    nb_xml_attribute_integer(xml, "w:footer", nb_twips(style->page_number.distance));
    nb_xml_attribute(xml, "w:gutter", "0");
    nb_xml_close(xml, "w:pgMar");
    nb_xml_open(xml, "w:docGrid");
    nb_xml_attribute_integer(xml, "w:linePitch", nb_twips(style->body->pitch));
    nb_xml_close(xml, "w:docGrid");
    nb_xml_close(xml, "w:sectPr");
}

void nb_docx_write_document(nb_docx *docx, nb_xml *xml)
{
    const nb_document *document = docx->document;
    nb_docx_open_root(xml, "w:document");
    nb_xml_open(xml, "w:body");
    bool after_table = false;
    for (int i = 0; i < document->block_count; i++) {
        const nb_block *block = &document->blocks[i];
        bool is_table = block->kind == NB_BLOCK_TABLE;
        if (nb_docx_is_editable(docx))
            nb_docx_enter_section(docx, xml, block);
        if (is_table && after_table)
            write_separator(xml);
        if (is_table)
            nb_docx_write_table(docx, xml, block);
        if (block->kind == NB_BLOCK_PICTURE)
            nb_docx_write_picture(docx, xml, block);
        if (!is_table && (block->kind != NB_BLOCK_PICTURE || nb_block_has_caption(block)))
            write_paragraph(docx, xml, block);
        after_table = is_table;
    }
    if (nb_docx_is_editable(docx))
        nb_docx_enter_section(docx, xml, NULL);
    if (after_table)
        write_separator(xml);
    write_section(xml, document);
    nb_xml_close(xml, "w:body");
    nb_xml_close(xml, "w:document");
}
