/* The paragraphs of a section before and after an edit. */
#include "base/buffer.h"
#include "base/numerals.h"
#include "form/fill.h"
#include "form/wording.h"
#include "merge/merging.h"
#include "revise/align.h"

#include <assert.h>
#include <stdlib.h>

typedef enum closing { NO_CLOSING, SIGNATURE, DATE } closing;

/* A paragraph as it is shown, or a line of what is signed below the last. */
typedef struct paragraph {
    nb_string text;
    nb_string squeezed;
    const nb_item *item; /* NULL: of the closing */
    nb_string control;
    closing closing;
    int owner;   /* of those before: which item of the base shows it; -1: none */
    int partner; /* in the other list; -1: none */
} paragraph;

typedef struct paragraphs {
    paragraph *list;
    int count;
    int capacity;
} paragraphs;

/* The paragraphs of a section as the result has them, each with its item of the base or -1. */
typedef struct result {
    nb_item *items;
    int *owners;
    int count;
} result;

static void add(nb_merging *m, paragraphs *to, nb_string text, const nb_item *item,
                nb_string control, closing kind)
{
    NB_GROW(m->arena, to->list, to->count, &to->capacity);
    to->list[to->count++] =
        (paragraph){ text, nb_squeezed(m->arena, text), item, control, kind, -1, -1 };
}

static nb_string pointer_of(const nb_merging *m, int slot)
{
    return nb_string_of(m->base->form->slots[slot].pointer);
}

/* The number that a pointer below a slot ends with, or -1. */
static int index_below(nb_string pointer, nb_string above)
{
    if (pointer.length <= above.length + 1 || pointer.data[above.length] != '/' ||
        !nb_string_equal((nb_string){ pointer.data, above.length }, above))
        return -1;
    int index = 0;
    for (size_t i = above.length + 1; i < pointer.length; i++) {
        if (pointer.data[i] < '0' || pointer.data[i] > '9' || index > 1000000)
            return -1;
        index = 10 * index + (pointer.data[i] - '0');
    }
    return index;
}

static paragraphs paragraphs_of(nb_merging *m, nb_report *report, int slot)
{
    paragraphs all = { NULL, 0, 0 };
    const nb_value *value = &report->values[slot];
    const nb_value *base = &m->base->values[slot];
    for (int i = 0; i < value->item_count; i++) {
        const nb_item *item = &value->items[i];
        nb_string control = item->control.data ? item->control : NB_STRING("");
        add(m, &all, nb_report_wording(report, item->text, m->arena).text, item, control,
            NO_CLOSING);
        int owner = index_below(control, pointer_of(m, slot));
        all.list[all.count - 1].owner = owner < base->item_count ? owner : -1;
    }
    return all;
}

static void add_closing(nb_merging *m, paragraphs *all, nb_report *report)
{
    const nb_form *form = m->base->form;
    const nb_value *values = report->values;
    if (form->signature_slot < 0 || !values[form->signature_slot].number)
        return;
    add(m, all, values[form->agency_slot].text, NULL, pointer_of(m, form->agency_slot), SIGNATURE);
    if (form->date_slot < 0 || values[form->date_slot].state != NB_VALUE_STATED)
        return;
    nb_buffer *date = nb_buffer_new(m->arena, 64);
    nb_dated_text(date, values[form->date_slot].text);
    add(m, all, (nb_string){ nb_arena_copy(m->arena, date->data, date->length), date->length },
        NULL, pointer_of(m, form->date_slot), DATE);
}

static void join(paragraphs *was, paragraphs *is, int old_index, int new_index)
{
    assert(old_index >= 0 && old_index < was->count && new_index >= 0 && new_index < is->count);
    was->list[old_index].partner = new_index;
    is->list[new_index].partner = old_index;
}

/* The control of a paragraph tells which it was, whatever it says now. */
static void pair_by_control(paragraphs *was, paragraphs *is)
{
    for (int k = 0; k < is->count; k++)
        for (int i = 0; i < was->count && is->list[k].control.length && is->list[k].partner < 0;
             i++)
            if (was->list[i].partner < 0 &&
                nb_string_equal(was->list[i].control, is->list[k].control))
                join(was, is, i, k);
}

static nb_entries left_of(nb_merging *m, const paragraphs *all, int *indices)
{
    nb_entry *entries = NB_NEW_ARRAY(m->arena, nb_entry, (size_t)all->count + 1);
    nb_entries left = { entries, 0 };
    for (int i = 0; i < all->count; i++)
        if (all->list[i].partner < 0) {
            indices[left.count] = i;
            entries[left.count++] = (nb_entry){ all->list[i].text, all->list[i].squeezed };
        }
    return left;
}

