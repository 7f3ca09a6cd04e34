#include "correction/describe.h"
#include "correction/excerpt.h"
#include "correction/markup.h"
#include "correction/merge.h"
#include "doc/compose.h"
#include "report_fixture.h"

/* Spans as text: [-deleted-] and [+inserted+]. */
static const char *shown(report_test *t, const nb_span *spans, int count)
{
    const char *text = "";
    for (int i = 0; i < count; i++) {
        static const char *const marks[][2] = { { "", "" }, { "[+", "+]" }, { "[-", "-]" } };
        const char *const *mark = marks[spans[i].change];
        text = nb_arena_print(t->arena, "%s%s%.*s%s", text, mark[0], (int)spans[i].text.length,
                              spans[i].text.data, mark[1]);
    }
    return text;
}

static nb_text text_of(report_test *t, const char *words, const char *role)
{
    nb_text text = { .style = shipped_style(t)->body, .pointer = "" };
    text.spans = NB_NEW(t->arena, nb_span);
    text.spans[0] = (nb_span){ .text = nb_string_of(words), .role = role };
    text.span_count = 1;
    return text;
}

static nb_merged_spans merged(report_test *t, const char *before, const char *after)
{
    nb_text old_text = text_of(t, before, "body"), new_text = text_of(t, after, "body");
    return nb_merge_texts(&old_text, &new_text, NB_STRING("。！？；"), t->arena);
}

static void texts_are_merged_as_they_are_read(void **state)
{
    static const char *const cases[][3] = {
        { "全年办理1,258件。", "全年办理1,260件。", "全年办理[-1,258-][+1,260+]件。" },
        { "甲。乙。丙。", "甲。丙。", "甲。[-乙。-]丙。" },
        { "甲。丙。", "甲。乙。丙。", "甲。[+乙。+]丙。" },
        { "今年很好。", "完全是另外一句话。", "[-今年很好。-][+完全是另外一句话。+]" },
        { "共开新闻发布会三次，人员出席两次。", "共开新闻发布会五次，人员出席八次。",
          "共开新闻发布会[-三-][+五+]次，人员出席[-两-][+八+]次。" },
        { "", "没有突出问题。", "[+没有突出问题。+]" },
        { "同。", "同。", "同。" },
    };
    report_test *t = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        nb_merged_spans spans = merged(t, cases[i][0], cases[i][1]);
        assert_string_equal(shown(t, spans.spans, spans.span_count), cases[i][2]);
    }
}

static void each_changed_sentence_is_a_change(void **state)
{
    report_test *t = *state;
    nb_merged_spans spans = merged(t, "全年开会三次。没有变化。培训二百人次。",
                                   "全年开会四次。没有变化。培训三百人次。");
    assert_int_equal(spans.change_count, 2);
    for (int i = 0; i < 2; i++)
        assert_string_equal(shown(t, spans.spans + spans.changes[i].first,
                                  spans.changes[i].end - spans.changes[i].first),
                            i ? "培训[-二-][+三+]百人次。" : "全年开会[-三-][+四+]次。");
}

static void another_face_is_a_change(void **state)
{
    report_test *t = *state;
    nb_text plain = text_of(t, "甲乙", "body"), bold = text_of(t, "甲乙", "hei");
    nb_merged_spans spans = nb_merge_texts(&plain, &bold, NB_STRING("。"), t->arena);
    assert_string_equal(shown(t, spans.spans, spans.span_count), "[-甲乙-][+甲乙+]");
}

static void long_texts_are_cut_around_the_change(void **state)
{
    report_test *t = *state;
    const char *before =
        "本行政机关全年严格依照条例和各项规定办理群众提出的申请，共收到申请1258件，"
        "比上年有所增长，其中自然人提出的占到绝大多数，其余由法人或者其他组织提出。";
    nb_merged_spans spans = merged(t, before, replaced(t, before, "1258", "1260"));
    assert_int_equal(spans.change_count, 1);
    assert_string_equal(nb_change_excerpt(spans.spans, spans.span_count, NB_DELETED, t->arena).data,
                        "……理群众提出的申请，共收到申请1258件，比上年有所增长，其中自然……");
    assert_string_equal(
        nb_change_excerpt(spans.spans, spans.span_count, NB_INSERTED, t->arena).data,
        "……理群众提出的申请，共收到申请1260件，比上年有所增长，其中自然……");
}

