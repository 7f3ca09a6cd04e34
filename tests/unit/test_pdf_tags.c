/*
 * The structure of a tagged PDF, as pdfinfo reads it, and what header cells a table's cells have.
 */
#include "pdf_fixture.h"

#include "doc/compose.h"
#include "form/fill.h"
#include "layout/layout.h"
#include "pdf/table_headers.h"

/* Three levels of heads, three levels of labels; the page ends after row 5. */
enum { ROWS = 7, COLUMNS = 6, HEAD_ROWS = 3, CUT = 6 };

typedef struct plan {
    int row, column, row_span, column_span;
    const char *role, *text;
} plan;

static const plan plans[] = {
    { 0, 0, 3, 3, "head", "项目" },   { 0, 3, 1, 3, "head", "申请人" },
    { 1, 3, 2, 1, "head", "自然人" }, { 1, 4, 1, 2, "head", "法人" },
    { 2, 4, 1, 1, "head", "企业" },   { 2, 5, 1, 1, "head", "科研" },
    { 3, 0, 1, 3, "label", "新收" },  { 3, 3, 1, 1, "value", "1" },
    { 3, 4, 1, 1, "value", "2" },     { 3, 5, 1, 1, "value", "3" },
    { 4, 0, 3, 1, "group", "结果" },  { 4, 1, 1, 2, "label", "公开" },
    { 4, 3, 1, 1, "value", "4" },     { 4, 4, 1, 1, "value", "5" },
    { 4, 5, 1, 1, "value", "6" },     { 5, 1, 2, 1, "group", "不予" },
    { 5, 2, 1, 1, "label", "秘密" },  { 5, 3, 1, 1, "value", "7" },
    { 5, 4, 1, 1, "value", "" },      { 5, 5, 1, 1, "value", "9" },
    { 6, 2, 1, 1, "label", "其他" },  { 6, 3, 1, 1, "value", "10" },
    { 6, 4, 1, 1, "value", "11" },    { 6, 5, 1, 1, "value", "12" },
};

/* Heads stand again below each band, as in the form's table of what was published. */
static const plan bands[] = {
    { 0, 0, 1, 2, "band", "第一项" }, { 1, 0, 1, 1, "head", "内容" },
    { 1, 1, 1, 1, "head", "件数" },   { 2, 0, 1, 1, "label", "规章" },
    { 2, 1, 1, 1, "value", "1" },     { 3, 0, 1, 2, "band", "第二项" },
    { 4, 0, 1, 1, "head", "事项" },   { 4, 1, 1, 1, "head", "决定" },
    { 5, 0, 1, 1, "label", "许可" },  { 5, 1, 1, 1, "value", "2" },
};

static nb_table *table_of(fixture *f, const plan *cells, size_t count, int rows, int columns)
{
    nb_table *table = NB_NEW(f->arena, nb_table);
    *table = (nb_table){ .column_count = columns, .row_count = rows, .cell_count = (int)count };
    table->cells = NB_NEW_ARRAY(f->arena, nb_cell, count);
    for (size_t i = 0; i < count; i++) {
        nb_cell *cell = &table->cells[i];
        *cell = (nb_cell){ .row = cells[i].row,
                           .column = cells[i].column,
                           .row_span = cells[i].row_span,
                           .column_span = cells[i].column_span,
                           .role = cells[i].role };
        cell->text.spans = NB_NEW(f->arena, nb_span);
        cell->text.spans[0].text = nb_string_of(cells[i].text);
        cell->text.span_count = 1;
    }
    return table;
}

static nb_table *three_levels(fixture *f)
{
    nb_table *table = table_of(f, plans, sizeof plans / sizeof plans[0], ROWS, COLUMNS);
    table->head_rows = HEAD_ROWS;
    return table;
}

static const char *text_of(const nb_cell *cell)
{
    return cell->text.spans[0].text.data;
}

static void draw_cell(fixture *f, nb_page *page, const nb_block *block, const nb_cell *cell,
                      int row, bool is_marked)
{
    bool is_repeated = cell->row < row;
    nb_structure node = { NB_STRUCTURE_CELL, block, cell, cell->row };
    if (is_marked)
        mark(page, is_repeated ? NB_ITEM_BEGIN_ARTIFACT : NB_ITEM_BEGIN, node);
    if (*text_of(cell))
        add_line(f, page, "song", text_of(cell), 1008000 + cell->column * 900000,
                 2000000 + row * 400000);
    if (is_marked)
        mark(page, is_repeated ? NB_ITEM_END_ARTIFACT : NB_ITEM_END, node);
}

