/*
 * The grid profile. A line is filled portion by portion; where one does not fit, the rules of the
 * language at that place look back from the first character that is too much. When they find
 * nothing in the portion, the one before it is asked to end earlier; when the line has no place to
 * end at all, it is cut where it is full.
 */
#include "text/characters.h"
#include "text/line_break.h"

#include <assert.h>

enum { NO_BREAK = -1 };

/* One portion's part of the line being filled. */
typedef struct slice {
    int first, end;
    int x; /* twips from the line's start, the gap before it included */
    int width;
} slice;

typedef struct filling {
    nb_paragraph *paragraph;
    nb_measure measure;
    nb_arena *arena;
    slice *slices;
    int slice_count;
    int asked, letter; /* the last letter or number at or before asked, or 0 */
    /* where Unicode lets the line end, or 0, when a character from asked_from to asked_to is too much */
    int asked_from, asked_to, found;
} filling;

/* The first character of a slice that goes past room (twips); its end when all of it fits. */
static int first_too_much(const filling *f, const slice *s, int room)
{
    const nb_paragraph *paragraph = f->paragraph;
    int64_t units = 0, limit = (int64_t)room * NB_UNITS_PER_TWIP;
    int spaced = 0;
    for (int i = s->first; i < s->end; i++) {
        if (paragraph->characters[i].units == 0)
            continue;
        units += paragraph->characters[i].units;
        if (units + (int64_t)spaced * paragraph->characters[i].tracking * NB_UNITS_PER_TWIP > limit)
            return i;
        spaced++;
    }
    return s->end;
}

static bool is_blank(uint32_t c)
{
    return c == ' ' || c == 0x3000;
}

/* The nearest letter or number from cut back, or 0; what the last answer tells is not looked at again. */
static int letter_before(filling *f, int cut)
{
    int at = cut;
    if (f->letter <= cut && cut <= f->asked)
        return f->letter;
    while (at > 0 && at != f->asked &&
           !nb_is_letter_or_number(f->paragraph->characters[at].code_point))
        at--;
    f->letter = at > 0 && at == f->asked ? f->letter : at;
    f->asked = cut;
    return f->letter;
}

/*
 * By whose rules the line may end near cut: those of its portion, or of the nearest letter or
 * number before it when that is in another script.
 */
static nb_break_rules rules_at(filling *f, int cut)
{
    const nb_paragraph *paragraph = f->paragraph;
    const nb_portion *portion = &paragraph->portions[paragraph->characters[cut].portion];
    int letter = letter_before(f, cut);
    const nb_portion *other = &paragraph->portions[paragraph->characters[letter].portion];
    return letter < portion->first && other->script != portion->script ? other->rules
                                                                       : portion->rules;
}

/* A variation selector or the like, which shares the width of the character before it. */
static bool is_inside_glyph(const nb_character *character)
{
    return character->glyph < 0 && character->units != 0;
}

static int break_by_chinese(const filling *f, int line_first, int cut, int *hanging)
{
    const nb_character *characters = f->paragraph->characters;
    int at = cut;
    *hanging = 0;
    if (f->measure.may_hang && nb_may_hang(characters[cut].code_point)) {
        at = cut + 1;
        *hanging = 1;
        if (at == f->paragraph->count)
            return at;
    }
    while (at > line_first &&
           (is_inside_glyph(&characters[at]) || nb_may_not_begin_line(characters[at].code_point) ||
            nb_may_not_end_line(characters[at - 1].code_point)))
        at--;
    if (at <= cut)
        *hanging = 0;
    return at > line_first ? at : NO_BREAK;
}

static bool is_after_slash(const nb_paragraph *paragraph, int at)
{
    return at > 0 && paragraph->characters[at - 1].code_point == '/';
}

/*
 * Word processors would rather not end a line inside a path of files or of the web: not after the /
 * with which the line is full, and after one before it only when there is no blank to end it at.
 * The place after that blank, or the one that was found; a blank further off does not count.
 */
static int before_path(const nb_paragraph *paragraph, int at)
{
    enum { LONG_PATH = 66 };
    for (int blank = at - 2; blank >= 0 && at - blank <= LONG_PATH; blank--)
        if (is_blank(paragraph->characters[blank].code_point) ||
            paragraph->characters[blank].code_point == '\n')
            return blank + 1;
    return at;
}

