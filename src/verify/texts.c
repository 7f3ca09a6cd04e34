/*
 * The sentences of two documents, aligned so that as many as possible stand against themselves;
 * between them a sentence that was changed stands against what it became.
 */
#include "verify/comparison.h"

#include "base/sequence_diff.h"
#include "base/tokens.h"

#include <assert.h>

enum {
    SHOWN_BEFORE = 20, /* characters before the first difference, in a message */
    SHOWN_AFTER = 60
};

typedef struct sentence {
    nb_string text;
    nb_string squeezed; /* by which it is compared */
    const nb_text *from;
} sentence;

typedef struct sentences {
    sentence *list;
    int count;
    int capacity;
} sentences;

static void add_text(nb_comparison *c, sentences *to, const nb_text *text)
{
    if (!text->span_count)
        return;
    nb_pieces pieces =
        nb_sentences_of(nb_text_plain(text, c->arena), NB_STRING("。！？；"), c->arena);
    for (int i = 0; i < pieces.count; i++) {
        nb_string squeezed = nb_squeezed(c->arena, pieces.list[i]);
        if (!squeezed.length)
            continue;
        NB_GROW(c->arena, to->list, to->count, &to->capacity);
        to->list[to->count++] = (sentence){ pieces.list[i], squeezed, text };
    }
}

static sentences sentences_of(nb_comparison *c, const nb_document *document)
{
    sentences all = { NULL, 0, 0 };
    for (int i = 0; i < document->block_count; i++)
        if (!document->blocks[i].table)
            add_text(c, &all, &document->blocks[i].text);
    return all;
}

static nb_string after(nb_string text, nb_string prefix)
{
    return (nb_string){ text.data + prefix.length, text.length - prefix.length };
}

static uint32_t take_first(nb_string *rest)
{
    const char *at = rest->data, *end = rest->data + rest->length;
    uint32_t c = nb_utf8_next(&at, end);
    *rest = (nb_string){ at, (size_t)(end - at) };
    return c;
}

/* Move past what cannot be seen; how many characters that were. */
static size_t skip_unseen(nb_string *rest)
{
    size_t count = 0;
    for (nb_string next = *rest; next.length && nb_is_unseen(take_first(&next)); *rest = next)
        count++;
    return count;
}

/* How many characters each text has before it first differs in what is seen. */
static void common_prefix(nb_string a, nb_string b, size_t *in_a, size_t *in_b)
{
    *in_a = *in_b = 0;
    for (;; ++*in_a, ++*in_b) {
        *in_a += skip_unseen(&a);
        *in_b += skip_unseen(&b);
        if (!a.length || !b.length || take_first(&a) != take_first(&b))
            return;
    }
}

/* The part of a sentence around where it begins to differ. */
static const char *excerpt(nb_comparison *c, nb_string text, size_t same)
{
    size_t passed = same > SHOWN_BEFORE ? same - SHOWN_BEFORE : 0;
    nb_string rest = after(text, nb_utf8_prefix(text, passed));
    nb_string shown = nb_utf8_prefix(rest, SHOWN_BEFORE + SHOWN_AFTER);
    return nb_arena_print(c->arena, "%s%.*s%s", passed ? "…" : "", (int)shown.length, shown.data,
                          shown.length < rest.length ? "…" : "");
}

static void tell(nb_comparison *c, const sentence *was, const sentence *is)
{
    assert(was || is);
    nb_findings *findings = c->findings;
    const nb_text *from = (is ? is : was)->from;
    nb_place place = { c->shown->name, is ? from->line : 0, is ? from->column : 0,
                       (was ? was : is)->from->pointer };
    c->differences++;
    if (was && is) {
        size_t same_was, same_is;
        common_prefix(was->text, is->text, &same_was, &same_is);
        nb_findings_add(findings, c->severity, "V2", place,
                        NB_SAY(findings, "正文是“%s”，所附数据是“%s”",
                               "the text has “%s”, the attached data have “%s”"),
                        excerpt(c, is->text, same_is), excerpt(c, was->text, same_was));
    } else if (is) {
        nb_findings_add(findings, c->severity, "V2", place,
                        NB_SAY(findings, "所附数据里没有正文的“%s”",
                               "the attached data lack what the text has: “%s”"),
                        excerpt(c, is->text, 0));
    } else {
        nb_findings_add(findings, c->severity, "V2", place,
                        NB_SAY(findings, "正文里没有所附数据的“%s”",
                               "the text lacks what the attached data have: “%s”"),
                        excerpt(c, was->text, 0));
    }
}

static void tell_edit(nb_comparison *c, const nb_edit *edit, const sentence *was,
                      const sentence *is)
{
    for (int i = 0; i < edit->old_count || i < edit->new_count; i++)
        tell(c, i < edit->old_count ? &was[edit->old_first + i] : NULL,
             i < edit->new_count ? &is[edit->new_first + i] : NULL);
}

typedef struct both_sides {
    sentences was, is;
} both_sides;

static bool is_same(const void *context, int old_index, int new_index)
{
    const both_sides *sides = context;
    return nb_string_equal(sides->was.list[old_index].squeezed, sides->is.list[new_index].squeezed);
}

void nb_compare_texts(nb_comparison *c, const nb_document *document, const nb_document *shown)
{
    both_sides sides = { sentences_of(c, document), sentences_of(c, shown) };
    nb_sequence_pair pair = { sides.was.count, sides.is.count, is_same, &sides };
    nb_edits edits = nb_sequence_diff(&pair, c->arena);
    for (int i = 0; i < edits.count; i++)
        if (!edits.list[i].is_same)
            tell_edit(c, &edits.list[i], sides.was.list, sides.is.list);
}
