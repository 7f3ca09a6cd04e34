/*
 * Objects that one user leaves for the next, such as memory and compressors: what is costly to make
 * and as good as new after use. Any thread may use a pool.
 */
#ifndef NB_BASE_POOL_H
#define NB_BASE_POOL_H

typedef struct nb_pool nb_pool;

/*
 * It keeps at most that many objects. release(context, object) ends one. NULL when memory ran out.
 */
nb_pool *nb_pool_new(int most, void (*release)(void *context, void *object), void *context);
void nb_pool_drop(nb_pool *pool);

void *nb_pool_take(nb_pool *pool); /* NULL when there is none */
/* Leave an object, which is released when the pool is full. */
void nb_pool_give(nb_pool *pool, void *object);

#endif
