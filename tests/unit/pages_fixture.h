/* What the tests of writers of pages share: the machine's fonts, and pages built by hand. */
#ifndef NB_TESTS_PAGES_FIXTURE_H
#define NB_TESTS_PAGES_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/file.h"
#include "page/page.h"

enum { MOST_ITEMS = 256 }; /* of a page */

static inline const nb_fonts *load_fonts(nb_arena *arena, nb_findings *findings)
{
    const char *path = NB_TESTS_DIR "/../fonts/fonts.json";
    const nb_fonts *fonts;
    nb_string manifest;
    assert_int_equal(nb_file_read(path, 1 << 20, arena, findings, &manifest), NB_OK);
    assert_int_equal(nb_fonts_load(manifest, path, NULL, 0, arena, findings, &fonts), NB_OK);
    return fonts;
}

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

#endif
