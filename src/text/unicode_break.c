/*
 * UAX #14 as word processors apply it: the rules of Unicode 5.0, with LB 30 also for full-width
 * brackets.
 */
#include "text/characters.h"
#include "text/line_break.h"

static nb_break_class class_at(const nb_paragraph *paragraph, int at)
{
    return nb_break_class_of(paragraph->characters[at].code_point);
}

/* The character that at stands on: combining marks belong to the one before them (LB 9). */
static int base_before(const nb_paragraph *paragraph, int at)
{
    int base = at - 1;
    while (base > 0 && class_at(paragraph, base) == NB_CLASS_CM)
        base--;
    return base;
}

/* The last character before at that is not a space, or -1. */
static int past_spaces(const nb_paragraph *paragraph, int at)
{
    int before = at - 1;
    while (before >= 0 && class_at(paragraph, before) == NB_CLASS_SP)
        before--;
    return before;
}

static bool is_any(nb_break_class class, unsigned set)
{
    return (set >> class & 1) != 0;
}
#define SET(class) (1u << NB_CLASS_##class)

/* What holds whatever stands between: LB 7, 11, 12, 13, 14, 16, 17. */
static bool is_held_over_spaces(const nb_paragraph *paragraph, int at, nb_break_class after)
{
    int before = past_spaces(paragraph, at);
    nb_break_class left = before < 0 ? NB_CLASS_SP : class_at(paragraph, before);
    if (is_any(after, SET(SP) | SET(ZW) | SET(WJ) | SET(CL) | SET(EX) | SET(IS) | SET(SY)))
        return true;
    return left == NB_CLASS_OP || (left == NB_CLASS_CL && after == NB_CLASS_NS) ||
           (left == NB_CLASS_B2 && after == NB_CLASS_B2);
}

/* LB 19, 21 to 24 and 28 to 30: pairs of neighbours that stay together. */
static bool is_held_pair(nb_break_class before, nb_break_class after)
{
    if (is_any(before, SET(WJ) | SET(GL) | SET(QU) | SET(BB)) ||
        is_any(after, SET(GL) | SET(QU) | SET(BA) | SET(HY) | SET(NS)))
        return true;
    static const unsigned held_after[] = {
        [NB_CLASS_AL] = SET(AL) | SET(NU) | SET(IN) | SET(PR) | SET(OP),
        [NB_CLASS_NU] = SET(AL) | SET(NU) | SET(IN) | SET(PO) | SET(PR) | SET(OP),
        [NB_CLASS_ID] = SET(IN) | SET(PO),
        [NB_CLASS_IN] = SET(IN),
        [NB_CLASS_PR] = SET(AL) | SET(NU) | SET(ID),
        [NB_CLASS_PO] = SET(AL) | SET(NU),
        [NB_CLASS_CL] = SET(AL) | SET(NU),
        [NB_CLASS_IS] = SET(AL) | SET(NU),
        [NB_CLASS_SP] = 0,
    };
    return is_any(after, held_after[before]);
}

/* Whether a number, with marks between its digits, ends in a character: 3, 3. or 1/ of 1/2. */
static bool ends_in_number(const nb_paragraph *paragraph, int last)
{
    while (last >= 0 && is_any(class_at(paragraph, last), SET(IS) | SET(SY)))
        last--;
    return last >= 0 && class_at(paragraph, last) == NB_CLASS_NU;
}

/* LB 25, of numbers only: 1/2, (15)%, 3.5‰, $(20). A path of the web may end a line: zwgk/|2025. */
static bool is_within_number(const nb_paragraph *paragraph, int before, int at)
{
    nb_break_class left = class_at(paragraph, before), right = class_at(paragraph, at);
    if (right == NB_CLASS_NU)
        return left == NB_CLASS_SY && ends_in_number(paragraph, before);
    if (right == NB_CLASS_OP)
        return is_any(left, SET(PO) | SET(PR)) && at + 1 < paragraph->count &&
               class_at(paragraph, at + 1) == NB_CLASS_NU;
    return is_any(right, SET(PO) | SET(PR)) &&
           ends_in_number(paragraph, left == NB_CLASS_CL ? before - 1 : before);
}

bool nb_may_break_by_unicode(const nb_paragraph *paragraph, int at)
{
    if (at <= 0 || at >= paragraph->count)
        return false;
    nb_break_class after = class_at(paragraph, at);
    if (after == NB_CLASS_CM && class_at(paragraph, at - 1) != NB_CLASS_SP)
        return false;
    int base = base_before(paragraph, at);
    nb_break_class before = class_at(paragraph, base);
    if (before == NB_CLASS_ZW)
        return true;
    if (is_held_over_spaces(paragraph, at, after))
        return false;
    if (before == NB_CLASS_SP)
        return true;
    return !is_held_pair(before, after) && !is_within_number(paragraph, base, at);
}
