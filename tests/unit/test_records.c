#include "doc/compose.h"
#include "report_fixture.h"

static const char note[] =
    "{\"form\": \"correction-note\", \"agency\": \"甲县人民政府\", \"year\": 2025,"
    " \"report\": \"《甲》\", \"count\": 2, \"changes\": ["
    "{\"number\": 1, \"section\": \"一\", \"place\": \"上\", \"old\": \"25\", \"new\": \"26\"},"
    "{\"number\": 2, \"section\": \"二\", \"old\": \"无\", \"new\": \"有{此}\"}]}";

static nb_document *composed(report_test *t, const char *json)
{
    nb_document *document;
    nb_report *report = filled(t, form_of(t, "correction-note"), json);
    assert_int_equal(nb_compose(report, shipped_style(t), t->arena, t->findings, &document), NB_OK);
    return document;
}

static const nb_table *table_of(const nb_document *document)
{
    for (int i = 0; i < document->block_count; i++)
        if (document->blocks[i].kind == NB_BLOCK_TABLE)
            return document->blocks[i].table;
    return NULL;
}

static void a_row_stands_once_for_each_record(void **state)
{
    report_test *t = *state;
    const nb_table *table = table_of(composed(t, note));
    assert_int_equal(nb_findings_count(t->findings), 0);
    assert_int_equal(table->row_count, 3);
    assert_int_equal(table->cell_count, 15);
    const nb_cell *cell = &table->cells[9];
    assert_int_equal(cell->row, 1);
    assert_int_equal(cell->column, 4);
    assert_string_equal(cell->text.spans[0].text.data, "26");
    assert_string_equal(cell->text.pointer, "/changes/0/new");
    assert_int_equal(table->cells[12].text.spans[0].text.length, 0); /* the place left out */
    assert_string_equal(table->cells[14].text.spans[0].text.data, "有{此}");
}

static void no_record_leaves_the_head(void **state)
{
    report_test *t = *state;
    const char *json = nb_arena_print(t->arena, "%.*s[]}", (int)(strstr(note, "[") - note), note);
    const nb_table *table = table_of(composed(t, json));
    assert_int_equal(table->row_count, 1);
    assert_int_equal(table->cell_count, 5);
}

static void records_come_back_from_canonical_json(void **state)
{
    report_test *t = *state;
    const nb_form *form = form_of(t, "correction-note");
    const char *once = canonical(t, filled(t, form, note));
    assert_non_null(strstr(once, "\"changes\": [\n        {\n            \"number\": 1,\n"));
    assert_string_equal(canonical(t, filled(t, form, once)), once);
}

static void what_is_wrong_in_a_record_is_told_at_its_place(void **state)
{
    report_test *t = *state;
    const char *json = replaced(t, note, "\"new\": \"26\"", "\"neu\": \"26\"");
    json = replaced(t, json, "\"number\": 2", "\"number\": \"2\"");
    filled(t, form_of(t, "correction-note"), json);
    const char *told = in_short(t);
    assert_non_null(strstr(told, "/changes/0/neu"));
    assert_non_null(strstr(told, "/changes/0/new"));
    assert_non_null(strstr(told, "/changes/1/number"));
    assert_int_equal(nb_findings_count(t->findings), 3);
}

static void a_part_may_depend_on_a_value(void **state)
{
    report_test *t = *state;
    int before = composed(t, note)->block_count;
    assert_int_equal(
        composed(t, replaced(t, note, "\"count\": 2", "\"count\": 2, \"relations_hold\": false"))
            ->block_count,
        before);
    const nb_document *document =
        composed(t, replaced(t, note, "\"count\": 2", "\"count\": 2, \"reason\": \"漏计。\""));
    assert_int_equal(document->block_count, before + 1);
    assert_string_equal(document->blocks[3].text.spans[0].text.data, "更正原因：漏计。");
}

static void assert_refused(report_test *t, const char *part, const char *instead,
                           const char *message)
{
    const nb_form *form;
    nb_string json = source_file(t, "layouts/correction-note.json");
    const char *changed =
        replaced(t, nb_arena_copy(t->arena, json.data, json.length), part, instead);
    size_t before = nb_findings_count(t->findings);
    assert_int_equal(nb_form_load(nb_string_of(changed), "f.json", t->arena, t->findings, &form),
                     NB_E_RESOURCE);
    assert_non_null(strstr(nb_findings_lookup(t->findings, before)->message, message));
}

static void faults_of_a_repeating_row_are_told(void **state)
{
    report_test *t = *state;
    assert_refused(t, "\"repeat\": \"/changes\"", "\"repeat\": \"/agency\"", "不是一个列表");
    assert_refused(t, "{\"text\": \"/old\"}", "{\"text\": \"/older\"}", "没有“/older”");
    assert_refused(t, "{\"head\": \"序号\"}", "{\"head\": \"序号\", \"rows\": 2}", "超出表格");
    assert_refused(t, "\"number\": \"count\"", "\"number\": \"date\"", "只能有");
    assert_refused(t, "\"when\": \"/reason\"", "\"when\": \"/cause\"", "没有这段文字");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        REPORT_TEST(a_row_stands_once_for_each_record),
        REPORT_TEST(no_record_leaves_the_head),
        REPORT_TEST(records_come_back_from_canonical_json),
        REPORT_TEST(what_is_wrong_in_a_record_is_told_at_its_place),
        REPORT_TEST(a_part_may_depend_on_a_value),
        REPORT_TEST(faults_of_a_repeating_row_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
