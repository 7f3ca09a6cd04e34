/* What the files of src/import share. Private to the folder. */
#ifndef NB_IMPORT_RECOGNISE_H
#define NB_IMPORT_RECOGNISE_H

#include "form/fill.h"
#include "form/label_variants.h"
#include "form/wording.h"

/* One line of the text, without its tab, its line end and the blanks around it. */
typedef struct nb_text_line {
    nb_string text;
    int line;
    int column;        /* of the first character that is not blank */
    nb_string control; /* as nb_item has it */
    bool is_aside; /* beside the report: a title may stand there, but nothing need be told of it */
} nb_text_line;

/* A cell of a row: the line that its tab began, and the lines that went on with it. */
typedef struct nb_text_cell {
    nb_text_line *lines;
    int line_count;
    int line_capacity;
    nb_string text; /* the lines cleaned and joined, once the row is whole */
} nb_text_cell;

typedef struct nb_text_row {
    nb_text_cell *cells;
    int cell_count;
    int cell_capacity;
    bool placed;
} nb_text_row;

enum { NB_MOST_TEXT_ROWS = 2000 }; /* in a run that is matched as one */

/* Rows with nothing but blank lines between them. */
typedef struct nb_text_rows {
    nb_text_row *rows;
    int count;
    int capacity;
} nb_text_rows;

typedef struct nb_importer nb_importer;

/* A table of the form, and what of it is found. */
typedef struct nb_text_table {
    const nb_form_table *form;
    const nb_importer *importer;
    int *row_starts; /* per row and one more: its first cell in form->cells */
    bool *placed;    /* per row: its values are there */
} nb_text_table;

enum { NB_MOST_TITLE_HINTS = 4 };

struct nb_importer {
    const nb_form *form;
    nb_report *report;
    nb_arena *arena;
    nb_findings *findings;
    nb_finder *finder;
    int deviation_capacity;
    int unplaced;                            /* findings of rule I2 so far */
    bool found_values;                       /* a table has given some */
    nb_text_table *tables;                   /* one per table of the form */
    uint16_t *scores;                        /* room for the alignment of a run, reused */
    int *places;                             /* room for the cells of a row, reused */
    nb_text_line hints[NB_MOST_TITLE_HINTS]; /* where a title may be when the text has none */
    int hint_count;
};

/* gather: the parts of a text, taken one after the other */

typedef struct nb_gathering nb_gathering;

nb_gathering *nb_gather_begin(const nb_form *form, const char *name, nb_arena *arena,
                              nb_findings *findings);
/* Begin a part when the line is its heading. A line of a row must be one letter by letter. */
bool nb_gather_heading(nb_gathering *g, const nb_text_line *line, bool is_cell);
void nb_gather_paragraph(nb_gathering *g, const nb_text_line *line);
/* A line with nothing in it: an empty cell, when cells stand line by line. */
void nb_gather_empty_line(nb_gathering *g, const nb_text_line *line);
/* A line that stands among rows: a stretch of one of the form's texts, or else a paragraph. */
void nb_gather_loose_line(nb_gathering *g, const nb_text_line *line);
/* A row, a cell of the last row, a line of the last cell. */
void nb_gather_row(nb_gathering *g);
void nb_gather_cell(nb_gathering *g);
void nb_gather_cell_line(nb_gathering *g, nb_string text, int line, int column);
void nb_gather_end_row(nb_gathering *g);
/* No more rows of this table follow. */
void nb_gather_end_run(nb_gathering *g);
void nb_gather_title_hint(nb_gathering *g, const nb_text_line *line);
/* *out, or NB_E_NOT_A_REPORT with a finding when nothing of the form was found. */
nb_status nb_gather_end(nb_gathering *g, nb_report **out);

/* comparing: comparison of texts as readers see them */

