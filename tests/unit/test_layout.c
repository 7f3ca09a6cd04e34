/*
 * Traces of placed pages, as goldens: tests/layout/NAME.json is a report of the form beside it,
 * NAME.trace what its pages must hold. With NB_UPDATE_GOLDENS set the traces are written instead.
 */
#include "fixture.h"

#include "doc/compose.h"
#include "doc/pictures.h"
#include "form/fill.h"
#include "layout/layout.h"
#include "page/trace.h"
#include "text/script.h"
#include <dirent.h>
#include <stdio.h>

typedef struct fixture {
    nb_arena *arena;
    nb_findings *findings;
    const nb_form *form;
    const nb_page_style *style;
    const nb_fonts *fonts;
    nb_text_stock *stock;
} fixture;

static nb_string read_file(fixture *f, const char *name)
{
    nb_string content = { "", 0 };
    const char *path = nb_arena_print(f->arena, "%s/%s", NB_TESTS_DIR, name);
    if (nb_file_exists(path))
        assert_int_equal(nb_file_read(path, 16 << 20, f->arena, f->findings, &content), NB_OK);
    return content;
}

static int set_up(void **state)
{
    static fixture f;
    f.arena = nb_arena_new();
    f.findings = nb_findings_new(NB_ENGLISH);
    f.stock = nb_text_stock_new();
    f.style = load_style(f.arena, f.findings);
    f.fonts = load_fonts(f.arena, f.findings);
    *state = &f;
    return nb_form_load(read_file(&f, "layout/form.json"), "form.json", f.arena, f.findings,
                        &f.form);
}

static int tear_down(void **state)
{
    fixture *f = *state;
    nb_text_stock_drop(f->stock);
    nb_findings_drop(f->findings);
    nb_arena_drop(f->arena);
    return 0;
}

static nb_document *laid_out(fixture *f, const char *name, nb_string json, nb_text_stock *stock,
                             nb_pages **pages)
{
    const nb_json *root;
    nb_document *document;
    assert_int_equal(nb_json_read(json, name, nb_json_default_limits, f->arena, f->findings, &root),
                     NB_OK);
    nb_report *report = nb_report_fill(f->form, root, name, f->arena, f->findings);
    assert_int_equal(nb_compose(report, f->style, f->arena, f->findings, &document), NB_OK);
    assert_int_equal(nb_load_pictures(document, NULL, f->arena, f->findings), NB_OK);
    assert_int_equal(nb_layout(document, f->fonts, stock, f->arena, f->findings, pages), NB_OK);
    return document;
}

static nb_pages *pages_of(fixture *f, const char *name, nb_text_stock *stock)
{
    nb_pages *pages;
    laid_out(f, name, read_file(f, nb_arena_print(f->arena, "layout/%s.json", name)), stock,
             &pages);
    return pages;
}

static void show_difference(nb_string expected, nb_string result)
{
    size_t at = 0, line = 1, start = 0;
    while (at < expected.length && at < result.length && expected.data[at] == result.data[at]) {
        if (expected.data[at++] == '\n') {
            line++;
            start = at;
        }
    }
    print_error("  line %zu: expected %.*s\n", line, (int)strcspn(expected.data + start, "\n"),
                expected.data + start);
    print_error("  line %zu:      got %.*s\n", line, (int)strcspn(result.data + start, "\n"),
                result.data + start);
}

static nb_string trace_of(fixture *f, const char *name, nb_text_stock *stock)
{
    nb_buffer *trace = nb_buffer_new(f->arena, 16 << 20);
    nb_pages_trace(pages_of(f, name, stock), trace);
    return (nb_string){ nb_arena_copy(f->arena, trace->data, trace->length), trace->length };
}

/* True when the case's trace is as it should be, or was written. */
static bool run_case(fixture *f, const char *name)
{
    nb_string result = trace_of(f, name, NULL);
    const char *golden = nb_arena_print(f->arena, "layout/%s.trace", name);
    if (getenv("NB_UPDATE_GOLDENS")) {
        const char *path = nb_arena_print(f->arena, "%s/%s", NB_TESTS_DIR, golden);
        return nb_file_save(path, result.data, result.length, f->findings) == NB_OK;
    }
    nb_string expected = read_file(f, golden);
    if (nb_string_equal(expected, result))
        return true;
    print_error("%s differs from its golden:\n", name);
    show_difference(
        (nb_string){ nb_arena_copy(f->arena, expected.data, expected.length), expected.length },
        result);
    return false;
}

