/* Which names are taken, and by which row. */
#include "bulk/names.h"

#include "base/sha256.h"
#include <pthread.h>
#include <stdlib.h>

/* A name by the beginning of its digest: two different names do not share 128 bits. */
typedef struct holder {
    uint64_t key[2];
    size_t row; /* 0: free */
} holder;

struct nb_taken_names {
    pthread_mutex_t lock;
    pthread_cond_t moved;
    size_t next_row;
    holder *holders; /* open addressing; capacity is a power of two */
    size_t count, capacity;
};

static void end_names(void *object)
{
    nb_taken_names *taken = object;
    free(taken->holders);
    pthread_cond_destroy(&taken->moved);
    pthread_mutex_destroy(&taken->lock);
}

nb_taken_names *nb_taken_names_new(nb_arena *arena)
{
    nb_taken_names *taken = NB_NEW(arena, nb_taken_names);
    taken->next_row = 1;
    if (pthread_mutex_init(&taken->lock, NULL) != 0 || pthread_cond_init(&taken->moved, NULL) != 0)
        return NULL;
    nb_arena_defer(arena, end_names, taken);
    return taken;
}

static holder *find(holder *holders, size_t capacity, const uint64_t key[2])
{
    size_t at = key[0] & (capacity - 1);
    while (holders[at].row && (holders[at].key[0] != key[0] || holders[at].key[1] != key[1]))
        at = (at + 1) & (capacity - 1);
    return &holders[at];
}

static bool grow(nb_taken_names *taken)
{
    size_t capacity = taken->capacity ? 2 * taken->capacity : 1024;
    holder *holders = calloc(capacity, sizeof *holders);
    if (!holders)
        return false;
    for (size_t i = 0; i < taken->capacity; i++)
        if (taken->holders[i].row)
            *find(holders, capacity, taken->holders[i].key) = taken->holders[i];
    free(taken->holders);
    taken->holders = holders;
    taken->capacity = capacity;
    return true;
}

/* Names that differ in the case of ASCII letters only are the same file on many systems. */
static void key_of(nb_string name, uint64_t key[2])
{
    nb_sha256 digest = nb_sha256_begin();
    char sum[NB_DIGEST_SIZE], half[17] = "";
    for (size_t i = 0; i < name.length; i++) {
        char c = name.data[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c + 32);
        nb_sha256_add(&digest, (nb_string){ &c, 1 });
    }
    nb_sha256_end(&digest, sum);
    for (size_t i = 0; i < 2; i++) {
        memcpy(half, sum + 16 * i, 16);
        key[i] = strtoull(half, NULL, 16);
    }
}

static size_t claim(nb_taken_names *taken, size_t row, const uint64_t key[2])
{
    if (2 * taken->count >= taken->capacity && !grow(taken))
        return SIZE_MAX;
    holder *place = find(taken->holders, taken->capacity, key);
    if (place->row)
        return place->row;
    *place = (holder){ { key[0], key[1] }, row };
    taken->count++;
    return 0;
}

size_t nb_taken_names_claim(nb_taken_names *taken, size_t row, nb_string name)
{
    uint64_t key[2];
    key_of(name, key);
    pthread_mutex_lock(&taken->lock);
    while (taken->next_row != row)
        pthread_cond_wait(&taken->moved, &taken->lock);
    size_t owner = name.length ? claim(taken, row, key) : 0;
    taken->next_row++;
    pthread_cond_broadcast(&taken->moved);
    pthread_mutex_unlock(&taken->lock);
    return owner;
}
