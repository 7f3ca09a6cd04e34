/*
 * The compact profile: 中文排版需求 (Requirements for Chinese Text Layout, W3C; "CLREQ" below) and
 * GB/T 15834-2011, 5.1.
 *
 *   natural    政府（“公开”），信息；工作|      |（“公开”）
 *   in a line      ^^    ^^ beside others     ^ at an end  ^ at the start: one half of the mark is cut away
 *
 * A line takes up characters at these widths while they fit. Where it may not end there, it is
 * squeezed further to take in what may not begin the next one (先挤进); only when that is not
 * enough does it end earlier (后推出), and placing stretches it.
 */
#include "text/characters.h"
#include "text/compact.h"

#include <assert.h>

enum { NO_BREAK = -1 };

static int64_t units_in(nb_length width)
{
    return width > 0 ? (int64_t)width * NB_UNITS_PER_TWIP / NB_TWIP : 0;
}

static bool is_blank(uint32_t c)
{
    return c == ' ' || c == 0x3000;
}

static bool is_seen(const nb_compact *c, int at)
{
    const nb_character *character = &c->paragraph->characters[at];
    return character->units != 0 && !is_blank(character->code_point);
}

/* The last character before end that a reader sees, or first - 1. */
static int last_seen(const nb_compact *c, int first, int end)
{
    int last = end - 1;
    while (last >= first && !is_seen(c, last))
        last--;
    return last;
}

static uint32_t character_at(const nb_paragraph *paragraph, int at)
{
    return at >= 0 && at < paragraph->count ? paragraph->characters[at].code_point : 0;
}

bool nb_is_linking_mark(const nb_paragraph *paragraph, int at)
{
    switch (character_at(paragraph, at)) {
    case 0x2014: /* — */
        return character_at(paragraph, at - 1) != 0x2014 &&
               character_at(paragraph, at + 1) != 0x2014;
    case '-':
    case '~':
    case '/':
    case 0x2010: /* ‐ */
    case 0x2013: /* – */
    case 0x301C: /* 〜 */
    case 0xFF0F: /* ／ */
    case 0xFF5E: /* ～ */
        return true;
    default:
        return false;
    }
}

bool nb_is_within_mark(const nb_paragraph *paragraph, int at)
{
    uint32_t c = character_at(paragraph, at);
    return (c == 0x2014 || c == 0x2025 || c == 0x2026 || c == 0x22EF) &&
           character_at(paragraph, at + 1) == c;
}

static bool is_han(uint32_t c)
{
    return c >= 0x3400 && c <= 0x9FFF;
}

/*
 * 避头尾, GB level: marks of a pause, closing marks, 连接号, 间隔号 and 分隔号 (GB/T 15834 5.1.1 to
 * 5.1.9).
 */
static bool may_begin_line(const nb_paragraph *paragraph, int at)
{
    return !nb_may_not_begin_line(paragraph->characters[at].code_point) &&
           !nb_is_linking_mark(paragraph, at);
}

/* Opening marks and, at this level, 分隔号. */
static bool may_end_line(const nb_paragraph *paragraph, int at)
{
    uint32_t c = paragraph->characters[at].code_point;
    return !nb_may_not_end_line(c) && c != '/' && c != 0xFF0F;
}

/* In don’t the mark is an apostrophe. */
static bool is_apostrophe(const nb_paragraph *paragraph, int at)
{
    return paragraph->characters[at].code_point == 0x2019 && at > 0 && at + 1 < paragraph->count &&
           paragraph->characters[at - 1].takes_latin_role &&
           paragraph->characters[at + 1].takes_latin_role;
}

/*
 * By UAX #14 go words and numbers with what belongs to them, ￥100 and 15℃, but not full-width
 * marks beside them: a line
 * may end in 公开，|2022年. The exception is the number of a document, 〔2021〕30号.
 */
