/* Streams put together from pieces, unpacked again. */
#include "deflate_fixture.h"

#include "pack/pieces.h"

static int set_up(void **state)
{
    *state = nb_arena_new();
    return *state ? 0 : -1;
}

static int tear_down(void **state)
{
    nb_arena_drop(*state);
    return 0;
}

/* Bytes that are the same in every run, most of them low. */
static nb_string some_bytes(nb_arena *arena, size_t length, uint32_t seed)
{
    char *bytes = nb_arena_alloc(arena, length + 1);
    for (size_t i = 0; i < length; i++) {
        seed = seed * 1664525 + 1013904223;
        uint32_t high = seed >> 24;
        bytes[i] = (char)(high * high >> 8);
    }
    return (nb_string){ bytes, length };
}

static nb_piece_code code_for(nb_string bytes)
{
    nb_piece_code code;
    uint32_t frequencies[256] = { 0 };
    for (size_t i = 0; i < bytes.length; i++)
        frequencies[(unsigned char)bytes.data[i]]++;
    nb_piece_code_make(frequencies, &code);
    return code;
}

static const nb_piece *encode(nb_arena *arena, const nb_piece_code *code, nb_string bytes)
{
    nb_piece *piece = NB_NEW(arena, nb_piece);
    uint64_t *words = NB_NEW_ARRAY(arena, uint64_t, nb_piece_word_count(code, bytes));
    *piece = nb_piece_encode(code, bytes, words);
    assert_int_equal(piece->length, bytes.length);
    return piece;
}

static void assert_unpacks_to(nb_arena *arena, nb_string stream, nb_string expected)
{
    assert_true(nb_string_equal(unpacked(stream, expected.length, arena), expected));
}

static nb_string join(nb_arena *arena, const nb_joined *parts)
{
    nb_buffer *out = nb_buffer_new(arena, 1 << 24);
    nb_buffer_text(out, "before");
    size_t before = out->length;
    nb_pieces_join(parts, out);
    assert_int_equal(out->length - before, nb_pieces_joined_length(parts));
    return (nb_string){ (const char *)out->data + before, out->length - before };
}

static void test_joined(void **state)
{
    enum { PIECES = 200 };
    nb_arena *arena = *state;
    static const size_t heads[] = { 0, 1, 65535, 65536, 200000 };
    nb_string all = some_bytes(arena, 600000, 1);
    nb_piece_code code = code_for(all);
    for (size_t h = 0; h < sizeof heads / sizeof heads[0]; h++) {
        const nb_piece *pieces[PIECES];
        size_t at = heads[h];
        for (int i = 0; i < PIECES; i++) {
            size_t length = (size_t)i * 17 % 1000; /* one of them is empty */
            pieces[i] = encode(arena, &code, (nb_string){ all.data + at, length });
            at += length;
        }
        const nb_joined parts = { &code, { all.data, heads[h] }, pieces, PIECES };
        assert_unpacks_to(arena, join(arena, &parts), (nb_string){ all.data, at });
    }
}

static void test_nothing(void **state)
{
    nb_arena *arena = *state;
    nb_piece_code code = code_for(NB_STRING(""));
    assert_unpacks_to(arena, join(arena, &(nb_joined){ .code = &code }), NB_STRING(""));
}

/* Frequencies like these would give the rarest bytes codes of 30 bits; deflate ends at 15. */
static void test_longest_codes(void **state)
{
    nb_arena *arena = *state;
    nb_piece_code code;
    uint32_t frequencies[256] = { 0 }, before = 1, now = 1;
    for (int i = 0; i < 40; i++) {
        frequencies[i] = now;
        now += before;
        before = frequencies[i];
    }
    nb_piece_code_make(frequencies, &code);
    double whole = 0; /* Kraft's sum: 1 when no string of bits is left without meaning */
    for (int i = 0; i < NB_PIECE_SYMBOLS; i++) {
        assert_in_range(code.lengths[i], 1, 15);
        whole += 1.0 / (1 << code.lengths[i]);
    }
    assert_true(whole == 1);
    nb_string bytes = some_bytes(arena, 5000, 2);
    const nb_piece *piece = encode(arena, &code, bytes);
    assert_unpacks_to(
        arena, join(arena, &(nb_joined){ .code = &code, .pieces = &piece, .count = 1 }), bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_joined, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_longest_codes, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
