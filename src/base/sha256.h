/* SHA-256 (FIPS 180-4), by which files and the data in them are known. */
#ifndef NB_BASE_SHA256_H
#define NB_BASE_SHA256_H

#include "base/utf8.h"
#include <nettle/sha2.h>

enum { NB_DIGEST_SIZE = 2 * SHA256_DIGEST_SIZE + 1 }; /* in hexadecimal, with a NUL */

typedef struct nb_sha256 {
    struct sha256_ctx context;
} nb_sha256;

nb_sha256 nb_sha256_begin(void);
void nb_sha256_add(nb_sha256 *digest, nb_string bytes);
/* Add the bytes after their length, so that what follows cannot be taken for a part of them. */
void nb_sha256_add_item(nb_sha256 *digest, nb_string bytes);
/* Lower-case hexadecimal. Nothing can be added afterwards. */
void nb_sha256_end(nb_sha256 *digest, char out[NB_DIGEST_SIZE]);

void nb_sha256_of(nb_string bytes, char out[NB_DIGEST_SIZE]);

#endif
