/* SHA-256 against the values that FIPS 180-4's examples give. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/sha256.h"
#include <string.h>

static void test_known_digests(void **state)
{
    (void)state;
    char digest[NB_DIGEST_SIZE];
    nb_sha256_of(NB_STRING(""), digest);
    assert_string_equal(digest, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    nb_sha256_of(NB_STRING("abc"), digest);
    assert_string_equal(digest, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void test_items_are_told_apart(void **state)
{
    (void)state;
    char one[NB_DIGEST_SIZE], other[NB_DIGEST_SIZE];
    nb_sha256 digest = nb_sha256_begin();
    nb_sha256_add_item(&digest, NB_STRING("ab"));
    nb_sha256_add_item(&digest, NB_STRING("c"));
    nb_sha256_end(&digest, one);
    digest = nb_sha256_begin();
    nb_sha256_add_item(&digest, NB_STRING("a"));
    nb_sha256_add_item(&digest, NB_STRING("bc"));
    nb_sha256_end(&digest, other);
    assert_string_not_equal(one, other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_digests),
        cmocka_unit_test(test_items_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
