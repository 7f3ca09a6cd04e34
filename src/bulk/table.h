/* What sheets have in common, CSV or Excel: a first row of heads, and rows of as many cells. */
#ifndef NB_BULK_TABLE_H
#define NB_BULK_TABLE_H

#include "bulk/source.h"

/*
 * Take a row of cells as the heads. A finding, and NB_E_NOT_A_REPORT, when it can be none. Heads
 * that are blank at its end are no columns.
 */
nb_status nb_table_take_heads(nb_row_source *source, const nb_row *row);
/* Whether no cell holds anything: such a row is none. */
bool nb_table_is_blank(const nb_row *row);
/* The row becomes a fault when it has not one cell for each head. Blank ones at its end are cut. */
void nb_table_fit(const nb_row_source *source, nb_row *row);

#endif
