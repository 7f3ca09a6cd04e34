/* The public functions: who fails how, and that a failure leaves everything usable. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <nianbao/nianbao.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct library_test {
    nb_findings *findings;
    nb_library *library;
    char folder[64];
} library_test;

static int set_up(void **state)
{
    library_test *t = calloc(1, sizeof *t);
    nb_library_options options = { .data_dir = NB_TESTS_DIR "/.." };
    t->findings = nb_findings_new(NB_CHINESE);
    assert_int_equal(nb_library_new(&options, t->findings, &t->library), NB_OK);
    snprintf(t->folder, sizeof t->folder, "/tmp/nianbao-test-XXXXXX");
    assert_non_null(mkdtemp(t->folder));
    *state = t;
    return 0;
}

static int tear_down(void **state)
{
    library_test *t = *state;
    char command[128];
    nb_library_drop(t->library);
    nb_findings_drop(t->findings);
    snprintf(command, sizeof command, "rm -rf '%s'", t->folder);
    assert_int_equal(system(command), 0);
    free(t);
    return 0;
}

/* A file of the source tree, in memory that input owns. */
static nb_input *source_file(library_test *t, const char *name, const char **bytes, size_t *length)
{
    char path[512];
    nb_input *input;
    snprintf(path, sizeof path, "%s/../%s", NB_TESTS_DIR, name);
    assert_int_equal(nb_input_load(path, t->findings, &input), NB_OK);
    *bytes = nb_input_lookup(input, length);
    return input;
}

static nb_report *load_sample(library_test *t, const char *name)
{
    const char *json;
    size_t length;
    nb_report *report;
    nb_input *input = source_file(t, name, &json, &length);
    assert_int_equal(nb_report_load(t->library, json, length, name, t->findings, &report), NB_OK);
    nb_input_drop(input); /* the report must not need the bytes any more */
    return report;
}

static const nb_finding *last_finding(const library_test *t)
{
    return nb_findings_lookup(t->findings, nb_findings_count(t->findings) - 1);
}

static void put_file(const library_test *t, const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", t->folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void each_status_has_the_words_of_the_header(void **state)
{
    library_test *t = *state;
    static const struct {
        nb_status status;
        const char *name;
    } statuses[] = { { NB_OK, "NB_OK = 0," },
                     { NB_E_FINDINGS, "NB_E_FINDINGS = -1," },
                     { NB_E_NOT_A_REPORT, "NB_E_NOT_A_REPORT = -2," },
                     { NB_E_RESOURCE, "NB_E_RESOURCE = -3," },
                     { NB_E_OUTPUT, "NB_E_OUTPUT = -4," },
                     { NB_E_MEMORY, "NB_E_MEMORY = -5," },
                     { NB_E_ARGUMENT, "NB_E_ARGUMENT = -6," },
                     { NB_E_LATER, "NB_E_LATER = -7" } };
    const char *bytes;
    size_t length;
    nb_input *input = source_file(t, "include/nianbao/nianbao.h", &bytes, &length);
    char *header = calloc(1, length + 1);
    memcpy(header, bytes, length);
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        char words[128];
        const char *at = strstr(header, statuses[i].name);
        assert_non_null(at);
        at = strstr(at, "/* ") + 3;
        snprintf(words, sizeof words, "%.*s", (int)(strstr(at, " */") - at), at);
        assert_string_equal(nb_status_message(statuses[i].status), words);
        assert_string_equal(nb_status_words(statuses[i].status, NB_ENGLISH), words);
        assert_string_not_equal(nb_status_words(statuses[i].status, NB_CHINESE), words);
    }
    free(header);
    nb_input_drop(input);
}

static void a_folder_without_forms_is_refused(void **state)
{
    library_test *t = *state;
    nb_library_options options = { .data_dir = t->folder };
    nb_library *library = t->library;
    assert_int_equal(nb_library_new(&options, t->findings, &library), NB_E_RESOURCE);
    assert_null(library);
    assert_string_equal(last_finding(t)->rule, "IO");
    assert_string_equal(last_finding(t)->file, t->folder);
}

static void the_library_finds_its_folder_by_itself(void **state)
{
    library_test *t = *state;
    nb_library *library;
    assert_int_equal(unsetenv("NIANBAO_DATA"), 0);
    assert_int_equal(nb_library_new(NULL, t->findings, &library), NB_OK);
    nb_library_drop(library);
    assert_int_equal(setenv("NIANBAO_DATA", t->folder, 1), 0);
    assert_int_equal(nb_library_new(NULL, t->findings, &library), NB_E_RESOURCE);
    assert_int_equal(unsetenv("NIANBAO_DATA"), 0);
}

