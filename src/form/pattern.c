#include "form/pattern.h"

#include "base/buffer.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdatomic.h>

enum {
    LONGEST_PATTERN = 1 << 16, /* bytes, words filled in */
    MOST_GROUPS = 32,
    MOST_STEPS = 1000000, /* of one search: an ordinary one on a long paragraph takes thousands */
    WORTH_TRANSLATING = 4 /* searches, which take as long on a paragraph */
};

/*
 * A pattern that is searched for often is translated to machine code, which finds the same many
 * times as fast. Translating takes as long as some searches, and most patterns are searched for in
 * few reports, so it waits until there have been some. The thread that makes that search does it; others go on with the code they have.
 */
typedef struct translation {
    atomic_uint searches;
    _Atomic(pcre2_code *) code; /* NULL until it is worth it, or where the machine is not known */
} translation;

struct nb_pattern {
    pcre2_code *code;
    translation *translation;
    nb_need need;
};

struct nb_finder {
    pcre2_match_data *data;
    pcre2_match_context *context;
    const nb_pattern *last;
};

static void free_code(void *object)
{
    nb_pattern *pattern = object;
    pcre2_code_free(pattern->translation->code);
    pcre2_code_free(pattern->code);
}

static bool is_name_letter(char c)
{
    return (c >= 'a' && c <= 'z') || c == '_';
}

/* Words, and lists of them. */
static void add_list(const nb_json *list, nb_buffer *out)
{
    for (const nb_json *word = list->first; word; word = word->next) {
        if (word->index)
            nb_buffer_byte(out, '|');
        if (word->kind == NB_JSON_ARRAY)
            add_list(word, out);
        else
            nb_buffer_add(out, word->text.data, word->text.length);
    }
}

static void add_words(nb_reader *reader, const nb_json *node, const nb_json *words, nb_string name,
                      nb_buffer *out)
{
    const nb_json *list =
        nb_json_member(words, nb_arena_copy(reader->arena, name.data, name.length));
    if (!list) {
        nb_reader_fault(reader, node,
                        NB_SAY(reader->findings, "没有叫“%.*s”的词", "there are no words “%.*s”"),
                        (int)name.length, name.data);
        return;
    }
    nb_buffer_text(out, "(?:");
    add_list(list, out);
    nb_buffer_byte(out, ')');
}

/* The pattern with words in place of their {names}; {2,4} is left as it is. */
static nb_string filled(nb_reader *reader, const nb_json *node, const nb_json *words)
{
    nb_buffer *out = nb_buffer_new(reader->arena, LONGEST_PATTERN);
    const char *at = node->text.data, *end = at + node->text.length;
    while (at < end) {
        const char *stop = at + 1;
        while (*at == '{' && stop < end && is_name_letter(*stop))
            stop++;
        if (*at == '{' && stop > at + 1 && stop < end && *stop == '}') {
            add_words(reader, node, words, (nb_string){ at + 1, (size_t)(stop - at) - 1 }, out);
            at = stop + 1;
        } else {
            nb_buffer_byte(out, (unsigned char)*at++);
        }
    }
    return (nb_string){ (const char *)out->data, out->overflowed ? LONGEST_PATTERN : out->length };
}

const nb_pattern *nb_pattern_read(nb_reader *reader, const nb_json *node, const nb_json *words,
                                  nb_needs *needs)
{
    int error = 0;
    size_t offset = 0;
    if (node->kind != NB_JSON_STRING || !node->text.length) {
        nb_reader_fault(
            reader, node,
            NB_SAY(reader->findings, "这里要一个正则表达式", "this must be a regular expression"));
        return NULL;
    }
    nb_pattern *pattern = NB_NEW(reader->arena, nb_pattern);
    nb_string text = filled(reader, node, words);
    pattern->translation = NB_NEW(reader->arena, translation);
    nb_arena_defer(reader->arena, free_code, pattern);
    pattern->code =
        pcre2_compile((PCRE2_SPTR)text.data, text.length,
                      PCRE2_UTF | PCRE2_DUPNAMES | PCRE2_NEVER_BACKSLASH_C, &error, &offset, NULL);
    if (!pattern->code) {
        unsigned char words_of_error[120] = "";
        pcre2_get_error_message(error, words_of_error, sizeof words_of_error);
        nb_reader_fault(reader, node,
                        NB_SAY(reader->findings, "正则表达式有错：%s（“%.*s”之后）",
                               "the regular expression is wrong: %s (after “%.*s”)"),
                        (const char *)words_of_error,
                        (int)(offset < text.length ? offset : text.length), text.data);
        return NULL;
    }
    if (needs)
        pattern->need = nb_needs_add(needs, text);
    return pattern;
}

