#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/sequence_diff.h"
#include "base/tokens.h"
#include <stdlib.h>

typedef struct letters {
    const char *old_letters, *new_letters;
} letters;

static bool is_same_letter(const void *context, int old_index, int new_index)
{
    const letters *l = context;
    return l->old_letters[old_index] == l->new_letters[new_index];
}

static nb_edits diff_of(const letters *l, nb_arena *arena)
{
    nb_sequence_pair pair = { (int)strlen(l->old_letters), (int)strlen(l->new_letters),
                              is_same_letter, l };
    return nb_sequence_diff(&pair, arena);
}

/* The edits as text: same letters as they are, changes as [old|new]. */
static const char *shown(const letters *l, nb_edits edits, nb_arena *arena)
{
    const char *text = "";
    for (int i = 0; i < edits.count; i++) {
        const nb_edit *e = &edits.list[i];
        if (e->is_same)
            text =
                nb_arena_print(arena, "%s%.*s", text, e->old_count, l->old_letters + e->old_first);
        else
            text = nb_arena_print(arena, "%s[%.*s|%.*s]", text, e->old_count,
                                  l->old_letters + e->old_first, e->new_count,
                                  l->new_letters + e->new_first);
    }
    return text;
}

static void changes_are_found_where_they_are(void **state)
{
    static const struct {
        letters letters;
        const char *edits;
    } cases[] = {
        { { "", "" }, "" },
        { { "abc", "abc" }, "abc" },
        { { "", "abc" }, "[|abc]" },
        { { "abc", "" }, "[abc|]" },
        { { "abc", "xyz" }, "[abc|xyz]" },
        { { "abc", "abxc" }, "ab[|x]c" },
        { { "abxc", "abc" }, "ab[x|]c" },
        { { "abcd", "axd" }, "a[bc|x]d" },
        { { "abcdefgh", "xbcdefgy" }, "[a|x]bcdefg[h|y]" },
    };
    nb_arena *arena = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(shown(&cases[i].letters, diff_of(&cases[i].letters, arena), arena),
                            cases[i].edits);
}

/* The edits cover both sequences in order, and what they call the same is the same. */
static int expect_sound(const letters *l, nb_edits edits)
{
    int old_at = 0, new_at = 0, changed = 0;
    for (int i = 0; i < edits.count; i++) {
        const nb_edit *e = &edits.list[i];
        assert_int_equal(e->old_first, old_at);
        assert_int_equal(e->new_first, new_at);
        assert_true(e->old_count + e->new_count > 0);
        assert_true(i == 0 || e->is_same != edits.list[i - 1].is_same);
        if (e->is_same) {
            assert_int_equal(e->old_count, e->new_count);
            assert_memory_equal(l->old_letters + old_at, l->new_letters + new_at,
                                (size_t)e->old_count);
        } else {
            changed += e->old_count + e->new_count;
        }
        old_at += e->old_count;
        new_at += e->new_count;
    }
    assert_int_equal(old_at, strlen(l->old_letters));
    assert_int_equal(new_at, strlen(l->new_letters));
    return changed;
}

static int longest_common(const char *a, const char *b)
{
    enum { MOST = 64 };
    int table[MOST + 1][MOST + 1] = { { 0 } };
    int m = (int)strlen(a), n = (int)strlen(b);
    for (int i = m - 1; i >= 0; i--)
        for (int j = n - 1; j >= 0; j--) {
            int best = table[i + 1][j] > table[i][j + 1] ? table[i + 1][j] : table[i][j + 1];
            table[i][j] = a[i] == b[j] ? 1 + table[i + 1][j + 1] : best;
        }
    return table[0][0];
}

static void random_letters(char *to, unsigned *seed, int most, int kinds)
{
    *seed = *seed * 1103515245u + 12345u;
    int length = (int)(*seed >> 16) % (most + 1);
    for (int i = 0; i < length; i++) {
        *seed = *seed * 1103515245u + 12345u;
        to[i] = (char)('a' + (int)(*seed >> 16) % kinds);
    }
    to[length] = '\0';
}

static void the_fewest_entries_change(void **state)
{
    nb_arena *arena = *state;
    unsigned seed = 7;
    for (int i = 0; i < 2000; i++) {
        char a[64], b[64];
        random_letters(a, &seed, 40, 1 + i % 5);
        random_letters(b, &seed, 40, 1 + i % 5);
        letters l = { a, b };
        int changed = expect_sound(&l, diff_of(&l, arena));
        assert_int_equal(changed, (int)(strlen(a) + strlen(b)) - 2 * longest_common(a, b));
    }
}

static void long_sequences_without_likeness_end(void **state)
{
    enum { LENGTH = 40000 };
    nb_arena *arena = *state;
    char *a = nb_arena_alloc(arena, LENGTH + 1), *b = nb_arena_alloc(arena, LENGTH + 1);
    unsigned seed = 11;
    for (int i = 0; i < LENGTH; i++) {
        seed = seed * 1103515245u + 12345u;
        a[i] = (char)('a' + (int)(seed >> 16) % 2);
        b[i] = (char)('a' + (int)(seed >> 20) % 26);
    }
    letters l = { a, b };
    expect_sound(&l, diff_of(&l, arena));
}

