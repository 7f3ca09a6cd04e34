/*
 * Lines of the compact profile as they are placed: where marks stand, what is squeezed and
 * stretched, and how far.
 */
#include "line_fixture.h"

#include "base/buffer.h"
#include "text/compact.h"
#include <stdio.h>
#include <stdlib.h>

/* 16 pt: an em is 1920 units; tracking takes 30 from each character; the gap is 384. */
enum { EM = 1920, TRACKING = -30, GAP = 384 };

typedef struct set_lines {
    nb_paragraph *paragraph;
    nb_line *lines;
    int count;
    nb_measure measure;
} set_lines;

/* Break a text in lines of so many half ems, the first shorter by an indent. */
static set_lines set(fixture *f, const char *text, int halves, int indent_halves)
{
    const nb_paragraph_style *body = f->style->body;
    nb_source source = { nb_string_of(text), nb_fonts_role(f->fonts, body->role),
                         nb_fonts_role(f->fonts, body->latin_role) };
    nb_setting setting = { .size = body->size,
                           .tracking = body->tracking,
                           .gap_per_mille = f->style->script_gap_per_mille,
                           .scale = 100 };
    set_lines s = { .paragraph = nb_paragraph_new(&source, 1, setting, NULL, f->arena) };
    s.measure = (nb_measure){ .width = halves * body->size / 2,
                              .first_line = (halves - indent_halves) * body->size / 2 };
    nb_break_lines_compact(s.paragraph, s.measure, f->arena, &s.lines, &s.count);
    return s;
}

static nb_length limit_of(const set_lines *s, int line)
{
    return line == 0 ? s->measure.first_line : s->measure.width;
}

static nb_length *place(fixture *f, const set_lines *s, int line, bool justify, nb_length *width)
{
    nb_length *x =
        NB_NEW_ARRAY(f->arena, nb_length, (size_t)(s->lines[line].end - s->lines[line].first) + 1);
    *width = nb_place_line(s->paragraph, &s->lines[line], limit_of(s, line), justify, x);
    return x;
}

/* The first line of a text, which must end before the character `end`. */
static const nb_fitted *first_line(fixture *f, const char *text, int halves, int end)
{
    set_lines s = set(f, text, halves, 0);
    assert_int_equal(s.lines[0].end, end);
    return s.lines[0].fitted;
}

/* GB/T 15834 5.1.10, CLREQ 行首行尾标点挤压 */
static void test_marks_at_edges(void **state)
{
    fixture *f = *state;
    const nb_fitted *fitted = first_line(f, "政府信息，公开", 9, 5);
    assert_int_equal(fitted[3].units, EM + TRACKING);
    assert_int_equal(fitted[4].units, EM / 2);
    assert_int_equal(fitted[4].shift, 0);

    fitted = first_line(f, "（政府信息公开", 9, 5);
    assert_int_equal(fitted[0].units, EM / 2 + TRACKING);
    assert_int_equal(fitted[0].shift, EM / 2);

    set_lines s = set(f, "（政府信息公开", 13, 4); /* on an indented line too */
    nb_length width;
    assert_int_equal(place(f, &s, 0, true, &width)[0], -s.paragraph->size / 2);
}

/* CLREQ 连续标点符号的调整; the brackets keep to what they enclose. */
static void test_marks_side_by_side(void **state)
{
    fixture *f = *state;
    const nb_fitted *fitted = first_line(f, "政”，信息公开", 20, 7);
    assert_int_equal(fitted[1].units, EM / 2);
    assert_int_equal(fitted[1].shift, 0);
    assert_int_equal(fitted[2].units, EM + TRACKING);

    fitted = first_line(f, "政，“信息公开", 20, 7);
    /* tracking does not make less than half of what follows */
    assert_int_equal(fitted[1].units, EM);
    assert_int_equal(fitted[2].units, EM / 2 + TRACKING);
    assert_int_equal(fitted[2].shift, EM / 2);

    fitted = first_line(f, "政“《信息公开", 20, 7);
    assert_int_equal(fitted[1].units, EM);
    assert_int_equal(fitted[1].shift, 0);
    assert_int_equal(fitted[2].shift, EM / 2);
}

