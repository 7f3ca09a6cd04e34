/*
 * DocumentRes.xml (7.9, 10): the pictures, each a file in Res/ as it was given.
 *
 *   Res @BaseLoc="Res" ── MultiMedias ── MultiMedia @ID @Type="Image" @Format ── MediaFile
 */
#include "ofd/parts.h"

const char *nb_ofd_picture_file(const nb_ofd *ofd, int index)
{
    return nb_arena_print(ofd->arena, "picture_%d.%s", index + 1,
                          nb_image_format_name(ofd->document->images[index]));
}

void nb_ofd_write_pictures(nb_ofd *ofd, nb_xml *xml)
{
    const nb_document *document = ofd->document;
    nb_ofd_open_root(xml, "ofd:Res");
    nb_xml_attribute(xml, "BaseLoc", "Res");
    nb_xml_open(xml, "ofd:MultiMedias");
    for (int i = 0; i < document->image_count; i++) {
        nb_xml_open(xml, "ofd:MultiMedia");
        nb_xml_attribute_integer(xml, "ID", ofd->image_ids[i]);
        nb_xml_attribute(xml, "Type", "Image");
        nb_xml_attribute(xml, "Format",
                         document->images[i]->format == NB_IMAGE_PNG ? "PNG" : "JPEG");
        nb_ofd_element(xml, "ofd:MediaFile", nb_ofd_picture_file(ofd, i));
        nb_xml_close(xml, "ofd:MultiMedia");
    }
    nb_xml_close(xml, "ofd:MultiMedias");
    nb_xml_close(xml, "ofd:Res");
}
