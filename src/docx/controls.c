/*
 * Content controls (17.5.2) of an editable report, and the part that values are bound to:
 *
 *   w:sdt ── w:text, w:dataBinding    a number of a table
 *   w:sdt ── w:richText               a line of the title, a paragraph, what is signed; and all
 *                                     paragraphs of a section
 *
 *   <values xmlns="urn:nianbao:values:1">
 *     <value key="v1" pointer="/requests/received/0">25</value>      in the order of their controls
 *     <text key="t1" pointer="/sections/overview/0"/>
 *     <section key="s1" pointer="/sections/overview"/>
 *   </values>
 *
 * The tag of a control is its key, since tags may not be longer than 64 characters and pointers
 * are. LibreOffice 7.4 repeats the text of a control around a paragraph, and that of a plain one
 * that holds Chinese, once for each stretch of one script. So controls stand inside their
 * paragraphs (one around paragraphs that begin with their own is passed over there), and only
 * numbers are plain and bound.
 */
#include "docx/parts.h"

#include <stdlib.h>

#define PREFIX_MAPPING "xmlns:n='" NB_DOCX_VALUES_NAMESPACE "'"

enum { LONGEST_ALIAS = 64 }; /* characters that Word shows of a title */

static const char *const ELEMENTS[] = { "value", "text", "section" };

/* Note the control; its key is the first letter of its kind and its number. */
static nb_docx_control *add_control(nb_docx *docx, nb_docx_control_kind kind, const char *pointer,
                                    nb_string text)
{
    nb_docx_control *control = NB_NEW(docx->arena, nb_docx_control);
    int number = ++docx->control_counts[kind];
    *control =
        (nb_docx_control){ kind, nb_arena_print(docx->arena, "%c%d", *ELEMENTS[kind], number),
                           pointer, text, NULL };
    *(docx->last_control ? &docx->last_control->next : &docx->controls) = control;
    docx->last_control = control;
    return control;
}

/* What the user is told of the control: the name of its value, and which line or paragraph. */
static nb_string alias_of(const nb_docx *docx, const char *pointer)
{
    const nb_form *form = docx->document->form;
    const char *end = pointer + strlen(pointer), *slash = strrchr(pointer, '/');
    int slot = nb_form_slot(form, nb_string_of(pointer));
    if (slot >= 0)
        return nb_utf8_prefix(nb_string_of(form->slots[slot].label), LONGEST_ALIAS);
    slot = slash ? nb_form_slot(form, (nb_string){ pointer, (size_t)(slash - pointer) }) : -1;
    if (slot < 0 || slash + 1 == end)
        return nb_string_of(pointer);
    const char *unit = form->slots[slot].field->kind == NB_FIELD_PROSE ? "段" : "行";
    nb_string label = nb_utf8_prefix(nb_string_of(form->slots[slot].label), LONGEST_ALIAS - 8);
    return nb_string_of(nb_arena_print(docx->arena, "%.*s 第%ld%s", (int)label.length, label.data,
                                       strtol(slash + 1, NULL, 10) + 1, unit));
}

static void write_binding(const nb_docx *docx, nb_xml *xml, int number)
{
    nb_xml_open(xml, "w:dataBinding");
    nb_xml_attribute(xml, "w:prefixMappings", PREFIX_MAPPING);
    nb_xml_attribute(xml, "w:xpath",
                     nb_arena_print(docx->arena, "/n:values[1]/n:value[%d]", number));
    nb_xml_attribute(xml, "w:storeItemID", NB_DOCX_VALUES_ID);
    nb_xml_close(xml, "w:dataBinding");
}

/* The properties in the order that Word writes them, which every reader takes. */
static void open_control(nb_docx *docx, nb_xml *xml, nb_docx_control_kind kind, const char *pointer,
                         nb_string text, bool is_kept)
{
    const nb_docx_control *control = add_control(docx, kind, pointer, text);
    nb_xml_open(xml, "w:sdt");
    nb_xml_open(xml, "w:sdtPr");
    nb_xml_open(xml, "w:alias");
    nb_xml_attribute_string(xml, "w:val", alias_of(docx, pointer));
    nb_xml_close(xml, "w:alias");
    nb_docx_value(xml, "w:tag", control->key);
    nb_docx_number(xml, "w:id", ++docx->control_count);
    nb_docx_value(xml, "w:lock", is_kept ? "sdtLocked" : "unlocked");
    if (kind == NB_DOCX_VALUE)
        write_binding(docx, xml, docx->control_counts[kind]);
    nb_xml_empty(xml, kind == NB_DOCX_VALUE ? "w:text" : "w:richText");
    nb_xml_close(xml, "w:sdtPr");
    nb_xml_open(xml, "w:sdtContent");
}

