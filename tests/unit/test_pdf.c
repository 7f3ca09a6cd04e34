/*
 * PDF files, judged by other programs (qpdf, pdffonts, pdftotext, pdfinfo) and by a small interpreter of our own for
 * the places of glyphs. Pages are built by hand.
 */
#include "base/file.h"
#include "text/shape.h"
#include "pdf/content.h"
#include "pdf/font.h"
#include "pdf/pdf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

enum { PAPER_WIDTH = 7560000, PAPER_HEIGHT = 10692000, MOST_ITEMS = 64 };

typedef struct fixture {
    nb_arena *arena;
    nb_findings *findings;
    const nb_fonts *fonts;
    nb_document document;
    nb_pages pages;
    char path[64]; /* of the PDF last saved */
    char *output;  /* of the tool last run */
} fixture;

static int setup(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    f->arena = nb_arena_new();
    f->findings = nb_findings_new(NB_ENGLISH);
    nb_string manifest;
    const char *path = NB_TESTS_DIR "/../fonts/fonts.json";
    assert_int_equal(nb_file_read(path, 1 << 20, f->arena, f->findings, &manifest), NB_OK);
    assert_int_equal(nb_fonts_load(manifest, path, NULL, 0, f->arena, f->findings, &f->fonts),
                     NB_OK);
    f->document.title = NB_STRING("某市2023年政府信息公开工作年度报告");
    f->document.author = NB_STRING("某市人民政府办公室");
    f->document.subject = NB_STRING("政府信息公开工作年度报告");
    f->document.date = NB_STRING("2024-01-31");
    f->pages = (nb_pages){ .width = PAPER_WIDTH, .height = PAPER_HEIGHT };
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    fixture *f = *state;
    if (f->path[0])
        unlink(f->path);
    free(f->output);
    nb_findings_drop(f->findings);
    nb_arena_drop(f->arena);
    free(f);
    return 0;
}

static nb_page *add_page(fixture *f)
{
    nb_pages *pages = &f->pages;
    nb_page *grown = NB_NEW_ARRAY(f->arena, nb_page, (size_t)pages->count + 1);
    for (int i = 0; i < pages->count; i++)
        grown[i] = pages->pages[i];
    pages->pages = grown;
    nb_page *page = &grown[pages->count++];
    page->number = pages->count;
    page->items = NB_NEW_ARRAY(f->arena, nb_page_item, MOST_ITEMS);
    return page;
}

static nb_page_item *add_item(nb_page *page, nb_item_kind kind)
{
    assert_true(page->item_count < MOST_ITEMS);
    nb_page_item *item = &page->items[page->item_count++];
    item->kind = kind;
    return item;
}

static void add_rule(nb_page *page, nb_length x0, nb_length y0, nb_length x1, nb_length y1)
{
    add_item(page, NB_ITEM_RULE)->as.rule = (nb_rule_line){ x0, y0, x1, y1, 6350 };
}

/* A run of text that one face draws, each glyph tracking further than it is wide. */
static nb_glyph_run *add_run(fixture *f, nb_page *page, const nb_face *face, nb_string text,
                             nb_length x, nb_length baseline, int scale, nb_length tracking)
{
    nb_glyph *shaped;
    int count;
    nb_glyph_run *run = &add_item(page, NB_ITEM_RUN)->as.run;
    nb_shape(face, text, "zh-CN", f->arena, &shaped, &count);
    nb_placed_glyph *glyphs = NB_NEW_ARRAY(f->arena, nb_placed_glyph, (size_t)count);
    *run = (nb_glyph_run){ .face = face,
                           .size = 16 * NB_PT,
                           .scale = scale,
                           .x = x,
                           .baseline = baseline,
                           .glyphs = glyphs,
                           .glyph_count = count,
                           .text = text };
    int upem = nb_face_describe(face)->upem;
    for (int i = 0; i < count; i++) {
        glyphs[i] = (nb_placed_glyph){ shaped[i].id, shaped[i].cluster, run->width };
        double advance = (double)shaped[i].advance * run->size * scale / 100 / upem;
        run->width += (nb_length)(advance + 0.5) + tracking;
    }
    return run;
}

