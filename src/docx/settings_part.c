/* word/settings.xml (17.15): what a word processor would otherwise decide by its own habit. */
#include "docx/parts.h"

static void write_compatibility(nb_xml *xml)
{
    nb_xml_open(xml, "w:compat");
    nb_xml_open(xml, "w:compatSetting");
    nb_xml_attribute(xml, "w:name", "compatibilityMode");
    nb_xml_attribute(xml, "w:uri", "http://schemas.microsoft.com/office/word");
    /*
     * That of Word 2013: in older modes a table moves left until its text stands at the block's
     * edge.
     */
    nb_xml_attribute(xml, "w:val", "15");
    nb_xml_close(xml, "w:compatSetting");
    nb_xml_close(xml, "w:compat");
}

void nb_docx_write_settings(nb_docx *docx, nb_xml *xml)
{
    nb_docx_open_root(xml, "w:settings");
    nb_xml_open(xml, "w:zoom");
    nb_xml_attribute(xml, "w:percent", "100");
    nb_xml_close(xml, "w:zoom");
    if (nb_docx_is_editable(docx)) { /* only what stands in a content control */
        nb_xml_open(xml, "w:documentProtection");
        nb_xml_attribute(xml, "w:edit", "forms");
        nb_xml_attribute(xml, "w:enforcement", "1");
        nb_xml_close(xml, "w:documentProtection");
    }
    nb_docx_number(xml, "w:defaultTabStop", 420);
    nb_docx_switch(xml, "w:evenAndOddHeaders", true);
    /* On the grid marks keep their full width; the compact profile halves them where they meet. */
    nb_docx_value(xml, "w:characterSpacingControl",
                  docx->document->style->compact ? "compressPunctuation" : "doNotCompress");
    write_compatibility(xml);
    nb_xml_close(xml, "w:settings");
}
