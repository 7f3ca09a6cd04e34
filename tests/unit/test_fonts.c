/* Finding the faces of a manifest, and what the faces say of themselves. */
#include "text_fixture.h"

#include "base/file.h"
#include <pthread.h>
#include <unistd.h>

#define SERIF_SC "{\"name\":\"NotoSerifCJKsc-Regular\",\"files\":[\"NotoSerifCJK-Regular.ttc\"]}"
#define SERIF_JP "{\"name\":\"NotoSerifCJKjp-Regular\",\"files\":[\"NotoSerifCJK-Regular.ttc\"]}"
#define LIBERATION "{\"name\":\"LiberationSerif\",\"files\":[\"LiberationSerif-Regular.ttf\"]}"
#define FANG "{\"name\":\"FandolFang-Regular\",\"files\":[\"FandolFang-Regular.otf\"]}"

/* A manifest with the one role "body"; the arguments are what stands inside its arrays. */
static const char *manifest_of(fixture *f, const char *directories, const char *faces,
                               const char *fallback)
{
    return nb_arena_print(f->arena,
                          "{\"directories\":[%s],\n\"roles\":{\"body\":{\"office_name\":\"仿宋\","
                          "\"faces\":[%s]}},\n\"fallback\":[%s]}",
                          directories, faces, fallback);
}

/* The folder of an installed font, as a JSON string. */
static const char *folder_of(fixture *f, const char *file)
{
    const char *path = font_path(f, file);
    return nb_arena_print(f->arena, "\"%.*s\"", (int)(strrchr(path, '/') - path), path);
}

static const nb_fonts *load(fixture *f, const char *manifest, const char *font_dir,
                            nb_status expected)
{
    const nb_fonts *fonts = NULL;
    const char *const dirs[] = { font_dir };
    nb_status status = nb_fonts_load(nb_string_of(manifest), "fonts.json", dirs, font_dir ? 1 : 0,
                                     f->arena, f->findings, &fonts);
    assert_int_equal(status, expected);
    return fonts;
}

static const nb_face_info *own_face(const nb_fonts *fonts, int index)
{
    const nb_font_role *role = nb_fonts_role(fonts, "body");
    assert_non_null(role);
    assert_in_range(index, 0, role->own_count - 1);
    return nb_face_describe(role->faces[index]);
}

static const char *finding(fixture *f, size_t index)
{
    const nb_finding *found = nb_findings_lookup(f->findings, index);
    assert_non_null(found);
    return nb_arena_print(f->arena, "%s:%d %s %s", found->file, found->line, found->rule,
                          found->pointer);
}

typedef struct folder {
    char path[32];
    char file[64];
} folder;

static void remove_folder(void *object)
{
    folder *made = object;
    (void)remove(made->file);
    (void)rmdir(made->path);
}

/* A new folder with one file of that content, both removed with the arena. */
static const char *folder_with(fixture *f, const char *name, nb_string bytes)
{
    folder *made = NB_NEW(f->arena, folder);
    snprintf(made->path, sizeof made->path, "/tmp/nianbao-XXXXXX");
    assert_non_null(mkdtemp(made->path));
    snprintf(made->file, sizeof made->file, "%s/%s", made->path, name);
    nb_arena_defer(f->arena, remove_folder, made);
    FILE *file = fopen(made->file, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.data, 1, bytes.length, file), bytes.length);
    assert_int_equal(fclose(file), 0);
    return made->path;
}

static nb_string read_font(fixture *f, const char *file)
{
    nb_string bytes;
    assert_int_equal(nb_file_read(font_path(f, file), 64u << 20, f->arena, f->findings, &bytes),
                     NB_OK);
    return bytes;
}

