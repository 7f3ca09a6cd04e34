/*
 * What breaking and placing lines of the compact profile share; for the files of this folder only.
 * "CLREQ" is 中文排版需求 (Requirements for Chinese Text Layout, W3C).
 */
#ifndef NB_TEXT_COMPACT_H
#define NB_TEXT_COMPACT_H

#include "text/line_break.h"

/*
 * Marks, by the half that is empty: the left one of an opening mark, the right one of all others.
 */
typedef enum nb_mark_kind {
    NB_MARK_NONE,
    NB_MARK_OPENING,
    NB_MARK_CLOSING,
    NB_MARK_PAUSE, /* ， 、 ； */
    NB_MARK_COLON,
    NB_MARK_STOP,   /* 。 */
    NB_MARK_ASKING, /* ？ ！, drawn at the left or, in some faces, in the middle */
    NB_MARK_NARROW  /* · ／: half width wherever they stand */
} nb_mark_kind;

/*
 * In which order a line is squeezed (CLREQ, 挤压处理的优先顺序). Line ends come before all these
 * and are always cut; 间隔号 are half wide already.
 */
typedef enum nb_squeeze_class {
    NB_SQUEEZE_WORD_SPACE,
    NB_SQUEEZE_BRACKET,
    NB_SQUEEZE_PAUSE,
    NB_SQUEEZE_GAP,
    NB_SQUEEZE_STOP,
    NB_SQUEEZE_NEVER
} nb_squeeze_class;

typedef struct nb_mark_width {
    nb_mark_kind kind;
    int32_t left, right; /* what may be cut away on either side */
    int32_t cut;         /* what is cut away inside a line */
} nb_mark_width;

/* A paragraph's widths, and what was asked for. */
typedef struct nb_compact {
    const nb_paragraph *paragraph;
    nb_arena *arena;
    nb_measure measure;
    int32_t em, gap;
    nb_mark_width *marks;
    int32_t *after; /* per character: tracking or gap to the next one */
    int64_t *start; /* per character: where it would stand if the whole paragraph were one line … */
    int64_t *slack; /* … and by how much all before it might be squeezed */
} nb_compact;

nb_compact nb_compact_measure(const nb_paragraph *paragraph, nb_measure measure, nb_arena *arena);

/* Marks of two halves, the ink on one side and nothing on the other. */
bool nb_has_empty_half(nb_mark_kind kind);
int32_t nb_mark_room(const nb_mark_width *mark);
nb_squeeze_class nb_mark_class(nb_mark_kind kind);

/*
 * How much a character inside a line may give up to one class of squeezing: of its mark, or of the
 * space it is or has after it.
 */
int32_t nb_squeezable(const nb_compact *c, int at, nb_squeeze_class class);

/*
 * What the line's edges cut from its first and last characters beyond what is cut anyway: the left
 * half of an opening mark (CLREQ, 行首行尾标点挤压), the right half of any other full-width mark
 * (GB/T 15834 5.1.10).
 */
int32_t nb_cut_at_start(const nb_compact *c, int first);
int32_t nb_cut_at_end(const nb_compact *c, int last);

/*
 * Width in units of a line from first to the character last, before it is squeezed, and squeezed as
 * far as it goes.
 */
int64_t nb_compact_width(const nb_compact *c, int first, int last);
int64_t nb_compact_least_width(const nb_compact *c, int first, int last);

/* The width of a Chinese character, in units. */
int32_t nb_em_units(const nb_paragraph *paragraph);

/*
 * The space between a Chinese character and a letter or digit, in units; and whether it stands
 * after a character.
 */
int32_t nb_gap_units(const nb_paragraph *paragraph);
bool nb_has_gap_after(const nb_paragraph *paragraph, int at);

bool nb_is_word_space(uint32_t code_point);

/*
 * A mark that joins what stands on both its sides: 连接号 (but not the 破折号, which is two
 * dashes), 分隔号.
 */
bool nb_is_linking_mark(const nb_paragraph *paragraph, int at);

/* —— and ……: whether the character and the one after it are parts of one mark. */
bool nb_is_within_mark(const nb_paragraph *paragraph, int at);

/* As nb_place_line, for a line with fitted characters. */
nb_length nb_place_compact(const nb_paragraph *paragraph, const nb_line *line, nb_length width,
                           bool justify, nb_length *x);

#endif
