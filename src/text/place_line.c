#include "text/compact.h"

int nb_line_width(const nb_paragraph *paragraph, int first, int end)
{
    int64_t width = 0;
    for (int at = first; at < end;) {
        const nb_portion *portion = &paragraph->portions[paragraph->characters[at].portion];
        int stop = portion->end < end ? portion->end : end;
        if (portion->gap_before && at == portion->first && at > first)
            width += paragraph->gap_twips;
        width += nb_piece_width(paragraph, at, stop, paragraph->tracking_twips);
        at = stop;
    }
    return nb_capped(width);
}

/* Natural places, portion by portion; portions begin on whole twips. */
static void place_naturally(const nb_paragraph *paragraph, const nb_line *line, nb_length *x)
{
    int64_t start = 0; /* twips */
    for (int at = line->first; at < line->end;) {
        const nb_portion *portion = &paragraph->portions[paragraph->characters[at].portion];
        int stop = portion->end < line->end ? portion->end : line->end;
        int64_t units = 0;
        int spaced = 0;
        if (portion->gap_before && at == portion->first && at > line->first)
            start += paragraph->gap_twips;
        for (int i = at; i < stop; i++) {
            x[i - line->first] = (nb_length)(start * NB_TWIP + units * NB_TWIP / NB_UNITS_PER_TWIP +
                                             (int64_t)spaced * paragraph->tracking_twips * NB_TWIP);
            units += paragraph->characters[i].units;
            spaced += paragraph->characters[i].units != 0;
        }
        start += nb_piece_width(paragraph, at, stop, paragraph->tracking_twips);
        at = stop;
    }
}

/*
 * Whether a justified line may be stretched after a character: after each Chinese one and at
 * blanks, but not inside —— and …….
 */
static bool may_stretch_after(const nb_paragraph *paragraph, int at)
{
    const nb_character *character = &paragraph->characters[at], *next = character + 1;
    uint32_t c = character->code_point;
    if (character->units == 0 || next->is_joiner || next->units == 0)
        return false;
    if ((c == 0x2014 || c == 0x2026) && next->code_point == c)
        return false;
    return !character->takes_latin_role || c == ' ';
}

nb_length nb_place_line(const nb_paragraph *paragraph, const nb_line *line, nb_length width,
                        bool justify, nb_length *x)
{
    if (line->fitted)
        return nb_place_compact(paragraph, line, width, justify, x);
    int end = line->end - line->hanging;
    nb_length natural = nb_line_width(paragraph, line->first, end) * NB_TWIP;
    place_naturally(paragraph, line, x);
    if (!justify || line->is_last || natural >= width)
        return natural;
    int places = 0;
    for (int i = line->first; i + 1 < end; i++)
        places += may_stretch_after(paragraph, i);
    if (places == 0)
        return natural;
    int passed = 0;
    for (int i = line->first; i < line->end; i++) {
        x[i - line->first] += (nb_length)((int64_t)(width - natural) * passed / places);
        if (i + 1 < end)
            passed += may_stretch_after(paragraph, i);
    }
    return width;
}
