#include "revise/changes.h"

#include "form/fill.h"
#include "form/wording.h"
#include "revise/align.h"
#include "revise/text_change.h"

typedef struct comparing {
    const nb_report *old_report, *new_report;
    nb_language language;
    nb_change_list list;
} comparing;

static nb_arena *arena_of(const comparing *c)
{
    return c->list.arena;
}

/* "表三 （一）予以公开 · 自然人" */
static const char *label_of(const comparing *c, const nb_slot *slot)
{
    if (!slot->table || !slot->table->number.length)
        return slot->label;
    return nb_arena_print(arena_of(c), "%s %s", slot->table->number.data, slot->label);
}

/* A value as it is shown, NULL when there is none. */
static const char *shown_value(const comparing *c, nb_field_kind kind, const nb_value *value)
{
    switch (value->state) {
    case NB_VALUE_MISSING:
        return NULL;
    case NB_VALUE_BLANK:
        return "";
    default:
        break;
    }
    if (kind == NB_FIELD_FLAG)
        return value->number ? "true" : "false";
    const char *text = nb_arena_copy(arena_of(c), value->text.data, value->text.length);
    return value->quoted ? nb_arena_print(arena_of(c), "\"%s\"", text) : text;
}

static bool is_same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static void compare_value(comparing *c, int slot)
{
    const nb_slot *place = &c->new_report->form->slots[slot];
    const nb_value *a = &c->old_report->values[slot], *b = &c->new_report->values[slot];
    const char *old_text = shown_value(c, place->field->kind, a);
    const char *new_text = shown_value(c, place->field->kind, b);
    bool both_unwritten = (a->state == NB_VALUE_COMPUTED || a->state == NB_VALUE_MISSING) &&
                          (b->state == NB_VALUE_COMPUTED || b->state == NB_VALUE_MISSING);
    bool changes_hands = (a->state == NB_VALUE_COMPUTED) != (b->state == NB_VALUE_COMPUTED);
    if (is_same_text(old_text, new_text) && (both_unwritten || !changes_hands))
        return;
    nb_report_change *change = nb_change_list_add(&c->list, NB_CHANGE_VALUE, label_of(c, place));
    change->old_text = old_text;
    change->new_text = new_text;
    change->old_pointer = old_text ? place->pointer : "";
    change->new_pointer = new_text ? place->pointer : "";
    change->old_line = a->line;
    change->old_column = a->column;
    change->new_line = b->line;
    change->new_column = b->column;
    change->follows = both_unwritten;
}

/* The whole of an item, by which two are the same. */
static nb_entry entry_of(const comparing *c, const nb_item *item)
{
    const nb_string parts[] = { item->text, item->style, item->picture, item->alt, item->width };
    nb_buffer *bytes = nb_buffer_new(arena_of(c), SIZE_MAX / 4);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        nb_buffer_add(bytes, parts[i].data, parts[i].length);
        nb_buffer_byte(bytes, 0);
    }
    return (nb_entry){ item->text, { (const char *)bytes->data, bytes->length } };
}

static nb_entries entries_of(const comparing *c, const nb_value *value)
{
    nb_entry *list = NB_NEW_ARRAY(arena_of(c), nb_entry, (size_t)value->item_count + 1);
    for (int i = 0; i < value->item_count; i++)
        list[i] = entry_of(c, &value->items[i]);
    return (nb_entries){ list, value->item_count };
}

/* An item of a list in one of the reports. */
typedef struct side {
    const nb_report *report;
    const nb_item *item; /* NULL: the report has none */
    const char *pointer;
    nb_string text; /* as it is shown */
} side;

static side side_of(const comparing *c, const nb_report *report, int slot, int index)
{
    side s = { .report = report, .pointer = "", .text = { "", 0 } };
    if (index < 0)
        return s;
    s.item = &report->values[slot].items[index];
    s.pointer = nb_arena_print(arena_of(c), "%s/%d", report->form->slots[slot].pointer, index);
    s.text = nb_report_wording(report, s.item->text, arena_of(c)).text;
    return s;
}

static const char *item_label(const comparing *c, const nb_slot *slot, int old_index, int new_index)
{
    bool is_prose = slot->field->kind == NB_FIELD_PROSE, is_gone = new_index < 0;
    int number = (is_gone ? old_index : new_index) + 1;
    if (c->language == NB_ENGLISH)
        return nb_arena_print(arena_of(c), "%s, %s%s %d", slot->label, is_gone ? "former " : "",
                              is_prose ? "paragraph" : "line", number);
    return nb_arena_print(arena_of(c), "%s %s第%d%s", slot->label, is_gone ? "原" : "", number,
                          is_prose ? "段" : "行");
}

