/*
 * The page:
 *
 *   head        title, meta, style                 stylesheet.c, screen_rules.c
 *   body
 *     a         skip link to the text
 *     main
 *       p       in a draft, that it is one
 *       article
 *         header  h1
 *         nav     table of contents              contents.c
 *         div     h2 … h6, p, figures, tables    table.c
 *     script    the report's JSON, as data
 */
#include "html/html.h"

#include "base/base64.h"
#include "html/parts.h"

/* Far more than any report, with its pictures; a page that grows past it is a fault. */
enum { LARGEST_PAGE = 512 << 20 };

enum { DEEPEST_HEADING = 6 };

static void write_words(nb_xml *xml, nb_string words)
{
    size_t written = 0;
    for (size_t i = 0; i < words.length; i++) {
        if (words.data[i] != '\n')
            continue;
        nb_xml_text(xml, (nb_string){ words.data + written, i - written });
        nb_xml_open(xml, "br");
        nb_html_end_void(xml, "br");
        written = i + 1;
    }
    nb_xml_text(xml, (nb_string){ words.data + written, words.length - written });
}

void nb_html_write_spans(nb_html *html, const nb_text *text)
{
    for (int i = 0; i < text->span_count; i++) {
        const nb_span *span = &text->spans[i];
        bool stands_out = strcmp(span->role, text->style->role) != 0;
        if (stands_out) {
            nb_xml_open(html->xml, "strong");
            nb_xml_attribute(html->xml, "class", nb_html_name(html->arena, "f-", span->role));
        }
        write_words(html->xml, span->text);
        if (stands_out)
            nb_html_close(html->xml, "strong");
    }
    if (html->xml->failed && !html->failed_text)
        html->failed_text = text;
}

void nb_html_write_origin(nb_html *html, const nb_text *text, const char *more)
{
    const char *name = nb_html_name(html->arena, "s-", text->style->name);
    nb_xml_attribute(html->xml, "class", nb_arena_print(html->arena, "%s%s", name, more));
    if (*text->pointer)
        nb_xml_attribute(html->xml, "data-pointer", text->pointer);
}

static void write_meta(nb_xml *xml, const char *name, nb_string content)
{
    if (content.length == 0)
        return;
    nb_xml_open(xml, "meta");
    nb_xml_attribute(xml, "name", name);
    nb_xml_attribute_string(xml, "content", content);
    nb_html_end_void(xml, "meta");
    nb_html_newline(xml);
}

/* The title and what the sections are called. */
static nb_string describe(const nb_html *html)
{
    nb_buffer *words = nb_buffer_new(html->arena, LARGEST_PAGE);
    nb_buffer_add(words, html->document->title.data, html->document->title.length);
    const char *between = "：";
    for (int i = 0; i < html->heading_count; i++) {
        if (html->headings[i].depth > 1)
            continue;
        nb_buffer_text(words, between);
        nb_buffer_add(words, html->headings[i].text.data, html->headings[i].text.length);
        between = "；";
    }
    return (nb_string){ (const char *)words->data, words->length };
}

static void write_head(nb_html *html)
{
    nb_xml *xml = html->xml;
    const nb_document *document = html->document;
    nb_xml_open(xml, "head");
    nb_html_newline(xml);
    nb_xml_open(xml, "meta");
    nb_xml_attribute(xml, "charset", "utf-8");
    nb_html_end_void(xml, "meta");
    nb_html_newline(xml);
    nb_html_element(xml, "title", document->title);
    nb_html_newline(xml);
    write_meta(xml, "viewport", NB_STRING("width=device-width, initial-scale=1"));
    write_meta(xml, "author", document->author);
    write_meta(xml, "description", describe(html));
    write_meta(xml, "dcterms.date", document->date);
    /* What government websites label their articles with (国办发〔2017〕47号). */
    write_meta(xml, "ArticleTitle", document->title);
    write_meta(xml, "ContentSource", document->author);
    nb_html_write_stylesheet(html);
    nb_html_close(xml, "head");
    nb_html_newline(xml);
}

static void write_block_text(nb_html *html, const char *element, const char *id,
                             const nb_text *text)
{
    nb_xml_open(html->xml, element);
    if (id)
        nb_xml_attribute(html->xml, "id", id);
    nb_html_write_origin(html, text, "");
    nb_html_write_spans(html, text);
    nb_html_close(html->xml, element);
    nb_html_newline(html->xml);
}

const char *nb_html_closing_id(nb_html *html, int number)
{
    return nb_arena_print(html->arena, "closing-%d", number);
}

