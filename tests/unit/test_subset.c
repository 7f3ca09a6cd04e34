/* Subsets, opened again with HarfBuzz and compared with the faces they came from. */
#include "text_fixture.h"

#include "text/cff.h"
#include "text/shape.h"
#include "text/subset.h"

/* Ag8“—一公开政统， */
static const uint32_t SAMPLE[] = { 'A',    'g',    '8',    0x201C, 0x2014, 0x4E00,
                                   0x516C, 0x5F00, 0x653F, 0x7EDF, 0xFF0C };
enum { SAMPLE_COUNT = sizeof SAMPLE / sizeof SAMPLE[0] };

/* The sample's glyphs, ascending. */
static void take_glyphs(const nb_face *face, uint32_t glyphs[SAMPLE_COUNT])
{
    for (int i = 0; i < SAMPLE_COUNT; i++)
        glyphs[i] = glyph_of(face, SAMPLE[i]);
    qsort(glyphs, SAMPLE_COUNT, sizeof *glyphs, compare_ids);
}

/* A font file around a bare CFF table, with as little as HarfBuzz asks for. */
static hb_face_t *wrap_cff(const nb_face *face, nb_string program)
{
    nb_cff cff;
    assert_true(nb_cff_read(program, &cff));
    unsigned char maxp[6] = {
        0, 0, 0x50, 0, (unsigned char)(cff.glyph_count >> 8), (unsigned char)cff.glyph_count
    };
    hb_face_t *wrapped = hb_face_builder_create();
    hb_blob_t *tables[] = {
        blob_of(program),
        hb_blob_create((const char *)maxp, sizeof maxp, HB_MEMORY_MODE_DUPLICATE, NULL, NULL),
        hb_face_reference_table(hb_font_get_face(nb_face_font(face)), HB_TAG('h', 'e', 'a', 'd')),
    };
    static const hb_tag_t tags[] = { HB_TAG('C', 'F', 'F', ' '), HB_TAG('m', 'a', 'x', 'p'),
                                     HB_TAG('h', 'e', 'a', 'd') };
    for (int i = 0; i < 3; i++) {
        hb_face_builder_add_table(wrapped, tags[i], tables[i]);
        hb_blob_destroy(tables[i]);
    }
    return wrapped;
}

static hb_font_t *reopen(const nb_face *face, const nb_subset *subset)
{
    hb_face_t *again;
    if (nb_face_describe(face)->outlines == NB_OUTLINES_CFF) {
        again = wrap_cff(face, subset->program);
    } else {
        hb_blob_t *blob = blob_of(subset->program);
        again = hb_face_create(blob, 0);
        hb_blob_destroy(blob);
    }
    hb_font_t *font = hb_font_create(again);
    hb_face_destroy(again);
    return font;
}

static void assert_same_glyphs(const nb_face *face, const nb_subset *subset, const uint32_t *glyphs,
                               int count)
{
    hb_font_t *font = reopen(face, subset);
    bool is_cff = nb_face_describe(face)->outlines == NB_OUTLINES_CFF;
    for (int i = 0; i < count; i++) {
        hb_glyph_extents_t before, after;
        assert_true(hb_font_get_glyph_extents(nb_face_font(face), glyphs[i], &before));
        assert_true(hb_font_get_glyph_extents(font, subset->new_glyph[i], &after));
        assert_memory_equal(&before, &after, sizeof before);
        assert_int_equal(subset->advance[i], nb_face_advance(face, glyphs[i]));
        if (!is_cff)
            assert_int_equal(subset->advance[i],
                             hb_font_get_glyph_h_advance(font, subset->new_glyph[i]));
    }
    hb_font_destroy(font);
}

static nb_subset make(fixture *f, const nb_face *face, const uint32_t *glyphs, int count)
{
    nb_subset subset;
    assert_int_equal(nb_subset_make(face, glyphs, count, f->arena, f->findings, &subset), NB_OK);
    assert_int_equal(nb_findings_count(f->findings), 0);
    for (int i = 0; i < count; i++)
        assert_in_range(subset.new_glyph[i], 1, count);
    return subset;
}

