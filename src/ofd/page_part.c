/*
 * Content.xml of a page (7.7): one layer, and on it the objects in the order in which they were
 * placed.
 *
 *   TextObject @Boundary @Font @Size     11.2
 *     CGTransform ── Glyphs              the glyphs, by their ids in the font file   11.4
 *     TextCode @X @Y @DeltaX             the characters   11.3
 *   PathObject @Boundary @LineWidth      rules of one width that follow each other   9.1
 *     AbbreviatedData
 *   ImageObject @Boundary @CTM @ResourceID   10
 *
 * A run is one text object. But what is not one glyph for one character is an object by itself,
 * since readers do not agree on what CodePosition and DeltaX count there: characters, 16-bit codes
 * or glyphs. Alone in its object it begins at 0 and moves nothing after it, whichever way a reader
 * counts.
 */
#include "ofd/parts.h"

#include <assert.h>
#include <stdlib.h>

/*
 * Steps between characters stay equal, and so short, while no character is further off than this: 1
 * µm.
 */
enum { TOLERANCE = 10 };

typedef struct page_writer {
    nb_ofd *ofd;
    nb_xml *xml;
    const nb_page *page;
    int page_id;
    int artifact_depth;
    const nb_text *text; /* what the objects show; NULL: no value of the report's */
    const char *tag_name;
    const nb_block *figure; /* that is open, or NULL */
} page_writer;

/* A part of a run that makes one object. */
typedef struct piece {
    int first, count; /* of the run's glyphs */
    nb_string text;
    int characters;
    nb_length end; /* from the run's x, as the glyphs */
} piece;

/*
 * The piece from cluster on, which is then the first one after it; has_cluster is false at the
 * run's end.
 */
static piece take_piece(const nb_glyph_run *run, nb_ofd_cluster *cluster, bool *has_cluster)
{
    piece out = { cluster->first, cluster->count, cluster->text, cluster->characters, run->width };
    bool is_plain = cluster->is_plain;
    *has_cluster = nb_ofd_cluster_next(run, cluster);
    while (is_plain && *has_cluster && cluster->is_plain) {
        out.count++;
        out.characters++;
        out.text.length += cluster->text.length;
        *has_cluster = nb_ofd_cluster_next(run, cluster);
    }
    if (*has_cluster)
        out.end = run->glyphs[cluster->first].x;
    return out;
}

/*
 * What is drawn outside of its boundary is cut off (8.5), so it holds the ink of every character
 * that a font has: from the face's box, but not more than the tallest ones have (〱, two lines
 * high), since the boxes of large faces reach over three lines for glyphs that no text has. To the
 * sides ink may hang out by an accent's width.
 */
static nb_ofd_box text_boundary(const nb_glyph_run *run, const piece *part)
{
    const nb_face_info *info = nb_face_describe(run->face);
    int64_t size = run->size, upem = info->upem;
    int64_t up = upem * 27 / 20, down = upem * 3 / 5;
    if (up > info->box[3])
        up = info->box[3] > info->ascent ? info->box[3] : info->ascent;
    if (down > -info->box[1])
        down = -(info->box[1] < info->descent ? info->box[1] : info->descent);
    nb_length start = run->x + run->glyphs[part->first].x - run->size / 3;
    nb_length end = run->x + part->end + run->size / 3;
    return nb_ofd_box_around(
        nb_ofd_units(start), nb_ofd_units((nb_length)(run->baseline - up * size / upem)),
        nb_ofd_units(end), nb_ofd_units((nb_length)(run->baseline + down * size / upem)));
}

/* GB/T 33190, 11.3: blanks are escaped, since parsers that are none strip them. */
static void write_text(nb_xml *xml, nb_string text)
{
    const char *at = text.data, *end = text.data + text.length;
    while (at < end) {
        const char *blank = memchr(at, ' ', (size_t)(end - at));
        nb_xml_text(xml, (nb_string){ at, (size_t)((blank ? blank : end) - at) });
        if (!blank)
            break;
        nb_xml_text(xml, (nb_string){ 0 });
        nb_buffer_text(xml->buffer, "&#x20;");
        at = blank + 1;
    }
}

/*
 * How many codes a text has, for CodeCount. They are of 16 bits: the standard writes what XML
 * cannot hold with four hexadecimal digits each (11.3), and the readers looked at, ofd.js and
 * ofdrw, count so.
 */
static int count_codes(nb_string text)
{
    int count = 0;
    const char *at = text.data, *end = text.data + text.length;
    while (at < end) {
        uint32_t code_point = nb_utf8_next(&at, end);
        count += code_point >= 0x10000 && code_point != NB_UTF8_INVALID ? 2 : 1;
    }
    return count;
}

