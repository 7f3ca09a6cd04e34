#include "layout/setting.h"

typedef struct fallback_context {
    nb_layouter *layouter;
    const nb_text *text;
    bool was_needed;
} fallback_context;

static bool was_told(nb_layouter *layouter, uint32_t code_point)
{
    for (int i = 0; i < layouter->told_count; i++)
        if (layouter->told[i] == code_point)
            return true;
    NB_GROW(layouter->arena, layouter->told, layouter->told_count, &layouter->told_capacity);
    layouter->told[layouter->told_count++] = code_point;
    return false;
}

enum { MOST_MISSING = 200 };

/*
 * A character outside its role's face: say once which face it takes, or each time that there is
 * none, as long as someone may still want to read it.
 */
static void tell_fallback(void *context, uint32_t code_point, int index, const nb_font_role *role,
                          const nb_face *face)
{
    fallback_context *c = context;
    nb_layouter *layouter = c->layouter;
    c->was_needed = true;
    char character[5] = { 0 };
    nb_utf8_encode(code_point, character);
    nb_place place = { layouter->document->name, c->text->line, c->text->column, c->text->pointer };
    layouter->failed = layouter->failed || !face;
    if (!face && layouter->missing_count++ < MOST_MISSING) {
        nb_finding *finding =
            nb_findings_add(layouter->findings, NB_ERROR, "FONT", place,
                            NB_SAY(layouter->findings, "没有字体能画出第 %d 个字符“%s”(U+%04X)",
                                   "no font draws character %d, “%s” (U+%04X)"),
                            index + 1, character, (unsigned)code_point);
        nb_finding_hint(layouter->findings, finding, "%s",
                        NB_SAY(layouter->findings, "用 --font-dir 给出有这个字的字体",
                               "name a folder with a font that has it: --font-dir"));
    } else if (face && !was_told(layouter, code_point)) {
        nb_findings_add(layouter->findings, NB_INFO, "FONT", place,
                        NB_SAY(layouter->findings, "“%s”(U+%04X) 不在“%s”的字体里，改用 %s",
                               "“%s” (U+%04X) is not in the font of “%s”: %s is used"),
                        character, (unsigned)code_point, role->office_name,
                        nb_face_describe(face)->postscript_name);
    }
}

static const nb_font_role *role_of(nb_layouter *layouter, const char *name)
{
    const nb_font_role *role = nb_fonts_role(layouter->fonts, name);
    /* nb_layout has made sure that every role of the page style exists. */
    return role ? role : nb_fonts_role_at(layouter->fonts, 0);
}

/* Tell the DOCX writer which characters had their tracking raised. */
static void note_tracking(nb_layouter *layouter, const nb_set_text *set, nb_text *text)
{
    const nb_paragraph *paragraph = set->paragraph;
    text->tracking_count = 0;
    text->tracking = NB_NEW_ARRAY(layouter->arena, nb_tracking_note, (size_t)set->line_count);
    for (int i = 0; i < set->line_count; i++) {
        int at = set->lines[i].first,
            tracking = at < paragraph->count ? paragraph->characters[at].tracking : 0;
        if (at == paragraph->count || tracking == paragraph->tracking_twips)
            continue;
        int end = set->lines[i].next;
        text->tracking[text->tracking_count++] =
            (nb_tracking_note){ paragraph->characters[at].offset,
                                end < paragraph->count ? paragraph->characters[end].offset
                                                       : (uint32_t)paragraph->text.length,
                                tracking * NB_TWIP };
    }
}

static nb_paragraph *prepare(nb_layouter *layouter, nb_text *text, int scale, bool vertical)
{
    const nb_paragraph_style *style = text->style;
    nb_source *sources = NB_NEW_ARRAY(layouter->arena, nb_source, (size_t)text->span_count);
    for (int i = 0; i < text->span_count; i++)
        sources[i] = (nb_source){ text->spans[i].text, role_of(layouter, text->spans[i].role),
                                  role_of(layouter, style->latin_role) };
    fallback_context context = { layouter, text, false };
    nb_fallback_listener listener = { tell_fallback, &context };
    nb_setting setting = { style->size, style->tracking, layouter->style->script_gap_per_mille,
                           scale, vertical };
    nb_paragraph *paragraph =
        nb_paragraph_new(sources, text->span_count, setting, &listener, layouter->arena);
    text->needs_no_fallback = !context.was_needed;
    return paragraph;
}

