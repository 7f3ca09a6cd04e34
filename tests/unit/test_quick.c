/* Streams compressed in one pass, unpacked again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "pack/deflate.h"
#include "pack/quick.h"
#include <libdeflate.h>
#include <stdlib.h>

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

/* Unpacking also compares the checksum. */
static void assert_comes_back(nb_arena *arena, nb_string bytes)
{
    struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
    char *unpacked = malloc(bytes.length + 1);
    assert_non_null(decompressor);
    assert_non_null(unpacked);
    for (nb_quick_kind kind = 0; kind < NB_QUICK_KIND_COUNT; kind++) {
        nb_string stream = nb_quick_zlib(nb_deflate_stock_code(NULL, kind, arena), bytes, arena);
        assert_true(stream.length <= 2 * bytes.length + 256);
        size_t length;
        assert_int_equal(libdeflate_zlib_decompress(decompressor, stream.data, stream.length,
                                                    unpacked, bytes.length, &length),
                         LIBDEFLATE_SUCCESS);
        assert_int_equal(length, bytes.length);
        assert_memory_equal(unpacked, bytes.data, length);
        stream = nb_quick_raw(nb_deflate_stock_code(NULL, kind, arena), bytes, arena);
        assert_int_equal(libdeflate_deflate_decompress(decompressor, stream.data, stream.length,
                                                       unpacked, bytes.length, &length),
                         LIBDEFLATE_SUCCESS);
        assert_int_equal(length, bytes.length);
        assert_memory_equal(unpacked, bytes.data, length);
    }
    free(unpacked);
    libdeflate_free_decompressor(decompressor);
}

/* Bytes below a limit, the same in every run. */
static char *some_bytes(nb_arena *arena, size_t length, unsigned limit, uint32_t seed)
{
    char *bytes = nb_arena_alloc(arena, length + 1);
    for (size_t i = 0; i < length; i++) {
        seed = seed * 1664525 + 1013904223;
        bytes[i] = (char)((seed >> 24) % limit);
    }
    return bytes;
}

static void whatever_is_packed_comes_back(void **state)
{
    enum { LONGEST = 300 };
    static const unsigned limits[] = { 1, 2, 7, 256 };
    for (size_t length = 0; length < LONGEST; length++)
        for (int i = 0; i < 4; i++) {
            char *bytes = some_bytes(*state, length, limits[i], (uint32_t)length);
            assert_comes_back(*state, (nb_string){ bytes, length });
        }
}

static void repeated_strings_of_each_length_come_back(void **state)
{
    enum { LONGEST = 600 };
    /* Between the two, bytes that never come in them. */
    for (size_t repeated = 3; repeated < LONGEST; repeated++) {
        char *bytes = some_bytes(*state, (size_t)3 * LONGEST, 200, (uint32_t)repeated);
        memset(bytes + repeated, 255, 5);
        memcpy(bytes + repeated + 5, bytes, repeated);
        bytes[2 * repeated + 5] = (char)254;
        assert_comes_back(*state, (nb_string){ bytes, 2 * repeated + 6 });
    }
}

static void strings_come_back_from_as_far_as_deflate_reaches(void **state)
{
    enum { STRING = 20, LENGTH = 1 << 17 };
    static const size_t distances[] = { 1,    4,     5,     24,    25,    255,   256,   257,
                                        8192, 16384, 24576, 24577, 32767, 32768, 32769, 65536 };
    for (size_t i = 0; i < sizeof distances / sizeof *distances; i++) {
        char *bytes = nb_arena_alloc(*state, LENGTH);
        size_t at = 1;
        memcpy(bytes + at, "0123456789abcdefghij", STRING);
        for (size_t j = 0; j < STRING; j++)
            bytes[at + distances[i] + j] = bytes[at + j];
        assert_comes_back(*state, (nb_string){ bytes, at + distances[i] + STRING });
    }
    char *large = some_bytes(*state, LENGTH, 256, 1);
    memcpy(large + LENGTH - 33000, large + LENGTH - 66000, 33000);
    assert_comes_back(*state, (nb_string){ large, LENGTH });
}

