/*
 * What callers must give. A public function that misses something answers so, since many of them are
 * called from languages and programs in which a NULL is an accident that must not end the process.
 */
#ifndef NB_BASE_GIVEN_H
#define NB_BASE_GIVEN_H

#include <stdbool.h>
#include <stddef.h>

static inline bool nb_all_given(const void *const *pointers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!pointers[i])
            return false;
    return true;
}

/* Whether none of these pointers to objects is NULL. */
#define NB_GIVEN(...)                                                                              \
    nb_all_given((const void *const[]){ __VA_ARGS__ },                                             \
                 sizeof((const void *const[]){ __VA_ARGS__ }) / sizeof(const void *))

/* Whether a list of so many entries is there, none of which is NULL. */
static inline bool nb_list_given(const void *list, size_t count)
{
    return list ? nb_all_given(list, count) : count == 0;
}

/* Leave nothing in the place for a result, if the caller gave one. */
#define NB_CLEAR(place)                                                                            \
    do {                                                                                           \
        if (place)                                                                                 \
            *(place) = 0;                                                                          \
    } while (0)

#endif
