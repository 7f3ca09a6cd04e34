/* How far a bulk run is: a line on a terminal, or JSON lines for machines. */
#ifndef NB_CLI_BULK_PROGRESS_H
#define NB_CLI_BULK_PROGRESS_H

#include <nianbao/nianbao.h>

typedef struct nb_bulk_meter {
    nb_language language;
    bool as_json;
    double started; /* in seconds; set by nb_bulk_meter_is_shown */
} nb_bulk_meter;

/* Progress is to be shown. The clock starts. */
bool nb_bulk_meter_is_shown(nb_bulk_meter *meter, bool is_quiet);
/* For nb_bulk_options: context is an nb_bulk_meter. */
void nb_bulk_meter_show(void *context, const nb_bulk_progress *progress);

#endif