/* A code in which some string of bits means nothing, or two symbols, is none. */
static void the_codes_are_whole(void **state)
{
    (void)state;
    enum { ALL = 1 << 15 };
    for (nb_quick_kind kind = 0; kind < NB_QUICK_KIND_COUNT; kind++) {
        const char *at = nb_quick_lengths[kind];
        assert_int_equal(strlen(at), NB_QUICK_SYMBOLS + NB_QUICK_DISTANCES);
        unsigned taken[2] = { 0 };
        for (int i = 0; at[i]; i++) {
            char digit[] = { at[i], '\0' };
            taken[i >= NB_QUICK_SYMBOLS] += (unsigned)ALL >> strtoul(digit, NULL, 16);
        }
        assert_int_equal(taken[0], ALL);
        assert_int_equal(taken[1], ALL);
    }
}

static void assert_small(nb_arena *arena, nb_quick_kind kind, const nb_buffer *text)
{
    nb_string bytes = { (const char *)text->data, text->length };
    size_t quick = nb_quick_zlib(nb_deflate_stock_code(NULL, kind, arena), bytes, arena).length;
    size_t usual = nb_deflater_zlib(nb_deflater_new(1, NULL, arena), bytes).length;
    assert_in_range(quick, 1, usual + usual / 2);
}

/* The codes are those of such texts; these repeat more than reports do, which libdeflate uses better. */
static void texts_of_the_kinds_become_small(void **state)
{
    nb_buffer *content = nb_buffer_new(*state, 1 << 20), *objects = nb_buffer_new(*state, 1 << 20);
    nb_buffer *xml = nb_buffer_new(*state, 1 << 20);
    for (int i = 0; i < 500; i++) {
        nb_buffer_text(content, "/TD<</MCID ");
        nb_buffer_integer(content, i);
        nb_buffer_text(content, ">>BDC\n32 0 Td\n(");
        nb_buffer_integer(content, i * i % 97);
        nb_buffer_text(content, ")Tj\nEMC\n");
        nb_buffer_text(objects, "<</S/P/P 78 0 R/Pg ");
        nb_buffer_integer(objects, 4 + i / 90);
        nb_buffer_text(objects, " 0 R/K[");
        nb_buffer_integer(objects, i);
        nb_buffer_byte(objects, ' ');
        nb_buffer_integer(objects, i + 1);
        nb_buffer_text(objects, "]>>\n");
        nb_buffer_text(xml,
                       "<w:tc><w:tcPr><w:tcW w:w=\"640\" w:type=\"dxa\"/></w:tcPr><w:p><w:r><w:t>");
        nb_buffer_integer(xml, i * i % 97);
        nb_buffer_text(xml, "</w:t></w:r></w:p></w:tc>");
    }
    assert_small(*state, NB_QUICK_PDF_CONTENT, content);
    assert_small(*state, NB_QUICK_PDF_OBJECTS, objects);
    assert_small(*state, NB_QUICK_DOCUMENT_XML, xml);
}

static void a_report_becomes_as_small_as_usual(void **state)
{
    nb_findings *findings = nb_findings_new(NB_ENGLISH);
    nb_input *input;
    nb_string json;
    assert_int_equal(
        nb_input_load(NB_TESTS_DIR "/../samples/provincial-city.json", findings, &input), NB_OK);
    json.data = nb_input_lookup(input, &json.length);
    size_t quick =
        nb_quick_raw(nb_deflate_stock_code(NULL, NB_QUICK_REPORT_JSON, *state), json, *state)
            .length;
    size_t usual = nb_deflater_raw(nb_deflater_new(1, NULL, *state), json).length;
    assert_in_range(quick, 1, usual + usual / 10);
    nb_input_drop(input);
    nb_findings_drop(findings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_is_packed_comes_back),
        cmocka_unit_test(repeated_strings_of_each_length_come_back),
        cmocka_unit_test(strings_come_back_from_as_far_as_deflate_reaches),
        cmocka_unit_test(the_codes_are_whole),
        cmocka_unit_test(texts_of_the_kinds_become_small),
        cmocka_unit_test(a_report_becomes_as_small_as_usual),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