static bool breaks_by_unicode(const nb_compact *c, int before, int at)
{
    const nb_character *left = &c->paragraph->characters[before],
                       *right = &c->paragraph->characters[at];
    if (is_apostrophe(c->paragraph, before) || left->code_point == 0x3015)
        return true;
    if (nb_has_empty_half(c->marks[before].kind) || nb_has_empty_half(c->marks[at].kind))
        return false;
    /* Only strict 避头尾 keeps them from a line's start. */
    if (right->code_point == 0x2014 || right->code_point == 0x2025 || right->code_point == 0x2026)
        return false;
    return left->takes_latin_role || right->takes_latin_role ||
           nb_break_class_of(left->code_point) == NB_CLASS_PR ||
           nb_break_class_of(right->code_point) == NB_CLASS_PO;
}

/* UAX #14, LB 25: -5%, 027-8548 and 2022-01 stay whole. */
static bool is_hyphen_in_number(const nb_paragraph *paragraph, int before, int at)
{
    return paragraph->characters[before].code_point == '-' &&
           nb_break_class_of(paragraph->characters[at].code_point) == NB_CLASS_NU;
}

/* Whether a line that begins at first may end before a character. */
static bool may_break(const nb_compact *c, int first, int at)
{
    const nb_paragraph *paragraph = c->paragraph;
    const nb_character *right = &paragraph->characters[at];
    if (c->measure.hold && nb_is_held(paragraph, c->measure.hold, at))
        return false;
    if (is_han(right->code_point) && is_han(right[-1].code_point))
        return true;
    nb_break_class after = nb_break_class_of(right->code_point);
    if (is_blank(right->code_point) || after == NB_CLASS_CM || after == NB_CLASS_ZW ||
        after == NB_CLASS_WJ || after == NB_CLASS_GL || right[-1].is_joiner)
        return false;
    int before = at - 1;
    bool after_blank = is_blank(right[-1].code_point);
    while (before >= first &&
           (after_blank
                ? is_blank(paragraph->characters[before].code_point)
                : nb_break_class_of(paragraph->characters[before].code_point) == NB_CLASS_CM))
        before--;
    if (before < first)
        return false;
    nb_break_class class = nb_break_class_of(paragraph->characters[before].code_point);
    if (class == NB_CLASS_ZW)
        return true;
    if (class == NB_CLASS_WJ || class == NB_CLASS_GL || !may_begin_line(paragraph, at) ||
        !may_end_line(paragraph, before))
        return false;
    if (after_blank)
        return true;
    if (nb_is_within_mark(paragraph, before) || is_hyphen_in_number(paragraph, before, at))
        return false;
    return !breaks_by_unicode(c, before, at) || nb_may_break_by_unicode(paragraph, at);
}

/* The last place at or before at where a line may end, or NO_BREAK. */
static int break_before(const nb_compact *c, int first, int at)
{
    while (at > first && !may_break(c, first, at))
        at--;
    return at > first ? at : NO_BREAK;
}

/* The nearest place after full where the line may end if it is squeezed enough, or NO_BREAK. */
static int squeeze_in(const nb_compact *c, int first, int full, int stop, int64_t limit)
{
    int last = last_seen(c, first, full);
    for (int at = full + 1; at <= stop; at++) {
        if (is_seen(c, at - 1))
            last = at - 1;
        if (nb_compact_least_width(c, first, last) > limit)
            break;
        if (at == stop || may_break(c, first, at))
            return at;
    }
    return NO_BREAK;
}

/* The end of the longest line that fits unsqueezed, whether it may end there or not. */
static int fill(const nb_compact *c, int first, int stop, int64_t limit)
{
    int at = first;
    while (at < stop && !(is_seen(c, at) && nb_compact_width(c, first, at) > limit))
        at++;
    return at;
}

/* A line that ends at a place would have to be stretched by more than a third of what it holds. */
static bool leaves_hole(const nb_compact *c, int first, int at, int64_t limit)
{
    return nb_compact_width(c, first, last_seen(c, first, at)) * 4 < limit * 3;
}

/*
 * Whether a line must not end before a word, but inside it at full: the word is longer than a line
 * and has to be cut anyway, and the line would have a hole.
 */
