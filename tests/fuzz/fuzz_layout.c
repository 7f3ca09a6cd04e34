/*
 * Layout. Bytes are decoded into a document such as compose could make: texts of odd characters in
 * any style, tables with spans, pictures, a closing, on a page that may be small. What is placed
 * must stand on the paper, and text within the text block; of what the document says nothing may be
 * lost; and the same bytes must give the same pages, whatever was set before.
 */
#undef NDEBUG
#include "target.h"

#include "layout/layout.h"
#include "page/trace.h"
#include <assert.h>

enum {
    MOST_BLOCKS = 24,
    MOST_TEXT = 400,
    MOST_COLUMNS = 6,
    MOST_ROWS = 60,
    LONGEST_TRACE = 1 << 26
};

typedef struct decoder {
    const target_input *input;
    size_t at;
    nb_page_style *style;
    nb_document *document;
} decoder;

/* The next byte, below a limit of at most 256; 0 when all are used. */
static int take(decoder *d, int limit)
{
    nb_string bytes = d->input->bytes;
    return d->at < bytes.length ? (unsigned char)bytes.data[d->at++] % limit : 0;
}

/* Any character that JSON may bring; mostly those whose lines have rules of their own. */
static uint32_t take_character(decoder *d)
{
    static const uint32_t odd[] = { 0x4E00, 0x673A, 0x5173, 'a',    'Z',     '0',     '9',
                                    ' ',    '%',    '-',    '/',    '\'',    '"',     '(',
                                    ')',    ',',    '.',    '$',    0xA0,    0xAD,    0xB7,
                                    0x300,  0x2011, 0x2014, 0x2018, 0x2019,  0x201C,  0x201D,
                                    0x2026, 0x2028, 0x2060, 0x200B, 0x200D,  0x3000,  0x3001,
                                    0x3002, 0x3008, 0x300B, 0x3014, 0x3015,  0x301C,  0xFF01,
                                    0xFF08, 0xFF09, 0xFF0C, 0xFF1A, 0xFF1B,  0xFF1F,  0xFE00,
                                    0xFEFF, 0x5E74, 0x6708, 0x65E5, 0x1F600, 0x20000, 0x24B62 };
    int kind = take(d, 256);
    if (kind < 200)
        return odd[(size_t)kind % (sizeof odd / sizeof odd[0])];
    uint32_t any = (uint32_t)take(d, 256) << 8;
    any |= (uint32_t)take(d, 256);
    return any < 0x20 || (any >= 0xD800 && any < 0xE000) ? 0x4E00 + any % 0x5000 : any;
}

static nb_string take_text(decoder *d, bool may_break)
{
    nb_buffer *out = nb_buffer_new(d->input->arena, 1 << 20);
    int length = take(d, 4) ? take(d, 32) : take(d, 256) * MOST_TEXT / 256;
    int repeats = take(d, 8) ? 1 : 1 + take(d, 40);
    for (int i = 0; i < length; i++) {
        char bytes[5] = { 0 };
        nb_utf8_encode(may_break && take(d, 32) == 31 ? '\n' : take_character(d), bytes);
        for (int k = 0; k < repeats; k++)
            nb_buffer_text(out, bytes);
    }
    return (nb_string){ out->length ? (const char *)out->data : "", out->length };
}

static const nb_paragraph_style *take_style(decoder *d)
{
    return &d->style->styles[take(d, d->style->style_count)];
}

static void take_spans(decoder *d, nb_text *text, const nb_paragraph_style *style, bool may_break)
{
    *text =
        (nb_text){ .style = style, .first_line_indent = style->first_line_indent, .pointer = "" };
    text->span_count = 1 + take(d, 8) / 7;
    text->spans = NB_NEW_ARRAY(d->input->arena, nb_span, (size_t)text->span_count);
    for (int i = 0; i < text->span_count; i++) {
        text->spans[i].text = take_text(d, may_break);
        text->spans[i].role = i ? take_style(d)->role : style->role;
    }
}

