#include "import/reader.h"

#include "import/recognise.h"

void nb_lines_begin(nb_lines *lines, nb_extract *extract)
{
    *lines = (nb_lines){ .extract = extract, .control = NB_STRING("") };
    lines->line = nb_buffer_new(extract->arena, NB_LARGEST_EXTRACT);
}

static bool is_left_out(uint32_t c)
{
    return c == 0xAD || c == 0x2060;
}

void nb_lines_add(nb_lines *lines, nb_string text, int number)
{
    if (!text.length)
        return;
    const char *at = text.data, *end = text.data + text.length;
    while (at < end) {
        const char *start = at;
        uint32_t c = nb_utf8_next(&at, end);
        if (is_left_out(c))
            continue;
        if (!lines->has_text && !nb_is_blank_character(c)) {
            lines->has_text = true;
            lines->number = number;
            lines->line_control = lines->control;
        }
        nb_buffer_add(lines->line, start, (size_t)(at - start));
    }
}

void nb_lines_end(nb_lines *lines)
{
    nb_extract *extract = lines->extract;
    if (lines->has_text) {
        nb_string text = { nb_arena_copy(extract->arena, lines->line->data, lines->line->length),
                           lines->line->length };
        nb_extract_add(extract, lines->is_cell ? NB_EVENT_CELL_LINE : NB_EVENT_PARAGRAPH,
                       nb_trimmed(text, NULL), lines->number, lines->block);
        extract->events[extract->event_count - 1].control = lines->line_control;
    }
    lines->line->length = 0;
    lines->has_text = false;
}