static void test_project_manifest_resolves(void **state)
{
    fixture *f = *state;
    nb_string manifest;
    const char *source = getenv("NB_SOURCE_DIR");
    const char *path =
        nb_arena_print(f->arena, "%s/fonts/fonts.json", source ? source : NB_TESTS_DIR "/..");
    const nb_fonts *fonts = NULL;
    assert_int_equal(nb_file_read(path, 1u << 20, f->arena, f->findings, &manifest), NB_OK);
    assert_int_equal(nb_fonts_load(manifest, "fonts.json", NULL, 0, f->arena, f->findings, &fonts),
                     NB_OK);
    static const char *const roles[] = { "title", "body", "kai", "hei", "song", "latin" };
    assert_int_equal(nb_fonts_role_count(fonts), 6);
    for (int i = 0; i < 6; i++) {
        const nb_font_role *role = nb_fonts_role_at(fonts, i);
        assert_string_equal(role->name, roles[i]);
        assert_ptr_equal(nb_fonts_role(fonts, roles[i]), role);
        assert_true(role->own_count >= 1 && role->face_count > role->own_count);
        const nb_face_info *info = nb_face_describe(role->faces[0]);
        assert_true(info->postscript_name[0] && info->family[0] && info->file[0]);
        assert_true(info->may_embed && info->upem > 0 && info->ascent > 0 && info->descent < 0);
        uint32_t sample = i == 5 ? '8' : 0x653F; /* 政 */
        assert_ptr_equal(nb_font_role_face(role, sample, f->arena), role->faces[0]);
    }
    assert_string_equal(nb_fonts_role(fonts, "body")->office_name, "仿宋_GB2312");
    assert_null(nb_fonts_role(fonts, "nobody"));
    assert_null(nb_fonts_role_at(fonts, 6));
    assert_int_equal(nb_findings_count(f->findings), 0);
}

static void test_characters_fall_back(void **state)
{
    fixture *f = *state;
    const char *folders = nb_arena_print(
        f->arena, "%s,%s,%s", folder_of(f, "FandolFang-Regular.otf"),
        folder_of(f, "NotoSerifCJK-Regular.ttc"), folder_of(f, "LiberationSerif-Regular.ttf"));
    const nb_fonts *fonts =
        load(f, manifest_of(f, folders, FANG, SERIF_SC "," LIBERATION), NULL, NB_OK);
    const nb_font_role *role = nb_fonts_role(fonts, "body");
    assert_int_equal(role->own_count, 1);
    assert_int_equal(role->face_count, 3);
    assert_ptr_equal(nb_font_role_face(role, 0x4E2D, f->arena), role->faces[0]);  /* 中 */
    assert_ptr_equal(nb_font_role_face(role, 0x20BB7, f->arena), role->faces[1]); /* 𠮷 */
    assert_ptr_equal(nb_font_role_face(role, 0x5D0, f->arena), role->faces[2]);   /* א */
    assert_null(nb_font_role_face(role, 0x10FFFD, f->arena));
    assert_null(nb_font_role_face(role, '\n', f->arena));
}

static void test_collection_index_by_name(void **state)
{
    fixture *f = *state;
    const char *folders = folder_of(f, "NotoSerifCJK-Regular.ttc");
    const nb_fonts *fonts =
        load(f, manifest_of(f, folders, SERIF_SC "," SERIF_JP, ""), NULL, NB_OK);
    assert_string_equal(own_face(fonts, 0)->postscript_name, "NotoSerifCJKsc-Regular");
    assert_string_equal(own_face(fonts, 0)->family, "Noto Serif CJK SC");
    assert_int_equal(own_face(fonts, 0)->index, 2);
    assert_int_equal(own_face(fonts, 1)->index, 0);
}

static void test_file_without_the_face_does_not_count(void **state)
{
    fixture *f = *state;
    const char *faces =
        "{\"name\":\"FangSong\",\"files\":[\"LiberationSerif-Regular.ttf\"]}," LIBERATION;
    const char *folders = folder_of(f, "LiberationSerif-Regular.ttf");
    const nb_fonts *fonts = load(f, manifest_of(f, folders, faces, ""), NULL, NB_OK);
    assert_int_equal(nb_fonts_role(fonts, "body")->own_count, 1);
    assert_string_equal(own_face(fonts, 0)->postscript_name, "LiberationSerif");
}

/* After the first, files are taken at their word until they are used. */
static void test_unread_face_draws_nothing(void **state)
{
    fixture *f = *state;
    const char *faces =
        LIBERATION ",{\"name\":\"FangSong\",\"files\":[\"LiberationSerif-Bold.ttf\"]}";
    const char *folders = folder_of(f, "LiberationSerif-Regular.ttf");
    const nb_fonts *fonts = load(f, manifest_of(f, folders, faces, ""), NULL, NB_OK);
    const nb_font_role *role = nb_fonts_role(fonts, "body");
    assert_int_equal(role->own_count, 2);
    assert_false(nb_face_draws(role->faces[1], 'A'));
    assert_string_equal(own_face(fonts, 1)->postscript_name, "");
    assert_non_null(strstr(own_face(fonts, 1)->file, "LiberationSerif-Bold.ttf"));
}

