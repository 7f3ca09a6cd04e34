#include "pdf/structure.h"

#include "pdf/table_headers.h"

#include <assert.h>

/* Part of an element's content: one marked-content sequence of one page. */
typedef struct sequence {
    struct element *element;
    int page, id;
    struct sequence *next;         /* of the element */
    struct sequence *next_on_page; /* with the id after this one */
} sequence;

typedef struct element {
    const char *type;
    nb_structure node;
    int number; /* of its object, once that is chosen */
    bool is_reserved;
    int header; /* of a header cell: its number from 1 */
    struct element *parent, *first_child, *last_child;
    struct element *next_sibling;
    struct element *next; /* in order of their beginnings */
    sequence *first, *last;
    struct element *inside;   /* the table that it is or stands in */
    struct element *table;    /* of a cell */
    nb_pdf_table_grid *grid;  /* of a table */
    struct element **by_cell; /* of a table: by index of the cell */
    nb_pdf_box box;           /* of a figure */
} element;

/* Sequences in order of their identifiers. */
typedef struct sequences {
    sequence *first, *last;
    int next; /* identifier */
} sequences;

/*
 * Cells have the first identifiers of a page, one each: so a table has the same wherever it stands
 * whole, whatever comes before it.
 */
typedef struct page_content {
    int cell_count;
    sequences of_cells, others;
} page_content;

enum { DEEPEST_HEADING = 6 };

struct nb_pdf_structure {
    nb_arena *arena;
    page_content *pages;
    int page_count;
    element *document, *last, *open;
    int header_count;
    int first_reserved, reserved_count;  /* object numbers for what tables consist of */
    int heading_levels[DEEPEST_HEADING]; /* of the headings that the next one may stand under */
    int heading_depth;
};

static element *add_element(nb_pdf_structure *structure, element *parent, const char *type,
                            const nb_structure *node)
{
    element *added = NB_NEW(structure->arena, element);
    added->type = type;
    added->node = *node;
    added->parent = parent;
    added->inside = parent ? parent->inside : NULL;
    if (structure->last)
        structure->last->next = added;
    structure->last = added;
    if (!parent)
        return added;
    if (parent->last_child)
        parent->last_child->next_sibling = added;
    else
        parent->first_child = added;
    parent->last_child = added;
    return added;
}

/* A table has no more elements than itself, head, body, rows and cells. */
static void count_page(nb_pdf_structure *structure, const nb_page *page, page_content *content,
                       const nb_block **last_table)
{
    for (int i = 0; i < page->item_count; i++) {
        const nb_structure *node = &page->items[i].as.structure;
        if (page->items[i].kind != NB_ITEM_BEGIN)
            continue;
        if (node->kind == NB_STRUCTURE_CELL)
            content->cell_count++;
        if (node->kind != NB_STRUCTURE_TABLE || node->block == *last_table)
            continue;
        *last_table = node->block;
        structure->reserved_count +=
            3 + node->block->table->row_count + node->block->table->cell_count;
    }
    content->others.next = content->cell_count;
}

nb_pdf_structure *nb_pdf_structure_new(nb_pdf *pdf, const nb_pages *pages)
{
    nb_arena *arena = pdf->arena;
    nb_pdf_structure *structure = NB_NEW(arena, nb_pdf_structure);
    const nb_block *last_table = NULL;
    structure->arena = arena;
    structure->pages = NB_NEW_ARRAY(arena, page_content, (size_t)pages->count);
    structure->page_count = pages->count;
    for (int i = 0; i < pages->count; i++)
        count_page(structure, &pages->pages[i], &structure->pages[i], &last_table);
    structure->first_reserved = nb_pdf_reserve_numbers(pdf, structure->reserved_count);
    structure->document = add_element(structure, NULL, "Document", &(nb_structure){ 0 });
    structure->open = structure->document;
    return structure;
}

