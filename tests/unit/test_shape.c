/* Characters to glyphs: advances, ligatures, clusters. */
#include "text_fixture.h"

#include "text/character_table.h"
#include "text/paragraph.h"
#include "text/shape.h"

typedef struct shaped {
    nb_glyph *glyphs;
    int count;
} shaped;

static shaped shape(fixture *f, const nb_face *face, const char *text)
{
    shaped result = { 0 };
    nb_shape(face, nb_string_of(text), false, f->arena, &result.glyphs, &result.count);
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

/* The glyphs of a text that a paragraph draws in one face, all of it plain. */
static shaped set_plainly(fixture *f, const nb_face *face, const char *text)
{
    nb_face *faces[] = { (nb_face *)face };
    const nb_font_role role = { .name = "role", .faces = faces, .face_count = 1, .own_count = 1 };
    const nb_source source = { nb_string_of(text), &role, &role };
    const nb_setting setting = { .size = 16 * NB_PT, .scale = 100 };
    const nb_paragraph *paragraph = nb_paragraph_new(&source, 1, setting, NULL, f->arena);
    shaped result = { paragraph->glyphs, 0 };
    for (int i = 0; i < paragraph->portion_count; i++)
        assert_true(paragraph->portions[i].is_plain || !paragraph->portions[i].face);
    for (int i = 0; i < paragraph->count; i++) {
        if (paragraph->characters[i].is_joiner)
            continue;
        assert_int_equal(paragraph->characters[i].glyph, result.count);
        result.count += paragraph->characters[i].glyph_count;
    }
    return result;
}

/* What HarfBuzz makes of a text, asked without the face's table. */
static void assert_shaped_as_harfbuzz_does(fixture *f, const nb_face *face, const char *text)
{
    shaped ours = set_plainly(f, face, text);
    hb_feature_t kern = { HB_TAG('k', 'e', 'r', 'n'), 0, HB_FEATURE_GLOBAL_START,
                          HB_FEATURE_GLOBAL_END };
    hb_buffer_t *buffer = hb_buffer_create();
    const unsigned char *first_byte = (const unsigned char *)text;
    bool is_latin = true;
    for (const unsigned char *at = first_byte; *at; at++)
        is_latin = is_latin && !(*at >= 0xE2 && (*at > 0xE2 || at[1] >= 0xBA));
    hb_buffer_set_cluster_level(buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, is_latin ? HB_SCRIPT_LATIN : HB_SCRIPT_HAN);
    hb_buffer_set_language(buffer, hb_language_from_string(NB_TEXT_LANGUAGE, -1));
    hb_buffer_add_utf8(buffer, text, -1, 0, -1);
    hb_shape(nb_face_font(face), buffer, &kern, 1);
    unsigned count;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, &count);
    assert_int_equal(ours.count, count);
    for (unsigned i = 0; i < count; i++) {
        assert_int_equal(ours.glyphs[i].id, infos[i].codepoint);
        assert_int_equal(ours.glyphs[i].cluster, infos[i].cluster);
        assert_int_equal(ours.glyphs[i].advance, positions[i].x_advance);
    }
    hb_buffer_destroy(buffer);
}

/*
 * Every character that a face calls plain, between neighbours that come at random, is drawn as
 * HarfBuzz draws it.
 */
