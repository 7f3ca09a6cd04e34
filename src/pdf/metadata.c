#include "pdf/metadata.h"

#include "pack/xml.h"

/* Without libharu's version: which one wrote the file makes no difference to its bytes. */
#define PRODUCER "nianbao " NB_VERSION " (libharu)"
#define CREATOR "nianbao"
#define LANGUAGE "zh-CN"

/* A date as YYYY-MM-DD, from which both notations follow. */
static bool is_date(nb_string date)
{
    if (date.length != 10 || date.data[4] != '-' || date.data[7] != '-')
        return false;
    for (int i = 0; i < 10; i++)
        if (i != 4 && i != 7 && (date.data[i] < '0' || date.data[i] > '9'))
            return false;
    return true;
}

/* ISO 32000-1, 7.9.4. The report's date has no time of day: midnight, UTC. */
const char *nb_pdf_date(nb_arena *arena, nb_string date)
{
    if (!is_date(date))
        return NULL;
    return nb_arena_print(arena, "D:%.4s%.2s%.2s000000Z", date.data, date.data + 5, date.data + 8);
}

static void add_info(nb_pdf *pdf, const char *key, nb_string value)
{
    if (value.length > 0)
        HPDF_Dict_Add(pdf->haru->info, key, nb_pdf_text_new(pdf, value));
}

static void add_plain(nb_pdf *pdf, const char *key, const char *value)
{
    HPDF_Dict_Add(pdf->haru->info, key, HPDF_String_New(pdf->haru->mmgr, value, NULL));
}

/* ISO 32000-1, 14.3.3. PDF/A wants each entry to say what the XMP says (ISO 19005-3, 6.6.3). */
static void write_info(nb_pdf *pdf, const nb_document *document)
{
    add_info(pdf, "Title", document->title);
    add_info(pdf, "Author", document->author);
    add_info(pdf, "Subject", document->subject);
    add_plain(pdf, "Creator", CREATOR);
    add_plain(pdf, "Producer", PRODUCER);
    const char *date = nb_pdf_date(pdf->arena, document->date);
    if (date) {
        add_plain(pdf, "CreationDate", date);
        add_plain(pdf, "ModDate", date);
    }
}

/* An array of one item: XMP part 1, 7.7. A language alternative has its default. */
static void xmp_array(nb_xml *xml, const char *name, const char *array, nb_string value)
{
    if (value.length == 0)
        return;
    nb_xml_open(xml, name);
    nb_xml_open(xml, array);
    nb_xml_open(xml, "rdf:li");
    if (strcmp(array, "rdf:Alt") == 0)
        nb_xml_attribute(xml, "xml:lang", "x-default");
    nb_xml_text(xml, value);
    nb_xml_close(xml, "rdf:li");
    nb_xml_close(xml, array);
    nb_xml_close(xml, name);
}

static void open_description(nb_xml *xml)
{
    nb_xml_open(xml, "rdf:Description");
    nb_xml_attribute(xml, "rdf:about", "");
}

/* Which standards the file claims to follow: ISO 19005-3, 6.6.4, and ISO 14289-1, clause 5. */
static void xmp_claims(nb_xml *xml, nb_pdf_standard standard)
{
    open_description(xml);
    nb_xml_attribute(xml, "xmlns:pdfaid", "http://www.aiim.org/pdfa/ns/id/");
    nb_xml_attribute(xml, "xmlns:pdfuaid", "http://www.aiim.org/pdfua/ns/id/");
    nb_xml_element(xml, "pdfaid:part", standard == NB_PDF_A_2A ? NB_STRING("2") : NB_STRING("3"));
    nb_xml_element(xml, "pdfaid:conformance", NB_STRING("A"));
    nb_xml_element(xml, "pdfuaid:part", NB_STRING("1"));
    nb_xml_close(xml, "rdf:Description");
}

/* PDF/A knows no property of PDF/UA, so the file describes it itself: ISO 19005-3, 6.6.2.3.3. */
static void xmp_extension(nb_xml *xml)
{
    static const char *const property[][2] = {
        { "pdfaProperty:name", "part" },
        { "pdfaProperty:valueType", "Integer" },
        { "pdfaProperty:category", "internal" },
        { "pdfaProperty:description", "Part of ISO 14289 to which the document conforms" }
    };
    open_description(xml);
    nb_xml_attribute(xml, "xmlns:pdfaExtension", "http://www.aiim.org/pdfa/ns/extension/");
    nb_xml_attribute(xml, "xmlns:pdfaSchema", "http://www.aiim.org/pdfa/ns/schema#");
    nb_xml_attribute(xml, "xmlns:pdfaProperty", "http://www.aiim.org/pdfa/ns/property#");
    nb_xml_open(xml, "pdfaExtension:schemas");
    nb_xml_open(xml, "rdf:Bag");
    nb_xml_open(xml, "rdf:li");
    nb_xml_attribute(xml, "rdf:parseType", "Resource");
    nb_xml_element(xml, "pdfaSchema:schema", NB_STRING("PDF/UA identification"));
    nb_xml_element(xml, "pdfaSchema:namespaceURI", NB_STRING("http://www.aiim.org/pdfua/ns/id/"));
    nb_xml_element(xml, "pdfaSchema:prefix", NB_STRING("pdfuaid"));
    nb_xml_open(xml, "pdfaSchema:property");
    nb_xml_open(xml, "rdf:Seq");
    nb_xml_open(xml, "rdf:li");
    nb_xml_attribute(xml, "rdf:parseType", "Resource");
    for (int i = 0; i < 4; i++)
        nb_xml_element(xml, property[i][0], nb_string_of(property[i][1]));
    nb_xml_close(xml, "rdf:li");
    nb_xml_close(xml, "rdf:Seq");
    nb_xml_close(xml, "pdfaSchema:property");
    nb_xml_close(xml, "rdf:li");
    nb_xml_close(xml, "rdf:Bag");
    nb_xml_close(xml, "pdfaExtension:schemas");
    nb_xml_close(xml, "rdf:Description");
}