static void an_excerpt_begins_with_no_mark(void **state)
{
    report_test *t = *state;
    const char *before =
        "推进依法行政和政务公开工作再上台阶、决策、执行、管理、服务、各项结果五个方面，"
        "工作的透明度和群众的获得感、满意度都有了较为明显的进步和提升。";
    nb_merged_spans spans = merged(t, before, replaced(t, before, "五个", "四个"));
    assert_string_equal(nb_change_excerpt(spans.spans, spans.span_count, NB_DELETED, t->arena).data,
                        "……执行、管理、服务、各项结果五个方面，工作的透明度和群众的……");
}

/* As layout does, which the documents went through. */
static void note_all(nb_document *document)
{
    for (int i = 0; i < document->block_count; i++) {
        nb_block *block = &document->blocks[i];
        block->text.needs_no_fallback = true;
        for (int j = 0; block->table && j < block->table->cell_count; j++)
            block->table->cells[j].text.needs_no_fallback = true;
    }
}

static nb_document *composed(report_test *t, const nb_form *form, const nb_page_style *style,
                             const char *json)
{
    nb_document *document;
    nb_report *report = filled(t, form, json);
    assert_int_equal(nb_compose(report, style, t->arena, t->findings, &document), NB_OK);
    note_all(document);
    return document;
}

static const nb_markup *marked(report_test *t, const char *before, const char *after)
{
    static const nb_markup_origin origin = { { "甲", 3 }, { "", 0 } };
    const nb_form *form = shipped_form(t);
    const nb_page_style *style = shipped_style(t);
    return nb_mark_changes(composed(t, form, style, before), composed(t, form, style, after),
                           &origin, t->arena);
}

/* A report whose last section holds the paragraphs. */
static const char *ending_in(report_test *t, const char *paragraphs)
{
    return replaced(t, minimal_json(t), "\"other\": [\"没有收取信息处理费。\"]",
                    nb_arena_print(t->arena, "\"other\": [%s]", paragraphs));
}

static void equal_documents_have_no_change(void **state)
{
    report_test *t = *state;
    const nb_markup *markup = marked(t, minimal_json(t), minimal_json(t));
    assert_int_equal(markup->change_count, 0);
    for (int i = 0; i < markup->document->block_count; i++)
        assert_int_equal(markup->document->blocks[i].end_change, NB_KEPT);
}

static void notes_of_layout_are_forgotten(void **state)
{
    report_test *t = *state;
    const nb_document *document = marked(t, minimal_json(t), ending_in(t, "\"末。\""))->document;
    for (int i = 0; i < document->block_count; i++) {
        const nb_block *block = &document->blocks[i];
        assert_false(block->text.needs_no_fallback);
        for (int j = 0; block->table && j < block->table->cell_count; j++)
            assert_false(block->table->cells[j].text.needs_no_fallback);
    }
}

static void changes_are_described_by_section_and_place(void **state)
{
    report_test *t = *state;
    const char *after = replaced(t, ending_in(t, "\"没有收取信息处理费。\", \"增一段。\""),
                                 "[2, 1, 0, 0, 0, 0]", "[3, 1, 0, 0, 0, 0]");
    const nb_markup *markup = marked(t, minimal_json(t), after);
    const nb_correction_change *changes =
        nb_describe_changes(markup, shipped_form(t), form_of(t, "correction-note"), t->arena);
    /* the value, its row's total, and what is computed from them */
    assert_true(markup->change_count >= 3);
    assert_string_equal(changes[0].section, "三、收到和处理政府信息公开申请情况");
    assert_string_equal(changes[0].place, "一、本年新收政府信息公开申请数量 · 自然人");
    assert_string_equal(changes[0].old_text, "2");
    assert_string_equal(changes[0].new_text, "3");
    const nb_correction_change *last = &changes[markup->change_count - 1];
    assert_string_equal(last->section, "六、其他需要报告的事项");
    assert_string_equal(last->place, "第2段");
    assert_string_equal(last->pointer, "/sections/other/1");
    assert_string_equal(last->old_text, "（无此内容）");
    assert_string_equal(last->new_text, "增一段。");
}

