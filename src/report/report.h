/*
 * A report: the values of a form, in the form's order of slots.
 * form/fill.h makes one from JSON; check, doc and the importers read and write its values.
 */
#ifndef NB_REPORT_REPORT_H
#define NB_REPORT_REPORT_H

#include "base/arena.h"
#include "base/findings.h"

/*
 * One string of a list value: a line of the title, a paragraph or heading of a section; or a
 * picture.
 */
typedef struct nb_item {
    nb_string style; /* an override of the style that the text itself shows; empty: none */
    nb_string text;  /* of a picture its caption, empty for none */
    /*
     * a path below the report's folder, or a data: address with the file itself; empty: no picture
     */
    nb_string picture;
    nb_string alt; /* of a picture: what it shows, in words */
    /* where it was read from: JSON Pointer of the value whose content control it stood in; or "" */
    nb_string control;
    nb_string width; /* of a picture: "120mm"; empty: as wide as it is by itself */
    int line;
    int column;
    nb_origin origin; /* the places of the characters of text */
} nb_item;

typedef struct nb_value {
    nb_value_state state;
    int64_t number; /* of a count, a year, a flag (0 or 1) */
    nb_string text; /* as it is printed; a number stays as it was written */
    /* an invalid value was written as a string, or another value that is not a number */
    bool quoted;
    nb_item *items; /* of a list */
    int item_count;
    int item_capacity;         /* of items that were added one by one */
    struct nb_value **records; /* of a list of records: the values of each, in the field's order */
    int record_count;
    int line;
    int column;
} nb_value;

/* Whether the value is a number, in a field that holds numbers. */
static inline bool nb_value_is_number(const nb_value *value)
{
    return value->state == NB_VALUE_STATED || value->state == NB_VALUE_COMPUTED;
}
/* What of a form's own words a published report had otherwise. */
typedef enum nb_deviation_kind {
    NB_DEVIATION_LABEL,
    NB_DEVIATION_HEADING,
    NB_DEVIATION_ORDER /* a heading that stands after one that it precedes: the official one */
} nb_deviation_kind;

typedef struct nb_deviation {
    nb_deviation_kind kind;
    bool is_former;     /* the words of the form before */
    nb_string seen;     /* as the report had it */
    nb_string official; /* as the form has it */
    int line, column, length;
} nb_deviation;

/* What a report says of one of the rules that it is checked by. */
typedef struct nb_rule_choice {
    nb_rule_setting setting;
    bool has_severity;  /* the setting says something */
    nb_string deadline; /* "01-28", by when the report is to be published; empty: not said */
    nb_string reason;   /* never empty */
    int line, column;
    const char *pointer;
} nb_rule_choice;

struct nb_form;

struct nb_report {
    nb_arena *arena; /* the report itself lives in it */
    const struct nb_form *form;
    nb_library *library;      /* with which it was read; NULL in tests */
    const char *name;         /* of the input, for findings */
    nb_value *values;         /* one per slot of the form */
    nb_deviation *deviations; /* that were seen when it was imported, in the order of its text */
    int deviation_count;
    nb_rule_choice *choices; /* its "checks" */
    int choice_count;
    bool is_draft;       /* imported from a file that says so */
    bool is_edited;      /* since it was read or checked, so that faults may be new */
    bool has_errors;     /* errors were found when it was read, so that it is not built as it is */
    nb_string canonical; /* cached; empty until asked for */
};

#endif