/* Calls visit with the name of each case; how many there were. */
static int visit_cases(fixture *f, void (*visit)(fixture *f, const char *name, void *context),
                       void *context)
{
    int run = 0;
    DIR *folder = opendir(NB_TESTS_DIR "/layout");
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        const char *suffix = strstr(entry->d_name, ".json");
        if (!suffix || strcmp(entry->d_name, "form.json") == 0)
            continue;
        run++;
        visit(f, nb_arena_copy(f->arena, entry->d_name, (size_t)(suffix - entry->d_name)), context);
    }
    closedir(folder);
    return run;
}

static void count_failed(fixture *f, const char *name, void *failed)
{
    *(int *)failed += !run_case(f, name);
}

static void the_pages_are_as_before(void **state)
{
    int failed = 0;
    assert_true(visit_cases(*state, count_failed, &failed) > 5);
    assert_int_equal(failed, 0);
}

static void compare_with_kept(fixture *f, const char *name, void *context)
{
    (void)context;
    nb_string fresh = trace_of(f, name, NULL);
    for (int round = 0; round < 2; round++)
        assert_true(nb_string_equal(trace_of(f, name, f->stock), fresh));
}

static void texts_that_are_kept_change_no_page(void **state)
{
    visit_cases(*state, compare_with_kept, NULL);
}

/* Whether the role's first face draws all of a text: what the note says of it. */
static bool is_drawn(fixture *f, const nb_text *text)
{
    for (int i = 0; i < text->span_count; i++) {
        const char *at = text->spans[i].text.data, *end = at + text->spans[i].text.length;
        while (at < end) {
            uint32_t c = nb_utf8_next(&at, end);
            const nb_font_role *role = nb_fonts_role(
                f->fonts, nb_is_latin_run(c) ? text->style->latin_role : text->spans[i].role);
            if (c != '\n' && nb_font_role_face(role, c, f->arena) != role->faces[0])
                return false;
        }
    }
    return true;
}

static void texts_without_fallback_are_noted(void **state)
{
    fixture *f = *state;
    nb_string json = read_file(f, "layout/one-page.json");
    size_t place = nb_string_find(json, "正文一段");
    char *rare = nb_arena_print(f->arena, "%.*s𠮷%.*s", (int)place, json.data,
                                (int)(json.length - place), json.data + place);
    for (int round = 0; round < 2; round++) { /* the second finds texts in the stock */
        nb_pages *pages;
        nb_document *document = laid_out(f, "rare", nb_string_of(rare), f->stock, &pages);
        int counts[2] = { 0 };
        for (int i = 0; i < document->block_count; i++) {
            const nb_block *block = &document->blocks[i];
            for (int j = 0; block->table && j < block->table->cell_count; j++)
                assert_true(block->table->cells[j].text.needs_no_fallback);
            if (block->table)
                continue;
            assert_int_equal(block->text.needs_no_fallback, is_drawn(f, &block->text));
            counts[block->text.needs_no_fallback]++;
        }
        assert_true(counts[0] > 0 && counts[1] > 0);
    }
}

/* More numbers than there is room for, all in one width. */
static void a_full_stock_keeps_no_more(void **state)
{
    enum { NUMBERS = 20000 };
    fixture *f = *state;
    nb_text_stock *stock = nb_text_stock_new();
    nb_paragraph empty = { .text = { "", 0 } };
    nb_kept_text made = { .paragraph = &empty };
    int kept = 0;
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < NUMBERS; i++) {
            nb_text_key key = { .page_style = f->style,
                                .style = f->style->body,
                                .text = nb_string_of(nb_arena_print(f->arena, "%d", i)),
                                .role = "body",
                                .scale = 100 };
            if (round == 0)
                kept += nb_text_stock_keep(stock, &key, &made) != NULL;
            else
                kept -= nb_text_stock_lookup(stock, &key) != NULL;
        }
    assert_int_equal(kept, 0);
    nb_text_stock_drop(stock);
}

static void look_for_outsiders(fixture *f, const char *name, void *context)
{
    (void)context;
    nb_pages *pages = pages_of(f, name, NULL);
    for (int i = 0; i < pages->count; i++)
        for (int k = 0; k < pages->pages[i].item_count; k++) {
            const nb_page_item *item = &pages->pages[i].items[k];
            if (item->kind != NB_ITEM_RUN)
                continue;
            assert_true(item->as.run.x >= 0 && item->as.run.x + item->as.run.width <= pages->width);
            assert_true(item->as.run.baseline > 0 && item->as.run.baseline < pages->height);
        }
}

static void nothing_stands_outside_the_paper(void **state)
{
    assert_true(visit_cases(*state, look_for_outsiders, NULL) > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_pages_are_as_before),
        cmocka_unit_test(texts_that_are_kept_change_no_page),
        cmocka_unit_test(texts_without_fallback_are_noted),
        cmocka_unit_test(a_full_stock_keeps_no_more),
        cmocka_unit_test(nothing_stands_outside_the_paper),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
