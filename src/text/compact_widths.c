/*
 * Widths in the compact profile: what marks may give up, where and to whom, and how wide a line is
 * by that. Sums from the paragraph's start make the width of any line known at once.
 */
#include "text/compact.h"
#include "text/face.h"

int32_t nb_em_units(const nb_paragraph *paragraph)
{
    return (int32_t)((int64_t)paragraph->size * NB_UNITS_PER_TWIP / NB_TWIP * paragraph->scale /
                     100);
}

int32_t nb_gap_units(const nb_paragraph *paragraph)
{
    int32_t gap = paragraph->gap_twips * NB_UNITS_PER_TWIP, most = nb_em_units(paragraph) / 4;
    return gap < most ? gap : most;
}

bool nb_has_gap_after(const nb_paragraph *paragraph, int at)
{
    if (at + 1 >= paragraph->count)
        return false;
    const nb_portion *next = &paragraph->portions[paragraph->characters[at + 1].portion];
    return next->gap_before && next->first == at + 1;
}

bool nb_is_word_space(uint32_t c)
{
    return c == ' ' || c == 0xA0;
}

static nb_mark_kind kind_of(uint32_t c)
{
    if (c < 0xB7 || (c > 0x3017 && c < 0xFF01))
        return NB_MARK_NONE;
    switch (c) {
    case 0x2018:
    case 0x201C:
    case 0x3008:
    case 0x300A:
    case 0x300C:
    case 0x300E: /* ‘ “ 〈 《 「 『 */
    case 0x3010:
    case 0x3014:
    case 0x3016:
    case 0xFF08:
    case 0xFF3B:
    case 0xFF5B: /* 【 〔 〖 （ ［ ｛ */
        return NB_MARK_OPENING;
    case 0x2019:
    case 0x201D:
    case 0x3009:
    case 0x300B:
    case 0x300D:
    case 0x300F:
    case 0x3011:
    case 0x3015:
    case 0x3017:
    case 0xFF09:
    case 0xFF3D:
    case 0xFF5D:
        return NB_MARK_CLOSING;
    case 0x3001:
    case 0xFF0C:
    case 0xFF1B:
        return NB_MARK_PAUSE;
    case 0xFF1A:
        return NB_MARK_COLON;
    case 0x3002:
    case 0xFF0E: /* 。 ． */
        return NB_MARK_STOP;
    case 0xFF01:
    case 0xFF1F:
        return NB_MARK_ASKING;
    case 0xB7:
    case 0xFF0F:
        return NB_MARK_NARROW;
    default:
        return NB_MARK_NONE;
    }
}

bool nb_has_empty_half(nb_mark_kind kind)
{
    return kind != NB_MARK_NONE && kind != NB_MARK_NARROW;
}

static bool closes(nb_mark_kind kind)
{
    return nb_has_empty_half(kind) && kind != NB_MARK_OPENING;
}

/* From where to where a character is inked, in units. */
static bool find_ink(const nb_compact *c, int at, int32_t *left, int32_t *right)
{
    const nb_character *character = &c->paragraph->characters[at];
    const nb_face *face = c->paragraph->portions[character->portion].face;
    hb_font_t *font = face ? nb_face_font(face) : NULL;
    hb_glyph_extents_t extents;
    if (!font || character->glyph < 0 ||
        !hb_font_get_glyph_extents(font, c->paragraph->glyphs[character->glyph].id, &extents))
        return false;
    int64_t upem = nb_face_describe(face)->upem;
    *left = (int32_t)((int64_t)extents.x_bearing * c->em / upem);
    *right = (int32_t)(((int64_t)extents.x_bearing + extents.width) * c->em / upem);
    return true;
}

