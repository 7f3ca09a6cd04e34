#include "bulk/starter.h"

#include "pack/xml.h"
#include "pack/zip.h"
#include "report/json.h"

enum { LARGEST = 16 << 20 /* bytes */ };

typedef struct writing {
    const nb_form *form;
    nb_starter *starter;
    nb_arena *arena;
    nb_buffer *out;
    int depth;
} writing;

static void new_line(writing *w)
{
    nb_buffer_byte(w->out, '\n');
    for (int i = 0; i < w->depth; i++)
        nb_buffer_text(w->out, "    ");
}

static bool is_head(const nb_starter *starter, nb_string name)
{
    for (int i = 0; i < starter->head_count; i++)
        if (nb_string_equal(starter->heads[i], name))
            return true;
    return false;
}

/* A reference to the slot's column. The column is named as readers see the value. */
static void write_reference(writing *w, int slot)
{
    const nb_slot *at = &w->form->slots[slot];
    nb_string head = nb_string_of(at->label);
    nb_buffer *name = nb_buffer_new(w->arena, LARGEST);
    if (is_head(w->starter, head))
        head = nb_string_of(nb_arena_print(w->arena, "%s（%s）", at->label, at->pointer));
    NB_GROW(w->arena, w->starter->heads, w->starter->head_count, &w->starter->head_capacity);
    w->starter->heads[w->starter->head_count++] = head;
    nb_buffer_text(name, "${");
    for (size_t i = 0; i < head.length; i++) {
        if (strchr("|:}\\", head.data[i]))
            nb_buffer_byte(name, '\\');
        nb_buffer_byte(name, (unsigned char)head.data[i]);
    }
    nb_buffer_byte(name, '}');
    nb_json_write_string(w->out, (nb_string){ (const char *)name->data, name->length });
}

/* The form computes the values of the field when they are left out. */
static bool is_computed(const nb_form *form, const nb_field *field)
{
    for (int i = 0; i < form->equation_count; i++)
        if (form->equations[i].computes && form->equations[i].totals[0] >= field->slot &&
            form->equations[i].totals[0] < field->slot + field->slot_count)
            return !field->required;
    return false;
}

/* A list of records is no matter of one row, and the title is the form's own. */
static bool has_column(const nb_form *form, const nb_field *field)
{
    return field->kind != NB_FIELD_RECORDS && field->slot != form->title_slot &&
           !is_computed(form, field);
}

static bool has_columns(const nb_form *form, const nb_field *field)
{
    if (field->kind != NB_FIELD_GROUP)
        return has_column(form, field);
    for (int i = 0; i < field->child_count; i++)
        if (has_columns(form, &field->children[i]))
            return true;
    return false;
}

/* The row without its total. */
static void write_vector(writing *w, const nb_field *field)
{
    nb_buffer_byte(w->out, '[');
    for (int i = 0; i < field->slot_count - 1; i++) {
        if (i)
            nb_buffer_text(w->out, ", ");
        write_reference(w, field->slot + i);
    }
    nb_buffer_byte(w->out, ']');
}

static void write_group(writing *w, const nb_field *field)
{
    bool is_first = true;
    nb_buffer_byte(w->out, '{');
    w->depth++;
    if (!field->parent) {
        new_line(w);
        nb_buffer_text(w->out, "\"form\": ");
        nb_json_write_string(w->out, nb_string_of(w->form->id));
        is_first = false;
    }
    for (int i = 0; i < field->child_count; i++) {
        const nb_field *child = &field->children[i];
        if (!has_columns(w->form, child))
            continue;
        if (!is_first)
            nb_buffer_byte(w->out, ',');
        is_first = false;
        new_line(w);
        nb_json_write_string(w->out, child->key);
        nb_buffer_text(w->out, ": ");
        if (child->kind == NB_FIELD_GROUP)
            write_group(w, child);
        else if (child->kind == NB_FIELD_VECTOR)
            write_vector(w, child);
        else
            write_reference(w, child->slot);
    }
    w->depth--;
    new_line(w);
    nb_buffer_byte(w->out, '}');
}