/* GB/T 15834 5.1.2, 5.1.7 */
static void test_narrow_marks(void **state)
{
    fixture *f = *state;
    const nb_fitted *fitted = first_line(f, "政！！信息公开", 20, 7);
    assert_int_equal(fitted[1].units + fitted[2].units, EM);
    fitted = first_line(f, "政！！！信息公", 20, 7);
    assert_int_equal(fitted[1].units + fitted[2].units + fitted[3].units, 2 * EM + TRACKING);

    set_lines s = set(f, "比尔·盖茨信息", 20, 0); /* unless the face draws it narrow itself */
    if (s.paragraph->characters[2].units == EM) {
        assert_int_equal(s.lines[0].fitted[2].units, EM / 2);
        assert_in_range(s.lines[0].fitted[2].shift, EM / 4 - EM / 16, EM / 4 + EM / 16);
    }
}

/* CLREQ 挤压处理的优先顺序: nothing of a later class is touched while an earlier one can give. */
static void test_squeezing_order(void **state)
{
    fixture *f = *state;
    /* 6 em less tracking into 5½: 780 units too much, which the closing bracket has. */
    const nb_fitted *fitted = first_line(f, "政，（府）信。开工", 11, 7);
    assert_int_equal(fitted[1].units, EM);
    assert_int_equal(fitted[2].units, EM / 2 + TRACKING); /* cut beside the comma already */
    assert_true(fitted[4].units < EM + TRACKING && fitted[4].units >= EM / 2);

    /* Both brackets by the same part, the comma and the stop not at all. */
    fitted = first_line(f, "政（府）信，息。公。开工", 18, 10);
    assert_int_equal(fitted[1].units, fitted[3].units);
    assert_int_equal(fitted[1].shift, EM + TRACKING - fitted[1].units);
    assert_int_equal(fitted[3].shift, 0);
    assert_int_equal(fitted[5].units, EM + TRACKING);
    assert_int_equal(fitted[7].units, EM + TRACKING);

    /* Two marks that share an em and a half give no more. */
    fitted = first_line(f, "《政》（府）信息公。开工", 16, 10);
    assert_int_equal(fitted[2].units, EM);
    assert_int_equal(fitted[3].units, EM / 2 + TRACKING);
    assert_true(fitted[5].units < EM + TRACKING);

    /* No brackets: the comma, not the stop. */
    fitted = first_line(f, "政，信。息公。开工", 12, 7);
    assert_true(fitted[1].units < EM + TRACKING);
    assert_int_equal(fitted[3].units, EM + TRACKING);

    /* The gaps between Han and digits, down to an eighth of an em. */
    fitted = first_line(f, "政12府345信息公", 10, 7);
    assert_true(fitted[0].units < EM + GAP && fitted[0].units >= EM + EM / 8);
    assert_int_equal(fitted[0].units, fitted[3].units);
}

static nb_length advance(fixture *f, const char *text, int halves, int at)
{
    set_lines s = set(f, text, halves, 0);
    nb_length width, *x = place(f, &s, 0, true, &width);
    assert_true(s.count > 1);
    assert_int_equal(width, s.measure.width);
    return x[at + 1] - x[at];
}

#define IN_EMU(units) ((nb_length)((int64_t)(units)*NB_TWIP / NB_UNITS_PER_TWIP))