static void write_glyphs(nb_ofd *ofd, nb_xml *xml, const nb_glyph_run *run, const piece *part)
{
    const nb_ofd_face *face = nb_ofd_usage_face(&ofd->usage, run->face);
    nb_buffer *out = nb_ofd_scratch(ofd);
    for (int i = 0; i < part->count; i++) {
        if (i > 0)
            nb_buffer_byte(out, ' ');
        int index = nb_ofd_face_index(face, run->glyphs[part->first + i].id);
        nb_buffer_integer(out, face->subset.new_glyph[index]);
    }
    nb_xml_open(xml, "ofd:CGTransform");
    nb_xml_attribute_integer(xml, "CodePosition", 0);
    nb_xml_attribute_integer(xml, "CodeCount", count_codes(part->text));
    nb_xml_attribute_integer(xml, "GlyphCount", part->count);
    nb_xml_element(xml, "ofd:Glyphs", (nb_string){ (const char *)out->data, out->length });
    nb_xml_close(xml, "ofd:CGTransform");
}

/*
 * Where character i of a piece stands on the page; those without a glyph share the room after the
 * last.
 */
static int64_t place_of(const nb_glyph_run *run, const piece *part, int i)
{
    const nb_placed_glyph *glyphs = run->glyphs + part->first;
    if (i < part->count)
        return nb_ofd_units(run->x + glyphs[i].x);
    int64_t last = glyphs[part->count - 1].x, room = part->end - last;
    int left = part->characters - part->count;
    return nb_ofd_units((nb_length)(run->x + last + room * (i - part->count + 1) / (left + 1)));
}

static void write_steps(nb_buffer *out, int count, int64_t step)
{
    /* "g 2 v" is longer than "v v" when v has few digits. */
    bool is_worth_a_group = count > 2 || (count == 2 && step % 100 != 0);
    for (int i = 0; i < (is_worth_a_group ? 1 : count); i++) {
        if (out->length > 0)
            nb_buffer_byte(out, ' ');
        if (is_worth_a_group) {
            nb_buffer_text(out, "g ");
            nb_buffer_integer(out, count);
            nb_buffer_byte(out, ' ');
        }
        nb_ofd_mm(out, step);
    }
}

/*
 * DeltaX: from each character to the next, so one less than there are characters. The pen goes
 * where the written steps lead, so that no rounding adds up. Of a character with several glyphs the
 * steps go from glyph to glyph.
 */
static void write_delta(nb_ofd *ofd, nb_xml *xml, const nb_glyph_run *run, const piece *part)
{
    int places = part->characters > part->count ? part->characters : part->count;
    if (places < 2)
        return;
    nb_buffer *out = nb_ofd_scratch(ofd);
    int64_t pen = place_of(run, part, 0), step = 0;
    int count = 0;
    for (int i = 1; i < places; i++) {
        int64_t place = place_of(run, part, i);
        if (count > 0 && llabs(pen + step - place) > TOLERANCE) {
            write_steps(out, count, step);
            count = 0;
        }
        if (count == 0)
            step = place - pen;
        pen += step;
        count++;
    }
    write_steps(out, count, step);
    nb_ofd_scratch_attribute(ofd, xml, "DeltaX");
}

static void add_reference(page_writer *page, int object_id)
{
    nb_ofd *ofd = page->ofd;
    if (!page->text || page->artifact_depth > 0)
        return;
    if (!ofd->last_tag || ofd->last_tag->text != page->text) {
        nb_ofd_tag *tag = NB_NEW(ofd->arena, nb_ofd_tag);
        *tag = (nb_ofd_tag){ .name = page->tag_name, .text = page->text };
        tag->end = &tag->references;
        *(ofd->last_tag ? &ofd->last_tag->next : &ofd->tags) = tag;
        ofd->last_tag = tag;
    }
    nb_ofd_reference *reference = NB_NEW(ofd->arena, nb_ofd_reference);
    *reference = (nb_ofd_reference){ page->page_id, object_id, NULL };
    *ofd->last_tag->end = reference;
    ofd->last_tag->end = &reference->next;
}

