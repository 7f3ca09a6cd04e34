/* Checks that look for something in the texts and judge each place where it is. */
#include "check/text_check.h"

#include "base/calendar.h"

/* The number in a group of what was found: 12, 十二; -1 when there is none. */
static int number_in(const nb_text_checking *c, nb_string text, const char *group)
{
    nb_range range;
    if (!nb_finder_group(c->finder, group, &range))
        return -1;
    return nb_number_in_words((nb_string){ text.data + range.from, range.to - range.from });
}

static bool contains(nb_string text, nb_string part)
{
    for (size_t i = 0; part.length && i + part.length <= text.length; i++)
        if (memcmp(text.data + i, part.data, part.length) == 0)
            return true;
    return false;
}

/* The words that stand for what is right, or NULL when nothing is wrong. */
static const char *wanted_year(const nb_text_checking *c, nb_string text)
{
    const nb_value *year = &c->run->report->values[c->run->form->year_slot];
    int stated = number_in(c, text, "year");
    if (c->check->alone && contains(text, year->text))
        return NULL;
    return year->state != NB_VALUE_STATED || stated < 0 || stated == year->number
               ? NULL
               : nb_arena_print(c->run->arena, "%lld", (long long)year->number);
}

static const char *wanted_date(const nb_text_checking *c, nb_string text)
{
    int year = number_in(c, text, "year"), month = number_in(c, text, "month");
    int day = number_in(c, text, "day");
    return nb_is_day(year < 0 ? 0 : year, month, day) ? NULL : "";
}

static const char *wanted_part_count(const nb_text_checking *c, nb_string text)
{
    int stated = number_in(c, text, "number");
    return stated < 0 || stated == c->run->form->part_count
               ? NULL
               : nb_arena_print(c->run->arena, "%d", c->run->form->part_count);
}

/* The list of words with one of which a text has in common, or NULL. */
static const nb_json *group_of(const nb_json *groups, nb_string text)
{
    for (const nb_json *group = groups->first; group; group = group->next)
        for (const nb_json *word = group->first; word; word = word->next)
            if (contains(text, word->text))
                return group;
    return NULL;
}

static nb_string agency_of(const nb_text_checking *c)
{
    return c->run->report->values[c->run->form->agency_slot].text;
}

/* The word belongs to agencies of another kind; of an unknown kind nothing can be said. */
static const char *wanted_word(const nb_text_checking *c, nb_string text)
{
    nb_range range;
    if (!nb_finder_group(c->finder, "word", &range))
        return NULL;
    nb_string word = { text.data + range.from, range.to - range.from };
    const nb_json *own = group_of(c->check->groups, agency_of(c));
    for (const nb_json *same = own ? own->first : NULL; same; same = same->next)
        if (contains(word, same->text))
            return NULL;
    return own ? "" : NULL;
}

/* The last characters of a text. */
static nb_string tail(nb_string text, int characters)
{
    const char *at = text.data + text.length;
    while (at > text.data && characters > 0)
        if ((*--at & 0xC0) != 0x80)
            characters--;
    return (nb_string){ at, text.length - (size_t)(at - text.data) };
}

/*
 * An office that the agency is too, of a region that its name does not have. What stands before a
 * region's name is often taken for part of it, so its last two characters are compared.
 */
static const char *wanted_region(const nb_text_checking *c, nb_string text)
{
    nb_range office, region;
    if (!nb_finder_group(c->finder, "office", &office) ||
        !nb_finder_group(c->finder, "region", &region))
        return NULL;
    nb_string agency = agency_of(c);
    nb_string words = { text.data + region.from, region.to - region.from };
    return contains(agency, (nb_string){ text.data + office.from, office.to - office.from }) &&
                   !contains(agency, tail(words, 2))
               ? ""
               : NULL;
}

static const char *wanted(const nb_text_checking *c, nb_string text)
{
    switch (c->check->kind) {
    case NB_TEXT_YEAR:
        return wanted_year(c, text);
    case NB_TEXT_DATE:
        return wanted_date(c, text);
    case NB_TEXT_PART_COUNT:
        return wanted_part_count(c, text);
    case NB_TEXT_OTHERS:
        return wanted_word(c, text);
    case NB_TEXT_ELSEWHERE:
        return wanted_region(c, text);
    default:
        return "";
    }
}

/* The sentence around a range of a text, up to the sentence marks of the page style. */
static nb_string sentence_around(const nb_text_checking *c, nb_string text, nb_range range)
{
    nb_string marks = c->run->style->sentence_marks;
    const char *start = text.data, *at = text.data, *end = text.data + text.length;
    while (at < end) {
        const char *mark = at;
        (void)nb_utf8_next(&at, end);
        if (!contains(marks, (nb_string){ mark, (size_t)(at - mark) }))
            continue;
        if (at <= text.data + range.from)
            start = at;
        else if (mark >= text.data + range.to)
            end = at;
    }
    return (nb_string){ start, (size_t)(end - start) };
}

static bool is_excused(const nb_text_checking *c, const nb_prose *prose, nb_range range)
{
    nb_range found;
    return c->check->unless && nb_pattern_may_fit(c->check->unless, prose->met) &&
           nb_pattern_find(c->check->unless, c->finder, sentence_around(c, prose->text, range), 0,
                           &found);
}

static void look_at(const nb_text_checking *c, const nb_prose *prose)
{
    size_t start = 0;
    nb_range whole;
    if (!nb_pattern_may_fit(c->check->find, prose->met))
        return;
    while (nb_pattern_find(c->check->find, c->finder, prose->text, start, &whole)) {
        nb_range marked = whole;
        (void)nb_finder_group(c->finder, "here", &marked);
        const char *right = wanted(c, prose->text);
        start = whole.to > start ? whole.to : start;
        if (whole.to == whole.from && start < prose->text.length) {
            const char *next = prose->text.data + start;
            (void)nb_utf8_next(&next, prose->text.data + prose->text.length);
            start = (size_t)(next - prose->text.data);
        }
        if (right && !is_excused(c, prose, whole)) {
            nb_text_tell(c, prose, marked, right);
            if (c->check->once)
                return;
        }
        if (start >= prose->text.length)
            return;
    }
}

void nb_check_found(const nb_text_checking *c)
{
    for (int i = 0; i < c->run->title_count; i++)
        if (nb_text_is_looked_at(c, &c->run->title[i]))
            look_at(c, &c->run->title[i]);
    for (int i = 0; i < c->run->prose_count; i++)
        if (nb_text_is_looked_at(c, &c->run->prose[i]))
            look_at(c, &c->run->prose[i]);
}
