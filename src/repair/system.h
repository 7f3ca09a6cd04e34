/*
 * Equations of a form as a linear system over the cells of a report, and Gauss-Jordan elimination
 * on it. Private to src/repair.
 *
 * A column is a cell, a row an equation: parts minus totals, 0 when it holds. Values that are not
 * there count as 0; the residual of a row is what its cells together must still gain. Freeing a
 * column says that its cell may take any value: a row is given up for it, and the others go on
 * without that cell. Rows that are left say what the cells that are still held must fulfil.
 */
#ifndef NB_REPAIR_SYSTEM_H
#define NB_REPAIR_SYSTEM_H

#include "form/form.h"
#include "report/report.h"

typedef struct nb_system {
    int row_count, column_count;
    int *slots;      /* per column */
    int64_t *values; /* per column: the value that is there, 0 for none */
    bool *is_stated; /* per column: a number that the author wrote; the others are free */
    int *equations;  /* per row */
} nb_system;

/* The system as it is when some columns have been freed. */
typedef struct nb_elimination {
    int16_t *coefficients; /* by row, then column */
    int64_t *residuals;    /* per row */
    int *freed;            /* per row: the column it was given up for, or -1 */
} nb_elimination;

/*
 * The equations that hang together with one another by common cells and have not been taken yet;
 * taken[equation] is set. NULL when all are taken.
 */
const nb_system *nb_system_next(const struct nb_report *report, bool *taken, nb_arena *arena);

nb_elimination nb_elimination_new(const nb_system *system, nb_arena *arena);
/* The system with no column freed, from the report. False when numbers are too large for it. */
bool nb_elimination_begin(const nb_system *system, const nb_form *form, nb_elimination *out);
void nb_elimination_copy(const nb_system *system, const nb_elimination *from, nb_elimination *to);
/*
 * Free a column by giving up a row where it has a coefficient. False when numbers become too large,
 * which then are of no use.
 */
bool nb_elimination_free(const nb_system *system, nb_elimination *e, int row, int column);

static inline int nb_coefficient(const nb_system *system, const nb_elimination *e, int row,
                                 int column)
{
    return e->coefficients[row * system->column_count + column];
}

#endif