/* Rows [first, end) of the table on a page, marked as layout marks them. */
static void draw_rows(fixture *f, nb_page *page, const nb_block *block, int first, int end,
                      bool is_repeated_head)
{
    const nb_table *table = block->table;
    nb_structure whole = { NB_STRUCTURE_TABLE, block, NULL, first };
    mark(page, is_repeated_head ? NB_ITEM_BEGIN_ARTIFACT : NB_ITEM_BEGIN, whole);
    for (int row = first; row < end; row++) {
        nb_structure node = { NB_STRUCTURE_ROW, block, NULL, row };
        if (!is_repeated_head)
            mark(page, NB_ITEM_BEGIN, node);
        for (int i = 0; i < table->cell_count; i++) {
            const nb_cell *cell = &table->cells[i];
            bool goes_on = row == first && cell->row < row && cell->row + cell->row_span > row;
            if (cell->row == row || goes_on)
                draw_cell(f, page, block, cell, row, !is_repeated_head);
        }
        if (!is_repeated_head)
            mark(page, NB_ITEM_END, node);
    }
    mark(page, is_repeated_head ? NB_ITEM_END_ARTIFACT : NB_ITEM_END, whole);
    mark(page, NB_ITEM_BEGIN_ARTIFACT, whole);
    add_rule(page, 1008000, 2000000, 6000000, 2000000);
    mark(page, NB_ITEM_END_ARTIFACT, whole);
}

static void number_page(fixture *f, nb_page *page)
{
    mark(page, NB_ITEM_BEGIN_ARTIFACT, (nb_structure){ 0 });
    add_line(f, page, "song", "— 1 —", 1008000, 10000000);
    mark(page, NB_ITEM_END_ARTIFACT, (nb_structure){ 0 });
}

/*
 * A table over two pages, between a paragraph and another that goes over the same two pages' end.
 */
static void add_split_table(fixture *f, const nb_block *before, const nb_block *table,
                            const nb_block *after)
{
    nb_page *page = add_page(f);
    add_block_line(f, page, before, "前文", 1500000);
    draw_rows(f, page, table, 0, CUT, false);
    number_page(f, page);
    page = add_page(f);
    draw_rows(f, page, table, 0, HEAD_ROWS, true);
    draw_rows(f, page, table, CUT, ROWS, false);
    add_block_line(f, page, after, "后文上半", 9000000);
    number_page(f, page);
    page = add_page(f);
    add_block_line(f, page, after, "后文下半", 1500000);
}

/* Types and texts in reading order, on one line. */
static const char *reading(fixture *f)
{
    return run_tool(f, "pdfinfo -struct-text",
                    "| tr -d '\\000' | LC_ALL=C sed -nE 's/^ *\"(.*)\"$/\\1/p;"
                    "s/^ *(Document|P|H[1-6]|Table|THead|TBody|TR|TH|TD)([: ].*)?$/\\1/p'"
                    " | tr '\\n' ' '");
}

static void a_split_table_is_read_row_by_row(void **state)
{
    fixture *f = *state;
    nb_block before = { .kind = NB_BLOCK_PARAGRAPH }, after = { .kind = NB_BLOCK_PARAGRAPH };
    nb_block table = { .kind = NB_BLOCK_TABLE, .table = three_levels(f) };
    add_split_table(f, &before, &table, &after);
    save_pdf(f);
    assert_string_equal(reading(f),
                        "Document P 前文 Table "
                        "THead TR TH 项目 TH 申请人 TR TH 自然人 TH 法人 TR TH 企业 TH 科研 "
                        "TBody TR TH 新收 TD 1 TD 2 TD 3 TR TH 结果 TH 公开 TD 4 TD 5 TD 6 "
                        "TR TH 不予 TH 秘密 TD 7 TD TD 9 TR TH 其他 TD 10 TD 11 TD 12 "
                        "P 后文上半 后文下半 ");
    assert_holds(run_tool(f, "qpdf --check", ""), "No syntax or stream encoding errors");
}