nb_starter *nb_starter_new(const nb_form *form, nb_arena *arena)
{
    nb_starter *starter = NB_NEW(arena, nb_starter);
    writing w = { form, starter, arena, nb_buffer_new(arena, LARGEST), 0 };
    write_group(&w, form->root);
    nb_buffer_byte(w.out, '\n');
    starter->template = (nb_string){ (const char *)w.out->data, w.out->length };
    return starter;
}

nb_string nb_starter_csv(const nb_starter *starter, nb_arena *arena)
{
    nb_buffer *out = nb_buffer_new(arena, LARGEST);
    nb_buffer_text(out, "\xEF\xBB\xBF"); /* or Excel takes it for GBK */
    for (int i = 0; i < starter->head_count; i++) {
        nb_string head = starter->heads[i];
        nb_buffer_text(out, i ? ",\"" : "\"");
        for (size_t k = 0; k < head.length; k++) {
            if (head.data[k] == '"')
                nb_buffer_byte(out, '"');
            nb_buffer_byte(out, (unsigned char)head.data[k]);
        }
        nb_buffer_byte(out, '"');
    }
    nb_buffer_text(out, "\r\n");
    return (nb_string){ (const char *)out->data, out->length };
}

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define TYPES "application/vnd.openxmlformats-officedocument.spreadsheetml."

/*
 * The least that a workbook is (ISO/IEC 29500-1, 12.2): content types, two sets of relationships,
 * the workbook, and its sheet.
 */
static const char *const parts[][2] = {
    { "[Content_Types].xml",
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
      "<Types xmlns=\"" PACKAGE "content-types\"><Default Extension=\"rels\" "
      "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
      "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" TYPES "sheet.main+xml\"/>"
      "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"" TYPES "worksheet+xml\"/>"
      "</Types>" },
    { "_rels/.rels", "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
                     "<Relationships xmlns=\"" PACKAGE
                     "relationships\"><Relationship Id=\"rId1\" Type=\"" RELATIONS
                     "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>" },
    { "xl/workbook.xml",
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
      "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" RELATIONS "\"><sheets><sheet name=\"Sheet1\" "
      "sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>" },
    { "xl/_rels/workbook.xml.rels",
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
      "<Relationships xmlns=\"" PACKAGE
      "relationships\"><Relationship Id=\"rId1\" Type=\"" RELATIONS
      "/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>" },
};

/* "AB" of 27. */
static const char *column_letters(int column, nb_arena *arena)
{
    const char *letters = "";
    for (column++; column > 0; column = (column - 1) / 26)
        letters = nb_arena_print(arena, "%c%s", 'A' + (column - 1) % 26, letters);
    return letters;
}

nb_status nb_starter_xlsx(const nb_starter *starter, nb_arena *arena, nb_findings *findings,
                          nb_string *out)
{
    nb_zip *zip = nb_zip_new(NULL, arena);
    nb_buffer *bytes = nb_buffer_new(arena, LARGEST);
    nb_xml xml;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        nb_zip_add(zip, parts[i][0], nb_string_of(parts[i][1]));
    nb_xml_begin(&xml, bytes);
    nb_xml_open(&xml, "worksheet");
    nb_xml_attribute(&xml, "xmlns", MAIN);
    nb_xml_open(&xml, "sheetData");
    nb_xml_open(&xml, "row");
    nb_xml_attribute(&xml, "r", "1");
    for (int i = 0; i < starter->head_count; i++) {
        nb_xml_open(&xml, "c");
        nb_xml_attribute(&xml, "r", nb_arena_print(arena, "%s1", column_letters(i, arena)));
        nb_xml_attribute(&xml, "t", "inlineStr");
        nb_xml_open(&xml, "is");
        nb_xml_element(&xml, "t", starter->heads[i]);
        nb_xml_close(&xml, "is");
        nb_xml_close(&xml, "c");
    }
    nb_xml_close(&xml, "row");
    nb_xml_close(&xml, "sheetData");
    nb_xml_close(&xml, "worksheet");
    if (!nb_xml_end(&xml))
        return NB_E_OUTPUT;
    nb_zip_add(zip, "xl/worksheets/sheet1.xml",
               (nb_string){ (const char *)bytes->data, bytes->length });
    return nb_zip_finish(zip, findings, out);
}
