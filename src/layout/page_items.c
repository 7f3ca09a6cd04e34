/* Adding items to the page being filled. */
#include "layout/setting.h"

void nb_page_begin(nb_layouter *layouter)
{
    nb_pages *pages = layouter->pages;
    NB_GROW(layouter->arena, pages->pages, pages->count, &layouter->page_capacity);
    pages->pages[pages->count] = (nb_page){ .number = pages->count + 1 };
    pages->count++;
    layouter->item_capacity = 0;
}

static nb_page_item *add_item(nb_layouter *layouter, nb_item_kind kind)
{
    nb_page *page = &layouter->pages->pages[layouter->pages->count - 1];
    NB_GROW(layouter->arena, page->items, page->item_count, &layouter->item_capacity);
    nb_page_item *item = &page->items[page->item_count++];
    item->kind = kind;
    return item;
}

void nb_page_rule(nb_layouter *layouter, nb_rule_line rule)
{
    add_item(layouter, NB_ITEM_RULE)->as.rule = rule;
}

void nb_page_image(nb_layouter *layouter, nb_placed_image image)
{
    add_item(layouter, NB_ITEM_IMAGE)->as.image = image;
}

void nb_page_mark(nb_layouter *layouter, nb_item_kind kind, nb_structure structure)
{
    add_item(layouter, kind)->as.structure = structure;
}

void nb_page_lines(nb_layouter *layouter, const nb_set_text *set, int first, int end, nb_length x,
                   nb_length y)
{
    nb_length pitch = nb_set_text_pitch(set);
    for (int i = first; i < end; i++, y += pitch) {
        nb_placed_line line =
            set->placed ? set->placed[i] : nb_place_text_line(set, i, layouter->arena);
        for (int k = 0; k < line.run_count; k++) {
            nb_glyph_run *run = &add_item(layouter, NB_ITEM_RUN)->as.run;
            *run = line.runs[k];
            run->x += x;
            run->baseline += y;
            run->colour = set->text->style->colour;
        }
    }
}
