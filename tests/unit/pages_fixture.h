/* What the tests of writers of pages share: the machine's fonts, and pages built by hand. */
#ifndef NB_TESTS_PAGES_FIXTURE_H
#define NB_TESTS_PAGES_FIXTURE_H

#include "fixture.h"

#include "page/page.h"
#include "text/face.h"
#include "text/shape.h"

enum { MOST_ITEMS = 256 }; /* of a page */

/* What metadata say of a document. */
static inline nb_document described_document(void)
{
    return (nb_document){ .title = NB_STRING("某市2023年政府信息公开工作年度报告"),
                          .author = NB_STRING("某市人民政府办公室"),
                          .subject = NB_STRING("政府信息公开工作年度报告"),
                          .date = NB_STRING("2024-01-31") };
}

/* An empty page after those there are. */
static inline nb_page *append_page(nb_pages *pages, nb_arena *arena)
{
    nb_page *grown = NB_NEW_ARRAY(arena, nb_page, (size_t)pages->count + 1);
    for (int i = 0; i < pages->count; i++)
        grown[i] = pages->pages[i];
    pages->pages = grown;
    nb_page *page = &grown[pages->count++];
    page->number = pages->count;
    page->items = NB_NEW_ARRAY(arena, nb_page_item, MOST_ITEMS);
    return page;
}

static inline nb_page_item *add_item(nb_page *page, nb_item_kind kind)
{
    assert_true(page->item_count < MOST_ITEMS);
    nb_page_item *item = &page->items[page->item_count++];
    item->kind = kind;
    return item;
}

static inline void mark(nb_page *page, nb_item_kind kind, nb_structure structure)
{
    add_item(page, kind)->as.structure = structure;
}

/* A run of text of 16 pt that one face draws, each glyph tracking further than it is wide. */
static inline nb_glyph_run *place_run(nb_page *page, const nb_face *face, nb_string text,
                                      nb_length x, nb_length baseline, int scale,
                                      nb_length tracking, nb_arena *arena)
{
    nb_glyph *shaped;
    int count;
    nb_glyph_run *run = &add_item(page, NB_ITEM_RUN)->as.run;
    nb_shape(face, text, false, arena, &shaped, &count);
    nb_placed_glyph *glyphs = NB_NEW_ARRAY(arena, nb_placed_glyph, (size_t)count);
    *run = (nb_glyph_run){ .face = face,
                           .size = 16 * NB_PT,
                           .scale = scale,
                           .x = x,
                           .baseline = baseline,
                           .glyphs = glyphs,
                           .glyph_count = count,
                           .text = text };
    int upem = nb_face_describe(face)->upem;
    for (int i = 0; i < count; i++) {
        glyphs[i] = (nb_placed_glyph){ shaped[i].id, shaped[i].cluster, run->width };
        double advance = (double)shaped[i].advance * run->size * scale / 100 / upem;
        run->width += (nb_length)(advance + 0.5) + tracking;
    }
    return run;
}

#endif
