/*
 * A web page as government sites publish reports: whatever its markup, the elements that browsers
 * begin on a new line part its text into lines, tables give rows and cells, and the rest is text.
 *
 * Each such element is a block. Which of them holds the report, and what is only the site's frame
 * around it, is seen when a form is there to say what headings look like (extract.c).
 */
#include "import/reader.h"

#define DATA_ID "report-data"

enum { CHARSET_WITHIN = 4096 /* bytes; a page names its charset early */ };

typedef struct page_reader {
    nb_extract *extract;
    nb_lines lines;
    bool in_data_table;
    bool has_nested_table;
} page_reader;

static void read_content(page_reader *r, const xmlNode *parent, int depth);

static bool is_block(const xmlNode *node)
{
    static const char *const names[] = {
        "p",        "div",    "h1",      "h2",      "h3",      "h4",         "h5",
        "h6",       "ul",     "ol",      "li",      "dl",      "dt",         "dd",
        "body",     "main",   "section", "article", "header",  "aside",      "blockquote",
        "pre",      "center", "form",    "figure",  "caption", "figcaption", "address",
        "fieldset", "hr",     "table",   "tbody",   "thead",   "tfoot",      "tr",
        "td",       "th",     "html",    "details", "summary", NULL
    };
    return nb_element_is_one_of(node, names);
}

/* What no reader of the page takes for its text. */
static bool is_left_out(const xmlNode *node)
{
    static const char *const names[] = { "script", "style",  "noscript", "nav",      "footer",
                                         "head",   "title",  "meta",     "template", "select",
                                         "option", "button", "textarea", "iframe",   "object",
                                         "svg",    "math",   "canvas",   "audio",    "video",
                                         "del",    "rt",     "rp",       "caption",  NULL };
    return nb_element_is_one_of(node, names);
}

/* Hidden from sight, or in this program's own pages meant for the ear alone, or the mark of a draft. */
static bool is_hidden(const page_reader *r, const xmlNode *node)
{
    nb_arena *arena = r->extract->arena;
    nb_string style = nb_attribute(node, "style", arena);
    for (const xmlAttr *a = node->properties; a; a = a->next)
        if (strcmp((const char *)a->name, "hidden") == 0)
            return true;
    /* LibreOffice writes the page's head and foot so. */
    nb_string title = nb_attribute(node, "title", arena);
    if (nb_element_is(node, "div") &&
        (nb_string_is(title, "header") || nb_string_is(title, "footer")))
        return true;
    nb_string class = nb_attribute(node, "class", arena);
    return nb_string_is(class, "unseen") || nb_string_is(class, "draft-mark") ||
           nb_string_find(style, "display:none") != SIZE_MAX ||
           nb_string_find(style, "display: none") != SIZE_MAX;
}