static void set_places(nb_report_change *change, const side *a, const side *b)
{
    change->old_pointer = a->pointer;
    change->new_pointer = b->pointer;
    change->old_line = a->item ? a->item->line : 0;
    change->old_column = a->item ? a->item->column : 0;
    change->new_line = b->item ? b->item->line : 0;
    change->new_column = b->item ? b->item->column : 0;
}

/* What an item is beside its text: "picture", "style" … */
static void compare_look(comparing *c, const char *label, const side *a, const side *b)
{
    static const char *const names[][2] = {
        { "样式", "style" }, { "图片", "picture" }, { "图的说明", "alt" }, { "图宽", "width" }
    };
    const nb_string old_parts[] = { a->item->style, a->item->picture, a->item->alt,
                                    a->item->width };
    const nb_string new_parts[] = { b->item->style, b->item->picture, b->item->alt,
                                    b->item->width };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (nb_string_equal(old_parts[i], new_parts[i]))
            continue;
        const char *words = nb_arena_print(arena_of(c), "%s %s", label, names[i][c->language]);
        nb_report_change *change = nb_change_list_add(&c->list, NB_CHANGE_LOOK, words);
        if (old_parts[i].length)
            change->old_text = nb_arena_copy(arena_of(c), old_parts[i].data, old_parts[i].length);
        if (new_parts[i].length)
            change->new_text = nb_arena_copy(arena_of(c), new_parts[i].data, new_parts[i].length);
        set_places(change, a, b);
    }
}

/* A picture without caption is told by what it shows. */
static const char *text_or_picture(const comparing *c, const side *s)
{
    nb_string text = s->text.length        ? s->text
                     : s->item->alt.length ? s->item->alt
                                           : s->item->picture;
    return nb_arena_copy(arena_of(c), text.data, text.length);
}

static void compare_items(comparing *c, int slot, const nb_entry_pair *pair)
{
    const nb_slot *place = &c->new_report->form->slots[slot];
    side a = side_of(c, c->old_report, slot, pair->old_index);
    side b = side_of(c, c->new_report, slot, pair->new_index);
    if (pair->is_same && nb_string_equal(a.text, b.text))
        return;
    const char *label = item_label(c, place, pair->old_index, pair->new_index);
    if (!a.item || !b.item) {
        nb_report_change *change = nb_change_list_add(&c->list, NB_CHANGE_TEXT, label);
        change->old_text = a.item ? text_or_picture(c, &a) : NULL;
        change->new_text = b.item ? text_or_picture(c, &b) : NULL;
        set_places(change, &a, &b);
        return;
    }
    int first = c->list.count;
    bool is_shown = !nb_string_equal(a.text, b.text);
    nb_list_text_changes(&c->list, label, is_shown ? a.text : a.item->text,
                         is_shown ? b.text : b.item->text);
    for (int i = first; i < c->list.count; i++) {
        set_places(&c->list.changes[i], &a, &b);
        c->list.changes[i].follows = nb_string_equal(a.item->text, b.item->text);
    }
    compare_look(c, label, &a, &b);
}

static void compare_lists(comparing *c, int slot)
{
    nb_entries old_entries = entries_of(c, &c->old_report->values[slot]);
    nb_entries new_entries = entries_of(c, &c->new_report->values[slot]);
    nb_alignment alignment = nb_align_entries(old_entries, new_entries, arena_of(c));
    bool was_there = c->old_report->values[slot].state != NB_VALUE_MISSING;
    bool is_there = c->new_report->values[slot].state != NB_VALUE_MISSING;
    if (alignment.count == 0 && was_there != is_there) {
        const nb_slot *place = &c->new_report->form->slots[slot];
        nb_report_change *change = nb_change_list_add(&c->list, NB_CHANGE_VALUE, place->label);
        change->old_text = was_there ? "" : NULL;
        change->new_text = is_there ? "" : NULL;
        change->old_pointer = was_there ? place->pointer : "";
        change->new_pointer = is_there ? place->pointer : "";
    }
    for (int i = 0; i < alignment.count; i++)
        compare_items(c, slot, &alignment.pairs[i]);
}

