#include "correction/markup.h"

#include "base/sequence_diff.h"
#include "base/tokens.h"
#include "correction/merge.h"

enum { LEAST_LIKENESS = 300 }; /* of two paragraphs that are one changed, not two */

typedef struct marking {
    const nb_document *old_document, *new_document;
    nb_arena *arena;
    nb_markup *markup;
    int block_capacity, change_capacity;
    const nb_character_pairs *old_pairs, *new_pairs; /* of the blocks' texts */
} marking;

/* Runs of blocks of either document. */
typedef struct stretch {
    int old_first, old_end;
    int new_first, new_end;
} stretch;

/* A part of both documents that is aligned by itself. */
typedef struct aligning {
    const marking *m;
    int old_first, new_first;
} aligning;

static const nb_block *old_block(const marking *m, int index)
{
    return &m->old_document->blocks[index];
}

static const nb_block *new_block(const marking *m, int index)
{
    return &m->new_document->blocks[index];
}

/* The form's own words and tables, which stand in every report of the form. */
static bool is_fixed(const nb_block *block)
{
    return block->kind == NB_BLOCK_TITLE || block->kind == NB_BLOCK_TABLE ||
           (block->text.pointer[0] == '\0' && block->closing == NB_CLOSING_NONE);
}

static bool is_same_picture(const nb_picture *a, const nb_picture *b)
{
    return nb_string_equal(a->image->bytes, b->image->bytes) && nb_string_equal(a->alt, b->alt) &&
           a->width == b->width && a->height == b->height;
}

/* Blocks of which the later may be the earlier with another text. */
static bool may_be_paired(const nb_block *a, const nb_block *b)
{
    if (a->kind != b->kind || a->closing != b->closing)
        return false;
    switch (a->kind) {
    case NB_BLOCK_TABLE:
        return a->table->form == b->table->form && a->table->cell_count == b->table->cell_count;
    case NB_BLOCK_PICTURE:
        return is_same_picture(a->picture, b->picture) &&
               nb_block_has_caption(a) == nb_block_has_caption(b);
    default:
        return a->text.style == b->text.style;
    }
}

static bool is_same_block(const void *context, int old_index, int new_index)
{
    const aligning *c = context;
    const nb_block *a = old_block(c->m, c->old_first + old_index);
    const nb_block *b = new_block(c->m, c->new_first + new_index);
    return may_be_paired(a, b) && (a->kind == NB_BLOCK_TABLE || nb_texts_equal(&a->text, &b->text));
}

static int block_likeness(const void *context, int old_index, int new_index)
{
    const aligning *c = context;
    const nb_block *a = old_block(c->m, c->old_first + old_index);
    const nb_block *b = new_block(c->m, c->new_first + new_index);
    if (!may_be_paired(a, b))
        return 0;
    if (a->kind == NB_BLOCK_TITLE || a->kind == NB_BLOCK_PICTURE ||
        a->closing == NB_CLOSING_SIGNATURE || a->closing == NB_CLOSING_SIGNATURE_DATE)
        return 1000;
    return nb_likeness_of(&c->m->old_pairs[c->old_first + old_index],
                          &c->m->new_pairs[c->new_first + new_index]);
}

/* What layout noted of a text does not hold of two texts in one. */
static void forget_notes(nb_text *text)
{
    text->tracking = NULL;
    text->tracking_count = 0;
    text->needs_no_fallback = false;
}

/* A copy of a block at the end of the markup document, without layout's notes of pages and lines. */
static nb_block *add_block(marking *m, const nb_block *from, nb_change change)
{
    nb_document *document = m->markup->document;
    NB_GROW(m->arena, document->blocks, document->block_count, &m->block_capacity);
    nb_block *block = &document->blocks[document->block_count++];
    *block = *from;
    block->page_break_before = false;
    forget_notes(&block->text);
    block->change = block->end_change = change;
    return block;
}

static void add_change(marking *m, int cell, int first_span, int end_span)
{
    nb_markup *markup = m->markup;
    int last = markup->document->block_count - 1;
    NB_GROW(m->arena, markup->changes, markup->change_count, &m->change_capacity);
    markup->changes[markup->change_count++] =
        (nb_marked_change){ last, cell, first_span, end_span,
                            markup->document->blocks[last].change };
}

