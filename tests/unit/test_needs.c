/*
 * What patterns need of texts: wherever a pattern fits, its needs are met, and most texts are spared a
 * search.
 */
#include "random_report.h"

#include "form/text_rules.h"

typedef struct searching {
    report_test *t;
    nb_needs *needs;
    nb_finder *finder;
    int fitting, spared;
} searching;

static searching searching_of(report_test *t)
{
    return (searching){ .t = t,
                        .needs = nb_needs_new(NB_STRING("今天的天气很好"), t->arena),
                        .finder = nb_finder_new(t->arena) };
}

/* NULL when it is no pattern; faults are not told. */
static const nb_pattern *pattern_of(searching *s, const char *words)
{
    nb_findings *findings = nb_findings_new(NB_ENGLISH);
    nb_reader reader = { "pattern", s->t->arena, findings, false };
    nb_json node = { .kind = NB_JSON_STRING, .text = nb_string_of(words), .key = { "", 0 } };
    const nb_pattern *pattern = nb_pattern_read(&reader, &node, NULL, s->needs);
    nb_findings_drop(findings);
    return pattern;
}

static void search(searching *s, const nb_pattern *pattern, nb_string text)
{
    nb_range found;
    bool fits = nb_pattern_find(pattern, s->finder, text, 0, &found);
    bool may_fit = nb_pattern_may_fit(pattern, nb_needs_met(s->needs, text));
    s->fitting += fits;
    s->spared += !may_fit;
    if (fits && !may_fit)
        print_error("lost: “%.*s”\n", (int)text.length, text.data);
    assert_true(may_fit || !fits);
}

static void what_a_pattern_needs_is_told_from_it(void **state)
{
    static const struct {
        const char *pattern, *met, *unmet; /* texts; unmet NULL: nothing is needed */
    } cases[] = {
        { "公开", "主动公开信息", "公示, 开" },
        { "公开|发布", "已发布", "公布" },
        { "(?:公开|发布)信息", "公开信息", "公开 信息" },
        { "(?<here>[省市县])政府", "市政府", "区政府" },
        { "[^市]政府", "区政府", "省" },
        { "全?市", "市", "全" },
        { "(?:共|合计)[0-9]{1,4}件", "合计12件", "合计12" },
        { "(?:共|合计)[0-9]{1,4}件", "共1件", "12件" },
        { "a{3}", "aaa", "aa" },
        { "a{2,}b", "aab", "ab" },
        { "[一-龥]+局", "统计局", "统计" },
        { "(?=政府)政", "政府", "政 府" },
        { "(?<!不)公开(?!信息)", "公开", "开" },
        { "^（三）", "（三）", "（四）" },
        { "x(*SKIP)(*F)|，，", "，，", "x，" },
        { "\\[图\\]|<(?:br|p)\\b", "<p>", "[图" },
        { "\\s*条", "条", "\t" },
        { "政府信息公开工作年度报告", "政府信息公开工作年度报告", "政府信息公开工作年度" },
        { "(?:公开|)", "", NULL },
        { "公开*", "公", "开" },
        { "(?:公开)?", "", NULL },
        { "(?i)ABC", "abc", NULL },
        { "(?|公开|发布)", "发布", NULL },
        { "\\x{516C}开", "公开", NULL },
        { "(公)\\1", "公公", NULL },
        { "[[:digit:]]件", "1件", NULL },
        { ".", "a", NULL },
        { "天气", "天气", NULL }, /* an everyday word */
        { "天气预报", "天气预报", "天气" },
    };
    searching s = searching_of(*state);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const nb_pattern *pattern = pattern_of(&s, cases[i].pattern);
        print_message("%s\n", cases[i].pattern);
        assert_non_null(pattern);
        search(&s, pattern, nb_string_of(cases[i].met));
        const char *unmet = cases[i].unmet ? cases[i].unmet : "";
        assert_int_equal(nb_pattern_may_fit(pattern, nb_needs_met(s.needs, nb_string_of(unmet))),
                         cases[i].unmet == NULL);
    }
    assert_int_equal(s.fitting, sizeof cases / sizeof cases[0]);
}

/* Patterns of all that is known of them here, and of some that is not. */
static void random_pattern(random_source *random, int depth, nb_buffer *out)
{
    for (int parts = random_below(random, 4); parts >= 0; parts--) {
        int kind = random_below(random, depth ? 10 : 6);
        if (kind > 5) {
            nb_buffer_text(out, RANDOM_OF(random, "(", "(?:", "(?<n>", "(?=", "(?!", "(?<=", "(?<!",
                                          "(?:", "(?>", "(?i)("));
            random_pattern(random, depth - 1, out);
            nb_buffer_text(out, ")");
        } else if (kind == 5) {
            nb_buffer_text(out, "|");
        } else {
            nb_buffer_text(out,
                           RANDOM_OF(random, "a", "b", "省", "县", "ab", "省县", "[ab]", "[^a]",
                                     "[省-眃a]", "[]a]", "[\\sb]", ".", "^", "$", "\\b", "\\s",
                                     "\\.", "\\x61", "(*SKIP)(*F)", "b(*SKIP)(*F)|", "[一-龥]"));
        }
        if (kind != 5 && random_below(random, 3) == 0)
            nb_buffer_text(out, RANDOM_OF(random, "?", "*", "+", "{2}", "{1,2}", "{2,}", "{0,1}",
                                          "{,2}", "+?", "*+", "{2}{2}", "{"));
    }
}