static void break_lines(nb_layouter *layouter, nb_text *text, nb_paragraph *paragraph,
                        nb_length width, nb_set_text *out)
{
    const nb_paragraph_style *style = text->style;
    nb_hold_rules hold = { layouter->style->held_units, layouter->style->held_prefixes };
    nb_length room = width - text->left_indent;
    nb_measure measure = { .width = room,
                           .first_line = room - text->first_line_indent,
                           .may_hang = style->hanging };
    nb_line *lines;
    if (style->align == NB_ALIGN_JUSTIFY) /* lines that can be spaced out evenly */
        measure.hold = &hold;
    *out = (nb_set_text){ .text = text, .paragraph = paragraph, .width = width };
    bool compact = layouter->style->compact && measure.hold;
    if (compact)
        nb_break_lines_compact(paragraph, measure, layouter->arena, &lines, &out->line_count);
    else
        nb_break_lines(paragraph, measure, layouter->arena, &lines, &out->line_count);
    out->lines = lines;
    if (measure.hold && !compact)
        note_tracking(layouter, out, text);
}

void nb_set_text_in(nb_layouter *layouter, nb_text *text, nb_length width, int scale,
                    nb_set_text *out)
{
    nb_paragraph *paragraph = prepare(layouter, text, scale, false);
    break_lines(layouter, text, paragraph, width, out);
}

static void set_downwards(nb_layouter *layouter, nb_text *text, nb_paragraph *paragraph,
                          nb_length width, nb_set_text *out)
{
    nb_line *lines = NB_NEW_ARRAY(layouter->arena, nb_line, (size_t)paragraph->count);
    *out = (nb_set_text){
        .text = text, .paragraph = paragraph, .lines = lines, .width = width, .vertical = true
    };
    for (int i = 0; i < paragraph->count; i++)
        if (paragraph->characters[i].glyph >= 0)
            lines[out->line_count++] =
                (nb_line){ .first = i, .end = i + 1, .next = i + 1, .is_last = true };
}

/* All that is decided about a text which others have too. */
static void keep(nb_layouter *layouter, const nb_text_key *key, nb_set_text *set)
{
    nb_placed_line *placed = NB_NEW_ARRAY(layouter->arena, nb_placed_line, (size_t)set->line_count);
    for (int i = 0; i < set->line_count; i++)
        placed[i] = nb_place_text_line(set, i, layouter->arena);
    set->placed = placed;
    if (set->text->tracking_count == 0)
        nb_text_stock_keep(layouter->stock, key,
                           &(nb_kept_text){ set->paragraph, set->lines, placed, set->line_count });
}

static void set_common(nb_layouter *layouter, nb_text *text, nb_text_key key, nb_set_text *out)
{
    const nb_kept_text *kept = NULL;
    bool can_be_kept = layouter->stock && text->span_count == 1;
    if (can_be_kept) {
        key.page_style = layouter->style;
        key.style = text->style;
        key.text = text->spans[0].text;
        key.role = text->spans[0].role;
        key.left_indent = text->left_indent;
        key.first_line_indent = text->first_line_indent;
        kept = nb_text_stock_lookup(layouter->stock, &key);
    }
    if (kept) {
        text->tracking_count = 0;
        text->needs_no_fallback = true;
        *out =
            (nb_set_text){ text,      kept->paragraph, kept->lines, kept->placed, kept->line_count,
                           key.width, key.vertical };
        return;
    }
    nb_paragraph *paragraph = prepare(layouter, text, key.scale, key.vertical);
    if (key.vertical)
        set_downwards(layouter, text, paragraph, key.width, out);
    else
        break_lines(layouter, text, paragraph, key.width, out);
    if (can_be_kept && text->needs_no_fallback)
        keep(layouter, &key, out);
}

void nb_set_common_text(nb_layouter *layouter, nb_text *text, nb_length width, int scale,
                        nb_set_text *out)
{
    set_common(layouter, text, (nb_text_key){ .width = width, .scale = scale }, out);
}

void nb_set_text_vertically(nb_layouter *layouter, nb_text *text, nb_length width, nb_set_text *out)
{
    set_common(layouter, text, (nb_text_key){ .width = width, .scale = 100, .vertical = true },
               out);
}

nb_length nb_set_text_pitch(const nb_set_text *set)
{
    return set->vertical ? set->paragraph->size : set->text->style->pitch;
}

nb_length nb_set_text_height(const nb_set_text *set)
{
    return nb_capped((int64_t)set->line_count * nb_set_text_pitch(set));
}

nb_length nb_set_text_natural_width(const nb_set_text *set)
{
    return nb_capped((int64_t)nb_line_width(set->paragraph, 0, set->paragraph->count) * NB_TWIP);
}

nb_length nb_baseline_in(nb_length pitch)
{
    return nb_twips(pitch) * 4 / 5 * NB_TWIP;
}
