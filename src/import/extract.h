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
 * Nothing is fetched from elsewhere. bytes and name are borrowed for as long as *out, which lives
 * in the arena.
 *
 * NB_E_NOT_A_REPORT with a finding when the file is damaged, encrypted, of another kind, or larger
 * than a report can be.
 */
nb_status nb_extract_read(nb_string bytes, const char *name, nb_arena *arena, nb_findings *findings,
                          nb_extract **out);

/* The JSON that the file carries, or an empty string. It is JSON, but perhaps not a report. */
nb_string nb_extract_carried(const nb_extract *extract);
/* Whether that JSON has the SHA-256 that the file states; true when it states none. */
bool nb_extract_is_as_stated(const nb_extract *extract);

/* Recognise a report of this form; as nb_import_text, whose rules hold here too. */
nb_status nb_import_extract(const nb_form *form, const nb_extract *extract, nb_arena *arena,
                            nb_findings *findings, nb_report **out);

#endif
