#include "layout/margins.h"

/* A line in the margin of the page being filled, with its top at y. */
static void place_margin_line(nb_layouter *layouter, const nb_margin_line *line, nb_length y,
                              nb_structure_kind where)
{
    const nb_page_style *style = layouter->style;
    int number = layouter->pages->pages[layouter->pages->count - 1].number;
    const char *words = line->before;
    if (line->has_number)
        words = nb_arena_print(layouter->arena, "%s%d%s", line->before, number, line->after);
    nb_span span = { .text = nb_string_of(words), .role = line->style->role };
    nb_text text = { .style = line->style, .spans = &span, .span_count = 1, .pointer = "" };
    nb_set_text set;
    nb_set_common_text(layouter, &text, style->text_width, 100, &set);
    nb_length x = style->left;
    /*
     * The style sets it flush right; on even pages its box is moved so that its left end stands at
     * the inset.
     */
    if (line->style->align == NB_ALIGN_RIGHT)
        x += number % 2 == 1 ? -line->inset
                             : line->inset - style->text_width + nb_set_text_natural_width(&set);
    nb_page_mark(layouter, NB_ITEM_BEGIN_ARTIFACT, (nb_structure){ .kind = where });
    nb_page_lines(layouter, &set, 0, 1, x, y);
    nb_page_mark(layouter, NB_ITEM_END_ARTIFACT, (nb_structure){ .kind = where });
}

void nb_mark_draft_page(nb_layouter *layouter)
{
    const nb_margin_line *mark = &layouter->style->draft_mark;
    place_margin_line(layouter, mark, mark->distance, NB_STRUCTURE_PAGE_HEAD);
}

void nb_number_pages(nb_layouter *layouter)
{
    const nb_margin_line *line = &layouter->style->page_number;
    nb_length top = layouter->style->paper_height - line->distance - line->style->pitch;
    nb_pages *pages = layouter->pages;
    int count = pages->count;
    for (int i = 0; i < count; i++) { /* each in turn is the one being filled */
        pages->count = i + 1;
        layouter->item_capacity = pages->pages[i].item_count;
        place_margin_line(layouter, line, top, NB_STRUCTURE_PAGE_FOOT);
    }
}