static nb_string random_text(random_source *random, nb_arena *arena)
{
    nb_buffer *out = nb_buffer_new(arena, 4096);
    for (int i = random_below(random, 8); i > 0; i--)
        nb_buffer_text(out, RANDOM_OF(random, "a", "b", "省", "县", ".", " ", "{", "]", "A"));
    return (nb_string){ (const char *)out->data, out->length };
}

static void no_place_of_random_patterns_is_lost(void **state)
{
    enum { PATTERNS = 2000, TEXTS = 20 };
    report_test *t = *state;
    random_source random = { UINT64_C(20211130) };
    nb_finder *finder = nb_finder_new(t->arena);
    int read = 0, fitting = 0, spared = 0;
    for (int i = 0; i < PATTERNS; i++) {
        searching s = { t, nb_needs_new(NB_STRING("今天的天气很好"), t->arena), finder, 0, 0 };
        nb_buffer *words = nb_buffer_new(t->arena, 1 << 16);
        random_pattern(&random, 3, words);
        const char *text = nb_arena_copy(t->arena, words->data, words->length);
        const nb_pattern *pattern = pattern_of(&s, text);
        for (int j = 0; pattern && j < TEXTS; j++)
            search(&s, pattern, random_text(&random, t->arena));
        read += pattern != NULL;
        fitting += s.fitting;
        spared += s.spared;
    }
    print_message("%d patterns, %d texts fit, %d were spared\n", read, fitting, spared);
    assert_true(read > PATTERNS / 4 && fitting > read && spared > read);
}

/* Pieces of texts next to each other, a few characters of each. */
static nb_string spliced(random_source *random, const nb_string *sources, int count,
                         nb_arena *arena)
{
    nb_buffer *out = nb_buffer_new(arena, 1 << 16);
    for (int i = random_below(random, 12); i >= 0; i--) {
        nb_string source = sources[random_below(random, count)];
        size_t from = (size_t)random_below(random, (int)source.length);
        while (from < source.length && (source.data[from] & 0xC0) == 0x80)
            from++;
        nb_string piece = nb_utf8_prefix((nb_string){ source.data + from, source.length - from },
                                         (size_t)random_below(random, 12));
        nb_buffer_add(out, piece.data, piece.length);
    }
    return (nb_string){ (const char *)out->data, out->length };
}

static void search_all(searching *s, const nb_form *form, nb_string text)
{
    for (int i = 0; i < form->text_check_count; i++) {
        const nb_text_check *check = &form->text_checks[i];
        if (check->find)
            search(s, check->find, text);
        for (int j = 0; j < check->like_count; j++)
            search(s, check->like[j], text);
    }
}

static void no_place_of_the_forms_patterns_is_lost(void **state)
{
    enum { TEXTS = 3000 };
    report_test *t = *state;
    random_source random = { UINT64_C(20220131) };
    const nb_form *form = shipped_form(t);
    searching s = searching_of(t);
    s.needs = form->needs;
    /* The form's file has all the words that its patterns are made of. */
    const nb_string sources[] = { source_file(t, "layouts/annual-report-2021.json"),
                                  source_file(t, "tests/claims/right.txt"),
                                  source_file(t, "tests/claims/faults.txt"),
                                  source_file(t, "tests/check/clean/texts.json"),
                                  source_file(t, "tests/check/faults/L11.json"),
                                  source_file(t, "tests/check/faults/L20.json") };
    const int count = (int)(sizeof sources / sizeof sources[0]);
    int lines = 0;
    for (int i = 0; i < count; i++)
        for (const char *at = sources[i].data, *end = at + sources[i].length; at < end; lines++) {
            const char *stop = memchr(at, '\n', (size_t)(end - at));
            stop = stop ? stop : end;
            search_all(&s, form, (nb_string){ at, (size_t)(stop - at) });
            at = stop < end ? stop + 1 : end;
        }
    for (int i = 0; i < TEXTS; i++)
        search_all(&s, form, spliced(&random, sources, count, t->arena));
    print_message("%d searches fit, %d were spared\n", s.fitting, s.spared);
    assert_true(s.fitting > lines && s.spared > 20 * (lines + TEXTS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        REPORT_TEST(what_a_pattern_needs_is_told_from_it),
        REPORT_TEST(no_place_of_random_patterns_is_lost),
        REPORT_TEST(no_place_of_the_forms_patterns_is_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
