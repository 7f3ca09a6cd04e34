/*
 * Text whose columns are held apart by blanks is set on pages of its own, each character as wide as a
 * terminal shows it, and read as pages are.
 */
#include "import/text_forms.h"

#include "import/placed.h"
#include "import/recognise.h"

enum {
    HALF_WIDTH = 500,
    LINE_PITCH = 1500,
    CHARACTER_HEIGHT = 1000,
    LEAST_ROWS = 8,
    MOST_PAGES = 500,
    FORM_FEED = 12
};

static bool is_wide(uint32_t c)
{
    return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
           (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF00 && c <= 0xFF60) ||
           (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x20000 && c <= 0x3FFFD);
}

/* Blanks within the line that part a number from what is before it. */
static bool has_columns(nb_string line)
{
    line = nb_trimmed(line, NULL);
    if (!line.length || line.data[line.length - 1] < '0' || line.data[line.length - 1] > '9')
        return false;
    for (size_t i = 0; i + 1 < line.length; i++)
        if (line.data[i] == ' ' && line.data[i + 1] == ' ')
            return true;
    return false;
}

bool nb_is_columned(nb_string text)
{
    int rows = 0;
    while (text.length) {
        nb_string line = nb_text_next_line(&text);
        if (line.length && line.data[0] == '\t')
            return false;
        rows += has_columns(line);
    }
    return rows >= LEAST_ROWS;
}

static void set_line(nb_placed_page *page, nb_string line, int number, nb_arena *arena)
{
    const char *at = line.data, *end = line.data + line.length;
    int left = 0, top = number * LINE_PITCH;
    while (at < end && left < INT32_MAX / 4 && top < INT32_MAX / 4) {
        const char *start = at;
        uint32_t c = nb_utf8_next(&at, end);
        int width = is_wide(c) ? 2 * HALF_WIDTH : HALF_WIDTH;
        if (!nb_is_blank_character(c)) {
            NB_GROW(arena, page->characters, page->count, &page->capacity);
            page->characters[page->count++] =
                (nb_placed_character){ .box = { left, top, left + width, top + CHARACTER_HEIGHT },
                                       .text = { start, (size_t)(at - start) } };
        }
        left += width;
    }
}

void nb_columned_read(nb_extract *extract, nb_string text)
{
    nb_placed_page *pages = NB_NEW_ARRAY(extract->arena, nb_placed_page, MOST_PAGES);
    int count = 1;
    for (int number = 0; text.length; number++) {
        nb_string line = nb_text_next_line(&text);
        while (line.length && line.data[0] == FORM_FEED) {
            count += count < MOST_PAGES;
            line = (nb_string){ line.data + 1, line.length - 1 };
        }
        set_line(&pages[count - 1], line, number, extract->arena);
    }
    nb_placed_read(extract, pages, count);
}
