/*
 * What is read out of a published file before any form is asked: text, rows and cells in reading
 * order, with the places where they stand; and the report's own JSON when the file carries it.
 *
 *   DOCX    word/document.xml, or the part that the package names     docx.c
 *   PDF     its text by place, and report.json attached to it                pdf.c, placed.h
 *   HTML    a page of any charset that iconv knows                    html.c
 *   text    UTF-8, GB18030 or UTF-16                                  encoding.c
 */
#ifndef NB_IMPORT_EXTRACT_H
#define NB_IMPORT_EXTRACT_H

#include "form/form.h"
#include "report/report.h"

typedef struct nb_extract nb_extract;

/*
 * Tell by its first bytes what the file is, and read it. Places in a DOCX are numbers of
 * paragraphs, in a PDF of pages, in HTML of lines. Rules: I1 (information) what was passed over, I4 (warning) what was
 * taken in a way that its author may not have meant, IO (error) why the file cannot be read.
 * Nothing is fetched from elsewhere. marks, which ends with NULL and may be NULL, are lines that plain text
 * has besides the report: where a draft's pages begin. bytes and name are borrowed for as long as *out, which lives
 * in the arena.
 *
 * NB_E_NOT_A_REPORT with a finding when the file is damaged, encrypted, of another kind, or larger
 * than a report can be.
 */
nb_status nb_extract_read(nb_string bytes, const char *name, const char *const *marks,
                          nb_arena *arena, nb_findings *findings, nb_extract **out);
/* The file is plain text, whose lines alone tell what they are. */
bool nb_is_plain_text(nb_string bytes);

/* The JSON that the file carries, or an empty string. It is JSON, but perhaps not a report. */
nb_string nb_extract_carried(const nb_extract *extract);
/* Whether that JSON has the SHA-256 that the file states; true when it states none. */
bool nb_extract_is_as_stated(const nb_extract *extract);

/* What a content control of an editable report holds. */
typedef struct nb_extract_value {
    nb_string key;
    nb_string pointer;
    bool is_value;  /* it has a text of its own in the file, beside what is shown */
    nb_string text; /* of a value */
} nb_extract_value;

typedef struct nb_extract_values {
    nb_extract_value *list;
    int count;
    int capacity;
} nb_extract_values;

/* What the file says of its content controls; none in a file that is not editable. */
const nb_extract_values *nb_extract_controls(const nb_extract *extract);
/* The file says that it is a draft: beside the data that it carries, or plain text by a mark. */
bool nb_extract_is_draft(const nb_extract *extract);
/* The file is a DOCX, whose text anyone can have edited. */
bool nb_extract_is_docx(const nb_extract *extract);

typedef enum nb_event_kind {
    NB_EVENT_PARAGRAPH,
    NB_EVENT_LOOSE_LINE, /* a paragraph, or a stretch of a label */
    NB_EVENT_ROW,
    NB_EVENT_CELL,
    NB_EVENT_CELL_LINE,
    NB_EVENT_END_OF_TABLE
} nb_event_kind;

/* An extract that is filled with what a file would give, to be recognised like one. */
nb_extract *nb_extract_new(const char *name, nb_arena *arena, nb_findings *findings);
/* text is borrowed; control as nb_item has it. */
void nb_extract_add_controlled(nb_extract *extract, nb_event_kind kind, nb_string text, int line,
                               nb_string control);

/* The date of a text such as 2026年1月20日 as YYYY-MM-DD, or NULL. */
const char *nb_import_date(nb_arena *arena, nb_string text);

/* Recognise a report of this form; as nb_import_text, whose rules hold here too. */
nb_status nb_import_extract(const nb_form *form, const nb_extract *extract, nb_arena *arena,
                            nb_findings *findings, nb_report **out);

#endif
