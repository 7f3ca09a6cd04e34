#include "layout/title.h"

#include "base/buffer.h"

/* One line of a title, as it was written. */
static void set_line(nb_layouter *layouter, const nb_text *title, nb_string words, nb_length width,
                     nb_set_text *out)
{
    nb_span *span = NB_NEW(layouter->arena, nb_span);
    nb_text *line = NB_NEW(layouter->arena, nb_text);
    *span = (nb_span){ .text = words, .role = title->spans[0].role };
    *line = *title;
    line->spans = span;
    line->span_count = 1;
    nb_set_text_in(layouter, line, width, 100, out);
}

/* The least width, to the twip, in which the line takes no more lines than in the whole block. */
static nb_length least_width(nb_layouter *layouter, const nb_text *title, nb_string words,
                             int line_count)
{
    nb_length fits = layouter->style->text_width, fails = fits / (line_count + 1);
    while (fits - fails > NB_TWIP) {
        nb_length middle = nb_snap_to_twip(fails + (fits - fails) / 2);
        nb_set_text set;
        if (middle <= fails || middle >= fits)
            break;
        set_line(layouter, title, words, middle, &set);
        if (set.line_count <= line_count)
            fits = middle;
        else
            fails = middle;
    }
    return fits;
}

/* Append the line, with a break before each character that begins one in the balanced width. */
static void add_line(nb_layouter *layouter, const nb_text *title, nb_string words, nb_buffer *out)
{
    nb_set_text set;
    set_line(layouter, title, words, layouter->style->text_width, &set);
    if (set.line_count > 1)
        set_line(layouter, title, words, least_width(layouter, title, words, set.line_count), &set);
    for (int i = 0; i < set.line_count; i++) {
        const nb_character *characters = set.paragraph->characters;
        uint32_t first = i ? characters[set.lines[i].first].offset : 0;
        size_t end =
            i + 1 < set.line_count ? characters[set.lines[i + 1].first].offset : words.length;
        if (i)
            nb_buffer_byte(out, '\n');
        nb_buffer_add(out, words.data + first, end - first);
    }
}

void nb_balance_title(nb_layouter *layouter, nb_text *title)
{
    nb_set_text set;
    int stated = 1;
    nb_string words = title->spans[0].text;
    for (size_t i = 0; i < words.length; i++)
        stated += words.data[i] == '\n';
    nb_set_text_in(layouter, title, layouter->style->text_width, 100, &set);
    if (set.line_count == stated)
        return;
    nb_buffer *out = nb_buffer_new(layouter->arena, 4 * words.length + 64);
    for (const char *at = words.data, *end = at + words.length; at <= end;) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        if (!stop)
            stop = end;
        if (at > words.data)
            nb_buffer_byte(out, '\n');
        add_line(layouter, title, (nb_string){ at, (size_t)(stop - at) }, out);
        at = stop + 1;
    }
    title->spans[0].text =
        (nb_string){ nb_arena_copy(layouter->arena, out->data, out->length), out->length };
}
