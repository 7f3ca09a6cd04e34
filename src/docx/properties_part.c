/*
 * docProps/core.xml (29500-2, clause 11), app.xml (15.2.12.3) and custom.xml (15.2.12.2): what a
 * file manager shows. Dates are the report's own, and no person or machine is named: equal reports
 * give equal files.
 */
#include "docx/parts.h"

#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/"
#define CORE "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
/* The set that user-defined properties belong to; numbers in it begin at 2. */
#define USER_DEFINED "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
enum { FIRST_NUMBER = 2 };

static void write_words(nb_xml *xml, const char *name, nb_string words)
{
    if (words.length > 0)
        nb_xml_element(xml, name, words);
}

static void write_date(nb_xml *xml, const char *name, nb_string date)
{
    if (date.length == 0)
        return;
    nb_xml_open(xml, name);
    nb_xml_attribute(xml, "xsi:type", "dcterms:W3CDTF");
    nb_xml_text(xml, date);
    nb_xml_text(xml, NB_STRING("T00:00:00Z"));
    nb_xml_close(xml, name);
}

void nb_docx_write_core_properties(nb_docx *docx, nb_xml *xml)
{
    const nb_document *document = docx->document;
    nb_xml_open(xml, "cp:coreProperties");
    nb_xml_attribute(xml, "xmlns:cp", CORE);
    nb_xml_attribute(xml, "xmlns:dc", "http://purl.org/dc/elements/1.1/");
    nb_xml_attribute(xml, "xmlns:dcterms", "http://purl.org/dc/terms/");
    nb_xml_attribute(xml, "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
    write_words(xml, "dc:title", document->title);
    write_words(xml, "dc:subject", document->subject);
    write_words(xml, "dc:creator", document->author);
    nb_xml_element(xml, "dc:language", NB_STRING("zh-CN"));
    write_date(xml, "dcterms:created", document->date);
    write_date(xml, "dcterms:modified", document->date);
    nb_xml_close(xml, "cp:coreProperties");
}

void nb_docx_write_app_properties(nb_docx *docx, nb_xml *xml)
{
    (void)docx;
    nb_xml_open(xml, "Properties");
    nb_xml_attribute(xml, "xmlns", OFFICE "extended-properties");
    nb_xml_element(xml, "Application", NB_STRING("nianbao"));
    nb_xml_close(xml, "Properties");
}

static void open_property(nb_xml *xml, const char *name, int *number)
{
    nb_xml_open(xml, "property");
    nb_xml_attribute(xml, "fmtid", USER_DEFINED);
    nb_xml_attribute_integer(xml, "pid", (*number)++);
    nb_xml_attribute(xml, "name", name);
}

void nb_docx_write_custom_properties(nb_docx *docx, nb_xml *xml)
{
    int number = FIRST_NUMBER;
    nb_xml_open(xml, "Properties");
    nb_xml_attribute(xml, "xmlns", OFFICE "custom-properties");
    nb_xml_attribute(xml, "xmlns:vt", OFFICE "docPropsVTypes");
    open_property(xml, "年度", &number);
    nb_xml_element(xml, "vt:i4",
                   nb_string_of(nb_arena_print(docx->arena, "%d", docx->document->year)));
    nb_xml_close(xml, "property");
    if (nb_docx_has_data(docx)) {
        open_property(xml, "数据", &number);
        nb_xml_element(xml, "vt:lpwstr", NB_STRING(NB_DOCX_DATA_NAMESPACE));
        nb_xml_close(xml, "property");
    }
    nb_xml_close(xml, "Properties");
}
