/* One text of two. Private to src/correction. */
#ifndef NB_CORRECTION_MERGE_H
#define NB_CORRECTION_MERGE_H

#include "correction/markup.h"

/* A range of a merged text's spans that holds one change with what stands around it. */
typedef struct nb_span_range {
    int first, end;
} nb_span_range;

typedef struct nb_merged_spans {
    nb_span *spans;
    int span_count, span_capacity;
    nb_span_range *changes;
    int change_count, change_capacity;
} nb_merged_spans;

/*
 * Sentences are compared first, and within sentences that are alike tokens. marks end a sentence;
 * without any the text is one.
 */
nb_merged_spans nb_merge_texts(const nb_text *old_text, const nb_text *new_text, nb_string marks,
                               nb_arena *arena);
/* The old text as deleted and the new one as inserted; either may be NULL. */
nb_merged_spans nb_replace_text(const nb_text *old_text, const nb_text *new_text, nb_arena *arena);

bool nb_texts_equal(const nb_text *a, const nb_text *b);
/* The spans' texts in one. */
nb_string nb_text_joined(const nb_text *text, nb_arena *arena);

#endif
