/* Each public function called without what it needs: it answers so, and does nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <errno.h>
#include <nianbao/nianbao.h>
#include <stdlib.h>
#include <string.h>

#define FORM "annual-report-2021"
#define REFUSED(call) assert_int_equal(call, NB_E_ARGUMENT)

/* A result is set to something before a call that must clear it. */
#define CLEARED(call, out)                                                                         \
    do {                                                                                           \
        (out) = (void *)&not_null;                                                                 \
        REFUSED(call);                                                                             \
        assert_null(out);                                                                          \
    } while (0)

static char not_null;
static nb_findings *findings;
static nb_library *library;
static nb_report *report;
static nb_publication *publication;
static size_t length;

static int set_up(void **state)
{
    static const nb_skeleton_options on = { .agency = "甲局", .year = 2025 };
    nb_library_options options = { .data_dir = NB_TESTS_DIR "/.." };
    nb_build_options build = { .force = true };
    (void)state;
    findings = nb_findings_new(NB_ENGLISH);
    return nb_library_new(&options, findings, &library) ||
           nb_report_new(library, FORM, "r", &on, findings, &report) ||
           nb_publication_build(library, report, &build, findings, &publication);
}

static int tear_down(void **state)
{
    (void)state;
    nb_publication_drop(publication);
    nb_report_drop(report);
    nb_library_drop(library);
    nb_findings_drop(findings);
    return 0;
}

static void nothing_can_be_dropped(void **state)
{
    (void)state;
    nb_findings_drop(NULL);
    nb_library_drop(NULL);
    nb_input_drop(NULL);
    nb_report_drop(NULL);
    nb_report_diff_drop(NULL);
    nb_repairs_drop(NULL);
    nb_publication_drop(NULL);
    nb_correction_drop(NULL);
    nb_server_drop(NULL);
}

static void unknown_statuses_have_words(void **state)
{
    (void)state;
    assert_string_equal(nb_status_message((nb_status)7), "unknown status");
    assert_string_equal(nb_status_words((nb_status)7, NB_CHINESE), "未知状态");
    assert_string_equal(nb_system_words(ENOENT, NB_CHINESE), "没有这个文件或文件夹");
    assert_string_equal(nb_system_words(ENOENT, NB_ENGLISH), strerror(ENOENT));
    assert_string_equal(nb_version(), NB_VERSION);
}

static void findings_are_needed(void **state)
{
    static const nb_allocator none = { 0 };
    char *text;
    (void)state;
    assert_null(nb_findings_new_with(NB_CHINESE, &none));
    nb_findings *strange = nb_findings_new((nb_language)7);
    assert_int_equal(nb_findings_count(strange), 0);
    nb_findings_drop(strange);
    assert_int_equal(nb_findings_count(NULL), 0);
    assert_int_equal(nb_findings_count_of(NULL, NB_ERROR), 0);
    assert_int_equal(nb_findings_count_of(findings, (nb_severity)7), 0);
    assert_int_equal(nb_findings_count_of(findings, (nb_severity)-1), 0);
    assert_null(nb_findings_lookup(NULL, 0));
    assert_null(nb_findings_lookup(findings, SIZE_MAX));
    assert_int_equal(nb_findings_count_suppressed(NULL), 0);
    assert_null(nb_findings_lookup_suppressed(NULL, 0));
    assert_null(nb_findings_lookup_suppressed(findings, SIZE_MAX));
    CLEARED(nb_findings_json(NULL, &text, &length), text);
    CLEARED(nb_findings_json(findings, &text, NULL), text);
    REFUSED(nb_findings_json(findings, NULL, &length));
}

static void see_form(void *context, const nb_form_info *info)
{
    (void)context;
    (void)info;
}

static void see_rule(void *context, const nb_rule_info *info)
{
    (void)context;
    (void)info;
}

static void see_font(void *context, const nb_font_info *info)
{
    (void)context;
    (void)info;
}