/* Another colour than black, which text has by itself (11.2). */
static void write_fill(nb_ofd *ofd, nb_xml *xml, uint32_t colour)
{
    nb_buffer *out = nb_ofd_scratch(ofd);
    for (int shift = 16; shift >= 0; shift -= 8) {
        nb_buffer_integer(out, colour >> shift & 0xFF);
        if (shift)
            nb_buffer_byte(out, ' ');
    }
    nb_xml_open(xml, "ofd:FillColor");
    nb_ofd_scratch_attribute(ofd, xml, "Value");
    nb_xml_close(xml, "ofd:FillColor");
}

static void write_piece(page_writer *page, const nb_glyph_run *run, const piece *part)
{
    nb_ofd *ofd = page->ofd;
    nb_xml *xml = page->xml;
    nb_ofd_box box = text_boundary(run, part);
    int id = nb_ofd_new_id(ofd);
    nb_xml_open(xml, "ofd:TextObject");
    nb_xml_attribute_integer(xml, "ID", id);
    nb_ofd_box_attribute(ofd, xml, "Boundary", box);
    nb_xml_attribute_integer(xml, "Font", nb_ofd_usage_face(&ofd->usage, run->face)->font_id);
    nb_ofd_mm_attribute(ofd, xml, "Size", nb_ofd_units(run->size));
    /* Of the shapes only: places have it applied already, here as there (11.2). */
    if (run->scale != 100) {
        nb_buffer_decimal(nb_ofd_scratch(ofd), run->scale, 2);
        nb_ofd_scratch_attribute(ofd, xml, "HScale");
    }
    if (run->colour)
        write_fill(ofd, xml, run->colour);
    write_glyphs(ofd, xml, run, part);
    nb_xml_open(xml, "ofd:TextCode");
    nb_ofd_mm_attribute(ofd, xml, "X", place_of(run, part, 0) - box.x);
    nb_ofd_mm_attribute(ofd, xml, "Y", nb_ofd_units(run->baseline) - box.y);
    write_delta(ofd, xml, run, part);
    write_text(xml, part->text);
    nb_xml_close(xml, "ofd:TextCode");
    nb_xml_close(xml, "ofd:TextObject");
    add_reference(page, id);
}

static void write_run(page_writer *page, const nb_glyph_run *run)
{
    nb_ofd_cluster cluster = { 0 };
    bool has_cluster = nb_ofd_cluster_next(run, &cluster);
    while (has_cluster) {
        piece part = take_piece(run, &cluster, &has_cluster);
        write_piece(page, run, &part);
    }
}

static void include(nb_length *low, nb_length *high, nb_length value, nb_length margin)
{
    if (*low > value - margin)
        *low = value - margin;
    if (*high < value + margin)
        *high = value + margin;
}

static void write_point(nb_buffer *out, const char *operator, nb_ofd_box box, nb_length x,
                        nb_length y)
{
    nb_buffer_text(out, operator);
    nb_ofd_mm(out, nb_ofd_units(x) - box.x);
    nb_buffer_byte(out, ' ');
    nb_ofd_mm(out, nb_ofd_units(y) - box.y);
}

/*
 * Items [first, end) are rules of one width. The cap is the default one: a rule ends at its points.
 */
static void write_rules(page_writer *page, int first, int end)
{
    nb_xml *xml = page->xml;
    nb_length width = page->page->items[first].as.rule.width, margin = width / 2 + 1;
    nb_length left = INT32_MAX, top = INT32_MAX, right = INT32_MIN, bottom = INT32_MIN;
    for (int i = first; i < end; i++) {
        const nb_rule_line *rule = &page->page->items[i].as.rule;
        include(&left, &right, rule->x0, margin);
        include(&left, &right, rule->x1, margin);
        include(&top, &bottom, rule->y0, margin);
        include(&top, &bottom, rule->y1, margin);
    }
    nb_ofd_box box = nb_ofd_box_around(nb_ofd_units(left), nb_ofd_units(top), nb_ofd_units(right),
                                       nb_ofd_units(bottom));
    nb_xml_open(xml, "ofd:PathObject");
    nb_xml_attribute_integer(xml, "ID", nb_ofd_new_id(page->ofd));
    nb_ofd_box_attribute(page->ofd, xml, "Boundary", box);
    nb_ofd_mm_attribute(page->ofd, xml, "LineWidth", nb_ofd_units(width));
    nb_buffer *out = nb_ofd_scratch(page->ofd);
    for (int i = first; i < end; i++) {
        const nb_rule_line *rule = &page->page->items[i].as.rule;
        write_point(out, i > first ? " M " : "M ", box, rule->x0, rule->y0);
        write_point(out, " L ", box, rule->x1, rule->y1);
    }
    nb_xml_element(xml, "ofd:AbbreviatedData", (nb_string){ (const char *)out->data, out->length });
    nb_xml_close(xml, "ofd:PathObject");
}

