#include "pdf/outline.h"

/* Open items, from the outermost in; each outer one has a lower level. */
typedef struct open_item {
    struct open_item *outer;
    int level;
    HPDF_Outline item;
} open_item;

typedef struct outline {
    nb_pdf *pdf;
    const nb_pages *pages;
    HPDF_Outline root;
    open_item *innermost;
    const nb_block *last; /* noted; a block that goes on on the next page begins there again */
} outline;

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

/*
 * [page /XYZ 0 top 0]: the window's top left corner at a place, the magnification as it is (ISO
 * 32000-1, 12.3.2.2).
 */
static HPDF_Array destination_new(outline *to, int page, nb_length top)
{
    HPDF_Array destination = HPDF_Array_New(to->pdf->haru->mmgr);
    if (!destination)
        return NULL;
    nb_length height = to->pages->height - top;
    HPDF_Array_Add(destination, to->pdf->pages[page]);
    HPDF_Array_AddName(destination, "XYZ");
    HPDF_Array_AddNumber(destination, 0);
    HPDF_Array_AddNumber(destination, (height + NB_PT - 1) / NB_PT);
    HPDF_Array_AddNumber(destination, 0);
    return destination;
}

static bool begin_outline(outline *to)
{
    HPDF_Doc haru = to->pdf->haru;
    if (to->root)
        return true;
    to->root = HPDF_OutlineRoot_New(haru->mmgr, haru->xref);
    return to->root && HPDF_Dict_Add(haru->catalog, "Outlines", to->root) == HPDF_OK &&
           HPDF_Dict_AddName(haru->catalog, "PageMode", "UseOutlines") == HPDF_OK;
}

static void add_item(outline *to, const nb_block *block, int page, nb_length top)
{
    int level = block->kind == NB_BLOCK_TITLE ? 0 : block->level;
    HPDF_Doc haru = to->pdf->haru;
    if (!begin_outline(to))
        return;
    while (to->innermost && to->innermost->level >= level)
        to->innermost = to->innermost->outer;
    HPDF_Outline parent = to->innermost ? to->innermost->item : to->root;
    /* libharu's titles have its encoders' limits: ours replaces it. */
    HPDF_Outline item = HPDF_Outline_New(haru->mmgr, parent, "", NULL, haru->xref);
    if (!item)
        return;
    HPDF_Dict_Add(item, "Title",
                  nb_pdf_text_new(to->pdf, nb_text_plain(&block->text, to->pdf->arena)));
    HPDF_Dict_Add(item, "Dest", destination_new(to, page, top));
    /* ISO 32000-1, table 153 knows no type; libharu writes that of the root. */
    HPDF_Dict_RemoveElement(item, "Type");
    open_item *opened = NB_NEW(to->pdf->arena, open_item);
    *opened = (open_item){ to->innermost, level, item };
    to->innermost = opened;
}

nb_status nb_pdf_outline_write(nb_pdf *pdf, const nb_pages *pages)
{
    outline to = { .pdf = pdf, .pages = pages };
    for (int i = 0; i < pages->count && pdf->haru->error.error_no == HPDF_OK; i++) {
        const nb_page *page = &pages->pages[i];
        for (int j = 0; j < page->item_count; j++) {
            const nb_structure *structure = &page->items[j].as.structure;
            if (page->items[j].kind != NB_ITEM_BEGIN || structure->block == to.last ||
                (structure->kind != NB_STRUCTURE_TITLE && structure->kind != NB_STRUCTURE_HEADING))
                continue;
            to.last = structure->block;
            add_item(&to, structure->block, i, top_after(page, j));
        }
    }
    return nb_pdf_check(pdf, "书签", "outline");
}
