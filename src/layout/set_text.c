#include "layout/setting.h"

typedef struct fallback_context {
    nb_layouter *layouter;
    const nb_text *text;
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

/*
 * A character outside its role's face: say once which face it takes, or each time that there is
 * none.
 */
static void tell_fallback(void *context, uint32_t code_point, int index, const nb_font_role *role,
                          const nb_face *face)
{
    const fallback_context *c = context;
    nb_layouter *layouter = c->layouter;
    char character[5] = { 0 };
    nb_utf8_encode(code_point, character);
    nb_place place = { layouter->document->name, c->text->line, c->text->column, c->text->pointer };
    if (!face) {
        nb_finding *finding =
            nb_findings_add(layouter->findings, NB_ERROR, "FONT", place,
                            NB_SAY(layouter->findings, "没有字体能画出第 %d 个字符“%s”(U+%04X)",
                                   "no font draws character %d, “%s” (U+%04X)"),
                            index + 1, character, (unsigned)code_point);
        nb_finding_hint(layouter->findings, finding, "%s",
                        NB_SAY(layouter->findings, "用 --font-dir 给出有这个字的字体",
                               "name a folder with a font that has it: --font-dir"));
        layouter->failed = true;
    } else if (!was_told(layouter, code_point)) {
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

static nb_paragraph *prepare(nb_layouter *layouter, const nb_text *text, int scale, bool vertical)
{
    const nb_paragraph_style *style = text->style;
    nb_source *sources = NB_NEW_ARRAY(layouter->arena, nb_source, (size_t)text->span_count);
    for (int i = 0; i < text->span_count; i++)
        sources[i] = (nb_source){ text->spans[i].text, role_of(layouter, text->spans[i].role),
                                  role_of(layouter, style->latin_role) };
    fallback_context context = { layouter, text };
    nb_fallback_listener listener = { tell_fallback, &context };
    nb_setting setting = { style->size, style->tracking, layouter->style->script_gap_per_mille,
                           scale, vertical };
    return nb_paragraph_new(sources, text->span_count, setting, &listener, layouter->arena);
}

void nb_set_text_in(nb_layouter *layouter, nb_text *text, nb_length width, int scale,
                    nb_set_text *out)
{
    const nb_paragraph_style *style = text->style;
    nb_hold_rules hold = { layouter->style->held_units, layouter->style->held_prefixes };
    nb_length room = width - text->left_indent;
    nb_measure measure = { .width = room,
                           .first_line = room - text->first_line_indent,
                           .may_hang = style->hanging };
    if (style->align == NB_ALIGN_JUSTIFY) /* lines that can be spaced out evenly */
        measure.hold = &hold;
    *out = (nb_set_text){ .text = text, .width = width };
    out->paragraph = prepare(layouter, text, scale, false);
    if (layouter->style->compact && measure.hold) {
        nb_break_lines_compact(out->paragraph, measure, layouter->arena, &out->lines,
                               &out->line_count);
        return;
    }
    nb_break_lines(out->paragraph, measure, layouter->arena, &out->lines, &out->line_count);
    if (measure.hold)
        note_tracking(layouter, out, text);
}

void nb_set_text_vertically(nb_layouter *layouter, nb_text *text, nb_length width, nb_set_text *out)
{
    *out = (nb_set_text){ .text = text, .width = width, .vertical = true };
    out->paragraph = prepare(layouter, text, 100, true);
    out->lines = NB_NEW_ARRAY(layouter->arena, nb_line, (size_t)out->paragraph->count);
    for (int i = 0; i < out->paragraph->count; i++)
        if (out->paragraph->characters[i].glyph >= 0)
            out->lines[out->line_count++] =
                (nb_line){ .first = i, .end = i + 1, .next = i + 1, .is_last = true };
}

nb_length nb_set_text_pitch(const nb_set_text *set)
{
    return set->vertical ? set->paragraph->size : set->text->style->pitch;
}

nb_length nb_set_text_height(const nb_set_text *set)
{
    return set->line_count * nb_set_text_pitch(set);
}

nb_length nb_set_text_natural_width(const nb_set_text *set)
{
    return nb_line_width(set->paragraph, 0, set->paragraph->count) * NB_TWIP;
}

nb_length nb_baseline_in(nb_length pitch)
{
    return nb_twips(pitch) * 4 / 5 * NB_TWIP;
}
