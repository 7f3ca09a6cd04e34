/* How a report is read. Private to the folder. */
#ifndef NB_API_READING_H
#define NB_API_READING_H

#include "api/library.h"

typedef struct nb_report_reading {
    nb_library *library;
    nb_string bytes;
    const char *name;
    bool ignores_carried, keeps_carried;
    const nb_watch *watch; /* NULL: none */
    nb_findings *findings;
    nb_arena *arena;
    nb_report *report; /* out */
    bool is_draft;     /* the file says that it is one */
} nb_report_reading;

/*
 * Run body, which makes a report of what is being read, in an arena that becomes the report's own.
 */
nb_status nb_reading_run(nb_report_reading *reading, nb_status (*body)(void *context),
                         nb_report **out);
/* Read the bytes as a report's JSON. context is the reading. */
nb_status nb_reading_load(void *context);

/*
 * Tell what reading a report would find that was changed since it was read, and keep whether that
 * are errors. Places are pointers only.
 */
nb_status nb_report_reread(nb_report *report, nb_findings *findings);

#endif
