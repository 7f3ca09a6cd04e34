/* What a correction holds. Private to the folder. */
#ifndef NB_API_CORRECTION_H
#define NB_API_CORRECTION_H

#include "api/publication.h"
#include "correction/describe.h"
#include "form/form.h"

struct nb_correction {
    nb_arena *arena; /* where the correction itself lives */
    nb_report *old_report, *new_report, *note_report;
    nb_publication *old_publication, *new_publication, *note; /* dropped with the arena */
    const nb_form *note_form;
    nb_markup_origin origin;
    nb_string reason;
    nb_markup *markup;
    nb_correction_change *changes;
    size_t error_count, warning_count; /* findings of the new report */
    nb_correction_file *files;         /* NULL until they are written */
};

#endif