/* What the last answer tells is not looked at again. */
static int break_by_unicode(filling *f, int line_first, int cut)
{
    if (cut < f->asked_from || f->asked_to < cut) {
        int at = is_after_slash(f->paragraph, cut) ? cut - 1 : cut;
        while (at > line_first && !nb_may_break_by_unicode(f->paragraph, at))
            at--;
        bool in_path = at > line_first && is_after_slash(f->paragraph, at);
        f->asked_from = in_path ? at + 1 : at;
        f->asked_to = cut;
        f->found = in_path ? before_path(f->paragraph, at) : at;
    }
    return f->found > line_first ? f->found : NO_BREAK;
}

/* End the line at the blank where it is full: the blanks around stay out of it. */
static nb_line end_at_blank(const filling *f, int line_first, int cut)
{
    const nb_character *characters = f->paragraph->characters;
    nb_line line = { .first = line_first, .end = cut, .next = cut };
    while (line.end > line_first && is_blank(characters[line.end - 1].code_point))
        line.end--;
    while (line.next < f->paragraph->count && is_blank(characters[line.next].code_point))
        line.next++;
    return line;
}

static nb_line end_line(const filling *f, int line_first, int at, int hanging)
{
    nb_line line = { .first = line_first, .end = at, .next = at, .hanging = hanging };
    while (line.end > line_first && is_blank(f->paragraph->characters[line.end - 1].code_point))
        line.end--;
    return line;
}

static bool is_mark(const nb_character *character)
{
    return character->units == 0 && character->code_point != '\n';
}

/* No place to end: cut inside the word, but always take one whole character. */
static int cut_anywhere(const filling *f, int line_first, int full)
{
    const nb_paragraph *paragraph = f->paragraph;
    int at = full > line_first ? full : line_first + 1;
    while (at < paragraph->count &&
           (is_inside_glyph(&paragraph->characters[at]) || is_mark(&paragraph->characters[at])))
        at++;
    return at;
}

/* The line's last slice goes past room from its own start: find where the line ends. */
static nb_line find_end(filling *f, int line_first, int room)
{
    int last = f->slice_count - 1;
    int full = first_too_much(f, &f->slices[last], room);
    if (full == f->slices[last].end) /* rounding to twips made the difference */
        full--;
    int cut = full;
    for (int i = last; i >= 0; i--) {
        const slice *s = &f->slices[i];
        if (i < last) {
            cut = first_too_much(f, s, s->width - 1);
            if (cut == s->end)
                cut--;
        }
        if (is_blank(f->paragraph->characters[cut].code_point))
            return end_at_blank(f, line_first, cut);
        int hanging = 0;
        int at = rules_at(f, cut) == NB_BREAK_CHINESE
                     ? break_by_chinese(f, line_first, cut, &hanging)
                     : break_by_unicode(f, line_first, cut);
        if (at >= s->first && at != NO_BREAK)
            return end_line(f, line_first, at, hanging);
    }
    return end_line(f, line_first, cut_anywhere(f, line_first, full), 0);
}

enum { LOOK_AHEAD = 256, WIDTH_TO_SPARE = 20 /* twips */ };

/* The piece from at on, or as much of it as is plainly wider than room. */
static slice slice_from(const filling *f, int at, int x, int room)
{
    const nb_paragraph *paragraph = f->paragraph;
    slice s = { .first = at, .x = x };
    for (int most = LOOK_AHEAD;; most *= 2) {
        int stop = most < paragraph->count - at ? at + most : paragraph->count;
        s.end = nb_piece_end(paragraph, at, stop);
        s.width = nb_piece_width(paragraph, at, s.end, paragraph->characters[at].tracking);
        if (s.end < stop || stop == paragraph->count || s.width > room + WIDTH_TO_SPARE)
            return s;
    }
}

