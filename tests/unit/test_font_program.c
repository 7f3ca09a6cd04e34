/* Font programs, unpacked, opened with HarfBuzz and compared with the faces they came from. */
#include "deflate_fixture.h"
#include "text_fixture.h"

#include "text/cff.h"
#include "text/font_program.h"
#include "text/glyph_store.h"
#include "text/outline.h"
#include "text/shape.h"
#include "text/subset.h"
#include <pthread.h>

/* Letters, marks, hanzi of few and of many strokes, and characters that many faces lack. */
static const uint32_t SAMPLE[] = { ' ',    '%',    '1',    '8',    'A',    'Q',    'g',
                                   '~',    0xB7,   0x2014, 0x201C, 0x2026, 0x3001, 0x300A,
                                   0x4E00, 0x4E28, 0x4FE1, 0x516C, 0x5F00, 0x606F, 0x653F,
                                   0x7EDF, 0x9F98, 0x9F9F, 0xFF08, 0xFF0C, 0xFF1A, 0xFF5E };
enum { SAMPLE_COUNT = sizeof SAMPLE / sizeof SAMPLE[0] };

typedef struct made {
    const nb_face *face;
    uint32_t glyphs[SAMPLE_COUNT];
    uint16_t codes[SAMPLE_COUNT];
    int count;
    nb_font_program program;
} made;

static made make(fixture *f, const nb_face *face)
{
    made m = { .face = face };
    bool is_cff = nb_face_describe(face)->outlines == NB_OUTLINES_CFF;
    for (int i = 0; i < SAMPLE_COUNT; i++) {
        hb_codepoint_t glyph;
        if (!hb_font_get_nominal_glyph(nb_face_font(face), SAMPLE[i], &glyph))
            continue;
        m.glyphs[m.count] = glyph;
        m.codes[m.count++] = (uint16_t)SAMPLE[i];
    }
    if (!is_cff)
        qsort(m.glyphs, (size_t)m.count, sizeof *m.glyphs, compare_ids);
    nb_program_request request = { face, m.glyphs, is_cff ? m.codes : NULL, m.count };
    assert_int_equal(nb_font_program_make(request, f->arena, f->findings, &m.program), NB_OK);
    return m;
}

static nb_string stream_of(fixture *f, const nb_font_program *program)
{
    nb_buffer *out = nb_buffer_new(f->arena, 1 << 24);
    nb_font_program_write(program, out);
    assert_int_equal(out->length, program->stream_length);
    return (nb_string){ (const char *)out->data, out->length };
}

static nb_string unpack(fixture *f, const nb_font_program *program)
{
    return unpacked(stream_of(f, program), program->length, f->arena);
}

/* The program as a face, in a file; HarfBuzz wants a bare CFF table to stand among others. */
static nb_face *reopen(fixture *f, const made *m, nb_string program)
{
    hb_face_t *source = hb_font_get_face(nb_face_font(m->face));
    hb_face_t *wrapped = hb_face_builder_create();
    bool is_cff = nb_face_describe(m->face)->outlines == NB_OUTLINES_CFF;
    hb_blob_t *blob = blob_of(program);
    hb_face_t *inner = is_cff ? NULL : hb_face_create(blob, 0);
    unsigned char maxp[6] = {
        0, 0, 0x50, 0, (unsigned char)((m->count + 1) >> 8), (unsigned char)(m->count + 1)
    };
    static const char tags[] = "name"
                               "head"
                               "CFF "
                               "maxp"
                               "glyf"
                               "loca"
                               "hhea"
                               "hmtx";
    for (const char *tag = tags; *tag; tag += 4) {
        hb_tag_t t = HB_TAG(tag[0], tag[1], tag[2], tag[3]);
        hb_blob_t *table = NULL;
        if (t == HB_TAG('n', 'a', 'm', 'e') || (is_cff && t == HB_TAG('h', 'e', 'a', 'd')))
            table = hb_face_reference_table(source, t);
        else if (!is_cff)
            table = hb_face_reference_table(inner, t);
        else if (t == HB_TAG('C', 'F', 'F', ' '))
            table = hb_blob_reference(blob);
        else if (t == HB_TAG('m', 'a', 'x', 'p'))
            table = hb_blob_create((const char *)maxp, sizeof maxp, HB_MEMORY_MODE_DUPLICATE, NULL,
                                   NULL);
        if (table && hb_blob_get_length(table))
            hb_face_builder_add_table(wrapped, t, table);
        hb_blob_destroy(table);
    }
    hb_blob_t *file = hb_face_reference_blob(wrapped);
    char path[] = "/tmp/nianbao-font-XXXXXX";
    int descriptor = mkstemp(path);
    FILE *stream = fdopen(descriptor, "wb");
    unsigned length;
    const char *bytes = hb_blob_get_data(file, &length);
    assert_int_equal(fwrite(bytes, 1, length, stream), length);
    assert_int_equal(fclose(stream), 0);
    nb_face *face = nb_face_new(f->arena, path, nb_face_describe(m->face)->postscript_name);
    nb_arena_defer(f->arena, release_face, face);
    assert_non_null(nb_face_font(face));
    assert_int_equal(remove(path), 0);
    hb_blob_destroy(file);
    hb_face_destroy(wrapped);
    hb_face_destroy(inner);
    hb_blob_destroy(blob);
    return face;
}

