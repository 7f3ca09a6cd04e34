/*
 * A form, loaded from layouts/: everything that is particular to one kind of report. It is not
 * changed after loading, so workers share it.
 *
 * The form's fields are the tree of the JSON model. Each value that the model can hold has a
 * slot: fields in the form's order, an entry of a vector after the other. Tables, rules and
 * parts name values by JSON Pointer in the file and by slot here.
 */
#ifndef NB_FORM_FORM_H
#define NB_FORM_FORM_H

#include "base/arena.h"
#include "base/findings.h"
#include "base/length.h"
#include "base/utf8.h"

typedef enum nb_field_kind {
    NB_FIELD_GROUP,
    NB_FIELD_TEXT, /* one line of text */
    NB_FIELD_YEAR,
    NB_FIELD_DATE, /* YYYY-MM-DD */
    NB_FIELD_FLAG,
    NB_FIELD_LINES,   /* a list of one-line texts */
    NB_FIELD_PROSE,   /* a list of paragraphs and headings */
    NB_FIELD_COUNT,   /* a whole number from 0 */
    NB_FIELD_CHANGE,  /* a whole number, by how much a count grew; shown with its sign */
    NB_FIELD_AMOUNT,  /* a decimal from 0, kept as written */
    NB_FIELD_RECORDS, /* a list of records, each with the values of the field's children */
    NB_FIELD_VECTOR   /* a row of counts whose last may be the total of the others */
} nb_field_kind;

/* The entries of a row of counts. The last is the total; the row may be written without it. */
typedef struct nb_vector {
    nb_string name;
    nb_string *keys;    /* what each is called in a {name}: natural_person … total */
    nb_string *entries; /* and in the report: 自然人 … 总计 */
    int count;
} nb_vector;

typedef struct nb_field {
    nb_string key;
    nb_field_kind kind;
    bool required;
    nb_string label; /* what a group is called; may be empty */
    const nb_vector *vector;
    const struct nb_field *parent; /* NULL for the root */
    struct nb_field *children;
    int child_count;
    /* of its first value; a group's first child's; of a child of records its place in a record */
    int slot;
    int slot_count;
} nb_field;

typedef struct nb_slot {
    const nb_field *field;
    int entry;           /* in the field's vector, else 0 */
    const char *pointer; /* "/requests/received/0" */
    /*
     * from the table that shows it: "一、本年新收政府信息公开申请数量 · 自然人"; else what the form
     * calls it, the heading of its part, or the pointer
     */
    const char *label;
    const char *row_label;             /* the part of the label before " · " */
    const struct nb_form_table *table; /* that shows it, or NULL */
} nb_slot;

/* One relation between values: the sum of parts equals the sum of totals. */
typedef struct nb_equation {
    const struct nb_rule *rule;
    const int *parts;
    int part_count;
    const int *totals;
    int total_count; /* the finding points at the first */
    bool computes;   /* the only total may be left out and is then computed */
} nb_equation;

/* Something that the form demands. Ids are stable; several of the form's rules may share one. */
typedef struct nb_rule {
    const char *id;
    nb_severity severity;
    const char *name[2]; /* what it says, in a line, by nb_language */
    const char *clause;
    /* of a rule of arithmetic */
    const char *hint[2];  /* by nb_language */
    const char *parts[2]; /* what the parts are called in a message */
    const char *totals[2];
} nb_rule;

/*
 * A value that the report on the year before settles: it is the sum of previous and plus less
 * minus. Of a row this holds for each entry.
 */
typedef struct nb_relation {
    const nb_rule *rule;
    const char *form; /* id of the form of the previous report */
    int slot;         /* the first of entry_count, as those of plus and minus are */
    int entry_count;
    const nb_string *previous; /* pointers of values of that form */
    int previous_count;
    const int *plus;
    int plus_count;
    const int *minus;
    int minus_count;
} nb_relation;

/* How like last year's a text may be. */
typedef struct nb_likeness {
    const nb_rule *rule;
    const int *sections; /* slots of the texts that are compared one by one … */
    int section_count;
    const int *whole; /* … and of those that are compared together */
    int whole_count;
    int least_percent;    /* of the text that the two have in common */
    int least_characters; /* a shorter text may well be the same */
} nb_likeness;

/* The numbers that are to be the sums of those in the reports of the agencies below. */
typedef struct nb_child_rule {
    const nb_rule *rule;
    const int *slots;
    int slot_count;
} nb_child_rule;

/* A unit that a number in a published table may have: 10^places of it are one of the form's own. */
typedef struct nb_read_unit {
    nb_string name;
    int places;
} nb_read_unit;