static void a_library_needs(void **state)
{
    static const nb_allocator none = { 0 };
    static const char *const folders[] = { NULL };
    nb_library_options bad_allocator = { .allocator = &none };
    nb_library_options no_folders = { .font_dir_count = 1 };
    nb_library_options a_null_folder = { .font_dirs = folders, .font_dir_count = 1 };
    nb_library *made;
    (void)state;
    REFUSED(nb_library_new(NULL, findings, NULL));
    CLEARED(nb_library_new(NULL, NULL, &made), made);
    CLEARED(nb_library_new(&bad_allocator, findings, &made), made);
    CLEARED(nb_library_new(&no_folders, findings, &made), made);
    CLEARED(nb_library_new(&a_null_folder, findings, &made), made);
    REFUSED(nb_library_forms(NULL, findings, see_form, NULL));
    REFUSED(nb_library_forms(library, NULL, see_form, NULL));
    REFUSED(nb_library_forms(library, findings, NULL, NULL));
    REFUSED(nb_library_rules(NULL, findings, see_rule, NULL));
    REFUSED(nb_library_rules(library, NULL, see_rule, NULL));
    REFUSED(nb_library_rules(library, findings, NULL, NULL));
    REFUSED(nb_library_fonts(NULL, findings, see_font, NULL));
    REFUSED(nb_library_fonts(library, NULL, see_font, NULL));
    REFUSED(nb_library_fonts(library, findings, NULL, NULL));
}

static void a_library_writes_nothing_without(void **state)
{
    static const uint32_t glyphs[] = { 1 };
    nb_skeleton_options bad_year = { .year = 1800 }, bad_agency = { .agency = "\xff" };
    const char *json;
    char *text;
    (void)state;
    CLEARED(nb_library_form_json(NULL, FORM, findings, &json, &length), json);
    CLEARED(nb_library_form_json(library, NULL, findings, &json, &length), json);
    CLEARED(nb_library_form_json(library, FORM, NULL, &json, &length), json);
    CLEARED(nb_library_form_json(library, FORM, findings, &json, NULL), json);
    REFUSED(nb_library_form_json(library, FORM, findings, NULL, &length));
    CLEARED(nb_library_skeleton(NULL, FORM, NULL, findings, &text, &length), text);
    CLEARED(nb_library_skeleton(library, NULL, NULL, findings, &text, &length), text);
    CLEARED(nb_library_skeleton(library, FORM, NULL, NULL, &text, &length), text);
    CLEARED(nb_library_skeleton(library, FORM, NULL, findings, &text, NULL), text);
    REFUSED(nb_library_skeleton(library, FORM, NULL, findings, NULL, &length));
    CLEARED(nb_library_skeleton(library, FORM, &bad_year, findings, &text, &length), text);
    CLEARED(nb_library_skeleton(library, FORM, &bad_agency, findings, &text, &length), text);
    CLEARED(nb_library_schema(NULL, FORM, findings, &text, &length), text);
    CLEARED(nb_library_schema(library, NULL, findings, &text, &length), text);
    CLEARED(nb_library_schema(library, FORM, NULL, &text, &length), text);
    CLEARED(nb_library_schema(library, FORM, findings, &text, NULL), text);
    REFUSED(nb_library_schema(library, FORM, findings, NULL, &length));
    CLEARED(nb_library_write_glyphs_svg(NULL, "x", glyphs, 1, findings, &text, &length), text);
    CLEARED(nb_library_write_glyphs_svg(library, NULL, glyphs, 1, findings, &text, &length), text);
    CLEARED(nb_library_write_glyphs_svg(library, "x", NULL, 1, findings, &text, &length), text);
    CLEARED(nb_library_write_glyphs_svg(library, "x", glyphs, 1, NULL, &text, &length), text);
    CLEARED(nb_library_write_glyphs_svg(library, "x", glyphs, 1, findings, &text, NULL), text);
    REFUSED(nb_library_write_glyphs_svg(library, "x", glyphs, 1, findings, NULL, &length));
    CLEARED(nb_library_fontconfig(NULL, findings, &text, &length), text);
    CLEARED(nb_library_fontconfig(library, NULL, &text, &length), text);
    CLEARED(nb_library_fontconfig(library, findings, &text, NULL), text);
    REFUSED(nb_library_fontconfig(library, findings, NULL, &length));
}

static void files_need_names(void **state)
{
    nb_input *input;
    (void)state;
    CLEARED(nb_input_load(NULL, findings, &input), input);
    CLEARED(nb_input_load("x", NULL, &input), input);
    REFUSED(nb_input_load("x", findings, NULL));
    assert_int_equal(nb_input_load(NB_TESTS_DIR "/../samples/minimal.json", findings, &input),
                     NB_OK);
    assert_null(nb_input_lookup(NULL, &length));
    assert_null(nb_input_lookup(input, NULL));
    nb_input_drop(input);
    REFUSED(nb_file_save(NULL, "x", 1, findings));
    REFUSED(nb_file_save("/nonexistent/x", NULL, 1, findings));
    REFUSED(nb_file_save("/nonexistent/x", "x", 1, NULL));
}

