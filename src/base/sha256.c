#include "base/sha256.h"

nb_sha256 nb_sha256_begin(void)
{
    nb_sha256 digest;
    sha256_init(&digest.context);
    return digest;
}

void nb_sha256_add(nb_sha256 *digest, nb_string bytes)
{
    sha256_update(&digest->context, bytes.length, (const uint8_t *)bytes.data);
}

void nb_sha256_add_item(nb_sha256 *digest, nb_string bytes)
{
    uint8_t length[8];
    for (int i = 0; i < 8; i++)
        length[i] = (uint8_t)((uint64_t)bytes.length >> 8 * i);
    sha256_update(&digest->context, sizeof length, length);
    nb_sha256_add(digest, bytes);
}

void nb_sha256_end(nb_sha256 *digest, char out[NB_DIGEST_SIZE])
{
    uint8_t bytes[SHA256_DIGEST_SIZE];
    sha256_digest(&digest->context, sizeof bytes, bytes);
    for (size_t i = 0; i < sizeof bytes; i++) {
        out[2 * i] = "0123456789abcdef"[bytes[i] >> 4];
        out[2 * i + 1] = "0123456789abcdef"[bytes[i] & 15];
    }
    out[NB_DIGEST_SIZE - 1] = '\0';
}

void nb_sha256_of(nb_string bytes, char out[NB_DIGEST_SIZE])
{
    nb_sha256 digest = nb_sha256_begin();
    nb_sha256_add(&digest, bytes);
    nb_sha256_end(&digest, out);
}
