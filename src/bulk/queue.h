/* A bounded queue of rows between the thread that reads and those that work. */
#ifndef NB_BULK_QUEUE_H
#define NB_BULK_QUEUE_H

#include "bulk/source.h"

typedef struct nb_row_queue nb_row_queue;

/* A queue of as many rows as given, all empty; the arena ends it. NULL: no lock can be made. */
nb_row_queue *nb_row_queue_new(nb_row **rows, int count, nb_arena *arena);

/* The reader's side: an empty row, waited for; then the row filled. */
nb_row *nb_row_queue_empty(nb_row_queue *queue);
void nb_row_queue_put(nb_row_queue *queue, nb_row *row);
/* Give an empty row back unused. */
void nb_row_queue_return(nb_row_queue *queue, nb_row *row);
/* No more will be put. */
void nb_row_queue_close(nb_row_queue *queue);

/* The workers' side: the row put first, waited for, to be returned when it is done with; NULL at
 * the end. */
nb_row *nb_row_queue_take(nb_row_queue *queue);

#endif