static const char *heading_type(nb_pdf_structure *structure, int level)
{
    static const char *const types[] = { "H1", "H2", "H3", "H4", "H5", "H6" };
    int *levels = structure->heading_levels;
    while (structure->heading_depth > 0 && levels[structure->heading_depth - 1] >= level)
        structure->heading_depth--;
    if (structure->heading_depth < DEEPEST_HEADING)
        levels[structure->heading_depth++] = level;
    return types[structure->heading_depth - 1];
}

static bool is_same(const element *candidate, const nb_structure *node)
{
    return candidate && candidate->node.kind == node->kind &&
           candidate->node.block == node->block && candidate->node.cell == node->cell &&
           candidate->node.row == node->row;
}

static void begin_block(nb_pdf_structure *structure, const nb_structure *node)
{
    element *parent = structure->open;
    if (is_same(parent->last_child, node)) {
        structure->open = parent->last_child;
        return;
    }
    const char *type = "P";
    if (node->kind == NB_STRUCTURE_TITLE)
        type = "Title";
    else if (node->kind == NB_STRUCTURE_FIGURE)
        type = "Figure";
    else if (node->kind == NB_STRUCTURE_CAPTION)
        type = "Caption";
    else if (node->kind == NB_STRUCTURE_HEADING)
        type = heading_type(structure, node->block->level);
    structure->open = add_element(structure, parent, type, node);
}

static void begin_table(nb_pdf_structure *structure, const nb_structure *node)
{
    element *parent = structure->open, *last = parent->last_child;
    /* A part of a table says at which row it begins; it is the same table all the same. */
    if (last && last->node.kind == NB_STRUCTURE_TABLE && last->node.block == node->block) {
        structure->open = last;
        return;
    }
    const nb_table *table = node->block->table;
    structure->open = add_element(structure, parent, "Table", node);
    structure->open->inside = structure->open;
    structure->open->grid = nb_pdf_table_grid_new(table, structure->arena);
    structure->open->by_cell = NB_NEW_ARRAY(structure->arena, element *, (size_t)table->cell_count);
}

/*
 * ISO 32000-1, 14.8.4.3.4: a THead comes with a TBody, so a table that is all head has only the
 * latter.
 */
static void begin_row(nb_pdf_structure *structure, const nb_structure *node)
{
    element *table = structure->open;
    assert(table->node.kind == NB_STRUCTURE_TABLE && table->by_cell);
    int head_rows = node->block->table->head_rows;
    bool in_head = node->row < head_rows && head_rows < node->block->table->row_count;
    nb_structure part = { NB_STRUCTURE_TABLE, node->block, NULL, in_head ? 0 : head_rows };
    if (!is_same(table->last_child, &part))
        add_element(structure, table, in_head ? "THead" : "TBody", &part);
    element *rows = table->last_child;
    structure->open = is_same(rows->last_child, node) ? rows->last_child
                                                      : add_element(structure, rows, "TR", node);
}

static void begin_cell(nb_pdf_structure *structure, const nb_structure *node)
{
    element *row = structure->open;
    assert(row->node.kind == NB_STRUCTURE_ROW);
    const nb_table *table = node->block->table;
    element *whole = row->parent->parent; /* above the head or body */
    element **place = &whole->by_cell[node->cell - table->cells];
    if (!*place) {
        bool is_header = nb_pdf_table_grid_scope(whole->grid, node->cell) != NB_PDF_SCOPE_NONE;
        *place = add_element(structure, row, is_header ? "TH" : "TD", node);
        (*place)->table = whole;
        if (is_header)
            (*place)->header = ++structure->header_count;
    }
    structure->open = *place;
}

void nb_pdf_structure_begin(nb_pdf_structure *structure, const nb_structure *node)
{
    switch (node->kind) {
    case NB_STRUCTURE_TITLE:
    case NB_STRUCTURE_HEADING:
    case NB_STRUCTURE_PARAGRAPH:
    case NB_STRUCTURE_FIGURE:
    case NB_STRUCTURE_CAPTION:
        begin_block(structure, node);
        break;
    case NB_STRUCTURE_TABLE:
        begin_table(structure, node);
        break;
    case NB_STRUCTURE_ROW:
        begin_row(structure, node);
        break;
    case NB_STRUCTURE_CELL:
        begin_cell(structure, node);
        break;
    case NB_STRUCTURE_PAGE_HEAD: /* artifacts are in no structure */
    case NB_STRUCTURE_PAGE_FOOT:
        break;
    }
}