static void take_cell(decoder *d, nb_table *table, int row, int column, const bool *taken)
{
    nb_cell *cell = &table->cells[table->cell_count++];
    int most_columns = 1, kind = take(d, 16);
    while (column + most_columns < table->column_count &&
           !taken[row * table->column_count + column + most_columns])
        most_columns++;
    *cell = (nb_cell){ .row = row, .column = column, .row_span = 1, .column_span = 1 };
    cell->is_value = kind < 4;
    cell->vertical = kind == 4;
    cell->role = "label";
    cell->scale = 100;
    if (take(d, 6) == 5)
        cell->row_span += take(d, table->row_count - row);
    if (take(d, 6) == 5)
        cell->column_span += take(d, most_columns);
    take_spans(d, &cell->text, d->style->body, false);
    cell->text.span_count = 1;
    if (cell->is_value && take(d, 8)) /* mostly as long as numbers are */
        cell->text.spans[0].text = NB_STRING("1234567");
}

static void take_rows(decoder *d, nb_table *table)
{
    size_t places = (size_t)table->row_count * (size_t)table->column_count;
    bool *taken = NB_NEW_ARRAY(d->input->arena, bool, places);
    table->cells = NB_NEW_ARRAY(d->input->arena, nb_cell, places);
    for (int row = 0; row < table->row_count; row++)
        for (int column = 0; column < table->column_count; column++) {
            if (taken[row * table->column_count + column])
                continue;
            take_cell(d, table, row, column, taken);
            const nb_cell *cell = &table->cells[table->cell_count - 1];
            for (int i = 0; i < cell->row_span; i++)
                for (int k = 0; k < cell->column_span; k++)
                    taken[(row + i) * table->column_count + column + k] = true;
        }
}

static void take_table(decoder *d, nb_block *block)
{
    nb_arena *arena = d->input->arena;
    nb_form_table *form = NB_NEW(arena, nb_form_table);
    nb_table *table = block->table = NB_NEW(arena, nb_table);
    form->caption = NB_STRING("t");
    table->form = form;
    table->column_count = 1 + take(d, MOST_COLUMNS);
    table->row_count = 1 + (take(d, 4) ? take(d, 6) : take(d, MOST_ROWS));
    table->head_rows = take(d, 4) ? 0 : take(d, table->row_count + 1);
    table->columns = NB_NEW_ARRAY(arena, nb_length, (size_t)table->column_count);
    nb_length share = d->style->text_width / table->column_count / NB_TWIP * NB_TWIP;
    for (int i = 0; i < table->column_count; i++)
        table->columns[i] =
            take(d, 4) ? share : nb_snap_to_twip(share / 256 * take(d, 256)) + NB_TWIP;
    table->starts_page = NB_NEW_ARRAY(arena, bool, (size_t)table->row_count);
    table->keeps_with_next = NB_NEW_ARRAY(arena, bool, (size_t)table->row_count);
    take_rows(d, table);
}

static void take_picture(decoder *d, nb_block *block)
{
    nb_arena *arena = d->input->arena;
    nb_image *image = NB_NEW(arena, nb_image);
    block->picture = NB_NEW(arena, nb_picture);
    image->width = 1 + take(d, 256) * 78;
    image->height = 1 + take(d, 256) * 78;
    image->natural_width = (nb_length)image->width * 9525;
    image->natural_height = (nb_length)image->height * 9525;
    block->picture->image = image;
    block->picture->stated_width = take(d, 2) ? take(d, 256) * NB_MM : 0;
    take_spans(d, &block->text, d->style->caption, false);
    if (take(d, 2))
        block->text.span_count = 0;
}

static void take_block(decoder *d, nb_block *block)
{
    static const nb_block_kind kinds[] = {
        NB_BLOCK_PARAGRAPH, NB_BLOCK_PARAGRAPH, NB_BLOCK_HEADING,
        NB_BLOCK_TABLE,     NB_BLOCK_TABLE,     NB_BLOCK_PICTURE
    };
    *block = (nb_block){ .kind = kinds[take(d, 6)] };
    if (block->kind == NB_BLOCK_TABLE)
        take_table(d, block);
    else if (block->kind == NB_BLOCK_PICTURE)
        take_picture(d, block);
    else
        take_spans(d, &block->text, take_style(d), take(d, 4) == 3);
}

