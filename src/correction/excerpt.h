/* Words before or after a change, shortened so that it is seen among its neighbours. */
#ifndef NB_CORRECTION_EXCERPT_H
#define NB_CORRECTION_EXCERPT_H

#include "doc/document.h"

/*
 * The text of spans as it was before (NB_DELETED) or is after (NB_INSERTED) the change, on one
 * line. Of a long text what was kept is cut to a few characters next to the change, and what
 * changed to its ends; …… stands for what is left out. Numbers and words are never cut in two.
 */
nb_string nb_change_excerpt(const nb_span *spans, int count, nb_change side, nb_arena *arena);

#endif
