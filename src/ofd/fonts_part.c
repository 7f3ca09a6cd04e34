/*
 * PublicRes.xml (7.9, 11.1): the fonts, each with a file of its glyphs in Res/.
 *
 *   Res @BaseLoc="Res" ── Fonts ── Font @ID @FontName @FamilyName … ── FontFile
 *
 * The names are those of the whole font: a reader that does not take the file looks for it among
 * its own.
 */
#include "ofd/parts.h"

#include "ofd/sfnt.h"

static nb_status refuse(nb_ofd *ofd, const nb_face_info *info, const char *chinese,
                        const char *english)
{
    nb_place place = { .file = info->file };
    nb_findings_add(ofd->findings, NB_ERROR, "OFD", place,
                    NB_SAY(ofd->findings, "字体 %s %s", "font %s %s"), info->postscript_name,
                    NB_SAY(ofd->findings, chinese, english));
    return NB_E_RESOURCE;
}

static nb_status embed_face(nb_ofd *ofd, nb_ofd_face *face, int number, nb_string *file)
{
    const nb_face_info *info = nb_face_describe(face->face);
    /* Glyph 0 is the box that stands for a missing character. */
    if (face->glyphs[0] == 0)
        return refuse(ofd, info, "缺少要排的字符", "lacks a character to be set");
    if (!info->may_embed)
        return refuse(ofd, info, "不许嵌入文档", "must not be embedded");
    nb_status status = nb_subset_make(face->face, face->glyphs, face->glyph_count, ofd->arena,
                                      ofd->findings, &face->subset);
    if (status)
        return status;
    if (!nb_sfnt_write(face, ofd->arena, file))
        return refuse(ofd, info, "的子集不能写成文件", "gives a subset that cannot be written");
    face->font_id = nb_ofd_new_id(ofd);
    /* Readers choose their parser by the suffix. */
    const char *suffix = info->outlines == NB_OUTLINES_CFF ? "otf" : "ttf";
    face->file_name = nb_arena_print(ofd->arena, "font_%d.%s", number, suffix);
    return NB_OK;
}

nb_status nb_ofd_embed_fonts(nb_ofd *ofd, nb_string *files)
{
    nb_status status = NB_OK;
    for (int i = 0; i < ofd->usage.face_count; i++) {
        nb_status result = embed_face(ofd, &ofd->usage.faces[i], i + 1, &files[i]);
        /* Every refused face is told, not only the first. */
        if (result && (status == NB_OK || result == NB_E_MEMORY))
            status = result;
    }
    return status;
}

static void write_flag(nb_xml *xml, const char *name, bool is_set)
{
    if (is_set)
        nb_xml_attribute(xml, name, "true");
}

static void write_font(nb_xml *xml, const nb_ofd_face *face)
{
    const nb_face_info *info = nb_face_describe(face->face);
    nb_xml_open(xml, "ofd:Font");
    nb_xml_attribute_integer(xml, "ID", face->font_id);
    nb_xml_attribute(xml, "FontName", info->postscript_name);
    nb_xml_attribute(xml, "FamilyName", info->family);
    write_flag(xml, "Italic", info->italic_angle != 0);
    write_flag(xml, "Bold", info->bold);
    write_flag(xml, "Serif", info->serif);
    nb_ofd_element(xml, "ofd:FontFile", face->file_name);
    nb_xml_close(xml, "ofd:Font");
}

void nb_ofd_write_resources(nb_ofd *ofd, nb_xml *xml)
{
    nb_ofd_open_root(xml, "ofd:Res");
    nb_xml_attribute(xml, "BaseLoc", "Res");
    if (ofd->usage.face_count > 0) {
        nb_xml_open(xml, "ofd:Fonts");
        for (int i = 0; i < ofd->usage.face_count; i++)
            write_font(xml, &ofd->usage.faces[i]);
        nb_xml_close(xml, "ofd:Fonts");
    }
    nb_xml_close(xml, "ofd:Res");
}
