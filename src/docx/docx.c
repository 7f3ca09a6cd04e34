/*
 * The package of a report (ISO/IEC 29500-1, clause 11, transitional; packed as 29500-2 says):
 *
 *   [Content_Types].xml            what each part is
 *   _rels/.rels                    the document and its properties
 *   word/document.xml              the text and the tables        document_part.c, table_part.c, runs.c, changes.c
 *   word/styles.xml                a style for each of the page style's        styles_part.c
 *   word/settings.xml              compatibility, odd and even margins         settings_part.c
 *   word/footer1.xml, footer2.xml  page numbers, odd and even                  margin_part.c
 *   word/header1.xml, header2.xml  the mark of a draft
 *   word/fontTable.xml             the fonts named                             font_table_part.c
 *   word/_rels/document.xml.rels   styles … footers, the data and the pictures
 *   word/media/picture1.png …      the pictures                                picture_part.c
 *   customXml/item1.xml            the report's JSON                           data_part.c
 *   customXml/itemProps1.xml       what kind of data that is
 *   customXml/_rels/item1.xml.rels
 *   customXml/item2.xml …          what the controls of an editable report are bound to   controls.c
 *   docProps/core, app, custom     title, agency, date                         properties_part.c
 *
 * There is no theme and no numbering: fonts are named, and numbers are typed, as the official text
 * has them.
 */
#include "docx/docx.h"

#include "docx/parts.h"
#include "pack/zip.h"

/* Far more than any report; a part that grows past it is a fault. */
enum { LARGEST_PART = 64 << 20 };

/* As large as most documents get: a buffer that grows is copied each time. */
enum { USUAL_DOCUMENT = 128 << 10 };

#define RELATIONSHIPS "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define WORD "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define OFFICE "application/vnd.openxmlformats-officedocument."

/* When a part is in the package. */
typedef enum presence { ALWAYS, WITH_DATA, WHEN_EDITABLE, IN_DRAFTS } presence;

static bool is_there(const nb_docx *docx, presence when)
{
    return when == ALWAYS || (when == WITH_DATA && nb_docx_has_data(docx)) ||
           (when == WHEN_EDITABLE && nb_docx_is_editable(docx)) ||
           (when == IN_DRAFTS && docx->document->is_draft);
}

typedef struct relationship {
    const char *id;
    const char *type;
    const char *target;
    presence when;
} relationship;

static void open_relationships(nb_xml *xml)
{
    nb_xml_open(xml, "Relationships");
    nb_xml_attribute(xml, "xmlns", PACKAGE "relationships");
}

static void write_relationship(nb_xml *xml, const char *id, const char *type, const char *target)
{
    nb_xml_open(xml, "Relationship");
    nb_xml_attribute(xml, "Id", id);
    nb_xml_attribute(xml, "Type", type);
    nb_xml_attribute(xml, "Target", target);
    nb_xml_close(xml, "Relationship");
}

static void write_relationships(const nb_docx *docx, nb_xml *xml, const relationship *list,
                                size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_there(docx, list[i].when))
            write_relationship(xml, list[i].id, list[i].type, list[i].target);
}

static void write_package_relationships(nb_docx *docx, nb_xml *xml)
{
    static const relationship list[] = {
        { "rId1", RELATIONSHIPS "officeDocument", "word/document.xml", ALWAYS },
        { "rId2", PACKAGE "relationships/metadata/core-properties", "docProps/core.xml", ALWAYS },
        { "rId3", RELATIONSHIPS "extended-properties", "docProps/app.xml", ALWAYS },
        { "rId4", RELATIONSHIPS "custom-properties", "docProps/custom.xml", ALWAYS },
    };
    open_relationships(xml);
    write_relationships(docx, xml, list, sizeof list / sizeof list[0]);
    nb_xml_close(xml, "Relationships");
}