static void reading_a_report_needs(void **state)
{
    nb_skeleton_options bad_year = { .year = -5 };
    nb_report *made;
    (void)state;
    CLEARED(nb_report_load(NULL, "{}", 2, "r", findings, &made), made);
    CLEARED(nb_report_load(library, NULL, 2, "r", findings, &made), made);
    CLEARED(nb_report_load(library, "{}", 2, NULL, findings, &made), made);
    CLEARED(nb_report_load(library, "{}", 2, "r", NULL, &made), made);
    REFUSED(nb_report_load(library, "{}", 2, "r", findings, NULL));
    CLEARED(nb_report_import(NULL, "x", 1, "r", NULL, findings, &made), made);
    CLEARED(nb_report_import(library, NULL, 1, "r", NULL, findings, &made), made);
    CLEARED(nb_report_import(library, "x", 1, NULL, NULL, findings, &made), made);
    CLEARED(nb_report_import(library, "x", 1, "r", NULL, NULL, &made), made);
    REFUSED(nb_report_import(library, "x", 1, "r", NULL, findings, NULL));
    REFUSED(nb_report_verify(NULL, "x", 1, "r", findings));
    REFUSED(nb_report_verify(library, NULL, 1, "r", findings));
    REFUSED(nb_report_verify(library, "x", 1, NULL, findings));
    REFUSED(nb_report_verify(library, "x", 1, "r", NULL));
    CLEARED(nb_report_new(NULL, FORM, "r", NULL, findings, &made), made);
    CLEARED(nb_report_new(library, NULL, "r", NULL, findings, &made), made);
    CLEARED(nb_report_new(library, FORM, NULL, NULL, findings, &made), made);
    CLEARED(nb_report_new(library, FORM, "r", NULL, NULL, &made), made);
    CLEARED(nb_report_new(library, FORM, "r", &bad_year, findings, &made), made);
    REFUSED(nb_report_new(library, FORM, "r", NULL, findings, NULL));
    CLEARED(nb_patch_apply(NULL, report, "[]", 2, "p", findings, &made), made);
    CLEARED(nb_patch_apply(library, NULL, "[]", 2, "p", findings, &made), made);
    CLEARED(nb_patch_apply(library, report, NULL, 2, "p", findings, &made), made);
    CLEARED(nb_patch_apply(library, report, "[]", 2, NULL, findings, &made), made);
    CLEARED(nb_patch_apply(library, report, "[]", 2, "p", NULL, &made), made);
    REFUSED(nb_patch_apply(library, report, "[]", 2, "p", findings, NULL));
}

static void nothing_is_set_without(void **state)
{
    static const int64_t row[6] = { 0 };
    (void)state;
    REFUSED(nb_report_set_number(NULL, "/year", 2025));
    REFUSED(nb_report_set_number(report, NULL, 2025));
    REFUSED(nb_report_set_row(NULL, "/requests/received", row, 6));
    REFUSED(nb_report_set_row(report, NULL, row, 6));
    REFUSED(nb_report_set_row(report, "/requests/received", NULL, 6));
    REFUSED(nb_report_set_row(report, "/requests/received", row, SIZE_MAX));
    REFUSED(nb_report_set_text(NULL, "/agency", "x"));
    REFUSED(nb_report_set_text(report, NULL, "x"));
    REFUSED(nb_report_set_text(report, "/agency", NULL));
    REFUSED(nb_report_set_flag(NULL, "/signature", true));
    REFUSED(nb_report_set_flag(report, NULL, true));
    REFUSED(nb_report_set_blank(NULL, "/disclosure/licences"));
    REFUSED(nb_report_set_blank(report, NULL));
    REFUSED(nb_report_clear(NULL, "/agency"));
    REFUSED(nb_report_clear(report, NULL));
    REFUSED(nb_report_add_paragraph(NULL, "/sections/other", NULL, "x"));
    REFUSED(nb_report_add_paragraph(report, NULL, NULL, "x"));
    REFUSED(nb_report_add_paragraph(report, "/sections/other", NULL, NULL));
    REFUSED(nb_report_add_picture(NULL, "/sections/other", "a.png", "x", NULL, NULL));
    REFUSED(nb_report_add_picture(report, NULL, "a.png", "x", NULL, NULL));
    REFUSED(nb_report_add_picture(report, "/sections/other", NULL, "x", NULL, NULL));
    REFUSED(nb_report_add_picture(report, "/sections/other", "a.png", NULL, NULL, NULL));
}

