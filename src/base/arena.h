/*
 * One arena per report: everything made for it is freed together.
 *
 * nb_arena_alloc never returns NULL. When memory runs out inside nb_arena_run, control goes
 * back to it and it returns NB_E_MEMORY; what is not arena memory (a libharu document, a zip
 * archive) is registered with nb_arena_defer and released with the arena. So no other code
 * tests for failed allocations. The jump must never cross a frame of a foreign library: do not
 * allocate from an arena inside a callback that such a library calls.
 */
#ifndef NB_BASE_ARENA_H
#define NB_BASE_ARENA_H

#include "base/pool.h"
#include <nianbao/nianbao.h>
#include <stdarg.h>

typedef struct nb_arena nb_arena;

nb_arena *nb_arena_new(void); /* NULL when memory ran out */
void nb_arena_drop(nb_arena *arena);

/*
 * A pool for the blocks of arenas, so that the memory of one report is the memory of the next, and
 * is not given back to the system and asked for again, with a page fault for each 4 KiB. It must
 * outlive its arenas.
 */
nb_pool *nb_block_pool_new(const nb_allocator *allocator); /* NULL when memory ran out */
/* Whether an allocator has what it is called for; NULL stands for malloc and free. */
bool nb_allocator_is_sound(const nb_allocator *allocator);
/*
 * An arena with blocks of a pool, which may be NULL, and else of an allocator, which the pool must
 * have too; NULL: malloc and free. NULL when memory ran out.
 */
nb_arena *nb_arena_new_from(nb_pool *blocks, const nb_allocator *allocator);

/*
 * Let the caller of the running public function watch it, until this is called with NULL: he is
 * asked now and then, as memory is taken, whether to go on. When not, control goes back to
 * nb_arena_run, as when memory runs out, and it returns NB_E_LATER.
 */
void nb_arena_watch(nb_arena *arena, const nb_watch *watch);
/* Tell whoever watches how far the work is, and ask him. */
void nb_arena_progress(nb_arena *arena, nb_stage stage, size_t done, size_t total);

/* Run body under this arena's guard: its status, NB_E_MEMORY or NB_E_LATER. Calls may nest. */
nb_status nb_arena_run(nb_arena *arena, nb_status (*body)(void *context), void *context);

/* Zeroed memory, aligned for any type. */
void *nb_arena_alloc(nb_arena *arena, size_t size);
void *nb_arena_alloc_array(nb_arena *arena, size_t count, size_t size);
#define NB_NEW(arena, type) ((type *)nb_arena_alloc(arena, sizeof(type)))
#define NB_NEW_ARRAY(arena, type, count) ((type *)nb_arena_alloc_array(arena, count, sizeof(type)))

/*
 * Room for one more element in an array of count: the array itself, or a copy of twice its
 * capacity, which was 0 when array is NULL. What is not in use yet is zeroed.
 */
void *nb_arena_grow(nb_arena *arena, void *array, int count, int *capacity, size_t size);
#define NB_GROW(arena, array, count, capacity)                                                     \
    ((array) = nb_arena_grow(arena, array, count, capacity, sizeof *(array)))

/* Memory as it comes, not zeroed, for bytes that are written before they are read. */
void *nb_arena_room(nb_arena *arena, size_t size);
/*
 * Room for size bytes that begin with the old_size bytes of room, which is the arena's or NULL: in
 * place when nothing was allocated after it, or when it is to be smaller.
 */
void *nb_arena_regrow(nb_arena *arena, void *room, size_t old_size, size_t size);

/*
 * Call release(object) when the arena is dropped, the latest registered first; at once when there
 * is no memory to remember it.
 */
void nb_arena_defer(nb_arena *arena, void (*release)(void *object), void *object);

/* A copy that ends with a NUL, which length does not count. */
char *nb_arena_copy(nb_arena *arena, const void *bytes, size_t length);
char *nb_arena_print(nb_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *nb_arena_vprint(nb_arena *arena, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

/* Leave the running body with NB_E_MEMORY: for code that owns memory beside the arena's blocks. */
_Noreturn void nb_arena_fail(nb_arena *arena);

#endif
