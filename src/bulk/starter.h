/* What an office begins with: a template of a form that names a column for each value. */
#ifndef NB_BULK_STARTER_H
#define NB_BULK_STARTER_H

#include "base/buffer.h"
#include "form/form.h"

typedef struct nb_starter {
    nb_string template; /* JSON */
    nb_string *heads;   /* of the columns, in the template's order; no two are the same */
    int head_count, head_capacity;
} nb_starter;

/* All lives in the arena. Totals that are computed have no column. */
nb_starter *nb_starter_new(const nb_form *form, nb_arena *arena);
/* A sheet with the heads only. */
nb_string nb_starter_csv(const nb_starter *starter, nb_arena *arena);
nb_status nb_starter_xlsx(const nb_starter *starter, nb_arena *arena, nb_findings *findings,
                          nb_string *out);

#endif
