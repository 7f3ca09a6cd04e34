/*
 * Placing lines of the compact profile. Breaking has squeezed what had to be squeezed; a justified
 * line that is not full is stretched here, in the order of 中文排版需求, 拉伸处理的优先顺序: spaces
 * of Western words, then those between Chinese and Western text, each up to a limit, then the
 * places between characters.
 */
#include "text/characters.h"
#include "text/compact.h"

typedef enum widening { WIDEN_WORD_SPACE, WIDEN_GAP, WIDEN_PLACE, WIDEN_NEVER } widening;

/* A number's sign belongs to it: ￥100, 15℃. */
static bool is_sign_of_number(uint32_t before, uint32_t after)
{
    nb_break_class left = nb_break_class_of(before), right = nb_break_class_of(after);
    return (left == NB_CLASS_NU && right == NB_CLASS_PO) ||
           (left == NB_CLASS_PR && right == NB_CLASS_NU);
}

static widening widening_after(const nb_paragraph *paragraph, int at)
{
    const nb_character *before = &paragraph->characters[at], *after = before + 1;
    if (nb_is_word_space(before->code_point))
        return WIDEN_WORD_SPACE;
    if (after->units == 0 || nb_is_word_space(after->code_point))
        return WIDEN_NEVER;
    if (nb_has_gap_after(paragraph, at))
        return WIDEN_GAP;
    if (before->is_joiner || nb_is_within_mark(paragraph, at) ||
        nb_is_linking_mark(paragraph, at) || nb_is_linking_mark(paragraph, at + 1))
        return WIDEN_NEVER;
    if (before->takes_latin_role && after->takes_latin_role)
        return WIDEN_NEVER;
    if ((before->takes_latin_role || after->takes_latin_role) &&
        is_sign_of_number(before->code_point, after->code_point))
        return WIDEN_NEVER;
    return WIDEN_PLACE;
}

typedef struct stretching {
    const nb_paragraph *paragraph;
    const nb_line *line;
    int last;         /* the last character with a width */
    nb_length *added; /* after each character */
    nb_length left;   /* still to be added */
} stretching;

/* By how much the space after a character falls short of its limit. */
static nb_length shortfall(const stretching *s, int at, widening kind)
{
    int32_t em = nb_em_units(s->paragraph);
    int32_t units = kind == WIDEN_GAP ? em / 3 - nb_gap_units(s->paragraph)
                                      : em / 2 - s->line->fitted[at - s->line->first].units;
    return units > 0 ? (nb_length)((int64_t)units * NB_TWIP / NB_UNITS_PER_TWIP) : 0;
}

/* Widen all spaces of a kind at once, in proportion to what each may take. */
static void widen_to_limit(stretching *s, widening kind)
{
    int64_t all = 0, passed = 0;
    for (int i = s->line->first; i < s->last; i++)
        if (widening_after(s->paragraph, i) == kind)
            all += shortfall(s, i, kind);
    int64_t taken = s->left < all ? s->left : all, given = 0;
    for (int i = s->line->first; all > 0 && i < s->last; i++)
        if (widening_after(s->paragraph, i) == kind) {
            passed += shortfall(s, i, kind);
            int64_t sum = taken * passed / all;
            s->added[i - s->line->first] += (nb_length)(sum - given);
            given = sum;
        }
    s->left -= (nb_length)taken;
}

/*
 * Share out what is left equally: between characters, but over all spaces when that would leave
 * holes.
 */
static void widen_places(stretching *s)
{
    int counts[4] = { 0 };
    for (int i = s->line->first; i < s->last; i++)
        counts[widening_after(s->paragraph, i)]++;
    nb_length quarter = s->paragraph->size / 4;
    bool everywhere = (int64_t)counts[WIDEN_PLACE] * quarter < s->left;
    int all = counts[WIDEN_PLACE] + (everywhere ? counts[WIDEN_WORD_SPACE] + counts[WIDEN_GAP] : 0),
        passed = 0;
    nb_length given = 0;
    for (int i = s->line->first; all > 0 && i < s->last; i++) {
        widening kind = widening_after(s->paragraph, i);
        if (kind == WIDEN_PLACE || (everywhere && kind != WIDEN_NEVER)) {
            nb_length sum = (nb_length)((int64_t)s->left * ++passed / all);
            s->added[i - s->line->first] += sum - given;
            given = sum;
        }
    }
    s->left -= given;
}

static nb_length emu(int64_t units)
{
    return (nb_length)(units * NB_TWIP / NB_UNITS_PER_TWIP);
}

nb_length nb_place_compact(const nb_paragraph *paragraph, const nb_line *line, nb_length width,
                           bool justify, nb_length *x)
{
    int64_t units = 0;
    int last = line->first;
    for (int i = line->first; i < line->end; i++) {
        units += line->fitted[i - line->first].units;
        x[i - line->first] = 0;
        if (paragraph->characters[i].units != 0)
            last = i;
    }
    stretching s = { paragraph, line, last, x, width - emu(units) };
    if (justify && !line->is_last && s.left > 0) {
        widen_to_limit(&s, WIDEN_WORD_SPACE);
        widen_to_limit(&s, WIDEN_GAP);
        widen_places(&s);
    }
    nb_length added = 0;
    units = 0;
    for (int i = line->first; i < line->end; i++) {
        const nb_fitted *fitted = &line->fitted[i - line->first];
        nb_length after = x[i - line->first];
        x[i - line->first] = emu(units) + added - emu(fitted->shift);
        units += fitted->units;
        added += after;
    }
    return emu(units) + added;
}
