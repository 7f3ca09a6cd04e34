/*
 * A digest of 128 bits, for a document's identifier: FNV-1a. It tells documents apart and guards
 * against nothing; who wants to know that a file is unchanged signs it.
 */
#ifndef NB_OFD_DIGEST_H
#define NB_OFD_DIGEST_H

#include "base/utf8.h"

typedef struct nb_digest {
    uint64_t high, low;
} nb_digest;

nb_digest nb_digest_begin(void);
/* The length counts too, so that two strings are never the same as one. */
void nb_digest_add(nb_digest *digest, nb_string bytes);
void nb_digest_number(nb_digest *digest, uint64_t number);

#endif
