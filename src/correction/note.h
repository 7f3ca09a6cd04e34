/* The note that tells readers what was corrected: a report of its own form. */
#ifndef NB_CORRECTION_NOTE_H
#define NB_CORRECTION_NOTE_H

#include "base/buffer.h"
#include "form/form.h"

#define NB_CORRECTION_NOTE_FORM "correction-note"

typedef struct nb_note {
    nb_string agency;
    int year;
    nb_string date;      /* YYYY-MM-DD or empty */
    nb_string title;     /* of the report that is corrected */
    nb_string reason;    /* or empty */
    bool relations_hold; /* numbers were corrected, and they add up now */
    const nb_correction_change *changes;
    int change_count;
} nb_note;

/* The note as JSON of the form. */
void nb_correction_note_write(const nb_note *note, const nb_form *form, nb_buffer *out);

#endif
