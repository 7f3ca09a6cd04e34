/*
 * The package of a report (GB/T 33190-2016, 7.2 and 7.4):
 *
 *   OFD.xml                        what the document is called and where it begins
 *   Doc_0/Document.xml             pages, outline, and where the rest is       document_part.c
 *   Doc_0/PublicRes.xml            the fonts                                   fonts_part.c
 *   Doc_0/Res/font_1.otf …         each with the glyphs in use                 sfnt.c
 *   Doc_0/DocumentRes.xml          the pictures, where there are any           pictures_part.c
 *   Doc_0/Res/picture_1.png …
 *   Doc_0/Pages/Page_0/Content.xml …   what stands on the page                 page_part.c
 *   Doc_0/Tags/CustomTags.xml, report.xml       which objects show which value     data_parts.c
 *   Doc_0/Attachs/Attachments.xml, report.json  the report's JSON                  data_parts.c
 *
 * A program that signs adds the folder Doc_0/Signs and, after DocRoot,
 * <ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures>; nothing else need change (18).
 */
#include "ofd/ofd.h"

#include "ofd/digest.h"
#include "ofd/parts.h"
#include "pack/deflate.h"
#include "pack/zip.h"

/* Far more than any report; a part that grows past it is a fault. */
enum { LARGEST_PART = 64 << 20 };

typedef struct part {
    const char *name;
    nb_string bytes;
} part;

/* The parts in the order of the package: the first one is written last. */
typedef struct package {
    nb_ofd ofd;
    part *parts;
    int count;
    nb_status status; /* of the parts so far */
} package;

static nb_xml begin_part(package *to)
{
    nb_xml xml;
    nb_xml_begin(&xml, nb_buffer_new(to->ofd.arena, LARGEST_PART));
    return xml;
}

static void end_part(package *to, const nb_xml *xml, int place, const char *name)
{
    bool is_whole = nb_xml_end(xml) && !to->ofd.scratch->overflowed;
    if (!is_whole && to->status == NB_OK)
        to->status = nb_xml_tell_failure(xml, name, (nb_place){ 0 }, to->ofd.findings);
    to->parts[place] = (part){ name, { (const char *)xml->buffer->data, xml->buffer->length } };
}

static void add_part(package *to, const char *name, void (*write)(nb_ofd *ofd, nb_xml *xml))
{
    nb_xml xml = begin_part(to);
    write(&to->ofd, &xml);
    end_part(to, &xml, to->count++, name);
}

static void add_file(package *to, const char *name, nb_string bytes)
{
    to->parts[to->count++] = (part){ name, bytes };
}

/*
 * 32 digits "by a UUID algorithm" (7.4): version 8 of RFC 9562, by a digest of what is in the
 * package. CRCs stand for the parts, which would take long to digest byte by byte.
 */
static void write_identifier(package *to, nb_xml *xml)
{
    const nb_document *document = to->ofd.document;
    nb_digest digest = nb_digest_begin();
    nb_digest_add(&digest, document->title);
    nb_digest_add(&digest, document->author);
    nb_digest_add(&digest, document->subject);
    nb_digest_add(&digest, document->date);
    nb_digest_add(&digest, document->report_json);
    for (int i = 1; i < to->count; i++) {
        nb_digest_number(&digest, to->parts[i].bytes.length);
        nb_digest_number(&digest, nb_crc32(to->parts[i].bytes));
    }
    digest.high = (digest.high & ~UINT64_C(0xF000)) | 0x8000;
    digest.low = (digest.low & (UINT64_MAX >> 2)) | UINT64_C(1) << 63;
    nb_buffer *out = nb_ofd_scratch(&to->ofd);
    nb_buffer_hex(out, (uint32_t)(digest.high >> 32), 8);
    nb_buffer_hex(out, (uint32_t)digest.high, 8);
    nb_buffer_hex(out, (uint32_t)(digest.low >> 32), 8);
    nb_buffer_hex(out, (uint32_t)digest.low, 8);
    nb_xml_element(xml, "ofd:DocID", (nb_string){ (const char *)out->data, out->length });
}

static void write_optional(nb_xml *xml, const char *name, nb_string text)
{
    if (text.length > 0)
        nb_xml_element(xml, name, text);
}