/* A line of a role's text, in runs of one face each. */
static nb_length add_line(fixture *f, nb_page *page, const char *role_name, const char *text,
                          nb_length x, nb_length baseline)
{
    const nb_font_role *role = nb_fonts_role(f->fonts, role_name);
    const char *at = text, *end = text + strlen(text), *start = text;
    const nb_face *face = NULL;
    assert_non_null(role);
    while (at < end) {
        const char *before = at;
        const nb_face *next = nb_font_role_face(role, nb_utf8_next(&at, end));
        assert_non_null(next);
        if (face && next != face) {
            x += add_run(f, page, face, (nb_string){ start, (size_t)(before - start) }, x, baseline,
                         100, 0)
                     ->width;
            start = before;
        }
        face = next;
    }
    return x +
           add_run(f, page, face, (nb_string){ start, (size_t)(end - start) }, x, baseline, 100, 0)
               ->width;
}

/* The face of that PostScript name in any role, or skip the test: fonts differ between machines. */
static const nb_face *find_face(fixture *f, const char *name)
{
    for (int i = 0; i < nb_fonts_role_count(f->fonts); i++) {
        const nb_font_role *role = nb_fonts_role_at(f->fonts, i);
        for (int j = 0; j < role->face_count; j++)
            if (strcmp(nb_face_describe(role->faces[j])->postscript_name, name) == 0)
                return role->faces[j];
    }
    print_message("the font %s is not installed\n", name);
    skip();
    return NULL;
}

typedef struct writing {
    fixture *f;
    nb_string out;
} writing;

static nb_status write_body(void *context)
{
    writing *w = context;
    return nb_pdf_write(&w->f->document, &w->f->pages, w->f->arena, w->f->findings, &w->out);
}

static nb_string write_pdf(fixture *f)
{
    writing w = { f, { 0 } };
    nb_status status = nb_arena_run(f->arena, write_body, &w);
    for (size_t i = 0; i < nb_findings_count(f->findings); i++)
        print_message("%s\n", nb_findings_lookup(f->findings, i)->message);
    assert_int_equal(status, NB_OK);
    return w.out;
}

static nb_string save_pdf(fixture *f)
{
    nb_string bytes = write_pdf(f);
    if (!f->path[0]) {
        strcpy(f->path, "/tmp/nianbao-test-XXXXXX");
        close(mkstemp(f->path));
    }
    FILE *file = fopen(f->path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.data, 1, bytes.length, file), bytes.length);
    fclose(file);
    return bytes;
}

/* Run a tool over the PDF last saved and keep what it prints. A tool that is missing fails the test; so does one that fails. */
static const char *run_tool(fixture *f, const char *before, const char *after)
{
    char command[256];
    size_t length = 0, capacity = 1 << 22;
    snprintf(command, sizeof command, "%s %s %s 2>&1", before, f->path, after);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    free(f->output);
    f->output = malloc(capacity);
    assert_non_null(f->output);
    length = fread(f->output, 1, capacity - 1, pipe);
    f->output[length] = '\0';
    int status = pclose(pipe);
    if (status != 0)
        fail_msg("%s: status %d: %s", command, status, f->output);
    return f->output;
}

static void assert_holds(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("“%s” is not in: %s", part, text);
}

static void assert_lacks(const char *text, const char *part)
{
    if (strstr(text, part))
        fail_msg("“%s” is in: %s", part, text);
}

/* Without compression, to look for what stands in it; without the NULs of font programs, which would end the text. */
static const char *plain_pdf(fixture *f)
{
    return run_tool(f, "qpdf --qdf --normalize-content=n", "- | tr -d '\\000'");
}

static const char *const lines[] = {
    "根据《中华人民共和国政府信息公开条例》，公布2023年度报告。",
    "“三安全一稳定”——国家安全、公共安全……",
    "含𠮷字，行政机关：No. 12,345.67万元 (ABC)",
    "部首⼀与汉字一，⾏与行",
};

static void add_lines(fixture *f, nb_page *page)
{
    static const char *const roles[] = { "body", "song", "title", "hei" };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        add_line(f, page, roles[i], lines[i], 1008000, 1500000 + (nb_length)i * 367665);
}

