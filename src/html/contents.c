/* The headings of the page and the table of contents made of them. */
#include "html/parts.h"

enum { DEEPEST = 16 };

void nb_html_find_headings(nb_html *html)
{
    const nb_document *document = html->document;
    html->headings = NB_NEW_ARRAY(html->arena, nb_html_heading, (size_t)document->block_count);
    /* The levels of the headings that a heading stands under: their number is its depth. */
    int above[DEEPEST];
    int depth = 0;
    for (int i = 0; i < document->block_count; i++) {
        const nb_block *block = &document->blocks[i];
        if (block->kind != NB_BLOCK_HEADING)
            continue;
        while (depth > 0 && above[depth - 1] >= block->level)
            depth--;
        if (depth < DEEPEST)
            above[depth++] = block->level;
        int number = html->heading_count + 1;
        html->headings[html->heading_count++] =
            (nb_html_heading){ block, depth, nb_arena_print(html->arena, "heading-%d", number),
                               nb_text_plain(&block->text, html->arena) };
    }
}

static void write_link(nb_html *html, const nb_html_heading *heading)
{
    nb_xml_open(html->xml, "a");
    nb_xml_attribute(html->xml, "href", nb_arena_print(html->arena, "#%s", heading->id));
    nb_xml_text(html->xml, heading->text);
    nb_html_close(html->xml, "a");
}

static void write_list(nb_html *html)
{
    nb_xml *xml = html->xml;
    int depth = 0;
    for (int i = 0; i < html->heading_count; i++) {
        const nb_html_heading *heading = &html->headings[i];
        if (heading->depth > depth) {
            nb_xml_open(xml, "ol");
            depth++;
        } else {
            nb_html_close(xml, "li");
        }
        for (; depth > heading->depth; depth--) {
            nb_html_close(xml, "ol");
            nb_html_close(xml, "li");
        }
        nb_html_newline(xml);
        nb_xml_open(xml, "li");
        write_link(html, heading);
    }
    for (; depth > 0; depth--) {
        nb_html_close(xml, "li");
        nb_html_close(xml, "ol");
    }
}

void nb_html_write_contents(nb_html *html)
{
    if (html->heading_count == 0)
        return;
    nb_xml *xml = html->xml;
    nb_xml_open(xml, "nav");
    nb_xml_attribute(xml, "aria-labelledby", "contents");
    nb_xml_open(xml, "h2");
    nb_xml_attribute(xml, "id", "contents");
    nb_xml_text(xml, NB_STRING("目录"));
    nb_html_close(xml, "h2");
    write_list(html);
    nb_html_close(xml, "nav");
    nb_html_newline(xml);
}