static void assert_same_outline(fixture *f, const nb_face *left, uint32_t left_glyph,
                                const nb_face *right, uint32_t right_glyph)
{
    nb_outline a = nb_glyph_outline(left, left_glyph, f->arena);
    nb_outline b = nb_glyph_outline(right, right_glyph, f->arena);
    assert_int_equal(a.count, b.count);
    if (a.count)
        assert_memory_equal(a.segments, b.segments, (size_t)a.count * sizeof *a.segments);
}

/* Glyph i of the request is glyph i + 1 of a CFF program, and a glyf program tells which it is. */
static void assert_same_glyphs(fixture *f, const made *m)
{
    nb_string program = unpack(f, &m->program);
    nb_face *again = reopen(f, m, program);
    bool is_cff = nb_face_describe(m->face)->outlines == NB_OUTLINES_CFF;
    assert_same_outline(f, m->face, 0, again, 0);
    for (int i = 0; i < m->count; i++) {
        uint32_t glyph = is_cff ? (uint32_t)i + 1 : m->program.codes[i];
        assert_same_outline(f, m->face, m->glyphs[i], again, glyph);
        if (!is_cff)
            assert_int_equal(nb_face_advance(m->face, m->glyphs[i]), nb_face_advance(again, glyph));
    }
    if (!is_cff)
        return;
    nb_cff cff;
    uint32_t cids[SAMPLE_COUNT + 1];
    assert_true(nb_cff_read(program, &cff));
    assert_true(cff.is_cid_keyed);
    assert_int_equal(cff.glyph_count, m->count + 1);
    assert_true(nb_cff_cids(&cff, cids));
    for (int i = 0; i < m->count; i++)
        assert_int_equal(cids[i + 1], m->codes[i]);
}

static const struct {
    const char *file, *name;
} faces[] = {
    { "FandolFang-Regular.otf", "FandolFang-Regular" },
    { "NotoSerifCJK-Regular.ttc", "NotoSerifCJKsc-Regular" }, /* subroutines, several dicts */
    { "LXGWWenKai-Light.ttf", "LXGWWenKai-Light" },
    { "LiberationSerif-Regular.ttf", "LiberationSerif" },
    { "gkai00mp.ttf", "GBZenKai-Medium" },
};
enum { FACE_COUNT = sizeof faces / sizeof faces[0] };

static void test_outlines(void **state)
{
    fixture *f = *state;
    for (int i = 0; i < FACE_COUNT; i++) {
        made m = make(f, open_face(f, faces[i].file, faces[i].name));
        assert_in_range(m.count, 8, SAMPLE_COUNT);
        assert_same_glyphs(f, &m);
    }
}