static void test_font_dir_is_searched_by_content(void **state)
{
    fixture *f = *state;
    const char *dir = folder_with(f, "some name.TTF", read_font(f, "LiberationSerif-Regular.ttf"));
    const char *folders = folder_of(f, "LiberationSerif-Regular.ttf");
    const nb_fonts *fonts = load(f, manifest_of(f, folders, LIBERATION, ""), dir, NB_OK);
    assert_string_equal(own_face(fonts, 0)->postscript_name, "LiberationSerif");
    assert_non_null(strstr(own_face(fonts, 0)->file, "/some name.TTF"));
}

static void test_other_files_are_not_opened(void **state)
{
    fixture *f = *state;
    const char *dir = folder_with(f, "font.txt", read_font(f, "LiberationSerif-Regular.ttf"));
    const char *face = "{\"name\":\"NoSuchFace-Liberation\",\"files\":[\"font.txt\"]}";
    load(f, manifest_of(f, "", face, ""), dir, NB_E_RESOURCE);
}

static void test_roles_share_faces(void **state)
{
    fixture *f = *state;
    const char *manifest = nb_arena_print(
        f->arena,
        "{\"directories\":[%s],\"roles\":{\"a\":{\"office_name\":\"A\",\"faces\":[" SERIF_SC "]},"
        "\"b\":{\"office_name\":\"B\",\"faces\":[" SERIF_JP "," SERIF_SC
        "]}},\"fallback\":[" SERIF_SC "]}",
        folder_of(f, "NotoSerifCJK-Regular.ttc"));
    const nb_fonts *fonts = load(f, manifest, NULL, NB_OK);
    const nb_font_role *a = nb_fonts_role(fonts, "a"), *b = nb_fonts_role(fonts, "b");
    assert_int_equal(a->face_count, 1);
    assert_int_equal(b->face_count, 2);
    assert_ptr_equal(a->faces[0], b->faces[1]);
}

static void test_installed_by_exact_name(void **state)
{
    fixture *f = *state;
    const char *by_name = "{\"name\":\"NoSuchFace\"},{\"name\":\"NotoSerifCJKsc-Bold\"}";
    const nb_fonts *fonts = load(f, manifest_of(f, "", by_name, ""), NULL, NB_OK);
    assert_string_equal(own_face(fonts, 0)->postscript_name, "NotoSerifCJKsc-Bold");
    assert_int_equal(own_face(fonts, 0)->index, 2);

    const char *by_family = "{\"name\":\"NoSuchFace\",\"family\":\"Noto Serif CJK SC\"}";
    fonts = load(f, manifest_of(f, "", by_family, ""), NULL, NB_OK);
    assert_string_equal(own_face(fonts, 0)->postscript_name, "NotoSerifCJKsc-Regular");
}

static void test_nothing_is_put_in_place_of_a_missing_face(void **state)
{
    fixture *f = *state;
    const char *face = "{\"name\":\"NoSuchFace\",\"family\":\"Noto Serif CJK\"}";
    const nb_fonts *fonts = load(f, manifest_of(f, "", face, ""), NULL, NB_E_RESOURCE);
    assert_int_equal(nb_fonts_role(fonts, "body")->face_count, 0);
    assert_int_equal(nb_findings_count(f->findings), 1);
    assert_string_equal(finding(f, 0), "fonts.json:2 FONT /roles/body");
    assert_int_equal(nb_findings_lookup(f->findings, 0)->severity, NB_ERROR);
    assert_null(nb_font_role_face(nb_fonts_role(fonts, "body"), 'A', f->arena));
}

static void test_fallback_alone_is_warned_of(void **state)
{
    fixture *f = *state;
    const char *folders = folder_of(f, "LiberationSerif-Regular.ttf");
    const nb_fonts *fonts =
        load(f, manifest_of(f, folders, "{\"name\":\"NoSuchFace\"}", LIBERATION), NULL, NB_OK);
    assert_int_equal(nb_fonts_role(fonts, "body")->own_count, 0);
    assert_int_equal(nb_fonts_role(fonts, "body")->face_count, 1);
    assert_int_equal(nb_findings_count(f->findings), 1);
    assert_int_equal(nb_findings_lookup(f->findings, 0)->severity, NB_WARNING);
}