static void cells_name_their_spans_and_headers(void **state)
{
    fixture *f = *state;
    nb_block before = { .kind = NB_BLOCK_PARAGRAPH }, after = { .kind = NB_BLOCK_PARAGRAPH };
    nb_block table = { .kind = NB_BLOCK_TABLE, .table = three_levels(f) };
    add_split_table(f, &before, &table, &after);
    save_pdf(f);
    const char *text = run_tool(f, "pdfinfo -struct", "");
    assert_holds(text, "TH <h1>:\n           /RowSpan 3\n           /ColSpan 3\n"
                       "           /Scope /Column\n");
    assert_holds(text, "TH <h8>:\n           /RowSpan 3\n           /Scope /Row\n");
    /*
     * 7 is of natural persons, of what was refused as secret; 12, on the other page, of research
     * bodies.
     */
    assert_holds(text, "/Headers [(h8) (hA) (hB) (h2) (h3)]");
    assert_holds(text, "/Headers [(h8) (hA) (hC) (h2) (h4) (h6)]\n  P");
    assert_holds(plain_pdf(f), "(hC)");
}

static void tables_say_what_they_are_about(void **state)
{
    fixture *f = *state;
    nb_form_table form = { .caption = NB_STRING("申请情况"),
                           .description = NB_STRING("各行是结果") };
    nb_block table = { .kind = NB_BLOCK_TABLE, .table = three_levels(f) };
    table.table->form = &form;
    draw_rows(f, add_page(f), &table, 0, ROWS, false);
    save_pdf(f);
    const char *text = plain_pdf(f);
    assert_holds(text, "/Summary <feff5404884c662f7ed3679c>");
    assert_holds(text, "/T <feff75338bf760c551b5>");
}

static void headings_skip_no_level(void **state)
{
    fixture *f = *state;
    static const int levels[] = { 3, 1, 3, 4, 3, 2, 1, 2, 3, 4, 5, 6, 7, 8, 1 };
    enum { COUNT = sizeof levels / sizeof levels[0] };
    static nb_block blocks[COUNT + 1];
    nb_page *page = add_page(f);
    blocks[COUNT].kind = NB_BLOCK_TITLE;
    add_block_line(f, page, &blocks[COUNT], "题", 1200000);
    for (int i = 0; i < COUNT; i++) {
        blocks[i] = (nb_block){ .kind = NB_BLOCK_HEADING, .level = levels[i] };
        add_block_line(f, page, &blocks[i], "节", 1500000 + i * 400000);
    }
    save_pdf(f);
    assert_string_equal(reading(f), "Document P 题 H1 节 H1 节 H2 节 H3 节 H2 节 H2 节 H1 节 "
                                    "H2 节 H3 节 H4 节 H5 节 H6 节 H6 节 H6 节 H1 节 ");
    assert_holds(plain_pdf(f), "/Title /P");
}

/* Replacement text splits a paragraph's content into parts, none of which may be lost. */
static void replacement_text_keeps_its_place(void **state)
{
    fixture *f = *state;
    const nb_face *face = nb_fonts_role(f->fonts, "body")->faces[0];
    nb_block block = { .kind = NB_BLOCK_PARAGRAPH };
    nb_page *page = add_page(f);
    mark(page, NB_ITEM_BEGIN, node_of(&block));
    nb_glyph_run *run = add_run(f, page, face, NB_STRING("甲乙丙丁"), 1008000, 1500000, 100, 0);
    for (int i = 2; i < 4; i++)
        ((nb_placed_glyph *)run->glyphs)[i].x += 16 * NB_PT / 4;
    mark(page, NB_ITEM_END, node_of(&block));
    save_pdf(f);
    assert_string_equal(reading(f), "Document P 甲 乙丙 丁 ");
    assert_string_equal(run_tool(f, "pdftotext -raw -nopgbrk", "-"), "甲乙丙丁\n");
    assert_holds(plain_pdf(f), "/Span<</MCID 1/ActualText<FEFF4E594E19>>>BDC\n(");
}

