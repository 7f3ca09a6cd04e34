#include "text/charstring.h"

#include <assert.h>
#include <stdlib.h>

enum {
    RLINETO = 5,
    HLINETO = 6,
    VLINETO = 7,
    RRCURVETO = 8,
    ENDCHAR = 14,
    RMOVETO = 21,
    HMOVETO = 22,
    RCURVELINE = 24,
    RLINECURVE = 25,
    VVCURVETO = 26,
    HHCURVETO = 27,
    VHCURVETO = 30,
    HVCURVETO = 31,
    VMOVETO = 4,
    MOST_OPERANDS = 48
};

typedef enum stroke_kind { STROKE_MOVE, STROKE_LINE, STROKE_CURVE } stroke_kind;

/*
 * From where the last one ended: a line's end, or a curve's two control points and its end, each
 * from the point before; in 1/65536 of a font unit, as CFF has them too.
 */
typedef struct stroke {
    stroke_kind kind;
    int32_t x[3], y[3]; /* a move and a line have only the first */
} stroke;

typedef struct writer {
    unsigned char *out;
    size_t length;
    int operands; /* written since the last operator */
    const stroke *strokes;
    int count;
} writer;

static void write_byte(writer *to, int byte)
{
    to->out[to->length++] = (unsigned char)byte;
}

static void write_operator(writer *to, int operation)
{
    write_byte(to, operation);
    to->operands = 0;
}

/* Table 1 of the note: a whole number in one to three bytes, any other in five. */
static void write_number(writer *to, int32_t fixed)
{
    to->operands++;
    if (fixed % NB_OUTLINE_UNIT != 0) {
        write_byte(to, 255);
        for (int shift = 24; shift >= 0; shift -= 8)
            write_byte(to, (int)((uint32_t)fixed >> shift & 255));
        return;
    }
    int value = fixed / NB_OUTLINE_UNIT, past = abs(value) - 108;
    if (past < 0) {
        write_byte(to, value + 139);
    } else if (past < 1024) {
        write_byte(to, (value < 0 ? 251 : 247) + past / 256);
        write_byte(to, past % 256);
    } else {
        write_byte(to, 28);
        write_byte(to, (int)((unsigned)value >> 8 & 255));
        write_byte(to, (int)((unsigned)value & 255));
    }
}

/* All that a stroke says, with its zeros. */
static void write_whole(writer *to, const stroke *from)
{
    int points = from->kind == STROKE_CURVE ? 3 : 1;
    for (int i = 0; i < points; i++) {
        write_number(to, from->x[i]);
        write_number(to, from->y[i]);
    }
}

static void write_move(writer *to, const stroke *from)
{
    if (from->y[0] == 0) {
        write_number(to, from->x[0]);
        write_operator(to, HMOVETO);
    } else if (from->x[0] == 0) {
        write_number(to, from->y[0]);
        write_operator(to, VMOVETO);
    } else {
        write_whole(to, from);
        write_operator(to, RMOVETO);
    }
}

static bool is_kind(const writer *to, int at, stroke_kind kind)
{
    return at < to->count && to->strokes[at].kind == kind;
}

static bool has_room(const writer *to, int operands)
{
    return to->operands + operands <= MOST_OPERANDS;
}

/* Whether a line, or a curve at its first or last control point, lies along an axis. */
static bool is_level(const stroke *from, int point)
{
    return from->y[point] == 0;
}

static bool is_upright(const stroke *from, int point)
{
    return from->x[point] == 0;
}

static bool lies_along(const stroke *from, int point, bool level)
{
    return level ? is_level(from, point) : is_upright(from, point);
}

static bool is_plain(const stroke *curve)
{
    return !is_level(curve, 0) && !is_upright(curve, 0) && !is_level(curve, 2) &&
           !is_upright(curve, 2);
}

/* How many lines from at on lie along the axes by turns. */
static int count_turning_lines(const writer *to, int at)
{
    int end = at;
    if (!is_kind(to, at, STROKE_LINE))
        return 0;
    for (bool level = is_level(&to->strokes[at], 0);
         is_kind(to, end, STROKE_LINE) && lies_along(&to->strokes[end], 0, level); level = !level)
        end++;
    return end - at;
}

/* Both kinds return the stroke after those that were written. */
static int write_turning_lines(writer *to, int at, int end)
{
    bool level = is_level(&to->strokes[at], 0);
    int operation = level ? HLINETO : VLINETO;
    for (; at < end && has_room(to, 1); at++, level = !level)
        write_number(to, level ? to->strokes[at].x[0] : to->strokes[at].y[0]);
    write_operator(to, operation);
    return at;
}

/* A single line along an axis among others is not worth two more operators. */
static int write_lines(writer *to, int at)
{
    int turning = count_turning_lines(to, at);
    if (turning > 1 || (turning == 1 && !is_kind(to, at + 1, STROKE_LINE)))
        return write_turning_lines(to, at, at + turning);
    do {
        write_whole(to, &to->strokes[at++]);
    } while (is_kind(to, at, STROKE_LINE) && count_turning_lines(to, at) < 2 && has_room(to, 2));
    bool one_curve = is_kind(to, at, STROKE_CURVE) && !is_kind(to, at + 1, STROKE_CURVE);
    if (!one_curve || !is_plain(&to->strokes[at]) || !has_room(to, 6)) {
        write_operator(to, RLINETO);
        return at;
    }
    write_whole(to, &to->strokes[at]);
    write_operator(to, RLINECURVE);
    return at + 1;
}

