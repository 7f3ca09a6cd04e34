/*
 * customXml/item1.xml and itemProps1.xml (15.2.5, 15.2.6): the report itself, as its canonical
 * JSON.
 *
 *   <report xmlns="urn:nianbao:report:1" sha256="…">{ … }</report>      in a draft with draft="1"
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
    if (docx->document->is_draft)
        nb_xml_attribute(xml, "draft", "1");
    nb_xml_text(xml, docx->document->report_json);
    nb_xml_close(xml, "report");
}

static void write_item(nb_xml *xml, const char *id, const char *schema)
{
    nb_xml_open(xml, "ds:datastoreItem");
    nb_xml_attribute(xml, "xmlns:ds", DATA_STORE);
    nb_xml_attribute(xml, "ds:itemID", id);
    nb_xml_open(xml, "ds:schemaRefs");
    nb_xml_open(xml, "ds:schemaRef");
    nb_xml_attribute(xml, "ds:uri", schema);
    nb_xml_close(xml, "ds:schemaRef");
    nb_xml_close(xml, "ds:schemaRefs");
    nb_xml_close(xml, "ds:datastoreItem");
}

/* Each item needs an id that no other item of the package has. */
void nb_docx_write_data_properties(nb_docx *docx, nb_xml *xml)
{
    (void)docx;
    write_item(xml, "{6E69616E-6261-4F31-8000-7265706F7274}", NB_DOCX_DATA_NAMESPACE);
}

void nb_docx_write_values_properties(nb_docx *docx, nb_xml *xml)
{
    (void)docx;
    write_item(xml, NB_DOCX_VALUES_ID, NB_DOCX_VALUES_NAMESPACE);
}