static void text_comes_back_exactly(void **state)
{
    fixture *f = *state;
    add_lines(f, add_page(f));
    save_pdf(f);
    const char *expected =
        nb_arena_print(f->arena, "%s\n%s\n%s\n%s\n", lines[0], lines[1], lines[2], lines[3]);
    assert_string_equal(run_tool(f, "pdftotext -raw -nopgbrk", "-"), expected);
    assert_string_equal(run_tool(f, "pdftotext -nopgbrk", "- | grep ."), expected);
    assert_string_equal(run_tool(f, "pdftotext -nopgbrk -layout", "- | grep ."), expected);
}

/* Layout sets a fifth of an em between Chinese and digits; readers take such a gap for a space unless they are told. */
static void gaps_between_scripts_are_no_spaces(void **state)
{
    fixture *f = *state;
    static const char *const parts[] = { "根据第", "5",  "条公开", "2023", "年度报告",
                                         "No. 7",  "等", "8",      "件" };
    const nb_face *chinese = nb_fonts_role(f->fonts, "body")->faces[0];
    const nb_face *latin = nb_fonts_role(f->fonts, "latin")->faces[0];
    nb_page *page = add_page(f);
    nb_length x = 1008000;
    for (int i = 0; i < 9; i++)
        x += add_run(f, page, (parts[i][0] & 0x80) ? chinese : latin, nb_string_of(parts[i]), x,
                     1500000, 100, 0)
                 ->width +
             16 * NB_PT / 5;
    /* A justified line that lacks several characters. */
    add_run(f, page, chinese, NB_STRING("拉开的一行文字"), 1008000, 1900000, 100, 16 * NB_PT / 6);
    save_pdf(f);
    const char *expected = "根据第5条公开2023年度报告No. 7等8件\n拉开的一行文字\n";
    assert_string_equal(run_tool(f, "pdftotext -raw -nopgbrk", "-"), expected);
    assert_string_equal(run_tool(f, "pdftotext -nopgbrk -layout", "- | grep ."), expected);
}

static void file_is_sound(void **state)
{
    fixture *f = *state;
    nb_page *page = add_page(f);
    add_lines(f, page);
    add_line(f, page, "latin", "Annual report 2023", 1008000, 5000000);
    nb_string bytes = save_pdf(f);
    assert_memory_equal(bytes.data, "%PDF-1.7\n%", 10);
    assert_holds(run_tool(f, "qpdf --check", ""), "No syntax or stream encoding errors");
    const char *fonts = run_tool(f, "pdffonts", "");
    assert_holds(fonts, "CID Type 0C");
    assert_holds(fonts, "CID TrueType");
    assert_lacks(fonts, " no ");
}

static void one_glyph_stands_for_two_characters(void **state)
{
    fixture *f = *state;
    const nb_face *noto = find_face(f, "NotoSerifCJKsc-Regular");
    nb_page *page = add_page(f);
    nb_glyph_run *run = add_run(f, page, noto, NB_STRING("⼀一⾏行一二"), 1008000, 1500000, 100, 0);
    assert_int_equal(run->glyphs[0].id, run->glyphs[1].id);
    save_pdf(f);
    assert_string_equal(run_tool(f, "pdftotext -raw", "-"), "⼀一⾏行一二\n\f");
    /* Two fonts, one font program. */
    assert_holds(run_tool(f, "pdffonts", "| grep -c Noto"), "2\n");
    assert_holds(run_tool(f, "qpdf --qdf", "- | grep -ac /FontFile3"), "1\n");
}

static void a_ligature_stands_for_several_characters(void **state)
{
    fixture *f = *state;
    const nb_face *noto = find_face(f, "NotoSerifCJKsc-Regular");
    nb_page *page = add_page(f);
    nb_glyph_run *run = add_run(f, page, noto, NB_STRING("甲——乙"), 1008000, 1500000, 100, 0);
    assert_int_equal(run->glyph_count, 3);
    save_pdf(f);
    assert_string_equal(run_tool(f, "pdftotext -raw", "-"), "甲——乙\n\f");
}

