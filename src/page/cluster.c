#include "page/cluster.h"

#include <assert.h>

bool nb_run_next_cluster(const nb_glyph_run *run, nb_cluster *cluster)
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
