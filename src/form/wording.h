/*
 * Words of a report with its values in them: "{requests.received.total}" stands for the value of
 * that name (form/names.h), "{{" and "}}" for braces. After a colon stands how a number is
 * written: grouped 1,258 or chinese 一千二百五十八; else it is as the author wrote it. A date is
 * written 2026年1月20日, or with chinese 二〇二六年一月二十日, and a year 二〇二五. percent_of(NAME)
 * writes a share: 81.25%.
 *
 * The report keeps the words as they were written; whoever shows or judges them asks here.
 */
#ifndef NB_FORM_WORDING_H
#define NB_FORM_WORDING_H

#include "base/buffer.h"
#include "form/names.h"
#include "report/report.h"

typedef enum nb_wording_fault {
    NB_WORDING_GOOD,
    NB_WORDING_OPEN,         /* a brace without its partner */
    NB_WORDING_UNKNOWN_NAME, /* NB_NAME_UNKNOWN … */
    NB_WORDING_NAME_OF_ROW,
    NB_WORDING_NAME_OF_MANY,
    NB_WORDING_NO_VALUE, /* blank, missing or no number */
    NB_WORDING_UNKNOWN_STYLE,
    NB_WORDING_UNFIT_STYLE /* a style that the value cannot have */
} nb_wording_fault;

/* A part of the words that is not shown as it was written. Offsets and lengths are bytes. */
typedef struct nb_wording_part {
    size_t start, end;         /* in the filled text */
    size_t source, source_end; /* in the words as written, braces included */
    int slot;                  /* of the value; -1: a sum, a share, a brace or a fault */
    nb_wording_fault fault;    /* the part is then shown as it was written */
    size_t wrong, wrong_end;   /* of a fault: what in the written words is at fault */
} nb_wording_part;

typedef struct nb_wording {
    nb_string text;
    nb_wording_part *parts; /* in text order */
    int part_count;
} nb_wording;

/*
 * The words with the report's values filled in. Words without braces are returned as they are;
 * everything else lives in the arena.
 */
nb_wording nb_report_wording(const struct nb_report *report, nb_string words, nb_arena *arena);

/*
 * Where a byte of the filled text was written. Inside a value it is the value's opening brace;
 * the end of the text maps to the end of the words.
 */
size_t nb_wording_source(const nb_wording *wording, size_t offset);

/* The end of what is shown up to a byte of the filled text; at the end of a value, its brace. */
size_t nb_wording_source_end(const nb_wording *wording, size_t offset);

/* The words that show a text as it stands: its braces doubled. */
nb_string nb_wording_escaped(nb_string text, nb_arena *arena);

/*
 * Tell each fault of the words, rule S7, at the place of the name or brace. most is how many more
 * nearest names are looked for, and is counted down.
 */
void nb_wording_tell(const struct nb_report *report, const char *pointer, nb_string words,
                     const nb_origin *origin, int *most, nb_findings *findings);

#endif
