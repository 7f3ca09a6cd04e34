#include "verify/comparison.h"

#include "form/fill.h"

/* Digits, point and sign of a number in half width, without what groups them; else the text. */
static nb_string bare_number(nb_arena *arena, nb_string text)
{
    char *copy = nb_arena_alloc(arena, text.length + 1);
    const char *at = text.data, *end = text.data + text.length;
    size_t length = 0;
    while (at < end) {
        uint32_t c = nb_utf8_next(&at, end);
        if (c >= 0xFF01 && c <= 0xFF5E)
            c -= 0xFEE0;
        if (c == ',' || c == ' ')
            continue;
        if (c > '9' || c < '-')
            return text;
        copy[length++] = (char)c;
    }
    size_t zeros = 0;
    while (zeros + 1 < length && copy[zeros] == '0' && copy[zeros + 1] != '.')
        zeros++;
    return (nb_string){ copy + zeros, length - zeros };
}

static const char *shown_text(const nb_comparison *c, const nb_value *value)
{
    if (value->state == NB_VALUE_MISSING)
        return NB_SAY(c->findings, "没有找到", "not found");
    if (!value->text.length)
        return NB_SAY(c->findings, "空", "blank");
    return nb_arena_copy(c->arena, value->text.data, value->text.length);
}

static void compare_value(nb_comparison *c, int slot)
{
    const nb_value *value = &c->report->values[slot], *shown = &c->shown->values[slot];
    bool is_lost = shown->state == NB_VALUE_MISSING && value->text.length > 0;
    if (!is_lost && nb_string_equal(nb_squeezed(c->arena, bare_number(c->arena, value->text)),
                                    nb_squeezed(c->arena, bare_number(c->arena, shown->text))))
        return;
    c->differences++;
    nb_findings_add(c->findings, c->severity, "V1", nb_report_place(c->shown, slot),
                    NB_SAY(c->findings, "%s：正文是 %s，所附数据是 %s",
                           "%s: the text has %s, the attached data have %s"),
                    c->report->form->slots[slot].label, shown_text(c, shown), shown_text(c, value));
}

void nb_compare_values(nb_comparison *c)
{
    const nb_form *form = c->report->form;
    for (int p = 0; p < form->part_count; p++) {
        const nb_form_table *table = form->parts[p].table;
        for (int i = 0; table && i < table->cell_count; i++)
            if (table->cells[i].slot >= 0)
                compare_value(c, table->cells[i].slot);
    }
}