static void see_value(void *context, const nb_value_info *value)
{
    (void)value;
    ++*(int *)context;
}

static void nothing_is_looked_up_without(void **state)
{
    nb_value_info value;
    const char *json;
    int seen = 0;
    (void)state;
    CLEARED(nb_report_canonical(NULL, &json, &length), json);
    CLEARED(nb_report_canonical(report, &json, NULL), json);
    REFUSED(nb_report_canonical(report, NULL, &length));
    assert_false(nb_date_is_valid(NULL));
    assert_false(nb_report_is_sequel(NULL, report));
    assert_false(nb_report_is_sequel(report, NULL));
    assert_false(nb_report_lookup_value(NULL, "/year", &value));
    assert_false(nb_report_lookup_value(report, NULL, &value));
    assert_false(nb_report_lookup_value(report, "/year", NULL));
    nb_report_visit_values(NULL, see_value, &seen);
    nb_report_visit_values(report, NULL, &seen);
    assert_int_equal(seen, 0);
}

static void checks_that_mean_nothing(void **state)
{
    nb_report *const no_report[] = { NULL };
    static const nb_rule_setting no_rule = { .rule = NULL };
    static const nb_rule_setting no_severity = { .rule = "L5", .severity = (nb_severity)7 };
    const nb_check_options wrong[] = {
        { .child_count = 1 },
        { .children = no_report, .child_count = 1 },
        { .setting_count = 1 },
        { .settings = &no_rule, .setting_count = 1 },
        { .settings = &no_severity, .setting_count = 1 },
    };
    nb_publication *built;
    (void)state;
    REFUSED(nb_report_check(NULL, NULL, findings));
    REFUSED(nb_report_check(report, NULL, NULL));
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        nb_build_options build = { .force = true, .checks = &wrong[i] };
        REFUSED(nb_report_check(report, &wrong[i], findings));
        CLEARED(nb_publication_build(library, report, &build, findings, &built), built);
    }
}

static void comparing_needs(void **state)
{
    nb_report_diff *diff;
    nb_repairs *repairs;
    (void)state;
    CLEARED(nb_report_diff_new(NULL, report, findings, &diff), diff);
    CLEARED(nb_report_diff_new(report, NULL, findings, &diff), diff);
    CLEARED(nb_report_diff_new(report, report, NULL, &diff), diff);
    REFUSED(nb_report_diff_new(report, report, findings, NULL));
    assert_int_equal(nb_report_diff_count(NULL), 0);
    assert_null(nb_report_diff_lookup(NULL, 0));
    assert_null(nb_report_diff_patch(NULL, &length));
    assert_int_equal(nb_report_diff_new(report, report, findings, &diff), NB_OK);
    assert_null(nb_report_diff_lookup(diff, SIZE_MAX));
    assert_null(nb_report_diff_patch(diff, NULL));
    nb_report_diff_drop(diff);
    CLEARED(nb_repairs_new(NULL, NULL, findings, &repairs), repairs);
    CLEARED(nb_repairs_new(report, NULL, NULL, &repairs), repairs);
    REFUSED(nb_repairs_new(report, NULL, findings, NULL));
    assert_int_equal(nb_repairs_outcome(NULL), NB_REPAIR_NOT_FOUND);
    assert_false(nb_repairs_are_complete(NULL));
    assert_int_equal(nb_repairs_count(NULL), 0);
    assert_int_equal(nb_repairs_found(NULL), 0);
    assert_null(nb_repairs_lookup(NULL, 0));
    assert_null(nb_repairs_patch(NULL, 0, &length));
    assert_int_equal(nb_repairs_new(report, NULL, findings, &repairs), NB_OK);
    assert_null(nb_repairs_lookup(repairs, SIZE_MAX));
    assert_null(nb_repairs_patch(repairs, SIZE_MAX, &length));
    assert_null(nb_repairs_patch(repairs, 0, NULL));
    nb_repairs_drop(repairs);
}

static bool take(void *context, const void *bytes, size_t count)
{
    (void)context;
    return bytes && count;
}

