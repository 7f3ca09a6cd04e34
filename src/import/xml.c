#include "import/reader.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <limits.h>

/*
 * Errors stay in the context, where nothing prints them. Entities are not substituted and no DTD is
 * loaded, since nothing asks for it; the text is UTF-8 before libxml2 sees it, since a failing
 * conversion would be told on stderr.
 */
enum {
    XML_OPTIONS = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_IGNORE_ENC,
    HTML_OPTIONS =
        HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_IGNORE_ENC
};

static void free_document(void *document)
{
    xmlFreeDoc(document);
}

/* What the library has read, now the arena's; NULL when it is not to be used. */
static xmlDoc *keep(xmlDoc *document, bool is_refused, bool no_memory, nb_arena *arena)
{
    if (document && (is_refused || no_memory)) {
        xmlFreeDoc(document);
        document = NULL;
    }
    if (no_memory)
        nb_arena_fail(arena);
    if (document)
        nb_arena_defer(arena, free_document, document);
    return document;
}

xmlDoc *nb_xml_read(nb_string bytes, nb_arena *arena)
{
    nb_string text;
    if (bytes.length > INT_MAX || !nb_to_utf8(bytes, NB_STRING("UTF-8"), arena, &text))
        return NULL;
    xmlInitParser();
    xmlParserCtxt *context = xmlNewParserCtxt();
    if (!context)
        nb_arena_fail(arena);
    xmlDoc *document =
        xmlCtxtReadMemory(context, text.data, (int)text.length, NULL, "UTF-8", XML_OPTIONS);
    /* A part with a DTD is no part of any office file. */
    bool has_dtd = document && (document->intSubset || document->extSubset);
    bool no_memory = context->errNo == XML_ERR_NO_MEMORY;
    xmlFreeParserCtxt(context);
    return keep(document, has_dtd, no_memory, arena);
}

xmlDoc *nb_html_read(nb_string utf8, nb_arena *arena)
{
    if (utf8.length > INT_MAX)
        return NULL;
    xmlInitParser();
    htmlParserCtxt *context = htmlNewParserCtxt();
    if (!context)
        nb_arena_fail(arena);
    xmlDoc *document =
        htmlCtxtReadMemory(context, utf8.data, (int)utf8.length, NULL, "UTF-8", HTML_OPTIONS);
    bool no_memory = context->errNo == XML_ERR_NO_MEMORY;
    bool is_cut = context->disableSAX != 0;
    htmlFreeParserCtxt(context);
    return keep(document, is_cut, no_memory, arena);
}

bool nb_element_is(const xmlNode *node, const char *name)
{
    return node && node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

bool nb_element_is_one_of(const xmlNode *node, const char *const *names)
{
    for (; *names; names++)
        if (nb_element_is(node, *names))
            return true;
    return false;
}

typedef struct cell_count {
    const char *const *tables, *const *cells; /* what they are called */
    int own, inner;
} cell_count;

static void count_cells(cell_count *count, const xmlNode *node, int depth, bool is_inner)
{
    if (depth > NB_DEEPEST_ELEMENT)
        return;
    for (const xmlNode *child = node->children; child; child = child->next) {
        if (child->type != XML_ELEMENT_NODE)
            continue;
        if (nb_element_is_one_of(child, count->cells))
            ++*(is_inner ? &count->inner : &count->own);
        count_cells(count, child, depth + 1,
                    is_inner || nb_element_is_one_of(child, count->tables));
    }
}

bool nb_is_layout_table(const xmlNode *table, const char *const *tables, const char *const *cells)
{
    cell_count count = { tables, cells, 0, 0 };
    count_cells(&count, table, 0, false);
    return count.inner > count.own;
}

nb_string nb_attribute(const xmlNode *node, const char *name, nb_arena *arena)
{
    for (const xmlAttr *a = node ? node->properties : NULL; a; a = a->next)
        if (strcmp((const char *)a->name, name) == 0) {
            if (!a->children)
                return NB_STRING("");
            if (!a->children->next && a->children->type == XML_TEXT_NODE)
                return nb_node_text(a->children);
            nb_buffer *out = nb_buffer_new(arena, NB_LARGEST_EXTRACT);
            for (const xmlNode *part = a->children; part; part = part->next)
                if (part->type == XML_TEXT_NODE)
                    nb_buffer_text(out, (const char *)part->content);
            return (nb_string){ nb_arena_copy(arena, out->data, out->length), out->length };
        }
    return NB_STRING("");
}

const xmlNode *nb_child(const xmlNode *node, const char *name)
{
    for (const xmlNode *child = node ? node->children : NULL; child; child = child->next)
        if (nb_element_is(child, name))
            return child;
    return NULL;
}

bool nb_is_on(const xmlNode *properties, const char *name, nb_arena *arena)
{
    const xmlNode *property = nb_child(properties, name);
    nb_string value = nb_attribute(property, "val", arena);
    return property && !nb_string_is(value, "0") && !nb_string_is(value, "false") &&
           !nb_string_is(value, "off");
}

nb_string nb_node_text(const xmlNode *text)
{
    return nb_string_of(text->content ? (const char *)text->content : "");
}

static void add_text(nb_buffer *out, const xmlNode *node, int depth)
{
    for (const xmlNode *child = node->children; child; child = child->next) {
        if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE)
            nb_buffer_text(out, nb_node_text(child).data);
        else if (child->type == XML_ELEMENT_NODE && depth < NB_DEEPEST_ELEMENT)
            add_text(out, child, depth + 1);
    }
}

nb_string nb_text_content(const xmlNode *node, nb_arena *arena)
{
    nb_buffer *out = nb_buffer_new(arena, NB_LARGEST_EXTRACT);
    add_text(out, node, 0);
    return (nb_string){ nb_arena_copy(arena, out->data, out->length), out->length };
}
