#include "docx/parts.h"

bool nb_docx_has_data(const nb_docx *docx)
{
    return docx->document->report_json.length > 0;
}

bool nb_docx_is_editable(const nb_docx *docx)
{
    return docx->document->is_editable && nb_docx_has_data(docx);
}

void nb_docx_note_font(nb_docx *docx, const char *name, bool is_chinese)
{
    nb_docx_font **end = &docx->fonts_used;
    for (; *end; end = &(*end)->next) {
        if (strcmp((*end)->name, name) == 0) {
            (*end)->is_chinese |= is_chinese;
            return;
        }
    }
    *end = NB_NEW(docx->arena, nb_docx_font);
    **end = (nb_docx_font){ name, is_chinese, NULL };
}

const char *nb_docx_font_name(nb_docx *docx, const char *role, bool is_chinese)
{
    const nb_font_role *font_role = nb_fonts_role(docx->fonts, role);
    /* Layout has refused a role without fonts; its name still says more than nothing. */
    if (!font_role)
        return role;
    nb_docx_note_font(docx, font_role->office_name, is_chinese);
    return font_role->office_name;
}

const nb_paragraph_style *nb_docx_group_style(const nb_docx *docx)
{
    const nb_page_style *style = docx->document->style;
    const nb_paragraph_style *group = nb_page_style_lookup(style, NB_STRING("table_group"));
    return group ? group : style->body;
}

void nb_docx_open_root(nb_xml *xml, const char *name)
{
    nb_xml_open(xml, name);
    nb_xml_attribute(xml, "xmlns:w",
                     "http://schemas.openxmlformats.org/wordprocessingml/2006/main");
    nb_xml_attribute(xml, "xmlns:r",
                     "http://schemas.openxmlformats.org/officeDocument/2006/relationships");
}

void nb_docx_value(nb_xml *xml, const char *name, const char *value)
{
    nb_xml_open(xml, name);
    nb_xml_attribute(xml, "w:val", value);
    nb_xml_close(xml, name);
}

void nb_docx_number(nb_xml *xml, const char *name, int64_t value)
{
    nb_xml_open(xml, name);
    nb_xml_attribute_integer(xml, "w:val", value);
    nb_xml_close(xml, name);
}

/* On is what the bare element says; some readers know tblHeader and cantSplit only so. */
void nb_docx_switch(nb_xml *xml, const char *name, bool on)
{
    nb_xml_open(xml, name);
    if (!on)
        nb_xml_attribute(xml, "w:val", "0");
    nb_xml_close(xml, name);
}

void nb_docx_width(nb_xml *xml, const char *name, nb_length width)
{
    nb_xml_open(xml, name);
    nb_xml_attribute_integer(xml, "w:w", nb_twips(width));
    nb_xml_attribute(xml, "w:type", "dxa");
    nb_xml_close(xml, name);
}

void nb_docx_one_face(nb_xml *xml, const char *name, bool is_chinese)
{
    nb_xml_open(xml, "w:rFonts");
    nb_xml_attribute(xml, "w:ascii", name);
    nb_xml_attribute(xml, "w:hAnsi", name);
    nb_xml_attribute(xml, "w:eastAsia", name);
    nb_xml_attribute(xml, "w:cs", name);
    if (is_chinese)
        nb_xml_attribute(xml, "w:hint", "eastAsia");
    nb_xml_close(xml, "w:rFonts");
}

int64_t nb_docx_half_points(nb_length length)
{
    return (length + NB_PT / 4) / (NB_PT / 2);
}