static void xmp_description(nb_xml *xml, nb_arena *arena, const nb_document *document)
{
    open_description(xml);
    nb_xml_attribute(xml, "xmlns:dc", "http://purl.org/dc/elements/1.1/");
    nb_xml_attribute(xml, "xmlns:xmp", "http://ns.adobe.com/xap/1.0/");
    nb_xml_attribute(xml, "xmlns:pdf", "http://ns.adobe.com/pdf/1.3/");
    nb_xml_element(xml, "dc:format", NB_STRING("application/pdf"));
    xmp_array(xml, "dc:title", "rdf:Alt", document->title);
    xmp_array(xml, "dc:creator", "rdf:Seq", document->author);
    xmp_array(xml, "dc:description", "rdf:Alt", document->subject);
    xmp_array(xml, "dc:language", "rdf:Bag", NB_STRING(LANGUAGE));
    nb_xml_element(xml, "xmp:CreatorTool", NB_STRING(CREATOR));
    if (is_date(document->date)) {
        nb_string date =
            nb_string_of(nb_arena_print(arena, "%.10sT00:00:00Z", document->date.data));
        nb_xml_element(xml, "xmp:CreateDate", date);
        nb_xml_element(xml, "xmp:ModifyDate", date);
    }
    nb_xml_element(xml, "pdf:Producer", NB_STRING(PRODUCER));
    nb_xml_close(xml, "rdf:Description");
}

/*
 * The packet has a wrapper of its own instead of an XML declaration, and stays uncompressed, so
 * that it is found without reading the PDF.
 */
static nb_status write_xmp(nb_pdf *pdf, const nb_document *document, nb_pdf_standard standard,
                           nb_buffer *catalog)
{
    nb_buffer *packet = nb_pdf_buffer(pdf);
    nb_xml xml = { .buffer = packet };
    nb_buffer_text(packet, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n");
    nb_xml_open(&xml, "x:xmpmeta");
    nb_xml_attribute(&xml, "xmlns:x", "adobe:ns:meta/");
    nb_xml_open(&xml, "rdf:RDF");
    nb_xml_attribute(&xml, "xmlns:rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
    xmp_description(&xml, pdf->arena, document);
    if (standard != NB_PDF_PLAIN) {
        xmp_claims(&xml, standard);
        xmp_extension(&xml);
    }
    nb_xml_close(&xml, "rdf:RDF");
    nb_xml_close(&xml, "x:xmpmeta");
    nb_buffer_text(packet, "\n<?xpacket end=\"r\"?>\n");
    if (!nb_xml_end(&xml)) {
        nb_findings_add(pdf->findings, NB_ERROR, "PDF", (nb_place){ "", 0, 0, "" },
                        NB_SAY(pdf->findings, "标题、机关或表式名称里有 XML 不能有的字符 U+%04X",
                               "title, agency or form name holds U+%04X, which XML cannot"),
                        (unsigned)xml.forbidden);
        return NB_E_OUTPUT;
    }
    nb_buffer *entries = nb_pdf_buffer(pdf);
    nb_buffer_text(entries, "/Type /Metadata /Subtype /XML");
    nb_buffer_text(catalog, "/Metadata ");
    nb_pdf_write_reference(
        catalog,
        nb_pdf_stream_new(pdf, entries, (nb_string){ (const char *)packet->data, packet->length },
                          NB_PDF_UNPACKED));
    nb_buffer_byte(catalog, '\n');
    return NB_OK;
}

nb_status nb_pdf_metadata_write(nb_pdf *pdf, const nb_document *document, nb_pdf_standard standard,
                                int first_page_number, nb_buffer *catalog)
{
    nb_document named = *document;
    named.title = nb_pdf_short_text(pdf, document->title);
    named.author = nb_pdf_short_text(pdf, document->author);
    named.subject = nb_pdf_short_text(pdf, document->subject);
    nb_status status = write_xmp(pdf, &named, standard, catalog);
    if (status)
        return status;
    write_info(pdf, &named);
    nb_buffer_text(catalog, "/Lang (" LANGUAGE ")\n"
                            "/ViewerPreferences << /DisplayDocTitle true >>\n"
                            "/PageLabels << /Nums [0 << /S /D /St ");
    nb_buffer_integer(catalog, first_page_number);
    nb_buffer_text(catalog, " >>] >>\n");
    return nb_pdf_check(pdf, "元数据", "metadata");
}