/* Which paragraph style of the page style a cell takes is its role: "table_" + role. */
typedef struct nb_form_cell {
    nb_string
        text; /* a fixed text, where slot is -1 and there is no member; "\n" is a forced line break */
    int slot;
    nb_string unit;                 /* shown after the number of a value; may be empty */
    const nb_read_unit *read_units; /* those that import takes off a value, its own aside */
    int read_unit_count;
    const char *role;       /* "head", "band", "group", "label", "value" or "text" */
    const nb_field *member; /* in a row that repeats: which value of the record; NULL: none */
    bool vertical;          /* the text runs downwards */
    int row;
    int column;
    int row_span;
    int column_span;
} nb_form_cell;

typedef struct nb_form_table {
    nb_string name;
    nb_string number;  /* what lists call it: 表三; may be empty */
    nb_string caption; /* for readers who cannot see it */
    nb_string description;
    nb_length *columns; /* widths, whole twips */
    int column_count;
    int row_count;
    int head_rows;            /* repeated on each page the table goes on to */
    const nb_field **repeats; /* per row: the records it stands once for each of, or NULL */
    nb_form_cell *cells;      /* by row, then column */
    int cell_count;
    int *grid; /* row * column_count + column: index of the cell there, and one more; 0: none */
} nb_form_table;

/* A section of the report: a heading, then words of the form's own, a table, prose; each if any. */
typedef struct nb_form_part {
    int when_slot; /* the part stands only where this value is stated, and a flag true; -1: always */
    nb_string heading;
    nb_string text;             /* a paragraph with values named in it */
    int prose_slot;             /* -1: none */
    const nb_form_table *table; /* NULL: none */
} nb_form_part;

typedef struct nb_form {
    const char *id;
    nb_string name;
    const char *source; /* the official text */
    const char *style;  /* name of its page style */
    nb_field *root;
    nb_slot *slots;
    int slot_count;
    nb_vector *vectors;
    int vector_count;
    const nb_rule **rules; /* all of them, whatever kind */
    int rule_count;
    int rule_capacity;
    struct nb_label_variant *label_variants; /* form/label_variants.h */
    int label_variant_count;
    struct nb_text_check *text_checks; /* form/text_rules.h */
    int text_check_count;
    struct nb_needs *needs;    /* of the patterns in them: form/needs.h */
    int first_year, last_year; /* of the reports that it is for; 0: no limit */
    nb_equation *equations;
    int equation_count;
    nb_relation *relations;
    int relation_count;
    nb_likeness likeness;   /* without sections when the form has no such rule */
    nb_child_rule children; /* without slots when the form has no such rule */
    nb_form_table *tables;
    int table_count;
    nb_form_part *parts;
    int part_count;
    const struct nb_claims *claims;       /* form/claims.h; NULL: none */
    nb_string attachments_label;          /* "附件：" */
    int attachments_slot, signature_slot; /* -1: the form has none */
    const struct nb_json *phrases;        /* words for programs that fill in the form; NULL: none */
    nb_string *title;                     /* default lines, with {agency} and {year} to fill */
    int title_count;
    /* what titles and metadata need by meaning; date_slot -1: none */
    int title_slot, agency_slot, year_slot, date_slot;
} nb_form;

/* Load the form from JSON text. Errors in the file are findings (rule "F") and NB_E_RESOURCE. */
nb_status nb_form_load(nb_string json, const char *name, nb_arena *arena, nb_findings *findings,
                       const nb_form **out);

/* The rule of that id, or NULL. */
const nb_rule *nb_form_rule(const nb_form *form, const char *id);
/* Whether a field of that kind holds numbers: a row of them too. */
bool nb_is_number_kind(nb_field_kind kind);
/* The field that a pointer names, a group or a vector too, or NULL. */
const nb_field *nb_form_field(const nb_form *form, nb_string pointer);
/* A phrase of the form, "" when it has none of that name. */
nb_string nb_form_phrase(const nb_form *form, const char *name);
/* The same with words in place of {mark}. */
nb_string nb_form_phrase_with(const nb_form *form, const char *name, const char *mark,
                              nb_string words, nb_arena *arena);
const nb_vector *nb_form_vector(const nb_form *form, nb_string name);
/* The slot that a pointer names, or -1. */
int nb_form_slot(const nb_form *form, nb_string pointer);
/* The cell of a table that stands or spans at a grid position, or NULL. */
const nb_form_cell *nb_form_cell_at(const nb_form_table *table, int row, int column);

#endif