static void test_truetype(void **state)
{
    fixture *f = *state;
    uint32_t glyphs[SAMPLE_COUNT];
    const nb_face *kai = open_face(f, "LXGWWenKai-Light.ttf", "LXGWWenKai-Light");
    take_glyphs(kai, glyphs);
    nb_subset subset = make(f, kai, glyphs, SAMPLE_COUNT);
    assert_false(subset.is_cid_keyed);
    assert_memory_equal(subset.cid, subset.new_glyph, sizeof glyphs);
    assert_same_glyphs(kai, &subset, glyphs, SAMPLE_COUNT);

    hb_blob_t *blob = blob_of(subset.program);
    hb_face_t *face = hb_face_create(blob, 0);
    hb_tag_t tags[16];
    unsigned count = 16;
    hb_face_get_table_tags(face, 0, &count, tags);
    assert_int_equal(count, 6); /* glyf head hhea hmtx loca maxp */
    hb_face_destroy(face);
    hb_blob_destroy(blob);
}

/* A composite brings its parts along, which are not among the glyphs asked for. */
static void test_truetype_composite(void **state)
{
    fixture *f = *state;
    const nb_face *latin = open_face(f, "LiberationSerif-Regular.ttf", "LiberationSerif");
    uint32_t glyph = glyph_of(latin, 0x1D7); /* Ǘ */
    nb_subset subset;
    assert_int_equal(nb_subset_make(latin, &glyph, 1, f->arena, f->findings, &subset), NB_OK);
    assert_same_glyphs(latin, &subset, &glyph, 1);
}

/* In Noto's files each glyph's CID is its id. */
static void test_cid_keyed_cff(void **state)
{
    fixture *f = *state;
    uint32_t glyphs[SAMPLE_COUNT];
    const nb_face *serif = open_face(f, "NotoSerifCJK-Regular.ttc", "NotoSerifCJKsc-Regular");
    take_glyphs(serif, glyphs);
    nb_subset subset = make(f, serif, glyphs, SAMPLE_COUNT);
    assert_true(subset.is_cid_keyed);
    assert_memory_equal(subset.cid, glyphs, sizeof glyphs);
    assert_same_glyphs(serif, &subset, glyphs, SAMPLE_COUNT);
}

static void test_cids_are_those_of_the_whole_face(void **state)
{
    fixture *f = *state;
    uint32_t glyphs[SAMPLE_COUNT];
    const nb_face *fang = open_face(f, "FandolFang-Regular.otf", "FandolFang-Regular");
    take_glyphs(fang, glyphs);
    nb_subset subset = make(f, fang, glyphs, SAMPLE_COUNT);

    nb_cff cff;
    unsigned length = 0;
    hb_blob_t *table =
        hb_face_reference_table(hb_font_get_face(nb_face_font(fang)), HB_TAG('C', 'F', 'F', ' '));
    const char *bytes = hb_blob_get_data(table, &length);
    assert_true(nb_cff_read((nb_string){ bytes, length }, &cff));
    assert_int_equal(cff.glyph_count,
                     hb_face_get_glyph_count(hb_font_get_face(nb_face_font(fang))));
    assert_int_equal(cff.is_cid_keyed, subset.is_cid_keyed);
    uint32_t *cids = NB_NEW_ARRAY(f->arena, uint32_t, cff.glyph_count);
    assert_true(nb_cff_cids(&cff, cids));
    for (int i = 0; i < SAMPLE_COUNT && cff.is_cid_keyed; i++)
        assert_int_equal(subset.cid[i], cids[glyphs[i]]);
    hb_blob_destroy(table);
    assert_same_glyphs(fang, &subset, glyphs, SAMPLE_COUNT);
}

static void test_equal_input_gives_equal_bytes(void **state)
{
    fixture *f = *state;
    uint32_t glyphs[SAMPLE_COUNT];
    const nb_face *fang = open_face(f, "FandolFang-Regular.otf", "FandolFang-Regular");
    take_glyphs(fang, glyphs);
    nb_subset first = make(f, fang, glyphs, SAMPLE_COUNT),
              second = make(f, fang, glyphs, SAMPLE_COUNT);
    assert_true(nb_string_equal(first.program, second.program));
}