static void write_closing(nb_html *html, const nb_block *block, int number)
{
    nb_string date = html->document->date;
    bool is_date = block->closing == NB_CLOSING_SIGNATURE_DATE && date.length > 0;
    nb_xml_open(html->xml, "p");
    nb_xml_attribute(html->xml, "id", nb_html_closing_id(html, number));
    nb_html_write_origin(html, &block->text, "");
    if (is_date) {
        nb_xml_open(html->xml, "time");
        nb_xml_attribute_string(html->xml, "datetime", date);
    }
    nb_html_write_spans(html, &block->text);
    if (is_date)
        nb_html_close(html->xml, "time");
    nb_html_close(html->xml, "p");
    nb_html_newline(html->xml);
}

static void write_heading(nb_html *html, const nb_html_heading *heading)
{
    static const char *const elements[] = { "h2", "h3", "h4", "h5", "h6" };
    int level = heading->depth + 1 < DEEPEST_HEADING ? heading->depth + 1 : DEEPEST_HEADING;
    write_block_text(html, elements[level - 2], heading->id, &heading->block->text);
}

/* In pixels of CSS, of which an inch has 96. */
static int64_t pixels(nb_length length)
{
    const nb_length pixel = 9525;
    return length > pixel ? (length + pixel / 2) / pixel : 1;
}

/*
 * Pictures are in the page itself, so that it stays one file. Layout has told how large they are on
 * paper.
 */
static void write_picture(nb_html *html, const nb_block *block)
{
    const nb_picture *picture = block->picture;
    nb_xml *xml = html->xml;
    const char *type =
        nb_arena_print(html->arena, "data:image/%s;base64,", nb_image_format_name(picture->image));
    nb_string digits = nb_base64_encode(picture->image->bytes, html->arena);
    bool is_set = picture->width > 0;
    nb_length width = is_set ? picture->width : picture->image->natural_width;
    nb_length height = is_set ? picture->height : picture->image->natural_height;
    nb_xml_open(xml, "figure");
    nb_xml_open(xml, "img");
    nb_xml_attribute_string(xml, "alt", picture->alt);
    nb_xml_attribute_integer(xml, "width", pixels(width));
    nb_xml_attribute_integer(xml, "height", pixels(height));
    if (!nb_block_has_caption(block) && *block->text.pointer)
        nb_xml_attribute(xml, "data-pointer", block->text.pointer);
    /* Digits need no escaping, and there are millions of them. */
    nb_buffer_text(xml->buffer, " src=\"");
    nb_buffer_text(xml->buffer, type);
    nb_buffer_add(xml->buffer, digits.data, digits.length);
    nb_buffer_byte(xml->buffer, '"');
    nb_html_end_void(xml, "img");
    if (nb_block_has_caption(block))
        write_block_text(html, "figcaption", NULL, &block->text);
    nb_html_close(xml, "figure");
    nb_html_newline(xml);
}

/* The document's first title, if it begins with one, is the page's. */
static const nb_block *title_block(const nb_document *document)
{
    bool begins_with_title =
        document->block_count > 0 && document->blocks[0].kind == NB_BLOCK_TITLE;
    return begins_with_title ? document->blocks : NULL;
}

static void write_header(nb_html *html)
{
    const nb_block *title = title_block(html->document);
    nb_xml_open(html->xml, "header");
    if (title)
        write_block_text(html, "h1", NULL, &title->text);
    else
        nb_html_element(html->xml, "h1", html->document->title);
    nb_html_close(html->xml, "header");
    nb_html_newline(html->xml);
}

static void write_blocks(nb_html *html)
{
    const nb_document *document = html->document;
    const nb_html_heading *next = html->headings;
    const char *heading = NULL;
    int tables = 0, closings = 0;
    for (int i = title_block(document) ? 1 : 0; i < document->block_count; i++) {
        const nb_block *block = &document->blocks[i];
        switch (block->kind) {
        case NB_BLOCK_HEADING:
            heading = next->id;
            write_heading(html, next++);
            break;
        case NB_BLOCK_TABLE:
            nb_html_write_table(html, block->table, ++tables, heading);
            break;
        case NB_BLOCK_PICTURE:
            write_picture(html, block);
            break;
        case NB_BLOCK_TITLE:
        case NB_BLOCK_PARAGRAPH:
            if (block->closing != NB_CLOSING_NONE)
                write_closing(html, block, ++closings);
            else
                write_block_text(html, "p", NULL, &block->text);
            break;
        }
    }
}