static bool is_better_cut(const nb_compact *c, int first, int word, int full, int stop,
                          int64_t limit)
{
    const nb_character *right = &c->paragraph->characters[full];
    if (full <= word || !right->takes_latin_role || !right[-1].takes_latin_role ||
        is_blank(right[-1].code_point) || !leaves_hole(c, first, word, limit))
        return false;
    int end = fill(c, word, stop, units_in(c->measure.width));
    return end < stop && break_before(c, word, end) == NO_BREAK;
}

/* A glyph would be cut in two, or a mark parted from it. */
static bool is_inside_glyph(const nb_paragraph *paragraph, int at)
{
    const nb_character *right = &paragraph->characters[at];
    return (right->units == 0 || right->glyph < 0) && right->code_point != '\n';
}

static bool is_inside_mark(const nb_paragraph *paragraph, int at)
{
    return paragraph->characters[at - 1].is_joiner || nb_is_within_mark(paragraph, at - 1);
}

/* A line may be cut between two characters without harm to 避头尾 and to a number's sign. */
static bool is_fair_cut(const nb_paragraph *paragraph, int at)
{
    uint32_t left = paragraph->characters[at - 1].code_point,
             right = paragraph->characters[at].code_point;
    return may_begin_line(paragraph, at) && may_end_line(paragraph, at - 1) && !is_blank(left) &&
           nb_break_class_of(left) != NB_CLASS_PR && nb_break_class_of(right) != NB_CLASS_PO;
}

/*
 * Nowhere to end: cut where the line is full, at a place that is as good as can be had, but take
 * one character.
 */
static int cut_anywhere(const nb_compact *c, int first, int full)
{
    int most = full > first ? full : first + 1, whole = NO_BREAK;
    for (int at = most; at > first && at < c->paragraph->count; at--) {
        if (is_inside_glyph(c->paragraph, at) || is_inside_mark(c->paragraph, at))
            continue;
        if (is_fair_cut(c->paragraph, at))
            return at;
        whole = whole == NO_BREAK ? at : whole;
    }
    if (whole != NO_BREAK)
        return whole;
    while (most < c->paragraph->count && is_inside_glyph(c->paragraph, most))
        most++;
    return most;
}

enum { FEW = 16 }; /* characters that are looked at to find a lone one */

/*
 * 孤字: one character, with or without marks, on a paragraph's last line (CLREQ, 孤行与孤字处理).
 */
static bool is_lone(const nb_compact *c, int first, int stop)
{
    int letters = 0;
    for (int i = first; i < stop && letters < 2; i++) {
        if (i - first == FEW)
            return false;
        letters += nb_is_letter_or_number(c->paragraph->characters[i].code_point);
    }
    return letters == 1;
}

/*
 * The line before a lone character takes it in, when it can be squeezed so far (GB/T 15834 5.1.11),
 * or gives it company, when that leaves no hole in it.
 */
static int avoid_lone(const nb_compact *c, int first, int end, int stop, int64_t limit)
{
    if (nb_compact_least_width(c, first, last_seen(c, first, stop)) <= limit)
        return stop;
    int64_t width = nb_compact_width(c, first, last_seen(c, first, end));
    for (int at = end - 1; at > first && end - at < FEW; at--) {
        int64_t kept = nb_compact_width(c, first, last_seen(c, first, at));
        if (width - kept > 3 * (int64_t)c->em || kept * 2 <= limit)
            break;
        if (may_break(c, first, at) && !is_lone(c, at, stop))
            return at;
    }
    return end;
}

/*
 * 先挤进，后推出: where the line may end when the character at full is too much for it, or
 * NO_BREAK.
 */
static int break_near(const nb_compact *c, int first, int full, int stop, int64_t limit)
{
    if (full > first && may_break(c, first, full))
        return full;
    int end = squeeze_in(c, first, full, stop, limit);
    return end == NO_BREAK ? break_before(c, first, full) : end;
}

/*
 * Where a line from first ends, in a paragraph, or a part of it before a forced break, that ends at
 * stop.
 */