void nb_pdf_structure_end(nb_pdf_structure *structure)
{
    element *ended = structure->open;
    assert(ended != structure->document);
    /*
     * A row's end ends nothing of the head or body that it stands in, which has no marks of its
     * own.
     */
    structure->open = ended->node.kind == NB_STRUCTURE_ROW ? ended->parent->parent : ended->parent;
}

static bool holds_content(const element *candidate)
{
    return candidate->parent && candidate->node.kind != NB_STRUCTURE_TABLE &&
           candidate->node.kind != NB_STRUCTURE_ROW;
}

int nb_pdf_structure_mark(nb_pdf_structure *structure, int page, const char **type)
{
    element *holder = structure->open;
    if (!holds_content(holder))
        return -1;
    assert(page < structure->page_count);
    page_content *content = &structure->pages[page];
    bool is_cells_first = holder->table && (!holder->last || holder->last->page != page) &&
                          content->of_cells.next < content->cell_count;
    sequences *list = is_cells_first ? &content->of_cells : &content->others;
    sequence *added = NB_NEW(structure->arena, sequence);
    *added = (sequence){ .element = holder, .page = page, .id = list->next++ };
    if (list->last)
        list->last->next_on_page = added;
    else
        list->first = added;
    list->last = added;
    if (holder->last)
        holder->last->next = added;
    else
        holder->first = added;
    holder->last = added;
    *type = holder->type;
    return added->id;
}

void nb_pdf_structure_bound(nb_pdf_structure *structure, nb_pdf_box box)
{
    structure->open->box = box;
}

/* The tree as it is written. */
typedef struct writing {
    nb_pdf *pdf;
    nb_pdf_structure *structure;
    nb_buffer *out;
    int root;
    int id_digits;
} writing;

static void write_element_reference(const writing *to, const element *target)
{
    nb_pdf_write_reference(to->out, target->number);
}

static void write_page_reference(const writing *to, int page)
{
    nb_pdf_write_reference(to->out, nb_pdf_number_of(to->pdf->pages[page]));
}

/* Of equal length, so that their order is that of the numbers, as a name tree wants it. */
static void write_header_id(const writing *to, int header)
{
    nb_buffer_text(to->out, "(h");
    nb_buffer_hex(to->out, (uint32_t)header, to->id_digits);
    nb_buffer_byte(to->out, ')');
}

/* Sequences of the element's own page are told by their identifiers alone. */
static void write_sequences(const writing *to, const element *from)
{
    for (const sequence *part = from->first; part; part = part->next) {
        if (part->page == from->first->page) {
            nb_buffer_integer(to->out, part->id);
        } else {
            nb_buffer_text(to->out, "<</Type/MCR/Pg ");
            write_page_reference(to, part->page);
            nb_buffer_text(to->out, "/MCID ");
            nb_buffer_integer(to->out, part->id);
            nb_buffer_text(to->out, ">>");
        }
        if (part->next)
            nb_buffer_byte(to->out, ' ');
    }
}

static void write_kids(const writing *to, const element *from)
{
    if (!from->first && !from->first_child)
        return;
    if (from->first) {
        nb_buffer_text(to->out, "/Pg ");
        write_page_reference(to, from->first->page);
    }
    nb_buffer_text(to->out, "/K[");
    write_sequences(to, from);
    for (const element *child = from->first_child; child; child = child->next_sibling) {
        nb_buffer_byte(to->out, ' ');
        write_element_reference(to, child);
    }
    nb_buffer_byte(to->out, ']');
}