/* Put merged spans into a text of the block that was added last. */
static void take_spans(marking *m, nb_text *text, int cell, const nb_merged_spans *merged)
{
    text->spans = merged->spans;
    text->span_count = merged->span_count;
    for (int i = 0; i < merged->change_count; i++)
        add_change(m, cell, merged->changes[i].first, merged->changes[i].end);
}

/* The image of the markup document that has the same bytes. */
static const nb_image *own_image(const marking *m, const nb_image *image)
{
    const nb_document *document = m->markup->document;
    for (int i = 0; i < document->image_count; i++)
        if (nb_string_equal(document->images[i]->bytes, image->bytes))
            return document->images[i];
    return image;
}

static void copy_picture(marking *m, nb_block *block)
{
    nb_picture *picture = NB_NEW(m->arena, nb_picture);
    *picture = *block->picture;
    picture->image = own_image(m, picture->image);
    block->picture = picture;
}

static nb_table *copy_table(marking *m, nb_block *block)
{
    nb_table *table = NB_NEW(m->arena, nb_table);
    *table = *block->table;
    table->starts_page = table->keeps_with_next = NULL;
    table->cells = NB_NEW_ARRAY(m->arena, nb_cell, (size_t)table->cell_count);
    memcpy(table->cells, block->table->cells, (size_t)table->cell_count * sizeof *table->cells);
    for (int i = 0; i < table->cell_count; i++)
        forget_notes(&table->cells[i].text);
    block->table = table;
    return table;
}

/* A block that only one of the documents has. */
static void add_whole(marking *m, const nb_block *from, nb_change change)
{
    nb_block *block = add_block(m, from, change);
    if (block->kind == NB_BLOCK_TABLE) {
        nb_table *table = copy_table(m, block);
        table->row_changes = NB_NEW_ARRAY(m->arena, nb_change, (size_t)table->row_count);
        for (int i = 0; i < table->row_count; i++)
            table->row_changes[i] = change;
        for (int i = 0; i < table->cell_count; i++) {
            nb_text *text = &table->cells[i].text, plain = *text;
            nb_merged_spans spans =
                nb_replace_text(change == NB_DELETED ? &plain : NULL,
                                change == NB_INSERTED ? &plain : NULL, m->arena);
            text->spans = spans.spans;
            text->span_count = spans.span_count;
        }
        add_change(m, -1, 0, 0);
        return;
    }
    if (block->kind == NB_BLOCK_PICTURE)
        copy_picture(m, block);
    nb_merged_spans spans = nb_replace_text(change == NB_DELETED ? &from->text : NULL,
                                            change == NB_INSERTED ? &from->text : NULL, m->arena);
    take_spans(m, &block->text, -1, &spans);
}

static void merge_text(marking *m, nb_text *text, int cell, const nb_text *old_text,
                       const nb_text *new_text, nb_string marks)
{
    if (nb_texts_equal(old_text, new_text))
        return;
    nb_merged_spans merged = nb_merge_texts(old_text, new_text, marks, m->arena);
    take_spans(m, text, cell, &merged);
}

/* A value is read as one: 1 258 that became 1 260 is no 258 that became 260. */
static void merge_cells(marking *m, nb_table *table, const nb_table *old_table)
{
    for (int i = 0; i < table->cell_count; i++) {
        nb_text *text = &table->cells[i].text;
        const nb_text *old_text = &old_table->cells[i].text;
        if (nb_texts_equal(old_text, text))
            continue;
        nb_merged_spans merged = table->cells[i].is_value
                                     ? nb_replace_text(old_text, text, m->arena)
                                     : nb_merge_texts(old_text, text, NB_STRING(""), m->arena);
        take_spans(m, text, i, &merged);
    }
}

/* A block that both documents have, its text perhaps another. */
static void add_pair(marking *m, const nb_block *before, const nb_block *after)
{
    nb_block *block = add_block(m, after, NB_KEPT);
    if (block->kind == NB_BLOCK_TABLE) {
        merge_cells(m, copy_table(m, block), before->table);
        return;
    }
    if (block->kind == NB_BLOCK_PICTURE)
        copy_picture(m, block);
    /* A title is read as one, and so are the lines at the end. */
    bool is_prose = block->kind == NB_BLOCK_PARAGRAPH && block->closing == NB_CLOSING_NONE;
    merge_text(m, &block->text, -1, &before->text, &after->text,
               is_prose ? m->new_document->style->sentence_marks : NB_STRING(""));
    if (before->text.left_indent != after->text.left_indent ||
        before->text.first_line_indent != after->text.first_line_indent)
        block->before = &before->text;
}