static bool is_blank_byte(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_ascii(unsigned char byte)
{
    return byte < 0x80;
}

static bool begins_new_source_line(nb_string blanks)
{
    return memchr(blanks.data, '\n', blanks.length) || memchr(blanks.data, '\r', blanks.length);
}

/*
 * A run of blanks is one. Where only the source goes on on a new line, none stands between hanzi.
 */
static void add_blanks(page_reader *r, nb_string blanks, nb_string after, int line)
{
    const nb_buffer *before = r->lines.line;
    if (before->length == 0 || before->data[before->length - 1] == ' ')
        return;
    bool is_within_words = is_ascii(before->data[before->length - 1]) ||
                           (after.length && is_ascii((unsigned char)after.data[0]));
    if (!begins_new_source_line(blanks) || is_within_words)
        nb_lines_add(&r->lines, NB_STRING(" "), line);
}

/* Text with its runs of blanks folded, and a plain blank for one that does not break. */
static void add_text(page_reader *r, nb_string text, int line)
{
    static const char no_break[] = "\xC2\xA0";
    size_t at = 0;
    while (at < text.length) {
        size_t end = at;
        if (is_blank_byte(text.data[at])) {
            while (end < text.length && is_blank_byte(text.data[end]))
                end++;
            nb_string after = { text.data + end, text.length - end };
            add_blanks(r, (nb_string){ text.data + at, end - at }, after, line);
        } else if (text.length - at >= 2 && memcmp(text.data + at, no_break, 2) == 0) {
            end = at + 2;
            nb_lines_add(&r->lines, NB_STRING(" "), line);
        } else {
            while (end < text.length && !is_blank_byte(text.data[end]) &&
                   (end == at || (unsigned char)text.data[end] != 0xC2))
                end++;
            nb_lines_add(&r->lines, (nb_string){ text.data + at, end - at }, line);
        }
        at = end;
    }
}

static int line_of(const xmlNode *node)
{
    long line = xmlGetLineNo(node);
    return line > 0 && line < 65535 ? (int)line : 0;
}

/* A link to a place of the page that is all its block holds: a line of a table of contents. */
static bool is_contents_line(const page_reader *r, const xmlNode *node)
{
    nb_string target = nb_attribute(node, "href", r->extract->arena);
    if (!nb_element_is(node, "a") || target.length < 2 || target.data[0] != '#')
        return false;
    for (const xmlNode *other = node->parent->children; other; other = other->next)
        if (other != node && (other->type == XML_ELEMENT_NODE || !xmlIsBlankNode(other)))
            return false;
    return true;
}

static bool is_layout_table(const xmlNode *table)
{
    static const char *const tables[] = { "table", NULL }, *const cells[] = { "td", "th", NULL };
    return nb_is_layout_table(table, tables, cells);
}

static void read_cell(page_reader *r, const xmlNode *cell, int depth)
{
    nb_extract_add(r->extract, NB_EVENT_CELL, NB_STRING(""), line_of(cell), r->lines.block);
    r->in_data_table = true;
    read_content(r, cell, depth + 1);
    nb_lines_end(&r->lines);
    r->in_data_table = false;
}

/* Rows of a table, or cells of a row. */
static void read_rows(page_reader *r, const xmlNode *parent, int depth)
{
    if (depth > NB_DEEPEST_ELEMENT)
        return;
    for (const xmlNode *node = parent->children; node; node = node->next) {
        if (node->type != XML_ELEMENT_NODE || is_left_out(node) || is_hidden(r, node))
            continue;
        bool is_cell = nb_element_is(node, "td") || nb_element_is(node, "th");
        if (nb_element_is(node, "tr"))
            nb_extract_add(r->extract, NB_EVENT_ROW, NB_STRING(""), line_of(node), r->lines.block);
        if (is_cell && nb_element_is(parent, "tr"))
            read_cell(r, node, depth + 1);
        else
            read_rows(r, node, depth + 1);
    }
}

static void read_table(page_reader *r, const xmlNode *table, int depth)
{
    if (r->in_data_table || is_layout_table(table)) {
        r->has_nested_table = r->has_nested_table || r->in_data_table;
        read_content(r, table, depth);
        return;
    }
    r->lines.is_cell = true;
    read_rows(r, table, depth);
    r->lines.is_cell = false;
    nb_extract_add(r->extract, NB_EVENT_END_OF_TABLE, NB_STRING(""), line_of(table),
                   r->lines.block);
}

static void read_block(page_reader *r, const xmlNode *node, int depth)
{
    int around = r->lines.block;
    nb_lines_end(&r->lines);
    r->lines.block = nb_extract_block(r->extract, around);
    if (nb_element_is(node, "table"))
        read_table(r, node, depth);
    else
        read_content(r, node, depth);
    nb_lines_end(&r->lines);
    r->lines.block = around;
}

static void read_content(page_reader *r, const xmlNode *parent, int depth)
{
    if (depth > NB_DEEPEST_ELEMENT)
        return;
    for (const xmlNode *node = parent->children; node; node = node->next) {
        if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
            add_text(r, nb_node_text(node), line_of(node));
        } else if (node->type != XML_ELEMENT_NODE || is_left_out(node) || is_hidden(r, node) ||
                   is_contents_line(r, node)) {
            continue;
        } else if (nb_element_is(node, "br")) {
            nb_lines_end(&r->lines);
        } else if (is_block(node)) {
            read_block(r, node, depth + 1);
        } else {
            read_content(r, node, depth + 1);
        }
    }
}

/* The <script …id="report-data"…> of this program's own pages; its text is not escaped. */
static const xmlNode *find_data(const page_reader *r, const xmlNode *parent, int depth)
{
    const xmlNode *found = NULL;
    for (const xmlNode *node = parent->children; node && !found && depth < NB_DEEPEST_ELEMENT;
         node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        if (nb_element_is(node, "script") &&
            nb_string_is(nb_attribute(node, "id", r->extract->arena), DATA_ID) &&
            nb_string_is(nb_attribute(node, "type", r->extract->arena), "application/json"))
            return node;
        found = find_data(r, node, depth + 1);
    }
    return found;
}