static void write_main_entry(package *to)
{
    const nb_document *document = to->ofd.document;
    nb_xml xml = begin_part(to);
    nb_ofd_open_root(&xml, "ofd:OFD");
    nb_xml_attribute(&xml, "Version", "1.0");
    nb_xml_attribute(&xml, "DocType", "OFD");
    nb_xml_open(&xml, "ofd:DocBody");
    nb_xml_open(&xml, "ofd:DocInfo");
    write_identifier(to, &xml);
    write_optional(&xml, "ofd:Title", document->title);
    write_optional(&xml, "ofd:Author", document->author);
    write_optional(&xml, "ofd:Subject", document->subject);
    if (nb_ofd_is_date(document->date))
        nb_xml_element(&xml, "ofd:CreationDate", document->date);
    nb_ofd_element(&xml, "ofd:Creator", "nianbao");
    nb_ofd_element(&xml, "ofd:CreatorVersion", NB_VERSION);
    nb_xml_close(&xml, "ofd:DocInfo");
    nb_ofd_element(&xml, "ofd:DocRoot", "Doc_0/Document.xml");
    nb_xml_close(&xml, "ofd:DocBody");
    nb_xml_close(&xml, "ofd:OFD");
    end_part(to, &xml, 0, "OFD.xml");
}

static void add_pages(package *to)
{
    for (int i = 0; i < to->ofd.pages->count; i++) {
        nb_xml xml = begin_part(to);
        nb_ofd_write_page(&to->ofd, &xml, i);
        end_part(to, &xml, to->count++,
                 nb_arena_print(to->ofd.arena, "Doc_0/Pages/Page_%d/Content.xml", i));
    }
}

/* Their ids come before the pages', which name them. */
static void add_pictures(package *to)
{
    nb_ofd *ofd = &to->ofd;
    const nb_document *document = ofd->document;
    if (document->image_count == 0)
        return;
    ofd->image_ids = NB_NEW_ARRAY(ofd->arena, int, (size_t)document->image_count);
    for (int i = 0; i < document->image_count; i++)
        ofd->image_ids[i] = nb_ofd_new_id(ofd);
    add_part(to, "Doc_0/DocumentRes.xml", nb_ofd_write_pictures);
    for (int i = 0; i < document->image_count; i++)
        add_file(to, nb_arena_print(ofd->arena, "Doc_0/Res/%s", nb_ofd_picture_file(ofd, i)),
                 document->images[i]->bytes);
}

static nb_status write_parts(package *to)
{
    nb_ofd *ofd = &to->ofd;
    nb_string *files = NB_NEW_ARRAY(ofd->arena, nb_string, (size_t)ofd->usage.face_count);
    nb_status status = nb_ofd_embed_fonts(ofd, files);
    if (status)
        return status;
    enum { MAIN_ENTRY, DOCUMENT, AFTER_DOCUMENT };
    to->count = AFTER_DOCUMENT;
    add_part(to, "Doc_0/PublicRes.xml", nb_ofd_write_resources);
    for (int i = 0; i < ofd->usage.face_count; i++)
        add_file(to, nb_arena_print(ofd->arena, "Doc_0/Res/%s", ofd->usage.faces[i].file_name),
                 files[i]);
    add_pictures(to);
    add_pages(to);
    if (ofd->tags) {
        add_part(to, "Doc_0/Tags/CustomTags.xml", nb_ofd_write_tag_list);
        add_part(to, "Doc_0/Tags/" NB_OFD_TAG_FILE, nb_ofd_write_tags);
    }
    if (nb_ofd_has_data(ofd)) {
        add_part(to, "Doc_0/Attachs/Attachments.xml", nb_ofd_write_attachments);
        add_file(to, "Doc_0/Attachs/" NB_OFD_DATA_FILE, ofd->document->report_json);
    }
    /* All ids are given out and all parts but the first are there. */
    nb_xml xml = begin_part(to);
    nb_ofd_write_document(ofd, &xml);
    end_part(to, &xml, DOCUMENT, "Doc_0/Document.xml");
    write_main_entry(to);
    return to->status;
}

nb_status nb_ofd_write(const nb_document *document, const nb_pages *pages, nb_deflate_stock *stock,
                       nb_arena *arena, nb_findings *findings, nb_string *out)
{
    enum { FIXED_PARTS = 8 };
    package to = { .ofd = { .document = document,
                            .pages = pages,
                            .arena = arena,
                            .findings = findings,
                            .usage = nb_ofd_usage_of(pages, arena),
                            .scratch = nb_buffer_new(arena, LARGEST_PART) } };
    size_t count = FIXED_PARTS + (size_t)to.ofd.usage.face_count + (size_t)pages->count +
                   (size_t)document->image_count;
    to.ofd.page_ids = NB_NEW_ARRAY(arena, int, (size_t)pages->count);
    to.parts = NB_NEW_ARRAY(arena, part, count);
    nb_status status = write_parts(&to);
    if (status)
        return status;
    nb_zip *zip = nb_zip_new(stock, arena);
    for (int i = 0; i < to.count; i++)
        nb_zip_add(zip, to.parts[i].name, to.parts[i].bytes);
    return nb_zip_finish(zip, findings, out);
}
