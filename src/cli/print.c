#include "cli/print.h"

#include "cli/save.h"
#include "cli/screen.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
    MARGIN = 4,         /* before the line of the source */
    LONGEST_SHOWN = 72, /* columns of it */
    BEFORE_CARET = 36   /* of them, at most, when the line is longer */
};

static const char *severity_word(nb_severity severity, nb_language language)
{
    static const char *const words[][2] = { [NB_INFO] = { "说明", "note" },
                                            [NB_WARNING] = { "警告", "warning" },
                                            [NB_ERROR] = { "错误", "error" } };
    return words[severity][language];
}

/* A place in the source. Findings come nearly in order, so that each is sought from the one before. */
typedef struct cursor {
    const nb_source *source;
    int line, column;
    const char *start, *stop; /* of the line, without its end; NULL: there is no such line */
    const char *at;           /* the column's character */
} cursor;

static void begin_line(cursor *c, const char *start)
{
    const char *end = c->source->bytes + c->source->length;
    const char *stop = start ? memchr(start, '\n', (size_t)(end - start)) : NULL;
    c->start = c->at = start;
    c->stop = stop ? stop : end;
    c->column = 1;
}

static void go_to(cursor *c, int line, int column)
{
    const nb_source *source = c->source;
    const char *end = source->bytes + source->length;
    if (!c->line || line < c->line || (line == c->line && column < c->column)) {
        bool is_marked = source->length >= 3 && memcmp(source->bytes, "\xEF\xBB\xBF", 3) == 0;
        begin_line(c, source->bytes + (is_marked ? 3 : 0));
        c->line = 1;
    }
    for (; c->line < line; c->line++)
        begin_line(c, c->start && c->stop < end ? c->stop + 1 : NULL);
    for (; c->start && c->column < column && c->at < c->stop; c->column++)
        nb_next_character(&c->at, c->stop);
}

static int print_part(const char *at, const char *stop, int room, FILE *to)
{
    int used = 0;
    while (at < stop) {
        uint32_t c = nb_next_character(&at, stop);
        int width = nb_character_width(c);
        if (used + width > room)
            break;
        nb_print_character(c, to);
        used += width;
    }
    return used;
}

static bool is_wider(const char *at, const char *stop, int width)
{
    while (at < stop && width >= 0)
        width -= nb_character_width(nb_next_character(&at, stop));
    return width < 0;
}

/* As many characters before caret as take at most that many columns; from start on. */
static const char *before_caret(const char *start, const char *caret, int columns)
{
    for (const char *at = caret; at > start;) {
        const char *next = --at;
        while (at > start && (*at & 0xC0) == 0x80)
            next = --at;
        columns -= nb_character_width(nb_next_character(&next, caret));
        if (columns < 0)
            return caret;
        caret = at;
    }
    return caret;
}

/*
 * The cursor's line without its indent, and a caret under its column, drawn out under what it is
 * about; of a long line the part around it.
 */
static void print_source_line(const cursor *c, int length, FILE *to)
{
    const char *start = c->start, *end = c->stop, *stop = c->at;
    if (end > start && end[-1] == '\r')
        end--;
    for (int i = 0; i < length && i < LONGEST_SHOWN && stop < end; i++)
        nb_next_character(&stop, end);
    while (start < c->at && (*start == ' ' || *start == '\t'))
        start++;
    const char *at = before_caret(start, c->at, BEFORE_CARET);
    bool is_cut = at > start && is_wider(start, end, LONGEST_SHOWN);
    at = is_cut ? at : start;
    int before = nb_text_width(at, (size_t)(c->at - at));
    fprintf(to, "%*s%s", MARGIN, "", is_cut ? "…" : "");
    int shown = print_part(at, end, LONGEST_SHOWN, to);
    fprintf(to, "%s\n%*s^", is_wider(at, end, shown) ? "…" : "", MARGIN + is_cut + before, "");
    int marked = nb_text_width(c->at, (size_t)(stop - c->at));
    for (int i = 1; i < marked && before + i < shown; i++)
        putc('~', to);
    putc('\n', to);
}

static void print_finding(const nb_finding *finding, cursor *c, nb_language language, FILE *to)
{
    nb_print_text(finding->file, to);
    if (finding->line)
        fprintf(to, ":%d:%d", finding->line, finding->column);
    fprintf(to, ": %s %s: ", severity_word(finding->severity, language), finding->rule);
    nb_print_text(finding->message, to);
    putc('\n', to);
    if (finding->severity != NB_INFO && c->source && finding->line &&
        strcmp(finding->file, c->source->name) == 0) {
        go_to(c, finding->line, finding->column);
        if (c->start)
            print_source_line(c, finding->length, to);
    }
    if (*finding->hint) {
        fprintf(to, "%*s%s", MARGIN - 2, "", language == NB_ENGLISH ? "hint: " : "提示：");
        nb_print_text(finding->hint, to);
        putc('\n', to);
    }
    if (*finding->clause) {
        fprintf(to, "%*s%s", MARGIN - 2, "", language == NB_ENGLISH ? "clause: " : "依据：");
        nb_print_text(finding->clause, to);
        putc('\n', to);
    }
}

void nb_print_findings(const nb_findings *findings, size_t from, const nb_source *source,
                       nb_language language, FILE *to)
{
    cursor c = { .source = source };
    for (size_t i = from; i < nb_findings_count(findings); i++)
        print_finding(nb_findings_lookup(findings, i), &c, language, to);
}

void nb_print_findings_json(const nb_findings *findings, FILE *to)
{
    char *text;
    size_t length;
    nb_need_memory(nb_findings_json(findings, &text, &length) == NB_OK ? text : NULL);
    fwrite(text, 1, length, to);
    free(text);
}