/* What may be cut from a full-width character so that half of it is left around its ink. */
static void cut_around_ink(const nb_compact *c, int at, nb_mark_width *mark, int32_t room)
{
    int32_t left, right;
    if (!find_ink(c, at, &left, &right) || right - left > c->em / 2)
        return;
    bool at_left = mark->kind == NB_MARK_ASKING && right <= c->em / 2;
    int32_t before = at_left ? 0 : (left + right) / 2 - c->em / 4;
    mark->left = before < 0 ? 0 : before < room ? before : room;
    mark->right = room - mark->left;
}

static nb_mark_width mark_at(const nb_compact *c, int at)
{
    const nb_character *character = &c->paragraph->characters[at];
    nb_mark_width mark = { .kind = kind_of(character->code_point) };
    int32_t room = character->units - c->em / 2;
    if (mark.kind == NB_MARK_NONE ||
        room < c->em / 4) /* some faces draw · or “ at half width or less */
        return (nb_mark_width){ .kind = mark.kind };
    if (mark.kind == NB_MARK_OPENING)
        mark.left = room;
    else if (mark.kind == NB_MARK_ASKING || mark.kind == NB_MARK_NARROW)
        cut_around_ink(c, at, &mark, room);
    else
        mark.right = room;
    if (mark.kind == NB_MARK_NARROW) /* GB/T 15834 5.1.7, 5.1.9 */
        mark.cut = mark.left + mark.right;
    return mark;
}

int32_t nb_mark_room(const nb_mark_width *mark)
{
    return mark->left + mark->right;
}

/*
 * Two marks side by side take an em and a half (CLREQ, 连续标点符号的调整): brackets keep to what
 * they enclose, so an opening one gives up its left half and a closing one its right. ？！ take one
 * em together, ？？？ two (GB/T 15834 5.1.2).
 */
static void cut_between_marks(nb_compact *c)
{
    int asking = 0;
    for (int i = 0; i < c->paragraph->count; i++) {
        nb_mark_width *here = &c->marks[i], *next = i + 1 < c->paragraph->count ? here + 1 : NULL;
        asking = here->kind == NB_MARK_ASKING ? asking + 1 : 0;
        if (next && next->kind == NB_MARK_OPENING && nb_has_empty_half(here->kind))
            next->cut = nb_mark_room(next);
        else if (next && closes(here->kind) && closes(next->kind))
            here->cut = nb_mark_room(here);
        if (asking == 2)
            here->cut = nb_mark_room(here);
    }
}

/* The class by which a mark is squeezed inside a line; CLREQ names no colon. */
nb_squeeze_class nb_mark_class(nb_mark_kind kind)
{
    switch (kind) {
    case NB_MARK_OPENING:
    case NB_MARK_CLOSING:
        return NB_SQUEEZE_BRACKET;
    case NB_MARK_PAUSE:
        return NB_SQUEEZE_PAUSE;
    case NB_MARK_STOP:
    case NB_MARK_ASKING:
        return NB_SQUEEZE_STOP;
    default:
        return NB_SQUEEZE_NEVER;
    }
}

/* Tracking that closes up text does not make a mark narrower than half an em. */
static int32_t closed_up_beside(const nb_compact *c, int at)
{
    int beside = c->marks[at].kind == NB_MARK_OPENING ? at - 1 : at;
    return beside >= 0 && c->after[beside] < 0 ? c->after[beside] : 0;
}

/* 》（ took an em and a half already, and less would be too little between two texts. */
static bool has_given_beside(const nb_compact *c, int at)
{
    return closes(c->marks[at].kind) && c->marks[at + 1].kind == NB_MARK_OPENING &&
           c->marks[at + 1].cut > 0;
}

int32_t nb_squeezable(const nb_compact *c, int at, nb_squeeze_class class)
{
    const nb_character *character = &c->paragraph->characters[at];
    int32_t room = 0;
    if (class == NB_SQUEEZE_WORD_SPACE && nb_is_word_space(character->code_point))
        room = character->units - c->em / 4;
    else if (class == NB_SQUEEZE_GAP && nb_has_gap_after(c->paragraph, at))
        room = c->gap - c->em / 8;
    else if (nb_mark_class(c->marks[at].kind) == class && !has_given_beside(c, at))
        room = nb_mark_room(&c->marks[at]) - c->marks[at].cut + closed_up_beside(c, at);
    return room > 0 ? room : 0;
}

