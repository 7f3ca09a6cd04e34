#include "pdf/content.h"

#include "pdf/objects.h"

#include <assert.h>
#include <stdlib.h>

/*
 * A glyph's place is followed in units of 10^-8 EMU: what a viewer adds up from sizes, widths and
 * adjustments as they are written is a whole number of them, so no rounding is lost between glyphs.
 */
static const int64_t UNIT = 100000000;
/*
 * A glyph is moved when it would be further off than half of a thousandth of a point, 6.35 EMU: no
 * one sees that, and strings stay whole.
 */
static const int64_t TOLERANCE = 635000000;

typedef struct content {
    nb_buffer *out;
    const nb_pdf_usage *usage;
    const nb_page *source;
    const nb_pdf_shown *shown; /* the glyphs of the run that is next */
    int index;                 /* of the page */
    nb_length page_height;
    nb_pdf_structure *structure;  /* NULL: nothing is tagged */
    const nb_structure *artifact; /* the mark of the artifact that the items stand in, or NULL */
    /* What the operators so far have set. */
    bool in_text, in_path, in_array, in_string, in_span, in_sequence;
    bool span_is_nested; /* in a sequence, rather than being one */
    int font;
    nb_length size;
    int scale;
    uint32_t colour;
    int64_t tracking; /* in 10^-6 pt */
    nb_length line_width;
    int64_t line_x, line_y; /* of the text line, as nb_pdf_points gives them */
    int64_t pen;            /* where the viewer is, from the x of the run that is being set */
} content;

static void end_string(content *page)
{
    if (page->in_string)
        nb_buffer_byte(page->out, ')');
    page->in_string = false;
}

/* A string is shown by itself, or in an array with the adjustments before and within it. */
static void end_shown(content *page)
{
    bool is_string = page->in_string;
    end_string(page);
    if (page->in_array)
        nb_buffer_text(page->out, "]TJ\n");
    else if (is_string)
        nb_buffer_text(page->out, "Tj\n");
    page->in_array = false;
}

static void begin_adjustment(content *page)
{
    if (page->in_array) {
        end_string(page);
        return;
    }
    end_shown(page);
    nb_buffer_byte(page->out, '[');
    page->in_array = true;
}

static inline void write_string_byte(nb_buffer *out, unsigned char byte)
{
    /* ISO 32000-1, 7.3.4.2: a bare carriage return would be read as a line feed. */
    if (byte == '(' || byte == ')' || byte == '\\' || byte == '\r')
        nb_buffer_byte(out, '\\');
    nb_buffer_byte(out, byte == '\r' ? 'r' : byte);
}

static void end_path(content *page)
{
    if (page->in_path)
        nb_buffer_text(page->out, "S\n");
    page->in_path = false;
}

/*
 * What an artifact is tells readers that reflow the page what to leave out (ISO 32000-1,
 * 14.8.2.2.2). Without a node it is the page's own, at its head or foot; text with a node is repeated
 * because the page ended.
 */
static const char *artifact_operator(const nb_structure *mark, bool is_rule)
{
    if (!mark)
        return "/Artifact BMC\n";
    if (is_rule)
        return "/Artifact<</Type/Layout>>BDC\n";
    if (mark->block)
        return "/Artifact<</Type/Pagination>>BDC\n";
    return mark->kind == NB_STRUCTURE_PAGE_HEAD
               ? "/Artifact<</Type/Pagination/Subtype/Header>>BDC\n"
               : "/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n";
}

/*
 * An identifier for what follows, as content of the innermost element, and that element's type; or
 * -1.
 */
static int claim_content(content *page, const char **type)
{
    if (!page->structure || page->artifact)
        return -1;
    return nb_pdf_structure_mark(page->structure, page->index, type);
}

/*
 * All content stands in a marked-content sequence, which begins with the first content after a
 * mark: so an element without content has none. It lies within one text object, or outside of any
 * (ISO 32000-1, 14.6.1).
 */
static void begin_sequence(content *page, bool is_rule)
{
    const char *type;
    if (!page->structure || page->in_sequence)
        return;
    page->in_sequence = true;
    int id = claim_content(page, &type);
    if (id < 0) {
        nb_buffer_text(page->out, artifact_operator(page->artifact, is_rule));
        return;
    }
    nb_buffer_byte(page->out, '/');
    nb_buffer_text(page->out, type);
    nb_buffer_text(page->out, "<</MCID ");
    nb_buffer_integer(page->out, id);
    nb_buffer_text(page->out, ">>BDC\n");
}

static void end_sequence(content *page)
{
    end_path(page);
    if (page->in_sequence)
        nb_buffer_text(page->out, "EMC\n");
    page->in_sequence = false;
}

