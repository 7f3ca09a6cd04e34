/* What a marked change is called, and its words before and after. */
#ifndef NB_CORRECTION_DESCRIBE_H
#define NB_CORRECTION_DESCRIBE_H

#include "correction/markup.h"

/*
 * A description of each change of the markup, in its order. form is the report's, and gives the
 * names of its cells; note the form of the correction note, and gives all other words. Everything
 * lives in the arena.
 */
nb_correction_change *nb_describe_changes(const nb_markup *markup, const nb_form *form,
                                          const nb_form *note, nb_arena *arena);

#endif
