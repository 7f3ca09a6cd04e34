/* What a program needs that has the library in it: setters, memory of its own, output, stopping. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <nianbao/nianbao.h>
#include <stdlib.h>
#include <string.h>

/* Counts what is taken and given back; takes no more when left is used up. */
typedef struct purse {
    size_t held, taken, left;
} purse;

static void *take(void *context, size_t size)
{
    purse *from = context;
    if (from->left == 0)
        return NULL;
    from->left--;
    from->held++;
    from->taken++;
    return malloc(size);
}

static void give_back(void *context, void *memory)
{
    purse *to = context;
    to->held--;
    free(memory);
}

typedef struct embedding {
    purse purse;
    nb_allocator allocator;
    nb_findings *findings;
    nb_library *library;
} embedding;

static int set_up(void **state)
{
    embedding *t = calloc(1, sizeof *t);
    t->purse.left = SIZE_MAX;
    t->allocator = (nb_allocator){ take, give_back, &t->purse };
    nb_library_options options = { .data_dir = NB_TESTS_DIR "/..", .allocator = &t->allocator };
    t->findings = nb_findings_new_with(NB_ENGLISH, &t->allocator);
    assert_int_equal(nb_library_new(&options, t->findings, &t->library), NB_OK);
    *state = t;
    return 0;
}

static int tear_down(void **state)
{
    embedding *t = *state;
    nb_library_drop(t->library);
    nb_findings_drop(t->findings);
    assert_int_equal(t->purse.held, 0);
    free(t);
    return 0;
}

static nb_report *new_report(embedding *t)
{
    nb_skeleton_options options = { .agency = "青石县档案馆", .year = 2025 };
    nb_report *report;
    assert_int_equal(
        nb_report_new(t->library, "annual-report-2021", "made", &options, t->findings, &report),
        NB_OK);
    assert_int_equal(
        nb_report_add_paragraph(report, "/sections/overview", NULL, "本年度工作有序开展。"), NB_OK);
    assert_int_equal(nb_report_add_paragraph(report, "/sections/problems", NULL, "没有突出问题。"),
                     NB_OK);
    assert_int_equal(
        nb_report_add_paragraph(report, "/sections/other", NULL, "没有收取信息处理费。"), NB_OK);
    return report;
}

static const nb_finding *find(const nb_findings *findings, const char *rule, const char *pointer)
{
    for (size_t i = 0; i < nb_findings_count(findings); i++) {
        const nb_finding *finding = nb_findings_lookup(findings, i);
        if (strcmp(finding->rule, rule) == 0 && strcmp(finding->pointer, pointer) == 0)
            return finding;
    }
    return NULL;
}

static void assert_value(const nb_report *report, const char *pointer, const char *text,
                         nb_value_state state)
{
    nb_value_info info;
    assert_true(nb_report_lookup_value(report, pointer, &info));
    assert_string_equal(info.text, text);
    assert_int_equal(info.state, state);
}

static void totals_follow_the_values(void **state)
{
    nb_report *report = new_report(*state);
    const int64_t received[] = { 2, 1, 0, 0, 0, 0 }, stated[] = { 2, 1, 0, 0, 0, 0, 9 };
    assert_int_equal(nb_report_set_row(report, "/requests/received", received, 6), NB_OK);
    assert_value(report, "/requests/received/6", "3", NB_VALUE_COMPUTED);
    assert_int_equal(nb_report_set_number(report, "/requests/received/3", 40), NB_OK);
    assert_value(report, "/requests/received/6", "43", NB_VALUE_COMPUTED);
    assert_int_equal(nb_report_set_blank(report, "/requests/received/3"), NB_OK);
    assert_value(report, "/requests/received/6", "", NB_VALUE_MISSING);
    assert_int_equal(nb_report_set_row(report, "/requests/received", stated, 7), NB_OK);
    assert_int_equal(nb_report_set_number(report, "/requests/received/3", 40), NB_OK);
    assert_value(report, "/requests/received/6", "9", NB_VALUE_STATED);
    assert_int_equal(nb_report_clear(report, "/requests/received/6"), NB_OK);
    assert_value(report, "/requests/received/6", "43", NB_VALUE_COMPUTED);
    assert_int_equal(nb_report_clear(report, "/requests/received"), NB_OK);
    assert_value(report, "/requests/received/0", "", NB_VALUE_MISSING);
    nb_report_drop(report);
}