static int find_end(const nb_compact *c, int first, int stop, int64_t limit)
{
    int full = fill(c, first, stop, limit);
    if (full == stop)
        return stop;
    int end = break_near(c, first, full, stop, limit);
    if (c->measure.hold && (end == NO_BREAK || leaves_hole(c, first, end, limit))) {
        nb_compact plain = *c; /* an even line matters more than an unbroken date */
        plain.measure.hold = NULL;
        end = break_near(&plain, first, full, stop, limit);
    }
    if (end == NO_BREAK || is_better_cut(c, first, end, full, stop, limit))
        end = cut_anywhere(c, first, full);
    return end < stop && is_lone(c, end, stop) ? avoid_lone(c, first, end, stop, limit) : end;
}

/*
 * Squeeze a line by surplus, class after class; what one class gives up is taken from all its
 * members at once, equally.
 */
static void squeeze(const nb_compact *c, int first, int last, int64_t surplus, nb_fitted *fitted)
{
    for (int class = 0; class < NB_SQUEEZE_NEVER && surplus > 0; class ++) {
        int64_t all = 0, passed = 0, given = 0;
        int from = nb_cut_at_start(c, first) ? first + 1 : first;
        for (int i = from; i < last; i++)
            all += nb_squeezable(c, i, (nb_squeeze_class) class);
        int64_t taken = surplus < all ? surplus : all;
        for (int i = from; i < last && taken > given; i++) {
            passed += nb_squeezable(c, i, (nb_squeeze_class) class);
            int32_t cut = (int32_t)(taken * passed / all - given);
            fitted[i - first].units -= cut;
            if (nb_mark_class(c->marks[i].kind) == (nb_squeeze_class) class)
                fitted[i - first].shift += cut;
            given += cut;
        }
        surplus -= taken;
    }
}

static const nb_fitted *fit(const nb_compact *c, int first, int end, int64_t limit)
{
    nb_fitted *fitted = NB_NEW_ARRAY(c->arena, nb_fitted, (size_t)(end - first));
    int last = last_seen(c, first, end);
    for (int i = first; i <= last; i++) {
        int32_t cut = c->marks[i].cut + (i == first ? nb_cut_at_start(c, i) : 0) +
                      (i == last ? nb_cut_at_end(c, i) : 0);
        fitted[i - first].units =
            c->paragraph->characters[i].units - cut + (i < last ? c->after[i] : 0);
        fitted[i - first].shift = cut;
    }
    squeeze(c, first, last, nb_compact_width(c, first, last) - limit, fitted);
    /* Until here, shift was all that is cut from a mark; its ink moves by what is cut before it. */
    for (int i = first; i <= last; i++) {
        const nb_mark_width *mark = &c->marks[i];
        if (nb_mark_room(mark) > 0)
            fitted[i - first].shift =
                (int32_t)((int64_t)fitted[i - first].shift * mark->left / nb_mark_room(mark));
    }
    return fitted;
}

static nb_line make_line(const nb_compact *c, int first, int stop, bool is_first)
{
    int64_t limit = units_in(is_first ? c->measure.first_line : c->measure.width);
    int at = find_end(c, first, stop, limit);
    nb_line line = { .first = first, .end = at, .next = at };
    while (line.end > first && is_blank(c->paragraph->characters[line.end - 1].code_point))
        line.end--;
    line.is_last = at == stop;
    line.next = at == stop && stop < c->paragraph->count ? stop + 1 : at;
    if (line.end > first)
        line.fitted = fit(c, first, line.end, limit);
    return line;
}

void nb_break_lines_compact(const nb_paragraph *paragraph, nb_measure measure, nb_arena *arena,
                            nb_line **lines, int *count)
{
    nb_compact c = nb_compact_measure(paragraph, measure, arena);
    int capacity = 0, at = 0, stop = -1;
    *lines = NULL;
    *count = 0;
    do {
        NB_GROW(arena, *lines, *count, &capacity);
        if (stop < at) /* the next forced break, or the paragraph's end */
            for (stop = at;
                 stop < paragraph->count && paragraph->characters[stop].code_point != '\n';)
                stop++;
        nb_line line = make_line(&c, at, stop, *count == 0);
        assert(line.next > at || paragraph->count == 0);
        (*lines)[(*count)++] = line;
        at = line.next;
    } while (at < paragraph->count);
}