static void begin_text(content *page)
{
    if (page->in_text)
        return;
    end_sequence(page);
    nb_buffer_text(page->out, "BT\n");
    page->in_text = true;
    page->line_x = page->line_y = 0;
}

static void end_text(content *page)
{
    if (!page->in_text)
        return;
    end_sequence(page);
    nb_buffer_text(page->out, "ET\n");
    page->in_text = false;
}

static void set_font(content *page, int font, nb_length size)
{
    if (page->font == font && page->size == size)
        return;
    end_shown(page);
    page->font = font;
    page->size = size;
    nb_buffer_text(page->out, "/F");
    nb_buffer_integer(page->out, font);
    nb_buffer_byte(page->out, ' ');
    nb_pdf_write_points(page->out, nb_pdf_points(size));
    nb_buffer_text(page->out, " Tf\n");
}

static void set_scale(content *page, int scale)
{
    if (page->scale == scale)
        return;
    page->scale = scale;
    nb_buffer_integer(page->out, scale);
    nb_buffer_text(page->out, " Tz\n");
}

/* Black is DeviceGray, where each page begins. */
static void set_colour(content *page, uint32_t colour)
{
    if (page->colour == colour)
        return;
    page->colour = colour;
    if (!colour) {
        nb_buffer_text(page->out, "0 g\n");
        return;
    }
    for (int shift = 16; shift >= 0; shift -= 8) {
        nb_buffer_decimal(page->out, (int64_t)(colour >> shift & 0xFF) * 10000 / 0xFF, 4);
        nb_buffer_byte(page->out, ' ');
    }
    nb_buffer_text(page->out, "rg\n");
}

static void set_tracking(content *page, int64_t tracking)
{
    if (page->tracking == tracking)
        return;
    page->tracking = tracking;
    nb_buffer_decimal(page->out, tracking, 6);
    nb_buffer_text(page->out, " Tc\n");
}

/* A run that is being set. */
typedef struct set_run {
    int item;
    const nb_glyph_run *run;
    const nb_pdf_face *face;
    const nb_pdf_shown *shown; /* its glyphs */
    int64_t thousandth;        /* of 1/1000 em, as wide as it is drawn */
} set_run;

static inline const nb_pdf_metric *metric_of(const set_run *set, int index)
{
    return &set->face->metrics[set->shown[index].glyph];
}

static int64_t divide_rounding(int64_t value, int64_t by)
{
    return (value + (value < 0 ? -by : by) / 2) / by;
}

static set_run set_run_of(const content *page, int item, const nb_pdf_shown *shown)
{
    const nb_glyph_run *run = &page->source->items[item].as.run;
    assert(run->size > 0 && run->scale > 0);
    return (set_run){ item, run, nb_pdf_usage_face(page->usage, run->face), shown,
                      (int64_t)run->size * run->scale };
}

/* How much further than its width a glyph's successor in the run stands. */
static inline int64_t gap_after(const set_run *set, int index)
{
    const nb_glyph_run *run = set->run;
    int64_t step = run->glyphs[index + 1].x - run->glyphs[index].x;
    return step * UNIT - metric_of(set, index)->width * set->thousandth;
}

/* Of the gaps that are like the first one, from it on: the average. */
static int64_t average_gap(const set_run *set, int64_t first)
{
    int64_t sum = first;
    int count = 1;
    for (; count < set->run->glyph_count - 1; count++) {
        int64_t gap = gap_after(set, count);
        if (llabs(gap - first) > 2 * TOLERANCE)
            break;
        sum += gap;
    }
    return divide_rounding(sum, count);
}

/*
 * The character spacing for a run, so that its strings stay whole: its gaps' average, when they
 * begin equal. A short run keeps the spacing there is, and is adjusted glyph by glyph where that does
 * not fit.
 */
static int64_t choose_tracking(const content *page, const set_run *set)
{
    if (set->run->glyph_count < 3)
        return page->tracking;
    int64_t first = gap_after(set, 0), second = gap_after(set, 1);
    if (llabs(first) < TOLERANCE || llabs(first - second) > 2 * TOLERANCE)
        return 0;
    return divide_rounding(average_gap(set, first), (int64_t)NB_PT * set->run->scale);
}

/* The run that goes on on the line of an item's run, or NULL. */
static const nb_glyph_run *run_after(const nb_page *source, int item)
{
    if (item + 1 >= source->item_count || source->items[item + 1].kind != NB_ITEM_RUN)
        return NULL;
    const nb_glyph_run *run = &source->items[item].as.run, *next = &source->items[item + 1].as.run;
    nb_length gap = next->x - run->x - run->width;
    bool goes_on = next->glyph_count > 0 && next->baseline == run->baseline && gap >= 0;
    return goes_on && gap < run->size ? next : NULL;
}