static void a_report_is_loaded_checked_and_written(void **state)
{
    library_test *t = *state;
    nb_report *report = load_sample(t, "samples/minimal.json");
    const char *json, *again;
    size_t length;
    assert_int_equal(nb_report_check(report, NULL, t->findings), NB_OK);
    assert_int_equal(nb_report_canonical(report, &json, &length), NB_OK);
    assert_memory_equal(json, "{\n    \"form\": \"annual-report-2021\",\n", 36);
    assert_int_equal(json[length - 1], '\n');
    assert_int_equal(nb_report_canonical(report, &again, &length), NB_OK);
    assert_ptr_equal(json, again);
    assert_int_equal(nb_findings_count(t->findings), 0);
    nb_report_drop(report);
}

static void nothing_at_all_is_no_report(void **state)
{
    library_test *t = *state;
    nb_report *report;
    assert_int_equal(nb_report_load(t->library, NULL, 0, "x", t->findings, &report),
                     NB_E_NOT_A_REPORT);
    assert_null(report);
    assert_int_equal(nb_report_import(t->library, NULL, 0, "x", NULL, t->findings, &report),
                     NB_E_NOT_A_REPORT);
    assert_null(report);
    nb_report_drop(NULL);
    nb_publication_drop(NULL);
    nb_input_drop(NULL);
    nb_library_drop(NULL);
}

static void a_broken_form_can_be_asked_for_again(void **state)
{
    static const char json[] = "{\"form\": \"broken\"}";
    library_test *t = *state;
    nb_library_options options = { .data_dir = t->folder };
    nb_library *library;
    nb_report *report;
    char path[128];
    snprintf(path, sizeof path, "%s/layouts", t->folder);
    assert_int_equal(mkdir(path, 0777), 0);
    put_file(t, "layouts/broken.json", json);
    put_file(t, "layouts/other.json", "{\"form\": \"another\"}");
    put_file(t, "layouts/no.json", "{");
    assert_int_equal(nb_library_new(&options, t->findings, &library), NB_OK);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(nb_report_load(library, json, sizeof json - 1, "x", t->findings, &report),
                         NB_E_RESOURCE);
        assert_string_equal(last_finding(t)->rule, "F");
    }
    /* A file that is not the form of its own name is no form. */
    assert_int_equal(
        nb_report_load(library, "{\"form\": \"other\"}", 17, "x", t->findings, &report),
        NB_E_NOT_A_REPORT);
    assert_string_equal(last_finding(t)->hint, "现有的表单：broken");
    nb_library_drop(library);
}

static void count_form(void *context, const nb_form_info *info)
{
    int *count = context;
    assert_true(*info->name && *info->source && *info->style);
    ++*count;
}

static void the_forms_are_listed(void **state)
{
    library_test *t = *state;
    int count = 0;
    assert_int_equal(nb_library_forms(t->library, t->findings, count_form, &count), NB_OK);
    assert_true(count >= 1);
}

static void a_report_with_errors_is_built_by_force_only(void **state)
{
    library_test *t = *state;
    nb_report *report = load_sample(t, "tests/import/jianghan-2022.expected.json");
    nb_build_options options = NB_BUILD_OPTIONS_INIT;
    nb_publication *publication;
    assert_int_equal(nb_publication_build(t->library, report, &options, t->findings, &publication),
                     NB_E_FINDINGS);
    assert_null(publication);
    assert_int_equal(nb_findings_count_of(t->findings, NB_ERROR), 3);
    options.force = true;
    assert_int_equal(nb_publication_build(t->library, report, &options, t->findings, &publication),
                     NB_OK);
    assert_string_equal(last_finding(t)->rule, "B1");
    assert_true(nb_publication_page_count(publication) >= 4);
    nb_publication_drop(publication);
    nb_report_drop(report);
}

static bool has_words(const unsigned char *text, size_t length, const char *words)
{
    size_t words_length = strlen(words);
    for (size_t at = 0; at + words_length <= length; at++)
        if (memcmp(text + at, words, words_length) == 0)
            return true;
    return false;
}

static void a_date_is_taken_for_one_building(void **state)
{
    library_test *t = *state;
    nb_build_options options = NB_BUILD_OPTIONS_INIT;
    nb_publication *publication;
    const unsigned char *html;
    const char *before, *after;
    size_t length, length_before, length_after;
    nb_report *report = load_sample(t, "samples/minimal.json");
    assert_int_equal(nb_report_canonical(report, &before, &length_before), NB_OK);
    options.date = "2026-01-20";
    assert_int_equal(nb_publication_build(t->library, report, &options, t->findings, &publication),
                     NB_OK);
    assert_int_equal(nb_publication_write(publication, NB_HTML, t->findings, &html, &length),
                     NB_OK);
    assert_true(has_words(html, length, "\"date\": \"2026-01-20\""));
    nb_publication_drop(publication);
    assert_int_equal(nb_report_canonical(report, &after, &length_after), NB_OK);
    assert_int_equal(length_before, length_after);
    assert_memory_equal(before, after, length_before);
    options.date = "2025-02-29";
    assert_int_equal(nb_publication_build(t->library, report, &options, t->findings, &publication),
                     NB_E_ARGUMENT);
    assert_null(publication);
    assert_string_equal(last_finding(t)->rule, "S3");
    nb_report_drop(report);
    assert_true(nb_date_is_valid("2024-02-29"));
    assert_false(nb_date_is_valid("2025-02-29"));
    assert_false(nb_date_is_valid(""));
}

