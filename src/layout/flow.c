/* Blocks down the pages: what stays together, where pages end. */
#include "layout/layout.h"

#include "layout/closing.h"
#include "layout/margins.h"
#include "layout/picture.h"
#include "layout/table.h"
#include "layout/title.h"

/* A block measured, before it is placed. */
typedef struct set_block {
    nb_block *block;
    nb_set_text text;       /* of all but tables; of a picture its caption */
    nb_table_measure table; /* of tables */
} set_block;

typedef struct flow {
    nb_layouter *layouter;
    set_block *blocks;
    int count;
    nb_length y; /* from the top of the text block */
    bool page_is_empty;
} flow;

static nb_length room(const flow *f)
{
    return f->layouter->style->text_height - f->y;
}

static void new_page(flow *f)
{
    nb_page_begin(f->layouter);
    if (f->layouter->document->is_draft)
        nb_mark_draft_page(f->layouter);
    f->y = 0;
    f->page_is_empty = true;
}

static bool is_table(const set_block *block)
{
    return block->block->kind == NB_BLOCK_TABLE;
}

static bool is_picture(const set_block *block)
{
    return block->block->kind == NB_BLOCK_PICTURE;
}

static nb_length pitch_of(const set_block *block)
{
    return block->text.text->style->pitch;
}

static nb_length height_of(const flow *f, const set_block *block)
{
    if (is_table(block))
        return nb_table_height(&block->table, 0, block->table.table->row_count, f->layouter->arena);
    nb_length picture = is_picture(block) ? block->block->picture->box_height : 0;
    return nb_capped(picture + (int64_t)block->text.line_count * pitch_of(block));
}

/*
 * How many lines of count may stand on a page with room for some: at least two before and after the
 * break.
 */
static int lines_before_break(int count, int fitting)
{
    if (count <= fitting)
        return count;
    int lines = fitting < count - 2 ? fitting : count - 2;
    return lines >= 2 ? lines : 0;
}

/*
 * The least part of a block that may begin on a page: the first two lines, or a table's head with
 * its first row of data.
 */
static nb_length least_height(const flow *f, const set_block *block)
{
    if (is_table(block)) {
        const nb_table *table = block->table.table;
        int rows = table->head_rows < table->row_count ? table->head_rows + 1 : table->row_count;
        return nb_table_height(&block->table, 0, rows, f->layouter->arena);
    }
    if (is_picture(block))
        return height_of(f, block);
    int lines = block->text.line_count > 3 ? 2 : block->text.line_count;
    return lines * pitch_of(block);
}

/* A style with space above its paragraphs has none, above or below, between two of them. */
static bool joins_one_above(const flow *f, const set_block *block)
{
    if (block == f->blocks || is_table(block) || is_table(block - 1))
        return false;
    const nb_paragraph_style *style = block->text.text->style;
    return style->space_before > 0 && block[-1].text.text->style == style;
}

/* The space above a block that does not begin a page. */
static nb_length space_above(const flow *f, const set_block *block)
{
    return is_table(block) || joins_one_above(f, block) ? 0 : block->text.text->style->space_before;
}

static nb_length space_below(const flow *f, const set_block *block)
{
    bool is_last = block + 1 == f->blocks + f->count;
    return !is_last && joins_one_above(f, block + 1) ? 0 : block->text.text->style->space_after;
}

static nb_structure_kind structure_of(const nb_block *block)
{
    return block->kind == NB_BLOCK_TITLE     ? NB_STRUCTURE_TITLE
           : block->kind == NB_BLOCK_HEADING ? NB_STRUCTURE_HEADING
                                             : NB_STRUCTURE_PARAGRAPH;
}