static void test_broken_manifests(void **state)
{
    fixture *f = *state;
    static const char *const cases[][2] = {
        { "{", "fonts.json:1 S1 " },
        { "[]", "fonts.json:1 FONT " },
        { "{\"directories\":[],\"fallback\":[],\n\"roles\":[]}", "fonts.json:2 FONT /roles" },
        { "{\"directories\":[1],\"fallback\":[],\"roles\":{}}",
          "fonts.json:1 FONT /directories/0" },
        { "{\"directories\":[],\"fallback\":[{\"files\":[]}],\"roles\":{}}",
          "fonts.json:1 FONT /fallback/0" },
        { "{\"directories\":[],\"fallback\":[{\"name\":\"A\",\"files\":\"a.ttf\"}],\"roles\":{}}",
          "fonts.json:1 FONT /fallback/0/files" },
        { "{\"directories\":[],\"fallback\":[],\"roles\":{\"a\":{\"faces\":[]}}}",
          "fonts.json:1 FONT /roles/a" },
        { "{\"directories\":[],\"fallback\":[\"A\"],\"roles\":{}}",
          "fonts.json:1 FONT /fallback/0" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t before = nb_findings_count(f->findings);
        assert_null(load(f, cases[i][0], NULL, NB_E_RESOURCE));
        assert_true(nb_findings_count(f->findings) > before);
        assert_string_equal(finding(f, before), cases[i][1]);
    }
}

static void test_spaces_and_empty_glyphs(void **state)
{
    fixture *f = *state;
    const nb_face *kai = open_face(f, "gkai00mp.ttf", "GBZenKai-Medium");
    assert_true(glyph_of(kai, 0x144) != 0); /* ń is in its character map and draws nothing */
    assert_false(nb_face_draws(kai, 0x144));
    assert_true(nb_face_draws(kai, 0x4E2D));
    static const uint32_t unseen[] = {
        0x20, 0xA0, 0x2003, 0x200B, 0x2060, 0x3000, 0xFE00, 0xE0100
    };
    const nb_face *latin = open_face(f, "LiberationSerif-Regular.ttf", "LiberationSerif");
    for (size_t i = 0; i < sizeof unseen / sizeof unseen[0]; i++) {
        assert_true(nb_face_draws(kai, unseen[i]));
        assert_true(nb_face_draws(latin, unseen[i]));
    }
}

static void test_descriptions(void **state)
{
    fixture *f = *state;
    const nb_face_info *cff =
        nb_face_describe(open_face(f, "NotoSerifCJK-Bold.ttc", "NotoSerifCJKsc-Bold"));
    assert_int_equal(cff->outlines, NB_OUTLINES_CFF);
    assert_true(cff->bold && cff->serif && cff->may_embed);
    assert_int_equal(cff->upem, 1000);
    assert_string_equal(cff->family, "Noto Serif CJK SC");
    assert_non_null(strstr(cff->licence, "SIL Open Font License"));
    assert_true(cff->box[0] < 0 && cff->box[1] < 0 && cff->box[2] > 1000 && cff->box[3] > 1000);

    const nb_face_info *glyf =
        nb_face_describe(open_face(f, "LiberationSerif-Italic.ttf", "LiberationSerif-Italic"));
    assert_int_equal(glyf->outlines, NB_OUTLINES_GLYF);
    assert_false(glyf->bold);
    assert_int_equal(glyf->upem, 2048);
    assert_in_range(-glyf->italic_angle, 10, 20);
    assert_in_range(glyf->cap_height, 1300, 1400);

    const nb_face *regular = open_face(f, "LiberationSerif-Regular.ttf", "LiberationSerif");
    assert_int_equal(nb_face_describe(regular)->italic_angle, 0);
}

/* The offset of a table in a font file. */
static size_t find_table(nb_string font, const char *tag)
{
    const unsigned char *data = (const unsigned char *)font.data;
    for (size_t at = 12; at < font.length; at += 16)
        if (memcmp(data + at, tag, 4) == 0)
            return (size_t)data[at + 8] << 24 | (size_t)data[at + 9] << 16 |
                   (size_t)data[at + 10] << 8 | data[at + 11];
    fail();
    return 0;
}

static void test_embedding_rights(void **state)
{
    static const struct {
        unsigned char type[2];
        bool may_embed;
    } cases[] = {
        { { 0, 0 }, true }, { { 0, 2 }, false }, { { 0, 4 }, true },  { { 0, 8 }, true },
        { { 0, 6 }, true }, { { 1, 0 }, false }, { { 2, 4 }, false },
    };
    fixture *f = *state;
    nb_string font = read_font(f, "LiberationSerif-Regular.ttf");
    char *type = nb_arena_copy(f->arena, font.data, font.length);
    size_t at = find_table(font, "OS/2") + 8;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        memcpy(type + at, cases[i].type, 2);
        const char *dir = folder_with(f, "font.ttf", (nb_string){ type, font.length });
        const nb_fonts *fonts = load(f, manifest_of(f, "", LIBERATION, ""), dir, NB_OK);
        assert_int_equal(own_face(fonts, 0)->may_embed, cases[i].may_embed);
    }
}

