/*
 * Reading pictures: what is taken, what is refused and why. The files are made here, chunk by
 * chunk.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/base64.h"
#include "base/buffer.h"
#include "image/image.h"
#include "pack/deflate.h"
#include <stdlib.h>

typedef struct fixture {
    nb_arena *arena;
    nb_findings *findings;
    nb_buffer *file;
} fixture;

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    f->arena = nb_arena_new();
    f->findings = nb_findings_new(NB_ENGLISH);
    f->file = nb_buffer_new(f->arena, 64 << 20);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    nb_findings_drop(f->findings);
    nb_arena_drop(f->arena);
    free(f);
    return 0;
}

static void add(fixture *f, const char *bytes, size_t length)
{
    nb_buffer_add(f->file, bytes, length);
}

#define ADD(f, literal) add(f, literal, sizeof(literal) - 1)

static void add_u32(nb_buffer *out, uint32_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        nb_buffer_byte(out, (unsigned char)(value >> shift));
}

static void add_chunk(fixture *f, const char *type, const char *content, size_t length)
{
    nb_buffer *checked = nb_buffer_new(f->arena, 64 << 20);
    nb_buffer_add(checked, type, 4);
    nb_buffer_add(checked, content, length);
    add_u32(f->file, (uint32_t)length);
    nb_buffer_add(f->file, checked->data, checked->length);
    add_u32(f->file, nb_crc32((nb_string){ (const char *)checked->data, checked->length }));
}

#define CHUNK(f, type, literal) add_chunk(f, type, literal, sizeof(literal) - 1)

static void begin_png(fixture *f, uint32_t width, uint32_t height, char bits, char colour_type)
{
    f->file->length = 0;
    ADD(f, "\x89PNG\r\n\x1A\n");
    nb_buffer *header = nb_buffer_new(f->arena, 64);
    add_u32(header, width);
    add_u32(header, height);
    nb_buffer_add(header, (char[]){ bits, colour_type, 0, 0, 0 }, 5);
    add_chunk(f, "IHDR", (const char *)header->data, header->length);
}

static void end_png(fixture *f, const char *rows, size_t length)
{
    nb_string packed =
        nb_deflater_zlib(nb_deflater_new(6, NULL, f->arena), (nb_string){ rows, length });
    add_chunk(f, "IDAT", packed.data, packed.length);
    CHUNK(f, "IEND", "");
}

#define END_PNG(f, literal) end_png(f, literal, sizeof(literal) - 1)

static const nb_image *load(fixture *f)
{
    nb_place place = { "r.json", 3, 5, "/text/0" };
    /* A copy of just this size lets the sanitizer see a read past the end. */
    nb_string bytes = { nb_arena_copy(f->arena, f->file->data, f->file->length), f->file->length };
    return nb_image_load(bytes, place, f->arena, f->findings);
}

/* The picture is refused with one finding whose message or hint has those words. */
static void refused(fixture *f, const char *words)
{
    size_t before = nb_findings_count(f->findings);
    assert_null(load(f));
    assert_int_equal(nb_findings_count(f->findings), before + 1);
    const nb_finding *finding = nb_findings_lookup(f->findings, before);
    assert_string_equal(finding->rule, "IMG");
    assert_int_equal(finding->severity, NB_ERROR);
    assert_int_equal(finding->line, 3);
    assert_string_equal(finding->pointer, "/text/0");
    assert_true(finding->hint[0] != '\0');
    assert_non_null(strstr(finding->message, words));
}

static void a_png_is_decoded(void **state)
{
    fixture *f = *state;
    begin_png(f, 2, 1, 8, 2);
    CHUNK(f, "pHYs", "\0\0\x0B\x13\0\0\x0B\x13\1"); /* 2835 a metre: 72 an inch */
    END_PNG(f, "\0\x10\x20\x30\x40\x50\x60");
    const nb_image *image = load(f);
    assert_non_null(image);
    assert_int_equal(image->format, NB_IMAGE_PNG);
    assert_int_equal(image->width, 2);
    assert_int_equal(image->height, 1);
    assert_false(image->is_gray);
    assert_null(image->alpha);
    assert_memory_equal(image->samples, "\x10\x20\x30\x40\x50\x60", 6);
    assert_int_equal(image->natural_width, 2 * 36000000 / 2835);
    assert_string_equal(nb_image_format_name(image), "png");
}