static void a_made_report_is_like_a_read_one(void **state)
{
    embedding *t = *state;
    nb_report *made = new_report(t), *read;
    const int64_t row[] = { 1, 0, 0, 0, 0, 0 };
    const char *json, *again;
    size_t length, again_length;
    assert_int_equal(nb_report_set_row(made, "/requests/received", row, 6), NB_OK);
    assert_int_equal(nb_report_set_row(made, "/requests/outcomes/granted", row, 6), NB_OK);
    assert_int_equal(nb_report_set_text(made, "/disclosure/fees", "1.50"), NB_OK);
    assert_int_equal(nb_report_set_text(made, "/date", "2026-01-20"), NB_OK);
    assert_int_equal(nb_report_check(made, NULL, t->findings), NB_OK);
    assert_int_equal(nb_report_canonical(made, &json, &length), NB_OK);
    assert_int_equal(nb_report_load(t->library, json, length, "read", t->findings, &read), NB_OK);
    assert_int_equal(nb_report_check(read, NULL, t->findings), NB_OK);
    assert_int_equal(nb_report_canonical(read, &again, &again_length), NB_OK);
    assert_int_equal(length, again_length);
    assert_memory_equal(json, again, length);
    assert_int_equal(nb_findings_count_of(t->findings, NB_ERROR), 0);
    nb_report_drop(made);
    nb_report_drop(read);
}

/* What reading would have told is told by the next check, once, and keeps it from being built. */
static void faults_of_setting_are_told(void **state)
{
    embedding *t = *state;
    nb_report *report = new_report(t);
    nb_publication *publication;
    assert_int_equal(nb_report_clear(report, "/disclosure/licences"), NB_OK);
    assert_int_equal(nb_report_add_paragraph(report, "/sections/other", NULL, "受理{no.such}件。"),
                     NB_OK);
    assert_int_equal(nb_report_check(report, NULL, t->findings), NB_E_FINDINGS);
    const nb_finding *missing = find(t->findings, "S4", "/disclosure/licences");
    assert_non_null(missing);
    assert_int_equal(missing->line, 0);
    assert_non_null(find(t->findings, "S7", "/sections/other/1"));
    size_t count = nb_findings_count_of(t->findings, NB_ERROR);
    assert_int_equal(nb_publication_build(t->library, report, NULL, t->findings, &publication),
                     NB_E_FINDINGS);
    assert_int_equal(nb_findings_count_of(t->findings, NB_ERROR), count);
    assert_int_equal(nb_report_set_number(report, "/disclosure/licences", 3), NB_OK);
    assert_int_equal(nb_report_clear(report, "/sections/other"), NB_OK);
    assert_int_equal(nb_report_add_paragraph(report, "/sections/other", NULL, "无。"), NB_OK);
    assert_int_equal(nb_publication_build(t->library, report, NULL, t->findings, &publication),
                     NB_OK);
    nb_publication_drop(publication);
    nb_report_drop(report);
}

