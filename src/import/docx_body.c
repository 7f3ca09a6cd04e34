/*
 * w:body in reading order. Tracked changes are taken as accepted, fields by what they show, text
 * boxes after the paragraph that they hang on.
 *
 * A table inside a table: where the inner ones have more cells, the outer is only there to lay out
 * the page, and its cells are read as if they stood in the body. Else the inner one is read as
 * lines of the cell.
 */
#include "import/docx_body.h"

enum { MOST_FIELDS = 32 };

typedef struct field {
    bool has_result;  /* past its separator */
    bool is_contents; /* a table of contents, whose lines would pass for headings */
} field;

typedef struct body_reader {
    nb_extract *extract;
    nb_numbering *numbering;
    nb_lines lines;
    int paragraph; /* from 1 */
    field fields[MOST_FIELDS];
    int field_depth;
    bool in_data_table;
    bool has_changes, has_symbols, has_nested_table, has_picture;
} body_reader;

static void read_blocks(body_reader *r, const xmlNode *parent, int depth);

/* Elements that only wrap what a document holds. */
static bool is_wrapper(const xmlNode *node)
{
    static const char *const names[] = { "sdtContent", "ins",       "moveTo",    "smartTag",
                                         "customXml",  "fldSimple", "hyperlink", "dir",
                                         "bdo",        "ruby",      "rubyBase",  "Choice",
                                         "oMath",      "oMathPara", NULL };
    return nb_element_is_one_of(node, names);
}

static bool is_deleted(const xmlNode *node)
{
    static const char *const names[] = { "del", "moveFrom", NULL };
    return nb_element_is_one_of(node, names);
}

static bool is_insertion(const xmlNode *node)
{
    static const char *const names[] = { "ins", "moveTo", NULL };
    return nb_element_is_one_of(node, names);
}

/* Of two forms of the same content one is read. */
static const xmlNode *chosen_content(const xmlNode *alternatives)
{
    const xmlNode *choice = nb_child(alternatives, "Choice");
    return choice ? choice : nb_child(alternatives, "Fallback");
}

static bool is_contents_control(const body_reader *r, const xmlNode *sdt)
{
    const xmlNode *part = nb_child(nb_child(sdt, "sdtPr"), "docPartObj");
    nb_string gallery = nb_attribute(nb_child(part, "docPartGallery"), "val", r->extract->arena);
    return nb_string_is(gallery, "Table of Contents");
}

/* The pointer of what the file says that a control holds, or the one around it. */
static nb_string control_of(const body_reader *r, const xmlNode *sdt)
{
    const nb_extract_values *values = nb_extract_controls(r->extract);
    nb_string key = nb_attribute(nb_child(nb_child(sdt, "sdtPr"), "tag"), "val", r->extract->arena);
    for (int i = 0; i < values->count && key.length; i++)
        if (nb_string_equal(values->list[i].key, key))
            return values->list[i].pointer;
    return r->lines.control;
}

/* The control is empty: what it shows asks to be written over. */
static bool is_prompt(const body_reader *r, const xmlNode *sdt)
{
    return nb_is_on(nb_child(sdt, "sdtPr"), "showingPlcHdr", r->extract->arena);
}

/* What the node stands for: itself, or what is wrapped in it; NULL when it is not read. */
static const xmlNode *unwrapped(body_reader *r, const xmlNode *node)
{
    if (is_deleted(node) || is_insertion(node))
        r->has_changes = true;
    if (nb_element_is(node, "sdt"))
        return is_contents_control(r, node) || is_prompt(r, node) ? NULL
                                                                  : nb_child(node, "sdtContent");
    if (nb_element_is(node, "AlternateContent"))
        return chosen_content(node);
    return is_wrapper(node) ? node : NULL;
}

static bool is_shown(const body_reader *r)
{
    for (int i = 0; i < r->field_depth && i < MOST_FIELDS; i++)
        if (!r->fields[i].has_result || r->fields[i].is_contents)
            return false;
    return true;
}

static void read_field_mark(body_reader *r, const xmlNode *node)
{
    nb_string type = nb_attribute(node, "fldCharType", r->extract->arena);
    field *inner =
        r->field_depth > 0 && r->field_depth <= MOST_FIELDS ? &r->fields[r->field_depth - 1] : NULL;
    if (nb_string_is(type, "begin")) {
        if (r->field_depth < MOST_FIELDS)
            r->fields[r->field_depth] = (field){ false, false };
        r->field_depth++;
    } else if (nb_string_is(type, "separate") && inner) {
        inner->has_result = true;
    } else if (nb_string_is(type, "end") && r->field_depth) {
        r->field_depth--;
    }
}

