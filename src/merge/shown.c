/* A document as a DOCX of it is read. */
#include "base/buffer.h"
#include "merge/merging.h"

typedef struct showing {
    nb_extract *extract;
    const nb_extract_values *values;
    nb_arena *arena;
} showing;

/* The lines of a text that say anything. */
static void add_lines(const showing *s, nb_event_kind kind, nb_string text, const char *pointer)
{
    while (text.length) {
        const char *end = memchr(text.data, '\n', text.length);
        size_t length = end ? (size_t)(end - text.data) : text.length;
        nb_string line = { text.data, length };
        if (nb_squeezed(s->arena, line).length)
            nb_extract_add_controlled(s->extract, kind, line, 0, nb_string_of(pointer));
        length += end != NULL;
        text = (nb_string){ text.data + length, text.length - length };
    }
}

static nb_string joined(const showing *s, const nb_text *text)
{
    nb_buffer *out = nb_buffer_new(s->arena, SIZE_MAX / 4);
    for (int i = 0; i < text->span_count; i++)
        nb_buffer_add(out, text->spans[i].text.data, text->spans[i].text.length);
    return (nb_string){ (const char *)out->data, out->length };
}

static nb_string cell_text(const showing *s, const nb_cell *cell)
{
    for (int i = 0; s->values && *cell->text.pointer && i < s->values->count; i++)
        if (s->values->list[i].is_value &&
            nb_string_is(s->values->list[i].pointer, cell->text.pointer))
            return s->values->list[i].text;
    return joined(s, &cell->text);
}

/* Every place of the grid is a cell; one that goes on from above shows nothing. */
static void add_table(const showing *s, const nb_table *table)
{
    size_t columns = (size_t)table->column_count;
    const nb_cell **owners =
        NB_NEW_ARRAY(s->arena, const nb_cell *, columns *(size_t)table->row_count);
    for (int i = 0; i < table->cell_count; i++) {
        const nb_cell *cell = &table->cells[i];
        for (int row = cell->row; row < cell->row + cell->row_span; row++)
            for (int k = cell->column; k < cell->column + cell->column_span; k++)
                owners[(size_t)row * columns + (size_t)k] = cell;
    }
    for (int row = 0; row < table->row_count; row++) {
        nb_extract_add_controlled(s->extract, NB_EVENT_ROW, NB_STRING(""), 0, NB_STRING(""));
        for (int column = 0; column < table->column_count;) {
            const nb_cell *cell = owners[(size_t)row * columns + (size_t)column];
            nb_extract_add_controlled(s->extract, NB_EVENT_CELL, NB_STRING(""), 0, NB_STRING(""));
            if (cell && cell->row == row)
                add_lines(s, NB_EVENT_CELL_LINE, cell_text(s, cell), "");
            column += cell ? cell->column_span : 1;
        }
    }
    nb_extract_add_controlled(s->extract, NB_EVENT_END_OF_TABLE, NB_STRING(""), 0, NB_STRING(""));
}

nb_extract *nb_merge_extract_of(const nb_document *document, const nb_extract_values *values,
                                nb_arena *arena, nb_findings *findings)
{
    showing s = { nb_extract_new(document->name, arena, findings), values, arena };
    for (int i = 0; i < document->block_count; i++) {
        const nb_block *block = &document->blocks[i];
        if (block->kind == NB_BLOCK_TABLE)
            add_table(&s, block->table);
        else
            add_lines(&s, NB_EVENT_PARAGRAPH, joined(&s, &block->text), block->text.pointer);
    }
    return s.extract;
}