static void write_document_relationships(nb_docx *docx, nb_xml *xml)
{
    static const relationship list[] = {
        { "rId1", RELATIONSHIPS "styles", "styles.xml", ALWAYS },
        { "rId2", RELATIONSHIPS "settings", "settings.xml", ALWAYS },
        { "rId3", RELATIONSHIPS "fontTable", "fontTable.xml", ALWAYS },
        { NB_DOCX_ODD_FOOTER, RELATIONSHIPS "footer", "footer1.xml", ALWAYS },
        { NB_DOCX_EVEN_FOOTER, RELATIONSHIPS "footer", "footer2.xml", ALWAYS },
        { "rId6", RELATIONSHIPS "customXml", "../customXml/item1.xml", WITH_DATA },
        { "rId7", RELATIONSHIPS "customXml", "../customXml/item2.xml", WHEN_EDITABLE },
        { NB_DOCX_ODD_HEADER, RELATIONSHIPS "header", "header1.xml", IN_DRAFTS },
        { NB_DOCX_EVEN_HEADER, RELATIONSHIPS "header", "header2.xml", IN_DRAFTS },
    };
    open_relationships(xml);
    write_relationships(docx, xml, list, sizeof list / sizeof list[0]);
    for (int i = 0; i < docx->document->image_count; i++)
        write_relationship(xml, nb_docx_picture_relationship(docx, i), RELATIONSHIPS "image",
                           nb_docx_picture_name(docx, i));
    nb_xml_close(xml, "Relationships");
}

static void write_data_relationships(nb_docx *docx, nb_xml *xml)
{
    static const relationship list[] = {
        { "rId1", RELATIONSHIPS "customXmlProps", "itemProps1.xml", WITH_DATA },
    };
    open_relationships(xml);
    write_relationships(docx, xml, list, sizeof list / sizeof list[0]);
    nb_xml_close(xml, "Relationships");
}

static void write_values_relationships(nb_docx *docx, nb_xml *xml)
{
    static const relationship list[] = {
        { "rId1", RELATIONSHIPS "customXmlProps", "itemProps2.xml", WHEN_EDITABLE },
    };
    open_relationships(xml);
    write_relationships(docx, xml, list, sizeof list / sizeof list[0]);
    nb_xml_close(xml, "Relationships");
}

static void write_content_types(nb_docx *docx, nb_xml *xml);

/* How a part is compressed. */
typedef enum packing {
    KEPT, /* alike in many reports: compressed once */
    SHORT,
    DOCUMENT_XML,
    REPORT_JSON
} packing;

typedef struct part {
    const char *name;
    const char *content_type; /* NULL: that of its suffix */
    void (*write)(nb_docx *docx, nb_xml *xml);
    presence when;
    packing packing;
} part;

/* In the order of the package. The font table comes after the parts that name fonts. */
static const part PARTS[] = {
    { "[Content_Types].xml", NULL, write_content_types, ALWAYS, KEPT },
    { "_rels/.rels", NULL, write_package_relationships, ALWAYS, KEPT },
    { "word/document.xml", WORD "document.main+xml", nb_docx_write_document, ALWAYS, DOCUMENT_XML },
    { "word/styles.xml", WORD "styles+xml", nb_docx_write_styles, ALWAYS, KEPT },
    { "word/settings.xml", WORD "settings+xml", nb_docx_write_settings, ALWAYS, KEPT },
    { "word/footer1.xml", WORD "footer+xml", nb_docx_write_odd_footer, ALWAYS, KEPT },
    { "word/footer2.xml", WORD "footer+xml", nb_docx_write_even_footer, ALWAYS, KEPT },
    { "word/header1.xml", WORD "header+xml", nb_docx_write_odd_header, IN_DRAFTS, KEPT },
    { "word/header2.xml", WORD "header+xml", nb_docx_write_even_header, IN_DRAFTS, KEPT },
    { "word/fontTable.xml", WORD "fontTable+xml", nb_docx_write_font_table, ALWAYS, KEPT },
    { "word/_rels/document.xml.rels", NULL, write_document_relationships, ALWAYS, KEPT },
    { "customXml/item1.xml", NULL, nb_docx_write_data, WITH_DATA, REPORT_JSON },
    { "customXml/itemProps1.xml", OFFICE "customXmlProperties+xml", nb_docx_write_data_properties,
      WITH_DATA, KEPT },
    { "customXml/_rels/item1.xml.rels", NULL, write_data_relationships, WITH_DATA, KEPT },
    { "customXml/item2.xml", NULL, nb_docx_write_values, WHEN_EDITABLE, SHORT },
    { "customXml/itemProps2.xml", OFFICE "customXmlProperties+xml", nb_docx_write_values_properties,
      WHEN_EDITABLE, KEPT },
    { "customXml/_rels/item2.xml.rels", NULL, write_values_relationships, WHEN_EDITABLE, KEPT },
    { "docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml",
      nb_docx_write_core_properties, ALWAYS, SHORT },
    { "docProps/app.xml", OFFICE "extended-properties+xml", nb_docx_write_app_properties, ALWAYS,
      KEPT },
    { "docProps/custom.xml", OFFICE "custom-properties+xml", nb_docx_write_custom_properties,
      ALWAYS, KEPT },
};
enum { PART_COUNT = sizeof PARTS / sizeof PARTS[0] };