static void errors_of_reading_are_remembered(void **state)
{
    static const char json[] = "{\"form\": \"annual-report-2021\", \"year\": 2025}";
    library_test *t = *state;
    nb_report *report;
    nb_publication *publication;
    assert_int_equal(nb_report_load(t->library, json, sizeof json - 1, "x", t->findings, &report),
                     NB_OK);
    assert_true(nb_findings_count_of(t->findings, NB_ERROR) > 0);
    assert_int_equal(nb_report_check(report, NULL, t->findings), NB_OK);
    assert_int_equal(nb_publication_build(t->library, report, NULL, t->findings, &publication),
                     NB_E_FINDINGS);
    nb_report_drop(report);
}

static void each_format_is_written_once(void **state)
{
    library_test *t = *state;
    nb_report *report = load_sample(t, "samples/minimal.json");
    nb_publication *publication;
    const unsigned char *bytes, *again;
    size_t length;
    assert_int_equal(nb_publication_build(t->library, report, NULL, t->findings, &publication),
                     NB_OK);
    for (int format = NB_PDF; format <= NB_DOCX; format++) {
        assert_int_equal(
            nb_publication_write(publication, (nb_format)format, t->findings, &bytes, &length),
            NB_OK);
        assert_int_equal(
            nb_publication_write(publication, (nb_format)format, t->findings, &again, &length),
            NB_OK);
        assert_ptr_equal(bytes, again);
    }
    assert_int_equal(nb_publication_write(publication, (nb_format)77, t->findings, &bytes, &length),
                     NB_E_ARGUMENT);
    assert_null(bytes);
    nb_publication_drop(publication);
    nb_report_drop(report);
}

enum { THREADS = 4 };

/* Load, build and write with a library that others use too. */
static void *work(void *context)
{
    library_test own = { .library = ((library_test *)context)->library };
    const unsigned char *bytes;
    size_t length = 0;
    nb_publication *publication;
    own.findings = nb_findings_new(NB_ENGLISH);
    nb_report *report = load_sample(&own, "samples/minimal.json");
    if (nb_publication_build(own.library, report, NULL, own.findings, &publication) == NB_OK) {
        (void)nb_publication_write(publication, NB_PDF, own.findings, &bytes, &length);
        nb_publication_drop(publication);
    }
    nb_report_drop(report);
    nb_findings_drop(own.findings);
    return length ? context : NULL;
}

static void threads_share_a_library(void **state)
{
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, work, *state), 0);
    for (int i = 0; i < THREADS; i++) {
        void *done = NULL;
        assert_int_equal(pthread_join(threads[i], &done), 0);
        assert_non_null(done);
    }
}

static void files_are_saved_whole_or_not_at_all(void **state)
{
    library_test *t = *state;
    char path[128];
    nb_input *input;
    size_t length;
    snprintf(path, sizeof path, "%s/x.txt", t->folder);
    assert_int_equal(nb_file_save(path, "年报", 6, t->findings), NB_OK);
    assert_int_equal(nb_input_load(path, t->findings, &input), NB_OK);
    assert_memory_equal(nb_input_lookup(input, &length), "年报", 6);
    assert_int_equal(length, 6);
    nb_input_drop(input);
    snprintf(path, sizeof path, "%s/no/x.txt", t->folder);
    assert_int_equal(nb_file_save(path, "x", 1, t->findings), NB_E_OUTPUT);
    assert_string_equal(last_finding(t)->file, path);
    assert_int_equal(nb_input_load(path, t->findings, &input), NB_E_NOT_A_REPORT);
    assert_null(input);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_status_has_the_words_of_the_header),
        TEST(a_folder_without_forms_is_refused),
        TEST(the_library_finds_its_folder_by_itself),
        TEST(a_report_is_loaded_checked_and_written),
        TEST(nothing_at_all_is_no_report),
        TEST(a_broken_form_can_be_asked_for_again),
        TEST(the_forms_are_listed),
        TEST(a_report_with_errors_is_built_by_force_only),
        TEST(a_date_is_taken_for_one_building),
        TEST(errors_of_reading_are_remembered),
        TEST(each_format_is_written_once),
        TEST(threads_share_a_library),
        TEST(files_are_saved_whole_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
