/* Title, agency and year, from the lines that stand before the first heading. */
#include "import/recognise.h"

enum {
    MOST_LINES = 64, /* before the first heading that are looked through for a title */
    MOST_TITLE_LINES = 4,
    LONGEST_TITLE = 1200, /* bytes */
    FIRST_YEAR = 1949,
    LAST_YEAR = 2999
};

typedef struct title_match {
    nb_string agency;
    int year;
} title_match;

static uint32_t first_character(nb_string text)
{
    const char *at = text.data;
    return text.length ? nb_fold_width(nb_utf8_next(&at, text.data + text.length))
                       : NB_UTF8_INVALID;
}

static nb_string after_first(nb_string text)
{
    const char *at = text.data;
    nb_utf8_next(&at, text.data + text.length);
    return (nb_string){ at, text.length - (size_t)(at - text.data) };
}

/* The year that the text begins with, and *rest what follows; 0 when it begins with none. */
static int year_of(nb_string text, nb_string *rest)
{
    int year = 0;
    for (int i = 0; i < 4; i++) {
        uint32_t c = first_character(text);
        if (c < '0' || c > '9')
            return 0;
        year = year * 10 + (int)(c - '0');
        text = after_first(text);
    }
    *rest = text;
    return year >= FIRST_YEAR && year <= LAST_YEAR ? year : 0;
}

/* The way to a page, 首页 > 政府信息公开 > …, ends in its title but is none. */
static bool has_separator(nb_string text)
{
    for (nb_string at = text; at.length; at = after_first(at)) {
        uint32_t c = first_character(at);
        if (c == '>' || c == '|' || c == '/' || c == '_' || c == 0xBB || c == 0x203A)
            return true;
    }
    return false;
}

/* Whether the text is the pattern with something in place of each {name}. */
static bool matches(nb_string pattern, nb_string text, title_match *match)
{
    while (pattern.length && pattern.data[0] != '{') {
        if (first_character(pattern) != first_character(text))
            return false;
        pattern = after_first(pattern);
        text = after_first(text);
    }
    if (!pattern.length)
        return !text.length;
    const char *close = memchr(pattern.data, '}', pattern.length);
    if (!close)
        return false;
    nb_string name = { pattern.data + 1, (size_t)(close - pattern.data) - 1 };
    nb_string after = { close + 1, pattern.length - name.length - 2 };
    if (nb_string_is(name, "year")) {
        nb_string rest;
        match->year = year_of(text, &rest);
        return match->year && matches(after, rest, match);
    }
    /* The shortest text that lets the rest match. */
    for (nb_string rest = text; rest.length;) {
        rest = after_first(rest);
        if (!matches(after, rest, match))
            continue;
        if (nb_string_is(name, "agency") &&
            has_separator((nb_string){ text.data, text.length - rest.length }))
            continue;
        if (nb_string_is(name, "agency"))
            match->agency = (nb_string){ text.data, text.length - rest.length };
        return true;
    }
    return false;
}

/* Texts one after the other without blanks, in the arena. */
static nb_string without_blanks(nb_arena *arena, const nb_string *texts, int count)
{
    size_t room = 1, length = 0;
    for (int i = 0; i < count; i++)
        room += texts[i].length;
    char *joined = nb_arena_alloc(arena, room);
    for (int i = 0; i < count; i++) {
        const char *at = texts[i].data, *end = at + texts[i].length;
        while (at < end) {
            const char *start = at;
            if (nb_is_blank_character(nb_utf8_next(&at, end)))
                continue;
            memcpy(joined + length, start, (size_t)(at - start));
            length += (size_t)(at - start);
        }
    }
    return (nb_string){ joined, length };
}

/*
 * Whether the text has most letters of the pattern's own words, in order, and a year: a title
 * worded otherwise.
 */
static bool resembles(nb_string pattern, nb_string text, title_match *match)
{
    int letters = 0, found = 0;
    bool is_name = false;
    nb_string rest = text, after;
    *match = (title_match){ { "", 0 }, 0 };
    for (nb_string at = text; at.length && !match->year; at = after_first(at)) {
        match->year = year_of(at, &after);
        match->agency = (nb_string){ text.data, text.length - at.length };
    }
    for (; pattern.length; pattern = after_first(pattern)) {
        uint32_t c = first_character(pattern);
        is_name = c == '{' || (is_name && c != '}');
        if (is_name || c == '}')
            continue;
        nb_string next = rest;
        while (next.length && first_character(next) != c)
            next = after_first(next);
        letters++;
        if (next.length) {
            rest = after_first(next);
            found++;
        }
    }
    return match->year && 3 * found >= 2 * letters;
}

/*
 * The fewest lines that together are a title, so that it takes in none before it. Returns the
 * first of them, or -1.
 */
