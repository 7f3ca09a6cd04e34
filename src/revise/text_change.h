/* Changes being listed, and those of one text. Private to src/revise. */
#ifndef NB_REVISE_TEXT_CHANGE_H
#define NB_REVISE_TEXT_CHANGE_H

#include "base/arena.h"
#include "base/utf8.h"
#include <nianbao/nianbao.h>

typedef struct nb_change_list {
    nb_report_change *changes;
    int count;
    int capacity;
    nb_arena *arena;
} nb_change_list;

/* A change without texts and places, to be filled in before the next one is added. */
nb_report_change *nb_change_list_add(nb_change_list *list, nb_report_change_kind kind,
                                     const char *label);

/* The sentences in which two texts differ, and where in them. Places are left to the caller. */
void nb_list_text_changes(nb_change_list *list, const char *label, nb_string old_text,
                          nb_string new_text);

#endif
