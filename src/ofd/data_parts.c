/*
 * The report's data beside its pages:
 *
 *   Attachs/Attachments.xml ──▶ Attachs/report.json     the report itself, as its canonical JSON (20)
 *   Tags/CustomTags.xml     ──▶ Tags/report.xml         which objects show which of its values (16)
 *
 *   <n:Report>
 *     <n:Cell Pointer="/requests/received/0"><ofd:ObjectRef PageRef="8">97</ofd:ObjectRef></n:Cell>
 *
 * A pointer (RFC 6901) leads into report.json. The tags are in the order of reading; a value that
 * shows nothing, as an empty cell does, has none.
 */
#include "ofd/parts.h"

void nb_ofd_write_attachments(nb_ofd *ofd, nb_xml *xml)
{
    nb_string date = ofd->document->date;
    nb_ofd_open_root(xml, "ofd:Attachments");
    nb_xml_open(xml, "ofd:Attachment");
    nb_xml_attribute(xml, "ID", "report"); /* an xs:ID, which begins with a letter */
    nb_xml_attribute(xml, "Name", NB_OFD_DATA_FILE);
    /* GB/T 42133-2022, 6.15: an archive keeps attachments that are text. */
    nb_xml_attribute(xml, "Format", "txt");
    if (nb_ofd_is_date(date)) {
        nb_buffer *out = nb_ofd_scratch(ofd);
        nb_buffer_add(out, date.data, date.length);
        nb_buffer_text(out, "T00:00:00");
        nb_ofd_scratch_attribute(ofd, xml, "CreationDate");
    }
    /* In KB (20.2). */
    nb_buffer_decimal(nb_ofd_scratch(ofd),
                      (int64_t)(ofd->document->report_json.length * 1000 + 512) / 1024, 3);
    nb_ofd_scratch_attribute(ofd, xml, "Size");
    nb_ofd_element(xml, "ofd:FileLoc", NB_OFD_DATA_FILE);
    nb_xml_close(xml, "ofd:Attachment");
    nb_xml_close(xml, "ofd:Attachments");
}

void nb_ofd_write_tag_list(nb_ofd *ofd, nb_xml *xml)
{
    (void)ofd;
    nb_ofd_open_root(xml, "ofd:CustomTags");
    nb_xml_open(xml, "ofd:CustomTag");
    nb_xml_attribute(xml, "NameSpace", NB_OFD_TAG_NAMESPACE);
    nb_ofd_element(xml, "ofd:FileLoc", NB_OFD_TAG_FILE);
    nb_xml_close(xml, "ofd:CustomTag");
    nb_xml_close(xml, "ofd:CustomTags");
}

static void write_reference(nb_ofd *ofd, nb_xml *xml, const nb_ofd_reference *reference)
{
    nb_xml_open(xml, "ofd:ObjectRef");
    nb_xml_attribute_integer(xml, "PageRef", reference->page_id);
    nb_buffer *out = nb_ofd_scratch(ofd);
    nb_buffer_integer(out, reference->object_id);
    nb_xml_text(xml, (nb_string){ (const char *)out->data, out->length });
    nb_xml_close(xml, "ofd:ObjectRef");
}

void nb_ofd_write_tags(nb_ofd *ofd, nb_xml *xml)
{
    nb_ofd_open_root(xml, "n:Report");
    nb_xml_attribute(xml, "xmlns:n", NB_OFD_TAG_NAMESPACE);
    for (const nb_ofd_tag *tag = ofd->tags; tag; tag = tag->next) {
        nb_xml_open(xml, tag->name);
        nb_xml_attribute(xml, "Pointer", tag->text->pointer);
        for (const nb_ofd_reference *at = tag->references; at; at = at->next)
            write_reference(ofd, xml, at);
        nb_xml_close(xml, tag->name);
    }
    nb_xml_close(xml, "n:Report");
}
