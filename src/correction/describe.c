#include "correction/describe.h"

#include "correction/excerpt.h"

typedef struct describing {
    const nb_markup *markup;
    const nb_form *form, *note;
    nb_arena *arena;
    /* of the block that is come to */
    int block;
    const char *section;
    int old_number, new_number; /* of paragraphs in the section so far */
} describing;

/* Go on to a block, past the headings and paragraphs before it. */
static void go_to(describing *d, int block)
{
    for (; d->block <= block; d->block++) {
        const nb_block *at = &d->markup->document->blocks[d->block];
        if (at->kind == NB_BLOCK_TABLE || at->kind == NB_BLOCK_TITLE)
            continue;
        if (at->kind == NB_BLOCK_HEADING && at->text.pointer[0] == '\0') {
            d->section = nb_text_plain(&at->text, d->arena).data;
            d->old_number = d->new_number = 0;
            continue;
        }
        d->old_number += at->change != NB_INSERTED;
        d->new_number += at->change != NB_DELETED;
    }
}

static const char *phrase(const describing *d, const char *name)
{
    return nb_form_phrase(d->note, name).data;
}

static const char *numbered(const describing *d, const char *name, int number)
{
    nb_string words = nb_string_of(nb_arena_print(d->arena, "%d", number));
    return nb_form_phrase_with(d->note, name, "number", words, d->arena).data;
}

static const char *cell_name(const describing *d, const nb_cell *cell)
{
    int slot = nb_form_slot(d->form, nb_string_of(cell->text.pointer));
    return slot < 0 ? "" : d->form->slots[slot].label;
}

static void describe_cell(const describing *d, const nb_cell *cell, nb_correction_change *out)
{
    out->section = d->section;
    out->place = cell_name(d, cell);
    out->pointer = cell->text.pointer;
    if (!*out->old_text)
        out->old_text = phrase(d, "blank");
    if (!*out->new_text)
        out->new_text = phrase(d, "blank");
}

/* whole as nb_marked_change has it. */
static void describe_block(const describing *d, const nb_block *block, nb_change whole,
                           nb_correction_change *out)
{
    static const char *const closings[] = { [NB_CLOSING_ATTACHMENT] = "attachment",
                                            [NB_CLOSING_SIGNATURE] = "signature",
                                            [NB_CLOSING_SIGNATURE_DATE] = "signature_date" };
    out->section = d->section;
    out->pointer = block->text.pointer;
    if (block->kind == NB_BLOCK_TITLE)
        out->section = phrase(d, "whole_report");
    else if (block->closing != NB_CLOSING_NONE)
        out->section = phrase(d, closings[block->closing]);
    else if (whole == NB_DELETED)
        out->place = numbered(d, "removed_paragraph", d->old_number);
    else
        out->place = numbered(d, "paragraph", d->new_number);
    if (block->kind == NB_BLOCK_PICTURE && whole != NB_KEPT) {
        const char *shown =
            nb_form_phrase_with(d->note, "picture", "alt", block->picture->alt, d->arena).data;
        *(whole == NB_DELETED ? &out->old_text : &out->new_text) = shown;
    }
    if (!*out->old_text)
        out->old_text = phrase(d, "nothing");
    if (!*out->new_text)
        out->new_text = phrase(d, "removed");
}

nb_correction_change *nb_describe_changes(const nb_markup *markup, const nb_form *form,
                                          const nb_form *note, nb_arena *arena)
{
    describing d = { .markup = markup, .form = form, .note = note, .arena = arena, .section = "" };
    nb_correction_change *list =
        NB_NEW_ARRAY(arena, nb_correction_change, (size_t)markup->change_count + 1);
    for (int i = 0; i < markup->change_count; i++) {
        const nb_marked_change *change = &markup->changes[i];
        const nb_block *block = &markup->document->blocks[change->block];
        const nb_cell *cell = change->cell < 0 ? NULL : &block->table->cells[change->cell];
        const nb_text *text = cell ? &cell->text : &block->text;
        int count = change->end_span - change->first_span;
        const nb_span *spans = text->spans ? text->spans + change->first_span : NULL;
        list[i] = (nb_correction_change){ .section = "", .place = "", .pointer = "" };
        list[i].old_text = nb_change_excerpt(spans, count, NB_DELETED, arena).data;
        list[i].new_text = nb_change_excerpt(spans, count, NB_INSERTED, arena).data;
        go_to(&d, change->block);
        if (cell)
            describe_cell(&d, cell, &list[i]);
        else
            describe_block(&d, block, change->whole, &list[i]);
    }
    return list;
}
