/* What the PDF writer puts into a page, read by a small interpreter of our own. */
#include "pdf_fixture.h"

#include "pdf/content.h"
#include "pdf/font.h"

/*
 * Where a viewer draws each glyph of a content stream, in points from the page's left; the vertical
 * place in y.
 */
typedef struct drawn {
    double x[64], y[64];
    int count;
} drawn;

static bool near(double a, double b, double distance)
{
    return a - b < distance && b - a < distance;
}

static double width_of(const nb_pdf_usage *usage, unsigned code)
{
    for (int i = 0; i < usage->face_count; i++)
        for (int j = 0; j < usage->faces[i]->glyph_count; j++)
            if (usage->faces[i]->glyphs[j]->code == code)
                return usage->faces[i]->glyphs[j]->width / 1e6;
    fail_msg("no glyph has the code %04X", code);
    return 0;
}

/* A byte of a string, with what stands for it when it may not stand there itself. */
static unsigned take_byte(const char **at)
{
    unsigned char byte = (unsigned char)*(*at)++;
    if (byte != '\\')
        return byte;
    byte = (unsigned char)*(*at)++;
    return byte == 'r' ? '\r' : byte;
}

/* Shows a string, or an array of strings and adjustments; returns the operator that follows. */
static const char *draw(const char *at, const nb_pdf_usage *usage, double size, double scale,
                        double tracking, double *x, double y, drawn *out)
{
    while (*at != ']' && *at != 'T') {
        if (*at == '[') {
            at++;
        } else if (*at == '(') {
            for (at++; *at != ')';) {
                unsigned code = take_byte(&at) << 8;
                code |= take_byte(&at);
                out->x[out->count] = *x;
                out->y[out->count++] = y;
                *x += (width_of(usage, code) * size + tracking) * scale;
            }
            at++;
        } else {
            char *end;
            *x -= strtod(at, &end) / 1000 * size * scale;
            at = end;
        }
    }
    return at;
}

/*
 * The numbers before an operator, of which this writer's have at most two; a name before them is
 * passed over. Gives where the operator begins.
 */
static const char *read_operands(const char *at, double operands[2])
{
    if (*at == '/')
        at += strcspn(at, " \n");
    for (int i = 0; i < 2; i++) {
        char *end;
        double number = strtod(at, &end);
        if (end == at)
            break;
        operands[i] = number;
        at = end;
    }
    return at + strspn(at, " ");
}

/*
 * As ISO 32000-1, 9.4.4 computes it, with the operators that this writer uses. A NUL ends the
 * content where an operator might stand.
 */
static void interpret(const char *at, const nb_pdf_usage *usage, drawn *out)
{
    double size = 0, scale = 1, tracking = 0, line_x = 0, line_y = 0, x = 0;
    *out = (drawn){ 0 };
    for (; at && *at; at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL) {
        double operands[2] = { 0 };
        if (*at == '[' || *at == '(')
            at = draw(at, usage, size, scale, tracking, &x, line_y, out);
        const char *operator= read_operands(at, operands);
        if (strncmp(operator, "BT", 2) == 0)
            line_x = line_y = 0;
        else if (strncmp(operator, "Tf", 2) == 0)
            size = operands[0];
        else if (strncmp(operator, "Td", 2) == 0)
            line_x += operands[0], line_y += operands[1], x = line_x;
        else if (strncmp(operator, "Tz", 2) == 0)
            scale = operands[0] / 100;
        else if (strncmp(operator, "Tc", 2) == 0)
            tracking = operands[0];
    }
}

/* Write the fonts and the first page's content, which is interpreted. */
typedef struct content_body {
    fixture *f;
    nb_pdf_usage *usage;
    nb_buffer *content;
    const char *text; /* the content without the NULs of its strings, which would end it */
} content_body;

static const char *without_nuls(const nb_buffer *content)
{
    char *text = nb_arena_alloc(content->arena, content->length + 1), *out = text;
    for (size_t i = 0; i < content->length; i++)
        if (content->data[i])
            *out++ = (char)content->data[i];
    return text;
}

