/*
 * Placed pages in reading order: what stands again on each page is left out, tables are handed over
 * as rows, and lines are joined to the paragraphs that they were broken from.
 */
#include "import/placed.h"

#include "import/recognise.h"
#include <stdlib.h>

enum {
    MARGIN_LINES = 2, /* at the head or foot of a page that may be running heads */
    DRIFT = 400       /* how far from its place on another page a running head may be */
};

typedef struct page_layout {
    nb_placed_tables tables;
    nb_placed_lines lines; /* beside the tables */
} page_layout;

typedef struct reader {
    nb_extract *extract;
    nb_arena *arena;
    page_layout *pages;
    int page_count;
    int body_left, body_right; /* of the lines of paragraphs, on most pages */
    int pitch;                 /* from a line to the next */
    bool has_rules;            /* so that what is a row can be seen by them */
    nb_buffer *paragraph;
    int paragraph_page; /* where it began; 0: there is none */
    const nb_placed_line *last;
    int last_page;
    const nb_placed_table *open_table; /* the last thing read, when that was a table */
    int open_table_page;
} reader;

/* Digits count for nothing: pages are numbered. */
static bool is_same_but_for_digits(nb_string a, nb_string b)
{
    size_t i = 0, k = 0;
    for (;;) {
        while (i < a.length && a.data[i] >= '0' && a.data[i] <= '9')
            i++;
        while (k < b.length && b.data[k] >= '0' && b.data[k] <= '9')
            k++;
        if (i == a.length || k == b.length)
            return i == a.length && k == b.length;
        if (a.data[i++] != b.data[k++])
            return false;
    }
}

/* A page's number alone: digits between marks. */
static bool is_number_alone(nb_string text)
{
    const char *at = text.data, *end = text.data + text.length;
    int digits = 0;
    while (at < end) {
        uint32_t c = nb_fold_width(nb_utf8_next(&at, end));
        bool is_mark = c == ' ' || c == '-' || c == '/' || c == 0xB7 ||
                       (c >= 0x2010 && c <= 0x2015) || c == 0x2500;
        if (c >= '0' && c <= '9')
            digits++;
        else if (!is_mark)
            return false;
    }
    return digits > 0 && digits <= 6;
}

static bool has_digit(nb_string text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] >= '0' && text.data[i] <= '9')
            return true;
    return false;
}

/* The line from the head, or with a negative number from the foot, of a page; or NULL. */
static nb_placed_line *margin_line(page_layout *page, int number)
{
    int at = number < 0 ? page->lines.count + number : number;
    return at >= 0 && at < page->lines.count ? &page->lines.list[at] : NULL;
}

/* Whether the table is beyond the line, so that the line is at no end of the page. */
static bool is_within_tables(const page_layout *page, const nb_placed_line *line, bool is_head)
{
    for (int i = 0; i < page->tables.count; i++) {
        const nb_box *box = &page->tables.list[i].box;
        if (is_head ? box->top < line->box.top : box->bottom > line->box.bottom)
            return true;
    }
    return false;
}

static int count_repeats(reader *r, const nb_placed_line *line, int number)
{
    int repeats = 0;
    for (int p = 0; p < r->page_count; p++) {
        const nb_placed_line *other = margin_line(&r->pages[p], number);
        repeats += other && other != line && abs(other->box.top - line->box.top) < DRIFT &&
                   is_same_but_for_digits(other->text, line->text);
    }
    return repeats;
}

/* Page numbers and running heads, from the ends of each page inwards. */
static void leave_out_running_heads(reader *r)
{
    for (int p = 0; p < r->page_count; p++)
        for (int side = 0; side < 2; side++)
            for (int i = 0; i < MARGIN_LINES; i++) {
                int number = side ? -1 - i : i;
                nb_placed_line *line = margin_line(&r->pages[p], number);
                if (!line || is_within_tables(&r->pages[p], line, side == 0))
                    break;
                int repeats = count_repeats(r, line, number);
                bool is_each =
                    repeats > 0 && (has_digit(line->text) || repeats + 1 == r->page_count);
                line->is_left_out = is_each || is_number_alone(line->text);
                if (!line->is_left_out)
                    break;
            }
}

