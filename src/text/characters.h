/* What the breaking rules ask about characters. */
#ifndef NB_TEXT_CHARACTERS_H
#define NB_TEXT_CHARACTERS_H

#include "text/paragraph.h"

/*
 * The script of a character; punctuation, symbols and spaces take that of the character before
 * them.
 */
nb_script nb_script_after(uint32_t code_point, nb_script before);

/* Of the block of unified ideographs, to which nearly all text belongs, and no mark. */
static inline bool nb_is_hanzi(uint32_t code_point)
{
    return code_point >= 0x4E00 && code_point <= 0x9FFF;
}

/* Drawn over the character before it, or telling how that is drawn; class CM of UAX #14. */
bool nb_is_combining(uint32_t code_point);

/* Categories L and N, as far as Chinese and European text has them. */
bool nb_is_letter_or_number(uint32_t code_point);

/*
 * Dashes, ellipses, and signs after numbers: set in the Chinese face, but broken by the rules of
 * UAX #14.
 */
bool nb_is_connector(uint32_t code_point);
/*
 * Whether a word joiner must hold a character to the one before it: UAX #14 lets — and ／ begin a
 * line, and Chinese does not when they stand alone. before and after are its neighbours, 0 at
 * either end.
 */
bool nb_takes_joiner(uint32_t before, uint32_t code_point, uint32_t after);

/*
 * Chinese rules (GB/T 15834, GB level of 避头尾): marks that may not begin a line, may not end one,
 * may hang past its end.
 */
bool nb_may_not_begin_line(uint32_t code_point);
bool nb_may_not_end_line(uint32_t code_point);
bool nb_may_hang(uint32_t code_point);

/* Line breaking classes of UAX #14, as word processors resolve them. */
typedef enum nb_break_class {
    NB_CLASS_OP,
    NB_CLASS_CL,
    NB_CLASS_QU,
    NB_CLASS_GL,
    NB_CLASS_NS,
    NB_CLASS_EX,
    NB_CLASS_SY,
    NB_CLASS_IS,
    NB_CLASS_PR,
    NB_CLASS_PO,
    NB_CLASS_NU,
    NB_CLASS_AL,
    NB_CLASS_ID,
    NB_CLASS_IN,
    NB_CLASS_HY,
    NB_CLASS_BA,
    NB_CLASS_BB,
    NB_CLASS_B2,
    NB_CLASS_ZW,
    NB_CLASS_CM,
    NB_CLASS_WJ,
    NB_CLASS_SP
} nb_break_class;

nb_break_class nb_break_class_of(uint32_t code_point);

#endif
