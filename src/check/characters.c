/*
 * Characters that look right here and are wrong elsewhere, which come from scanned or converted
 * text, and blanks around a text.
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
    if (c < 0x2E80 || (c > 0x2FDF && c < 0xE000))
        return NULL;
    if ((c >= 0xE000 && c <= 0xF8FF) || (c >= 0xF0000 && c <= 0x10FFFD))
        return &private_use;
    if (c <= 0x2FDF)
        return &radical;
    if (((c >= 0xF900 && c <= 0xFAFF) && !is_unified(c)) || (c >= 0x2F800 && c <= 0x2FA1F))
        return &compatibility;
    return NULL;
}

typedef struct searching {
    const suspect *told[3];
    int told_count;
} searching;

/* Whether the character is the first suspect of its kind in the text. */
static const suspect *new_suspect(searching *s, uint32_t c)
{
    const suspect *found = suspect_of(c);
    for (int i = 0; i < s->told_count && found; i++)
        if (s->told[i] == found)
            return NULL;
    if (found)
        s->told[s->told_count++] = found;
    return found;
}

/* Tell the first suspect of each kind in a text; the place is that of its first character. */
static void check_text(const nb_check_run *run, nb_string text, const nb_origin *origin,
                       nb_place place)
{
    searching s = { .told_count = 0 };
    for (const char *at = text.data, *end = at + text.length; at < end;) {
        const char *start = at;
        uint32_t c = nb_utf8_next(&at, end);
        const suspect *found = new_suspect(&s, c);
        if (!found)
            continue;
        char character[5] = { 0 };
        nb_utf8_encode(c, character);
        size_t offset = (size_t)(start - text.data);
        nb_language language = nb_findings_language(run->findings);
        int column = nb_origin_column(origin, text, offset);
        place.column = column ? column : place.column;
        nb_finding *finding = nb_check_tell(
            run, found->rule, NB_WARNING, place,
            NB_RUN_SAY(run, "第 %d 个字符“%s”(U+%04X) %s", "character %d, “%s” (U+%04X), %s"),
            (int)nb_utf8_count((nb_string){ text.data, offset }) + 1, character, (unsigned)c,
            found->what[language]);
        nb_finding_range(finding, nb_origin_length(origin, text, offset, (size_t)(at - text.data)));
        nb_finding_hint(run->findings, finding, "%s", found->hint[language]);
        nb_finding_clause(run->findings, finding, found->clause);
    }
}

/*
 * Blanks before a text push it off its place: paragraphs are indented by the page style. Behind one
 * they are seen only where it is followed by another text, or set in the middle of a line.
 */
static void check_ends(const nb_check_run *run, nb_string text, const nb_origin *origin,
                       nb_place place, bool may_end_blank)
{
    nb_string trimmed = nb_trimmed(text, NULL);
    size_t before = (size_t)(trimmed.data - text.data);
    size_t behind = text.length - before - trimmed.length;
    if (!trimmed.length || (!before && (!behind || may_end_blank)))
        return;
    size_t start = before ? 0 : text.length - behind;
    int column = nb_origin_column(origin, text, start);
    place.column = column ? column : place.column;
    nb_finding *finding = nb_check_tell(
        run, "C3", NB_WARNING, place, "%s",
        before ? NB_RUN_SAY(run, "文字前面有空白，会照样印出来",
                            "there are blanks before the text, and they are printed")
               : NB_RUN_SAY(run, "文字后面有空白，会照样印出来",
                            "there are blanks behind the text, and they are printed"));
    nb_finding_range(finding, nb_origin_length(origin, text, start, before ? before : behind));
    nb_finding_hint(run->findings, finding, "%s",
                    NB_RUN_SAY(run, "删去空白；首行缩进由版式来排",
                               "delete them; the page style indents paragraphs"));
}

/* Nearly no text has one, or begins with a blank. */
static bool has_suspect(nb_string text)
{
    bool is_first = true;
    for (const char *at = text.data, *end = at + text.length; at < end; is_first = false) {
        uint32_t c = nb_utf8_next(&at, end);
        if (suspect_of(c) || (is_first && nb_is_blank_character(c)))
            return true;
    }
    return false;
}

static void check_item(const nb_check_run *run, int slot, int index)
{
    const nb_item *item = &run->report->values[slot].items[index];
    nb_place place = nb_report_place(run->report, slot);
    place.line = item->origin.column ? item->origin.line : item->line;
    place.column = item->column;
    place.pointer = nb_arena_print(run->arena, "%s/%d", run->form->slots[slot].pointer, index);
    check_ends(run, item->text, &item->origin, place, true);
    check_text(run, item->text, &item->origin, place);
}

void nb_check_characters(const nb_check_run *run)
{
    static const nb_origin unknown = { 0, 0, NULL, 0 };
    const nb_form *form = run->form;
    for (int slot = 0; slot < form->slot_count; slot++) {
        const nb_value *value = &run->report->values[slot];
        if (form->slots[slot].field->kind == NB_FIELD_TEXT && value->state == NB_VALUE_STATED) {
            nb_place place = nb_report_place(run->report, slot);
            check_ends(run, value->text, &unknown, place, false);
            check_text(run, value->text, &unknown, place);
        }
        for (int i = 0; i < value->item_count; i++)
            if (has_suspect(value->items[i].text))
                check_item(run, slot, i);
    }
}