static nb_status write_content(void *context)
{
    content_body *body = context;
    nb_pdf *pdf;
    body->usage = nb_pdf_usage_of(&body->f->pages, body->f->arena);
    nb_status status = nb_pdf_open(NULL, body->f->arena, body->f->findings, &pdf);
    if (status)
        return status;
    nb_pdf_own_objects_begin(pdf);
    status = nb_pdf_fonts_write(pdf, body->usage, nb_buffer_new(body->f->arena, 1000));
    if (status)
        return status;
    body->content = nb_buffer_new(body->f->arena, 1 << 20);
    nb_pdf_content_write(body->content, body->usage, NULL, &body->f->pages, 0);
    body->text = without_nuls(body->content);
    nb_buffer_byte(body->content, '\0');
    return NB_OK;
}

static void assert_places(fixture *f, const content_body *body)
{
    drawn seen;
    int count = 0;
    interpret((const char *)body->content->data, body->usage, &seen);
    for (int i = 0; i < f->pages.pages[0].item_count; i++) {
        const nb_glyph_run *run = &f->pages.pages[0].items[i].as.run;
        for (int j = 0; j < run->glyph_count; j++, count++) {
            double x = (run->x + run->glyphs[j].x) / (double)NB_PT;
            double y = (PAPER_HEIGHT - run->baseline) / (double)NB_PT;
            if (!near(seen.x[count], x, 0.0002) || !near(seen.y[count], y, 0.0001))
                fail_msg("glyph %d is at %f, %f instead of %f, %f: %s", count, seen.x[count],
                         seen.y[count], x, y, body->text);
        }
    }
    assert_int_equal(seen.count, count);
}

static void glyphs_stand_where_they_were_placed(void **state)
{
    fixture *f = *state;
    content_body body = { .f = f };
    const nb_face *body_face = nb_fonts_role(f->fonts, "body")->faces[0];
    const nb_face *latin = nb_fonts_role(f->fonts, "latin")->faces[0];
    nb_page *page = add_page(f);
    add_run(f, page, body_face, NB_STRING("主动公开政府信息"), 1008001, 1500003, 100, -3175);
    add_run(f, page, latin, NB_STRING("12,345"), 3000000, 1500003, 69, 0);
    add_run(f, page, latin, NB_STRING("Office of the city"), 1008000, 2000000, 100, 0);
    nb_glyph_run *run =
        add_run(f, page, body_face, NB_STRING("两端对齐一行"), 1008000, 2500000, 90, 1234);
    /* Unequal gaps, and a first glyph off the run's own place. */
    for (int i = 0; i < run->glyph_count; i++)
        ((nb_placed_glyph *)run->glyphs)[i].x += 777 + i * i * 100;
    assert_int_equal(nb_arena_run(f->arena, write_content, &body), NB_OK);
    assert_places(f, &body);
    /* Even tracking is character spacing and leaves the strings whole. */
    assert_holds(body.text, "-0.25 Tc\n79.3702 723.7793 Td\n/F1 16 Tf\n(");
    assert_holds(body.text, "69 Tz\n");
}

static void narrow_figures_are_drawn_and_read(void **state)
{
    fixture *f = *state;
    nb_page *page = add_page(f);
    add_run(f, page, nb_fonts_role(f->fonts, "latin")->faces[0], NB_STRING("1234567"), 1008000,
            1500000, 69, 0);
    save_pdf(f);
    assert_string_equal(run_tool(f, "pdftotext -raw", "-"), "1234567\n\f");
    /* Seven digits of half an em: 7 × 8 × 0.69 pt from x = 79.370. */
    const char *box = run_tool(f, "pdftotext -bbox", "- | grep '<word'");
    double x0 = strtod(strstr(box, "xMin=\"") + 6, NULL),
           x1 = strtod(strstr(box, "xMax=\"") + 6, NULL);
    assert_true(near(x0, 79.3701, 0.001) && near(x1 - x0, 38.64, 0.001));
}

