/*
 * Characters that look right here and are wrong elsewhere: they come from scanned or converted
 * text.
 */
#include "check/steps.h"

typedef struct suspect {
    const char *rule;
    const char *what[2]; /* by nb_language */
    const char *hint[2];
    const char *clause;
} suspect;

static const suspect private_use = {
    "C1",
    { "是自造字，别的机器上显示成别的字",
      "is a private-use character, which other machines show as another" },
    { "改用已编码的字；若没有，在文中说明",
      "use the encoded character; if there is none, describe it" },
    "GB 18030-2022",
};
static const suspect radical = {
    "C2",
    { "是部首，不是汉字，搜索不到", "is a radical and no hanzi: a search will not find it" },
    { "重新输入这个字", "type the character again" },
    "GB 18030-2022 §9",
};
static const suspect compatibility = {
    "C2",
    { "是兼容汉字，搜索不到", "is a compatibility ideograph: a search will not find it" },
    { "重新输入这个字", "type the character again" },
    "GB 18030-2022 §9",
};

/* Twelve of the block of compatibility ideographs are unified ones: they have no other code. */
static bool is_unified(uint32_t c)
{
    static const unsigned char last_bytes[] = { 0x0E, 0x0F, 0x11, 0x13, 0x14, 0x1F,
                                                0x21, 0x23, 0x24, 0x27, 0x28, 0x29 };
    for (size_t i = 0; i < sizeof last_bytes; i++)
        if (c == 0xFA00u + last_bytes[i])
            return true;
    return false;
}

static const suspect *suspect_of(uint32_t c)
{
    if ((c >= 0xE000 && c <= 0xF8FF) || (c >= 0xF0000 && c <= 0x10FFFD))
        return &private_use;
    if (c >= 0x2E80 && c <= 0x2FDF)
        return &radical;
    if (((c >= 0xF900 && c <= 0xFAFF) && !is_unified(c)) || (c >= 0x2F800 && c <= 0x2FA1F))
        return &compatibility;
    return NULL;
}

/* Tell the first suspect of each kind in a text. */
static void check_text(const nb_string text, nb_place place, nb_findings *findings)
{
    const suspect *told[3] = { NULL };
    int told_count = 0, position = 0;
    for (const char *at = text.data, *end = at + text.length; at < end;) {
        uint32_t c = nb_utf8_next(&at, end);
        const suspect *found = suspect_of(c);
        bool is_new = found != NULL;
        position++;
        for (int i = 0; i < told_count; i++)
            is_new = is_new && told[i] != found;
        if (!is_new)
            continue;
        char character[5] = { 0 };
        nb_utf8_encode(c, character);
        nb_language language = nb_findings_language(findings);
        nb_finding *finding = nb_findings_add(
            findings, NB_WARNING, found->rule, place,
            NB_SAY(findings, "第 %d 个字符“%s”(U+%04X) %s", "character %d, “%s” (U+%04X), %s"),
            position, character, (unsigned)c, found->what[language]);
        nb_finding_hint(findings, finding, "%s", found->hint[language]);
        nb_finding_clause(findings, finding, found->clause);
        told[told_count++] = found;
    }
}

void nb_check_characters(const nb_report *report, nb_findings *findings)
{
    const nb_form *form = report->form;
    for (int slot = 0; slot < form->slot_count; slot++) {
        const nb_value *value = &report->values[slot];
        nb_place place = nb_report_place(report, slot);
        if (form->slots[slot].field->kind == NB_FIELD_TEXT && value->state == NB_VALUE_STATED)
            check_text(value->text, place, findings);
        for (int i = 0; i < value->item_count; i++) {
            const nb_item *item = &value->items[i];
            place.line = item->line;
            place.column = item->column;
            place.pointer = nb_arena_print(report->arena, "%s/%d", form->slots[slot].pointer, i);
            check_text(item->text, place, findings);
        }
    }
}
