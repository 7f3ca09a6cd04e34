/* The cases of tests/line_break/, one a line: width in characters; text; expected lines. */
#include "line_fixture.h"

#include "base/buffer.h"
#include "text/line_break.h"
#include <stdio.h>
#include <stdlib.h>

/* The text with "\n" written as two characters turned into a line break. */
static nb_string unescape(fixture *f, nb_string text)
{
    char *copy = nb_arena_alloc(f->arena, text.length + 1), *to = copy;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '\\' && i + 1 < text.length && text.data[i + 1] == 'n') {
            *to++ = '\n';
            i++;
        } else {
            *to++ = text.data[i];
        }
    }
    return (nb_string){ copy, (size_t)(to - copy) };
}

typedef enum line_profile { GRID, COMPACT } line_profile;

/* "5", or "5.5" characters of the body. */
static nb_length width_from(fixture *f, const char *characters)
{
    return (nb_length)(strtod(characters, NULL) * 2) * (f->style->body->size / 2);
}

static const char *lines_of(fixture *f, nb_string text, nb_length width, line_profile profile,
                            bool holds)
{
    nb_hold_rules hold = { f->style->held_units, f->style->held_prefixes };
    const nb_paragraph_style *body = f->style->body;
    nb_source source = { text, nb_fonts_role(f->fonts, body->role),
                         nb_fonts_role(f->fonts, body->latin_role) };
    nb_setting setting = { body->size, body->tracking, f->style->script_gap_per_mille, 100, false };
    nb_paragraph *paragraph = nb_paragraph_new(&source, 1, setting, NULL, f->arena);
    nb_line *lines;
    int count;
    nb_measure measure = {
        .width = width, .first_line = width, .may_hang = true, .hold = holds ? &hold : NULL
    };
    if (profile == GRID)
        nb_break_lines(paragraph, measure, f->arena, &lines, &count);
    else
        nb_break_lines_compact(paragraph, measure, f->arena, &lines, &count);
    nb_buffer *out = nb_buffer_new(f->arena, 1 << 20);
    for (int i = 0; i < count; i++) {
        if (i)
            nb_buffer_byte(out, '|');
        for (int k = lines[i].first; k < lines[i].end; k++) {
            char bytes[4];
            if (!paragraph->characters[k].is_joiner)
                nb_buffer_add(out, bytes,
                              (size_t)nb_utf8_encode(paragraph->characters[k].code_point, bytes));
        }
    }
    return nb_arena_copy(f->arena, out->data, out->length);
}

/* Run the cases of one file; each that fails is printed, and counted. */
static void run_cases(fixture *f, const char *name, line_profile profile, bool holds)
{
    nb_string file = tree_file(name, f->arena, f->findings);
    char *cases = nb_arena_copy(f->arena, file.data, file.length);
    int number = 0, failed = 0, run = 0;
    for (char *line = cases; line && *line;) {
        char *end = strchr(line, '\n');
        if (end)
            *end = '\0';
        number++;
        char *text = strchr(line, ';'), *expected = text ? strchr(text + 1, ';') : NULL;
        if (*line != '#' && expected) {
            nb_string words = unescape(f, (nb_string){ text + 1, (size_t)(expected - text - 1) });
            const char *result = lines_of(f, words, width_from(f, line), profile, holds);
            run++;
            if (strcmp(result, expected + 1) != 0) {
                print_error("%s:%d: expected %s\n", name, number, expected + 1);
                print_error("%s:%d:      got %s\n", name, number, result);
                failed++;
            }
        }
        line = end ? end + 1 : NULL;
    }
    assert_true(run > 0);
    assert_int_equal(failed, 0);
}

static void test_grid(void **state)
{
    run_cases(*state, "tests/line_break/grid.txt", GRID, false);
}

static void test_held(void **state)
{
    run_cases(*state, "tests/line_break/held.txt", GRID, true);
}

static void test_compact(void **state)
{
    run_cases(*state, "tests/line_break/compact.txt", COMPACT, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_grid), cmocka_unit_test(test_held),
                                        cmocka_unit_test(test_compact) };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