static void unicode_map_keeps_its_limits(void **state)
{
    fixture *f = *state;
    enum { COUNT = 700 };
    nb_pdf_glyph glyphs[COUNT] = { 0 }, *by_code[COUNT];
    nb_pdf_reading readings[COUNT] = { 0 };
    for (int i = 0; i < COUNT; i++) {
        char *text = nb_arena_alloc(f->arena, 8);
        /*
         * 500 scattered characters; then a sequence that runs over a byte's end in code and text.
         */
        uint32_t code_point = i < 500 ? 0x4E00 + 2 * (uint32_t)i : 0x5F80 + (uint32_t)i - 500;
        readings[i].text = (nb_string){ text, (size_t)nb_utf8_encode(code_point, text) };
        glyphs[i].code = (uint16_t)(i < 500 ? i + 1 : 0x1F0 + i);
        glyphs[i].readings = &readings[i];
        by_code[i] = &glyphs[i];
    }
    nb_buffer *out = nb_buffer_new(f->arena, 1 << 20);
    nb_pdf_unicode_map_write(out, by_code, COUNT, 0);
    nb_buffer_byte(out, '\0');
    const char *map = (const char *)out->data;
    assert_holds(map, "100 beginbfchar\n<0001><4E00>\n");
    assert_lacks(map, "101 begin");
    assert_holds(map, "<03E4><03FF><5F80>\n<0400><0463><5F9C>\n<0464><04AB><6000>\n");
    /* Nothing for a second reading. */
    out->length = 0;
    nb_pdf_unicode_map_write(out, by_code, COUNT, 1);
    nb_buffer_byte(out, '\0');
    assert_lacks((const char *)out->data, "beginbf");
}

/* The three numbers of a row of a CMap's ranges, <XXXX><XXXX><XXXX>. */
static bool read_range(const char *at, uint32_t numbers[3])
{
    for (int i = 0; i < 3; i++) {
        char *end;
        if (*at != '<')
            return false;
        numbers[i] = (uint32_t)strtoul(at + 1, &end, 16);
        if (end != at + 5 || *end != '>')
            return false;
        at = end + 1;
    }
    return true;
}

/* One CMap for all fonts whose codes are characters: it tells each as itself, and no other code. */
static void unicode_map_of_characters(void **state)
{
    fixture *f = *state;
    nb_buffer *out = nb_buffer_new(f->arena, 1 << 20);
    nb_pdf_unicode_map_write_characters(out);
    nb_buffer_byte(out, '\0');
    int told = 0, ranges = 0;
    for (const char *at = (const char *)out->data; at && *at; at = strchr(at, '\n') + 1) {
        uint32_t range[3];
        double in_block[2] = { 0 };
        if (strncmp(read_operands(at, in_block), "beginbfrange", 12) == 0)
            assert_in_range((int)in_block[0], 1, 100);
        if (!read_range(at, range))
            continue;
        uint32_t first = range[0], last = range[1];
        ranges++;
        assert_int_equal(first, range[2]);
        assert_int_equal(first >> 8, last >> 8);
        for (uint32_t c = first; c <= last; c++, told++)
            assert_true(nb_pdf_unicode_map_tells(c));
    }
    for (uint32_t c = 0; c < 0x11000; c++)
        told -= nb_pdf_unicode_map_tells(c);
    assert_int_equal(told, 0);
    assert_int_equal(ranges, 256 - 33);
    assert_false(nb_pdf_unicode_map_tells(0) || nb_pdf_unicode_map_tells(0xFEFF) ||
                 nb_pdf_unicode_map_tells(0xFFFE) || nb_pdf_unicode_map_tells(0xD800) ||
                 nb_pdf_unicode_map_tells(0xE000) || nb_pdf_unicode_map_tells(0x20BB7));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(glyphs_stand_where_they_were_placed),
        TEST(narrow_figures_are_drawn_and_read),
        TEST(unicode_map_keeps_its_limits),
        TEST(unicode_map_of_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
