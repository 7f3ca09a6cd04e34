/* What is wrong with the names in the words of a report. */
#include "form/wording.h"

enum { MOST_TOLD = 100 }; /* faults of one text */

static nb_string between(nb_string text, size_t start, size_t end)
{
    return (nb_string){ text.data + start, end - start };
}

/* Going along a JSON string as it was written, where an escape takes several characters. */
typedef struct cursor {
    const char *at;
    const char *end;
    size_t shown;   /* bytes of the string's text so far */
    int characters; /* of the string as written */
} cursor;

static uint32_t hex_of(const char *at, const char *end)
{
    uint32_t code = 0;
    for (int i = 0; i < 4 && at < end; i++, at++)
        code = code * 16 + (uint32_t)(*at <= '9' ? *at - '0' : (*at | 0x20) - 'a' + 10);
    return code;
}

/* Pass an escape, of which the backslash is passed; returns how many bytes of text it shows. */
static size_t pass_escape(cursor *c)
{
    bool is_code = *c->at == 'u';
    uint32_t code = is_code ? hex_of(c->at + 1, c->end) : 0;
    ptrdiff_t length = is_code ? 5 : 1;
    if (length > c->end - c->at)
        length = c->end - c->at;
    c->at += length;
    c->characters += (int)length;
    /* Half of a pair of surrogates shows two of its four bytes. */
    bool is_half = code >= 0xD800 && code < 0xE000;
    return code < 0x80 ? 1 : code < 0x800 || is_half ? 2 : 3;
}

/* How many characters show the text up to a byte. */
static int characters_before(cursor *c, size_t byte)
{
    while (c->at < c->end && c->shown < byte) {
        const char *start = c->at;
        uint32_t character = nb_utf8_next(&c->at, c->end);
        c->characters++;
        c->shown += character == '\\' && c->at < c->end ? pass_escape(c) : (size_t)(c->at - start);
    }
    return c->characters;
}

/* What a message says around the words at fault, by language. */
static const struct {
    const char *before[2];
    const char *after[2];
} messages[] = {
    [NB_WORDING_OPEN] = { { "", "" }, { "没有配成一对", " has no partner" } },
    [NB_WORDING_UNKNOWN_NAME] = { { "没有叫", "there is no value " }, { "的值", "" } },
    [NB_WORDING_NAME_OF_ROW] = { { "", "" },
                                 { "是一行数，没有说明哪一栏",
                                   " is a row of numbers; which of them is not said" } },
    [NB_WORDING_NAME_OF_MANY] = { { "", "" }, { "不是一个值", " is not a single value" } },
    [NB_WORDING_NO_VALUE] = { { "", "" },
                              { "没有可以写出的数", " has no value that can be shown" } },
    [NB_WORDING_UNKNOWN_STYLE] = { { "没有", "there is no way of writing " }, { "这种写法", "" } },
    [NB_WORDING_UNFIT_STYLE] = { { "这个值不能写成", "this value cannot be written as " },
                                 { "", "" } },
};

static void hint(const nb_report *report, nb_findings *findings, nb_finding *finding,
                 nb_wording_fault fault, nb_string wrong, int *most)
{
    static const char *const styles[] = { "grouped", "chinese", "percent_of" };
    const char *nearest = NULL;
    nb_arena *arena = report->arena;
    if ((fault == NB_WORDING_UNKNOWN_NAME || fault == NB_WORDING_NAME_OF_ROW ||
         fault == NB_WORDING_NAME_OF_MANY) &&
        *most > 0) {
        (*most)--;
        nearest = nb_form_nearest_name(report->form, wrong, arena);
    }
    if (fault == NB_WORDING_UNKNOWN_STYLE)
        nearest = nb_nearest_name(wrong, styles, sizeof styles / sizeof styles[0]);
    if (nearest)
        nb_finding_hint(findings, finding, NB_SAY(findings, "是否要写“%s”？", "did you mean “%s”?"),
                        nearest);
    else if (fault == NB_WORDING_OPEN)
        nb_finding_hint(findings, finding, "%s",
                        NB_SAY(findings, "花括号里写值的名称；花括号本身写成“{{”“}}”",
                               "braces hold the name of a value; write “{{” and “}}” for braces"));
    else if (fault == NB_WORDING_NO_VALUE)
        nb_finding_hint(findings, finding, "%s",
                        NB_SAY(findings, "先在表中填上这个数", "give the value first"));
    else if (fault == NB_WORDING_UNKNOWN_STYLE)
        nb_finding_hint(findings, finding, "%s",
                        NB_SAY(findings, "可以写 grouped、chinese、percent_of(名称)",
                               "it may be grouped, chinese or percent_of(NAME)"));
}

void nb_wording_tell(const nb_report *report, nb_place place, nb_string words, nb_string written,
                     int *most, nb_findings *findings)
{
    nb_wording wording = nb_report_wording(report, words, report->arena);
    nb_language language = nb_findings_language(findings);
    cursor c = { .at = written.data, .end = written.data + written.length };
    int column = place.column, told = 0;
    for (int i = 0; i < wording.part_count && told < MOST_TOLD; i++) {
        const nb_wording_part *part = &wording.parts[i];
        if (part->fault == NB_WORDING_GOOD)
            continue;
        nb_string wrong = between(words, part->wrong, part->wrong_end);
        nb_string shown = nb_utf8_prefix(wrong, 80);
        int before = characters_before(&c, part->wrong);
        place.column = column + 1 + before; /* after the quotation mark */
        nb_finding *finding = nb_findings_add(
            findings, NB_ERROR, "S7", place, "%s“%.*s”%s", messages[part->fault].before[language],
            (int)shown.length, shown.data, messages[part->fault].after[language]);
        nb_finding_range(finding, characters_before(&c, part->wrong_end) - before);
        told++;
        hint(report, findings, finding, part->fault, wrong, most);
    }
}