static void several_glyphs_stand_for_one_character(void **state)
{
    fixture *f = *state;
    nb_page *page = add_page(f);
    nb_glyph_run *run = add_run(f, page, find_face(f, "NotoSerifCJKsc-Regular"),
                                NB_STRING("甲乙丙丁"), 1008000, 1500000, 100, 0);
    /* As if 乙 and 丙 were the halves of 𠮷. */
    nb_placed_glyph *glyphs = (nb_placed_glyph *)run->glyphs;
    run->text = NB_STRING("甲𠮷丁");
    glyphs[1].cluster = glyphs[2].cluster = 3;
    glyphs[3].cluster = 7;
    save_pdf(f);
    assert_string_equal(run_tool(f, "pdftotext -raw", "-"), "甲𠮷丁\n\f");
    assert_holds(plain_pdf(f), "/ActualText <FEFFD842DFB7>");
}

static void equal_pages_give_equal_bytes(void **state)
{
    fixture *f = *state;
    add_lines(f, add_page(f));
    nb_string first = write_pdf(f), second = write_pdf(f);
    assert_int_equal(first.length, second.length);
    assert_memory_equal(first.data, second.data, first.length);
    add_line(f, &f->pages.pages[0], "body", "更正", 1008000, 6000000);
    nb_string third = write_pdf(f);
    assert_false(nb_string_equal(first, third));
}

static nb_block heading(nb_block_kind kind, int level, nb_span *span)
{
    return (nb_block){ .kind = kind, .level = level, .text = { .spans = span, .span_count = 1 } };
}

static void add_structure(fixture *f, nb_page *page, const nb_block *block, nb_length baseline)
{
    nb_structure structure = { .kind = block->kind == NB_BLOCK_TITLE ? NB_STRUCTURE_TITLE
                                                                     : NB_STRUCTURE_HEADING,
                               .block = block };
    add_item(page, NB_ITEM_BEGIN)->as.structure = structure;
    add_line(f, page, "hei", block->text.spans[0].text.data, 1008000, baseline);
    add_item(page, NB_ITEM_END)->as.structure = structure;
}

static void headings_make_the_outline(void **state)
{
    fixture *f = *state;
    static nb_span spans[] = { { NB_STRING("𠮷市年度报告"), "hei" },
                               { NB_STRING("一、总体情况"), "hei" },
                               { NB_STRING("（一）主动公开"), "hei" },
                               { NB_STRING("二、收到申请"), "hei" } };
    nb_block blocks[] = { heading(NB_BLOCK_TITLE, 0, &spans[0]),
                          heading(NB_BLOCK_HEADING, 1, &spans[1]),
                          heading(NB_BLOCK_HEADING, 2, &spans[2]),
                          heading(NB_BLOCK_HEADING, 1, &spans[3]) };
    nb_page *page = add_page(f);
    for (int i = 0; i < 3; i++)
        add_structure(f, page, &blocks[i], 1500000 + i * 400000);
    /* The last heading is split and goes on on the second page. */
    add_structure(f, page, &blocks[3], 9000000);
    add_structure(f, add_page(f), &blocks[3], 1500000);
    save_pdf(f);
    const char *text = plain_pdf(f);
    assert_holds(text, "/PageMode /UseOutlines");
    assert_holds(text, "/Title <feffd842dfb75e025e745ea662a5544a>");
    assert_holds(text, "/Count 4"); /* all four are open below the root */
    assert_holds(text, "/Count 3");
    /* 842 - (1500000 / 12700 - 16), in whole points above. */
    const char *json = run_tool(f, "qpdf --json=1 --json-key=outlines", "");
    assert_holds(json, "一、总体情况");
    assert_holds(json, "740");
    assert_holds(json, "\"destpageposfrom1\": 1");
    assert_lacks(json, "\"destpageposfrom1\": 2");
}

static void metadata_follows_the_document(void **state)
{
    fixture *f = *state;
    add_lines(f, add_page(f));
    save_pdf(f);
    const char *info = run_tool(f, "TZ=UTC pdfinfo -isodates", "");
    assert_holds(info, "某市2023年政府信息公开工作年度报告");
    assert_holds(info, "某市人民政府办公室");
    assert_holds(info, "nianbao");
    assert_holds(info, "2024-01-31T00:00:00Z");
    assert_holds(info, "595.276 x 841.89 pts (A4)");
    const char *xmp = run_tool(f, "pdfinfo -meta", "");
    assert_holds(xmp, "某市人民政府办公室");
    assert_holds(xmp, "<xmp:CreateDate>2024-01-31T00:00:00Z</xmp:CreateDate>");
    const char *text = plain_pdf(f);
    assert_holds(text, "/Lang (zh-CN)");
    assert_holds(text, "/DisplayDocTitle true");
    assert_holds(text, "595.2756");
    assert_lacks(text, "/PageMode");
    f->document.date = (nb_string){ 0 };
    save_pdf(f);
    assert_lacks(plain_pdf(f), "CreationDate");
    assert_lacks(plain_pdf(f), "xmp:CreateDate");
}

