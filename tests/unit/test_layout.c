/*
 * Traces of placed pages, as goldens: tests/layout/NAME.json is a report of the form beside it,
 * NAME.trace what its pages must hold. With NB_UPDATE_GOLDENS set the traces are written instead.
 */
#include "fixture.h"

#include "doc/compose.h"
#include "doc/pictures.h"
#include "form/fill.h"
#include "layout/layout.h"
#include "layout/table.h"
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

static nb_document *laid_out_as(fixture *f, const nb_form *form, const nb_page_style *style,
                                const char *name, nb_string json, nb_text_stock *stock,
                                nb_pages **pages)
{
    const nb_json *root;
    nb_document *document;
    assert_int_equal(nb_json_read(json, name, nb_json_default_limits, f->arena, f->findings, &root),
                     NB_OK);
    nb_report *report = nb_report_fill(form, root, name, f->arena, f->findings);
    assert_int_equal(nb_compose(report, style, f->arena, f->findings, &document), NB_OK);
    assert_int_equal(nb_load_pictures(document, NULL, f->arena, f->findings), NB_OK);
    assert_int_equal(nb_layout(document, f->fonts, stock, f->arena, f->findings, pages), NB_OK);
    return document;
}

static nb_document *laid_out(fixture *f, const char *name, nb_string json, nb_text_stock *stock,
                             nb_pages **pages)
{
    return laid_out_as(f, f->form, f->style, name, json, stock, pages);
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

/* A form of two lists, each a table, with no heading above them. */
static nb_document *lists_laid_out(fixture *f, int first, int second, nb_pages **pages)
{
    static const char form_json[] =
        "{\"form\": \"lists\", \"name\": \"表\", \"source\": \"本测试\", \"style\": \"gbt9704\","
        "\"title\": [\"{agency}{year}年\"],"
        "\"fields\": {\"agency\": \"text\", \"year\": \"year\", \"title\": \"lines?\","
        "\"first\": [{\"name\": \"text\"}], \"second\": [{\"name\": \"text\"}]},"
        "\"tables\": {\"first\": {\"caption\": \"甲\", \"description\": \"甲表\", \"columns\": "
        "[\"100mm\"],"
        "\"head_rows\": 1, \"rows\": [[{\"head\": \"甲\"}],"
        "{\"repeat\": \"/first\", \"cells\": [{\"text\": \"/name\"}]}]},"
        "\"second\": {\"caption\": \"乙\", \"description\": \"乙表\", \"columns\": [\"100mm\"],"
        "\"head_rows\": 1, \"rows\": [[{\"head\": \"乙\"}],"
        "{\"repeat\": \"/second\", \"cells\": [{\"text\": \"/name\"}]}]}},"
        "\"parts\": [{\"text\": \"两表：\", \"table\": \"first\"}, {\"table\": \"second\"}]}";
    const nb_form *form;
    nb_buffer *json = nb_buffer_new(f->arena, 1 << 20);
    nb_buffer_text(json, "{\"form\": \"lists\", \"agency\": \"青石县\", \"year\": 2025");
    for (int list = 0; list < 2; list++) {
        nb_buffer_text(json, list ? "], \"second\": [" : ", \"first\": [");
        for (int i = 0; i < (list ? second : first); i++)
            nb_buffer_text(json, i ? ", {\"name\": \"行\"}" : "{\"name\": \"行\"}");
    }
    nb_buffer_text(json, "]}");
    assert_int_equal(
        nb_form_load(nb_string_of(form_json), "lists.json", f->arena, f->findings, &form), NB_OK);
    return laid_out_as(f, form, f->style, "lists",
                       (nb_string){ (const char *)json->data, json->length }, NULL, pages);
}

/* Of every number of digits in cells of every width that may hold them, on one line. */
static void a_number_never_wraps(void **state)
{
    fixture *f = *state;
    const nb_page_style *style = f->style;
    nb_layouter layouter = { .document = NB_NEW(f->arena, nb_document),
                             .style = style,
                             .fonts = f->fonts,
                             .arena = f->arena,
                             .findings = f->findings };
    for (int digits = 4; digits <= 15; digits++)
        for (int width = 60 * digits; width < 110 * digits; width++) { /* twips */
            nb_span span = { { "123456789012345", (size_t)digits }, "song", NB_KEPT };
            nb_length column = width * NB_TWIP + style->table_cell_left + style->table_cell_right;
            nb_cell cell = { .row_span = 1, .column_span = 1, .is_value = true, .scale = 100 };
            nb_table table = { .columns = &column,
                               .column_count = 1,
                               .row_count = 1,
                               .cells = &cell,
                               .cell_count = 1 };
            nb_table_measure measure;
            cell.text = (nb_text){ .style = nb_page_style_lookup(style, NB_STRING("table_value")),
                                   .spans = &span,
                                   .span_count = 1,
                                   .pointer = "" };
            nb_table_measure_cells(&layouter, &table, &measure);
            if (!layouter.failed)
                assert_int_equal(measure.cells[0].line_count, 1);
            layouter.failed = false;
        }
}

/* The top of a table's outline on a page, and its bottom; from is the item to begin at. */
static int find_outline(const nb_page *page, int from, nb_length *top, nb_length *bottom)
{
    int at = from;
    while (at < page->item_count && page->items[at].kind != NB_ITEM_RULE)
        at++;
    *top = *bottom = at < page->item_count ? page->items[at].as.rule.y0 : -1;
    for (; at < page->item_count && page->items[at].kind == NB_ITEM_RULE; at++)
        *bottom = page->items[at].as.rule.y1 > *bottom ? page->items[at].as.rule.y1 : *bottom;
    return at;
}

static void a_table_may_be_all_head(void **state)
{
    nb_pages *pages;
    lists_laid_out(*state, 0, 0, &pages);
    assert_int_equal(pages->count, 1);
}

/* The paragraph that a word processor needs between them is there in the pages, too. */
static void tables_stand_a_paragraph_apart(void **state)
{
    fixture *f = *state;
    nb_pages *pages;
    nb_length top, bottom, next_top, next_bottom;
    lists_laid_out(f, 3, 3, &pages);
    int at = find_outline(&pages->pages[0], 0, &top, &bottom);
    find_outline(&pages->pages[0], at, &next_top, &next_bottom);
    assert_int_equal(next_top, bottom + f->style->table_rule + NB_BETWEEN_TABLES);
}

/* A word processor that is not told would leave rows of it on the page before. */
static void a_table_without_heading_is_kept_whole(void **state)
{
    nb_pages *pages;
    nb_document *document = lists_laid_out(*state, 30, 20, &pages);
    const nb_table *table = document->blocks[document->block_count - 1].table;
    nb_length top, bottom;
    assert_int_equal(pages->count, 2);
    assert_int_equal(find_outline(&pages->pages[0],
                                  find_outline(&pages->pages[0], 0, &top, &bottom), &top, &bottom),
                     pages->pages[0].item_count);
    assert_int_equal(top, -1);
    assert_true(table->keeps_with_next[0] && table->keeps_with_next[1]);
    assert_false(table->keeps_with_next[table->row_count - 1]);
}

/*
 * A body with space above and below: none between two of its paragraphs, and a heading above one
 * stays with it.
 */
static void space_between_paragraphs_is_counted(void **state)
{
    fixture *f = *state;
    nb_page_style style = *f->style;
    nb_paragraph_style *styles =
        NB_NEW_ARRAY(f->arena, nb_paragraph_style, (size_t)style.style_count);
    memcpy(styles, style.styles, (size_t)style.style_count * sizeof *styles);
    style.body = &styles[f->style->body - f->style->styles];
    style.styles = styles;
    nb_paragraph_style *body = &styles[f->style->body - f->style->styles];
    body->space_before = body->space_after = 14 * NB_PT;
    nb_string json = read_file(f, "layout/one-page.json");
    size_t place = nb_string_find(json, "\"正文一段");
    for (int lines = 1; lines < 20; lines++) {
        nb_buffer *text = nb_buffer_new(f->arena, 1 << 20);
        nb_pages *pages;
        nb_buffer_add(text, json.data, place);
        for (int i = 0; i < lines; i++)
            nb_buffer_text(text, "\"一段。\", ");
        nb_buffer_text(text, "\"（一）小标题\", ");
        nb_buffer_add(text, json.data + place, json.length - place);
        laid_out_as(f, f->form, &style, "spaced",
                    (nb_string){ (const char *)text->data, text->length }, NULL, &pages);
        nb_length before = 0;
        const nb_page *page = &pages->pages[0];
        bool is_heading = false;
        for (int i = 0; i < page->item_count; i++) {
            const nb_page_item *item = &page->items[i];
            if (item->kind == NB_ITEM_BEGIN)
                is_heading = item->as.structure.kind == NB_STRUCTURE_HEADING;
            if (item->kind == NB_ITEM_BEGIN_ARTIFACT)
                break;
            if (item->kind != NB_ITEM_RUN)
                continue;
            if (nb_string_equal(item->as.run.text, NB_STRING("一段。")) && before)
                assert_int_equal(item->as.run.baseline - before, body->pitch);
            before =
                nb_string_equal(item->as.run.text, NB_STRING("一段。")) ? item->as.run.baseline : 0;
        }
        assert_false(is_heading); /* the last on its page */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_pages_are_as_before),
        cmocka_unit_test(texts_that_are_kept_change_no_page),
        cmocka_unit_test(texts_without_fallback_are_noted),
        cmocka_unit_test(a_full_stock_keeps_no_more),
        cmocka_unit_test(nothing_stands_outside_the_paper),
        cmocka_unit_test(a_number_never_wraps),
        cmocka_unit_test(a_table_may_be_all_head),
        cmocka_unit_test(tables_stand_a_paragraph_apart),
        cmocka_unit_test(a_table_without_heading_is_kept_whole),
        cmocka_unit_test(space_between_paragraphs_is_counted),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
