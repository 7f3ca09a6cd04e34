/* The glyphs of a run that stand together for one text. */
#ifndef NB_PAGE_CLUSTER_H
#define NB_PAGE_CLUSTER_H

#include "page/page.h"

#include <assert.h>

/*
 * Most often one glyph for one character; more glyphs for an accented letter, more text for a
 * ligature.
 */
typedef struct nb_cluster {
    int first, count; /* of the run's glyphs */
    nb_string text;   /* borrowed from the run */
} nb_cluster;

/* The cluster after *cluster, which begins as {0}; false after the last. */
static inline bool nb_run_next_cluster(const nb_glyph_run *run, nb_cluster *cluster)
{
    int first = cluster->first + cluster->count;
    if (first >= run->glyph_count)
        return false;
    int end = first + 1;
    uint32_t begins = run->glyphs[first].cluster;
    while (end < run->glyph_count && run->glyphs[end].cluster == begins)
        end++;
    size_t ends = end < run->glyph_count ? run->glyphs[end].cluster : run->text.length;
    assert(begins <= ends && ends <= run->text.length);
    *cluster = (nb_cluster){ first, end - first, { run->text.data + begins, ends - begins } };
    return true;
}

#endif