static int find_title(nb_arena *arena, nb_string pattern, const nb_string *texts, int count,
                      bool (*is_title)(nb_string pattern, nb_string text, title_match *match),
                      int *line_count, title_match *match)
{
    for (*line_count = 1; *line_count <= MOST_TITLE_LINES; ++*line_count)
        for (int first = 0; first + *line_count <= count; first++) {
            size_t length = 0;
            for (int i = first; i < first + *line_count; i++)
                length += texts[i].length;
            if (length <= LONGEST_TITLE &&
                is_title(pattern, without_blanks(arena, texts + first, *line_count), match))
                return first;
        }
    return -1;
}

static void take_title(nb_importer *importer, const nb_text_line *lines, int count,
                       const title_match *match)
{
    const nb_form *form = importer->form;
    nb_value *values = importer->report->values;
    nb_value stated = { .state = NB_VALUE_STATED,
                        .line = lines[0].line,
                        .column = lines[0].column };
    if (match->agency.length) {
        values[form->agency_slot] = stated;
        values[form->agency_slot].text = match->agency;
    }
    if (match->year) {
        values[form->year_slot] = stated;
        values[form->year_slot].number = match->year;
        values[form->year_slot].text =
            nb_string_of(nb_arena_print(importer->arena, "%d", match->year));
    }
    nb_value *title = &values[form->title_slot];
    *title = stated;
    title->item_count = count;
    title->items = NB_NEW_ARRAY(importer->arena, nb_item, (size_t)count);
    for (int i = 0; i < count; i++)
        title->items[i] = nb_cleaned_item(importer, &lines[i], NULL);
}

static void tell_other_wording(nb_importer *importer, const nb_text_line *line, nb_string pattern)
{
    nb_place place = { importer->report->name, line->line, line->column, "/title" };
    nb_findings_add(importer->findings, NB_WARNING, "I4", place,
                    NB_SAY(importer->findings, "标题与表单规定的“%.*s”不同",
                           "the title differs from the one the form has: %.*s"),
                    (int)pattern.length, pattern.data);
}

/* A page whose text has no title may still have been given a name. */
static void take_hint(nb_importer *importer, nb_string pattern)
{
    for (int i = 0; i < importer->hint_count; i++) {
        const nb_text_line *line = &importer->hints[i];
        nb_string text = nb_cleaned(importer, line, NULL);
        title_match match = { { "", 0 }, 0 };
        int line_count;
        if (find_title(importer->arena, pattern, &text, 1, matches, &line_count, &match) == 0) {
            take_title(importer, line, 1, &match);
            return;
        }
    }
}

void nb_import_title(nb_importer *importer, const nb_text_line *from, int from_count)
{
    nb_arena *arena = importer->arena;
    const nb_form *form = importer->form;
    const char *pointer = form->slots[form->title_slot].pointer;
    nb_text_line *lines = NB_NEW_ARRAY(arena, nb_text_line, (size_t)from_count);
    nb_string *texts = NB_NEW_ARRAY(arena, nb_string, (size_t)from_count);
    nb_string pattern = without_blanks(arena, form->title, form->title_count);
    title_match match = { { "", 0 }, 0 };
    int count = 0, line_count = 0;
    for (int i = 0; i < from_count; i++) {
        lines[count] = from[i];
        texts[count] = nb_cleaned(importer, &from[i], from[i].is_aside ? NULL : pointer);
        count += texts[count].length > 0;
    }
    int passed = count < MOST_LINES ? 0 : count - MOST_LINES;
    int first =
        find_title(arena, pattern, texts + passed, count - passed, matches, &line_count, &match);
    bool is_other = first < 0;
    if (is_other)
        first = find_title(arena, pattern, texts + passed, count - passed, resembles, &line_count,
                           &match);
    first += first < 0 ? 0 : passed;
    if (is_other && first >= 0)
        tell_other_wording(importer, &lines[first], pattern);
    if (first >= 0)
        take_title(importer, lines + first, line_count, &match);
    else
        take_hint(importer, pattern);
    for (int i = 0; i < count; i++)
        if (!lines[i].is_aside && (first < 0 || i < first || i >= first + line_count))
            nb_tell_unplaced(importer, &lines[i], texts[i]);
}

int nb_title_at_end(nb_importer *importer, const nb_string *texts, int count, nb_string *title)
{
    const nb_form *form = importer->form;
    nb_string pattern = without_blanks(importer->arena, form->title, form->title_count);
    title_match match = { { "", 0 }, 0 };
    *title = NB_STRING("");
    for (int lines = 1; lines <= count; lines++) {
        int found;
        if (find_title(importer->arena, pattern, texts + count - lines, lines, matches, &found,
                       &match) == 0 &&
            found == lines) {
            *title = without_blanks(importer->arena, texts + count - lines, lines);
            return lines;
        }
    }
    return 0;
}