/*
 * Whether a cluster is so far from the next one that readers would guess a space between them. They
 * do from about a tenth of an em, and layout sets more between scripts and in stretched lines.
 */
static inline bool looks_like_a_space_after(const content *page, const set_run *set,
                                            const nb_cluster *cluster)
{
    enum { SMALLEST_PART_OF_EM = 16 };
    const nb_glyph_run *run = set->run;
    int end = cluster->first + cluster->count;
    int64_t least = run->size / SMALLEST_PART_OF_EM;
    if (end < run->glyph_count)
        return gap_after(set, end - 1) >= (least + 1) * UNIT;
    const nb_glyph_run *next = run_after(page->source, set->item);
    return next && next->x - run->x - run->width > least;
}

/*
 * Most text is told by the fonts. Where no font can tell it, it is told as replacement text around
 * the glyphs (ISO 32000-1, 14.9.4): several glyphs that make up one character, and characters apart
 * between which there is no space. Such a span is a part of its element's content by itself. Inside
 * of another part it would be as good, but poppler takes the inner end for the outer one and loses
 * the rest of the text.
 */
static void begin_span(content *page, set_run set, nb_cluster cluster)
{
    const char *type;
    end_shown(page);
    page->in_span = true;
    int id = claim_content(page, &type);
    page->span_is_nested = id < 0;
    if (id < 0)
        begin_sequence(page, false);
    else
        end_sequence(page);
    nb_buffer_text(page->out, "/Span<<");
    if (id >= 0) {
        nb_buffer_text(page->out, "/MCID ");
        nb_buffer_integer(page->out, id);
    }
    nb_buffer_text(page->out, "/ActualText<FEFF");
    nb_pdf_write_utf16(page->out, cluster.text);
    while (looks_like_a_space_after(page, &set, &cluster)) {
        if (!nb_run_next_cluster(set.run, &cluster)) {
            set = set_run_of(page, set.item + 1, set.shown + set.run->glyph_count);
            cluster = (nb_cluster){ 0 };
            nb_run_next_cluster(set.run, &cluster);
        }
        nb_pdf_write_utf16(page->out, cluster.text);
    }
    nb_buffer_text(page->out, ">>>BDC\n");
}

static void end_span(content *page)
{
    end_shown(page);
    page->in_span = false;
    nb_buffer_text(page->out, "EMC\n");
}

/*
 * ISO 19005-3, 6.2.11.7.3: a character of the private use area says nothing by its number and is
 * told a second time.
 */
static bool has_private_use(nb_string text)
{
    const char *end = text.data + text.length;
    for (const char *at = text.data; at < end;) {
        uint32_t c = nb_utf8_next(&at, end);
        if ((c >= 0xE000 && c <= 0xF8FF) || (c >= 0xF0000 && c != NB_UTF8_INVALID))
            return true;
    }
    return false;
}

static bool must_be_told(const nb_cluster *cluster)
{
    /* No character of those areas begins with a lower byte. */
    enum { FIRST_BYTE = 0xEE };
    return nb_pdf_cluster_is_replaced(cluster) ||
           ((unsigned char)*cluster->text.data >= FIRST_BYTE && has_private_use(cluster->text));
}

static inline void show_glyph(content *page, const set_run *set, int index)
{
    const nb_glyph_run *run = set->run;
    const nb_pdf_metric *glyph = metric_of(set, index);
    int64_t off = run->glyphs[index].x * UNIT - page->pen;
    set_font(page, set->face->first_font + (int)set->shown[index].reading, run->size);
    if (llabs(off) > TOLERANCE) {
        int64_t adjustment = divide_rounding(off, set->thousandth);
        begin_adjustment(page);
        /* ISO 32000-1, 9.4.3: the number is subtracted. */
        nb_buffer_decimal(page->out, -adjustment, 3);
        page->pen += adjustment * set->thousandth;
    }
    if (!page->in_string)
        nb_buffer_byte(page->out, '(');
    page->in_string = true;
    write_string_byte(page->out, (unsigned char)(glyph->code >> 8));
    write_string_byte(page->out, (unsigned char)glyph->code);
    page->pen += glyph->width * set->thousandth + page->tracking * NB_PT * run->scale;
}

static inline void show_cluster(content *page, const set_run *set, const nb_cluster *cluster)
{
    bool goes_on = looks_like_a_space_after(page, set, cluster);
    if (!page->in_span && (goes_on || must_be_told(cluster)))
        begin_span(page, *set, *cluster);
    else if (!page->in_span)
        begin_sequence(page, false);
    for (int i = cluster->first; i < cluster->first + cluster->count; i++)
        show_glyph(page, set, i);
    if (page->in_span && !goes_on)
        end_span(page);
}