static void scattered_changes_are_joined(void **state)
{
    nb_arena *arena = *state;
    letters l = { "xxabyyzzzz", "ppabqqzzzz" };
    nb_edits edits = diff_of(&l, arena);
    assert_string_equal(shown(&l, edits, arena), "[xx|pp]ab[yy|qq]zzzz");
    nb_edits_join(&edits, 1, NULL, NULL);
    assert_string_equal(shown(&l, edits, arena), "[xx|pp]ab[yy|qq]zzzz");
    letters shorter = { "xxayyzzzz", "ppaqqzzzz" };
    edits = diff_of(&shorter, arena);
    nb_edits_join(&edits, 1, NULL, NULL);
    assert_string_equal(shown(&shorter, edits, arena), "[xxayy|ppaqq]zzzz");
    expect_sound(&shorter, edits);
}

static int letter_likeness(const void *context, int old_index, int new_index)
{
    const letters *l = context;
    int apart = abs(l->old_letters[old_index] - l->new_letters[new_index]);
    return apart > 10 ? 0 : 1000 - 100 * apart;
}

static void like_entries_are_paired_in_order(void **state)
{
    nb_arena *arena = *state;
    letters l = { "ahz", "bgpz" };
    int *partners = nb_sequence_match(3, 4, 500, letter_likeness, &l, arena);
    assert_int_equal(partners[0], 0);
    assert_int_equal(partners[1], 1);
    assert_int_equal(partners[2], 3);
    partners = nb_sequence_match(3, 0, 500, letter_likeness, &l, arena);
    assert_int_equal(partners[2], -1);
    letters far = { "a", "k" };
    assert_int_equal(nb_sequence_match(1, 1, 500, letter_likeness, &far, arena)[0], -1);
}

static void expect_pieces(nb_pieces pieces, const char *joined, nb_arena *arena)
{
    const char *text = "";
    for (int i = 0; i < pieces.count; i++)
        text = nb_arena_print(arena, "%s%s%.*s", text, i ? "|" : "", (int)pieces.list[i].length,
                              pieces.list[i].data);
    assert_string_equal(text, joined);
}

static void numbers_and_words_are_whole_tokens(void **state)
{
    nb_arena *arena = *state;
    expect_pieces(nb_tokens_of(NB_STRING("从1,258件增至1260件，增长0.2%。"), arena),
                  "从|1,258|件|增|至|1260|件|，|增|长|0.2%|。", arena);
    expect_pieces(nb_tokens_of(NB_STRING("用PDF/A-3a格式 v2"), arena), "用|PDF|/|A|-|3a|格|式| |v2",
                  arena);
    expect_pieces(nb_tokens_of(NB_STRING("1.2.3,"), arena), "1.2.3|,", arena);
    expect_pieces(nb_tokens_of(NB_STRING("第3.条"), arena), "第|3|.|条", arena);
    expect_pieces(nb_tokens_of(NB_STRING(""), arena), "", arena);
}

static void sentences_end_after_their_marks(void **state)
{
    nb_arena *arena = *state;
    nb_string marks = NB_STRING("。！？；");
    expect_pieces(nb_sentences_of(NB_STRING("一是甲；二是“乙。”三是丙？！末"), marks, arena),
                  "一是甲；|二是“乙。”|三是丙？！|末", arena);
    expect_pieces(nb_sentences_of(NB_STRING("没有句号"), marks, arena), "没有句号", arena);
}

static void texts_are_likened_by_what_they_share(void **state)
{
    nb_arena *arena = *state;
    nb_character_pairs a = nb_character_pairs_of(NB_STRING("全年公开信息25条"), arena);
    nb_character_pairs b = nb_character_pairs_of(NB_STRING("全年公开信息26条"), arena);
    nb_character_pairs c = nb_character_pairs_of(NB_STRING("无"), arena);
    assert_int_equal(nb_likeness_of(&a, &a), 1000);
    assert_in_range(nb_likeness_of(&a, &b), 700, 999);
    assert_int_equal(nb_likeness_of(&a, &c), 0);
}

static int make_arena(void **state)
{
    *state = nb_arena_new();
    return *state ? 0 : 1;
}

static int drop_arena(void **state)
{
    nb_arena_drop(*state);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_arena, drop_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(changes_are_found_where_they_are),    TEST(the_fewest_entries_change),
        TEST(long_sequences_without_likeness_end), TEST(scattered_changes_are_joined),
        TEST(like_entries_are_paired_in_order),    TEST(numbers_and_words_are_whole_tokens),
        TEST(sentences_end_after_their_marks),     TEST(texts_are_likened_by_what_they_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
