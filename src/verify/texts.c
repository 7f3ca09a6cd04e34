/*
 * The sentences of two documents, aligned so that as many as possible stand against themselves;
 * between them a sentence that was changed stands against what it became.
 */
#include "verify/comparison.h"

enum {
    MOST_ALIGNED = 2000, /* sentences on either side that are aligned by what they say */
    SHOWN_BEFORE = 20,   /* characters before the first difference, in a message */
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

static bool ends_sentence(uint32_t c)
{
    return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0xFF1B;
}

static bool closes(uint32_t c)
{
    return c == 0x201D || c == 0x2019 || c == 0xFF09 || c == 0x300B;
}

static nb_string first_sentence(nb_string text)
{
    const char *at = text.data, *end = text.data + text.length;
    bool ended = false;
    while (at < end) {
        const char *start = at;
        uint32_t c = nb_utf8_next(&at, end);
        if (ended && !closes(c) && !ends_sentence(c))
            return (nb_string){ text.data, (size_t)(start - text.data) };
        ended = ended || ends_sentence(c);
    }
    return text;
}

static void add_text(nb_comparison *c, sentences *to, const nb_text *text)
{
    nb_string rest = text->span_count ? nb_text_plain(text, c->arena) : NB_STRING("");
    while (rest.length) {
        nb_string next = first_sentence(rest), squeezed = nb_squeezed(c->arena, next);
        rest = (nb_string){ rest.data + next.length, rest.length - next.length };
        if (!squeezed.length)
            continue;
        NB_GROW(c->arena, to->list, to->count, &to->capacity);
        to->list[to->count++] = (sentence){ next, squeezed, text };
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

/* How many characters both texts begin with. */
static size_t common_prefix(nb_string a, nb_string b)
{
    size_t count = 0;
    const char *at_a = a.data, *at_b = b.data;
    while (at_a < a.data + a.length && at_b < b.data + b.length &&
           nb_utf8_next(&at_a, a.data + a.length) == nb_utf8_next(&at_b, b.data + b.length))
        count++;
    return count;
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
    nb_findings *findings = c->findings;
    const nb_text *from = (is ? is : was)->from;
    nb_place place = { c->shown->name, is ? from->line : 0, is ? from->column : 0,
                       (was ? was : is)->from->pointer };
    c->differences++;
    if (was && is) {
        size_t same = common_prefix(was->text, is->text);
        nb_findings_add(findings, c->severity, "V2", place,
                        NB_SAY(findings, "正文是“%s”，所附数据是“%s”",
                               "the text has “%s”, the attached data have “%s”"),
                        excerpt(c, is->text, same), excerpt(c, was->text, same));
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

static void tell_stretch(nb_comparison *c, const sentence *was, int was_count, const sentence *is,
                         int is_count)
{
    for (int i = 0; i < was_count || i < is_count; i++)
        tell(c, i < was_count ? &was[i] : NULL, i < is_count ? &is[i] : NULL);
}

static bool same(const sentence *a, const sentence *b)
{
    return nb_string_equal(a->squeezed, b->squeezed);
}

/* The longest common subsequence of what is neither a common beginning nor a common end. */
static void align(nb_comparison *c, const sentence *was, int was_count, const sentence *is,
                  int is_count)
{
    size_t width = (size_t)is_count + 1;
    uint16_t *length = NB_NEW_ARRAY(c->arena, uint16_t, ((size_t)was_count + 1) * width);
    for (int i = was_count - 1; i >= 0; i--)
        for (int k = is_count - 1; k >= 0; k--) {
            uint16_t down = length[(size_t)(i + 1) * width + (size_t)k];
            uint16_t right = length[(size_t)i * width + (size_t)k + 1];
            uint16_t both = length[(size_t)(i + 1) * width + (size_t)k + 1];
            length[(size_t)i * width + (size_t)k] = same(&was[i], &is[k]) ? (uint16_t)(both + 1)
                                                    : down > right        ? down
                                                                          : right;
        }
    int i = 0, k = 0, from_i = 0, from_k = 0;
    while (i < was_count && k < is_count) {
        if (same(&was[i], &is[k])) {
            tell_stretch(c, was + from_i, i - from_i, is + from_k, k - from_k);
            from_i = ++i;
            from_k = ++k;
        } else if (length[(size_t)(i + 1) * width + (size_t)k] >=
                   length[(size_t)i * width + (size_t)k + 1]) {
            i++;
        } else {
            k++;
        }
    }
    tell_stretch(c, was + from_i, was_count - from_i, is + from_k, is_count - from_k);
}

void nb_compare_texts(nb_comparison *c, const nb_document *document, const nb_document *shown)
{
    sentences was = sentences_of(c, document), is = sentences_of(c, shown);
    int first = 0;
    while (first < was.count && first < is.count && same(&was.list[first], &is.list[first]))
        first++;
    while (was.count > first && is.count > first &&
           same(&was.list[was.count - 1], &is.list[is.count - 1])) {
        was.count--;
        is.count--;
    }
    const sentence *was_from = was.list + first, *is_from = is.list + first;
    int was_count = was.count - first, is_count = is.count - first;
    if (was_count <= MOST_ALIGNED && is_count <= MOST_ALIGNED)
        align(c, was_from, was_count, is_from, is_count);
    else
        tell_stretch(c, was_from, was_count, is_from, is_count);
}
