/*
 * Every role draws what GB 18030-2022 level 3 and the 通用规范汉字表 (2013, 8105 characters) ask
 * for.
 */
#include "fixture.h"

typedef struct range {
    const char *name;
    uint32_t first, last;
} range;

static const range blocks[] = {
    { "unified ideographs", 0x4E00, 0x9FFF }, { "extension A", 0x3400, 0x4DBF },
    { "extension B", 0x20000, 0x2A6DF },      { "extension C", 0x2A700, 0x2B739 },
    { "extension D", 0x2B740, 0x2B81D },      { "extension E", 0x2B820, 0x2CEA1 },
    { "extension F", 0x2CEB0, 0x2EBE0 },
};

typedef struct fixture {
    nb_arena *arena;
    nb_findings *findings;
    const nb_fonts *fonts;
} fixture;

static void assert_drawn(fixture *f, const nb_font_role *role, uint32_t code_point, const char *set)
{
    if (!nb_font_role_face(role, code_point, f->arena))
        fail_msg("no face of role %s draws U+%04X of %s", role->name, (unsigned)code_point, set);
}

static void every_role_draws_the_standard_characters(void **state)
{
    fixture *f = *state;
    nb_string list = tree_file("tests/data/tgscc-8105.txt", f->arena, f->findings);
    for (int i = 0; i < nb_fonts_role_count(f->fonts); i++) {
        int count = 0;
        for (const char *at = list.data, *end = at + list.length; at < end;) {
            uint32_t code_point = nb_utf8_next(&at, end);
            if (code_point == '\n')
                continue;
            assert_drawn(f, nb_fonts_role_at(f->fonts, i), code_point, "the 8105");
            count++;
        }
        assert_int_equal(count, 8105);
    }
}

static void every_role_draws_the_ideographs(void **state)
{
    fixture *f = *state;
    for (int i = 0; i < nb_fonts_role_count(f->fonts); i++)
        for (size_t k = 0; k < sizeof blocks / sizeof blocks[0]; k++)
            for (uint32_t c = blocks[k].first; c <= blocks[k].last; c++)
                assert_drawn(f, nb_fonts_role_at(f->fonts, i), c, blocks[k].name);
}

/* A bold role must not fall back to a light face for a character of the 8105. */
static void the_title_stays_bold(void **state)
{
    fixture *f = *state;
    const nb_font_role *title = nb_fonts_role(f->fonts, "title");
    nb_string list = tree_file("tests/data/tgscc-8105.txt", f->arena, f->findings);
    for (const char *at = list.data, *end = at + list.length; at < end;) {
        uint32_t code_point = nb_utf8_next(&at, end);
        if (code_point != '\n')
            assert_ptr_equal(nb_font_role_face(title, code_point, f->arena), title->faces[0]);
    }
}

static int set_up(void **state)
{
    static fixture f;
    f.arena = nb_arena_new();
    f.findings = nb_findings_new(NB_ENGLISH);
    f.fonts = load_fonts(f.arena, f.findings);
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    nb_findings_drop(f->findings);
    nb_arena_drop(f->arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_role_draws_the_standard_characters),
        cmocka_unit_test(every_role_draws_the_ideographs),
        cmocka_unit_test(the_title_stays_bold),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