static void publishing_needs(void **state)
{
    nb_build_options bad_standard = { .force = true, .pdf_standard = (nb_pdf_standard)7 };
    nb_publication *built;
    const unsigned char *bytes;
    const char *svg;
    (void)state;
    CLEARED(nb_publication_build(NULL, report, NULL, findings, &built), built);
    CLEARED(nb_publication_build(library, NULL, NULL, findings, &built), built);
    CLEARED(nb_publication_build(library, report, NULL, NULL, &built), built);
    CLEARED(nb_publication_build(library, report, &bad_standard, findings, &built), built);
    REFUSED(nb_publication_build(library, report, NULL, findings, NULL));
    assert_int_equal(nb_publication_page_count(NULL), 0);
    CLEARED(nb_publication_write(NULL, NB_PDF, findings, &bytes, &length), bytes);
    CLEARED(nb_publication_write(publication, NB_PDF, NULL, &bytes, &length), bytes);
    CLEARED(nb_publication_write(publication, NB_PDF, findings, &bytes, NULL), bytes);
    CLEARED(nb_publication_write(publication, (nb_format)7, findings, &bytes, &length), bytes);
    CLEARED(nb_publication_write(publication, (nb_format)-1, findings, &bytes, &length), bytes);
    REFUSED(nb_publication_write(publication, NB_PDF, findings, NULL, &length));
    REFUSED(nb_publication_write_to(NULL, NB_PDF, findings, take, NULL));
    REFUSED(nb_publication_write_to(publication, NB_PDF, NULL, take, NULL));
    REFUSED(nb_publication_write_to(publication, NB_PDF, findings, NULL, NULL));
    REFUSED(nb_publication_save(NULL, NB_PDF, "/nonexistent/x", findings));
    REFUSED(nb_publication_save(publication, NB_PDF, NULL, findings));
    REFUSED(nb_publication_save(publication, NB_PDF, "/nonexistent/x", NULL));
    nb_publication_watch(NULL, NULL);
    CLEARED(nb_publication_write_page_svg(NULL, 0, false, findings, &svg, &length), svg);
    CLEARED(nb_publication_write_page_svg(publication, SIZE_MAX, false, findings, &svg, &length),
            svg);
    CLEARED(nb_publication_write_page_svg(publication, 0, false, NULL, &svg, &length), svg);
    CLEARED(nb_publication_write_page_svg(publication, 0, false, findings, &svg, NULL), svg);
    REFUSED(nb_publication_write_page_svg(publication, 0, false, findings, NULL, &length));
}

static void correcting_needs(void **state)
{
    nb_correction_options force = NB_CORRECTION_OPTIONS_INIT;
    nb_build_options build = { .force = true };
    nb_report *corrected;
    nb_correction *made;
    const nb_correction_file *files;
    (void)state;
    force.build = &build;
    CLEARED(nb_correction_build(NULL, report, report, NULL, findings, &made), made);
    CLEARED(nb_correction_build(library, NULL, report, NULL, findings, &made), made);
    CLEARED(nb_correction_build(library, report, NULL, NULL, findings, &made), made);
    CLEARED(nb_correction_build(library, report, report, NULL, NULL, &made), made);
    REFUSED(nb_correction_build(library, report, report, NULL, findings, NULL));
    assert_int_equal(nb_correction_change_count(NULL), 0);
    assert_null(nb_correction_change_lookup(NULL, 0));
    assert_null(nb_correction_report(NULL));
    assert_null(nb_correction_note(NULL));
    static const nb_skeleton_options on = { .agency = "甲局", .year = 2025 };
    assert_int_equal(nb_report_new(library, FORM, "new", &on, findings, &corrected), NB_OK);
    assert_int_equal(nb_report_set_number(corrected, "/disclosure/licences", 3), NB_OK);
    assert_int_equal(nb_report_set_text(corrected, "/date", "2026-01-20"), NB_OK);
    assert_int_equal(nb_correction_build(library, report, corrected, &force, findings, &made),
                     NB_OK);
    assert_null(nb_correction_change_lookup(made, SIZE_MAX));
    CLEARED(nb_correction_write(NULL, "o", "", 0, findings, &files, &length), files);
    CLEARED(nb_correction_write(made, NULL, "", 0, findings, &files, &length), files);
    CLEARED(nb_correction_write(made, "o", NULL, 1, findings, &files, &length), files);
    CLEARED(nb_correction_write(made, "o", "", 0, NULL, &files, &length), files);
    CLEARED(nb_correction_write(made, "o", "", 0, findings, &files, NULL), files);
    REFUSED(nb_correction_write(made, "o", "", 0, findings, NULL, &length));
    nb_correction_drop(made);
    nb_report_drop(corrected);
}