static void read_instruction(body_reader *r, const xmlNode *node)
{
    nb_string words = nb_text_content(node, r->extract->arena);
    while (words.length && words.data[0] == ' ')
        words = (nb_string){ words.data + 1, words.length - 1 };
    if (r->field_depth > 0 && r->field_depth <= MOST_FIELDS && words.length >= 4 &&
        memcmp(words.data, "TOC ", 4) == 0)
        r->fields[r->field_depth - 1].is_contents = true;
}

/* A line that a table of contents shows is gone before its field ends. */
static void add(body_reader *r, nb_string text)
{
    if (is_shown(r))
        nb_lines_add(&r->lines, text, r->paragraph);
}

/* A drawing may also be a text box, which is read. */
static bool has_image(const xmlNode *node, int depth)
{
    static const char *const names[] = { "blip", "imagedata", NULL };
    bool found = nb_element_is_one_of(node, names);
    for (const xmlNode *child = node->type == XML_ELEMENT_NODE ? node->children : NULL;
         child && !found && depth < NB_DEEPEST_ELEMENT; child = child->next)
        found = has_image(child, depth + 1);
    return found;
}

static void read_run_content(body_reader *r, const xmlNode *node)
{
    if (nb_element_is(node, "t"))
        add(r, nb_text_content(node, r->extract->arena));
    else if (nb_element_is(node, "br") || nb_element_is(node, "cr"))
        nb_lines_end(&r->lines);
    else if (nb_element_is(node, "tab"))
        add(r, NB_STRING("\t"));
    else if (nb_element_is(node, "noBreakHyphen"))
        add(r, NB_STRING("-"));
    else if (nb_element_is(node, "sym"))
        r->has_symbols = true;
    else if (nb_element_is(node, "fldChar"))
        read_field_mark(r, node);
    else if (nb_element_is(node, "instrText"))
        read_instruction(r, node);
    else if (has_image(node, 0))
        r->has_picture = true;
}

/* Runs of a paragraph, and what wraps them. */
static void read_inline(body_reader *r, const xmlNode *parent, int depth)
{
    bool is_run = nb_element_is(parent, "r");
    if (depth > NB_DEEPEST_ELEMENT ||
        (is_run && nb_is_on(nb_child(parent, "rPr"), "vanish", r->extract->arena)))
        return;
    for (const xmlNode *node = parent->children; node; node = node->next) {
        const xmlNode *inner = unwrapped(r, node);
        nb_string around = r->lines.control;
        if (nb_element_is(node, "sdt"))
            r->lines.control = control_of(r, node);
        if (nb_element_is(node, "r") || inner)
            read_inline(r, inner ? inner : node, depth + 1);
        else if (!nb_element_is(node, "sdt"))
            read_run_content(r, node);
        r->lines.control = around;
    }
}

/* Text boxes of a paragraph, in its order. */
static void read_boxes(body_reader *r, const xmlNode *parent, int depth)
{
    if (depth > NB_DEEPEST_ELEMENT)
        return;
    for (const xmlNode *node = parent->children; node; node = node->next) {
        if (node->type != XML_ELEMENT_NODE || is_deleted(node))
            continue;
        if (nb_element_is(node, "txbxContent"))
            read_blocks(r, node, depth + 1);
        else if (!nb_element_is(node, "AlternateContent"))
            read_boxes(r, node, depth + 1);
        else if (chosen_content(node))
            read_boxes(r, chosen_content(node), depth + 1);
    }
}

static void read_paragraph(body_reader *r, const xmlNode *paragraph, int depth)
{
    const xmlNode *properties = nb_child(paragraph, "pPr");
    r->paragraph++;
    nb_string number = nb_numbering_next(r->numbering, properties);
    bool began = r->lines.has_text;
    add(r, number);
    size_t before = r->lines.line->length;
    int events = r->extract->event_count;
    read_inline(r, paragraph, depth);
    /* An empty paragraph is counted, but shows no more than its number. */
    bool is_empty = r->lines.line->length == before && r->extract->event_count == events;
    if (number.length && !began && is_empty) {
        r->lines.line->length = 0;
        r->lines.has_text = false;
    }
    /* With its mark deleted the paragraph goes on with the next. */
    if (nb_child(nb_child(properties, "rPr"), "del"))
        r->has_changes = true;
    else
        nb_lines_end(&r->lines);
    read_boxes(r, paragraph, depth);
}

static bool is_layout_table(const xmlNode *table)
{
    static const char *const tables[] = { "tbl", NULL }, *const cells[] = { "tc", NULL };
    return nb_is_layout_table(table, tables, cells);
}

