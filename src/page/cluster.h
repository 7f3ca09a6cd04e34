/* The glyphs of a run that stand together for one text. */
#ifndef NB_PAGE_CLUSTER_H
#define NB_PAGE_CLUSTER_H

#include "page/page.h"

/*
 * Most often one glyph for one character; more glyphs for an accented letter, more text for a
 * ligature.
 */
typedef struct nb_cluster {
    int first, count; /* of the run's glyphs */
    nb_string text;   /* borrowed from the run */
} nb_cluster;

/* The cluster after *cluster, which begins as {0}; false after the last. */
bool nb_run_next_cluster(const nb_glyph_run *run, nb_cluster *cluster);

#endif