/*
 * Curves that begin along one axis and end along the other, by turns; the last one may end as it
 * likes.
 */
static int write_turning_curves(writer *to, int at)
{
    bool level = is_level(&to->strokes[at], 0), turns = true;
    int operation = level ? HVCURVETO : VHCURVETO;
    for (; turns && is_kind(to, at, STROKE_CURVE); level = !level) {
        const stroke *curve = &to->strokes[at];
        if (!lies_along(curve, 0, level) || !has_room(to, 5))
            break;
        turns = lies_along(curve, 2, !level);
        write_number(to, level ? curve->x[0] : curve->y[0]);
        write_number(to, curve->x[1]);
        write_number(to, curve->y[1]);
        write_number(to, level ? curve->y[2] : curve->x[2]);
        if (!turns)
            write_number(to, level ? curve->x[2] : curve->y[2]);
        at++;
    }
    write_operator(to, operation);
    return at;
}

/* Curves that begin and end along one axis; the first may begin as it likes. */
static int write_straight_curves(writer *to, int at, bool level)
{
    const stroke *first = &to->strokes[at];
    if (!lies_along(first, 0, level))
        write_number(to, level ? first->y[0] : first->x[0]);
    do {
        const stroke *curve = &to->strokes[at++];
        write_number(to, level ? curve->x[0] : curve->y[0]);
        write_number(to, curve->x[1]);
        write_number(to, curve->y[1]);
        write_number(to, level ? curve->x[2] : curve->y[2]);
    } while (is_kind(to, at, STROKE_CURVE) && lies_along(&to->strokes[at], 0, level) &&
             lies_along(&to->strokes[at], 2, level) && has_room(to, 4));
    write_operator(to, level ? HHCURVETO : VVCURVETO);
    return at;
}

static int write_plain_curves(writer *to, int at)
{
    do {
        write_whole(to, &to->strokes[at++]);
    } while (is_kind(to, at, STROKE_CURVE) && is_plain(&to->strokes[at]) && has_room(to, 6));
    bool one_line = is_kind(to, at, STROKE_LINE) && !is_kind(to, at + 1, STROKE_LINE);
    if (!one_line || count_turning_lines(to, at) || !has_room(to, 2)) {
        write_operator(to, RRCURVETO);
        return at;
    }
    write_whole(to, &to->strokes[at]);
    write_operator(to, RCURVELINE);
    return at + 1;
}

static int write_curves(writer *to, int at)
{
    const stroke *curve = &to->strokes[at];
    bool begins_level = is_level(curve, 0), ends_level = is_level(curve, 2);
    if (ends_level && !is_upright(curve, 0))
        return write_straight_curves(to, at, true);
    if (is_upright(curve, 2) && !begins_level)
        return write_straight_curves(to, at, false);
    if (begins_level || is_upright(curve, 0))
        return write_turning_curves(to, at);
    return write_plain_curves(to, at);
}

/* The line that ends a contour where it began; readers close contours by themselves. */
static bool is_closing_line(const nb_segment *segments, int count, int at, const nb_segment *start)
{
    return segments[at].kind == NB_SEGMENT_LINE && at + 1 < count &&
           segments[at + 1].kind == NB_SEGMENT_CLOSE && segments[at].x[0] == start->x[0] &&
           segments[at].y[0] == start->y[0];
}

static int collect_strokes(const nb_outline *outline, stroke *strokes)
{
    static const stroke_kind kinds[] = { [NB_SEGMENT_MOVE] = STROKE_MOVE,
                                         [NB_SEGMENT_LINE] = STROKE_LINE,
                                         [NB_SEGMENT_CUBIC] = STROKE_CURVE };
    int count = 0, x = 0, y = 0;
    const nb_segment *start = outline->segments;
    for (int i = 0; i < outline->count; i++) {
        const nb_segment *segment = &outline->segments[i];
        assert(segment->kind != NB_SEGMENT_QUAD);
        if (segment->kind == NB_SEGMENT_MOVE)
            start = segment;
        if (segment->kind == NB_SEGMENT_CLOSE ||
            is_closing_line(outline->segments, outline->count, i, start))
            continue;
        stroke *to = &strokes[count++];
        to->kind = kinds[segment->kind];
        for (int point = 0; point < (to->kind == STROKE_CURVE ? 3 : 1); point++) {
            to->x[point] = segment->x[point] - x;
            to->y[point] = segment->y[point] - y;
            x = segment->x[point];
            y = segment->y[point];
        }
    }
    return count;
}

nb_string nb_charstring_write(const nb_outline *outline, nb_charstring_width width, nb_arena *arena)
{
    enum { NUMBER = 5, LARGEST_STROKE = 6 * NUMBER + 1 };
    size_t room = (size_t)outline->count * LARGEST_STROKE + NUMBER + 1;
    stroke *strokes = NB_NEW_ARRAY(arena, stroke, (size_t)outline->count);
    writer to = { .out = nb_arena_alloc(arena, room), .strokes = strokes };
    to.count = collect_strokes(outline, strokes);
    if (width.advance != width.common)
        write_number(&to, width.advance * NB_OUTLINE_UNIT);
    for (int at = 0; at < to.count;) {
        if (to.strokes[at].kind == STROKE_MOVE)
            write_move(&to, &to.strokes[at++]);
        else if (to.strokes[at].kind == STROKE_LINE)
            at = write_lines(&to, at);
        else
            at = write_curves(&to, at);
    }
    write_operator(&to, ENDCHAR);
    return (nb_string){ (const char *)to.out, to.length };
}