static void pair_by_text(nb_merging *m, paragraphs *was, paragraphs *is)
{
    int *old_indices = NB_NEW_ARRAY(m->arena, int, (size_t)was->count + 1);
    int *new_indices = NB_NEW_ARRAY(m->arena, int, (size_t)is->count + 1);
    nb_entries old_left = left_of(m, was, old_indices), new_left = left_of(m, is, new_indices);
    nb_alignment alignment = nb_align_entries(old_left, new_left, m->arena);
    for (int i = 0; i < alignment.count; i++) {
        const nb_entry_pair *pair = &alignment.pairs[i];
        if (pair->old_index >= 0 && pair->new_index >= 0)
            join(was, is, old_indices[pair->old_index], new_indices[pair->new_index]);
    }
}

static bool is_same(const paragraph *a, const paragraph *b)
{
    return nb_string_equal(a->squeezed, b->squeezed);
}

/* What stands elsewhere now, out of the order that pairing by text keeps. */
static void pair_moved(paragraphs *was, paragraphs *is)
{
    for (int k = 0; k < is->count; k++)
        for (int i = 0; i < was->count && is->list[k].partner < 0; i++)
            if (was->list[i].partner < 0 && is_same(&was->list[i], &is->list[k]))
                join(was, is, i, k);
}

static void pair(nb_merging *m, paragraphs *was, paragraphs *is)
{
    pair_by_control(was, is);
    pair_by_text(m, was, is);
    pair_moved(was, is);
}

static nb_place place_of(const nb_merging *m, const paragraph *p, int slot)
{
    return (nb_place){ m->is->name, p->item ? p->item->line : 0, p->item ? p->item->column : 0,
                       m->base->form->slots[slot].pointer };
}

/* What was signed before and is a paragraph now. */
static void take_closing(nb_merging *m, const paragraph *was, const paragraph *is, int slot)
{
    const nb_form *form = m->base->form;
    nb_value *values = m->is->values;
    if (was->closing == SIGNATURE) {
        values[form->signature_slot] = m->was->values[form->signature_slot];
        m->signature = is->text;
        m->signature_place = place_of(m, is, form->agency_slot);
        return;
    }
    const char *date = nb_import_date(m->arena, is->text);
    values[form->date_slot] = m->was->values[form->date_slot];
    if (date)
        values[form->date_slot].text = nb_string_of(date);
    else
        nb_merge_warn(
            m, place_of(m, is, slot),
            NB_SAY(m->findings, "“%s”不是日期，保留原来的 %s", "“%s” is no date; it stays %s"),
            nb_merge_excerpt(m, is->text), nb_merge_excerpt(m, was->text));
    values[form->date_slot].line = is->item->line;
    values[form->date_slot].column = is->item->column;
}

/* The last section whose text the base has, or -1. */
static int last_section(const nb_merging *m)
{
    const nb_form *form = m->base->form;
    for (int i = form->part_count - 1; i >= 0; i--)
        if (form->parts[i].prose_slot >= 0 &&
            m->was->values[form->parts[i].prose_slot].state == NB_VALUE_STATED)
            return form->parts[i].prose_slot;
    return -1;
}

void nb_merge_closing(nb_merging *m)
{
    const nb_form *form = m->base->form;
    int slot = last_section(m);
    if (slot < 0 || form->signature_slot < 0 || !m->was->values[form->signature_slot].number ||
        m->is->values[form->signature_slot].number)
        return;
    paragraphs was = paragraphs_of(m, m->was, slot), is = paragraphs_of(m, m->is, slot);
    add_closing(m, &was, m->was);
    pair(m, &was, &is);
    nb_value *value = &m->is->values[slot];
    nb_item *kept = NB_NEW_ARRAY(m->arena, nb_item, (size_t)is.count + 1);
    int count = 0;
    for (int k = 0; k < is.count; k++) {
        const paragraph *partner = is.list[k].partner < 0 ? NULL : &was.list[is.list[k].partner];
        if (partner && partner->closing)
            take_closing(m, partner, &is.list[k], slot);
        else
            kept[count++] = *is.list[k].item;
    }
    value->items = kept;
    value->item_count = count;
}

/* How many paragraphs show an item of the base, and whether all stand there unchanged. */
static int lines_of(const paragraphs *was, const paragraphs *is, int owner, bool *is_intact)
{
    int count = 0;
    *is_intact = true;
    for (int i = 0; i < was->count; i++) {
        const paragraph *line = &was->list[i];
        if (line->owner != owner)
            continue;
        count++;
        *is_intact = *is_intact && line->partner >= 0 && is_same(line, &is->list[line->partner]);
    }
    return count;
}

static bool has_owner(const result *out, int owner)
{
    for (int i = 0; i < out->count; i++)
        if (out->owners[i] == owner)
            return true;
    return false;
}

static void put(result *out, nb_item item, int owner)
{
    out->items[out->count] = item;
    out->owners[out->count++] = owner;
}