/*
 * A file cut off anywhere is no face, or one that draws what is left; it never reads past its end.
 */
static void test_damaged_files(void **state)
{
    fixture *f = *state;
    nb_string font = read_font(f, "LiberationSerif-Regular.ttf");
    for (size_t length = 0; length < font.length; length = length * 3 / 2 + 7) {
        const nb_fonts *fonts = NULL;
        const char *dir = folder_with(f, "font.ttf", (nb_string){ font.data, length });
        const char *manifest =
            manifest_of(f, nb_arena_print(f->arena, "\"%s\"", dir),
                        "{\"name\":\"LiberationSerif\",\"files\":[\"font.ttf\"]}", "");
        nb_fonts_load(nb_string_of(manifest), "fonts.json", NULL, 0, f->arena, f->findings, &fonts);
        assert_non_null(fonts);
        (void)nb_font_role_face(nb_fonts_role(fonts, "body"), 'A', f->arena);
    }
}

enum { THREADS = 8 };

typedef struct counting {
    nb_arena *arena; /* to be left when memory runs out; nothing is taken from it */
    const nb_font_role *role;
    int counts[8]; /* per face of the role */
    const nb_face_info *infos[8];
} counting;

static void *count_faces(void *context)
{
    counting *c = context;
    for (uint32_t code_point = 0x4E00; code_point < 0x9FA6; code_point += 7) {
        const nb_face *face = nb_font_role_face(c->role, code_point, c->arena);
        for (int i = 0; i < c->role->face_count; i++)
            c->counts[i] += c->role->faces[i] == face;
    }
    for (int i = 0; i < c->role->face_count; i++)
        c->infos[i] = nb_face_describe(c->role->faces[i]);
    return NULL;
}

static void test_threads_open_each_face_once(void **state)
{
    fixture *f = *state;
    const char *folders = nb_arena_print(
        f->arena, "%s,%s,%s", folder_of(f, "FandolFang-Regular.otf"),
        folder_of(f, "NotoSerifCJK-Regular.ttc"), folder_of(f, "LiberationSerif-Regular.ttf"));
    const nb_fonts *fonts =
        load(f, manifest_of(f, folders, LIBERATION, FANG "," SERIF_SC), NULL, NB_OK);
    pthread_t threads[THREADS];
    counting counts[THREADS] = { 0 };
    for (int i = 0; i < THREADS; i++) {
        counts[i].arena = f->arena;
        counts[i].role = nb_fonts_role(fonts, "body");
        assert_int_equal(pthread_create(&threads[i], NULL, count_faces, &counts[i]), 0);
    }
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    assert_true(counts[0].counts[1] > 500 && counts[0].counts[2] > 500);
    for (int i = 1; i < THREADS; i++) {
        assert_memory_equal(counts[i].counts, counts[0].counts, sizeof counts[0].counts);
        assert_memory_equal(counts[i].infos, counts[0].infos, sizeof counts[0].infos);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_project_manifest_resolves, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_characters_fall_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_collection_index_by_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_file_without_the_face_does_not_count, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_unread_face_draws_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_font_dir_is_searched_by_content, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_other_files_are_not_opened, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_roles_share_faces, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_installed_by_exact_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nothing_is_put_in_place_of_a_missing_face, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_fallback_alone_is_warned_of, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_broken_manifests, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_spaces_and_empty_glyphs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_descriptions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_embedding_rights, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_damaged_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_threads_open_each_face_once, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