static void what_does_not_fit_changes_nothing(void **state)
{
    nb_report *report = new_report(*state);
    const int64_t five[5] = { 0 };
    nb_value_info info;
    assert_int_equal(nb_report_set_number(report, "/no/such", 1), NB_E_ARGUMENT);
    assert_int_equal(nb_report_set_number(report, "/agency", 1), NB_E_ARGUMENT);
    assert_int_equal(nb_report_set_number(report, "/year", 25), NB_E_ARGUMENT);
    assert_int_equal(nb_report_set_row(report, "/requests/received", five, 5), NB_E_ARGUMENT);
    assert_int_equal(nb_report_set_row(report, "/agency", five, 5), NB_E_ARGUMENT);
    assert_int_equal(nb_report_set_text(report, "/date", "2025-02-29"), NB_E_ARGUMENT);
    assert_int_equal(nb_report_set_text(report, "/agency", " "), NB_E_ARGUMENT);
    assert_int_equal(nb_report_set_text(report, "/agency", "\xff"), NB_E_ARGUMENT);
    assert_int_equal(nb_report_set_text(report, "/disclosure/fees", "much"), NB_E_ARGUMENT);
    assert_int_equal(nb_report_set_text(report, "/disclosure/licences", "1"), NB_E_ARGUMENT);
    assert_int_equal(nb_report_set_blank(report, "/agency"), NB_E_ARGUMENT);
    assert_int_equal(nb_report_clear(report, "/requests"), NB_E_ARGUMENT);
    assert_int_equal(nb_report_set_flag(report, "/agency", true), NB_E_ARGUMENT);
    assert_int_equal(nb_report_add_paragraph(report, "/agency", NULL, "x"), NB_E_ARGUMENT);
    assert_int_equal(nb_report_add_picture(report, "/sections/other", "../a.png", "x", NULL, NULL),
                     NB_E_ARGUMENT);
    assert_int_equal(nb_report_add_picture(report, "/sections/other", "a.png", "x", NULL, "wide"),
                     NB_E_ARGUMENT);
    assert_int_equal(nb_report_add_picture(report, "/sections/other", "a.png", NULL, NULL, NULL),
                     NB_E_ARGUMENT);
    assert_false(nb_report_lookup_value(report, "/no/such", &info));
    assert_value(report, "/agency", "青石县档案馆", NB_VALUE_STATED);
    assert_value(report, "/year", "2025", NB_VALUE_STATED);
    nb_report_drop(report);
}

static void a_negative_count_is_told(void **state)
{
    embedding *t = *state;
    nb_report *report = new_report(t);
    assert_int_equal(nb_report_set_number(report, "/disclosure/licences", -1), NB_OK);
    assert_value(report, "/disclosure/licences", "-1", NB_VALUE_INVALID);
    assert_int_equal(nb_report_check(report, NULL, t->findings), NB_E_FINDINGS);
    nb_report_drop(report);
}

/* Takes bytes together until it has enough of them. */
typedef struct sink {
    unsigned char *bytes;
    size_t length, most, largest;
} sink;

static bool collect(void *context, const void *bytes, size_t length)
{
    sink *to = context;
    if (length > to->largest)
        to->largest = length;
    if (to->length + length > to->most)
        return false;
    memcpy(to->bytes + to->length, bytes, length);
    to->length += length;
    return true;
}

static void output_goes_to_a_function(void **state)
{
    embedding *t = *state;
    nb_report *report = new_report(t);
    nb_publication *publication;
    const unsigned char *bytes;
    size_t length;
    assert_int_equal(nb_publication_build(t->library, report, NULL, t->findings, &publication),
                     NB_OK);
    assert_int_equal(nb_publication_write(publication, NB_PDF, t->findings, &bytes, &length),
                     NB_OK);
    sink all = { malloc(length), 0, length, 0 };
    assert_int_equal(nb_publication_write_to(publication, NB_PDF, t->findings, collect, &all),
                     NB_OK);
    assert_int_equal(all.length, length);
    assert_memory_equal(all.bytes, bytes, length);
    assert_true(all.largest <= 65536);
    all.length = 0;
    all.most = length - 1;
    assert_int_equal(nb_publication_write_to(publication, NB_PDF, t->findings, collect, &all),
                     NB_E_OUTPUT);
    assert_non_null(find(t->findings, "IO", ""));
    assert_int_equal(
        nb_publication_write_to(publication, (nb_format)99, t->findings, collect, &all),
        NB_E_ARGUMENT);
    free(all.bytes);
    nb_publication_drop(publication);
    nb_report_drop(report);
}

/* Counts questions and tells to stop at one of them. */
typedef struct watcher {
    size_t asked, stop_at, layouts;
    bool in_order;
    nb_stage stage;
    size_t done, total;
} watcher;

static bool should_stop(void *context)
{
    watcher *w = context;
    return ++w->asked == w->stop_at;
}

static void progress(void *context, nb_stage stage, size_t done, size_t total)
{
    watcher *w = context;
    if (stage < w->stage || (stage == w->stage && done < w->done) || done > total)
        w->in_order = false;
    w->stage = stage;
    w->done = done;
    w->total = total;
    w->layouts += stage == NB_STAGE_LAYOUT;
}

