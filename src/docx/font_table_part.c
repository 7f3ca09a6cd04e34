/*
 * word/fontTable.xml (17.8): each font that the other parts name, with what helps a word processor
 * that has not got it to choose another.
 */
#include "docx/parts.h"

/* Character sets by their Windows numbers, in hexadecimal. */
#define GB2312 "86"
#define ANSI "00"

void nb_docx_write_font_table(nb_docx *docx, nb_xml *xml)
{
    nb_docx_open_root(xml, "w:fonts");
    for (const nb_docx_font *font = docx->fonts_used; font; font = font->next) {
        nb_xml_open(xml, "w:font");
        nb_xml_attribute(xml, "w:name", font->name);
        nb_docx_value(xml, "w:charset", font->is_chinese ? GB2312 : ANSI);
        nb_docx_value(xml, "w:family", "auto");
        nb_docx_value(xml, "w:pitch", "variable");
        nb_xml_close(xml, "w:font");
    }
    nb_xml_close(xml, "w:fonts");
}
