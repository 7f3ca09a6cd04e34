#include "check/prose.h"

typedef struct walk {
    const nb_report *report;
    const nb_page_style *style; /* NULL: no numbers are looked at */
    nb_arena *arena;
    nb_prose *list;
    int count;
    int capacity;
} walk;

/* What a text is: by its number, unless the item says which style it has. */
static nb_prose_look look_of(const walk *w, const nb_item *item, nb_string text, bool may_head)
{
    nb_prose_look look = nb_prose_classify(w->style, text);
    if (item->picture.length || !may_head)
        look.kind = NB_PROSE_PARAGRAPH;
    if (item->style.length) {
        const nb_paragraph_style *stated = nb_page_style_lookup(w->style, item->style);
        look.kind = stated && stated->outline_level ? NB_PROSE_HEADING : NB_PROSE_PARAGRAPH;
    }
    return look;
}

static void add_list(walk *w, int slot, const nb_form_part *part, int part_index)
{
    const nb_value *value = &w->report->values[slot];
    for (int i = 0; i < value->item_count; i++) {
        const nb_item *item = &value->items[i];
        if (!item->text.length)
            continue;
        NB_GROW(w->arena, w->list, w->count, &w->capacity);
        nb_prose *prose = &w->list[w->count++];
        *prose = (nb_prose){ .part = part,
                             .part_index = part_index,
                             .item = item,
                             .list = w->report->form->slots[slot].pointer,
                             .index = i };
        prose->wording = nb_report_wording(w->report, item->text, w->arena);
        prose->text = prose->wording.text;
        prose->met = nb_needs_met(w->report->form->needs, prose->text);
        if (part)
            prose->look = look_of(w, item, prose->text, !part->table);
    }
}

const nb_prose *nb_prose_of_title(const nb_report *report, nb_arena *arena, int *count)
{
    walk w = { .report = report, .arena = arena };
    add_list(&w, report->form->title_slot, NULL, -1);
    *count = w.count;
    return w.list;
}

const nb_prose *nb_prose_of_parts(const nb_report *report, const nb_page_style *style,
                                  nb_arena *arena, int *count)
{
    walk w = { .report = report, .style = style, .arena = arena };
    for (int i = 0; i < report->form->part_count; i++) {
        const nb_form_part *part = &report->form->parts[i];
        if (part->prose_slot >= 0)
            add_list(&w, part->prose_slot, part, i);
    }
    *count = w.count;
    return w.list;
}

nb_span_place nb_prose_place(const nb_prose *prose, size_t from, size_t to, const char *file,
                             nb_arena *arena)
{
    const nb_item *item = prose->item;
    const char *pointer = nb_arena_print(arena, "%s/%d", prose->list, prose->index);
    size_t start = nb_wording_source(&prose->wording, from);
    size_t end = nb_wording_source_end(&prose->wording, to);
    int column = nb_origin_column(&item->origin, item->text, start);
    if (!column)
        return (nb_span_place){ { file, item->line, item->column, pointer }, 0 };
    return (nb_span_place){ { file, item->origin.line, column, pointer },
                            nb_origin_length(&item->origin, item->text, start, end) };
}
