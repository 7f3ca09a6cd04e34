/* Values of one reading against another: numbers, the title's lines, agency, year, signature, date. */
#include "base/buffer.h"
#include "form/fill.h"
#include "form/wording.h"
#include "merge/merging.h"

#include <assert.h>

static bool is_empty(const nb_value *value)
{
    return value->text.length == 0 && value->item_count == 0;
}

static nb_string words_of(nb_merging *m, const nb_value *value)
{
    if (value->item_count == 0)
        return value->text;
    nb_buffer *out = nb_buffer_new(m->arena, SIZE_MAX / 4);
    for (int i = 0; i < value->item_count; i++) {
        nb_buffer_text(out, i ? "\n" : "");
        nb_buffer_add(out, value->items[i].text.data, value->items[i].text.length);
    }
    return (nb_string){ (const char *)out->data, out->length };
}

static bool is_same_value(nb_merging *m, const nb_value *a, const nb_value *b)
{
    return a->number == b->number && nb_merge_is_same(m, words_of(m, a), words_of(m, b));
}

/* A value for a message. */
static const char *shown(nb_merging *m, int slot, const nb_value *value)
{
    if (m->base->form->slots[slot].field->kind == NB_FIELD_FLAG)
        return value->number ? NB_SAY(m->findings, "有", "there")
                             : NB_SAY(m->findings, "无", "none");
    return is_empty(value) ? NB_SAY(m->findings, "空", "blank")
                           : nb_merge_excerpt(m, words_of(m, value));
}

static bool is_lost(const nb_merging *m, int slot, const nb_value *was, const nb_value *is)
{
    return is->state == NB_VALUE_MISSING && was->state != NB_VALUE_MISSING &&
           m->base->form->slots[slot].field->kind != NB_FIELD_FLAG;
}

static void warn_lost(nb_merging *m, int slot)
{
    const nb_form *form = m->base->form;
    bool is_of_title = slot == form->agency_slot || slot == form->year_slot;
    bool is_unsigned = slot == form->date_slot && form->signature_slot >= 0 &&
                       !m->is->values[form->signature_slot].number;
    if (!is_unsigned && !(is_of_title && m->title_is_lost))
        nb_merge_warn(m, nb_report_place(m->is, slot),
                      NB_SAY(m->findings, "正文里找不到“%s”，保留原来的 %s",
                             "“%s” is not found in the text; it stays %s"),
                      form->slots[slot].label, shown(m, slot, &m->was->values[slot]));
    m->title_is_lost |= slot == form->title_slot;
}

static void tell_conflict(nb_merging *m, int slot)
{
    nb_findings *findings = m->findings;
    nb_finding *finding = nb_findings_add(
        findings, NB_ERROR, "I6", nb_report_place(m->is, slot),
        NB_SAY(
            findings, "%s：原来是 %s，正文改成 %s，控件的数据改成 %s；取了正文",
            "%s: was %s, is %s in the text and %s in the data of its control; the text is taken"),
        m->base->form->slots[slot].label, shown(m, slot, &m->was->values[slot]),
        shown(m, slot, &m->is->values[slot]), shown(m, slot, &m->bound->values[slot]));
    nb_finding_hint(findings, finding, "%s",
                    NB_SAY(findings, "核对应当是哪一个，改正后再导入，或改导入的结果",
                           "find out which is right, and correct the file or what was imported"));
}

/* The reading whose value is taken, or NULL when none was edited. */
static const nb_report *edited_reading(nb_merging *m, int slot)
{
    assert(m->is);
    const nb_value *was = &m->was->values[slot], *is = &m->is->values[slot];
    const nb_value *bound = m->bound ? &m->bound->values[slot] : was;
    bool is_gone = is_lost(m, slot, was, is);
    bool in_text = !is_gone && !is_same_value(m, was, is);
    bool in_data = !is_lost(m, slot, was, bound) && !is_same_value(m, was, bound);
    if (is_gone && !in_data)
        warn_lost(m, slot);
    if (in_text && in_data && !is_same_value(m, is, bound))
        tell_conflict(m, slot);
    return in_text ? m->is : in_data ? m->bound : NULL;
}