/* CLREQ 拉伸处理的优先顺序 */
static void test_stretching_order(void **state)
{
    fixture *f = *state;
    nb_length character = IN_EMU(EM + TRACKING);
    /* A gap takes all while it is below a third of an em. */
    assert_in_range(advance(f, "政府12信息公开工作", 11, 1), IN_EMU(EM + GAP), IN_EMU(EM + EM / 3));
    assert_in_range(advance(f, "政府12信息公开工作", 11, 0), character - 1, character + 1);
    /*
     * Then characters are set apart; not inside a number, a —— or a ……, nor beside 连接号 and
     * 分隔号.
     */
    assert_true(advance(f, "政府信息”。开工作", 11, 0) > character);
    assert_in_range(advance(f, "政府12信公—开工作人", 11, 2), IN_EMU(EM / 2 + TRACKING) - 1,
                    IN_EMU(EM / 2 + TRACKING) + 1);
    assert_in_range(advance(f, "政府——信息公开工作", 11, 2), character - 1, character + 1);
    assert_in_range(advance(f, "政府……信息公开工作", 11, 2), character - 1, character + 1);
    assert_in_range(advance(f, "政～府信息公开工作", 11, 0), character - 1, character + 1);
    assert_in_range(advance(f, "政～府信息公开工作", 11, 1), character - 1, character + 1);
    assert_true(advance(f, "政～府信息公开工作", 11, 2) > character);
    assert_in_range(advance(f, "政府15℃公开信息工作", 13, 3), IN_EMU(EM / 2) - 1,
                    IN_EMU(EM / 2) + 1);
    /* A space between words takes what it may before anything else: half an em. */
    assert_in_range(advance(f, "API API信息公开工作", 12, 3), IN_EMU(EM / 2) - 1,
                    IN_EMU(EM / 2) + 1);
    /* A last line is as long as it is. */
    set_lines s = set(f, "政府信息", 20, 0);
    nb_length width;
    place(f, &s, 0, true, &width);
    assert_int_equal(width, IN_EMU(4 * EM + 3 * TRACKING));
}

/* 孤字 and numbers with their units, by the rules of the page style. */
static void test_held(void **state)
{
    fixture *f = *state;
    nb_hold_rules hold = { f->style->held_units, f->style->held_prefixes };
    set_lines s = set(f, "政府信息公开工12件年度", 17, 0);
    assert_int_equal(s.lines[0].end, 9);
    s.measure.hold = &hold;
    nb_break_lines_compact(s.paragraph, s.measure, f->arena, &s.lines, &s.count);
    assert_int_equal(s.lines[0].end, 7);
    /* … but not when that leaves a hole. */
    s = set(f, "公开12件年度", 8, 0);
    s.measure.hold = &hold;
    nb_break_lines_compact(s.paragraph, s.measure, f->arena, &s.lines, &s.count);
    assert_int_equal(s.lines[0].end, 4);
}

