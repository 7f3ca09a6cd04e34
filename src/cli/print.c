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

/* The line of that number, without its end. */
static nb_source line_of(const nb_source *source, int number)
{
    const char *at = source->bytes, *end = at + source->length;
    if (source->length >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0)
        at += 3;
    for (int line = 1; at && line < number; line++) {
        at = memchr(at, '\n', (size_t)(end - at));
        if (at)
            at++;
    }
    if (!at)
        return (nb_source){ "", "", 0 };
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    stop = stop ? stop : end;
    if (stop > at && stop[-1] == '\r')
        stop--;
    return (nb_source){ "", at, (size_t)(stop - at) };
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

/*
 * The line without its indent, and a caret under the column, drawn out under what it is about; of a
 * long line the part around it.
 */
static void print_source_line(const nb_source *line, int column, int length, FILE *to)
{
    const char *at = line->bytes, *end = at + line->length, *caret = at;
    for (int i = 1; i < column && caret < end; i++)
        nb_next_character(&caret, end);
    const char *stop = caret;
    for (int i = 0; i < length && stop < end; i++)
        nb_next_character(&stop, end);
    while (at < caret && (*at == ' ' || *at == '\t'))
        at++;
    int before = nb_text_width(at, (size_t)(caret - at));
    bool is_cut = before > BEFORE_CARET && nb_text_width(at, (size_t)(end - at)) > LONGEST_SHOWN;
    while (is_cut && before > BEFORE_CARET)
        before -= nb_character_width(nb_next_character(&at, end));
    fprintf(to, "%*s%s", MARGIN, "", is_cut ? "…" : "");
    int shown = print_part(at, end, LONGEST_SHOWN, to);
    fprintf(to, "%s\n%*s^", shown < nb_text_width(at, (size_t)(end - at)) ? "…" : "",
            MARGIN + is_cut + before, "");
    int marked = nb_text_width(caret, (size_t)(stop - caret));
    for (int i = 1; i < marked && before + i < shown; i++)
        putc('~', to);
    putc('\n', to);
}

static void print_finding(const nb_finding *finding, const nb_source *source, nb_language language,
                          FILE *to)
{
    nb_print_text(finding->file, to);
    if (finding->line)
        fprintf(to, ":%d:%d", finding->line, finding->column);
    fprintf(to, ": %s %s: ", severity_word(finding->severity, language), finding->rule);
    nb_print_text(finding->message, to);
    putc('\n', to);
    if (finding->severity != NB_INFO && source && finding->line &&
        strcmp(finding->file, source->name) == 0) {
        nb_source line = line_of(source, finding->line);
        print_source_line(&line, finding->column, finding->length, to);
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
    for (size_t i = from; i < nb_findings_count(findings); i++)
        print_finding(nb_findings_lookup(findings, i), source, language, to);
}

void nb_print_findings_json(const nb_findings *findings, FILE *to)
{
    char *text;
    size_t length;
    nb_need_memory(nb_findings_json(findings, &text, &length) == NB_OK ? text : NULL);
    fwrite(text, 1, length, to);
    free(text);
}