static void take_closing(decoder *d, nb_block *blocks)
{
    const nb_paragraph_style *styles[] = { d->style->attachment, d->style->signature,
                                           d->style->signature_date };
    for (int i = 0; i < 3; i++) {
        blocks[i] = (nb_block){ .kind = NB_BLOCK_PARAGRAPH,
                                .closing = (nb_closing)(NB_CLOSING_ATTACHMENT + i) };
        take_spans(d, &blocks[i].text, styles[i], false);
        blocks[i].text.span_count = 1;
    }
    blocks[0].label_bytes = blocks[0].text.spans[0].text.length >= 3 ? 3 : 0;
    blocks[0].number_bytes = 0;
}

/* The shipped style, on a page that may have room for little. */
static void take_page(decoder *d)
{
    nb_page_style *style = d->style = NB_NEW(d->input->arena, nb_page_style);
    *style = *shipped_style();
    style->compact = take(d, 2) == 1;
    if (take(d, 3) == 0)
        style->text_height = nb_snap_to_twip(style->title->pitch + take(d, 256) * (2 * NB_PT));
    if (take(d, 3) == 0)
        style->text_width = nb_snap_to_twip(style->body->first_line_indent + style->title->size +
                                            take(d, 256) * (NB_PT + NB_PT / 2));
}

static nb_document *decode(const target_input *input)
{
    decoder d = { .input = input };
    nb_document *document = d.document = NB_NEW(input->arena, nb_document);
    take_page(&d);
    document->name = "x";
    document->style = d.style;
    document->blocks = NB_NEW_ARRAY(input->arena, nb_block, MOST_BLOCKS + 4);
    document->blocks[0] = (nb_block){ .kind = NB_BLOCK_TITLE };
    take_spans(&d, &document->blocks[0].text, d.style->title, true);
    document->blocks[0].text.span_count = 1;
    document->block_count = 1;
    while (d.at < input->bytes.length && document->block_count <= MOST_BLOCKS)
        take_block(&d, &document->blocks[document->block_count++]);
    if (take(&d, 2)) {
        take_closing(&d, document->blocks + document->block_count);
        document->block_count += 3;
    }
    return document;
}

static const nb_fonts *shipped_fonts(void)
{
    static const nb_fonts *fonts;
    static nb_arena *arena;
    nb_findings *findings = nb_findings_new(NB_ENGLISH);
    if (!fonts) {
        arena = nb_arena_new();
        nb_string json = tree_file("fonts/fonts.json", arena, findings);
        if (nb_fonts_load(json, "fonts", NULL, 0, arena, findings, &fonts) != NB_OK)
            abort();
    }
    nb_findings_drop(findings);
    return fonts;
}

/* What is kept of texts from input to input must change nothing. */
static nb_text_stock *kept_texts(void)
{
    static nb_text_stock *stock;
    if (!stock)
        stock = nb_text_stock_new();
    assert(stock);
    return stock;
}

/* Marks that hang over the line's end, and what is wider than a line of one character. */
static nb_length overhang(const nb_glyph_run *run)
{
    return 2 * run->size;
}

static void check_run(const nb_page_style *style, const nb_glyph_run *run, bool is_artifact)
{
    nb_length right = run->x + run->width;
    assert(run->glyph_count > 0 && run->scale > 0 && run->scale <= 100 && run->width >= 0);
    assert(run->baseline > 0 && run->baseline <= style->paper_height);
    if (is_artifact)
        return;
    assert(run->x >= style->left - overhang(run));
    assert(right <= style->left + style->text_width + overhang(run));
    assert(run->baseline >= style->top);
    assert(run->baseline <= style->top + style->text_height);
}

static void check_rule(const nb_page_style *style, const nb_rule_line *rule)
{
    nb_length left = style->left - rule->width,
              right = style->left + style->text_width + NB_MM + rule->width;
    nb_length bottom = style->top + style->text_height + rule->width;
    assert(rule->x0 >= left && rule->x1 >= rule->x0 && rule->x1 <= right);
    assert(rule->y0 >= style->top && rule->y1 >= rule->y0 && rule->y1 <= bottom);
}