/* Whether two texts are the same but for blanks and for full or half width. */
bool nb_same_text(nb_string a, nb_string b);
/* Whether their letters and digits are the same, and there are some. */
bool nb_same_label(nb_string a, nb_string b);
/* Whether there is anything in the text but marks and blanks. */
bool nb_has_letters(nb_string text);
/* Whether a text that is no number is a stretch of the label, as where a page ends in its cell. */
bool nb_is_label_part(nb_string part, nb_string label);
/* Move the label past the part, when it begins with it. */
bool nb_skip_label_part(nb_string *label, nb_string part);
/* The half-width character for a full-width one; any other as it is. */
uint32_t nb_fold_width(uint32_t c);

/* cleaning: what the extraction left in a text */

void nb_tell_tidied(nb_importer *importer, nb_place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void nb_tell_unplaced(nb_importer *importer, const nb_text_line *line, nb_string text);
/*
 * The line's text in the arena, without leftovers of the extraction. What was taken out is told
 * with the pointer of the value that the text is for; nothing is told when that is NULL.
 */
nb_string nb_cleaned(nb_importer *importer, const nb_text_line *line, const char *pointer);
/* The same as an item of a list: words of a report, with the places of their characters. */
nb_item nb_cleaned_item(nb_importer *importer, const nb_text_line *line, const char *pointer);
/* The cell's lines one after the other, each cleaned. */
nb_string nb_joined(nb_importer *importer, const nb_text_cell *cell, const char *pointer,
                    nb_string between);
/* The text is a number, whatever its digits and what groups them. */
bool nb_is_number(nb_string text);
/* The first line of a cell that says something, or its first. */
const nb_text_line *nb_first_line(const nb_text_cell *cell);
/* Put what a cell shows into the value of the report that stands in the form's cell. */
void nb_import_value(nb_importer *importer, const nb_form_cell *own, const nb_text_cell *cell);

/* deviations */

/* Note that the report has other words than the form's; the same words are noted once. */
void nb_note_deviation(nb_importer *importer, nb_deviation deviation);

/* heading */

enum { NB_LONGEST_HEADING = 400 }; /* bytes */

/* A part of the form, as a line begins it. */
typedef struct nb_heading {
    int part;         /* -1: none */
    bool is_exact;    /* letter by letter */
    bool in_brackets; /* its number is: （二） */
} nb_heading;

/*
 * The part whose heading the text is, after the current one. Headings are also known by another
 * number, or none (extractions lose what a word processor counts), and by their own number and most
 * of their words.
 */
nb_heading nb_heading_of(const nb_form *form, nb_string text, nb_heading current);

/* Whether the text has the words of the part's heading, after any number that is not in brackets. */
bool nb_is_heading_in_words(const nb_form *form, int part, nb_string text);

/* Whether the text begins with a number as headings and items do: 二、 or （二） or 2. */
bool nb_begins_with_number(nb_string text);

/* tables */

/* Note it when the cell has other words for this label of the form. */
void nb_note_label(nb_importer *importer, nb_string label, const nb_text_cell *cell);

void nb_tables_begin(nb_importer *importer);
/* Whether the text is a stretch of one that stands in a table of the form, or marks alone. */
bool nb_is_of_tables(const nb_importer *importer, nb_string text);
/* Place the rows of a run in the tables of the form. False when no table has any of them. */
bool nb_import_rows(nb_importer *importer, nb_text_rows *run);

/* strung_cells */

/*
 * Place the values of a table of the form whose cells stand line by line among these lines, empty
 * ones among them, and mark the lines that are of the table. When some of its rows are not what the
 * form says, that is told as an error of rule S4, and its lines are marked too.
 */
void nb_import_strung_cells(nb_importer *importer, const nb_form_table *form,
                            const nb_text_line *lines, int count, bool *taken);

/* title */

/* Take title, agency and year from the lines before the first heading. */
void nb_import_title(nb_importer *importer, const nb_text_line *from, int from_count);

/*
 * How many of the texts, at their end, are a title of this form, at most as many as given; *title
 * is what they say together.
 */
int nb_title_at_end(nb_importer *importer, const nb_string *texts, int count, nb_string *title);

/* closing */

/*
 * Take list of attachments, signature and date from the end of the last section's text, and
 * shorten it.
 */
void nb_import_closing(nb_importer *importer, const nb_item *items, int *count);

#endif