static int by_number(const void *a, const void *b)
{
    int left = *(const int *)a, right = *(const int *)b;
    return (left > right) - (left < right);
}

static int median(int *list, int count)
{
    if (!count)
        return 0;
    qsort(list, (size_t)count, sizeof *list, by_number);
    return list[count / 2];
}

/* Long lines show where paragraphs begin and end, and how far their lines are apart. */
static void measure(reader *r)
{
    int all = 0, lefts = 0, rights = 0, pitches = 0;
    for (int p = 0; p < r->page_count; p++)
        all += r->pages[p].lines.count;
    int *left = NB_NEW_ARRAY(r->arena, int, (size_t)all), widest = 0;
    int *right = NB_NEW_ARRAY(r->arena, int, (size_t)all);
    int *pitch = NB_NEW_ARRAY(r->arena, int, (size_t)all);
    for (int p = 0; p < r->page_count; p++)
        for (int i = 0; i < r->pages[p].lines.count; i++) {
            const nb_box *box = &r->pages[p].lines.list[i].box;
            widest = box->right - box->left > widest ? box->right - box->left : widest;
        }
    for (int p = 0; p < r->page_count; p++)
        for (int i = 0; i < r->pages[p].lines.count; i++) {
            const nb_placed_line *line = &r->pages[p].lines.list[i];
            if (line->is_left_out || line->box.right - line->box.left < widest * 4 / 5)
                continue;
            left[lefts++] = line->box.left;
            right[rights++] = line->box.right;
            int gap = i ? nb_box_middle(line->box) - nb_box_middle(line[-1].box) : 0;
            if (gap > line->em && gap < 3 * line->em)
                pitch[pitches++] = gap;
        }
    r->pitch = median(pitch, pitches);
    r->body_right = median(right, rights);
    /* First lines are indented, and may be half of all: the smallest that is not alone. */
    if (lefts) {
        qsort(left, (size_t)lefts, sizeof *left, by_number);
        r->body_left = left[lefts / 8];
    }
}

static void end_paragraph(reader *r)
{
    if (r->paragraph_page) {
        nb_string text = { nb_arena_copy(r->arena, r->paragraph->data, r->paragraph->length),
                           r->paragraph->length };
        nb_extract_add(r->extract, r->has_rules ? NB_EVENT_PARAGRAPH : NB_EVENT_LOOSE_LINE,
                       nb_trimmed(text, NULL), r->paragraph_page, 0);
    }
    r->paragraph->length = 0;
    r->paragraph_page = 0;
}

static uint32_t first_of(nb_string text)
{
    const char *at = text.data;
    return text.length ? nb_utf8_next(&at, text.data + text.length) : 0;
}

/* How much room the line's first word would have needed at the end of the line before it. */
static int first_word_width(const nb_placed_line *line)
{
    int i = 0;
    while (i + 1 < line->count && first_of(line->characters[i]->text) < 0x2E80 &&
           first_of(line->characters[i + 1]->text) < 0x2E80 &&
           line->characters[i + 1]->box.left - line->characters[i]->box.right < line->em / 2)
        i++;
    return line->characters[i]->box.right - line->box.left;
}

/* The line before goes on to the right edge, as far as words let it. */
static bool is_full(const reader *r, const nb_placed_line *before, const nb_placed_line *line)
{
    return before->box.right + first_word_width(line) + before->em * 3 / 2 > r->body_right;
}

static bool ends_sentence(nb_string text)
{
    static const char stop[] = "。";
    size_t length = sizeof stop - 1;
    return text.length >= length && memcmp(text.data + text.length - length, stop, length) == 0;
}

