#include "bulk/queue.h"

#include <pthread.h>

struct nb_row_queue {
    pthread_mutex_t lock;
    pthread_cond_t has_rows, has_empty;
    nb_row **filled; /* a ring */
    nb_row **empty;  /* a stack */
    int capacity, first, filled_count, empty_count;
    bool is_closed;
};

static void end_queue(void *object)
{
    nb_row_queue *queue = object;
    pthread_cond_destroy(&queue->has_empty);
    pthread_cond_destroy(&queue->has_rows);
    pthread_mutex_destroy(&queue->lock);
}

nb_row_queue *nb_row_queue_new(nb_row **rows, int count, nb_arena *arena)
{
    nb_row_queue *queue = NB_NEW(arena, nb_row_queue);
    queue->filled = NB_NEW_ARRAY(arena, nb_row *, (size_t)count);
    queue->empty = rows;
    queue->empty_count = queue->capacity = count;
    if (pthread_mutex_init(&queue->lock, NULL) != 0 ||
        pthread_cond_init(&queue->has_rows, NULL) != 0 ||
        pthread_cond_init(&queue->has_empty, NULL) != 0)
        return NULL;
    nb_arena_defer(arena, end_queue, queue);
    return queue;
}

nb_row *nb_row_queue_empty(nb_row_queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    while (!queue->empty_count)
        pthread_cond_wait(&queue->has_empty, &queue->lock);
    nb_row *row = queue->empty[--queue->empty_count];
    pthread_mutex_unlock(&queue->lock);
    return row;
}

void nb_row_queue_put(nb_row_queue *queue, nb_row *row)
{
    pthread_mutex_lock(&queue->lock);
    queue->filled[(queue->first + queue->filled_count++) % queue->capacity] = row;
    pthread_cond_signal(&queue->has_rows);
    pthread_mutex_unlock(&queue->lock);
}

void nb_row_queue_return(nb_row_queue *queue, nb_row *row)
{
    pthread_mutex_lock(&queue->lock);
    queue->empty[queue->empty_count++] = row;
    pthread_cond_signal(&queue->has_empty);
    pthread_mutex_unlock(&queue->lock);
}

void nb_row_queue_close(nb_row_queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    queue->is_closed = true;
    pthread_cond_broadcast(&queue->has_rows);
    pthread_mutex_unlock(&queue->lock);
}

nb_row *nb_row_queue_take(nb_row_queue *queue)
{
    nb_row *row = NULL;
    pthread_mutex_lock(&queue->lock);
    while (!queue->filled_count && !queue->is_closed)
        pthread_cond_wait(&queue->has_rows, &queue->lock);
    if (queue->filled_count) {
        row = queue->filled[queue->first];
        queue->first = (queue->first + 1) % queue->capacity;
        queue->filled_count--;
    }
    pthread_mutex_unlock(&queue->lock);
    return row;
}