/* Whether a mark is cut on the side where the space after a character is. */
static bool is_cut_after(const nb_compact *c, int at)
{
    const nb_mark_width *here = &c->marks[at], *next = here + 1;
    return (closes(here->kind) && here->cut > 0) ||
           (next->kind == NB_MARK_OPENING && next->cut > 0);
}

static void find_spaces(nb_compact *c)
{
    const nb_paragraph *paragraph = c->paragraph;
    /* something in the portion comes after, so that tracking stands between */
    bool goes_on = false;
    for (int i = paragraph->count - 1; i >= 0; i--) {
        const nb_character *character = &paragraph->characters[i];
        if (i + 1 == paragraph->portions[character->portion].end)
            goes_on = false;
        if (character->units != 0 && goes_on &&
            !(paragraph->tracking_twips < 0 && is_cut_after(c, i)))
            c->after[i] = paragraph->tracking_twips * NB_UNITS_PER_TWIP;
        goes_on = goes_on || character->units != 0;
        if (nb_has_gap_after(paragraph, i))
            c->after[i] += c->gap;
    }
}

nb_compact nb_compact_measure(const nb_paragraph *paragraph, nb_measure measure, nb_arena *arena)
{
    nb_compact c = { .paragraph = paragraph,
                     .arena = arena,
                     .measure = measure,
                     .em = nb_em_units(paragraph),
                     .gap = nb_gap_units(paragraph) };
    size_t count = (size_t)paragraph->count + 1;
    c.marks = NB_NEW_ARRAY(arena, nb_mark_width, count);
    c.after = NB_NEW_ARRAY(arena, int32_t, count);
    c.start = NB_NEW_ARRAY(arena, int64_t, count);
    c.slack = NB_NEW_ARRAY(arena, int64_t, count);
    for (int i = 0; i < paragraph->count; i++)
        c.marks[i] = mark_at(&c, i);
    cut_between_marks(&c);
    find_spaces(&c);
    for (int i = 0; i < paragraph->count; i++) {
        int64_t give = 0;
        for (int class = 0; class < NB_SQUEEZE_NEVER; class ++)
            give += nb_squeezable(&c, i, (nb_squeeze_class) class);
        c.start[i + 1] = c.start[i] + paragraph->characters[i].units - c.marks[i].cut + c.after[i];
        c.slack[i + 1] = c.slack[i] + give;
    }
    return c;
}

int32_t nb_cut_at_start(const nb_compact *c, int first)
{
    const nb_mark_width *mark = &c->marks[first];
    return mark->kind == NB_MARK_OPENING ? nb_mark_room(mark) - mark->cut : 0;
}

int32_t nb_cut_at_end(const nb_compact *c, int last)
{
    const nb_mark_width *mark = &c->marks[last];
    return closes(mark->kind) ? nb_mark_room(mark) - mark->cut : 0;
}

int64_t nb_compact_width(const nb_compact *c, int first, int last)
{
    if (last < first)
        return 0;
    return c->start[last] - c->start[first] + c->paragraph->characters[last].units -
           c->marks[last].cut - nb_cut_at_start(c, first) - nb_cut_at_end(c, last);
}

int64_t nb_compact_least_width(const nb_compact *c, int first, int last)
{
    if (last <= first)
        return nb_compact_width(c, first, last);
    int64_t slack = c->slack[last] - c->slack[first];
    if (nb_cut_at_start(c, first)) /* it gives that anyway */
        slack -= nb_squeezable(c, first, NB_SQUEEZE_BRACKET);
    return nb_compact_width(c, first, last) - slack;
}