static void place_text(flow *f, const set_block *block)
{
    const nb_page_style *style = f->layouter->style;
    nb_length pitch = pitch_of(block);
    nb_structure structure = { structure_of(block->block), block->block, NULL, 0 };
    int count = block->text.line_count, first = 0;
    if (!f->page_is_empty)
        f->y += space_above(f, block);
    while (first < count) {
        int lines = lines_before_break(count - first, (int)(room(f) / pitch));
        if (lines == 0 && f->page_is_empty)
            lines = 1; /* a line taller than the page has to stand somewhere */
        if (lines == 0) {
            new_page(f);
            continue;
        }
        nb_page_mark(f->layouter, NB_ITEM_BEGIN, structure);
        nb_page_lines(f->layouter, &block->text, first, first + lines, style->left,
                      style->top + f->y);
        nb_page_mark(f->layouter, NB_ITEM_END, structure);
        first += lines;
        f->y += lines * pitch;
        f->page_is_empty = false;
        if (first < count)
            new_page(f);
    }
    f->y += space_below(f, block);
}

/* A picture stands on one page with its caption. */
static void place_picture(flow *f, const set_block *block)
{
    nb_length height = height_of(f, block), above = space_above(f, block);
    if (!f->page_is_empty && above + height > room(f))
        new_page(f);
    if (!f->page_is_empty)
        f->y += above;
    nb_place_picture(f->layouter, block->block, &block->text, f->layouter->style->top + f->y);
    f->page_is_empty = false;
    f->y += height + space_below(f, block);
}

/* What a word processor must be told so that it leaves rows to the next page for which it has room. */
static void keep_rows(nb_table *table, int first, int natural)
{
    for (int row = first; row < natural && row + 1 < table->row_count; row++)
        table->keeps_with_next[row] = true;
}

static void tell_too_tall(flow *f, const nb_table *table)
{
    nb_layouter *layouter = f->layouter;
    nb_findings_add(layouter->findings, NB_ERROR, "LAYOUT",
                    (nb_place){ .file = layouter->document->name },
                    NB_SAY(layouter->findings, "表“%s”有一行比版心还高",
                           "a row of table “%s” is taller than the page"),
                    table->form->caption.data);
    layouter->failed = true;
}

static void place_table(flow *f, const set_block *block)
{
    const nb_page_style *style = f->layouter->style;
    const nb_table_measure *measure = &block->table;
    nb_table *table = measure->table;
    nb_arena *arena = f->layouter->arena;
    int first = 0;
    while (first < table->row_count) {
        nb_length head = 0;
        if (first > 0 && table->head_rows)
            head = nb_table_height(measure, 0, table->head_rows, arena) - measure->rule;
        int natural;
        int cut = nb_table_split(measure, first, room(f) - head, &natural, arena);
        if (cut == first && !f->page_is_empty) {
            new_page(f);
            continue;
        }
        if (cut == first) {
            tell_too_tall(f, table);
            return;
        }
        if (head) {
            nb_table_draw(f->layouter, measure, block->block, 0, table->head_rows, true,
                          style->left, style->top + f->y);
            f->y += head;
        }
        f->y += nb_table_draw(f->layouter, measure, block->block, first, cut, false, style->left,
                              style->top + f->y);
        f->page_is_empty = false;
        first = cut;
        if (first < table->row_count) {
            table->starts_page[cut] = true;
            keep_rows(table, cut, natural);
            new_page(f);
        }
    }
}

/*
 * Whether a table with the headings above it goes whole to the next page: when it fits there, and
 * leaves less than a third of this one blank. *natural is how many of its rows would stay here else.
 */
static bool moves_whole(const flow *f, const set_block *table, nb_length headings, int *natural)
{
    nb_length height = height_of(f, table);
    nb_length page = f->layouter->style->text_height;
    if (headings + height <= room(f))
        return false;
    int cut = nb_table_split(&table->table, 0, room(f) - headings, natural, f->layouter->arena);
    if (headings + height <= page && room(f) < page / 3)
        return true;
    /* Or when no row may be split off before the page ends. */
    return cut == 0 && *natural > 0;
}