static void opacity_is_parted_from_colour(void **state)
{
    fixture *f = *state;
    begin_png(f, 2, 1, 8, 6);
    END_PNG(f, "\0\x10\x20\x30\xFF\x40\x50\x60\x80");
    const nb_image *image = load(f);
    assert_memory_equal(image->samples, "\x10\x20\x30\x40\x50\x60", 6);
    assert_memory_equal(image->alpha, "\xFF\x80", 2);
    begin_png(f, 2, 1, 8, 4);
    END_PNG(f, "\0\x10\xFF\x40\xFF");
    image = load(f);
    assert_true(image->is_gray);
    assert_null(image->alpha);
    assert_memory_equal(image->samples, "\x10\x40", 2);
}

static void palettes_and_sixteen_bits_become_eight_bits(void **state)
{
    fixture *f = *state;
    begin_png(f, 2, 1, 1, 3);
    CHUNK(f, "PLTE", "\xFF\0\0\0\0\xFF");
    CHUNK(f, "tRNS", "\x7F");
    END_PNG(f, "\0\x40");
    const nb_image *image = load(f);
    assert_memory_equal(image->samples, "\xFF\0\0\0\0\xFF", 6);
    assert_memory_equal(image->alpha, "\x7F\xFF", 2);
    begin_png(f, 1, 1, 16, 0);
    END_PNG(f, "\0\x80\x80");
    image = load(f);
    assert_true(image->is_gray);
    assert_int_equal(image->samples[0], 0x80);
    assert_int_equal(image->natural_width, 9525); /* 96 an inch */
}

static void a_broken_png_is_refused(void **state)
{
    fixture *f = *state;
    begin_png(f, 2, 2, 8, 0);
    END_PNG(f, "\0\1\2\0\3\4");
    size_t whole = f->file->length;
    assert_non_null(load(f));
    for (f->file->length = 8; f->file->length < whole; f->file->length++)
        refused(f, "broken");
    begin_png(f, 2, 2, 8, 0);
    END_PNG(f, "\0\1\2"); /* one row of two */
    refused(f, "broken");
    begin_png(f, 2, 1, 8, 0);
    END_PNG(f, "\0\1\2");
    f->file->data[f->file->length - 18] ^= 1; /* in the checksum of the rows */
    refused(f, "broken");
    begin_png(f, 0, 1, 8, 0);
    END_PNG(f, "\0");
    refused(f, "broken");
}

static void what_is_too_large_is_refused_before_it_is_decoded(void **state)
{
    fixture *f = *state;
    begin_png(f, 20001, 1, 8, 0);
    END_PNG(f, "\0");
    refused(f, "20001 × 1 pixels");
    begin_png(f, 20000, 20000, 8, 6);
    END_PNG(f, "\0");
    refused(f, "20000 × 20000 pixels");
    begin_png(f, 0x7FFFFFFF, 0x7FFFFFFF, 8, 6);
    END_PNG(f, "\0");
    refused(f, "too many");
    f->file->length = 0;
    ADD(f, "\xFF\xD8\xFF");
    char *zeros = nb_arena_alloc(f->arena, 1 << 20);
    for (int i = 0; i < 32; i++)
        add(f, zeros, 1 << 20);
    refused(f, "more than 32 MiB");
}

static void other_formats_are_named(void **state)
{
    fixture *f = *state;
    const struct {
        const char *bytes, *words;
    } cases[] = { { "GIF89a", "is GIF" },        { "BM1234", "is BMP" },
                  { "RIFF1234WEBP", "is WebP" }, { "<svg xmlns=''/>", "is SVG" },
                  { "hello", "is neither" },     { "", "is neither" } };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        f->file->length = 0;
        add(f, cases[i].bytes, strlen(cases[i].bytes));
        refused(f, cases[i].words);
    }
}

#define JFIF(unit, density) "\xFF\xE0\0\x10JFIF\0\1\1" unit "\0" density "\0" density "\0\0"
#define SCAN "\xFF\xDA\0\x08\1\1\0\0\x3F\0"
#define GRAY_FRAME "\xFF\xC0\0\x0B\x08\0\x14\0\x1E\1\1\x11\0"

static void make_jpeg(fixture *f, const char *segments, size_t length)
{
    f->file->length = 0;
    ADD(f, "\xFF\xD8");
    add(f, segments, length);
}

#define JPEG(f, literal) make_jpeg(f, literal, sizeof(literal) - 1)