bool nb_pattern_may_fit(const nb_pattern *pattern, nb_need met)
{
    return nb_need_is_met(pattern->need, met);
}

static void free_finder(void *object)
{
    nb_finder *finder = object;
    pcre2_match_data_free(finder->data);
    pcre2_match_context_free(finder->context);
}

nb_finder *nb_finder_new(nb_arena *arena)
{
    nb_finder *finder = NB_NEW(arena, nb_finder);
    nb_arena_defer(arena, free_finder, finder);
    finder->data = pcre2_match_data_create(MOST_GROUPS, NULL);
    finder->context = pcre2_match_context_create(NULL);
    if (!finder->data || !finder->context)
        nb_arena_fail(arena);
    pcre2_set_match_limit(finder->context, MOST_STEPS);
    return finder;
}

/* The code is that of another thread's until it is put in place, so a copy is translated. */
static pcre2_code *translate(const nb_pattern *pattern)
{
    pcre2_code *copy = pcre2_code_copy(pattern->code);
    if (copy && pcre2_jit_compile(copy, PCRE2_JIT_COMPLETE) == 0) {
        atomic_store_explicit(&pattern->translation->code, copy, memory_order_release);
        return copy;
    }
    pcre2_code_free(copy);
    return NULL;
}

static pcre2_code *translated(const nb_pattern *pattern)
{
    translation *t = pattern->translation;
    pcre2_code *code = atomic_load_explicit(&t->code, memory_order_acquire);
    if (code || atomic_load_explicit(&t->searches, memory_order_relaxed) > WORTH_TRANSLATING)
        return code;
    if (atomic_fetch_add_explicit(&t->searches, 1, memory_order_relaxed) == WORTH_TRANSLATING)
        return translate(pattern);
    return NULL;
}

bool nb_pattern_find(const nb_pattern *pattern, nb_finder *finder, nb_string text, size_t start,
                     nb_range *found)
{
    if (start > text.length)
        return false;
    finder->last = pattern;
    pcre2_code *fast = translated(pattern);
    int result = PCRE2_ERROR_JIT_STACKLIMIT;
    if (fast)
        result = pcre2_match(fast, (PCRE2_SPTR)text.data, text.length, start, PCRE2_NO_UTF_CHECK,
                             finder->data, finder->context);
    /* A search that is too much for 32 KiB of the thread's stack, or too long, goes the other way. */
    if (result < 0 && result != PCRE2_ERROR_NOMATCH)
        result = pcre2_match(pattern->code, (PCRE2_SPTR)text.data, text.length, start,
                             PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT, finder->data, finder->context);
    if (result < 0)
        return false;
    const size_t *places = pcre2_get_ovector_pointer(finder->data);
    *found = (nb_range){ places[0], places[1] < places[0] ? places[0] : places[1] };
    return true;
}

bool nb_finder_group(const nb_finder *finder, const char *name, nb_range *group)
{
    PCRE2_SPTR first, last;
    int size = pcre2_substring_nametable_scan(finder->last->code, (PCRE2_SPTR)name, &first, &last);
    const size_t *places = pcre2_get_ovector_pointer(finder->data);
    uint32_t count = pcre2_get_ovector_count(finder->data);
    for (PCRE2_SPTR at = first; size > 0 && at <= last; at += size) {
        size_t number = (size_t)at[0] << 8 | at[1];
        if (number < count && places[2 * number] != PCRE2_UNSET) {
            *group = (nb_range){ places[2 * number], places[2 * number + 1] };
            return true;
        }
    }
    return false;
}