static void see_file(void *context, const char *name, const unsigned char *bytes, size_t count)
{
    (void)context;
    (void)name;
    (void)bytes;
    (void)count;
}

static void bulk_needs(void **state)
{
    const char *const paths[] = { NULL };
    const nb_bulk_options good = { .input = "/nonexistent/in.jsonl", .folder = "/nonexistent" };
    nb_bulk_options wrong[9];
    nb_bulk_summary summary;
    int shard, shard_count;
    (void)state;
    REFUSED(nb_bulk_run(NULL, &good, findings, &summary));
    REFUSED(nb_bulk_run(library, NULL, findings, &summary));
    REFUSED(nb_bulk_run(library, &good, NULL, &summary));
    REFUSED(nb_bulk_run(library, &good, findings, NULL));
    for (int i = 0; i < 9; i++)
        wrong[i] = good;
    wrong[0].input = NULL;
    wrong[1].folder = NULL;
    wrong[2].workers = -1;
    wrong[3].per_folder = -1;
    wrong[4].shard = -1;
    wrong[5].shard = 1; /* of none */
    wrong[6].shard = 3;
    wrong[6].shard_count = 2;
    wrong[7].name = "";
    wrong[8].build.pdf_standard = (nb_pdf_standard)7;
    for (int i = 0; i < 9; i++)
        REFUSED(nb_bulk_run(library, &wrong[i], findings, &summary));
    assert_int_equal(nb_bulk_run(library, &good, findings, &summary), NB_E_NOT_A_REPORT);
    REFUSED(nb_bulk_shard(NULL, findings, &shard, &shard_count));
    REFUSED(nb_bulk_shard("1/2", NULL, &shard, &shard_count));
    REFUSED(nb_bulk_shard("1/2", findings, NULL, &shard_count));
    REFUSED(nb_bulk_shard("1/2", findings, &shard, NULL));
    REFUSED(nb_bulk_starter(NULL, FORM, findings, see_file, NULL));
    REFUSED(nb_bulk_starter(library, NULL, findings, see_file, NULL));
    REFUSED(nb_bulk_starter(library, FORM, NULL, see_file, NULL));
    REFUSED(nb_bulk_starter(library, FORM, findings, NULL, NULL));
    REFUSED(nb_bulk_merge(NULL, 0, "m", NULL, findings, &summary));
    REFUSED(nb_bulk_merge(NULL, 1, "m", NULL, findings, &summary));
    REFUSED(nb_bulk_merge(paths, 1, "m", NULL, findings, &summary));
    REFUSED(nb_bulk_merge((const char *const[]){ "x" }, 1, NULL, NULL, findings, &summary));
    REFUSED(nb_bulk_merge((const char *const[]){ "x" }, 1, "m", NULL, NULL, &summary));
    REFUSED(nb_bulk_merge((const char *const[]){ "x" }, 1, "m", NULL, findings, NULL));
}

static void serving_needs(void **state)
{
    static const char *const hosts[] = { NULL };
    const nb_server_options wrong[] = {
        { .port = -1 },
        { .port = 65536 },
        { .address = "nowhere" },
        { .host_count = 1 },
        { .hosts = hosts, .host_count = 1 },
        { .address = "0.0.0.0" }, /* needs a token */
    };
    nb_server *server;
    (void)state;
    CLEARED(nb_server_new(NULL, NULL, findings, &server), server);
    CLEARED(nb_server_new(library, NULL, NULL, &server), server);
    REFUSED(nb_server_new(library, NULL, findings, NULL));
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        CLEARED(nb_server_new(library, &wrong[i], findings, &server), server);
    assert_null(nb_server_lookup_url(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_can_be_dropped),
        cmocka_unit_test(unknown_statuses_have_words),
        cmocka_unit_test(findings_are_needed),
        cmocka_unit_test(a_library_needs),
        cmocka_unit_test(a_library_writes_nothing_without),
        cmocka_unit_test(files_need_names),
        cmocka_unit_test(reading_a_report_needs),
        cmocka_unit_test(nothing_is_set_without),
        cmocka_unit_test(nothing_is_looked_up_without),
        cmocka_unit_test(checks_that_mean_nothing),
        cmocka_unit_test(comparing_needs),
        cmocka_unit_test(publishing_needs),
        cmocka_unit_test(correcting_needs),
        cmocka_unit_test(bulk_needs),
        cmocka_unit_test(serving_needs),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
