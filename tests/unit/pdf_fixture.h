/* What the tests of the PDF writer share: pages built by hand, and tools that judge the files. */
#ifndef NB_TESTS_PDF_FIXTURE_H
#define NB_TESTS_PDF_FIXTURE_H

#include "pages_fixture.h"

#include "pdf/pdf.h"
#include <stdio.h>
#include <unistd.h>

enum { PAPER_WIDTH = 7560000, PAPER_HEIGHT = 10692000 };

typedef struct fixture {
    nb_arena *arena;
    nb_findings *findings;
    const nb_fonts *fonts;
    nb_document document;
    nb_pages pages;
    nb_pdf_standard standard;
    char path[64]; /* of the PDF last saved */
    char *output;  /* of the tool last run */
} fixture;

static inline int setup(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    f->arena = nb_arena_new();
    f->findings = nb_findings_new(NB_ENGLISH);
    f->fonts = load_fonts(f->arena, f->findings);
    f->document = described_document();
    f->pages = (nb_pages){ .width = PAPER_WIDTH, .height = PAPER_HEIGHT };
    *state = f;
    return 0;
}

static inline int teardown(void **state)
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

static inline nb_page *add_page(fixture *f)
{
    return append_page(&f->pages, f->arena);
}

static inline void add_rule(nb_page *page, nb_length x0, nb_length y0, nb_length x1, nb_length y1)
{
    add_item(page, NB_ITEM_RULE)->as.rule = (nb_rule_line){ x0, y0, x1, y1, 6350 };
}

static inline nb_glyph_run *add_run(fixture *f, nb_page *page, const nb_face *face, nb_string text,
                                    nb_length x, nb_length baseline, int scale, nb_length tracking)
{
    return place_run(page, face, text, x, baseline, scale, tracking, f->arena);
}

/* A line of a role's text, in runs of one face each. */
static inline nb_length add_line(fixture *f, nb_page *page, const char *role_name, const char *text,
                                 nb_length x, nb_length baseline)
{
    const nb_font_role *role = nb_fonts_role(f->fonts, role_name);
    const char *at = text, *end = text + strlen(text), *start = text;
    const nb_face *face = NULL;
    assert_non_null(role);
    while (at < end) {
        const char *before = at;
        const nb_face *next = nb_font_role_face(role, nb_utf8_next(&at, end), f->arena);
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
static inline const nb_face *find_face(fixture *f, const char *name)
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

static inline nb_status write_body(void *context)
{
    writing *w = context;
    return nb_pdf_write(&w->f->document, &w->f->pages, w->f->standard, NULL, w->f->arena,
                        w->f->findings, &w->out);
}

static inline nb_string write_pdf(fixture *f)
{
    writing w = { f, { 0 } };
    nb_status status = nb_arena_run(f->arena, write_body, &w);
    for (size_t i = 0; i < nb_findings_count(f->findings); i++)
        print_message("%s\n", nb_findings_lookup(f->findings, i)->message);
    assert_int_equal(status, NB_OK);
    return w.out;
}

static inline nb_string save_pdf(fixture *f)
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

/*
 * Run a tool over the PDF last saved and keep what it prints. A tool that is missing fails the
 * test; so does one that fails.
 */
static inline const char *run_tool(fixture *f, const char *before, const char *after)
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

static inline void assert_holds(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("“%s” is not in: %s", part, text);
}

static inline void assert_lacks(const char *text, const char *part)
{
    if (strstr(text, part))
        fail_msg("“%s” is in: %s", part, text);
}

/*
 * Without compression, to look for what stands in it; without the NULs of font programs, which
 * would end the text.
 */
static inline const char *plain_pdf(fixture *f)
{
    return run_tool(f, "qpdf --qdf --normalize-content=n", "- | tr -d '\\000'");
}

static inline nb_block heading(nb_block_kind kind, int level, nb_span *span)
{
    return (nb_block){ .kind = kind, .level = level, .text = { .spans = span, .span_count = 1 } };
}

static inline nb_structure node_of(const nb_block *block)
{
    return (nb_structure){ .kind = block->kind == NB_BLOCK_TITLE     ? NB_STRUCTURE_TITLE
                                   : block->kind == NB_BLOCK_HEADING ? NB_STRUCTURE_HEADING
                                                                     : NB_STRUCTURE_PARAGRAPH,
                           .block = block };
}

/* A line of the block's, in its structure. */
static inline void add_block_line(fixture *f, nb_page *page, const nb_block *block,
                                  const char *text, nb_length baseline)
{
    mark(page, NB_ITEM_BEGIN, node_of(block));
    add_line(f, page, "hei", text, 1008000, baseline);
    mark(page, NB_ITEM_END, node_of(block));
}

static inline void add_structure(fixture *f, nb_page *page, const nb_block *block,
                                 nb_length baseline)
{
    add_block_line(f, page, block, block->text.spans[0].text.data, baseline);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
