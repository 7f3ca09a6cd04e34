#include "base/arena.h"

#include <limits.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 64 * 1024, LARGEST_BLOCK = 1024 * 1024 };

/* How many blocks of the largest size a pool keeps: some for each of many threads. */
#ifdef NB_MEMORY_WATCHED
enum { MOST_KEPT = 0 }; /* so that a use of what is gone is seen */
#else
enum { MOST_KEPT = 128 };
#endif

typedef struct block {
    struct block *next;
    size_t used;
    size_t size;
    max_align_t bytes[];
} block;

typedef struct deferred {
    struct deferred *next;
    void (*release)(void *object);
    void *object;
} deferred;

/* Whoever watches is asked once for so many pieces of memory. */
enum { PIECES_BETWEEN_QUESTIONS = 1024 };

struct nb_arena {
    nb_pool *pool; /* of blocks of the largest size; or NULL */
    nb_allocator allocator;
    const nb_watch *watch; /* or NULL */
    int pieces;            /* taken since he was asked */
    block *blocks;
    deferred *deferred;
    size_t next_size;
    jmp_buf *guard;
};

static void *allocate_by_malloc(void *context, size_t size)
{
    (void)context;
    return malloc(size);
}

static void release_by_free(void *context, void *memory)
{
    (void)context;
    free(memory);
}

static const nb_allocator system_allocator = { allocate_by_malloc, release_by_free, NULL };

nb_arena *nb_arena_new(void)
{
    return nb_arena_new_from(NULL, NULL);
}

nb_pool *nb_block_pool_new(const nb_allocator *allocator)
{
    if (!allocator)
        allocator = &system_allocator;
    return nb_pool_new(MOST_KEPT, allocator->release, allocator->context);
}

bool nb_allocator_is_sound(const nb_allocator *allocator)
{
    return !allocator || (allocator->allocate && allocator->release);
}

nb_arena *nb_arena_new_from(nb_pool *blocks, const nb_allocator *allocator)
{
    if (!allocator)
        allocator = &system_allocator;
    nb_arena *arena = allocator->allocate(allocator->context, sizeof *arena);
    if (arena)
        *arena = (nb_arena){ .pool = blocks,
                             .allocator = *allocator,
                             .next_size = blocks ? LARGEST_BLOCK : FIRST_BLOCK };
    return arena;
}

void nb_arena_drop(nb_arena *arena)
{
    if (!arena)
        return;
    for (deferred *entry = arena->deferred; entry; entry = entry->next)
        entry->release(entry->object);
    for (block *at = arena->blocks; at;) {
        block *next = at->next;
        if (arena->pool && at->size == LARGEST_BLOCK)
            nb_pool_give(arena->pool, at);
        else
            arena->allocator.release(arena->allocator.context, at);
        at = next;
    }
    arena->allocator.release(arena->allocator.context, arena);
}

void nb_arena_watch(nb_arena *arena, const nb_watch *watch)
{
    arena->watch = watch;
}

/* Leave the running body, which then ends with that status. */
_Noreturn static void leave(nb_arena *arena, nb_status status)
{
    /* Every public function works under nb_arena_run; without a guard there is no one to tell. */
    if (!arena->guard)
        abort();
    longjmp(*arena->guard, status);
}

void nb_arena_fail(nb_arena *arena)
{
    leave(arena, NB_E_MEMORY);
}

static void ask(nb_arena *arena)
{
    const nb_watch *watch = arena->watch;
    arena->pieces = 0;
    if (watch->should_stop && watch->should_stop(watch->context))
        leave(arena, NB_E_LATER);
}

void nb_arena_progress(nb_arena *arena, nb_stage stage, size_t done, size_t total)
{
    const nb_watch *watch = arena->watch;
    if (!watch)
        return;
    if (watch->progress)
        watch->progress(watch->context, stage, done, total);
    ask(arena);
}

nb_status nb_arena_run(nb_arena *arena, nb_status (*body)(void *context), void *context)
{
    jmp_buf guard;
    jmp_buf *volatile outer = arena->guard;
    nb_status status;
    switch (setjmp(guard)) {
    case 0:
        arena->guard = &guard;
        status = body(context);
        break;
    case NB_E_LATER:
        status = NB_E_LATER;
        break;
    default:
        status = NB_E_MEMORY;
    }
    arena->guard = outer;
    return status;
}