/* A paragraph that was there before, as the base wrote it where it still says that. */
static void put_kept(nb_merging *m, int slot, const paragraphs *was, const paragraphs *is,
                     const paragraph *now, result *out)
{
    const paragraph *before = &was->list[now->partner];
    bool is_intact;
    int lines = lines_of(was, is, before->owner, &is_intact);
    if (before->owner < 0) {
        put(out, *now->item, -1);
        return;
    }
    nb_item item = m->base->values[slot].items[before->owner];
    if (lines > 1 && is_intact) {
        if (!has_owner(out, before->owner))
            put(out, item, before->owner);
        return;
    }
    if (lines > 1)
        item.text = now->item->text;
    else if (!is_same(before, now))
        item.text = nb_merge_words(m->base, m->merged, item.text, now->text, m->arena);
    put(out, item, before->owner);
}

static bool is_seen(const paragraphs *was, int owner)
{
    for (int i = 0; i < was->count; i++)
        if (was->list[i].owner == owner)
            return true;
    return false;
}

static void put_at(result *out, int at, nb_item item, int owner)
{
    size_t after = (size_t)(out->count - at);
    memmove(out->items + at + 1, out->items + at, after * sizeof *out->items);
    memmove(out->owners + at + 1, out->owners + at, after * sizeof *out->owners);
    out->items[at] = item;
    out->owners[at] = owner;
    out->count++;
}

/* What of the base no text shows, such as a picture, stays behind what it stood behind. */
static void put_unseen(nb_merging *m, int slot, const paragraphs *was, result *out)
{
    const nb_value *base = &m->base->values[slot];
    for (int owner = 0; owner < base->item_count; owner++) {
        int after = -1;
        if (is_seen(was, owner))
            continue;
        for (int i = 0; i < out->count; i++)
            if (out->owners[i] >= 0 && out->owners[i] < owner &&
                (after < 0 || out->owners[i] >= out->owners[after]))
                after = i;
        put_at(out, after + 1, base->items[owner], owner);
    }
}

static void tell_new(nb_merging *m, int slot, const paragraphs *was, const paragraph *now,
                     int *furthest)
{
    nb_findings *findings = m->findings;
    nb_place place = place_of(m, now, slot);
    const char *label = m->base->form->slots[slot].label;
    const paragraph *before = now->partner < 0 ? NULL : &was->list[now->partner];
    if (!before) {
        nb_merge_tell(m, place, NB_SAY(findings, "%s：新增“%s”", "%s: new: “%s”"), label,
                      nb_merge_excerpt(m, now->text));
        return;
    }
    if (!is_same(before, now))
        nb_merge_tell(m, place, NB_SAY(findings, "%s：“%s”改为“%s”", "%s: “%s” became “%s”"), label,
                      nb_merge_excerpt(m, before->text), nb_merge_excerpt(m, now->text));
    else if (now->partner < *furthest)
        nb_merge_tell(m, place, NB_SAY(findings, "%s：移动了“%s”", "%s: moved: “%s”"), label,
                      nb_merge_excerpt(m, now->text));
    if (now->partner > *furthest)
        *furthest = now->partner;
}

static void merge_section(nb_merging *m, int slot)
{
    const nb_value *before = &m->was->values[slot], *now = &m->is->values[slot];
    if (now->state == NB_VALUE_MISSING) {
        if (before->item_count)
            nb_merge_warn(m, (nb_place){ m->is->name, 0, 0, pointer_of(m, slot).data },
                          NB_SAY(m->findings, "正文里找不到“%s”，保留原文",
                                 "“%s” is not found in the text; it stays as it was"),
                          m->base->form->slots[slot].label);
        return;
    }
    paragraphs was = paragraphs_of(m, m->was, slot), is = paragraphs_of(m, m->is, slot);
    pair(m, &was, &is);
    int edits = m->edits, furthest = -1;
    for (int k = 0; k < is.count; k++)
        tell_new(m, slot, &was, &is.list[k], &furthest);
    for (int i = 0; i < was.count; i++)
        if (was.list[i].partner < 0)
            nb_merge_tell(
                m, (nb_place){ m->is->name, now->line, now->column, pointer_of(m, slot).data },
                NB_SAY(m->findings, "%s：删去“%s”", "%s: removed: “%s”"),
                m->base->form->slots[slot].label, nb_merge_excerpt(m, was.list[i].text));
    if (m->edits == edits)
        return;
    size_t room = (size_t)(is.count + m->base->values[slot].item_count) + 2;
    result out = { NB_NEW_ARRAY(m->arena, nb_item, room), NB_NEW_ARRAY(m->arena, int, room), 0 };
    for (int k = 0; k < is.count; k++)
        if (is.list[k].partner < 0)
            put(&out, *is.list[k].item, -1);
        else
            put_kept(m, slot, &was, &is, &is.list[k], &out);
    put_unseen(m, slot, &was, &out);
    nb_value *merged = &m->merged->values[slot];
    merged->state = NB_VALUE_STATED;
    merged->items = out.items;
    merged->item_count = out.count;
}

void nb_merge_prose(nb_merging *m)
{
    const nb_form *form = m->base->form;
    for (int slot = 0; slot < form->slot_count; slot++)
        if (form->slots[slot].field->kind == NB_FIELD_PROSE)
            merge_section(m, slot);
}