static void artifacts_are_marked(void **state)
{
    fixture *f = *state;
    nb_page *page = add_page(f);
    add_line(f, page, "body", "正文", 1008000, 1500000);
    add_item(page, NB_ITEM_BEGIN_ARTIFACT);
    add_rule(page, 1008000, 2000000, 6000000, 2000000);
    add_rule(page, 1008000, 2000000, 1008000, 3000000);
    add_line(f, page, "song", "— 1 —", 1008000, 10000000);
    add_item(page, NB_ITEM_END_ARTIFACT);
    save_pdf(f);
    const char *text = plain_pdf(f);
    assert_holds(text, "]TJ\nET\n/Artifact BMC\n0.5 w\n79.3701 684.4094 m 472.4409 684.4094 l\n"
                       "79.3701 684.4094 m 79.3701 605.6693 l\nS\nBT\n");
    assert_holds(text, "]TJ\nET\nEMC\n");
}

static void empty_pages_are_pages(void **state)
{
    fixture *f = *state;
    add_page(f);
    add_run(f, add_page(f), nb_fonts_role(f->fonts, "body")->faces[0], NB_STRING(""), 0, 0, 100, 0);
    save_pdf(f);
    assert_string_equal(run_tool(f, "qpdf --show-npages", ""), "2\n");
    assert_holds(run_tool(f, "qpdf --check", ""), "No syntax or stream encoding errors");
}

/* Where a viewer draws each glyph of a content stream, in points from the page's left; the vertical place in y. */
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

/* Shows one TJ array; returns what follows it. */
static const char *draw_array(const char *at, const nb_pdf_usage *usage, double size, double scale,
                              double tracking, double *x, double y, drawn *out)
{
    while (*at != ']') {
        if (*at == '<') {
            for (at++; *at != '>'; at += 4) {
                char code[5] = { at[0], at[1], at[2], at[3], 0 };
                out->x[out->count] = *x;
                out->y[out->count++] = y;
                double width = width_of(usage, (unsigned)strtoul(code, NULL, 16));
                *x += (width * size + tracking) * scale;
            }
            at++;
        } else {
            char *end;
            *x -= strtod(at, &end) / 1000 * size * scale;
            at = end;
        }
    }
    return strchr(at, '\n');
}

/* As ISO 32000-1, 9.4.4 computes it, with the operators that this writer uses. */
static void interpret(const char *at, const nb_pdf_usage *usage, drawn *out)
{
    double size = 0, scale = 1, tracking = 0, line_x = 0, line_y = 0, x = 0;
    *out = (drawn){ 0 };
    for (; at && *at; at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL) {
        double a, b;
        int font, length = 0;
        if (strncmp(at, "BT\n", 3) == 0)
            line_x = line_y = 0;
        else if (sscanf(at, "/F%d %lf Tf%n", &font, &a, &length) == 2 && length)
            size = a;
        else if (sscanf(at, "%lf %lf Td%n", &a, &b, &length) == 2 && length)
            line_x += a, line_y += b, x = line_x;
        else if (sscanf(at, "%lf Tz%n", &a, &length) == 1 && length)
            scale = a / 100;
        else if (sscanf(at, "%lf Tc%n", &a, &length) == 1 && length)
            tracking = a;
        else if (*at == '[')
            at = draw_array(at + 1, usage, size, scale, tracking, &x, line_y, out);
    }
}

/* Write the fonts and the first page's content, which is interpreted. */
typedef struct content_body {
    fixture *f;
    nb_pdf_usage *usage;
    nb_buffer *content;
} content_body;