static void write_text(const writing *to, const char *key, nb_string text)
{
    if (text.length == 0)
        return;
    nb_buffer_text(to->out, key);
    nb_buffer_text(to->out, "<FEFF");
    nb_pdf_write_utf16(to->out, nb_pdf_short_text(to->pdf, text));
    nb_buffer_byte(to->out, '>');
}

/*
 * A table's name, and what it is about, which is for those who do not see it. Neither stands on the
 * page.
 */
static void write_table(const writing *to, const element *from)
{
    const nb_table *table = from->node.block->table;
    if (!table->form)
        return;
    nb_string summary =
        table->form->description.length ? table->form->description : table->form->caption;
    write_text(to, "/T", table->form->caption);
    write_text(to, "/A<</O/Table/Summary", summary);
    if (summary.length)
        nb_buffer_text(to->out, ">>");
}

static void write_headers(const writing *to, const element *from)
{
    const element *table = from->table;
    int count;
    const int *headers = nb_pdf_cell_headers(table->grid, from->node.cell, &count);
    const char *before = "/Headers[";
    for (int i = 0; i < count; i++) {
        const element *header = table->by_cell[headers[i]];
        if (!header)
            continue; /* it stands on none of the pages */
        nb_buffer_text(to->out, before);
        write_header_id(to, header->header);
        before = "";
    }
    if (!*before)
        nb_buffer_byte(to->out, ']');
}

static void write_span(const writing *to, const char *key, int span)
{
    if (span == 1)
        return;
    nb_buffer_text(to->out, key);
    nb_buffer_integer(to->out, span);
}

static void write_cell(const writing *to, const element *from)
{
    const nb_cell *cell = from->node.cell;
    nb_pdf_scope scope = nb_pdf_table_grid_scope(from->table->grid, cell);
    if (from->header) {
        nb_buffer_text(to->out, "/ID");
        write_header_id(to, from->header);
    }
    size_t before = to->out->length;
    nb_buffer_text(to->out, "/A<</O/Table");
    size_t empty = to->out->length;
    write_span(to, "/RowSpan ", cell->row_span);
    write_span(to, "/ColSpan ", cell->column_span);
    if (scope == NB_PDF_SCOPE_NONE)
        write_headers(to, from);
    else
        nb_buffer_text(to->out, scope == NB_PDF_SCOPE_ROW ? "/Scope/Row" : "/Scope/Column");
    if (to->out->length == empty)
        to->out->length = before;
    else
        nb_buffer_text(to->out, ">>");
}

/* What a figure shows, in words, and where it is (ISO 32000-1, 14.9.3 and table 344). */
static void write_figure(const writing *to, const element *from)
{
    const nb_pdf_box *box = &from->box;
    const int64_t corners[] = { box->left, box->bottom, box->right, box->top };
    write_text(to, "/Alt", from->node.block->picture->alt);
    nb_buffer_text(to->out, "/A<</O/Layout/Placement/Block/BBox[");
    for (int i = 0; i < 4; i++) {
        if (i > 0)
            nb_buffer_byte(to->out, ' ');
        nb_pdf_write_points(to->out, corners[i]);
    }
    nb_buffer_text(to->out, "]>>");
}

static void write_element(const writing *to, const element *from)
{
    nb_buffer_text(to->out, "<</S/");
    nb_buffer_text(to->out, from->type);
    nb_buffer_text(to->out, "/P ");
    if (from->parent)
        write_element_reference(to, from->parent);
    else
        nb_pdf_write_reference(to->out, to->root);
    if (from->grid)
        write_table(to, from);
    if (from->table)
        write_cell(to, from);
    if (from->parent && from->node.kind == NB_STRUCTURE_FIGURE)
        write_figure(to, from);
    write_kids(to, from);
    nb_buffer_text(to->out, ">>");
    nb_pdf_reserved_object_end(to->pdf, from->number);
}

/*
 * A table's elements have numbers that were reserved before anything that may be different in the
 * next document. Returns how many elements have none of those.
 */