static bool stands_below_table(const flow *f, const set_block *table)
{
    return table > f->blocks && is_table(table - 1);
}

/* The low one that a word processor has between two tables. */
static void leave_space_for_paragraph(flow *f)
{
    if (room(f) < NB_BETWEEN_TABLES)
        new_page(f);
    f->y += NB_BETWEEN_TABLES;
}

/*
 * Place the block at index with those it must stay with: headings, and the start of what they head.
 * Returns the index after the last placed.
 */
static int place_group(flow *f, int index)
{
    int follower = index;
    nb_length headings = 0;
    while (follower + 1 < f->count && !is_table(&f->blocks[follower]) &&
           f->blocks[follower].text.text->style->keep_next) {
        headings =
            nb_capped((int64_t)headings + space_above(f, &f->blocks[follower]) +
                      height_of(f, &f->blocks[follower]) + space_below(f, &f->blocks[follower]));
        follower++;
    }
    const set_block *last = &f->blocks[follower];
    int natural;
    if (is_table(last) && stands_below_table(f, last))
        leave_space_for_paragraph(f);
    if (!f->page_is_empty && is_table(last) && moves_whole(f, last, headings, &natural)) {
        if (follower > index)
            f->blocks[index].block->page_break_before = true;
        else
            keep_rows(last->table.table, 0, natural);
        new_page(f);
    } else if (!f->page_is_empty && follower > index &&
               headings + space_above(f, last) + least_height(f, last) > room(f)) {
        new_page(f);
    }
    for (int i = index; i <= follower; i++) {
        if (is_table(&f->blocks[i]))
            place_table(f, &f->blocks[i]);
        else if (is_picture(&f->blocks[i]))
            place_picture(f, &f->blocks[i]);
        else
            place_text(f, &f->blocks[i]);
    }
    return follower + 1;
}

/* The headings that stand right above a block, and on its page. */
static nb_length headings_above(const flow *f, const set_block *block)
{
    nb_length height = 0;
    for (const set_block *at = block; at > f->blocks && !is_table(at - 1); at--) {
        const nb_paragraph_style *style = at[-1].text.text->style;
        if (!style->keep_next)
            break;
        height = nb_capped((int64_t)height + style->space_before + height_of(f, at - 1) +
                           style->space_after);
    }
    return height;
}

static void tell_long_caption(nb_layouter *layouter, const nb_text *caption)
{
    nb_place place = { layouter->document->name, caption->line, caption->column, caption->pointer };
    nb_findings_add(layouter->findings, NB_ERROR, "LAYOUT", place, "%s",
                    NB_SAY(layouter->findings, "图片的说明太长，占了半页以上",
                           "the caption of a picture is too long: it takes more than half a page"));
    layouter->failed = true;
}

/* A picture may fill what its caption and the headings above leave of a page. */
static void set_picture(flow *f, set_block *block)
{
    nb_layouter *layouter = f->layouter;
    nb_text *caption = &block->block->text;
    nb_length page = layouter->style->text_height;
    block->text = (nb_set_text){ .text = caption, .width = layouter->style->text_width };
    if (nb_block_has_caption(block->block))
        nb_set_text_in(layouter, caption, layouter->style->text_width, 100, &block->text);
    if (nb_set_text_height(&block->text) > page / 2)
        tell_long_caption(layouter, caption);
    nb_length other = headings_above(f, block) + nb_set_text_height(&block->text);
    nb_size_picture(layouter, block->block->picture, other < page / 2 ? page - other : page / 2,
                    caption->style->pitch);
}

/* Headings and the form's own words are the same in many reports. */
static void set_text(nb_layouter *layouter, set_block *block)
{
    nb_text *text = &block->block->text;
    nb_length width = layouter->style->text_width;
    if (block->block->kind == NB_BLOCK_HEADING || *text->pointer == '\0')
        nb_set_common_text(layouter, text, width, 100, &block->text);
    else
        nb_set_text_in(layouter, text, width, 100, &block->text);
}