static bool is_one_of(uint32_t c, const char *set)
{
    const char *at = set, *end = set + strlen(set);
    while (at < end)
        if (nb_utf8_next(&at, end) == c)
            return true;
    return false;
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

static const char *random_text(fixture *f, uint32_t *seed)
{
    static const char *const pieces[] = {
        "政",       "府",  "信",       "息",    "公", "开",    "工",          "作",
        "年",       "度",  "人民政府", "，",    "。", "、",    "；",          "：",
        "？",       "！",  "“",        "”",     "（", "）",    "《",          "》",
        "〔2021〕", "——",  "……",       "—",     "～", "·",     "／",          "-",
        "2022",     "15℃", "3.5%",     "￥100", "12", "API",   "information", "http://www.gov.cn/a",
        " ",        "　",  "①",        "𠮷",    "\n", "don’t", "葛󠄀",
    };
    nb_buffer *text = nb_buffer_new(f->arena, 2048);
    int count = 1 + (int)(next_random(seed) % 60);
    for (int i = 0; i < count; i++) {
        uint32_t which = next_random(seed) % (2 * sizeof pieces / sizeof *pieces);
        nb_buffer_text(text,
                       which < sizeof pieces / sizeof *pieces ? pieces[which] : pieces[which % 10]);
    }
    nb_buffer_byte(text, '\0');
    assert_false(text->overflowed);
    return (const char *)text->data;
}

/*
 * A line that holds two Han side by side, or begins with one after a Han, could have ended
 * elsewhere.
 */
static bool has_alternative(const set_lines *s, int line)
{
    for (int i = s->lines[line].first + 1; i < s->lines[line].end; i++) {
        uint32_t a = s->paragraph->characters[i - 1].code_point,
                 b = s->paragraph->characters[i].code_point;
        if (a >= 0x4E00 && a <= 0x9FFF && b >= 0x4E00 && b <= 0x9FFF)
            return true;
    }
    return false;
}

static void check_edges(const set_lines *s, int line)
{
    const nb_character *characters = s->paragraph->characters;
    const nb_line *here = &s->lines[line], *next = here + 1;
    if (here->end == here->first || next->end == next->first || !has_alternative(s, line))
        return;
    uint32_t last = characters[here->end - 1].code_point,
             first = characters[next->first].code_point;
    assert_false(is_one_of(last, "“（《〔￥／/"));
    assert_false(is_one_of(first, "，。、；：？！”）》〕～·／/-℃%"));
    assert_false((first == 0x2014 || first == 0x2026) && last == first && here->end == next->first);
    assert_false(first == 0x2014 && characters[next->first + 1].code_point != 0x2014);
}

static void check_places(fixture *f, const set_lines *s, int line)
{
    const nb_line *here = &s->lines[line];
    int32_t total = 0, seen = 0;
    for (int i = here->first; i < here->end; i++) {
        total += here->fitted[i - here->first].units;
        seen += s->paragraph->characters[i].units != 0;
        assert_true(here->fitted[i - here->first].shift >= 0);
        assert_true(here->fitted[i - here->first].shift <= EM / 2);
        if (is_one_of(s->paragraph->characters[i].code_point, " 　"))
            continue;
        if (is_one_of(s->paragraph->characters[i].code_point, "，。、；：？！”）》〕"))
            assert_true(here->fitted[i - here->first].units >= EM / 2);
        else if (s->paragraph->characters[i].units == EM)
            assert_true(here->fitted[i - here->first].units >= EM / 2 + TRACKING);
        else
            assert_true(here->fitted[i - here->first].units >=
                        s->paragraph->characters[i].units + TRACKING);
    }
    nb_length limit = limit_of(s, line);
    assert_true(IN_EMU(total) <= limit || seen <= 1);
    nb_length width, *x = place(f, s, line, true, &width);
    assert_true(width <= limit || seen <= 1);
    if (!here->is_last && has_alternative(s, line))
        assert_int_equal(width, limit);
    for (int i = here->first; i < here->end; i++) {
        nb_length at = x[i - here->first] + IN_EMU(here->fitted[i - here->first].shift);
        assert_true(at >= 0 && at <= width);
        assert_true(i == here->first || at >= x[i - 1 - here->first]);
    }
}

/*
 * Every character once and in order, no mark where it may not stand, nothing outside the measure.
 */
static void test_random_text(void **state)
{
    fixture *f = *state;
    uint32_t seed = 9704;
    for (int run = 0; run < 4000; run++) {
        const char *text = random_text(f, &seed);
        int halves = 2 + (int)(next_random(&seed) % 30);
        set_lines s = set(f, text, halves, (int)(next_random(&seed) % 2));
        int at = 0;
        for (int line = 0; line < s.count; line++) {
            const nb_line *here = &s.lines[line];
            assert_int_equal(here->first, at);
            for (int i = here->end; i < here->next; i++)
                assert_true(is_one_of(s.paragraph->characters[i].code_point, " 　\n"));
            if (!here->is_last)
                check_edges(&s, line);
            if (here->end > here->first)
                check_places(f, &s, line);
            at = here->next;
        }
        assert_int_equal(at, s.paragraph->count);
        assert_true(s.lines[s.count - 1].is_last);
    }
}

/*
 * Long text without a place to end a line, and blanks without end, take no longer than other text.
 */
static void test_long_text(void **state)
{
    fixture *f = *state;
    static const char *const pieces[] = { "政", "，", "（", "a", " ", "—", "“" };
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t length = strlen(pieces[i]), count = 50000;
        char *text = nb_arena_alloc(f->arena, length * count + 1);
        for (size_t k = 0; k < count; k++)
            memcpy(text + k * length, pieces[i], length);
        set_lines s = set(f, text, 56, 0);
        assert_int_equal(s.lines[s.count - 1].next, s.paragraph->count);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_marks_at_edges),   cmocka_unit_test(test_marks_side_by_side),
        cmocka_unit_test(test_narrow_marks),     cmocka_unit_test(test_squeezing_order),
        cmocka_unit_test(test_stretching_order), cmocka_unit_test(test_held),
        cmocka_unit_test(test_random_text),      cmocka_unit_test(test_long_text),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
