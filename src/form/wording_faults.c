/* What is wrong with the names in the words of a report. */
#include "form/wording.h"

enum { MOST_TOLD = 100 }; /* faults of one text */

static nb_string between(nb_string text, size_t start, size_t end)
{
    return (nb_string){ text.data + start, end - start };
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

void nb_wording_tell(const nb_report *report, const char *pointer, nb_string words,
                     const nb_origin *origin, int *most, nb_findings *findings)
{
    nb_wording wording = nb_report_wording(report, words, report->arena);
    nb_language language = nb_findings_language(findings);
    int told = 0;
    for (int i = 0; i < wording.part_count && told < MOST_TOLD; i++) {
        const nb_wording_part *part = &wording.parts[i];
        if (part->fault == NB_WORDING_GOOD)
            continue;
        nb_string wrong = between(words, part->wrong, part->wrong_end);
        nb_string shown = nb_utf8_prefix(wrong, 80);
        nb_place place = { report->name, origin->line, nb_origin_column(origin, words, part->wrong),
                           pointer };
        nb_finding *finding = nb_findings_add(
            findings, NB_ERROR, "S7", place, "%s“%.*s”%s", messages[part->fault].before[language],
            (int)shown.length, shown.data, messages[part->fault].after[language]);
        nb_finding_range(finding, nb_origin_length(origin, words, part->wrong, part->wrong_end));
        told++;
        hint(report, findings, finding, part->fault, wrong, most);
    }
}