/*
 * The matrix takes the square of one unit that an image is to its size (10). OFD has no place for
 * an alternative text: the object's name says it.
 */
static void write_image(page_writer *page, const nb_placed_image *placed, const nb_block *figure)
{
    nb_ofd *ofd = page->ofd;
    nb_xml *xml = page->xml;
    int id = nb_ofd_new_id(ofd);
    int64_t left = nb_ofd_units(placed->x), top = nb_ofd_units(placed->y);
    int64_t width = nb_ofd_units(placed->width), height = nb_ofd_units(placed->height);
    nb_ofd_box box = nb_ofd_box_around(left, top, left + width, top + height);
    nb_xml_open(xml, "ofd:ImageObject");
    nb_xml_attribute_integer(xml, "ID", id);
    nb_ofd_box_attribute(ofd, xml, "Boundary", box);
    if (figure && figure->picture->alt.length)
        nb_xml_attribute_string(xml, "Name", figure->picture->alt);
    nb_buffer *out = nb_ofd_scratch(ofd);
    nb_ofd_mm(out, width);
    nb_buffer_text(out, " 0 0 ");
    nb_ofd_mm(out, height);
    nb_buffer_byte(out, ' ');
    nb_ofd_mm(out, left - box.x);
    nb_buffer_byte(out, ' ');
    nb_ofd_mm(out, top - box.y);
    nb_ofd_scratch_attribute(ofd, xml, "CTM");
    nb_xml_attribute_integer(xml, "ResourceID", ofd->image_ids[placed->index]);
    nb_xml_close(xml, "ofd:ImageObject");
    add_reference(page, id);
}

/* What a structure shows of the report, if it is a value. */
static void begin_structure(page_writer *page, const nb_structure *structure)
{
    static const char *const names[] = { "n:Title", "n:Heading", "n:Paragraph" };
    const nb_text *text = NULL;
    page->figure = structure->kind == NB_STRUCTURE_FIGURE ? structure->block : NULL;
    if (structure->kind == NB_STRUCTURE_CELL) {
        text = structure->cell->is_value ? &structure->cell->text : NULL;
        page->tag_name = "n:Cell";
    } else if (structure->kind == NB_STRUCTURE_FIGURE || structure->kind == NB_STRUCTURE_CAPTION) {
        text = &structure->block->text;
        page->tag_name = "n:Picture";
    } else if (structure->kind <= NB_STRUCTURE_PARAGRAPH) {
        text = &structure->block->text;
        page->tag_name = names[structure->kind];
    }
    page->text = text && text->pointer && text->pointer[0] ? text : NULL;
}

/* Returns the item after those that were written. */
static int write_item(page_writer *page, int index)
{
    const nb_page_item *items = page->page->items;
    int next = index + 1;
    switch (items[index].kind) {
    case NB_ITEM_RUN:
        write_run(page, &items[index].as.run);
        break;
    case NB_ITEM_RULE:
        while (next < page->page->item_count && items[next].kind == NB_ITEM_RULE &&
               items[next].as.rule.width == items[index].as.rule.width)
            next++;
        write_rules(page, index, next);
        break;
    case NB_ITEM_IMAGE:
        write_image(page, &items[index].as.image, page->figure);
        break;
    case NB_ITEM_BEGIN:
        begin_structure(page, &items[index].as.structure);
        break;
    case NB_ITEM_END:
        page->text = NULL;
        break;
    case NB_ITEM_BEGIN_ARTIFACT:
        page->artifact_depth++;
        break;
    case NB_ITEM_END_ARTIFACT:
        page->artifact_depth--;
        break;
    }
    return next;
}

void nb_ofd_write_page(nb_ofd *ofd, nb_xml *xml, int index)
{
    page_writer page = { .ofd = ofd, .xml = xml, .page = &ofd->pages->pages[index] };
    page.page_id = ofd->page_ids[index] = nb_ofd_new_id(ofd);
    nb_ofd_open_root(xml, "ofd:Page");
    nb_xml_open(xml, "ofd:Content");
    nb_xml_open(xml, "ofd:Layer");
    nb_xml_attribute_integer(xml, "ID", nb_ofd_new_id(ofd));
    nb_xml_attribute(xml, "Type", "Body");
    for (int i = 0; i < page.page->item_count;)
        i = write_item(&page, i);
    nb_xml_close(xml, "ofd:Layer");
    nb_xml_close(xml, "ofd:Content");
    nb_xml_close(xml, "ofd:Page");
}
