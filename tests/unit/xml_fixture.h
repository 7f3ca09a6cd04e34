/* XML that was written, as trees that are freed with an arena, and XPath into them. */
#ifndef NB_TESTS_XML_FIXTURE_H
#define NB_TESTS_XML_FIXTURE_H

#include "fixture.h"

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

static inline void release_tree(void *tree)
{
    xmlFreeDoc(tree);
}

/* It must be well-formed. */
static inline xmlDocPtr parse_xml(nb_string bytes, const char *name, nb_arena *arena)
{
    xmlDocPtr tree = xmlReadMemory(bytes.data, (int)bytes.length, name, NULL, XML_PARSE_NONET);
    assert_non_null(tree);
    nb_arena_defer(arena, release_tree, tree);
    return tree;
}

/* The caller frees what the expression gives. */
static inline xmlXPathObjectPtr evaluate(xmlDocPtr tree, const char *expression)
{
    static const char *const namespaces[][2] = {
        { "w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main" },
        { "r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships" },
        { "t", "http://schemas.openxmlformats.org/package/2006/content-types" },
        { "rel", "http://schemas.openxmlformats.org/package/2006/relationships" },
        { "n", "urn:nianbao:report:1" },
        { "dc", "http://purl.org/dc/elements/1.1/" },
        { "dcterms", "http://purl.org/dc/terms/" },
        { "cu", "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" },
        { "ofd", "http://www.ofdspec.org/2016" },
        { "s", "http://www.w3.org/2000/svg" },
    };
    xmlXPathContextPtr context = xmlXPathNewContext(tree);
    for (size_t i = 0; i < sizeof namespaces / sizeof namespaces[0]; i++)
        xmlXPathRegisterNs(context, BAD_CAST namespaces[i][0], BAD_CAST namespaces[i][1]);
    xmlXPathObjectPtr result = xmlXPathEvalExpression(BAD_CAST expression, context);
    xmlXPathFreeContext(context);
    if (!result)
        fail_msg("not an XPath: %s", expression);
    return result;
}

static inline int count_of(xmlDocPtr tree, const char *nodes)
{
    xmlXPathObjectPtr result = evaluate(tree, nodes);
    int count = result->nodesetval ? result->nodesetval->nodeNr : 0;
    xmlXPathFreeObject(result);
    return count;
}

#endif