/* é, ī and Ǘ are made of other glyphs, of which only e is among those asked for. */
static void test_composite(void **state)
{
    fixture *f = *state;
    const nb_face *latin = open_face(f, "LiberationSerif-Regular.ttf", "LiberationSerif");
    made m = { .face = latin, .count = 6 };
    static const uint32_t characters[] = { 'A', 'e', 0xE9, 0x12B, 0x1D7, 0x2014 };
    for (int i = 0; i < m.count; i++)
        m.glyphs[i] = glyph_of(latin, characters[i]);
    qsort(m.glyphs, (size_t)m.count, sizeof *m.glyphs, compare_ids);
    nb_program_request request = { latin, m.glyphs, NULL, m.count };
    assert_true(
        nb_glyph_store_lookup(nb_face_glyphs(latin, f->arena), glyph_of(latin, 0x1D7), f->arena)
            ->is_composite);
    assert_int_equal(nb_font_program_make(request, f->arena, f->findings, &m.program), NB_OK);
    assert_same_glyphs(f, &m);
    for (int i = 1; i < m.count; i++)
        assert_true(m.program.codes[i - 1] < m.program.codes[i]);
}

static void test_unknown_glyph(void **state)
{
    fixture *f = *state;
    const uint32_t glyph = 60000;
    const nb_face *latin = open_face(f, "LiberationSerif-Regular.ttf", "LiberationSerif");
    nb_program_request request = { latin, &glyph, NULL, 1 };
    nb_font_program program;
    assert_int_equal(nb_font_program_make(request, f->arena, f->findings, &program), NB_E_RESOURCE);
    assert_string_equal(nb_findings_lookup(f->findings, 0)->rule, "FONT");
}

/* Not much larger than a subset compressed as a whole. */
static void test_size(void **state)
{
    fixture *f = *state;
    made m = make(f, open_face(f, faces[0].file, faces[0].name));
    nb_subset subset;
    uint32_t ids[SAMPLE_COUNT];
    memcpy(ids, m.glyphs, sizeof ids);
    qsort(ids, (size_t)m.count, sizeof *ids, compare_ids);
    assert_int_equal(nb_subset_make(m.face, ids, m.count, f->arena, f->findings, &subset), NB_OK);
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(6);
    size_t bound = libdeflate_zlib_compress_bound(compressor, subset.program.length);
    size_t whole = libdeflate_zlib_compress(compressor, subset.program.data, subset.program.length,
                                            nb_arena_alloc(f->arena, bound), bound);
    libdeflate_free_compressor(compressor);
    assert_in_range(m.program.stream_length, whole / 2, whole * 115 / 100);
}

typedef struct job {
    const nb_face *face;
    nb_string stream;
    fixture *f;
} job;

static void *make_program(void *context)
{
    job *j = context;
    made m = make(j->f, j->face);
    j->stream = stream_of(j->f, &m.program);
    return NULL;
}

/* Whoever comes first, and whatever was asked for before. */
static void test_bytes_depend_on_the_request_alone(void **state)
{
    enum { THREADS = 4 };
    fixture *f = *state;
    for (int i = 0; i < 3; i++) {
        const nb_face *fresh = open_face(f, faces[i].file, faces[i].name);
        const nb_face *used = open_face(f, faces[i].file, faces[i].name);
        job jobs[THREADS];
        pthread_t threads[THREADS];
        void *fixtures[THREADS];
        made m = make(f, fresh);
        nb_string alone = stream_of(f, &m.program);
        for (uint32_t glyph = 900; glyph > 100; glyph -= 7)
            nb_glyph_store_lookup(nb_face_glyphs(used, f->arena), glyph, f->arena);
        for (int t = 0; t < THREADS; t++) {
            set_up(&fixtures[t]);
            jobs[t] = (job){ .face = used, .f = fixtures[t] };
            assert_int_equal(pthread_create(&threads[t], NULL, make_program, &jobs[t]), 0);
        }
        for (int t = 0; t < THREADS; t++) {
            pthread_join(threads[t], NULL);
            assert_true(nb_string_equal(jobs[t].stream, alone));
            tear_down(&fixtures[t]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_outlines, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_composite, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_unknown_glyph, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_size, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_bytes_depend_on_the_request_alone, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