static void set_blocks(flow *f)
{
    nb_layouter *layouter = f->layouter;
    nb_document *document = layouter->document;
    f->count = document->block_count;
    f->blocks = NB_NEW_ARRAY(layouter->arena, set_block, (size_t)f->count);
    for (int i = 0; i < f->count; i++) {
        set_block *block = &f->blocks[i];
        block->block = &document->blocks[i];
        if (is_table(block)) {
            nb_table_measure_cells(layouter, block->block->table, &block->table);
        } else if (is_picture(block)) {
            set_picture(f, block);
        } else {
            nb_indent_closing(layouter, document->blocks, f->count, i);
            if (block->block->kind == NB_BLOCK_TITLE)
                nb_balance_title(layouter, &block->block->text);
            set_text(layouter, block);
        }
        nb_arena_progress(layouter->arena, NB_STAGE_LAYOUT, (size_t)i + 1, (size_t)f->count * 2);
    }
}

/* Every role that the page style names must have a face. */
static bool has_all_roles(nb_layouter *layouter)
{
    bool complete = true;
    for (int i = 0; i < layouter->style->style_count; i++) {
        const nb_paragraph_style *style = &layouter->style->styles[i];
        const char *roles[] = { style->role, style->latin_role };
        for (int k = 0; k < 2; k++)
            if (!nb_fonts_role(layouter->fonts, roles[k])) {
                nb_findings_add(layouter->findings, NB_ERROR, "FONT",
                                (nb_place){ .file = layouter->style->id },
                                NB_SAY(layouter->findings, "样式“%s”要的字体角色“%s”不在字体清单里",
                                       "style “%s” asks for font role “%s”, which the font "
                                       "manifest does not have"),
                                style->name, roles[k]);
                complete = false;
            }
    }
    return complete;
}

/* Columns are whole twips, so that a table may be a little wider than the text. */
static bool is_too_wide(nb_layouter *layouter, const nb_table *table)
{
    nb_length width = -NB_MM;
    for (int column = 0; column < table->column_count; column++)
        width += table->columns[column];
    if (width <= layouter->style->text_width)
        return false;
    nb_findings_add(
        layouter->findings, NB_ERROR, "LAYOUT", (nb_place){ .file = layouter->document->name },
        NB_SAY(layouter->findings, "表“%s”比版心宽", "table “%s” is wider than the text block"),
        table->form->caption.data);
    return true;
}

static bool fits_across(nb_layouter *layouter)
{
    bool fits = true;
    for (int i = 0; i < layouter->document->block_count; i++) {
        const nb_table *table = layouter->document->blocks[i].table;
        if (table && is_too_wide(layouter, table))
            fits = false;
    }
    return fits;
}

nb_status nb_layout(nb_document *document, const nb_fonts *fonts, nb_text_stock *stock,
                    nb_arena *arena, nb_findings *findings, nb_pages **out)
{
    nb_layouter layouter = { .document = document,
                             .style = document->style,
                             .fonts = fonts,
                             .stock = stock,
                             .arena = arena,
                             .findings = findings,
                             .pages = NB_NEW(arena, nb_pages) };
    flow f = { .layouter = &layouter };
    *out = layouter.pages;
    if (!has_all_roles(&layouter) || !fits_across(&layouter))
        return NB_E_RESOURCE;
    layouter.pages->width = document->style->paper_width;
    layouter.pages->height = document->style->paper_height;
    set_blocks(&f);
    new_page(&f);
    for (int index = 0; index < f.count;) {
        index = place_group(&f, index);
        nb_arena_progress(arena, NB_STAGE_LAYOUT, (size_t)f.count + (size_t)index,
                          (size_t)f.count * 2);
    }
    nb_number_pages(&layouter);
    return layouter.failed ? NB_E_RESOURCE : NB_OK;
}
