/*
 * Document.xml (7.5): what the document is made of, in the order that the schema demands.
 *
 *   CommonData ── MaxUnitID, PageArea, PublicRes, DocumentRes
 *   Pages ── Page …
 *   Outlines ── OutlineElem …      the title and the headings, nested by level (7.8)
 *   CustomTags, Attachments        where there is data
 *
 * No Permissions, VPreferences, Actions or Extensions: an archive would have to take them out again
 * (GB/T 42133-2022, 6.2.2).
 */
#include "ofd/parts.h"

enum { DEEPEST_OUTLINE = 16 };

static void write_common_data(nb_ofd *ofd, nb_xml *xml)
{
    nb_xml_open(xml, "ofd:CommonData");
    nb_xml_open(xml, "ofd:MaxUnitID");
    nb_buffer_integer(nb_ofd_scratch(ofd), ofd->last_id);
    nb_xml_text(xml, (nb_string){ (const char *)ofd->scratch->data, ofd->scratch->length });
    nb_xml_close(xml, "ofd:MaxUnitID");
    nb_xml_open(xml, "ofd:PageArea");
    nb_buffer *box = nb_ofd_scratch(ofd);
    nb_buffer_text(box, "0 0 ");
    nb_ofd_mm(box, nb_ofd_units(ofd->pages->width));
    nb_buffer_byte(box, ' ');
    nb_ofd_mm(box, nb_ofd_units(ofd->pages->height));
    nb_xml_element(xml, "ofd:PhysicalBox", (nb_string){ (const char *)box->data, box->length });
    nb_xml_close(xml, "ofd:PageArea");
    nb_ofd_element(xml, "ofd:PublicRes", "PublicRes.xml");
    if (ofd->document->image_count > 0)
        nb_ofd_element(xml, "ofd:DocumentRes", "DocumentRes.xml");
    nb_xml_close(xml, "ofd:CommonData");
}

static void write_pages(nb_ofd *ofd, nb_xml *xml)
{
    nb_xml_open(xml, "ofd:Pages");
    for (int i = 0; i < ofd->pages->count; i++) {
        nb_xml_open(xml, "ofd:Page");
        nb_xml_attribute_integer(xml, "ID", ofd->page_ids[i]);
        nb_xml_attribute(xml, "BaseLoc",
                         nb_arena_print(ofd->arena, "Pages/Page_%d/Content.xml", i));
        nb_xml_close(xml, "ofd:Page");
    }
    nb_xml_close(xml, "ofd:Pages");
}

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

/* Levels of the elements that are open, from the outermost in. */
typedef struct outline {
    int levels[DEEPEST_OUTLINE];
    int depth;
    bool has_begun;
    const nb_block *last; /* noted; a block that goes on on the next page begins there again */
} outline;

static void close_down_to(outline *to, nb_xml *xml, int level)
{
    while (to->depth > 0 && (to->levels[to->depth - 1] >= level || to->depth == DEEPEST_OUTLINE)) {
        nb_xml_close(xml, "ofd:OutlineElem");
        to->depth--;
    }
}

/* The window's top left corner at a place, the magnification as it is (no Zoom). */
static void write_destination(nb_ofd *ofd, nb_xml *xml, int page_id, nb_length top)
{
    nb_xml_open(xml, "ofd:Actions");
    nb_xml_open(xml, "ofd:Action");
    nb_xml_attribute(xml, "Event", "CLICK");
    nb_xml_open(xml, "ofd:Goto");
    nb_xml_open(xml, "ofd:Dest");
    nb_xml_attribute(xml, "Type", "XYZ");
    nb_xml_attribute_integer(xml, "PageID", page_id);
    nb_xml_attribute(xml, "Left", "0");
    nb_ofd_mm_attribute(ofd, xml, "Top", nb_ofd_units(top));
    nb_xml_close(xml, "ofd:Dest");
    nb_xml_close(xml, "ofd:Goto");
    nb_xml_close(xml, "ofd:Action");
    nb_xml_close(xml, "ofd:Actions");
}

static void open_element(nb_ofd *ofd, nb_xml *xml, outline *to, const nb_block *block)
{
    int level = block->kind == NB_BLOCK_TITLE ? 0 : block->level;
    if (!to->has_begun)
        nb_xml_open(xml, "ofd:Outlines");
    to->has_begun = true;
    to->last = block;
    close_down_to(to, xml, level);
    nb_xml_open(xml, "ofd:OutlineElem");
    nb_xml_attribute_string(xml, "Title", nb_text_plain(&block->text, ofd->arena));
    to->levels[to->depth++] = level;
}

static void write_outlines(nb_ofd *ofd, nb_xml *xml)
{
    outline to = { .depth = 0 };
    for (int i = 0; i < ofd->pages->count; i++) {
        const nb_page *page = &ofd->pages->pages[i];
        for (int j = 0; j < page->item_count; j++) {
            const nb_structure *structure = &page->items[j].as.structure;
            if (page->items[j].kind != NB_ITEM_BEGIN || structure->block == to.last ||
                (structure->kind != NB_STRUCTURE_TITLE && structure->kind != NB_STRUCTURE_HEADING))
                continue;
            open_element(ofd, xml, &to, structure->block);
            write_destination(ofd, xml, ofd->page_ids[i], top_after(page, j));
        }
    }
    close_down_to(&to, xml, 0);
    if (to.has_begun)
        nb_xml_close(xml, "ofd:Outlines");
}

void nb_ofd_write_document(nb_ofd *ofd, nb_xml *xml)
{
    nb_ofd_open_root(xml, "ofd:Document");
    write_common_data(ofd, xml);
    write_pages(ofd, xml);
    write_outlines(ofd, xml);
    if (ofd->tags)
        nb_ofd_element(xml, "ofd:CustomTags", "Tags/CustomTags.xml");
    if (nb_ofd_has_data(ofd))
        nb_ofd_element(xml, "ofd:Attachments", "Attachs/Attachments.xml");
    nb_xml_close(xml, "ofd:Document");
}