static bool continues(const reader *r, const nb_placed_line *line, int page)
{
    const nb_placed_line *before = r->last;
    if (!r->paragraph_page || !before || abs(before->size - line->size) * 12 > line->size)
        return false;
    int gap = nb_box_middle(line->box) - nb_box_middle(before->box);
    if (page == r->last_page && r->pitch && gap * 2 > r->pitch * 3)
        return false;
    /* A heading may follow. Text has no indents to rely on, so that a short line may be one too. */
    bool may_be_heading = nb_begins_with_number(line->text) ||
                          (!r->has_rules && line->box.right < r->body_right - 3 * line->em);
    if (ends_sentence(before->text) && may_be_heading)
        return false;
    int indent = line->box.left - r->body_left;
    /* An indent of two or three characters begins a paragraph; a deeper one hangs or stands alone. */
    bool is_first = indent > line->em && indent < line->em * 7 / 2;
    bool is_deep = indent >= line->em * 7 / 2;
    if (is_deep && before->box.right < r->body_right - line->em)
        return false;
    bool is_hanging = is_first && abs(before->box.left - line->box.left) < line->em / 3 &&
                      before->box.right > r->body_right + line->em / 2;
    return (!is_first || is_hanging) && is_full(r, before, line);
}

/* A blank was lost where a line of letters ended, but not where an address was broken. */
static bool ends_word(const nb_buffer *text)
{
    unsigned char last = text->data[text->length - 1];
    return last < 0x80 && !strchr("/-_?&=#@", last);
}

/* Where the line goes on after a gap from the character on, or its end. */
static int next_chunk(const nb_placed_line *line, int from)
{
    int i = from + 1;
    while (i < line->count &&
           line->characters[i]->box.left - line->characters[i - 1]->box.right < line->em * 9 / 10)
        i++;
    return i;
}

/* What stands in columns: a cell for each stretch between gaps. */
static void read_columns(reader *r, const nb_placed_line *line, int page)
{
    end_paragraph(r);
    nb_extract_add(r->extract, NB_EVENT_ROW, NB_STRING(""), page, 0);
    for (int i = 0; i < line->count;) {
        int end = next_chunk(line, i);
        nb_placed_lines chunk = nb_placed_lines_of(line->characters + i, end - i, r->arena);
        nb_extract_add(r->extract, NB_EVENT_CELL, NB_STRING(""), page, 0);
        for (int k = 0; k < chunk.count; k++)
            nb_extract_add(r->extract, NB_EVENT_CELL_LINE, chunk.list[k].text, page, 0);
        i = end;
    }
}

static void read_line(reader *r, const nb_placed_line *line, int page)
{
    if (!r->has_rules && next_chunk(line, 0) < line->count) {
        read_columns(r, line, page);
        return;
    }
    if (r->open_table) {
        nb_extract_add(r->extract, NB_EVENT_END_OF_TABLE, NB_STRING(""), page, 0);
        r->open_table = NULL;
    }
    if (!continues(r, line, page)) {
        end_paragraph(r);
        r->paragraph_page = page;
    } else if (r->paragraph->length && ends_word(r->paragraph) && first_of(line->text) < 0x80) {
        nb_buffer_byte(r->paragraph, ' ');
    }
    nb_buffer_add(r->paragraph, line->text.data, line->text.length);
    r->last = line;
    r->last_page = page;
}

/* A table of the same width goes on with the one before it. */
static bool is_as_wide(const nb_placed_table *a, const nb_placed_table *b)
{
    return abs(a->edges[0] - b->edges[0]) < DRIFT &&
           abs(a->edges[a->edge_count - 1] - b->edges[b->edge_count - 1]) < DRIFT;
}

