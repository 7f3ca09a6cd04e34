#include "layout/closing.h"

static nb_length natural_width(nb_layouter *layouter, nb_text *text)
{
    nb_set_text set;
    nb_set_text_in(layouter, text, layouter->style->text_width, 100, &set);
    return nb_set_text_natural_width(&set);
}

/* Two characters of the body, as far as a paragraph's first line is indented. */
static nb_length two_characters(const nb_layouter *layouter)
{
    return layouter->style->body->first_line_indent;
}

/* The width of a text's bytes from first on. */
static nb_length width_of(nb_layouter *layouter, const nb_text *text, int first, int bytes)
{
    nb_span span = { .text = { text->spans[0].text.data + first, (size_t)bytes },
                     .role = text->spans[0].role };
    nb_text part = *text;
    part.spans = &span;
    part.span_count = 1;
    return bytes ? natural_width(layouter, &part) : 0;
}

/*
 * 附件：1.甲        7.3.4: two characters from the left; what turns over stands below
 *       2.乙        the first character of the name, and a further number below the first.
 */
static void indent_attachment(nb_layouter *layouter, nb_block *blocks, int index)
{
    nb_block *first = &blocks[index], *block = &blocks[index];
    while (first > blocks && first[-1].closing == NB_CLOSING_ATTACHMENT)
        first--;
    nb_length label = width_of(layouter, &first->text, 0, first->label_bytes);
    nb_length number = width_of(layouter, &block->text, block->label_bytes, block->number_bytes);
    block->text.left_indent = two_characters(layouter) + label + number;
    block->text.first_line_indent = -number - (block == first ? label : 0);
}

/*
 *          某某市统计局        7.3.5.4, without a seal: the longer of the two keeps two characters
 *            2026年1月20日     from the right, and the date begins two characters right of the name.
 */
static void indent_signature(nb_layouter *layouter, nb_text *name, nb_text *date)
{
    nb_length room = layouter->style->text_width - two_characters(layouter);
    nb_length name_width = natural_width(layouter, name);
    nb_length date_width = date ? natural_width(layouter, date) : 0;
    bool date_is_longer = date && date_width > name_width;
    name->left_indent =
        date_is_longer ? room - date_width - two_characters(layouter) : room - name_width;
    /* A name as long as a line is simply set from the left. */
    if (name->left_indent < 0)
        name->left_indent = 0;
    if (date)
        date->left_indent =
            date_is_longer ? room - date_width : name->left_indent + two_characters(layouter);
    if (date && date->left_indent + date_width > layouter->style->text_width)
        date->left_indent = layouter->style->text_width - date_width;
    name->left_indent = nb_snap_to_twip(name->left_indent);
}

void nb_indent_closing(nb_layouter *layouter, nb_block *blocks, int count, int index)
{
    nb_block *next = index + 1 < count ? &blocks[index + 1] : NULL;
    switch (blocks[index].closing) {
    case NB_CLOSING_ATTACHMENT:
        indent_attachment(layouter, blocks, index);
        break;
    case NB_CLOSING_SIGNATURE:
        indent_signature(layouter, &blocks[index].text,
                         next && next->closing == NB_CLOSING_SIGNATURE_DATE ? &next->text : NULL);
        break;
    default:
        break;
    }
}