/* The lines that the merged report would show by itself. */
static bool is_own_title(nb_merging *m, const nb_value *title)
{
    const nb_form *form = m->base->form;
    const nb_value *stated = &m->base->values[form->title_slot];
    int count = stated->item_count ? stated->item_count : form->title_count;
    nb_buffer *out = nb_buffer_new(m->arena, SIZE_MAX / 4);
    for (int i = 0; i < count; i++) {
        nb_string line = stated->item_count ? stated->items[i].text : form->title[i];
        nb_string words = nb_report_wording(m->merged, line, m->arena).text;
        nb_buffer_add(out, words.data, words.length);
    }
    nb_string theirs = nb_report_wording(m->merged, words_of(m, title), m->arena).text;
    return nb_merge_is_same(m, (nb_string){ (const char *)out->data, out->length }, theirs);
}

static void take(nb_merging *m, int slot, const nb_report *from)
{
    const nb_field *field = m->base->form->slots[slot].field;
    nb_value *value = &m->merged->values[slot];
    *value = from->values[slot];
    if (value->state == NB_VALUE_COMPUTED || field->kind == NB_FIELD_FLAG)
        value->state = NB_VALUE_STATED;
    m->is_edited[slot] = true;
    nb_merge_tell(m, nb_report_place(from, slot),
                  NB_SAY(m->findings, "%s：%s 改为 %s", "%s: %s became %s"),
                  m->base->form->slots[slot].label, shown(m, slot, &m->was->values[slot]),
                  shown(m, slot, value));
}

/* The signature names the agency once more. */
static void settle_signature(nb_merging *m)
{
    int slot = m->base->form->agency_slot;
    const nb_value *was = &m->was->values[slot];
    nb_value *is = &m->is->values[slot];
    if (!m->signature.length || nb_merge_is_same(m, m->signature, was->text) ||
        nb_merge_is_same(m, m->signature, is->text))
        return;
    if (is->state != NB_VALUE_MISSING && !is_same_value(m, was, is)) {
        nb_findings_add(m->findings, NB_ERROR, "I6", m->signature_place,
                        NB_SAY(m->findings, "%s：原来是 %s，标题改成 %s，署名改成 %s；取了标题",
                               "%s: was %s, is %s in the title and %s in the signature; the title "
                               "is taken"),
                        m->base->form->slots[slot].label, shown(m, slot, was), shown(m, slot, is),
                        nb_merge_excerpt(m, m->signature));
        return;
    }
    *is = *was;
    is->state = NB_VALUE_STATED;
    is->text = m->signature;
    is->line = m->signature_place.line;
    is->column = m->signature_place.column;
}

/* A total that is what the others make it is left to be computed. */
static void compute_again(nb_merging *m)
{
    const nb_form *form = m->base->form;
    nb_value *values = m->merged->values;
    nb_value *stated = NB_NEW_ARRAY(m->arena, nb_value, (size_t)form->slot_count);
    for (int slot = 0; slot < form->slot_count; slot++) {
        bool was_computed = m->base->values[slot].state == NB_VALUE_COMPUTED;
        stated[slot] = values[slot];
        if (was_computed)
            values[slot] = (nb_value){ .state = NB_VALUE_MISSING };
    }
    nb_report_compute(m->merged);
    for (int slot = 0; slot < form->slot_count; slot++)
        if (m->base->values[slot].state == NB_VALUE_COMPUTED && m->is_edited[slot] &&
            (values[slot].state != NB_VALUE_COMPUTED ||
             !nb_merge_is_same(m, values[slot].text, stated[slot].text)))
            values[slot] = stated[slot];
}

void nb_merge_values(nb_merging *m)
{
    const nb_form *form = m->base->form;
    settle_signature(m);
    /* The title first: when it is lost, so are the agency and the year in it. */
    const nb_report *title = edited_reading(m, form->title_slot);
    for (int slot = 0; slot < form->slot_count; slot++) {
        nb_field_kind kind = form->slots[slot].field->kind;
        if (slot == form->title_slot || kind == NB_FIELD_PROSE || kind == NB_FIELD_RECORDS)
            continue;
        const nb_report *from = edited_reading(m, slot);
        if (from)
            take(m, slot, from);
    }
    compute_again(m);
    if (title && !is_own_title(m, &title->values[form->title_slot]))
        take(m, form->title_slot, title);
}
