/* What the files of src/merge share. Private to the folder. */
#ifndef NB_MERGE_MERGING_H
#define NB_MERGE_MERGING_H

#include "base/tokens.h"
#include "doc/document.h"
#include "merge/merge.h"

typedef struct nb_merging {
    nb_report *base;
    nb_report *was, *is, *bound; /* bound may be NULL */
    nb_report *merged;
    bool *is_edited; /* per slot, of numbers */
    bool title_is_lost;
    nb_string signature; /* as the text has it; empty: as the title has it */
    nb_place signature_place;
    nb_severity severity;
    nb_arena *arena;
    nb_findings *findings;
    int edits;
} nb_merging;

bool nb_merge_is_same(nb_merging *m, nb_string a, nb_string b);
/* A finding of rule I5: an edit that was taken. */
void nb_merge_tell(nb_merging *m, nb_place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Rule I4: what cannot be taken and is left as it was. */
void nb_merge_warn(nb_merging *m, nb_place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The beginning of a text for a message. */
const char *nb_merge_excerpt(nb_merging *m, nb_string text);

/*
 * Signature and date that the recogniser did not know, since the agency beside them is no longer
 * that of the title, are taken out of the last section's text.
 */
void nb_merge_closing(nb_merging *m);
void nb_merge_values(nb_merging *m);
void nb_merge_prose(nb_merging *m);

/* The document as a file would give it, with what its controls are bound to; values may be NULL. */
nb_extract *nb_merge_extract_of(const nb_document *document, const nb_extract_values *values,
                                nb_arena *arena, nb_findings *findings);

#endif
