/*
 * Rows spread over machines: of N shards the I-th has the rows I, I + N, I + 2N … Each reads the
 * whole input, so none need know how long it is, and merging takes a row from each in turn.
 */
#ifndef NB_BULK_SHARD_H
#define NB_BULK_SHARD_H

#include "base/findings.h"

typedef struct nb_shard {
    int index; /* from 1 */
    int count;
} nb_shard;

/* Row numbers are those of the whole input, from 1. */
static inline bool nb_shard_has(nb_shard shard, size_t row)
{
    return (row - 1) % (size_t)shard.count == (size_t)shard.index - 1;
}

/* The value of an environment variable, or NULL. */
typedef const char *(*nb_environment)(const char *name);

/* I/N, auto or auto/N; NB_E_ARGUMENT with a finding, rule B7. */
nb_status nb_shard_read(const char *text, nb_environment lookup, nb_findings *findings,
                        nb_shard *out);

#endif