static void building_tells_how_far_it_is(void **state)
{
    embedding *t = *state;
    watcher w = { .in_order = true };
    nb_watch watch = { NULL, progress, &w };
    nb_build_options options = { .watch = &watch };
    nb_report *report = new_report(t);
    nb_publication *publication;
    assert_int_equal(nb_publication_build(t->library, report, &options, t->findings, &publication),
                     NB_OK);
    assert_true(w.in_order);
    assert_int_equal(w.stage, NB_STAGE_LAYOUT);
    assert_int_equal(w.done, w.total);
    assert_true(w.layouts > 4);
    nb_publication_drop(publication);
    nb_report_drop(report);
}

/* Wherever a call is stopped, nothing is lost and the report can be built afterwards. */
static void a_call_can_be_stopped_anywhere(void **state)
{
    embedding *t = *state;
    nb_report *report = new_report(t);
    nb_publication *publication = NULL;
    const unsigned char *bytes;
    size_t length;
    watcher w = { .in_order = true };
    nb_watch watch = { should_stop, NULL, &w };
    nb_build_options options = { .watch = &watch };
    nb_status status = NB_E_LATER;
    while (status == NB_E_LATER) {
        w.asked = 0;
        w.stop_at++;
        status = nb_publication_build(t->library, report, &options, t->findings, &publication);
        assert_true(status == NB_E_LATER ? !publication : w.asked < w.stop_at);
    }
    assert_int_equal(status, NB_OK);
    assert_true(w.stop_at > 5);
    nb_publication_watch(publication, &watch);
    w.asked = 0;
    w.stop_at = 1;
    assert_int_equal(nb_publication_write(publication, NB_PDF, t->findings, &bytes, &length),
                     NB_E_LATER);
    assert_null(bytes);
    nb_publication_watch(publication, NULL);
    assert_int_equal(nb_publication_write(publication, NB_PDF, t->findings, &bytes, &length),
                     NB_OK);
    nb_publication_drop(publication);
    nb_report_drop(report);
}

static void a_reading_can_be_stopped(void **state)
{
    embedding *t = *state;
    watcher w = { .stop_at = 1 };
    nb_watch watch = { should_stop, NULL, &w };
    nb_import_options options = { .watch = &watch };
    nb_report *report;
    assert_int_equal(nb_report_import(t->library, "x", 1, "x.txt", &options, t->findings, &report),
                     NB_E_LATER);
    assert_null(report);
}

/* Whichever piece of memory is refused, the call says so and everything is given back. */
static void refused_memory_is_told(void **state)
{
    embedding *t = *state;
    nb_report *report = new_report(t);
    nb_publication *publication;
    assert_int_equal(nb_publication_build(t->library, report, NULL, t->findings, &publication),
                     NB_OK);
    nb_publication_drop(publication);
    /* In the sanitizers' build nothing is kept for the next, so every call asks. */
    nb_status status = NB_E_MEMORY;
    size_t given = 0;
    for (; status == NB_E_MEMORY && given < 1000; given++) {
        t->purse.left = given;
        status = nb_publication_build(t->library, report, NULL, t->findings, &publication);
    }
    t->purse.left = SIZE_MAX;
    assert_int_equal(status, NB_OK);
    nb_publication_drop(publication);
    nb_report_drop(report);
}

static void a_library_without_memory_is_none(void **state)
{
    embedding *t = *state;
    nb_library_options options = { .data_dir = NB_TESTS_DIR "/..", .allocator = &t->allocator };
    nb_library *library;
    size_t held = t->purse.held;
    t->purse.left = 0;
    assert_null(nb_findings_new_with(NB_ENGLISH, &t->allocator));
    assert_int_equal(nb_library_new(&options, t->findings, &library), NB_E_MEMORY);
    assert_null(library);
    assert_int_equal(t->purse.held, held);
    t->purse.left = SIZE_MAX;
}

static void the_version_is_that_of_the_header(void **state)
{
    (void)state;
    assert_string_equal(nb_version(), NB_VERSION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(totals_follow_the_values, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_made_report_is_like_a_read_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(faults_of_setting_are_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_does_not_fit_changes_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_negative_count_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(output_goes_to_a_function, set_up, tear_down),
        cmocka_unit_test_setup_teardown(building_tells_how_far_it_is, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_call_can_be_stopped_anywhere, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_reading_can_be_stopped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refused_memory_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_library_without_memory_is_none, set_up, tear_down),
        cmocka_unit_test(the_version_is_that_of_the_header),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