static void the_headers_of_a_jpeg_are_read(void **state)
{
    fixture *f = *state;
    JPEG(f, JFIF("\1", "\xC8") GRAY_FRAME SCAN "\1\2\xFF\0\xFF\xD0\3\xFF\xD9 and more");
    const nb_image *image = load(f);
    assert_non_null(image);
    assert_int_equal(image->format, NB_IMAGE_JPEG);
    assert_int_equal(image->width, 30);
    assert_int_equal(image->height, 20);
    assert_true(image->is_gray);
    assert_int_equal(image->natural_width, 30 * 914400 / 200);
    assert_null(image->samples);
    assert_string_equal(nb_image_format_name(image), "jpeg");
    JPEG(f, JFIF("\2", "\x50") "\xFF\xC2\0\x11\x08\0\x14\0\x1E\3\1\x22\0\2\x11\1\3\x11\1" SCAN
                               "\1" SCAN "\2\xFF\xD9");
    image = load(f);
    assert_non_null(image);
    assert_false(image->is_gray);
    assert_int_equal(image->natural_height, 20 * 360000 / 80);
    JPEG(f, JFIF("\0", "\1") GRAY_FRAME SCAN "\1\xFF\xD9");
    assert_int_equal(load(f)->natural_width, 30 * 9525);
}

static void a_jpeg_that_not_everyone_shows_alike_is_refused(void **state)
{
    fixture *f = *state;
    JPEG(f, "\xFF\xC0\0\x14\x08\0\x14\0\x1E\4\1\x11\0\2\x11\0\3\x11\0\4\x11\0" SCAN "\1\xFF\xD9");
    refused(f, "CMYK");
    JPEG(f, "\xFF\xC9\0\x0B\x08\0\x14\0\x1E\1\1\x11\0" SCAN "\1\xFF\xD9");
    refused(f, "rare kind");
    JPEG(f, "\xFF\xC1\0\x0B\x0C\0\x14\0\x1E\1\1\x11\0" SCAN "\1\xFF\xD9");
    refused(f, "rare kind");
    JPEG(f, "\xFF\xE1\0\x22"
            "Exif\0\0II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0\6\0\0\0\0\0\0\0" GRAY_FRAME SCAN
            "\1\xFF\xD9");
    refused(f, "turned");
    JPEG(f, "\xFF\xE1\0\x22"
            "Exif\0\0MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\1\0\0\0\0\0\0" GRAY_FRAME SCAN
            "\1\xFF\xD9");
    assert_non_null(load(f));
}

static void a_broken_jpeg_is_refused(void **state)
{
    fixture *f = *state;
    JPEG(f, JFIF("\1", "\xC8") GRAY_FRAME SCAN "\1\2\xFF\0\xFF\xD0\3\xFF\xD9");
    size_t whole = f->file->length;
    assert_non_null(load(f));
    for (f->file->length = 3; f->file->length < whole; f->file->length++)
        refused(f, "broken");
    JPEG(f, GRAY_FRAME "\xFF\xD9");
    refused(f, "broken");
    JPEG(f, SCAN "\1\xFF\xD9");
    refused(f, "broken");
    JPEG(f, "\xFF\xC0\0\x0B\x08\0\0\0\x1E\1\1\x11\0" SCAN "\1\xFF\xD9"); /* no height */
    refused(f, "broken");
}

static void base64_goes_both_ways(void **state)
{
    fixture *f = *state;
    const char *const texts[][2] = {
        { "f", "Zg==" }, { "fo", "Zm8=" }, { "foo", "Zm9v" }, { "foobar", "Zm9vYmFy" }
    };
    nb_string out;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        assert_true(
            nb_string_is(nb_base64_encode(nb_string_of(texts[i][0]), f->arena), texts[i][1]));
        assert_true(nb_base64_decode(nb_string_of(texts[i][1]), f->arena, &out));
        assert_true(nb_string_is(out, texts[i][0]));
    }
    const char *const wrong[] = { "", "Zg", "Zg=", "Zg =", "====", "Z===", "Zm9v!A==", "=m9v" };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(nb_base64_decode(nb_string_of(wrong[i]), f->arena, &out));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_png_is_decoded),
        TEST(opacity_is_parted_from_colour),
        TEST(palettes_and_sixteen_bits_become_eight_bits),
        TEST(a_broken_png_is_refused),
        TEST(what_is_too_large_is_refused_before_it_is_decoded),
        TEST(other_formats_are_named),
        TEST(the_headers_of_a_jpeg_are_read),
        TEST(a_jpeg_that_not_everyone_shows_alike_is_refused),
        TEST(a_broken_jpeg_is_refused),
        TEST(base64_goes_both_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
