#include "layout/picture.h"

/*
 * A word processor stands a picture on the baseline of a line as high as it, and below the baseline
 * there is still the descent of the line's smallest type. A point of room holds that, so that the
 * lines below stay where they are here.
 */
enum { ROOM = NB_PT };

static int64_t at_least_a_twip(int64_t length)
{
    return length < NB_TWIP ? NB_TWIP : length;
}

void nb_size_picture(const nb_layouter *layouter, nb_picture *picture, nb_length height,
                     nb_length pitch)
{
    const nb_image *image = picture->image;
    int64_t widest = layouter->style->text_width, tallest = at_least_a_twip(height - ROOM);
    int64_t wide = picture->stated_width ? picture->stated_width : image->natural_width;
    if (wide > widest)
        wide = widest;
    int64_t high = wide * image->natural_height / image->natural_width;
    if (high > tallest) {
        high = tallest;
        wide = high * image->natural_width / image->natural_height;
    }
    picture->width = nb_snap_to_twip((nb_length)at_least_a_twip(wide));
    picture->height = (nb_length)(at_least_a_twip(high) / NB_TWIP * NB_TWIP);
    /* A word processor makes no line lower than its type, whatever the picture's height. */
    picture->box_height = picture->height + ROOM > pitch ? picture->height + ROOM : pitch;
}

void nb_place_picture(nb_layouter *layouter, const nb_block *block, const nb_set_text *caption,
                      nb_length y)
{
    const nb_page_style *style = layouter->style;
    const nb_picture *picture = block->picture;
    nb_placed_image placed = { .image = picture->image,
                               .width = picture->width,
                               .height = picture->height };
    nb_structure structure = { NB_STRUCTURE_FIGURE, block, NULL, 0 };
    placed.index = nb_document_image_index(layouter->document, picture->image);
    placed.x = style->left + nb_snap_to_twip((style->text_width - picture->width) / 2);
    placed.y = y + nb_snap_to_twip((picture->box_height - picture->height) / 2);
    nb_page_mark(layouter, NB_ITEM_BEGIN, structure);
    nb_page_image(layouter, placed);
    nb_page_mark(layouter, NB_ITEM_END, structure);
    if (!nb_block_has_caption(block))
        return;
    structure.kind = NB_STRUCTURE_CAPTION;
    nb_page_mark(layouter, NB_ITEM_BEGIN, structure);
    nb_page_lines(layouter, caption, 0, caption->line_count, style->left, y + picture->box_height);
    nb_page_mark(layouter, NB_ITEM_END, structure);
}
