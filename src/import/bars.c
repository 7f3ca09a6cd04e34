/* Lines that begin with a bar are rows of a table: | a | b |. The rest is read as Markdown's text. */
#include "import/text_forms.h"

#include "import/recognise.h"

enum { LEAST_ROWS = 3 };

nb_string nb_text_next_line(nb_string *rest)
{
    const char *stop = memchr(rest->data, '\n', rest->length);
    nb_string line = { rest->data, stop ? (size_t)(stop - rest->data) : rest->length };
    size_t used = line.length + (stop ? 1 : 0);
    *rest = (nb_string){ rest->data + used, rest->length - used };
    if (line.length && line.data[line.length - 1] == '\r')
        line.length--;
    return line;
}

static bool begins_with_bar(nb_string line)
{
    return line.length > 1 && line.data[0] == '|' && memchr(line.data + 1, '|', line.length - 1);
}

bool nb_is_barred(nb_string text)
{
    int rows = 0;
    while (text.length && rows < LEAST_ROWS)
        rows += begins_with_bar(nb_trimmed(nb_text_next_line(&text), NULL));
    return rows == LEAST_ROWS;
}

/* |---|:--:|, below the head */
static bool is_separator(nb_string line)
{
    for (size_t i = 0; i < line.length; i++)
        if (!strchr("|:- \t", line.data[i]) || !line.data[i])
            return false;
    return memchr(line.data, '-', line.length) != NULL;
}

static bool is_mark(char c)
{
    return c && strchr("\\`*_{}[]()#+-.!|<>~$\"'^@&", c);
}

/* The text without marks of emphasis and without the backslashes before marks that are none. */
static nb_string plain(nb_extract *extract, nb_string text)
{
    char *copy = nb_arena_alloc(extract->arena, text.length + 1), *to = copy;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i], next = i + 1 < text.length ? text.data[i + 1] : 0;
        if (c == '\\' && is_mark(next)) {
            *to++ = next;
            i++;
        } else if (c == '*' && next == '*') {
            i++;
        } else {
            *to++ = c;
        }
    }
    return nb_trimmed((nb_string){ copy, (size_t)(to - copy) }, NULL);
}

/* The length of a line break written as <br>, <br/> or <br /> that the text begins with, or 0. */
static size_t break_length(nb_string text)
{
    static const char *const breaks[] = { "<br>", "<br/>", "<br />" };
    for (size_t i = 0; i < sizeof breaks / sizeof breaks[0]; i++) {
        size_t length = strlen(breaks[i]);
        if (text.length >= length && memcmp(text.data, breaks[i], length) == 0)
            return length;
    }
    return 0;
}

static void read_cell(nb_extract *extract, nb_string cell, int line)
{
    size_t from = 0, i = 0;
    nb_extract_add(extract, NB_EVENT_CELL, NB_STRING(""), line, 0);
    while (i <= cell.length) {
        nb_string rest = { cell.data + i, cell.length - i };
        size_t length = break_length(rest);
        if (length || !rest.length) {
            nb_string text = plain(extract, (nb_string){ cell.data + from, i - from });
            if (text.length)
                nb_extract_add(extract, NB_EVENT_CELL_LINE, text, line, 0);
            from = i + length;
        }
        i += length ? length : 1;
    }
}

static void read_row(nb_extract *extract, nb_string line, int number)
{
    size_t from = 1;
    nb_extract_add(extract, NB_EVENT_ROW, NB_STRING(""), number, 0);
    for (size_t i = 1; i < line.length; i++)
        if (line.data[i] == '|' && line.data[i - 1] != '\\') {
            read_cell(extract, (nb_string){ line.data + from, i - from }, number);
            from = i + 1;
        }
    if (from < line.length)
        read_cell(extract, (nb_string){ line.data + from, line.length - from }, number);
}

static nb_string without_heading_mark(nb_string line)
{
    while (line.length && line.data[0] == '#')
        line = (nb_string){ line.data + 1, line.length - 1 };
    return line;
}

/*
 * Paragraphs end at blank lines. Whether a line's end within one is of the text or only of the file
 * cannot be seen; most files have one line a paragraph.
 */
void nb_barred_read(nb_extract *extract, nb_string text)
{
    bool in_table = false;
    for (int number = 1; text.length; number++) {
        nb_string line = nb_trimmed(nb_text_next_line(&text), NULL);
        if (begins_with_bar(line)) {
            in_table = true;
            if (!is_separator(line))
                read_row(extract, line, number);
            continue;
        }
        line = plain(extract, without_heading_mark(line));
        if (!line.length)
            continue;
        if (in_table)
            nb_extract_add(extract, NB_EVENT_END_OF_TABLE, NB_STRING(""), number, 0);
        in_table = false;
        nb_extract_add(extract, NB_EVENT_PARAGRAPH, line, number, 0);
    }
    if (in_table)
        nb_extract_add(extract, NB_EVENT_END_OF_TABLE, NB_STRING(""), 0, 0);
}
