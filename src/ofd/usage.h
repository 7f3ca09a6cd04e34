/* Which glyphs of which faces the pages show, and which characters they stand for. */
#ifndef NB_OFD_USAGE_H
#define NB_OFD_USAGE_H

#include "page/cluster.h"
#include "text/subset.h"

/* A character that one glyph draws alone. */
typedef struct nb_ofd_character {
    uint32_t code_point;
    uint32_t glyph; /* in the face's file */
} nb_ofd_character;

typedef struct nb_ofd_face {
    const nb_face *face;
    uint32_t *glyphs; /* ids in the face's file, ascending */
    int glyph_count;
    nb_ofd_character *characters; /* ascending; each once, with the glyph of its first use */
    int character_count;
    /* Set when the face is embedded. */
    nb_subset subset;
    int font_id;           /* in the package */
    const char *file_name; /* in the package's folder of resources */
} nb_ofd_face;

typedef struct nb_ofd_usage {
    nb_ofd_face *faces; /* in order of first use */
    int face_count;
} nb_ofd_usage;

nb_ofd_usage nb_ofd_usage_of(const nb_pages *pages, nb_arena *arena);

/* What was found for a face of the pages. */
const nb_ofd_face *nb_ofd_usage_face(const nb_ofd_usage *usage, const nb_face *face);
/* The place of a glyph among the face's. */
int nb_ofd_face_index(const nb_ofd_face *face, uint32_t glyph);

/* Glyphs that stand together for one text: most often one glyph for one character. */
typedef struct nb_ofd_cluster {
    int first, count; /* of the run's glyphs */
    nb_string text;
    uint32_t code_point; /* of its first character */
    int characters;
    bool is_plain; /* one glyph for one character of the basic plane */
} nb_ofd_cluster;

/* The cluster after *cluster, which begins as {0}; false after the last. */
bool nb_ofd_cluster_next(const nb_glyph_run *run, nb_ofd_cluster *cluster);

#endif