static void test_unknown_glyph(void **state)
{
    fixture *f = *state;
    const uint32_t glyph = 60000;
    nb_subset subset;
    const nb_face *latin = open_face(f, "LiberationSerif-Regular.ttf", "LiberationSerif");
    assert_int_equal(nb_subset_make(latin, &glyph, 1, f->arena, f->findings, &subset),
                     NB_E_RESOURCE);
    assert_int_equal(nb_findings_count(f->findings), 1);
    assert_string_equal(nb_findings_lookup(f->findings, 0)->rule, "FONT");
}

/* A CFF table of 6 glyphs with that charset, as far as it is read. */
static nb_string small_cff(fixture *f, bool is_cid_keyed, nb_string charset)
{
    const unsigned char head[] = {
        1,   0,    4,    1,                         /* header */
        0,   0,                                     /* Name INDEX, empty */
        0,   1,    1,    1,  19,                    /* Top DICT INDEX with one of 18 bytes: */
        139, 139,  139,  12, is_cid_keyed ? 30 : 8, /* ROS, or another operator */
        30,  0x1A, 0x5F, 12, 7,                     /* a real number, to be passed over */
        28,  0,    31,   15,                        /* charset */
        28,  0,    29,   17,                        /* CharStrings: */
        0,   6,                                     /* its count, at 29 */
    };
    char *bytes = nb_arena_alloc(f->arena, sizeof head + charset.length);
    memcpy(bytes, head, sizeof head);
    memcpy(bytes + sizeof head, charset.data, charset.length);
    return (nb_string){ bytes, sizeof head + charset.length };
}

static void test_charset_formats(void **state)
{
    fixture *f = *state;
    static const struct {
        nb_string charset;
        uint32_t cids[6];
    } cases[] = {
        { { "\0\0\5\0\7\0\11\1\0\2\0", 11 }, { 0, 5, 7, 9, 256, 512 } },
        { { "\1\0\12\2\1\0\1", 7 }, { 0, 10, 11, 12, 256, 257 } },
        { { "\2\0\12\0\4", 5 }, { 0, 10, 11, 12, 13, 14 } },
        { { "\2\0\12\377\377", 5 }, { 0, 10, 11, 12, 13, 14 } },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        nb_cff cff;
        uint32_t cids[6];
        nb_string table = small_cff(f, true, cases[i].charset);
        assert_true(nb_cff_read(table, &cff));
        assert_true(cff.is_cid_keyed);
        assert_int_equal(cff.glyph_count, 6);
        assert_true(nb_cff_cids(&cff, cids));
        assert_memory_equal(cids, cases[i].cids, sizeof cids);
        assert_true(nb_cff_read(small_cff(f, false, cases[i].charset), &cff));
        assert_false(cff.is_cid_keyed);
    }
}

/* Every shorter piece is refused, and nothing is read behind it, which the sanitizer would see. */
static void test_damaged_cff(void **state)
{
    fixture *f = *state;
    nb_string whole = small_cff(f, true, (nb_string){ "\0\0\5\0\7\0\11\1\0\2\0", 11 });
    for (size_t length = 0; length < whole.length; length++) {
        nb_cff cff;
        uint32_t cids[6];
        char *piece = malloc(length + 1);
        assert_non_null(piece);
        memcpy(piece + 1, whole.data, length);
        assert_false(nb_cff_read((nb_string){ piece + 1, length }, &cff) &&
                     nb_cff_cids(&cff, cids));
        free(piece);
    }
    nb_cff cff;
    uint32_t cids[6];
    assert_true(nb_cff_read(small_cff(f, true, NB_STRING("\3")), &cff));
    assert_false(nb_cff_cids(&cff, cids));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_truetype, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_truetype_composite, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_cid_keyed_cff, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_cids_are_those_of_the_whole_face, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_equal_input_gives_equal_bytes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_unknown_glyph, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_charset_formats, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_damaged_cff, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
