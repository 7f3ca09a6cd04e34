/* Characters to glyphs: advances, ligatures, clusters. */
#include "text_fixture.h"

#include "text/shape.h"

typedef struct shaped {
    nb_glyph *glyphs;
    int count;
} shaped;

static shaped shape(fixture *f, const nb_face *face, const char *text)
{
    shaped result = { 0 };
    nb_shape(face, nb_string_of(text), (nb_shape_options){ .language = "zh-CN" }, f->arena,
             &result.glyphs, &result.count);
    return result;
}

/* Glyphs as "cluster+advance", the form in which differences are easiest read. */
static const char *print(fixture *f, const nb_face *face, const char *text)
{
    const char *line = "";
    shaped result = shape(f, face, text);
    for (int i = 0; i < result.count; i++)
        line = nb_arena_print(f->arena, "%s%s%u+%d", line, i ? " " : "",
                              (unsigned)result.glyphs[i].cluster, (int)result.glyphs[i].advance);
    return line;
}

static void test_chinese_is_one_em_each(void **state)
{
    fixture *f = *state;
    const nb_face *fang = open_face(f, "FandolFang-Regular.otf", "FandolFang-Regular");
    const nb_face *serif = open_face(f, "NotoSerifCJK-Regular.ttc", "NotoSerifCJKsc-Regular");
    assert_string_equal(print(f, fang, "总计，（一）"),
                        "0+1000 3+1000 6+1000 9+1000 12+1000 15+1000");
    assert_string_equal(print(f, serif, "“公开”、"), "0+1000 3+1000 6+1000 9+1000 12+1000");
    assert_string_equal(print(f, serif, "𠮷a"), "0+1000 4+557");
    shaped result = shape(f, fang, "一二");
    assert_int_equal(result.glyphs[0].id, glyph_of(fang, 0x4E00));
    assert_int_equal(nb_face_advance(fang, result.glyphs[1].id), 1000);
}

static void test_dashes(void **state)
{
    fixture *f = *state;
    const nb_face *fang = open_face(f, "FandolFang-Regular.otf", "FandolFang-Regular");
    const nb_face *serif = open_face(f, "NotoSerifCJK-Regular.ttc", "NotoSerifCJKsc-Regular");
    assert_string_equal(print(f, fang, "——"), "0+1000 3+1000");
    /* Noto joins two dashes into one glyph, alone and among Chinese. */
    assert_string_equal(print(f, serif, "——"), "0+2000");
    assert_string_equal(print(f, serif, "一——二"), "0+1000 3+2000 9+1000");
    assert_string_equal(print(f, serif, "……"), "0+1000 3+1000");
}

static void test_latin_without_kerning(void **state)
{
    fixture *f = *state;
    const nb_face *latin = open_face(f, "LiberationSerif-Regular.ttf", "LiberationSerif");
    assert_string_equal(print(f, latin, "2022"), "0+1024 1+1024 2+1024 3+1024");
    shaped pair = shape(f, latin, "AV");
    assert_int_equal(pair.count, 2);
    for (int i = 0; i < 2; i++)
        assert_int_equal(pair.glyphs[i].advance,
                         nb_face_advance(latin, glyph_of(latin, (uint32_t) "AV"[i])));
}

static void test_accents(void **state)
{
    fixture *f = *state;
    const nb_face *latin = open_face(f, "LiberationSerif-Regular.ttf", "LiberationSerif");
    shaped joined = shape(f, latin, "e\u0301a");
    assert_int_equal(joined.count, 2);
    assert_int_equal(joined.glyphs[0].id, glyph_of(latin, 0xE9));
    assert_int_equal(joined.glyphs[1].cluster, 3);
    /* There is no x with an acute. */
    shaped apart = shape(f, latin, "x\u0301a");
    assert_int_equal(apart.count, 3);
    assert_int_equal(apart.glyphs[1].cluster, 1);
    assert_int_equal(apart.glyphs[1].advance, 0);
    assert_int_equal(apart.glyphs[2].cluster, 3);
}

static void test_variation_selectors_stay_with_their_character(void **state)
{
    fixture *f = *state;
    const nb_face *serif = open_face(f, "NotoSerifCJK-Regular.ttc", "NotoSerifCJKsc-Regular");
    const nb_face *fang = open_face(f, "FandolFang-Regular.otf", "FandolFang-Regular");
    /* Registered or not, known to the face or not. */
    assert_string_equal(print(f, serif, "辻\U000E0101中"), "0+1000 7+1000");
    assert_string_equal(print(f, fang, "政\U000E0101中"), "0+1000 7+1000");
    assert_string_equal(print(f, fang, "政\uFE00\uFE01中"), "0+1000 9+1000");
    shaped plain = shape(f, fang, "政中"), varied = shape(f, fang, "政\uFE00中");
    assert_int_equal(plain.glyphs[0].id, varied.glyphs[0].id);
    /* Without a character before it, it is a glyph of its own. */
    assert_string_equal(print(f, fang, "\uFE00中"), "0+0 3+1000");
}

static void test_spaces(void **state)
{
    fixture *f = *state;
    const nb_face *fang = open_face(f, "FandolFang-Regular.otf", "FandolFang-Regular");
    const nb_face *latin = open_face(f, "LiberationSerif-Regular.ttf", "LiberationSerif");
    assert_string_equal(print(f, fang, "中\u3000文"), "0+1000 3+1000 6+1000");
    assert_string_equal(print(f, fang, "中\u2060文"), "0+1000 3+0 6+1000");
    assert_string_equal(print(f, latin, "1\u30002"), "0+1024 1+2048 4+1024");
    assert_string_equal(print(f, latin, "1\u200B2"), "0+1024 1+0 4+1024");
}

static void test_nothing(void **state)
{
    fixture *f = *state;
    const nb_face *latin = open_face(f, "LiberationSerif-Regular.ttf", "LiberationSerif");
    assert_int_equal(shape(f, latin, "").count, 0);
}

/* Clusters rise, begin at the text's begin and stand at the first byte of a character. */
static void test_clusters_cover_the_text(void **state)
{
    fixture *f = *state;
    static const char *const texts[] = {
        "全年共收到申请1,258件——其中：自然人1,200件……",
        "“三安全一稳定”COVID-19 office e\u0301x\u0301\u0302ff",
        "辻\U000E0100\U000E0101葛\uFE00ᄀ각가가 नि हिन्दी",
        "\u0301\u200D\uFE0F中",
    };
    const nb_face *serif = open_face(f, "NotoSerifCJK-Regular.ttc", "NotoSerifCJKsc-Regular");
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        shaped result = shape(f, serif, texts[i]);
        assert_true(result.count > 0);
        assert_int_equal(result.glyphs[0].cluster, 0);
        for (int k = 1; k < result.count; k++) {
            uint32_t cluster = result.glyphs[k].cluster;
            assert_true(cluster >= result.glyphs[k - 1].cluster && cluster < strlen(texts[i]));
            assert_true((texts[i][cluster] & 0xC0) != 0x80);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_chinese_is_one_em_each, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_dashes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_latin_without_kerning, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_accents, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_variation_selectors_stay_with_their_character, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_spaces, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_clusters_cover_the_text, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
