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

/*
 * The glyphs of characters [first, end), which stand in one portion, at places x from the run's
 * own.
 */
static void place_glyphs(nb_layouter *layouter, const nb_paragraph *paragraph, int first, int end,
                         const nb_length *x, nb_glyph_run *run)
{
    int count = 0;
    for (int i = first; i < end; i++)
        count += paragraph->characters[i].glyph_count;
    nb_placed_glyph *glyphs = NB_NEW_ARRAY(layouter->arena, nb_placed_glyph, (size_t)count);
    int64_t upem = nb_face_describe(run->face)->upem;
    int at = 0;
    for (int i = first; i < end; i++) {
        const nb_character *character = &paragraph->characters[i];
        int64_t inside = 0; /* a character of several glyphs: each stands after the one before */
        for (int k = 0; k < character->glyph_count; k++) {
            const nb_glyph *glyph = &paragraph->glyphs[character->glyph + k];
            glyphs[at++] = (nb_placed_glyph){
                glyph->id, character->offset - paragraph->characters[first].offset,
                x[i - first] - x[0] + (nb_length)(inside * run->size / upem * run->scale / 100)
            };
            inside += glyph->advance;
        }
    }
    run->glyphs = glyphs;
    run->glyph_count = at;
}

static void add_runs(nb_layouter *layouter, const nb_set_text *set, const nb_line *line,
                     nb_length left, nb_length baseline, const nb_length *x)
{
    const nb_paragraph *paragraph = set->paragraph;
    for (int at = line->first; at < line->end;) {
        const nb_portion *portion = &paragraph->portions[paragraph->characters[at].portion];
        int stop = portion->end < line->end ? portion->end : line->end;
        if (portion->face) {
            uint32_t from = paragraph->characters[at].offset;
            uint32_t to = stop < paragraph->count ? paragraph->characters[stop].offset
                                                  : (uint32_t)paragraph->text.length;
            nb_glyph_run run = { .face = portion->face,
                                 .size = paragraph->size,
                                 .scale = paragraph->scale,
                                 .x = left + x[at - line->first],
                                 .baseline = baseline };
            run.text = (nb_string){ paragraph->text.data + from, to - from };
            place_glyphs(layouter, paragraph, at, stop, x + (at - line->first), &run);
            int last = stop - 1;
            int32_t units = line->fitted ? line->fitted[last - line->first].units
                                         : paragraph->characters[last].units;
            run.width =
                x[last - line->first] - x[at - line->first] + units * NB_TWIP / NB_UNITS_PER_TWIP;
            add_item(layouter, NB_ITEM_RUN)->as.run = run;
        }
        at = stop;
    }
}

void nb_page_lines(nb_layouter *layouter, const nb_set_text *set, int first, int end, nb_length x,
                   nb_length y)
{
    const nb_paragraph_style *style = set->text->style;
    for (int i = first; i < end; i++) {
        const nb_line *line = &set->lines[i];
        nb_length indent = set->text->left_indent + (i == 0 ? set->text->first_line_indent : 0);
        nb_length room = set->width - indent;
        nb_length *places =
            NB_NEW_ARRAY(layouter->arena, nb_length, (size_t)(line->end - line->first));
        nb_length width =
            nb_place_line(set->paragraph, line, room, style->align == NB_ALIGN_JUSTIFY, places);
        nb_length left = x + indent;
        if (style->align == NB_ALIGN_CENTER || set->vertical)
            left += (room - width) / 2;
        if (style->align == NB_ALIGN_RIGHT)
            left += room - width;
        nb_length pitch = nb_set_text_pitch(set);
        /*
         * The em box of a Chinese face stands 0.88 above the baseline; a line of the pitch has it
         * at 4/5.
         */
        nb_length baseline = set->vertical ? pitch * 88 / 100 : nb_baseline_in(pitch);
        add_runs(layouter, set, line, left, y + (i - first) * pitch + baseline, places);
    }
}