/* The values of a record, by which two are the same, and those that it has in words: 1；总体情况；…. */
static nb_entry record_entry(const comparing *c, const nb_field *field, const nb_value *record)
{
    nb_buffer *bytes = nb_buffer_new(arena_of(c), SIZE_MAX / 4);
    const char *words = "";
    for (int i = 0; i < field->child_count; i++) {
        const char *shown = shown_value(c, field->children[i].kind, &record[i]);
        nb_buffer_text(bytes, shown ? shown : "");
        nb_buffer_byte(bytes, 0);
        nb_buffer_byte(bytes, shown != NULL);
        if (shown && *shown)
            words = nb_arena_print(arena_of(c), "%s%s%s", words, *words ? "；" : "", shown);
    }
    return (nb_entry){ nb_string_of(words), { (const char *)bytes->data, bytes->length } };
}

static nb_entries record_entries(const comparing *c, const nb_field *field, const nb_value *value)
{
    nb_entry *list = NB_NEW_ARRAY(arena_of(c), nb_entry, (size_t)value->record_count + 1);
    for (int i = 0; i < value->record_count; i++)
        list[i] = record_entry(c, field, value->records[i]);
    return (nb_entries){ list, value->record_count };
}

/* A record that both reports have: the values of it that differ. */
static void compare_members(comparing *c, int slot, const nb_entry_pair *pair)
{
    const nb_slot *place = &c->new_report->form->slots[slot];
    const nb_value *old_record = c->old_report->values[slot].records[pair->old_index];
    const nb_value *new_record = c->new_report->values[slot].records[pair->new_index];
    const char *row = item_label(c, place, pair->old_index, pair->new_index);
    for (int i = 0; i < place->field->child_count; i++) {
        const nb_field *member = &place->field->children[i];
        const nb_value *a = &old_record[i], *b = &new_record[i];
        const char *old_text = shown_value(c, member->kind, a);
        const char *new_text = shown_value(c, member->kind, b);
        if (is_same_text(old_text, new_text))
            continue;
        nb_report_change *change = nb_change_list_add(
            &c->list, NB_CHANGE_VALUE,
            nb_arena_print(arena_of(c), "%s · %s", row,
                           member->label.length ? member->label.data : member->key.data));
        change->old_text = old_text;
        change->new_text = new_text;
        if (old_text)
            change->old_pointer = nb_arena_print(arena_of(c), "%s/%d/%s", place->pointer,
                                                 pair->old_index, member->key.data);
        if (new_text)
            change->new_pointer = nb_arena_print(arena_of(c), "%s/%d/%s", place->pointer,
                                                 pair->new_index, member->key.data);
        change->old_line = a->line;
        change->old_column = a->column;
        change->new_line = b->line;
        change->new_column = b->column;
    }
}

static void compare_records(comparing *c, int slot)
{
    const nb_slot *place = &c->new_report->form->slots[slot];
    nb_entries old_entries = record_entries(c, place->field, &c->old_report->values[slot]);
    nb_entries new_entries = record_entries(c, place->field, &c->new_report->values[slot]);
    nb_alignment alignment = nb_align_entries(old_entries, new_entries, arena_of(c));
    for (int i = 0; i < alignment.count; i++) {
        const nb_entry_pair *pair = &alignment.pairs[i];
        if (pair->is_same)
            continue;
        if (pair->old_index >= 0 && pair->new_index >= 0) {
            compare_members(c, slot, pair);
            continue;
        }
        nb_report_change *change = nb_change_list_add(
            &c->list, NB_CHANGE_TEXT, item_label(c, place, pair->old_index, pair->new_index));
        if (pair->old_index >= 0) {
            change->old_text = old_entries.list[pair->old_index].text.data;
            change->old_pointer =
                nb_arena_print(arena_of(c), "%s/%d", place->pointer, pair->old_index);
        } else {
            change->new_text = new_entries.list[pair->new_index].text.data;
            change->new_pointer =
                nb_arena_print(arena_of(c), "%s/%d", place->pointer, pair->new_index);
        }
    }
}

nb_changes nb_report_changes(const nb_report *old_report, const nb_report *new_report,
                             nb_language language, nb_arena *arena)
{
    comparing c = { old_report, new_report, language, { .arena = arena } };
    for (int slot = 0; slot < new_report->form->slot_count; slot++) {
        nb_field_kind kind = new_report->form->slots[slot].field->kind;
        if (kind == NB_FIELD_LINES || kind == NB_FIELD_PROSE)
            compare_lists(&c, slot);
        else if (kind == NB_FIELD_RECORDS)
            compare_records(&c, slot);
        else
            compare_value(&c, slot);
    }
    return (nb_changes){ c.list.changes, c.list.count };
}
