/*
 * customXml/item1.xml and itemProps1.xml (15.2.5, 15.2.6): the report itself, as its canonical
 * JSON.
 *
 *   <report xmlns="urn:nianbao:report:1" sha256="…">{ … }</report>
 *
 * Word processors keep such parts when they save, so that the file can be read back without
 * guessing.
 */
#include "docx/parts.h"

#define DATA_STORE "http://schemas.openxmlformats.org/officeDocument/2006/customXml"

void nb_docx_write_data(nb_docx *docx, nb_xml *xml)
{
    nb_xml_open(xml, "report");
    nb_xml_attribute(xml, "xmlns", NB_DOCX_DATA_NAMESPACE);
    nb_xml_attribute(xml, "sha256", docx->document->report_digest);
    nb_xml_text(xml, docx->document->report_json);
    nb_xml_close(xml, "report");
}

void nb_docx_write_data_properties(nb_docx *docx, nb_xml *xml)
{
    (void)docx;
    nb_xml_open(xml, "ds:datastoreItem");
    nb_xml_attribute(xml, "xmlns:ds", DATA_STORE);
    /* An item needs an id that no other item of the package has; there is no other. */
    nb_xml_attribute(xml, "ds:itemID", "{6E69616E-6261-4F31-8000-7265706F7274}");
    nb_xml_open(xml, "ds:schemaRefs");
    nb_xml_open(xml, "ds:schemaRef");
    nb_xml_attribute(xml, "ds:uri", NB_DOCX_DATA_NAMESPACE);
    nb_xml_close(xml, "ds:schemaRef");
    nb_xml_close(xml, "ds:schemaRefs");
    nb_xml_close(xml, "ds:datastoreItem");
}
