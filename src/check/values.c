/* What a cell holds: a number, written as a number. */
#include "check/steps.h"

/* Why a value is not the number that its cell wants. */
typedef enum fault {
    FAULT_NO_FIGURE, /* a mark or word that stands for nothing: rule L3; the others are L4 */
    FAULT_QUOTED,    /* a good number between quotation marks */
    FAULT_NOT_A_NUMBER,
    FAULT_NEGATIVE,
    FAULT_EXPONENT,
    FAULT_FRACTION,
    FAULT_TOO_LARGE
} fault;

/* Nothing but blanks, slashes and dashes of any width, or the word 无. */
static bool stands_for_nothing(nb_string text)
{
    static const uint32_t marks[] = { ' ',    0xA0,   0x3000, '/',    0xFF0F, '-',
                                      0xFF0D, 0x2010, 0x2011, 0x2012, 0x2013, 0x2014,
                                      0x2015, 0x2212, 0x2500, 0x65E0 };
    const char *at = text.data, *end = text.data + text.length;
    while (at < end) {
        uint32_t c = nb_utf8_next(&at, end);
        bool known = false;
        for (size_t i = 0; i < sizeof marks / sizeof marks[0] && !known; i++)
            known = c == marks[i];
        if (!known)
            return false;
    }
    return true;
}

static fault fault_of(const nb_value *value, nb_field_kind kind)
{
    int64_t number;
    if (value->quoted && stands_for_nothing(value->text))
        return FAULT_NO_FIGURE;
    if (value->quoted)
        return nb_number_of(kind, value->text, &number) ? FAULT_QUOTED : FAULT_NOT_A_NUMBER;
    if (value->text.data[0] == '-' && kind != NB_FIELD_CHANGE)
        return FAULT_NEGATIVE;
    if (memchr(value->text.data, 'e', value->text.length) ||
        memchr(value->text.data, 'E', value->text.length))
        return FAULT_EXPONENT;
    return memchr(value->text.data, '.', value->text.length) ? FAULT_FRACTION : FAULT_TOO_LARGE;
}

static const char *fault_words(const nb_check_run *run, fault why)
{
    switch (why) {
    case FAULT_NO_FIGURE:
        return NB_RUN_SAY(run, "没有填数", "no number is given");
    case FAULT_QUOTED:
        return NB_RUN_SAY(run, "数写成了字符串", "which is a number in quotation marks");
    case FAULT_NOT_A_NUMBER:
        return NB_RUN_SAY(run, "不是数", "which is not a number");
    case FAULT_NEGATIVE:
        return NB_RUN_SAY(run, "不能是负数", "which is negative");
    case FAULT_EXPONENT:
        return NB_RUN_SAY(run, "不能用指数形式", "which has an exponent");
    case FAULT_FRACTION:
        return NB_RUN_SAY(run, "要整数", "which is not a whole number");
    case FAULT_TOO_LARGE:
        break;
    }
    return NB_RUN_SAY(run, "数超过 2^53（9007199254740992）",
                      "which is past 2^53 (9007199254740992)");
}

static const char *fault_hint(const nb_check_run *run, fault why)
{
    switch (why) {
    case FAULT_NO_FIGURE:
        return NB_RUN_SAY(run, "没有就填 0；空格和“/”都不是 0",
                          "write 0 where there is none: neither a blank nor “/” is 0");
    case FAULT_QUOTED:
        return NB_RUN_SAY(run, "去掉引号", "remove the quotation marks");
    case FAULT_NOT_A_NUMBER:
        return NB_RUN_SAY(run, "只写阿拉伯数字，不加引号、单位、逗号和空格",
                          "write plain digits, without quotation marks, unit, comma or space");
    case FAULT_EXPONENT:
        return NB_RUN_SAY(run, "把各位数字都写出来", "write all its digits");
    default:
        return NB_RUN_SAY(run, "核对这一格", "check this cell");
    }
}

static void tell_blank(const nb_check_run *run, int slot)
{
    nb_finding *finding =
        nb_check_tell(run, "L3", NB_ERROR, nb_report_place(run->report, slot),
                      NB_RUN_SAY(run, "%s：空格，没有填数", "%s: blank, no number is given"),
                      run->form->slots[slot].label);
    nb_finding_hint(run->findings, finding, "%s", fault_hint(run, FAULT_NO_FIGURE));
}

static void tell_invalid(const nb_check_run *run, int slot)
{
    enum { LONGEST_SHOWN = 40 };
    const nb_slot *place = &run->form->slots[slot];
    const nb_value *value = &run->report->values[slot];
    fault why = fault_of(value, place->field->kind);
    nb_string shown = nb_utf8_prefix(value->text, LONGEST_SHOWN);
    nb_finding *finding = nb_check_tell(
        run, why == FAULT_NO_FIGURE ? "L3" : "L4", NB_ERROR, nb_report_place(run->report, slot),
        NB_RUN_SAY(run, "%s：填的是“%.*s%s”，%s", "%s: “%.*s%s” is written, %s"), place->label,
        (int)shown.length, shown.data, shown.length < value->text.length ? "…" : "",
        fault_words(run, why));
    nb_finding_hint(run->findings, finding, "%s", fault_hint(run, why));
}

void nb_check_values(const nb_check_run *run)
{
    for (int slot = 0; slot < run->form->slot_count; slot++) {
        if (!nb_is_number_kind(run->form->slots[slot].field->kind))
            continue;
        if (run->report->values[slot].state == NB_VALUE_BLANK)
            tell_blank(run, slot);
        else if (run->report->values[slot].state == NB_VALUE_INVALID)
            tell_invalid(run, slot);
    }
}