/* Blocks that became others: those that are alike in pairs, the rest taken out and put in. */
static void add_changed(marking *m, stretch s)
{
    aligning a = { m, s.old_first, s.new_first };
    int old_count = s.old_end - s.old_first, new_count = s.new_end - s.new_first;
    const int *partners =
        nb_sequence_match(old_count, new_count, LEAST_LIKENESS, block_likeness, &a, m->arena);
    int new_at = 0;
    for (int i = 0; i < old_count; i++) {
        if (partners[i] < 0) {
            add_whole(m, old_block(m, s.old_first + i), NB_DELETED);
            continue;
        }
        while (new_at < partners[i])
            add_whole(m, new_block(m, s.new_first + new_at++), NB_INSERTED);
        add_pair(m, old_block(m, s.old_first + i), new_block(m, s.new_first + new_at++));
    }
    while (new_at < new_count)
        add_whole(m, new_block(m, s.new_first + new_at++), NB_INSERTED);
}

static void align(marking *m, stretch s)
{
    aligning a = { m, s.old_first, s.new_first };
    nb_sequence_pair pair = { s.old_end - s.old_first, s.new_end - s.new_first, is_same_block, &a };
    nb_edits edits = nb_sequence_diff(&pair, m->arena);
    for (int i = 0; i < edits.count; i++) {
        const nb_edit *e = &edits.list[i];
        stretch part = { s.old_first + e->old_first, s.old_first + e->old_first + e->old_count,
                         s.new_first + e->new_first, s.new_first + e->new_first + e->new_count };
        for (int k = 0; e->is_same && k < e->old_count; k++)
            add_pair(m, old_block(m, part.old_first + k), new_block(m, part.new_first + k));
        if (!e->is_same)
            add_changed(m, part);
    }
}

static int next_fixed(const nb_document *document, int index)
{
    while (index < document->block_count && !is_fixed(&document->blocks[index]))
        index++;
    return index;
}

/* Both documents have the same fixed blocks, as reports of one form do. */
static bool share_fixed_blocks(const nb_document *a, const nb_document *b)
{
    int i = 0, j = 0;
    for (;; i++, j++) {
        i = next_fixed(a, i);
        j = next_fixed(b, j);
        if (i == a->block_count || j == b->block_count)
            return i == a->block_count && j == b->block_count;
        if (!may_be_paired(&a->blocks[i], &b->blocks[j]))
            return false;
    }
}

/* Between fixed blocks each stretch is aligned by itself: no text goes over into another section. */
static void align_sections(marking *m)
{
    const nb_document *a = m->old_document, *b = m->new_document;
    stretch s = { 0, 0, 0, 0 };
    if (!share_fixed_blocks(a, b)) {
        align(m, (stretch){ 0, a->block_count, 0, b->block_count });
        return;
    }
    while (s.old_first < a->block_count || s.new_first < b->block_count) {
        s.old_end = next_fixed(a, s.old_first);
        s.new_end = next_fixed(b, s.new_first);
        align(m, s);
        if (s.old_end < a->block_count)
            add_pair(m, &a->blocks[s.old_end], &b->blocks[s.new_end]);
        s.old_first = s.old_end + 1;
        s.new_first = s.new_end + 1;
    }
}

/* The changes of the blocks from `removed` on, one of each, when the first goes into the last. */
static void renumber_changes(nb_markup *markup, int removed, int moved_spans)
{
    int last = markup->document->block_count, between = last - removed - 1;
    nb_marked_change *changes = &markup->changes[markup->change_count - between - 2];
    nb_marked_change first = changes[0];
    memmove(changes, changes + 1, (size_t)between * sizeof *changes);
    changes[between] = first;
    for (int i = 0; i < between; i++)
        changes[i].block--;
    changes[between].block = changes[between + 1].block = last - 1;
    changes[between + 1].first_span += moved_spans;
    changes[between + 1].end_span += moved_spans;
}

