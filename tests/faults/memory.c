#include "memory.h"

#include <execinfo.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void __real_free(void *piece);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void __wrap_free(void *piece);

enum { PLACES = 1 << 16, CALLERS = 16 };

static atomic_bool active;
static atomic_size_t counted;
static atomic_long live;
static memory_mode current_mode;
static size_t target;

/* Places already seen, an open hash table of their hashes; NULL when they are not recorded. */
static pthread_mutex_t places_lock = PTHREAD_MUTEX_INITIALIZER;
static uint64_t *seen;
static size_t *places;
static size_t place_count;

static uint64_t hash_callers(void)
{
    void *callers[CALLERS];
    int count = backtrace(callers, CALLERS);
    uint64_t hash = 14695981039346656037U;
    for (int i = 0; i < count; i++)
        hash = (hash ^ (uintptr_t)callers[i]) * 1099511628211U;
    return hash ? hash : 1;
}

static void record_place(size_t number)
{
    uint64_t hash = hash_callers();
    size_t at = hash % PLACES;
    while (seen[at] && seen[at] != hash)
        at = (at + 1) % PLACES;
    if (seen[at] || place_count == PLACES / 2)
        return;
    seen[at] = hash;
    places[place_count++] = number;
}

static bool fails(void)
{
    if (!active)
        return false;
    size_t number = counted++;
    if (seen) {
        pthread_mutex_lock(&places_lock);
        record_place(number);
        pthread_mutex_unlock(&places_lock);
    }
    return (current_mode == MEMORY_FAILS_AT && number == target) ||
           (current_mode == MEMORY_FAILS_ON && number >= target);
}

static void *count_live(void *piece)
{
    if (piece)
        live++;
    return piece;
}

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : count_live(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : count_live(__real_calloc(count, size));
}

void *__wrap_realloc(void *old, size_t size)
{
    if (fails())
        return NULL;
    void *piece = __real_realloc(old, size);
    if (!old)
        count_live(piece);
    return piece;
}

void __wrap_free(void *piece)
{
    if (piece)
        live--;
    __real_free(piece);
}

void memory_begin(memory_mode mode, size_t at)
{
    current_mode = mode;
    target = at;
    counted = 0;
    active = true;
}

size_t memory_end(void)
{
    active = false;
    return counted;
}

long memory_live(void)
{
    return live;
}

size_t *memory_places(void (*run)(void *context), void *context, size_t *count)
{
    seen = __real_calloc(PLACES, sizeof *seen);
    places = __real_calloc(PLACES / 2, sizeof *places);
    if (!seen || !places)
        abort();
    place_count = 0;
    memory_begin(MEMORY_COUNTS, 0);
    run(context);
    memory_end();
    __real_free(seen);
    seen = NULL;
    *count = place_count;
    return places;
}
