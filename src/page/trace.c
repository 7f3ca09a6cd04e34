#include "page/trace.h"

static void length(nb_buffer *out, nb_length value)
{
    nb_buffer_byte(out, ' ');
    nb_buffer_decimal(
        out, ((int64_t)value * 100 + (value < 0 ? -NB_TWIP / 2 : NB_TWIP / 2)) / NB_TWIP, 2);
}

static const char *structure_name(nb_structure_kind kind)
{
    static const char *const names[] = { "title", "heading", "paragraph", "table",
                                         "row",   "cell",    "figure",    "caption" };
    return names[kind];
}

static void trace_run(nb_buffer *out, const nb_glyph_run *run)
{
    nb_buffer_text(out, "run");
    length(out, run->x);
    length(out, run->baseline);
    length(out, run->width);
    nb_buffer_byte(out, ' ');
    nb_buffer_text(out, nb_face_describe(run->face)->postscript_name);
    length(out, run->size);
    if (run->scale != 100) {
        nb_buffer_byte(out, ' ');
        nb_buffer_integer(out, run->scale);
        nb_buffer_byte(out, '%');
    }
    if (run->colour) {
        nb_buffer_text(out, " #");
        nb_buffer_hex(out, run->colour, 6);
    }
    nb_buffer_text(out, " \"");
    nb_buffer_add(out, run->text.data, run->text.length);
    nb_buffer_text(out, "\"\n");
}

static void trace_rule(nb_buffer *out, const nb_rule_line *rule)
{
    nb_buffer_text(out, "rule");
    length(out, rule->x0);
    length(out, rule->y0);
    length(out, rule->x1);
    length(out, rule->y1);
    length(out, rule->width);
    nb_buffer_byte(out, '\n');
}

static void trace_image(nb_buffer *out, const nb_placed_image *placed)
{
    nb_buffer_text(out, "image");
    length(out, placed->x);
    length(out, placed->y);
    length(out, placed->width);
    length(out, placed->height);
    nb_buffer_byte(out, ' ');
    nb_buffer_text(out, nb_image_format_name(placed->image));
    nb_buffer_byte(out, ' ');
    nb_buffer_integer(out, placed->image->width);
    nb_buffer_byte(out, 'x');
    nb_buffer_integer(out, placed->image->height);
    nb_buffer_byte(out, '\n');
}

static void trace_item(nb_buffer *out, const nb_page_item *item)
{
    switch (item->kind) {
    case NB_ITEM_RUN:
        trace_run(out, &item->as.run);
        break;
    case NB_ITEM_RULE:
        trace_rule(out, &item->as.rule);
        break;
    case NB_ITEM_IMAGE:
        trace_image(out, &item->as.image);
        break;
    case NB_ITEM_BEGIN:
        nb_buffer_text(out, "begin ");
        nb_buffer_text(out, structure_name(item->as.structure.kind));
        nb_buffer_byte(out, '\n');
        break;
    case NB_ITEM_END:
        nb_buffer_text(out, "end\n");
        break;
    case NB_ITEM_BEGIN_ARTIFACT:
        nb_buffer_text(out, "begin artifact\n");
        break;
    case NB_ITEM_END_ARTIFACT:
        nb_buffer_text(out, "end artifact\n");
        break;
    }
}

void nb_pages_trace(const nb_pages *pages, nb_buffer *out)
{
    for (int i = 0; i < pages->count; i++) {
        const nb_page *page = &pages->pages[i];
        nb_buffer_text(out, "page ");
        nb_buffer_integer(out, page->number);
        length(out, pages->width);
        length(out, pages->height);
        nb_buffer_byte(out, '\n');
        for (int k = 0; k < page->item_count; k++)
            trace_item(out, &page->items[k]);
    }
}
