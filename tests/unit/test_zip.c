/* Packages and compressed streams: what is packed comes back, and equal parts give equal bytes. */
#include "deflate_fixture.h"
#include "package_fixture.h"

#include "pack/deflate.h"
#include "pack/zip.h"

static nb_string make_package(nb_arena *arena, nb_findings *findings)
{
    nb_zip *zip = nb_zip_new(NULL, arena);
    nb_string out = { 0 };
    nb_zip_add(zip, "[Content_Types].xml", NB_STRING("<Types/>"));
    nb_zip_add(zip, "word/document.xml",
               NB_STRING("年报年报年报年报年报年报年报年报年报年报年报年报年报年报年报年报"));
    nb_zip_add(zip, "empty", (nb_string){ "", 0 });
    assert_int_equal(nb_zip_finish(zip, findings, &out), NB_OK);
    assert_int_equal(nb_findings_count(findings), 0);
    return out;
}

static void assert_part(zip_t *archive, zip_uint64_t index, const char *name, const char *content)
{
    char bytes[256] = { 0 };
    assert_string_equal(zip_get_name(archive, index, 0), name);
    zip_file_t *file = zip_fopen_index(archive, index, 0);
    assert_non_null(file);
    zip_int64_t length = zip_fread(file, bytes, sizeof bytes - 1);
    assert_int_equal(length, strlen(content));
    assert_string_equal(bytes, content);
    zip_fclose(file);
}

static void test_parts_come_back_in_order(void **state)
{
    (void)state;
    nb_arena *arena = nb_arena_new();
    nb_findings *findings = nb_findings_new(NB_CHINESE);
    zip_t *archive = open_zip(make_package(arena, findings), arena);
    assert_int_equal(zip_get_num_entries(archive, 0), 3);
    assert_part(archive, 0, "[Content_Types].xml", "<Types/>");
    assert_part(archive, 1, "word/document.xml",
                "年报年报年报年报年报年报年报年报年报年报年报年报年报年报年报年报");
    assert_part(archive, 2, "empty", "");
    nb_findings_drop(findings);
    nb_arena_drop(arena);
}

static unsigned two_bytes(nb_string package, size_t at)
{
    return (unsigned char)package.data[at] | (unsigned)(unsigned char)package.data[at + 1] << 8;
}

static void test_entries_name_no_time_and_no_system(void **state)
{
    (void)state;
    nb_arena *arena = nb_arena_new();
    nb_findings *findings = nb_findings_new(NB_CHINESE);
    nb_string package = make_package(arena, findings);
    assert_memory_equal(package.data, "PK\3\4", 4);
    assert_int_equal(two_bytes(package, 10), 0);      /* 00:00:00 */
    assert_int_equal(two_bytes(package, 12), 0x0021); /* 1980-01-01 */
    assert_memory_equal(package.data + 30, "[Content_Types].xml", 19);
    zip_t *archive = open_zip(package, arena);
    for (zip_uint64_t i = 0; i < 3; i++) {
        zip_uint8_t system = 255;
        zip_uint32_t attributes = 1;
        assert_int_equal(zip_file_get_external_attributes(archive, i, 0, &system, &attributes), 0);
        assert_int_equal(system, ZIP_OPSYS_DOS);
        assert_int_equal(attributes, 0);
    }
    nb_findings_drop(findings);
    nb_arena_drop(arena);
}

static void test_equal_parts_give_equal_bytes(void **state)
{
    (void)state;
    nb_arena *arena = nb_arena_new();
    nb_findings *findings = nb_findings_new(NB_CHINESE);
    nb_string first = make_package(arena, findings);
    nb_string second = make_package(arena, findings);
    assert_true(nb_string_equal(first, second));
    nb_findings_drop(findings);
    nb_arena_drop(arena);
}

static void test_a_package_that_is_never_finished_leaks_nothing(void **state)
{
    (void)state;
    nb_arena *arena = nb_arena_new();
    nb_zip_add(nb_zip_new(NULL, arena), "a", NB_STRING("b"));
    nb_arena_drop(arena);
}

static void test_a_failure_is_told(void **state)
{
    (void)state;
    nb_arena *arena = nb_arena_new();
    nb_findings *findings = nb_findings_new(NB_ENGLISH);
    nb_zip *zip = nb_zip_new(NULL, arena);
    nb_string out = { 0 };
    /* No package holds two parts of one name. */
    nb_zip_add(zip, "word/document.xml", NB_STRING("a"));
    nb_zip_add(zip, "word/document.xml", NB_STRING("b"));
    assert_int_equal(nb_zip_finish(zip, findings, &out), NB_E_OUTPUT);
    assert_int_equal(nb_findings_count(findings), 1);
    assert_string_equal(nb_findings_lookup(findings, 0)->rule, "IO");
    nb_findings_drop(findings);
    nb_arena_drop(arena);
}

static void test_zlib_streams_inflate(void **state)
{
    (void)state;
    nb_arena *arena = nb_arena_new();
    static const size_t lengths[] = { 0, 1, 79000 };
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        char *bytes = nb_arena_alloc(arena, lengths[i] + 1);
        for (size_t k = 0; k < lengths[i]; k++)
            bytes[k] = (char)(k % 7 * (k % 13));
        for (int level = 1; level <= 12; level++) {
            nb_deflater *deflater = nb_deflater_new(level, NULL, arena);
            nb_string stream = nb_deflater_zlib(deflater, (nb_string){ bytes, lengths[i] });
            assert_memory_equal(unpacked(stream, lengths[i], arena).data, bytes, lengths[i]);
        }
    }
    nb_arena_drop(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts_come_back_in_order),
        cmocka_unit_test(test_entries_name_no_time_and_no_system),
        cmocka_unit_test(test_equal_parts_give_equal_bytes),
        cmocka_unit_test(test_a_package_that_is_never_finished_leaks_nothing),
        cmocka_unit_test(test_a_failure_is_told),
        cmocka_unit_test(test_zlib_streams_inflate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
