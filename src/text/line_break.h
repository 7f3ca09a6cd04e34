/* Breaking a prepared paragraph into lines. */
#ifndef NB_TEXT_LINE_BREAK_H
#define NB_TEXT_LINE_BREAK_H

#include "text/paragraph.h"

/* What a character takes on a line where marks give up the empty half of their width. */
typedef struct nb_fitted {
    int32_t units; /* its advance, with the space after it unless it is the last */
    /* its glyph stands so far to the left of its place: what is cut away lies before the ink */
    int32_t shift;
} nb_fitted;

typedef struct nb_line {
    int first, end; /* the characters it shows; blanks that its end swallows are not among them */
    int next;       /* first character of the line after it */
    int hanging;    /* how many of its last characters stand past the right edge: 0 or 1 */
    bool is_last;   /* of the paragraph, or before a forced break: not stretched */
    const nb_fitted *fitted; /* per character it shows; NULL: marks are as wide as they are drawn */
} nb_line;

/*
 * Where an editor would not end a line although the rules of punctuation let it; from the page
 * style.
 */
typedef struct nb_hold_rules {
    nb_string units;    /* characters that stay with the number before them: 件 年 万 … */
    nb_string prefixes; /* characters that stay with the number after them: 第 */
} nb_hold_rules;

typedef struct nb_measure {
    nb_length width;           /* of each line … */
    nb_length first_line;      /* … and of the first */
    bool may_hang;             /* one closing mark may stand past the right edge */
    const nb_hold_rules *hold; /* NULL: punctuation alone decides, as in narrow table cells */
} nb_measure;

/*
 * The grid profile: whole cells, as word processors break Chinese text without compressing marks.
 * Where a line should end earlier than a word processor would end it (it would split a number from
 * its unit, or leave one character for the last line), the tracking of its characters is raised
 * until it does, and stays so in the paragraph: a DOCX must say the same. Lines live in the arena;
 * an empty paragraph has one empty line.
 */
void nb_break_lines(nb_paragraph *paragraph, nb_measure measure, nb_arena *arena, nb_line **lines,
                    int *count);

/* Whether the rules hold together the characters before and at a place. */
bool nb_is_held(const nb_paragraph *paragraph, const nb_hold_rules *rules, int at);

/*
 * The compact profile: marks take half their width at line ends and beside other marks, and more of
 * them where that brings one onto the line that may not begin the next (GB/T 15834-2011,
 * 中文排版需求). Nothing hangs. Lines as above.
 */
void nb_break_lines_compact(const nb_paragraph *paragraph, nb_measure measure, nb_arena *arena,
                            nb_line **lines, int *count);

/*
 * Width in twips of a line's characters up to end, set from first, with the gaps between scripts.
 */
int nb_line_width(const nb_paragraph *paragraph, int first, int end);

/*
 * Where each character of a line stands, in EMU from the line's left end: its natural place, moved
 * so that the line fills width when it is justified. x has line->end - line->first entries. Returns
 * the line's width without what hangs.
 */
nb_length nb_place_line(const nb_paragraph *paragraph, const nb_line *line, nb_length width,
                        bool justify, nb_length *x);

/* Whether a line may end before character at, by UAX #14. */
bool nb_may_break_by_unicode(const nb_paragraph *paragraph, int at);

#endif
