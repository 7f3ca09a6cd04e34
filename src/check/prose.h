/*
 * The texts of a report as the checks walk through them: each paragraph, heading, caption and title
 * line with its section, what its number makes of it, and the places of its characters. Private to
 * src/check.
 */
#ifndef NB_CHECK_PROSE_H
#define NB_CHECK_PROSE_H

#include "form/form.h"
#include "form/heading.h"
#include "form/needs.h"
#include "form/wording.h"
#include "report/report.h"

typedef struct nb_prose {
    const nb_form_part *part; /* the section; NULL for a line of the title */
    int part_index;           /* of the form's parts; -1 */
    const nb_item *item;
    const char *list;   /* the list's pointer: "/sections/overview" */
    int index;          /* of the item in it */
    nb_wording wording; /* the item's words with the report's values in them … */
    nb_string text;     /* … which is what readers see */
    /* as readers see it too: an item's stated style may make a heading of it, or a paragraph */
    nb_prose_look look;
    nb_need met; /* by the text, of what the form's patterns need */
} nb_prose;

/* The title lines that the report states, *count of them. */
const nb_prose *nb_prose_of_title(const nb_report *report, nb_arena *arena, int *count);
/* The texts of all sections, notes below tables too, in the order of the form's parts. */
const nb_prose *nb_prose_of_parts(const nb_report *report, const nb_page_style *style,
                                  nb_arena *arena, int *count);

typedef struct nb_span_place {
    nb_place place;
    int length; /* in characters of the source; 0 when unknown */
} nb_span_place;

/* Where the characters of the text between two offsets in bytes were written. */
nb_span_place nb_prose_place(const nb_prose *prose, size_t from, size_t to, const char *file,
                             nb_arena *arena);

#endif