static void test_plain_characters(void **state)
{
    enum { LENGTH = 24 };
    static const char *const faces[][2] = {
        { "FandolFang-Regular.otf", "FandolFang-Regular" },
        { "NotoSerifCJK-Regular.ttc", "NotoSerifCJKsc-Regular" },
        { "LXGWWenKai-Light.ttf", "LXGWWenKai-Light" },
        { "LiberationSerif-Regular.ttf", "LiberationSerif" },
        { "gkai00mp.ttf", "GBZenKai-Medium" },
    };
    fixture *f = *state;
    uint32_t seed = 1;
    for (size_t i = 0; i < sizeof faces / sizeof faces[0]; i++) {
        const nb_face *face = open_face(f, faces[i][0], faces[i][1]);
        uint32_t *plain = NB_NEW_ARRAY(f->arena, uint32_t, 0x10000);
        uint32_t count = 0;
        for (uint32_t c = 1; c < 0x10000; c++) {
            nb_table_character found = nb_character_table_lookup(nb_face_characters(face), c);
            if (found.is_plain && found.draws)
                plain[count++] = c;
        }
        assert_true(count > 90);
        for (uint32_t at = 0; at < count; at += LENGTH / 2) {
            char text[4 * LENGTH + 1];
            int length = 0;
            for (uint32_t k = 0; k < LENGTH; k++) {
                seed = seed * 1664525 + 1013904223;
                uint32_t next = k % 2 ? at + k / 2 : seed >> 8;
                length += nb_utf8_encode(plain[next % count], text + length);
            }
            text[length] = '\0';
            assert_shaped_as_harfbuzz_does(f, face, text);
        }
    }
}

/* Whether a glyph draws is told from its program's length where that says enough: as its extents do. */
static void test_what_draws(void **state)
{
    static const char *const faces[][2] = {
        { "FandolFang-Regular.otf", "FandolFang-Regular" },
        { "FandolKai-Regular.otf", "FandolKai-Regular" },
        { "NotoSerifCJK-Regular.ttc", "NotoSerifCJKsc-Regular" },
        { "LiberationSerif-Regular.ttf", "LiberationSerif" },
    };
    fixture *f = *state;
    for (size_t i = 0; i < sizeof faces / sizeof faces[0]; i++) {
        nb_character_table *table = nb_face_characters(open_face(f, faces[i][0], faces[i][1]));
        int drawing = 0, told = 0;
        for (uint32_t c = 0x21; c < 0x10000; c += c < 0x4E00 ? 1 : 7) {
            nb_table_character found = nb_character_table_lookup(table, c);
            hb_glyph_extents_t extents = { 0 };
            if (!found.is_plain || c == 0xA0 || c == 0x3000)
                continue;
            bool has_ink = hb_font_get_glyph_extents(table->font, found.glyph, &extents) &&
                           extents.width != 0 && extents.height != 0;
            assert_int_equal(found.draws, has_ink);
            drawing += has_ink;
            told += nb_charstring_length(&table->programs, found.glyph) > 40;
        }
        print_message("%s: of %d that draw %d are told\n", faces[i][1], drawing, told);
        assert_true(drawing > 90);
        assert_true(i == 3 ? told == 0 : told > drawing / 2);
    }
}

/* What a report mostly consists of is plain in the faces that it is mostly set in. */
static void test_what_is_plain(void **state)
{
    fixture *f = *state;
    nb_character_table *fang =
        nb_face_characters(open_face(f, "FandolFang-Regular.otf", "FandolFang-Regular"));
    nb_character_table *serif =
        nb_face_characters(open_face(f, "NotoSerifCJK-Regular.ttc", "NotoSerifCJKsc-Regular"));
    static const char common[] = "政府信息公开，。（）0123456789";
    for (const char *at = common; *at;) {
        uint32_t c = nb_utf8_next(&at, common + sizeof common - 1);
        assert_true(nb_character_table_lookup(fang, c).is_plain);
        assert_true(nb_character_table_lookup(serif, c).is_plain);
    }
    assert_false(nb_character_table_lookup(serif, 0x2014).is_plain); /* two are one glyph */
    assert_false(nb_character_table_lookup(serif, 0xFE00).is_plain);
    assert_false(nb_character_table_lookup(serif, 0x3099).is_plain);
    assert_int_equal(nb_character_table_lookup(fang, 0x20BB7).glyph, 0);
    assert_false(nb_character_table_lookup(fang, 0x20BB7).draws);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_chinese_is_one_em_each, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_dashes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_plain_characters, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_draws, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_is_plain, set_up, tear_down),
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
