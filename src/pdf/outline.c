#include "pdf/outline.h"

/* An item, or the root, which has no title. */
typedef struct outline_item {
    nb_string title;
    int page;
    nb_length top;
    int level;                                  /* of the document's title 0, of the root -1 */
    struct outline_item *parent, *first, *last; /* NULL: none */
    struct outline_item *previous, *next;       /* below the same parent */
    int count;                                  /* of all items below it */
    int number;                                 /* of its object */
    struct outline_item *following;             /* by number */
} outline_item;

/*
 * The top of the first line that follows a structure's beginning: its tallest character is one em
 * high.
 */
static nb_length top_after(const nb_page *page, int item)
{
    for (int i = item + 1; i < page->item_count; i++) {
        const nb_page_item *at = &page->items[i];
        if (at->kind == NB_ITEM_RUN && at->as.run.glyph_count > 0)
            return at->as.run.baseline - at->as.run.size;
    }
    return 0;
}

/* Below the innermost of the items before it that has a lower level. */
static void hang(outline_item *added, outline_item *before)
{
    outline_item *parent = before;
    while (parent->level >= added->level)
        parent = parent->parent;
    added->parent = parent;
    added->previous = parent->last;
    if (parent->last)
        parent->last->next = added;
    else
        parent->first = added;
    parent->last = added;
    for (; parent; parent = parent->parent)
        parent->count++;
}

static bool is_noted(const nb_page_item *at, const nb_block *last)
{
    const nb_structure *structure = &at->as.structure;
    return at->kind == NB_ITEM_BEGIN && structure->block != last &&
           (structure->kind == NB_STRUCTURE_TITLE || structure->kind == NB_STRUCTURE_HEADING);
}

/* A block that goes on on the next page begins there again, and is noted once. */
static outline_item *collect(nb_pdf *pdf, const nb_pages *pages)
{
    outline_item *root = NB_NEW(pdf->arena, outline_item), *before = root;
    const nb_block *last = NULL;
    root->level = -1;
    root->number = nb_pdf_next_number(pdf);
    for (int i = 0; i < pages->count; i++) {
        const nb_page *page = &pages->pages[i];
        for (int j = 0; j < page->item_count; j++) {
            if (!is_noted(&page->items[j], last))
                continue;
            last = page->items[j].as.structure.block;
            outline_item *added = before->following = NB_NEW(pdf->arena, outline_item);
            added->title = nb_pdf_short_text(pdf, nb_text_plain(&last->text, pdf->arena));
            added->page = i;
            added->top = top_after(page, j);
            added->level = last->kind == NB_BLOCK_TITLE ? 0 : last->level;
            added->number = before->number + 1;
            hang(added, before);
            before = added;
        }
    }
    return root;
}

static void write_link(nb_buffer *out, const char *key, const outline_item *target)
{
    if (!target)
        return;
    nb_buffer_text(out, key);
    nb_pdf_write_reference(out, target->number);
}

/*
 * [page /XYZ 0 top 0]: the window's top left corner at a place, the magnification as it is (ISO
 * 32000-1, 12.3.2.2).
 */
static void write_destination(nb_pdf *pdf, const nb_pages *pages, const outline_item *from)
{
    nb_length height = pages->height - from->top;
    nb_buffer_text(pdf->texts, "/Dest[");
    nb_pdf_write_reference(pdf->texts, nb_pdf_number_of(pdf->pages[from->page]));
    nb_buffer_text(pdf->texts, "/XYZ 0 ");
    nb_buffer_integer(pdf->texts, (height + NB_PT - 1) / NB_PT);
    nb_buffer_text(pdf->texts, " 0]");
}

/* ISO 32000-1, tables 152 and 153. All items are open, so that all count. */
static void write_item(nb_pdf *pdf, const nb_pages *pages, const outline_item *from)
{
    nb_buffer *out = pdf->texts;
    nb_buffer_text(out, "<<");
    if (from->parent) {
        nb_buffer_text(out, "/Title<FEFF");
        nb_pdf_write_utf16(out, from->title);
        nb_buffer_byte(out, '>');
        write_destination(pdf, pages, from);
    }
    write_link(out, "/Parent ", from->parent);
    write_link(out, "/Prev ", from->previous);
    write_link(out, "/Next ", from->next);
    write_link(out, "/First ", from->first);
    write_link(out, "/Last ", from->last);
    if (from->count) {
        nb_buffer_text(out, "/Count ");
        nb_buffer_integer(out, from->count);
    }
    nb_buffer_text(out, ">>");
    nb_pdf_text_object_end(pdf);
}

nb_status nb_pdf_outline_write(nb_pdf *pdf, const nb_pages *pages, nb_buffer *catalog)
{
    const outline_item *root = collect(pdf, pages);
    if (!root->following)
        return NB_OK;
    for (const outline_item *at = root; at; at = at->following)
        write_item(pdf, pages, at);
    nb_buffer_text(catalog, "/PageMode /UseOutlines\n/Outlines ");
    nb_pdf_write_reference(catalog, root->number);
    nb_buffer_byte(catalog, '\n');
    return nb_pdf_check(pdf, "书签", "outline");
}
