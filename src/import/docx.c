/*
 * The parts of a DOCX that are read:
 *
 *   customXml/item1.xml     the report's own JSON, when this program wrote the file
 *   customXml/item2.xml     what its content controls hold, when they can be edited
 *   _rels/.rels ──▶ word/document.xml          docx_body.c
 *                     ├─▶ word/numbering.xml   numbering.c
 *                     └─▶ word/styles.xml      which styles are numbered
 */
#include "import/docx_body.h"
#include "import/reader.h"

#define DATA_NAMESPACE "urn:nianbao:report:1"
#define VALUES_NAMESPACE "urn:nianbao:values:1"

enum { MOST_DATA_PARTS = 64, MOST_CONTROLS = 20000 };

static bool begins_with(nb_string text, const char *start)
{
    size_t length = strlen(start);
    return text.length >= length && memcmp(text.data, start, length) == 0;
}

static bool ends_with(nb_string text, const char *end)
{
    size_t length = strlen(end);
    return text.length >= length && memcmp(text.data + text.length - length, end, length) == 0;
}

static xmlDoc *read_part(nb_package *package, nb_string name, nb_arena *arena)
{
    nb_string bytes;
    return name.length && nb_package_read(package, name, &bytes) ? nb_xml_read(bytes, arena) : NULL;
}

static bool is_root(const xmlNode *root, const char *name, const char *namespace)
{
    return root && nb_element_is(root, name) && root->ns && root->ns->href &&
           strcmp((const char *)root->ns->href, namespace) == 0;
}

static void read_values(nb_extract *extract, const xmlNode *root)
{
    nb_extract_values *values = &extract->values;
    for (const xmlNode *node = root->children; node && values->count < MOST_CONTROLS;
         node = node->next) {
        nb_extract_value value = { nb_attribute(node, "key", extract->arena),
                                   nb_attribute(node, "pointer", extract->arena),
                                   nb_element_is(node, "value"), NB_STRING("") };
        if (node->type != XML_ELEMENT_NODE || !value.key.length)
            continue;
        if (value.is_value)
            value.text = nb_text_content(node, extract->arena);
        NB_GROW(extract->arena, values->list, values->count, &values->capacity);
        values->list[values->count++] = value;
    }
}

static void tell_damaged(nb_extract *extract, nb_string name)
{
    nb_findings_add(extract->findings, NB_WARNING, "I4", (nb_place){ .file = extract->name },
                    NB_SAY(extract->findings, "文件里的 %.*s 已损坏，没有读入",
                           "%.*s in the file is damaged and was not read"),
                    (int)name.length, name.data);
}

/* The report's own data, and what the controls are bound to: the first part of either kind. */
static void find_data(nb_extract *extract, nb_package *package)
{
    int looked_at = 0;
    for (int i = 0; i < nb_package_count(package) && looked_at < MOST_DATA_PARTS; i++) {
        nb_string name = nb_package_name(package, i);
        if (!begins_with(name, "customXml/") || !ends_with(name, ".xml"))
            continue;
        looked_at++;
        xmlDoc *document = read_part(package, name, extract->arena);
        const xmlNode *root = document ? xmlDocGetRootElement(document) : NULL;
        if (!root)
            tell_damaged(extract, name);
        if (is_root(root, "report", DATA_NAMESPACE) && !extract->carried.length) {
            nb_extract_carry(extract, nb_text_content(root, extract->arena),
                             nb_attribute(root, "sha256", extract->arena));
            extract->is_draft = nb_string_is(nb_attribute(root, "draft", extract->arena), "1");
        } else if (is_root(root, "values", VALUES_NAMESPACE) && !extract->values.count) {
            read_values(extract, root);
        }
    }
}

/* The folder of a part, with its slash. */
static nb_string folder_of(nb_string part)
{
    while (part.length && part.data[part.length - 1] != '/')
        part.length--;
    return part;
}

/* The part that a part has a relationship of this kind with, or an empty string. */
static nb_string related(nb_package *package, nb_string part, const char *kind, nb_arena *arena)
{
    nb_string folder = folder_of(part);
    nb_string base = { part.data + folder.length, part.length - folder.length };
    const char *rels = nb_arena_print(arena, "%.*s_rels/%.*s.rels", (int)folder.length, folder.data,
                                      (int)base.length, base.data);
    xmlDoc *document = read_part(package, nb_string_of(rels), arena);
    const xmlNode *root = document ? xmlDocGetRootElement(document) : NULL;
    for (const xmlNode *child = root ? root->children : NULL; child; child = child->next) {
        if (!nb_element_is(child, "Relationship") ||
            !ends_with(nb_attribute(child, "Type", arena), kind) ||
            nb_string_is(nb_attribute(child, "TargetMode", arena), "External"))
            continue;
        nb_string target = nb_attribute(child, "Target", arena);
        if (begins_with(target, "/"))
            return (nb_string){ target.data + 1, target.length - 1 };
        return nb_string_of(nb_arena_print(arena, "%.*s%.*s", (int)folder.length, folder.data,
                                           (int)target.length, target.data));
    }
    return NB_STRING("");
}

nb_status nb_docx_read(nb_extract *extract, nb_string bytes)
{
    nb_arena *arena = extract->arena;
    nb_package *package = nb_package_open(extract, bytes);
    if (!package)
        return NB_E_NOT_A_REPORT;
    find_data(extract, package);
    nb_string main_part = related(package, NB_STRING(""), "/officeDocument", arena), text;
    if (!main_part.length)
        return nb_extract_refuse(extract, "压缩包里没有文档，不是 DOCX 文件",
                                 "the archive holds no document: not a DOCX file");
    if (!nb_package_read(package, main_part, &text))
        return nb_extract_refuse(extract, "文档已加密或损坏，读不出正文",
                                 "the document is encrypted or damaged; its text cannot be read");
    xmlDoc *document = nb_xml_read(text, arena);
    const xmlNode *root = document ? xmlDocGetRootElement(document) : NULL;
    if (!root)
        return nb_extract_refuse(extract, "文档的正文已损坏", "the document's text is damaged");
    const xmlNode *body = nb_element_is(root, "document") ? nb_child(root, "body") : NULL;
    if (!body)
        return nb_extract_refuse(extract, "不是文字文档（DOCX）",
                                 "not a document of a word processor (DOCX)");
    nb_numbering *numbering = nb_numbering_new(
        read_part(package, related(package, main_part, "/numbering", arena), arena),
        read_part(package, related(package, main_part, "/styles", arena), arena), arena);
    nb_docx_body_read(extract, body, numbering);
    return NB_OK;
}