/* How a cell goes on with one before it: w:vMerge and w:hMerge without a value mean so too. */
static bool continues(const body_reader *r, const xmlNode *properties, const char *name)
{
    const xmlNode *merge = nb_child(properties, name);
    return merge && !nb_string_is(nb_attribute(merge, "val", r->extract->arena), "restart");
}

static void read_cell(body_reader *r, const xmlNode *cell, int depth)
{
    const xmlNode *properties = nb_child(cell, "tcPr");
    bool is_data = r->lines.is_cell && !r->in_data_table;
    if (is_data && continues(r, properties, "hMerge"))
        return;
    if (is_data)
        nb_extract_add(r->extract, NB_EVENT_CELL, NB_STRING(""), r->paragraph + 1, 0);
    /* What a cell that goes on from above still holds is not shown. */
    if (continues(r, properties, "vMerge"))
        return;
    bool before = r->in_data_table;
    r->in_data_table = r->lines.is_cell;
    read_blocks(r, cell, depth + 1);
    nb_lines_end(&r->lines);
    r->in_data_table = before;
}

/* Rows of a table or cells of a row, and what wraps them. */
static void read_rows(body_reader *r, const xmlNode *parent, int depth)
{
    if (depth > NB_DEEPEST_ELEMENT)
        return;
    for (const xmlNode *node = parent->children; node; node = node->next) {
        const xmlNode *inner = unwrapped(r, node);
        if (inner) {
            read_rows(r, inner, depth + 1);
        } else if (nb_element_is(node, "tc")) {
            read_cell(r, node, depth + 1);
        } else if (nb_element_is(node, "tr")) {
            if (nb_child(nb_child(node, "trPr"), "del")) {
                r->has_changes = true;
                continue;
            }
            if (r->lines.is_cell && !r->in_data_table)
                nb_extract_add(r->extract, NB_EVENT_ROW, NB_STRING(""), r->paragraph + 1, 0);
            read_rows(r, node, depth + 1);
        }
    }
}

static void read_table(body_reader *r, const xmlNode *table, int depth)
{
    nb_lines_end(&r->lines);
    if (r->in_data_table) {
        r->has_nested_table = true;
        read_rows(r, table, depth);
        return;
    }
    bool is_data = !is_layout_table(table);
    r->lines.is_cell = is_data;
    read_rows(r, table, depth);
    r->lines.is_cell = false;
    if (is_data)
        nb_extract_add(r->extract, NB_EVENT_END_OF_TABLE, NB_STRING(""), r->paragraph, 0);
}

static void read_blocks(body_reader *r, const xmlNode *parent, int depth)
{
    if (depth > NB_DEEPEST_ELEMENT)
        return;
    for (const xmlNode *node = parent->children; node; node = node->next) {
        const xmlNode *inner = unwrapped(r, node);
        nb_string around = r->lines.control;
        if (nb_element_is(node, "sdt"))
            r->lines.control = control_of(r, node);
        if (inner)
            read_blocks(r, inner, depth + 1);
        else if (nb_element_is(node, "p"))
            read_paragraph(r, node, depth + 1);
        else if (nb_element_is(node, "tbl"))
            read_table(r, node, depth + 1);
        r->lines.control = around;
    }
}

static void tell(const body_reader *r)
{
    nb_extract *extract = r->extract;
    if (r->has_changes)
        nb_extract_tell(extract, NB_WARNING, 0, "文档里有修订，都按已接受读入",
                        "the document has tracked changes; they are taken as accepted");
    if (r->has_nested_table)
        nb_extract_tell(extract, NB_WARNING, 0, "表格里套有表格，里面的文字并入外层的格",
                        "a table stands inside another; its text is taken into the outer cell");
    if (r->has_symbols)
        nb_extract_tell(extract, NB_INFO, 0, "略过了用符号字体写的字符",
                        "characters of symbol fonts were passed over");
    if (r->has_picture)
        nb_extract_tell(extract, NB_INFO, 0, "略过了图片", "pictures were passed over");
    if (r->field_depth)
        nb_extract_tell(extract, NB_WARNING, 0, "文档里有域没有结束，它后面的文字没有读入",
                        "a field of the document does not end; the text after it is not read");
}

void nb_docx_body_read(nb_extract *extract, const xmlNode *body, nb_numbering *numbering)
{
    body_reader r = { .extract = extract, .numbering = numbering };
    nb_lines_begin(&r.lines, extract);
    read_blocks(&r, body, 0);
    nb_lines_end(&r.lines);
    tell(&r);
}