/*
 * "<\/" was "</" and "<\u0021" was "<!": what the page's writer did so that no string ends the
 * element.
 */
static nb_string unescaped(nb_string text, nb_arena *arena)
{
    static const char slash[] = "<\\/", mark[] = "<\\u0021";
    char *copy = nb_arena_alloc(arena, text.length + 1), *to = copy;
    for (size_t i = 0; i < text.length;) {
        nb_string rest = { text.data + i, text.length - i };
        bool is_slash = rest.length >= 3 && memcmp(rest.data, slash, 3) == 0;
        bool is_mark = rest.length >= 7 && memcmp(rest.data, mark, 7) == 0;
        *to++ = *rest.data;
        if (is_slash || is_mark)
            *to++ = is_slash ? '/' : '!';
        i += is_slash ? 3 : is_mark ? 7 : 1;
    }
    return (nb_string){ copy, (size_t)(to - copy) };
}

/* The charset that <meta charset=…> or <meta … content="…charset=…"> names. */
static nb_string named_charset(nb_string bytes)
{
    static const char key[] = "charset=";
    size_t end = bytes.length < CHARSET_WITHIN ? bytes.length : CHARSET_WITHIN;
    for (size_t i = 0; i + sizeof key <= end; i++) {
        size_t same = 0;
        while (same < sizeof key - 1 && (bytes.data[i + same] | 0x20) == (key[same] | 0x20))
            same++;
        if (same < sizeof key - 1)
            continue;
        nb_string name = { bytes.data + i + same, 0 };
        while (name.data < bytes.data + end && strchr("\"' ", *name.data) && *name.data)
            name.data++;
        while (name.data + name.length < bytes.data + end &&
               !strchr("\"' />;", name.data[name.length]))
            name.length++;
        return name;
    }
    return NB_STRING("");
}

static nb_string up_to_separator(nb_string text)
{
    for (size_t i = 0; i < text.length; i++)
        if (strchr("_|-", text.data[i]))
            return (nb_string){ text.data, i };
    return text;
}

/*
 * What the page says that it is called: as sites must label articles (国办发〔2017〕47号), and its
 * title.
 */
static void find_hints(page_reader *r, const xmlNode *root)
{
    nb_arena *arena = r->extract->arena;
    const xmlNode *head = nb_child(root, "head");
    for (const xmlNode *node = head ? head->children : NULL; node; node = node->next) {
        if (nb_element_is(node, "meta") &&
            nb_string_is(nb_attribute(node, "name", arena), "ArticleTitle"))
            r->extract->title_hints[0] = nb_attribute(node, "content", arena);
        if (nb_element_is(node, "title"))
            r->extract->title_hints[1] = up_to_separator(nb_text_content(node, arena));
    }
}

nb_status nb_html_page_read(nb_extract *extract, nb_string bytes)
{
    page_reader r = { .extract = extract };
    nb_string text;
    if (!nb_to_utf8(bytes, named_charset(bytes), extract->arena, &text))
        return nb_extract_refuse(extract, "认不出网页的编码",
                                 "the page is in no charset that is known here");
    xmlDoc *document = nb_html_read(text, extract->arena);
    const xmlNode *root = document ? xmlDocGetRootElement(document) : NULL;
    if (!root)
        return nb_extract_refuse(extract, "网页已损坏，或套叠太深",
                                 "the page is damaged, or its elements nest too deep");
    const xmlNode *data = find_data(&r, root, 0);
    if (data) {
        nb_string carried = nb_text_content(data, extract->arena);
        nb_extract_carry(extract, unescaped(carried, extract->arena),
                         nb_attribute(data, "data-sha256", extract->arena));
        extract->is_draft = nb_string_is(nb_attribute(data, "data-draft", extract->arena), "1");
    }
    nb_lines_begin(&r.lines, extract);
    find_hints(&r, root);
    read_content(&r, root, 0);
    nb_lines_end(&r.lines);
    if (r.has_nested_table)
        nb_extract_tell(extract, NB_WARNING, 0, "表格里套有表格，里面的文字并入外层的格",
                        "a table stands inside another; its text is taken into the outer cell");
    return NB_OK;
}