static void read_table(reader *r, const nb_placed_table *table, int page)
{
    nb_extract *extract = r->extract;
    end_paragraph(r);
    if (r->open_table && !is_as_wide(r->open_table, table))
        nb_extract_add(extract, NB_EVENT_END_OF_TABLE, NB_STRING(""), page, 0);
    for (int c = 0; c < table->cell_count; c++) {
        const nb_placed_cell *cell = &table->cells[c];
        if (c == 0 || cell->row != cell[-1].row)
            nb_extract_add(extract, NB_EVENT_ROW, NB_STRING(""), page, 0);
        nb_extract_add(extract, NB_EVENT_CELL, NB_STRING(""), page, 0);
        for (int i = 0; i < cell->lines.count; i++)
            nb_extract_add(extract, NB_EVENT_CELL_LINE, cell->lines.list[i].text, page, 0);
    }
    r->open_table = table;
    r->open_table_page = page;
}

/* The page begins with a table that goes on with the last one. */
static bool begins_with_rest(const reader *r, const page_layout *page)
{
    int first = 0;
    while (first < page->lines.count && page->lines.list[first].is_left_out)
        first++;
    return page->tables.count && is_as_wide(r->open_table, &page->tables.list[0]) &&
           (first == page->lines.count ||
            page->tables.list[0].box.top < page->lines.list[first].box.top);
}

/* The line hangs out of a column of the last table, from a cell that the page's end broke. */
static bool hangs_below(const reader *r, const nb_placed_line *line, int page)
{
    const nb_placed_table *table = r->open_table;
    if (!table || r->open_table_page != page || page >= r->page_count ||
        line->box.top >= table->box.bottom + line->size || !begins_with_rest(r, &r->pages[page]))
        return false;
    for (int i = 0; i + 1 < table->edge_count; i++)
        if (line->box.left >= table->edges[i] &&
            line->box.right <= table->edges[i + 1] + line->em / 2)
            return true;
    return false;
}

static void read_hanging_line(reader *r, const nb_placed_line *line, int page)
{
    nb_extract_add(r->extract, NB_EVENT_ROW, NB_STRING(""), page, 0);
    nb_extract_add(r->extract, NB_EVENT_CELL, NB_STRING(""), page, 0);
    nb_extract_add(r->extract, NB_EVENT_CELL_LINE, line->text, page, 0);
}

static void read_page(reader *r, const page_layout *page, int number)
{
    int table = 0;
    for (int i = 0; i <= page->lines.count; i++) {
        const nb_placed_line *line = i < page->lines.count ? &page->lines.list[i] : NULL;
        while (table < page->tables.count &&
               (!line || page->tables.list[table].box.top < nb_box_middle(line->box)))
            read_table(r, &page->tables.list[table++], number);
        if (!line || line->is_left_out)
            continue;
        if (hangs_below(r, line, number))
            read_hanging_line(r, line, number);
        else
            read_line(r, line, number);
    }
}

void nb_placed_read(nb_extract *extract, nb_placed_page *pages, int count)
{
    nb_arena *arena = extract->arena;
    reader r = { .extract = extract, .arena = arena, .page_count = count };
    r.pages = NB_NEW_ARRAY(arena, page_layout, (size_t)count);
    r.paragraph = nb_buffer_new(arena, NB_LARGEST_EXTRACT);
    for (int p = 0; p < count; p++) {
        nb_placed_page *page = &pages[p];
        r.pages[p].tables = nb_placed_cells_find(page, arena);
        r.has_rules = r.has_rules || r.pages[p].tables.count;
        nb_placed_character **characters =
            NB_NEW_ARRAY(arena, nb_placed_character *, (size_t)page->count);
        for (int i = 0; i < page->count; i++)
            characters[i] = &page->characters[i];
        r.pages[p].lines = nb_placed_lines_of(characters, page->count, arena);
    }
    leave_out_running_heads(&r);
    measure(&r);
    for (int p = 0; p < count; p++)
        read_page(&r, &r.pages[p], p + 1);
    end_paragraph(&r);
    if (r.open_table)
        nb_extract_add(extract, NB_EVENT_END_OF_TABLE, NB_STRING(""), count, 0);
}
