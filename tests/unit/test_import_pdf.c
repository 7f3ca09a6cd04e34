/* Pages by what the program that reads PDFs says of them. */
#include "report_fixture.h"

#include "import/pdf.h"

enum { EM = 1600, LEFT = 8000, RIGHT = 52000 };

/* Characters of one line, in hundredths of a point. */
static void add_line(nb_buffer *answer, const char *words, int left, int top)
{
    char line[80];
    for (const char *at = words, *end = at + strlen(at); at < end; left += EM) {
        const char *start = at;
        nb_utf8_next(&at, end);
        snprintf(line, sizeof line, "text %d %d %d %d %.*s\n", left, top, left + EM, top + EM,
                 (int)(at - start), start);
        nb_buffer_text(answer, line);
    }
}

/* A table of two columns and two rows, all its cells filled with the words. */
static void add_table(nb_buffer *answer, const char *words, int top)
{
    enum { ROW = 3000, COLUMN = (RIGHT - LEFT) / 2 };
    char line[80];
    for (int i = 0; i < 3; i++) {
        snprintf(line, sizeof line, "rule %d %d %d %d\nrule %d %d %d %d\n", LEFT, top + i * ROW,
                 RIGHT, top + i * ROW, LEFT + i * COLUMN, top, LEFT + i * COLUMN, top + 2 * ROW);
        nb_buffer_text(answer, line);
    }
    for (int i = 0; i < 4; i++)
        add_line(answer, words, LEFT + 500 + i % 2 * COLUMN, top + 500 + i / 2 * ROW);
}

static void add_page(nb_buffer *answer)
{
    nb_buffer_text(answer, "page 59500 84200\n");
}

/* What the text of that event is, a cell's line or a paragraph. */
static nb_event_kind kind_of(report_test *t, const nb_buffer *answer, const char *text)
{
    nb_extract *extract = nb_extract_new("x.pdf", t->arena, t->findings);
    nb_string bytes = { (const char *)answer->data, answer->length };
    assert_int_equal(nb_pdf_answer_read(extract, bytes), NB_OK);
    for (int i = 0; i < extract->event_count; i++)
        if (nb_string_is(extract->events[i].text, text))
            return extract->events[i].kind;
    fail_msg("no event has %s", text);
    return NB_EVENT_ROW;
}

/* A short line below a table, of which the next page has the rest, is of a cell … */
static void a_line_that_a_page_broke_off_is_of_its_cell(void **state)
{
    report_test *t = *state;
    nb_buffer *answer = nb_buffer_new(t->arena, 1 << 16);
    add_page(answer);
    add_table(answer, "表格", 70000);
    add_line(answer, "余下", LEFT + 500, 76300);
    add_page(answer);
    add_table(answer, "表格", 8000);
    nb_buffer_text(answer, "end\n");
    assert_int_equal(kind_of(t, answer, "余下"), NB_EVENT_CELL_LINE);
}

/* … but not one on a page of its own, far from the table before it. */
static void a_line_on_the_page_after_a_table_is_of_the_text(void **state)
{
    report_test *t = *state;
    nb_buffer *answer = nb_buffer_new(t->arena, 1 << 16);
    add_page(answer);
    add_table(answer, "表格", 70000);
    add_page(answer);
    add_line(answer, "备注", LEFT + 500, 8000);
    add_line(answer, "这一页上没有表格也没有别的", LEFT, 11000);
    add_page(answer);
    add_table(answer, "表格", 8000);
    nb_buffer_text(answer, "end\n");
    assert_int_equal(kind_of(t, answer, "备注"), NB_EVENT_PARAGRAPH);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        REPORT_TEST(a_line_that_a_page_broke_off_is_of_its_cell),
        REPORT_TEST(a_line_on_the_page_after_a_table_is_of_the_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