static void artifacts_are_marked(void **state)
{
    fixture *f = *state;
    nb_block table = { .kind = NB_BLOCK_TABLE, .table = three_levels(f) };
    nb_page *page = add_page(f);
    draw_rows(f, page, &table, 0, CUT, false);
    number_page(f, page);
    page = add_page(f);
    draw_rows(f, page, &table, 0, HEAD_ROWS, true);
    draw_rows(f, page, &table, CUT, ROWS, false);
    save_pdf(f);
    const char *text = plain_pdf(f);
    assert_holds(text, "EMC\nET\n/Artifact<</Type/Layout>>BDC\n0.5 w\n"
                       "79.3701 684.4094 m 472.4409 684.4094 l\nS\nEMC\n"
                       "BT\n");
    assert_holds(text, "/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n");
    assert_holds(text, "/Artifact<</Type/Pagination>>BDC\n");
    mark(page, NB_ITEM_BEGIN_ARTIFACT, (nb_structure){ .kind = NB_STRUCTURE_PAGE_HEAD });
    add_line(f, page, "hei", "草稿", 1008000, 1000000);
    page->items[page->item_count - 1].as.run.colour = 0xC00000;
    mark(page, NB_ITEM_END_ARTIFACT, (nb_structure){ .kind = NB_STRUCTURE_PAGE_HEAD });
    add_line(f, page, "song", "后", 1008000, 10000000);
    save_pdf(f);
    text = plain_pdf(f);
    assert_holds(text, "/Artifact<</Type/Pagination/Subtype/Header>>BDC\n");
    assert_holds(text, "0.7529 0 0 rg\n");
    assert_holds(text, "0 g\n");
    /* What stands in no structure is no content that a reader would know where to put. */
    f->pages.count = 0;
    add_line(f, add_page(f), "song", "无处", 1008000, 10000000);
    save_pdf(f);
    assert_holds(plain_pdf(f), "/Artifact BMC\n");
    assert_string_equal(reading(f), "Document ");
}

static const char *headers_of(fixture *f, const nb_table *table, const char *text)
{
    nb_pdf_table_grid *grid = nb_pdf_table_grid_new(table, f->arena);
    for (int i = 0; i < table->cell_count; i++) {
        if (strcmp(text_of(&table->cells[i]), text) != 0)
            continue;
        int count;
        const int *headers = nb_pdf_cell_headers(grid, &table->cells[i], &count);
        const char *found = "";
        for (int k = 0; k < count; k++)
            found = nb_arena_print(f->arena, "%s%s ", found, text_of(&table->cells[headers[k]]));
        return found;
    }
    return "no such cell";
}

static void headers_follow_from_the_grid(void **state)
{
    fixture *f = *state;
    const nb_table *table = three_levels(f);
    assert_string_equal(headers_of(f, table, "1"), "新收 申请人 自然人 ");
    assert_string_equal(headers_of(f, table, "6"), "结果 公开 申请人 法人 科研 ");
    assert_string_equal(headers_of(f, table, "11"), "结果 不予 其他 申请人 法人 企业 ");
    table = table_of(f, bands, sizeof bands / sizeof bands[0], 6, 2);
    assert_string_equal(headers_of(f, table, "1"), "规章 第一项 件数 ");
    assert_string_equal(headers_of(f, table, "2"), "许可 第二项 决定 ");
    assert_int_equal(nb_pdf_cell_scope(table, &table->cells[0]), NB_PDF_SCOPE_COLUMN);
    assert_int_equal(nb_pdf_cell_scope(table, &table->cells[3]), NB_PDF_SCOPE_ROW);
    assert_int_equal(nb_pdf_cell_scope(table, &table->cells[4]), NB_PDF_SCOPE_NONE);
    /* A band with a cell beside it heads its row. */
    table->cells[0].column_span = 1;
    assert_int_equal(nb_pdf_cell_scope(table, &table->cells[0]), NB_PDF_SCOPE_ROW);
}

/* A value that spans columns is of all of them; one that spans rows too. */
static void headers_of_spans_are_told_once(void **state)
{
    fixture *f = *state;
    static const plan spans[] = {
        { 0, 0, 1, 1, "head", "角" }, { 0, 1, 1, 2, "head", "上" },  { 1, 0, 1, 1, "head", "边" },
        { 1, 1, 1, 1, "head", "左" }, { 1, 2, 1, 1, "head", "右" },  { 2, 0, 1, 1, "label", "甲" },
        { 2, 1, 2, 2, "value", "1" }, { 3, 0, 1, 1, "label", "乙" },
    };
    const nb_table *table = table_of(f, spans, sizeof spans / sizeof spans[0], 4, 3);
    assert_string_equal(headers_of(f, table, "1"), "甲 乙 上 左 右 ");
}

typedef struct setting {
    fixture *f;
    nb_document *document;
} setting;

static nb_status set_empty_report(void *context)
{
    setting *s = context;
    fixture *f = s->f;
    const nb_form *form = load_form("annual-report-2021", f->arena, f->findings);
    const nb_page_style *style = load_style(f->arena, f->findings);
    nb_pages *pages;
    nb_status status;
    if ((status = nb_compose(nb_report_new_empty(form, "empty", f->arena), style, f->arena,
                             f->findings, &s->document)) ||
        (status = nb_layout(s->document, f->fonts, NULL, f->arena, f->findings, &pages)))
        return status;
    f->pages = *pages;
    return NB_OK;
}