static void write_default_type(nb_xml *xml, const char *extension, const char *type)
{
    nb_xml_open(xml, "Default");
    nb_xml_attribute(xml, "Extension", extension);
    nb_xml_attribute(xml, "ContentType", type);
    nb_xml_close(xml, "Default");
}

/* A type for each suffix that the pictures have. */
static void write_picture_types(const nb_docx *docx, nb_xml *xml)
{
    const nb_document *document = docx->document;
    bool is_told[NB_IMAGE_JPEG + 1] = { false };
    for (int i = 0; i < document->image_count; i++) {
        const nb_image *image = document->images[i];
        const char *name = nb_image_format_name(image);
        if (!is_told[image->format])
            write_default_type(xml, name, nb_arena_print(docx->arena, "image/%s", name));
        is_told[image->format] = true;
    }
}

static void write_content_types(nb_docx *docx, nb_xml *xml)
{
    nb_xml_open(xml, "Types");
    nb_xml_attribute(xml, "xmlns", PACKAGE "content-types");
    write_default_type(xml, "rels", "application/vnd.openxmlformats-package.relationships+xml");
    write_default_type(xml, "xml", "application/xml");
    write_picture_types(docx, xml);
    for (int i = 0; i < PART_COUNT; i++) {
        if (!PARTS[i].content_type || !is_there(docx, PARTS[i].when))
            continue;
        nb_xml_open(xml, "Override");
        nb_xml_attribute(xml, "PartName", nb_arena_print(docx->arena, "/%s", PARTS[i].name));
        nb_xml_attribute(xml, "ContentType", PARTS[i].content_type);
        nb_xml_close(xml, "Override");
    }
    nb_xml_close(xml, "Types");
}

static nb_status tell_failure(const nb_docx *docx, const nb_xml *xml, const char *part_name,
                              nb_findings *findings)
{
    nb_place place = { 0 };
    if (docx->failed_text)
        place = (nb_place){ "", docx->failed_text->line, docx->failed_text->column,
                            docx->failed_text->pointer };
    return nb_xml_tell_failure(xml, part_name, place, findings);
}

static void pack(nb_zip *zip, const part *packed, nb_string bytes)
{
    switch (packed->packing) {
    case KEPT:
        nb_zip_add_kept(zip, packed->name, bytes);
        break;
    case SHORT:
        nb_zip_add(zip, packed->name, bytes);
        break;
    case DOCUMENT_XML:
        nb_zip_add_quick(zip, packed->name, bytes, NB_QUICK_DOCUMENT_XML);
        break;
    case REPORT_JSON:
        nb_zip_add_quick(zip, packed->name, bytes, NB_QUICK_REPORT_JSON);
        break;
    }
}

nb_status nb_docx_write(const nb_document *document, const nb_fonts *fonts, nb_deflate_stock *stock,
                        nb_arena *arena, nb_findings *findings, nb_string *out)
{
    nb_docx docx = { .document = document, .fonts = fonts, .arena = arena, .section = "" };
    nb_zip *zip = nb_zip_new(stock, arena);
    for (int i = 0; i < PART_COUNT; i++) {
        if (!is_there(&docx, PARTS[i].when))
            continue;
        nb_xml xml;
        nb_xml_begin(&xml, nb_buffer_new(arena, LARGEST_PART));
        if (PARTS[i].packing == DOCUMENT_XML)
            nb_buffer_reserve(xml.buffer, USUAL_DOCUMENT);
        PARTS[i].write(&docx, &xml);
        if (!nb_xml_end(&xml))
            return tell_failure(&docx, &xml, PARTS[i].name, findings);
        pack(zip, &PARTS[i], (nb_string){ (const char *)xml.buffer->data, xml.buffer->length });
    }
    for (int i = 0; i < document->image_count; i++)
        nb_zip_add(zip, nb_arena_print(arena, "word/%s", nb_docx_picture_name(&docx, i)),
                   document->images[i]->bytes);
    return nb_zip_finish(zip, findings, out);
}