/* The ends of the last blocks: kept, inserted or deleted. */
static const char *last_ends(report_test *t, const nb_markup *markup, int count)
{
    const nb_document *document = markup->document;
    const char *ends = "";
    for (int i = document->block_count - count; i < document->block_count; i++) {
        const nb_block *block = &document->blocks[i];
        ends = nb_arena_print(t->arena, "%s%s%c ", ends,
                              shown(t, block->text.spans, block->text.span_count),
                              "=+-"[block->end_change]);
    }
    return ends;
}

static void the_last_end_is_kept(void **state)
{
    report_test *t = *state;
    const char *one = ending_in(t, "\"没有收取信息处理费。\""),
               *two = ending_in(t, "\"没有收取信息处理费。\", \"末。\"");
    assert_string_equal(last_ends(t, marked(t, one, two), 2), "没有收取信息处理费。+ [+末。+]= ");
    assert_string_equal(last_ends(t, marked(t, two, one), 2), "没有收取信息处理费。- [-末。-]= ");
    assert_string_equal(
        last_ends(t, marked(t, one, ending_in(t, "\"没有收取信息处理费。\", \"末。\", \"终。\"")),
                  3),
        "没有收取信息处理费。+ [+末。+]+ [+终。+]= ");
    assert_string_equal(last_ends(t, marked(t, one, ending_in(t, "\"甲乙丙丁戊己\", \"庚辛\"")), 2),
                        "[+甲乙丙丁戊己+]+ [-没有收取信息处理费。-][+庚辛+]= ");
}

/* The last paragraph goes and others come: what was taken out stands in the last one's end. */
static void changes_at_the_end_are_in_order_and_numbered(void **state)
{
    static const char *const expected[][3] = {
        { "第2段", "（无此内容）", "甲乙丙丁戊己" },
        { "原第2段", "没有突出问题的一段。", "（删去）" },
        { "第3段", "（无此内容）", "庚辛" },
    };
    report_test *t = *state;
    const nb_markup *markup =
        marked(t, ending_in(t, "\"没有收取信息处理费。\", \"没有突出问题的一段。\""),
               ending_in(t, "\"没有收取信息处理费。\", \"甲乙丙丁戊己\", \"庚辛\""));
    const nb_correction_change *changes =
        nb_describe_changes(markup, shipped_form(t), form_of(t, "correction-note"), t->arena);
    assert_int_equal(markup->change_count, 3);
    for (int i = 0; i < 3; i++) {
        assert_string_equal(changes[i].place, expected[i][0]);
        assert_string_equal(changes[i].old_text, expected[i][1]);
        assert_string_equal(changes[i].new_text, expected[i][2]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        REPORT_TEST(texts_are_merged_as_they_are_read),
        REPORT_TEST(each_changed_sentence_is_a_change),
        REPORT_TEST(another_face_is_a_change),
        REPORT_TEST(long_texts_are_cut_around_the_change),
        REPORT_TEST(an_excerpt_begins_with_no_mark),
        REPORT_TEST(equal_documents_have_no_change),
        REPORT_TEST(notes_of_layout_are_forgotten),
        REPORT_TEST(changes_are_described_by_section_and_place),
        REPORT_TEST(the_last_end_is_kept),
        REPORT_TEST(changes_at_the_end_are_in_order_and_numbered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