/*
 * The form as layout sets it: every row and cell of its tables once, every value with its headers,
 * though all are blank.
 */
static void a_form_is_tagged_whole(void **state)
{
    fixture *f = *state;
    setting s = { .f = f };
    int rows = 0, headers = 0, values = 0;
    assert_int_equal(nb_arena_run(f->arena, set_empty_report, &s), NB_OK);
    for (int i = 0; i < s.document->block_count; i++) {
        const nb_table *table = s.document->blocks[i].table;
        for (int k = 0; table && k < table->cell_count; k++)
            *(table->cells[k].is_value ? &values : &headers) += 1;
        rows += table ? table->row_count : 0;
    }
    assert_true(values > 0);
    save_pdf(f);
    assert_string_equal(run_tool(f, "pdfinfo -struct", "| grep -acE '^ *TR'"),
                        nb_arena_print(f->arena, "%d\n", rows));
    assert_string_equal(run_tool(f, "pdfinfo -struct", "| grep -acE '^ *TH '"),
                        nb_arena_print(f->arena, "%d\n", headers));
    assert_string_equal(run_tool(f, "pdfinfo -struct", "| grep -acE '^ *TD:'"),
                        nb_arena_print(f->arena, "%d\n", values));
    assert_string_equal(
        run_tool(f, "pdfinfo -struct", "| grep -acE '/Headers .(\\(h[0-9A-F]+\\) ?){2,}'"),
        nb_arena_print(f->arena, "%d\n", values));
}

/* A picture of four gray pixels, half of them see-through, shown twice. */
static void a_figure_says_what_it_shows(void **state)
{
    fixture *f = *state;
    static const unsigned char gray[] = { 0, 85, 170, 255 }, alpha[] = { 255, 255, 0, 0 };
    const nb_image image = {
        .width = 2, .height = 2, .is_gray = true, .samples = gray, .alpha = alpha
    };
    const nb_image *images[] = { &image };
    nb_picture picture = { .alt = NB_STRING("四点"), .image = &image };
    nb_span span = { .text = NB_STRING("图一"), .role = "hei" };
    nb_block blocks[2];
    nb_page *page = add_page(f);
    f->document.images = images;
    f->document.image_count = 1;
    for (int i = 0; i < 2; i++) {
        blocks[i] = heading(NB_BLOCK_PICTURE, 0, &span);
        blocks[i].picture = &picture;
        mark(page, NB_ITEM_BEGIN, (nb_structure){ NB_STRUCTURE_FIGURE, &blocks[i], NULL, 0 });
        add_item(page, NB_ITEM_IMAGE)->as.image = (nb_placed_image){
            &image, 0, 127000, PAPER_HEIGHT - (i + 2) * 1270000, 2540000, 1270000
        };
        mark(page, NB_ITEM_END, (nb_structure){ 0 });
        mark(page, NB_ITEM_BEGIN, (nb_structure){ NB_STRUCTURE_CAPTION, &blocks[i], NULL, 0 });
        add_line(f, page, "hei", "图一", 1008000, 2000000);
        mark(page, NB_ITEM_END, (nb_structure){ 0 });
    }
    save_pdf(f);
    assert_string_equal(run_tool(f, "pdfinfo -struct", "| grep -acE '^ *(Figure|Caption)'"), "4\n");
    assert_string_equal(run_tool(f, "pdfimages -list", "| grep -c ' smask '"), "2\n");
    const char *plain = plain_pdf(f);
    assert_holds(plain, "/Figure<</MCID 0>>BDC\nq 200 0 0 100 10 100 cm /I1 Do Q\nEMC\n");
    assert_holds(plain, "/Alt <feff56db70b9>");
    assert_holds(plain, "/SMask");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_split_table_is_read_row_by_row), TEST(cells_name_their_spans_and_headers),
        TEST(tables_say_what_they_are_about),   TEST(headings_skip_no_level),
        TEST(replacement_text_keeps_its_place), TEST(artifacts_are_marked),
        TEST(headers_follow_from_the_grid),     TEST(headers_of_spans_are_told_once),
        TEST(a_form_is_tagged_whole),           TEST(a_figure_says_what_it_shows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
