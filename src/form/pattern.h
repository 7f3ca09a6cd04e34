/*
 * Patterns of a form's text rules: Perl's regular expressions over UTF-8. {name} in one stands for
 * any of the form's words of that name.
 */
#ifndef NB_FORM_PATTERN_H
#define NB_FORM_PATTERN_H

#include "form/needs.h"
#include "form/reader.h"

typedef struct nb_pattern nb_pattern;

/*
 * The pattern that a string of a form's file is, words being the object that names lists of words
 * (NULL: none). What texts must hold for it is added to needs (NULL: not wanted). A pattern that is
 * none is a fault, and NULL. It lives as long as the reader's arena and may be used by several
 * threads.
 */
const nb_pattern *nb_pattern_read(nb_reader *reader, const nb_json *node, const nb_json *words,
                                  nb_needs *needs);
/* Whether a text that meets such needs is worth searching: false where it cannot fit anywhere. */
bool nb_pattern_may_fit(const nb_pattern *pattern, nb_need met);

/* Bytes of a text from an offset up to another. */
typedef struct nb_range {
    size_t from, to;
} nb_range;

/* What one thread needs for finding; it also keeps what was found last. */
typedef struct nb_finder nb_finder;

nb_finder *nb_finder_new(nb_arena *arena);
/*
 * The first place in a text, from an offset on, that the pattern fits. What is before the offset
 * is looked back to. A pattern that takes too long on the text fits nowhere.
 */
bool nb_pattern_find(const nb_pattern *pattern, nb_finder *finder, nb_string text, size_t start,
                     nb_range *found);
/* What the group of that name took in what was found last; false when it took no part. */
bool nb_finder_group(const nb_finder *finder, const char *name, nb_range *group);

#endif
