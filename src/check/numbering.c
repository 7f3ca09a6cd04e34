/*
 * The numbers of headings: in their order, without gaps, and in the form of their level.
 *
 * GB/T 9704-2012 7.3.3: 一、 （一） 1. （1）, whose form the page style has. A paragraph may begin with
 * a number and be no heading; it is taken into account where it fits, and never judged.
 */
#include "check/text_check.h"

#include "base/numerals.h"

enum { MOST_LIKE = 8 };

typedef struct counting {
    const nb_text_checking *c;
    int section_level;                    /* of the section's own heading */
    int depth;                            /* level of the heading that the text is under */
    int last[NB_HEADING_LEVELS_MOST + 2]; /* by level; below a section of the last one too */
    int last_like[MOST_LIKE];
    bool after_paragraph; /* a text without number stands between */
} counting;

/* 三 at the second level as （三）. */
static const char *number_of_level(const counting *n, int level, int number)
{
    const nb_heading_pattern *pattern = &n->c->run->style->patterns[level - 1];
    nb_buffer *out = nb_buffer_new(n->c->run->arena, 256);
    nb_buffer_text(out, pattern->before);
    if (pattern->chinese)
        nb_chinese_number(out, number);
    else
        nb_buffer_integer(out, number);
    nb_buffer_text(out, pattern->after);
    return nb_arena_copy(n->c->run->arena, out->data, out->length);
}

static int next_of(const counting *n, int level)
{
    return level > n->depth ? 1 : n->last[level] + 1;
}

static void take(counting *n, int level, int number)
{
    for (int deeper = level + 1; deeper <= NB_HEADING_LEVELS_MOST; deeper++)
        n->last[deeper] = 0;
    n->last[level] = number;
    n->depth = level;
}

static void tell(const counting *n, const nb_prose *prose, nb_range range, int level, int number)
{
    nb_text_tell(n->c, prose, range, number_of_level(n, level, number));
}

/* The level above or below at which this number would be the next one, or 0. */
static int level_awaiting(const counting *n, int other_than, int number)
{
    for (int level = n->depth; level > n->section_level; level--)
        if (level != other_than && n->last[level] + 1 == number)
            return level;
    return 0;
}

static void judge_heading(counting *n, const nb_prose *prose)
{
    int level = prose->look.level, number = prose->look.number;
    nb_range range = { 0, prose->look.number_bytes };
    if (level <= n->section_level) {
        level = n->section_level + 1;
        if (level <= n->c->run->style->pattern_count)
            tell(n, prose, range, level, next_of(n, level));
        take(n, level, next_of(n, level));
        return;
    }
    int next = next_of(n, level);
    bool starts_again = number == 1 && next > 2 && n->after_paragraph;
    int awaiting = number > 1 && number != next ? level_awaiting(n, level, number) : 0;
    if (awaiting) {
        tell(n, prose, range, awaiting, number);
        take(n, awaiting, number);
        return;
    }
    if (n->depth > n->section_level && level > n->depth + 1)
        tell(n, prose, range, n->depth + 1, 1);
    else if (number != next && !starts_again)
        tell(n, prose, range, level, next);
    take(n, level, number ? number : next);
}

/* A number in another form than any level's, where the next number of a level is awaited. */
static bool judge_like(counting *n, const nb_prose *prose)
{
    const nb_text_check *check = n->c->check;
    for (int i = 0; i < check->like_count && i < MOST_LIKE; i++) {
        nb_range found, digits;
        if (!nb_pattern_may_fit(check->like[i], prose->met) ||
            !nb_pattern_find(check->like[i], n->c->finder, prose->text, 0, &found) ||
            !nb_finder_group(n->c->finder, "number", &digits))
            continue;
        (void)nb_finder_group(n->c->finder, "here", &found);
        int number = nb_number_in_words(
            (nb_string){ prose->text.data + digits.from, digits.to - digits.from });
        bool goes_on = n->last_like[i] && number == n->last_like[i] + 1;
        bool is_chinese = (unsigned char)prose->text.data[digits.from] >= 0x80;
        int first = n->section_level + 1;
        int awaiting = number > 1 ? level_awaiting(n, 0, number) : 0;
        if (is_chinese && first <= n->c->run->style->pattern_count && number == next_of(n, first))
            awaiting = first;
        if (!awaiting || goes_on) {
            n->last_like[i] = number;
            return true;
        }
        tell(n, prose, found, awaiting, number);
        take(n, awaiting, number);
        return true;
    }
    return false;
}

static void count_text(counting *n, const nb_prose *prose)
{
    const nb_prose_look *look = &prose->look;
    bool is_numbered = look->pattern && !prose->item->picture.length;
    if (is_numbered && look->kind != NB_PROSE_PARAGRAPH)
        judge_heading(n, prose);
    else if (is_numbered && look->level > n->section_level &&
             look->number == next_of(n, look->level))
        take(n, look->level, look->number);
    else if (!is_numbered)
        is_numbered = judge_like(n, prose);
    n->after_paragraph = !is_numbered;
}

void nb_check_numbering(const nb_text_checking *c)
{
    const nb_form_part *part = NULL;
    counting n = { .c = c };
    for (int i = 0; i < c->run->prose_count; i++) {
        const nb_prose *prose = &c->run->prose[i];
        if (prose->part->table || !nb_text_is_looked_at(c, prose))
            continue;
        if (prose->part != part) {
            int level = nb_prose_classify(c->run->style, prose->part->heading).level;
            part = prose->part;
            n = (counting){ .c = c, .section_level = level, .depth = level };
        }
        count_text(&n, prose);
    }
}
