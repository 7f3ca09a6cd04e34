/*
 * What Word puts among a document's characters (MS-DOC 2.4.1): 7 ends a cell, and once more the row;
 * 19 begins a field's code, 20 its result, 21 ends it; 11 breaks a line, 12 a page, 13 ends a
 * paragraph; 30 is a hyphen that does not break, 31 one that shows only where it does; 1 to 5 and 8
 * stand for pictures and notes.
 */
#include "import/text_forms.h"

#include "import/recognise.h"

enum {
    CELL_MARK = 7,
    LINE_BREAK = 11,
    PAGE_BREAK = 12,
    FIELD_BEGIN = 19,
    FIELD_RESULT = 20,
    FIELD_END = 21,
    FIXED_HYPHEN = 30,
    SOFT_HYPHEN = 31,
    MOST_FIELDS = 32
};

typedef struct word_reader {
    nb_extract *extract;
    nb_buffer *text; /* since the last cell or row ended; paragraphs end with a newline */
    bool is_code[MOST_FIELDS];
    int depth;
    bool in_table, in_row;
    int line, first_line; /* from 1; where the text begins */
} word_reader;

bool nb_is_old_word(nb_string text)
{
    return text.length && (memchr(text.data, CELL_MARK, text.length) ||
                           memchr(text.data, FIELD_BEGIN, text.length));
}

static bool in_code(const word_reader *r)
{
    for (int i = 0; i < r->depth && i < MOST_FIELDS; i++)
        if (r->is_code[i])
            return true;
    return false;
}

/* Each paragraph, and each line that was broken in it, by itself. */
static void add_lines(word_reader *r, nb_string text, nb_event_kind kind)
{
    size_t from = 0;
    for (size_t i = 0; i <= text.length; i++) {
        if (i < text.length && text.data[i] != '\n' && text.data[i] != LINE_BREAK)
            continue;
        nb_string line = nb_trimmed((nb_string){ text.data + from, i - from }, NULL);
        if (line.length)
            nb_extract_add(r->extract, kind, line, r->first_line, 0);
        from = i + 1;
    }
}

static nb_string take_text(word_reader *r)
{
    nb_string text = { nb_arena_copy(r->extract->arena, r->text->data, r->text->length),
                       r->text->length };
    r->text->length = 0;
    return text;
}

static void end_table(word_reader *r)
{
    if (r->in_table)
        nb_extract_add(r->extract, NB_EVENT_END_OF_TABLE, NB_STRING(""), r->line, 0);
    r->in_table = r->in_row = false;
}

/* What stands before the first cell of a row, all but its last paragraph, is text of its own. */
static nb_string read_before_cell(word_reader *r, nb_string text)
{
    size_t end = text.length;
    while (end && text.data[end - 1] == '\n') /* the cell's own last paragraph */
        end--;
    while (end && text.data[end - 1] != '\n')
        end--;
    if (end) {
        end_table(r);
        add_lines(r, (nb_string){ text.data, end }, NB_EVENT_PARAGRAPH);
    }
    return (nb_string){ text.data + end, text.length - end };
}

static void end_cell(word_reader *r)
{
    nb_string text = take_text(r);
    if (r->in_row && !nb_trimmed(text, NULL).length) {
        r->in_row = false; /* an empty cell is the row's end, as far as one can see */
        return;
    }
    if (!r->in_row) {
        text = read_before_cell(r, text);
        nb_extract_add(r->extract, NB_EVENT_ROW, NB_STRING(""), r->line, 0);
    }
    r->in_row = r->in_table = true;
    nb_extract_add(r->extract, NB_EVENT_CELL, NB_STRING(""), r->line, 0);
    add_lines(r, text, NB_EVENT_CELL_LINE);
}

static void add_character(word_reader *r, char c)
{
    if (in_code(r))
        return;
    if (r->text->length == 0)
        r->first_line = r->line;
    nb_buffer_byte(r->text, (unsigned char)c);
}

static void read_character(word_reader *r, char c)
{
    switch (c) {
    case FIELD_BEGIN:
        if (r->depth < MOST_FIELDS)
            r->is_code[r->depth] = true;
        r->depth++;
        break;
    case FIELD_RESULT:
        if (r->depth > 0 && r->depth <= MOST_FIELDS)
            r->is_code[r->depth - 1] = false;
        break;
    case FIELD_END:
        r->depth -= r->depth > 0;
        break;
    case CELL_MARK:
        end_cell(r);
        break;
    case '\r':
    case '\n':
    case PAGE_BREAK:
        add_character(r, '\n');
        break;
    case LINE_BREAK:
        add_character(r, LINE_BREAK);
        break;
    case FIXED_HYPHEN:
        add_character(r, '-');
        break;
    default:
        if (c >= ' ' || c == '\t' || (unsigned char)c >= 0x80)
            add_character(r, c);
    }
}

void nb_old_word_read(nb_extract *extract, nb_string text)
{
    word_reader r = { .extract = extract, .line = 1 };
    r.text = nb_buffer_new(extract->arena, NB_LARGEST_EXTRACT);
    for (size_t i = 0; i < text.length; i++) {
        bool is_end = text.data[i] == '\n' && i && text.data[i - 1] == '\r';
        if (!is_end)
            read_character(&r, text.data[i]);
        r.line += text.data[i] == '\r' || (text.data[i] == '\n' && !is_end);
    }
    end_table(&r);
    add_lines(&r, take_text(&r), NB_EVENT_PARAGRAPH);
    if (r.depth)
        nb_extract_tell(extract, NB_WARNING, 0, "文字里有域没有结束，它后面的文字可能没有读入",
                        "a field of the text does not end; text after it may not be read");
}
