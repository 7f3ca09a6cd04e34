/* Lines of a text as they stand from its top left corner: runs of glyphs. */
#include "layout/setting.h"

/*
 * The glyphs of characters [first, end), which stand in one portion, at places x from the run's
 * own.
 */
static void place_glyphs(nb_arena *arena, const nb_paragraph *paragraph, int first, int end,
                         const nb_length *x, nb_glyph_run *run)
{
    int count = 0;
    for (int i = first; i < end; i++)
        count += paragraph->characters[i].glyph_count;
    nb_placed_glyph *glyphs = nb_arena_room(arena, (size_t)count * sizeof *glyphs);
    int at = 0;
    for (int i = first; i < end; i++) {
        const nb_character *character = &paragraph->characters[i];
        int64_t inside = 0; /* a character of several glyphs: each stands after the one before */
        for (int k = 0; k < character->glyph_count; k++) {
            const nb_glyph *glyph = &paragraph->glyphs[character->glyph + k];
            nb_length shift = 0;
            if (inside)
                shift = (nb_length)(inside * run->size / nb_face_describe(run->face)->upem *
                                    run->scale / 100);
            glyphs[at++] =
                (nb_placed_glyph){ glyph->id,
                                   character->offset - paragraph->characters[first].offset,
                                   x[i - first] - x[0] + shift };
            inside += glyph->advance;
        }
    }
    run->glyphs = glyphs;
    run->glyph_count = at;
}

static nb_glyph_run run_of(nb_arena *arena, const nb_paragraph *paragraph, const nb_line *line,
                           int first, int end, const nb_length *x)
{
    uint32_t from = paragraph->characters[first].offset;
    uint32_t to = end < paragraph->count ? paragraph->characters[end].offset
                                         : (uint32_t)paragraph->text.length;
    int last = end - 1;
    int32_t units =
        line->fitted ? line->fitted[last - line->first].units : paragraph->characters[last].units;
    nb_glyph_run run = { .face = paragraph->portions[paragraph->characters[first].portion].face,
                         .size = paragraph->size,
                         .scale = paragraph->scale,
                         .x = x[0],
                         .width = x[last - first] - x[0] + units * NB_TWIP / NB_UNITS_PER_TWIP,
                         .text = { paragraph->text.data + from, to - from } };
    place_glyphs(arena, paragraph, first, end, x, &run);
    return run;
}

nb_placed_line nb_place_text_line(const nb_set_text *set, int index, nb_arena *arena)
{
    const nb_paragraph *paragraph = set->paragraph;
    const nb_paragraph_style *style = set->text->style;
    const nb_line *line = &set->lines[index];
    nb_length indent = set->text->left_indent + (index == 0 ? set->text->first_line_indent : 0);
    nb_length room = set->width - indent, left = indent, pitch = nb_set_text_pitch(set);
    /*
     * The em box of a Chinese face stands 0.88 above the baseline; a line of the pitch has it at
     * 4/5.
     */
    nb_length baseline = set->vertical ? pitch * 88 / 100 : nb_baseline_in(pitch);
    nb_length *x = nb_arena_room(arena, (size_t)(line->end - line->first) * sizeof *x);
    nb_length width = nb_place_line(paragraph, line, room, style->align == NB_ALIGN_JUSTIFY, x);
    if (style->align == NB_ALIGN_CENTER || set->vertical)
        left += (room - width) / 2;
    if (style->align == NB_ALIGN_RIGHT)
        left += room - width;
    int portions = line->end > line->first ? paragraph->characters[line->end - 1].portion -
                                                 paragraph->characters[line->first].portion + 1
                                           : 0;
    nb_glyph_run *runs = NB_NEW_ARRAY(arena, nb_glyph_run, (size_t)portions);
    nb_placed_line placed = { runs, 0 };
    for (int at = line->first, stop; at < line->end; at = stop) {
        const nb_portion *portion = &paragraph->portions[paragraph->characters[at].portion];
        stop = portion->end < line->end ? portion->end : line->end;
        if (!portion->face)
            continue;
        nb_glyph_run run = run_of(arena, paragraph, line, at, stop, x + (at - line->first));
        if (!run.glyph_count) /* characters that only govern others, and none of these */
            continue;
        run.x += left;
        run.baseline = baseline;
        runs[placed.run_count++] = run;
    }
    return placed;
}
