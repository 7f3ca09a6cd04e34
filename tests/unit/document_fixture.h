/*
 * What the tests of writers of documents share: a document built by hand from the shipped form and
 * page style, and XPath into what was written of it.
 */
#ifndef NB_TESTS_DOCUMENT_FIXTURE_H
#define NB_TESTS_DOCUMENT_FIXTURE_H

#include "xml_fixture.h"

#include "doc/document.h"

enum { BLOCK_MAXIMUM = 32 };

typedef struct fixture {
    nb_arena *arena;
    nb_findings *findings;
    const nb_page_style *style;
    const nb_form *form;
    nb_document document;
    nb_block blocks[BLOCK_MAXIMUM];
    nb_string written;   /* the file */
    struct zip *archive; /* opened, when it is a package */
    xmlDocPtr tree;      /* read, when it is a page */
} fixture;

static inline int set_up(void **state)
{
    fixture *f = test_calloc(1, sizeof *f);
    f->arena = nb_arena_new();
    f->findings = nb_findings_new(NB_ENGLISH);
    f->style = load_style(f->arena, f->findings);
    f->form = load_form("annual-report-2021", f->arena, f->findings);
    f->document = (nb_document){
        .name = "report.json",
        .style = f->style,
        .blocks = f->blocks,
        .title = NB_STRING("某某局2022年<年度报告>"),
        .author = NB_STRING("某某局 & “处”"),
        .subject = NB_STRING("政府信息公开工作年度报告"),
        .date = NB_STRING("2023-01-15"),
        .year = 2022,
    };
    *state = f;
    return 0;
}

static inline int tear_down(void **state)
{
    fixture *f = *state;
    nb_findings_drop(f->findings);
    nb_arena_drop(f->arena);
    test_free(f);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* A text of one span in a style of the page style; role NULL is the style's own. */
static inline nb_text make_text(fixture *f, const char *style, const char *role, const char *words)
{
    nb_text text = { .style = nb_page_style_lookup(f->style, nb_string_of(style)), .pointer = "" };
    assert_non_null(text.style);
    text.first_line_indent = text.style->first_line_indent;
    text.spans = NB_NEW(f->arena, nb_span);
    text.spans[0] =
        (nb_span){ .text = nb_string_of(words), .role = role ? role : text.style->role };
    text.span_count = 1;
    return text;
}

static inline nb_block *add_block(fixture *f, nb_block_kind kind, const char *style,
                                  const char *words)
{
    assert_true(f->document.block_count < BLOCK_MAXIMUM);
    nb_block *block = &f->blocks[f->document.block_count++];
    *block = (nb_block){ .kind = kind };
    if (kind != NB_BLOCK_TABLE)
        block->text = make_text(f, style, NULL, words);
    block->level = kind == NB_BLOCK_HEADING ? block->text.style->outline_level : 0;
    return block;
}

static inline const nb_form_table *form_table(const fixture *f, const char *name)
{
    for (int i = 0; i < f->form->table_count; i++)
        if (nb_string_is(f->form->tables[i].name, name))
            return &f->form->tables[i];
    fail_msg("the form has no table %s", name);
    return NULL;
}

/* One of the form's tables; each value is the number of its slot. */
static inline nb_table *add_table(fixture *f, const char *name)
{
    const nb_form_table *form = form_table(f, name);
    nb_table *table = NB_NEW(f->arena, nb_table);
    *table = (nb_table){
        .form = form,
        .columns = form->columns,
        .column_count = form->column_count,
        .row_count = form->row_count,
        .head_rows = form->head_rows,
        .cells = NB_NEW_ARRAY(f->arena, nb_cell, (size_t)form->cell_count),
        .cell_count = form->cell_count,
        .starts_page = NB_NEW_ARRAY(f->arena, bool, (size_t)form->row_count),
        .keeps_with_next = NB_NEW_ARRAY(f->arena, bool, (size_t)form->row_count),
    };
    for (int i = 0; i < form->cell_count; i++) {
        const nb_form_cell *from = &form->cells[i];
        const char *style = nb_arena_print(f->arena, "table_%s", from->role);
        const char *words = from->slot < 0
                                ? nb_arena_copy(f->arena, from->text.data, from->text.length)
                                : nb_arena_print(f->arena, "%d", from->slot);
        nb_cell *cell = &table->cells[i];
        *cell = (nb_cell){ .text = make_text(f, style, NULL, words),
                           .row = from->row,
                           .column = from->column,
                           .row_span = from->row_span,
                           .column_span = from->column_span,
                           .is_value = from->slot >= 0,
                           .role = from->role,
                           .scale = 100 };
        if (cell->is_value)
            cell->text.pointer = f->form->slots[from->slot].pointer;
    }
    add_block(f, NB_BLOCK_TABLE, NULL, NULL)->table = table;
    return table;
}

/* The value of an expression as a string, in the arena. */
static inline const char *string_of(const fixture *f, xmlDocPtr tree, const char *expression)
{
    xmlXPathObjectPtr result = evaluate(tree, expression);
    xmlChar *value = xmlXPathCastToString(result);
    const char *copy = nb_arena_copy(f->arena, value, strlen((const char *)value));
    xmlFree(value);
    xmlXPathFreeObject(result);
    return copy;
}

#endif