static void check_image(const nb_page_style *style, const nb_placed_image *image)
{
    assert(image->x >= style->left && image->x + image->width <= style->left + style->text_width);
    assert(image->y >= style->top && image->y + image->height <= style->top + style->text_height);
}

/* What stands nowhere: blanks, which a line's end drops, and characters that only govern others. */
static bool is_unseen(uint32_t c)
{
    static const uint32_t governing[][2] = {
        { 0, 0x20 },        { 0x7F, 0xA0 },     { 0xAD, 0xAD },     { 0x300, 0x36F },
        { 0x61C, 0x61C },   { 0x115F, 0x1160 }, { 0x17B4, 0x17B5 }, { 0x180B, 0x180F },
        { 0x2000, 0x200F }, { 0x2028, 0x202F }, { 0x205F, 0x206F }, { 0x3000, 0x3000 },
        { 0x3164, 0x3164 }, { 0xFE00, 0xFE0F }, { 0xFEFF, 0xFEFF }, { 0xFFA0, 0xFFA0 },
        { 0xFFF0, 0xFFFF }
    };
    for (size_t i = 0; i < sizeof governing / sizeof governing[0]; i++)
        if (c >= governing[i][0] && c <= governing[i][1])
            return true;
    return false;
}

static size_t count_seen(nb_string text)
{
    size_t count = 0;
    for (const char *at = text.data, *end = at + text.length; at < end;)
        count += !is_unseen(nb_utf8_next(&at, end));
    return count;
}

static size_t count_text(const nb_text *text)
{
    size_t count = 0;
    for (int i = 0; i < text->span_count; i++)
        count += count_seen(text->spans[i].text);
    return count;
}

static size_t count_document(const nb_document *document)
{
    size_t count = 0;
    for (int i = 0; i < document->block_count; i++) {
        const nb_block *block = &document->blocks[i];
        if (block->kind != NB_BLOCK_TABLE)
            count += count_text(&block->text);
        for (int k = 0; block->table && k < block->table->cell_count; k++)
            count += count_text(&block->table->cells[k].text);
    }
    return count;
}

static size_t check_page(const nb_page_style *style, const nb_page *page)
{
    int depth = 0, artifacts = 0;
    size_t seen = 0;
    for (int i = 0; i < page->item_count; i++) {
        const nb_page_item *item = &page->items[i];
        depth += (item->kind == NB_ITEM_BEGIN) - (item->kind == NB_ITEM_END);
        artifacts += (item->kind == NB_ITEM_BEGIN_ARTIFACT) - (item->kind == NB_ITEM_END_ARTIFACT);
        assert(depth >= 0 && artifacts >= 0);
        if (item->kind == NB_ITEM_RUN) {
            check_run(style, &item->as.run, artifacts > 0);
            seen += artifacts ? 0 : count_seen(item->as.run.text);
        } else if (item->kind == NB_ITEM_RULE) {
            check_rule(style, &item->as.rule);
        } else if (item->kind == NB_ITEM_IMAGE) {
            check_image(style, &item->as.image);
        }
    }
    assert(depth == 0 && artifacts == 0);
    return seen;
}

static nb_string trace_of(const target_input *input, const nb_pages *pages)
{
    nb_buffer *out = nb_buffer_new(input->arena, LONGEST_TRACE);
    nb_pages_trace(pages, out);
    assert(!out->overflowed);
    return (nb_string){ (const char *)out->data, out->length };
}

static nb_status body(void *context)
{
    const target_input *input = context;
    nb_pages *pages, *again;
    nb_document *document = decode(input);
    size_t said = count_document(document), seen = 0;
    nb_status status =
        nb_layout(document, shipped_fonts(), NULL, input->arena, input->findings, &pages);
    if (status != NB_OK) {
        assert(nb_findings_count_of(input->findings, NB_ERROR) > 0);
        return status;
    }
    for (int i = 0; i < pages->count; i++)
        seen += check_page(document->style, &pages->pages[i]);
    assert(seen == said);
    status = nb_layout(decode(input), shipped_fonts(), kept_texts(), input->arena, input->findings,
                       &again);
    assert(status == NB_OK);
    assert(nb_string_equal(trace_of(input, pages), trace_of(input, again)));
    return NB_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return run_target(data, size, body);
}
