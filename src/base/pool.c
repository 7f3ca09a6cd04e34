#include "base/pool.h"

#include <pthread.h>
#include <stdlib.h>

struct nb_pool {
    pthread_mutex_t lock;
    void (*release)(void *context, void *object);
    void *context;
    int count, most;
    void *objects[];
};

nb_pool *nb_pool_new(int most, void (*release)(void *context, void *object), void *context)
{
    nb_pool *pool = calloc(1, sizeof *pool + (size_t)most * sizeof pool->objects[0]);
    if (!pool || pthread_mutex_init(&pool->lock, NULL) != 0) {
        free(pool);
        return NULL;
    }
    pool->release = release;
    pool->context = context;
    pool->most = most;
    return pool;
}

void nb_pool_drop(nb_pool *pool)
{
    if (!pool)
        return;
    while (pool->count > 0)
        pool->release(pool->context, pool->objects[--pool->count]);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}

void *nb_pool_take(nb_pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    void *taken = pool->count > 0 ? pool->objects[--pool->count] : NULL;
    pthread_mutex_unlock(&pool->lock);
    return taken;
}

void nb_pool_give(nb_pool *pool, void *object)
{
    pthread_mutex_lock(&pool->lock);
    if (pool->count < pool->most) {
        pool->objects[pool->count++] = object;
        object = NULL;
    }
    pthread_mutex_unlock(&pool->lock);
    if (object)
        pool->release(pool->context, object);
}