/* Two paragraphs at the end, one taken out and one put in, become one that has both texts. */
static void join_last(marking *m, int removed)
{
    nb_document *document = m->markup->document;
    int last = document->block_count - 1, moved = document->blocks[removed].text.span_count;
    nb_block from = document->blocks[removed], *into = &document->blocks[last];
    nb_span *spans =
        NB_NEW_ARRAY(m->arena, nb_span, (size_t)(from.text.span_count + into->text.span_count));
    memcpy(spans, from.text.spans, (size_t)moved * sizeof *spans);
    memcpy(spans + moved, into->text.spans, (size_t)into->text.span_count * sizeof *spans);
    into->text.spans = spans;
    into->text.span_count += moved;
    into->change = into->end_change = NB_KEPT;
    nb_text *before = NB_NEW(m->arena, nb_text);
    *before = from.text;
    into->before = before;
    memmove(&document->blocks[removed], &document->blocks[removed + 1],
            (size_t)(last - removed) * sizeof *document->blocks);
    document->block_count--;
    renumber_changes(m->markup, removed, moved);
}

/*
 * The last paragraph's end can neither be put in nor taken out. Of a paragraph put in or taken out
 * at the end, it is the end of the paragraph before that comes or goes:
 *
 *   kept ¶  put in ¶+    is written    kept ¶+  put in ¶
 *
 * Where one was taken out and another put in, both share the end that there is.
 */
static void settle_last_end(marking *m)
{
    nb_document *document = m->markup->document;
    nb_block *blocks = document->blocks;
    int last = document->block_count - 1, before = last;
    nb_change change = last < 0 ? NB_KEPT : blocks[last].change;
    if (change == NB_KEPT || blocks[last].kind == NB_BLOCK_TABLE)
        return;
    while (before >= 0 && blocks[before].change == change)
        before--;
    blocks[last].end_change = NB_KEPT;
    if (before < 0 || blocks[before].kind == NB_BLOCK_TABLE)
        return;
    if (blocks[before].change != NB_KEPT) {
        if (blocks[before].kind != NB_BLOCK_PICTURE && blocks[last].kind != NB_BLOCK_PICTURE)
            join_last(m, before);
        return;
    }
    blocks[before].end_change = change;
    nb_text *own = NB_NEW(m->arena, nb_text), *other = &blocks[before].text;
    *own = blocks[last].text;
    if (change == NB_INSERTED) {
        blocks[last].before = other;
        return;
    }
    /* Accepting leaves the kept paragraph with this end, so it has that paragraph's style. */
    blocks[last].before = own;
    blocks[last].text.style = other->style;
    blocks[last].text.left_indent = other->left_indent;
    blocks[last].text.first_line_indent = other->first_line_indent;
}

static void collect_images(marking *m)
{
    const nb_document *documents[] = { m->new_document, m->old_document };
    nb_document *document = m->markup->document;
    size_t most = (size_t)m->new_document->image_count + (size_t)m->old_document->image_count;
    document->images = NB_NEW_ARRAY(m->arena, const nb_image *, most + 1);
    document->image_count = 0;
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < documents[k]->image_count; i++)
            if (own_image(m, documents[k]->images[i]) == documents[k]->images[i])
                document->images[document->image_count++] = documents[k]->images[i];
}

static const nb_character_pairs *text_pairs(const nb_document *document, nb_arena *arena)
{
    nb_character_pairs *pairs =
        NB_NEW_ARRAY(arena, nb_character_pairs, (size_t)document->block_count);
    for (int i = 0; i < document->block_count; i++)
        if (document->blocks[i].kind != NB_BLOCK_TABLE)
            pairs[i] =
                nb_character_pairs_of(nb_text_joined(&document->blocks[i].text, arena), arena);
    return pairs;
}

nb_markup *nb_mark_changes(const nb_document *old_document, const nb_document *new_document,
                           const nb_markup_origin *origin, nb_arena *arena)
{
    nb_markup *markup = NB_NEW(arena, nb_markup);
    nb_document *document = markup->document = NB_NEW(arena, nb_document);
    marking m = { .old_document = old_document,
                  .new_document = new_document,
                  .arena = arena,
                  .markup = markup,
                  .old_pairs = text_pairs(old_document, arena),
                  .new_pairs = text_pairs(new_document, arena) };
    *document = *new_document;
    document->blocks = NULL;
    document->block_count = 0;
    document->report_json = (nb_string){ "", 0 };
    document->markup = origin;
    collect_images(&m);
    align_sections(&m);
    settle_last_end(&m);
    return markup;
}
