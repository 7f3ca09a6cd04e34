/* The smallest sets of cells whose change makes equations hold. Private to src/repair. */
#ifndef NB_REPAIR_SEARCH_H
#define NB_REPAIR_SEARCH_H

#include "repair/system.h"

typedef struct nb_new_value {
    int slot;
    int64_t value;
} nb_new_value;

/* One way to mend the equations of a system. */
typedef struct nb_mending {
    nb_new_value *changes; /* of numbers that the author wrote, by slot */
    int change_count;
    nb_new_value *fills; /* of cells without a number, as far as the equations settle them */
    int fill_count;
    nb_new_value *follows; /* computed values that then are others */
    int follow_count;
} nb_mending;

typedef struct nb_mendings {
    nb_mending *list; /* those with fewer changes first, else in a fixed order */
    int count;
    bool is_complete; /* all with the fewest changes are there, and there are none with fewer */
} nb_mendings;

/* What a search may spend, and what it may find. */
typedef struct nb_search_limits {
    int most_changes; /* in one mending */
    int most_nodes;   /* sets of cells looked at */
    int most_found;
} nb_search_limits;

extern const nb_search_limits nb_search_default_limits;

/*
 * Every smallest set of numbers to change so that all equations of the system can hold, with the
 * values that they then must have; and those with one change more, when that is little work.
 *
 * The search frees cells one after the other. Among the equations that still fail it takes the one
 * with the fewest cells, of which one must be wrong, and tries each; the number of cells is raised
 * from 0 until something is found, so that nothing smaller is missed. A set is passed over when the
 * equations that fail outnumber, taken without common cells, what may still be freed. Values are
 * whole, from 0 to 2^53, and settled by the equations: sets whose cells could take many values are
 * none.
 */
nb_mendings nb_search(const struct nb_report *report, const nb_system *system,
                      nb_search_limits limits, nb_arena *arena);

#endif