/* Take up portions from first on until the line is full or the paragraph ends. */
static nb_line fill_line(filling *f, int first, int limit)
{
    const nb_paragraph *paragraph = f->paragraph;
    int x = 0;
    f->slice_count = 0;
    f->asked_from = 0;
    f->asked_to = -1; /* nothing */
    for (int at = first; at < paragraph->count;) {
        const nb_portion *portion = &paragraph->portions[paragraph->characters[at].portion];
        if (paragraph->characters[at].code_point == '\n')
            return (nb_line){ .first = first, .end = at, .next = at + 1, .is_last = true };
        if (portion->gap_before && at == portion->first && at > first) {
            if (x + paragraph->gap_twips > limit)
                return end_line(f, first, at, 0);
            x += paragraph->gap_twips;
        }
        slice *s = &f->slices[f->slice_count++];
        *s = slice_from(f, at, x, limit - x);
        if (x + s->width > limit)
            return find_end(f, first, limit - x);
        x += s->width;
        at = s->end;
    }
    return (nb_line){
        .first = first, .end = paragraph->count, .next = paragraph->count, .is_last = true
    };
}

static void set_tracking(const filling *f, int first, int end, int tracking)
{
    for (int i = first; i < end; i++)
        f->paragraph->characters[i].tracking = tracking;
}

static bool ends_ill(const filling *f, const nb_line *line)
{
    return !line->is_last && f->measure.hold &&
           nb_is_held(f->paragraph, f->measure.hold, line->next);
}

/*
 * As far as a line may be spaced out: 6 pt a character lets the longest date go to the next line
 * whole.
 */
enum { MOST_RAISE = 120 };

/*
 * Make the line end earlier, at a good place: raise the tracking of its characters twip by twip
 * until it does. When that would take more than MOST_RAISE, the line is left as it was, and the
 * answer is false.
 */
static bool end_earlier(filling *f, nb_line *line, int limit)
{
    int plain = f->paragraph->tracking_twips;
    int end = line->next;
    for (int raise = 1; raise <= MOST_RAISE; raise++) {
        set_tracking(f, line->first, end, plain + raise);
        nb_line shorter = fill_line(f, line->first, limit);
        if (shorter.next >= line->next || ends_ill(f, &shorter))
            continue;
        /* What goes to the next line gets its own tracking back; the line must still end there. */
        set_tracking(f, shorter.next, end, plain);
        nb_line again = fill_line(f, line->first, limit);
        if (again.next == shorter.next) {
            *line = again;
            return true;
        }
    }
    set_tracking(f, line->first, end, plain);
    return false;
}

/* A last line of one character, with or without a mark after it. */
static bool is_orphan(const nb_paragraph *paragraph, const nb_line *line)
{
    int letters = 0;
    for (int i = line->first; i < line->end; i++)
        letters += !nb_may_not_begin_line(paragraph->characters[i].code_point);
    return letters == 1 && !paragraph->characters[line->first].takes_latin_role;
}

static int limit_of(const filling *f, int line)
{
    return nb_twips(line ? f->measure.width : f->measure.first_line);
}

typedef struct line_list {
    nb_line *lines;
    int count, capacity;
} line_list;

static void fill_lines(filling *f, line_list *list, int at)
{
    do {
        NB_GROW(f->arena, list->lines, list->count, &list->capacity);
        nb_line *line = &list->lines[list->count];
        int limit = limit_of(f, list->count++);
        *line = fill_line(f, at, limit);
        assert(line->next > at || f->paragraph->count == 0);
        if (ends_ill(f, line))
            end_earlier(f, line, limit);
        line->is_last = line->is_last || line->next == f->paragraph->count;
        at = line->next;
    } while (at < f->paragraph->count);
}

/* Let the line before the last give a character to a last line that has only one. */
static void feed_orphan(filling *f, line_list *list)
{
    if (list->count < 2 || !is_orphan(f->paragraph, &list->lines[list->count - 1]))
        return;
    nb_line *giver = &list->lines[list->count - 2];
    if (giver->is_last || !end_earlier(f, giver, limit_of(f, list->count - 2)))
        return;
    int at = giver->next;
    list->count--;
    fill_lines(f, list, at);
}

void nb_break_lines(nb_paragraph *paragraph, nb_measure measure, nb_arena *arena, nb_line **lines,
                    int *count)
{
    filling f = { .paragraph = paragraph, .measure = measure, .arena = arena };
    line_list list = { 0 };
    /* Raised tracking cuts portions, at most once at each end of a line. */
    f.slices = NB_NEW_ARRAY(arena, slice, (size_t)paragraph->portion_count * 3 + 3);
    fill_lines(&f, &list, 0);
    if (measure.hold)
        feed_orphan(&f, &list);
    *lines = list.lines;
    *count = list.count;
}
