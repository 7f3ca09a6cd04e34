/*
 * Changes marked on a document (17.13.5), which whoever opens it can accept or reject:
 *
 *   w:ins ── w:r                    runs that were put in
 *   w:del ── w:r ── w:delText       runs that were taken out
 *   w:pPr ── w:rPr ── w:ins|w:del   a paragraph's end put in or taken out
 *   w:pPr ── w:pPrChange            the style that a paragraph had before
 *   w:trPr ── w:ins|w:del           a row of a table put in or taken out
 */
#include "docx/parts.h"

static const char *element_name(nb_change change)
{
    return change == NB_INSERTED ? "w:ins" : "w:del";
}

/* Each change has its number, and says who made it and when. */
static void open_element(nb_docx *docx, nb_xml *xml, const char *name)
{
    const nb_markup_origin *origin = docx->document->markup;
    nb_xml_open(xml, name);
    nb_xml_attribute_integer(xml, "w:id", ++docx->change_count);
    nb_xml_attribute_string(xml, "w:author", origin->author);
    if (origin->date.length)
        nb_xml_attribute(xml, "w:date",
                         nb_arena_print(docx->arena, "%.*sT00:00:00Z", (int)origin->date.length,
                                        origin->date.data));
}

void nb_docx_open_change(nb_docx *docx, nb_xml *xml, nb_change change)
{
    if (change != NB_KEPT)
        open_element(docx, xml, element_name(change));
}

void nb_docx_close_change(nb_xml *xml, nb_change change)
{
    if (change != NB_KEPT)
        nb_xml_close(xml, element_name(change));
}

void nb_docx_write_change(nb_docx *docx, nb_xml *xml, nb_change change)
{
    nb_docx_open_change(docx, xml, change);
    nb_docx_close_change(xml, change);
}

void nb_docx_write_end_change(nb_docx *docx, nb_xml *xml, nb_change change)
{
    if (change == NB_KEPT)
        return;
    nb_xml_open(xml, "w:rPr");
    nb_docx_write_change(docx, xml, change);
    nb_xml_close(xml, "w:rPr");
}

void nb_docx_open_properties_change(nb_docx *docx, nb_xml *xml)
{
    open_element(docx, xml, "w:pPrChange");
}