static void write_run(content *page, int item)
{
    if (page->source->items[item].as.run.glyph_count == 0)
        return;
    set_run set = set_run_of(page, item, page->shown);
    const nb_glyph_run *run = set.run;
    int64_t x = nb_pdf_points(run->x), y = nb_pdf_points(page->page_height - run->baseline);
    page->shown += run->glyph_count;
    page->pen = 0;
    begin_text(page);
    set_colour(page, run->colour);
    set_scale(page, run->scale);
    set_tracking(page, choose_tracking(page, &set));
    nb_pdf_write_points(page->out, x - page->line_x);
    nb_buffer_byte(page->out, ' ');
    nb_pdf_write_points(page->out, y - page->line_y);
    nb_buffer_text(page->out, " Td\n");
    page->line_x = x;
    page->line_y = y;
    for (nb_cluster cluster = { 0 }; nb_run_next_cluster(run, &cluster);)
        show_cluster(page, &set, &cluster);
    end_shown(page);
}

static void write_point(content *page, nb_length x, nb_length y, const char *operator)
{
    nb_pdf_write_points(page->out, nb_pdf_points(x));
    nb_buffer_byte(page->out, ' ');
    nb_pdf_write_points(page->out, nb_pdf_points(page->page_height - y));
    nb_buffer_text(page->out, operator);
}

/*
 * Rules of one width are one path. The line cap is the default one, butt: a rule ends where its
 * points are.
 */
static void write_rule(content *page, const nb_rule_line *rule)
{
    end_text(page);
    begin_sequence(page, true);
    if (page->line_width != rule->width) {
        end_path(page);
        page->line_width = rule->width;
        nb_pdf_write_points(page->out, nb_pdf_points(rule->width));
        nb_buffer_text(page->out, " w\n");
    }
    page->in_path = true;
    write_point(page, rule->x0, rule->y0, " m ");
    write_point(page, rule->x1, rule->y1, " l\n");
}

/*
 * An image is the square of one unit, which the matrix takes to its place (ISO 32000-1, 8.9.5.1).
 */
static void write_image(content *page, const nb_placed_image *placed)
{
    int64_t left = nb_pdf_points(placed->x), width = nb_pdf_points(placed->width);
    int64_t bottom = nb_pdf_points(page->page_height - placed->y - placed->height);
    int64_t height = nb_pdf_points(placed->height);
    end_text(page);
    end_path(page);
    begin_sequence(page, false);
    nb_buffer_text(page->out, "q ");
    nb_pdf_write_points(page->out, width);
    nb_buffer_text(page->out, " 0 0 ");
    nb_pdf_write_points(page->out, height);
    nb_buffer_byte(page->out, ' ');
    nb_pdf_write_points(page->out, left);
    nb_buffer_byte(page->out, ' ');
    nb_pdf_write_points(page->out, bottom);
    nb_buffer_text(page->out, " cm /I");
    nb_buffer_integer(page->out, placed->index + 1);
    nb_buffer_text(page->out, " Do Q\n");
    if (page->structure && !page->artifact)
        nb_pdf_structure_bound(page->structure,
                               (nb_pdf_box){ left, bottom, left + width, bottom + height });
}

static void write_mark(content *page, const nb_page_item *item)
{
    if (!page->structure)
        return;
    end_sequence(page);
    if (item->kind == NB_ITEM_BEGIN)
        nb_pdf_structure_begin(page->structure, &item->as.structure);
    if (item->kind == NB_ITEM_END)
        nb_pdf_structure_end(page->structure);
    if (item->kind == NB_ITEM_BEGIN_ARTIFACT)
        page->artifact = &item->as.structure;
    if (item->kind == NB_ITEM_END_ARTIFACT)
        page->artifact = NULL;
}

static void write_item(content *page, int index)
{
    const nb_page_item *item = &page->source->items[index];
    if (item->kind == NB_ITEM_RUN)
        write_run(page, index);
    else if (item->kind == NB_ITEM_RULE)
        write_rule(page, &item->as.rule);
    else if (item->kind == NB_ITEM_IMAGE)
        write_image(page, &item->as.image);
    else
        write_mark(page, item);
}

void nb_pdf_content_write(nb_buffer *out, const nb_pdf_usage *usage, nb_pdf_structure *structure,
                          const nb_pages *pages, int index)
{
    content state = { .out = out,
                      .usage = usage,
                      .source = &pages->pages[index],
                      .shown = usage->shown + usage->page_starts[index],
                      .index = index,
                      .page_height = pages->height,
                      .structure = structure };
    state.scale = 100;
    state.line_width = -1;
    for (int i = 0; i < state.source->item_count; i++)
        write_item(&state, i);
    end_sequence(&state);
    end_text(&state);
}