/* See html.h. */
static void write_data(nb_html *html)
{
    nb_string json = html->document->report_json;
    if (json.length == 0)
        return;
    nb_xml_open(html->xml, "script");
    nb_xml_attribute(html->xml, "type", "application/json");
    nb_xml_attribute(html->xml, "id", "report-data");
    nb_xml_attribute(html->xml, "data-sha256", html->document->report_digest);
    if (html->document->is_draft)
        nb_xml_attribute(html->xml, "data-draft", "1");
    size_t written = 0;
    for (size_t i = 1; i < json.length; i++) {
        if (json.data[i - 1] != '<' || (json.data[i] != '/' && json.data[i] != '!'))
            continue;
        nb_html_raw(html->xml, (nb_string){ json.data + written, i - written });
        nb_html_raw(html->xml, json.data[i] == '/' ? NB_STRING("\\/") : NB_STRING("\\u0021"));
        written = i + 1;
    }
    nb_html_raw(html->xml, (nb_string){ json.data + written, json.length - written });
    nb_html_close(html->xml, "script");
    nb_html_newline(html->xml);
}

/* Read out once, before all else; printing repeats it by the style sheet, which readers do not read. */
static void write_draft_mark(nb_html *html)
{
    nb_xml *xml = html->xml;
    nb_xml_open(xml, "p");
    nb_xml_attribute(xml, "class", "draft-mark");
    nb_xml_attribute(xml, "role", "note");
    nb_xml_text(xml, nb_string_of(html->document->style->draft_mark.before));
    nb_html_close(xml, "p");
    nb_html_newline(xml);
}

static void write_body(nb_html *html)
{
    nb_xml *xml = html->xml;
    nb_xml_open(xml, "body");
    nb_html_newline(xml);
    nb_xml_open(xml, "a");
    nb_xml_attribute(xml, "class", "skip");
    nb_xml_attribute(xml, "href", "#text");
    nb_xml_text(xml, NB_STRING("跳到正文"));
    nb_html_close(xml, "a");
    nb_html_newline(xml);
    nb_xml_open(xml, "main");
    if (html->document->is_draft)
        write_draft_mark(html);
    nb_xml_open(xml, "article");
    nb_html_newline(xml);
    write_header(html);
    nb_html_write_contents(html);
    nb_xml_open(xml, "div");
    nb_xml_attribute(xml, "id", "text");
    nb_xml_attribute(xml, "tabindex", "-1");
    nb_html_newline(xml);
    write_blocks(html);
    nb_html_close(xml, "div");
    nb_html_newline(xml);
    nb_html_close(xml, "article");
    nb_html_close(xml, "main");
    nb_html_newline(xml);
    write_data(html);
    nb_html_close(xml, "body");
    nb_html_newline(xml);
}

/*
 * Input is checked long before; this is the last guard against a page that browsers would mend as
 * they like.
 */
static nb_status report_failure(const nb_html *html, nb_findings *findings)
{
    const nb_text *text = html->failed_text;
    nb_place place = { "", 0, 0, "" };
    if (text)
        place = (nb_place){ html->document->name ? html->document->name : "", text->line,
                            text->column, text->pointer };
    if (!html->xml->failed)
        nb_findings_add(findings, NB_ERROR, "IO", place,
                        NB_SAY(findings, "网页太大", "the page is too large"));
    else if (html->xml->forbidden == NB_UTF8_INVALID)
        nb_findings_add(findings, NB_ERROR, "IO", place,
                        NB_SAY(findings, "网页中有不合 UTF-8 的字节",
                               "the page holds bytes that are not UTF-8"));
    else
        nb_findings_add(findings, NB_ERROR, "IO", place,
                        NB_SAY(findings, "网页中有 HTML 不能保存的字符 U+%04X",
                               "the page holds the character U+%04X, which HTML cannot hold"),
                        (unsigned)html->xml->forbidden);
    return NB_E_OUTPUT;
}

nb_status nb_html_write(const nb_document *document, nb_arena *arena, nb_findings *findings,
                        nb_string *out)
{
    nb_xml xml = { .buffer = nb_buffer_new(arena, LARGEST_PAGE) };
    nb_html html = { .document = document, .arena = arena, .xml = &xml };
    nb_html_find_headings(&html);
    nb_buffer_text(xml.buffer, "<!DOCTYPE html>\n");
    nb_xml_open(&xml, "html");
    nb_xml_attribute(&xml, "lang", "zh-CN");
    nb_html_newline(&xml);
    write_head(&html);
    write_body(&html);
    nb_html_close(&xml, "html");
    nb_buffer_byte(xml.buffer, '\n');
    if (!nb_xml_end(&xml))
        return report_failure(&html, findings);
    *out = (nb_string){ (const char *)xml.buffer->data, xml.buffer->length };
    return NB_OK;
}
