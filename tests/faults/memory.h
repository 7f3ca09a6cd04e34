/*
 * Allocations of our own code, counted and failed at will. The linker sends malloc, calloc, realloc
 * and free of everything linked statically here (--wrap), so those of shared libraries go on as
 * before.
 */
#ifndef FAULTS_MEMORY_H
#define FAULTS_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

typedef enum memory_mode {
    MEMORY_COUNTS,   /* all succeed */
    MEMORY_FAILS_AT, /* one fails */
    MEMORY_FAILS_ON  /* one fails, and all after it */
} memory_mode;

/* Begin to count from 0. */
void memory_begin(memory_mode mode, size_t at);
/* All succeed again; how many there were. */
size_t memory_end(void);

/* Pieces that were allocated and not freed, since the program began. */
long memory_live(void);

/*
 * The numbers of those counted allocations that came first from their place in the program: from
 * one chain of callers. The array is the caller's.
 */
size_t *memory_places(void (*run)(void *context), void *context, size_t *count);

#endif