static nb_status write_content(void *context)
{
    content_body *body = context;
    nb_pdf *pdf;
    body->usage = nb_pdf_usage_of(&body->f->pages, body->f->arena);
    nb_status status = nb_pdf_open(body->f->arena, body->f->findings, &pdf);
    if (!status)
        status = nb_pdf_fonts_write(pdf, body->usage, nb_buffer_new(body->f->arena, 1000));
    if (status)
        return status;
    body->content = nb_buffer_new(body->f->arena, 1 << 20);
    nb_pdf_content_write(body->content, body->usage, &body->f->pages.pages[0], PAPER_HEIGHT);
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
                         seen.y[count], x, y, (const char *)body->content->data);
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
    assert_holds((const char *)body.content->data, "-0.25 Tc\n79.3702 723.7793 Td\n/F1 16 Tf\n[<");
    assert_holds((const char *)body.content->data, "69 Tz\n");
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
        /* 500 scattered characters; then a sequence that runs over a byte's end in code and text. */
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

static void a_font_that_forbids_it_is_not_embedded(void **state)
{
    fixture *f = *state;
    writing w = { f, { 0 } };
    add_lines(f, add_page(f));
    const nb_face *face = f->pages.pages[0].items[0].as.run.face;
    ((nb_face_info *)nb_face_describe(face))->may_embed = false;
    assert_int_equal(nb_arena_run(f->arena, write_body, &w), NB_E_RESOURCE);
    assert_int_equal(nb_findings_count(f->findings), 1);
    const nb_finding *finding = nb_findings_lookup(f->findings, 0);
    assert_string_equal(finding->rule, "PDF");
    assert_holds(finding->message, "must not be embedded");
    assert_holds(finding->message, nb_face_describe(face)->postscript_name);
}

static void a_missing_glyph_is_refused(void **state)
{
    fixture *f = *state;
    writing w = { f, { 0 } };
    add_lines(f, add_page(f));
    ((nb_placed_glyph *)f->pages.pages[0].items[0].as.run.glyphs)[0].id = 0;
    assert_int_equal(nb_arena_run(f->arena, write_body, &w), NB_E_RESOURCE);
}

static void a_title_that_xml_cannot_hold_is_refused(void **state)
{
    fixture *f = *state;
    writing w = { f, { 0 } };
    add_lines(f, add_page(f));
    f->document.title = NB_STRING("a\001b");
    assert_int_equal(nb_arena_run(f->arena, write_body, &w), NB_E_OUTPUT);
    assert_holds(nb_findings_lookup(f->findings, 0)->message, "U+0001");
}

static void a_thousand_pages_have_a_tree(void **state)
{
    fixture *f = *state;
    nb_page *first = add_page(f);
    add_lines(f, first);
    f->pages.count = 1000;
    f->pages.pages = NB_NEW_ARRAY(f->arena, nb_page, 1000);
    for (int i = 0; i < 1000; i++) {
        f->pages.pages[i] = *first;
        f->pages.pages[i].number = i + 1;
    }
    save_pdf(f);
    assert_string_equal(run_tool(f, "qpdf --show-npages", ""), "1000\n");
    assert_holds(run_tool(f, "qpdf --check", ""), "No syntax or stream encoding errors");
    assert_holds(run_tool(f, "pdftotext -raw -f 1000", "-"), lines[2]);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(text_comes_back_exactly),
        TEST(gaps_between_scripts_are_no_spaces),
        TEST(file_is_sound),
        TEST(one_glyph_stands_for_two_characters),
        TEST(a_ligature_stands_for_several_characters),
        TEST(several_glyphs_stand_for_one_character),
        TEST(equal_pages_give_equal_bytes),
        TEST(headings_make_the_outline),
        TEST(metadata_follows_the_document),
        TEST(artifacts_are_marked),
        TEST(empty_pages_are_pages),
        TEST(glyphs_stand_where_they_were_placed),
        TEST(narrow_figures_are_drawn_and_read),
        TEST(unicode_map_keeps_its_limits),
        TEST(a_font_that_forbids_it_is_not_embedded),
        TEST(a_missing_glyph_is_refused),
        TEST(a_title_that_xml_cannot_hold_is_refused),
        TEST(a_thousand_pages_have_a_tree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