static void close_control(nb_xml *xml)
{
    nb_xml_close(xml, "w:sdtContent");
    nb_xml_close(xml, "w:sdt");
}

static bool is_ascii(nb_string text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.data[i] >= 0x80)
            return false;
    return true;
}

void nb_docx_write_text_control(nb_docx *docx, nb_xml *xml, const nb_text *text,
                                const char *pointer, bool is_kept)
{
    open_control(docx, xml, NB_DOCX_TEXT, pointer, NB_STRING(""), is_kept);
    nb_docx_write_runs(docx, xml, text, 100);
    close_control(xml);
}

/* A blank value keeps its control, which needs something to stand in. */
void nb_docx_write_value(nb_docx *docx, nb_xml *xml, const nb_cell *cell)
{
    nb_text shown = cell->text;
    nb_string text = nb_text_plain(&cell->text, docx->arena);
    if (!text.length) {
        text = NB_STRING(" ");
        shown.spans = NB_NEW(docx->arena, nb_span);
        *shown.spans = (nb_span){ .text = text, .role = shown.style->role };
        shown.span_count = 1;
        shown.needs_no_fallback = false;
    }
    open_control(docx, xml, is_ascii(text) ? NB_DOCX_VALUE : NB_DOCX_TEXT, shown.pointer, text,
                 true);
    nb_docx_write_runs(docx, xml, &shown, cell->scale);
    close_control(xml);
}

void nb_docx_write_line_controls(nb_docx *docx, nb_xml *xml, const nb_text *text,
                                 const char *pointer)
{
    nb_string rest = text->spans[0].text;
    for (int i = 0; rest.length; i++) {
        const char *end = memchr(rest.data, '\n', rest.length);
        size_t length = end ? (size_t)(end - rest.data) : rest.length;
        nb_text line = *text;
        line.spans = NB_NEW(docx->arena, nb_span);
        *line.spans = (nb_span){ .text = { rest.data, length }, .role = text->spans[0].role };
        line.span_count = 1;
        line.tracking_count = 0; /* counted in the whole text */
        nb_docx_write_text_control(docx, xml, &line,
                                   nb_arena_print(docx->arena, "%s/%d", pointer, i), true);
        if (end) {
            nb_xml_open(xml, "w:r");
            nb_xml_empty(xml, "w:br");
            nb_xml_close(xml, "w:r");
            length++;
        }
        rest = (nb_string){ rest.data + length, rest.length - length };
    }
}

/* The list that a paragraph is an entry of, or "". */
static const char *section_of(nb_docx *docx, const nb_block *block)
{
    const char *pointer = block->text.pointer, *slash = strrchr(pointer, '/');
    bool is_entry = slash &&
                    (block->kind == NB_BLOCK_PARAGRAPH || block->kind == NB_BLOCK_HEADING) &&
                    block->closing == NB_CLOSING_NONE;
    return is_entry ? nb_arena_print(docx->arena, "%.*s", (int)(slash - pointer), pointer) : "";
}

void nb_docx_enter_section(nb_docx *docx, nb_xml *xml, const nb_block *block)
{
    const char *section = block ? section_of(docx, block) : "";
    if (strcmp(section, docx->section) == 0)
        return;
    if (*docx->section)
        close_control(xml);
    if (*section)
        open_control(docx, xml, NB_DOCX_SECTION, section, NB_STRING(""), true);
    docx->section = section;
}

void nb_docx_write_values(nb_docx *docx, nb_xml *xml)
{
    nb_xml_open(xml, "values");
    nb_xml_attribute(xml, "xmlns", NB_DOCX_VALUES_NAMESPACE);
    for (int kind = NB_DOCX_VALUE; kind <= NB_DOCX_SECTION; kind++)
        for (const nb_docx_control *at = docx->controls; at; at = at->next) {
            if ((int)at->kind != kind)
                continue;
            nb_xml_open(xml, ELEMENTS[kind]);
            nb_xml_attribute(xml, "key", at->key);
            nb_xml_attribute(xml, "pointer", at->pointer);
            if (kind == NB_DOCX_VALUE)
                nb_xml_text(xml, at->text);
            nb_xml_close(xml, ELEMENTS[kind]);
        }
    nb_xml_close(xml, "values");
}