static int number_elements(const writing *to)
{
    int reserved = 0, others = 0;
    for (element *at = to->structure->document; at; at = at->next) {
        at->is_reserved = at->inside && reserved < to->structure->reserved_count;
        at->number =
            at->is_reserved ? to->structure->first_reserved + reserved++ : to->root + 1 + others++;
    }
    return others;
}

/* Each table is a group of objects. */
static void write_tables(const writing *to)
{
    const element *table = NULL;
    for (const element *at = to->structure->document; at; at = at->next) {
        if (!at->is_reserved)
            continue;
        if (at->inside != table)
            nb_pdf_common_objects_begin(to->pdf);
        table = at->inside;
        write_element(to, at);
    }
    nb_pdf_common_objects_end(to->pdf);
}

/* From a page's marked-content identifiers back to elements: the page's key is its index. */
static void write_parent_tree(const writing *to)
{
    nb_buffer_text(to->out, "<</Nums[");
    for (int i = 0; i < to->structure->page_count; i++) {
        nb_buffer_integer(to->out, i);
        nb_buffer_byte(to->out, '[');
        const page_content *content = &to->structure->pages[i];
        for (const sequence *at = content->of_cells.first; at; at = at->next_on_page) {
            write_element_reference(to, at->element);
            nb_buffer_byte(to->out, ' ');
        }
        for (int id = content->of_cells.next; id < content->cell_count; id++)
            nb_buffer_text(to->out, "null "); /* for a cell without content */
        for (const sequence *at = content->others.first; at; at = at->next_on_page) {
            write_element_reference(to, at->element);
            if (at->next_on_page)
                nb_buffer_byte(to->out, ' ');
        }
        nb_buffer_byte(to->out, ']');
    }
    nb_buffer_text(to->out, "]>>");
    nb_pdf_text_object_end(to->pdf);
}

static void write_id_tree(const writing *to)
{
    nb_buffer_text(to->out, "<</Names[");
    for (const element *at = to->structure->document; at; at = at->next) {
        if (!at->header)
            continue;
        write_header_id(to, at->header);
        write_element_reference(to, at);
    }
    nb_buffer_text(to->out, "]>>");
    nb_pdf_text_object_end(to->pdf);
}

nb_status nb_pdf_structure_write(nb_pdf *pdf, nb_pdf_structure *structure, nb_buffer *catalog)
{
    writing to = { .pdf = pdf, .structure = structure, .out = pdf->texts };
    to.root = nb_pdf_next_number(pdf);
    for (int left = structure->header_count; left; left /= 16)
        to.id_digits++;
    int others = number_elements(&to), parent_tree = to.root + 1 + others;
    int id_tree = parent_tree + 1;
    nb_pdf_reserve_numbers(pdf, 1 + others);
    write_tables(&to);
    nb_buffer_text(to.out, "<</Type/StructTreeRoot/RoleMap<</Title/P>>/K ");
    write_element_reference(&to, structure->document);
    nb_buffer_text(to.out, "/ParentTree ");
    nb_pdf_write_reference(to.out, parent_tree);
    nb_buffer_text(to.out, "/ParentTreeNextKey ");
    nb_buffer_integer(to.out, structure->page_count);
    if (structure->header_count) {
        nb_buffer_text(to.out, "/IDTree ");
        nb_pdf_write_reference(to.out, id_tree);
    }
    nb_buffer_text(to.out, ">>");
    nb_pdf_reserved_object_end(pdf, to.root);
    for (const element *at = structure->document; at; at = at->next)
        if (!at->is_reserved)
            write_element(&to, at);
    write_parent_tree(&to);
    if (structure->header_count)
        write_id_tree(&to);
    nb_buffer_text(catalog, "/MarkInfo << /Marked true >>\n/StructTreeRoot ");
    nb_pdf_write_reference(catalog, to.root);
    nb_buffer_byte(catalog, '\n');
    return nb_pdf_check(pdf, "结构树", "structure tree");
}