/* NULL when memory ran out. */
static block *add_block(nb_arena *arena, size_t size)
{
    size_t capacity = size > arena->next_size ? size : arena->next_size;
    block *added = NULL;
    if (arena->pool && capacity == LARGEST_BLOCK)
        added = nb_pool_take(arena->pool);
    if (!added)
        added = arena->allocator.allocate(arena->allocator.context, sizeof *added + capacity);
    if (!added)
        return NULL;
    added->used = 0;
    added->size = capacity;
    if (arena->blocks && size > arena->next_size) {
        /* A single large piece goes behind the current block, whose rest stays in use. */
        added->next = arena->blocks->next;
        arena->blocks->next = added;
    } else {
        added->next = arena->blocks;
        arena->blocks = added;
        if (arena->next_size < LARGEST_BLOCK)
            arena->next_size *= 2;
    }
    return added;
}

static size_t padded(size_t size)
{
    size_t align = sizeof(max_align_t);
    return (size + align - 1) / align * align;
}

/* NULL when memory ran out. */
static void *find_room(nb_arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        return NULL;
    size = padded(size);
#ifdef NB_ARENA_DEBUG
    /* One block a piece, so that a memory checker sees where each ends. */
    arena->next_size = 0;
    block *at = NULL;
#else
    block *at = arena->blocks;
#endif
    if (!at || at->size - at->used < size)
        at = add_block(arena, size);
    if (!at)
        return NULL;
    void *piece = (char *)at->bytes + at->used;
    at->used += size;
    return piece;
}

void *nb_arena_room(nb_arena *arena, size_t size)
{
    if (arena->watch && ++arena->pieces >= PIECES_BETWEEN_QUESTIONS)
        ask(arena);
    void *room = find_room(arena, size);
    if (!room)
        nb_arena_fail(arena);
    return room;
}

void *nb_arena_alloc(nb_arena *arena, size_t size)
{
    return memset(nb_arena_room(arena, size), 0, size);
}

void *nb_arena_regrow(nb_arena *arena, void *room, size_t old_size, size_t size)
{
    block *at = arena->blocks;
    if (size > SIZE_MAX / 2)
        nb_arena_fail(arena);
    if (room && (char *)room + padded(old_size) == (char *)at->bytes + at->used &&
        padded(old_size) + at->size - at->used >= padded(size)) {
        at->used = (size_t)((char *)room - (char *)at->bytes) + padded(size);
        return room;
    }
    if (room && size <= old_size)
        return room;
    void *grown = nb_arena_room(arena, size);
    if (room)
        memcpy(grown, room, old_size);
    return grown;
}

void *nb_arena_alloc_array(nb_arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / 2 / size)
        nb_arena_fail(arena);
    return nb_arena_alloc(arena, count * size);
}

void *nb_arena_grow(nb_arena *arena, void *array, int count, int *capacity, size_t size)
{
    enum { FEW = 4 };
    if (count < *capacity)
        return array;
    if (count > INT_MAX / 2 || (count && size > SIZE_MAX / 4 / (size_t)count))
        nb_arena_fail(arena);
    int more = count ? count * 2 : FEW;
    size_t used = (size_t)count * size, whole = (size_t)more * size;
    char *grown = nb_arena_regrow(arena, array, used, whole);
    memset(grown + used, 0, whole - used);
    *capacity = more; /* only now: what outlives the jump of a failure must still be true */
    return grown;
}

void nb_arena_defer(nb_arena *arena, void (*release)(void *object), void *object)
{
    deferred *entry = find_room(arena, sizeof *entry);
    if (!entry) {
        release(object);
        nb_arena_fail(arena);
    }
    *entry = (deferred){ arena->deferred, release, object };
    arena->deferred = entry;
}

char *nb_arena_copy(nb_arena *arena, const void *bytes, size_t length)
{
    char *copy = nb_arena_room(arena, length + 1);
    if (length)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

char *nb_arena_vprint(nb_arena *arena, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    // NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): a va_list passed on is not looked through
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = nb_arena_alloc(arena, (size_t)(length < 0 ? 0 : length) + 1);
    vsnprintf(text, (size_t)(length < 0 ? 0 : length) + 1, format, arguments);
    return text;
}

char *nb_arena_print(nb_arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = nb_arena_vprint(arena, format, arguments);
    va_end(arguments);
    return text;
}
