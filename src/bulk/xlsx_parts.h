/* What the files that read an Excel workbook share. Private to them. */
#ifndef NB_BULK_XLSX_PARTS_H
#define NB_BULK_XLSX_PARTS_H

#include "bulk/table.h"

#include <libxml/xmlreader.h>
#include <zip.h>

enum {
    NB_MOST_SHEET_BYTES = 2000 << 20, /* unpacked; a sheet is read as it is unpacked */
    NB_MOST_PART_BYTES = 256 << 20,   /* of any other part */
    NB_MOST_STRING_BYTES = 64 << 20,  /* that are kept */
    NB_LONGEST_CELL = 1 << 20         /* bytes; Excel itself stops at 32,767 characters */
};

/* xlsx_package: a part of the zip as XML, read as it is unpacked */

typedef struct nb_xlsx_part {
    zip_file_t *file;
    xmlTextReader *reader;
    uint64_t read, size, most;
} nb_xlsx_part;

/* False when there is no such part, or it is larger than most. The arena closes it. */
bool nb_xlsx_part_open(zip_t *zip, const char *name, uint64_t most, nb_arena *arena,
                       nb_xlsx_part **out);
void nb_xlsx_part_close(nb_xlsx_part *part);
/* The next node: 1, or 0 at the end, or -1 when the part is damaged. */
int nb_xlsx_part_next(nb_xlsx_part *part);
/* Whether the node is the beginning, or the end, of an element of that local name. */
bool nb_xlsx_begins(const nb_xlsx_part *part, const char *name);
bool nb_xlsx_ends(const nb_xlsx_part *part, const char *name);
/* An attribute by its local name, in the arena, or an empty string. */
nb_string nb_xlsx_attribute(const nb_xlsx_part *part, const char *name, nb_arena *arena);
/* Add the node's text, if it is one. */
void nb_xlsx_add_text(const nb_xlsx_part *part, nb_buffer *out);

/* The workbook: which part is the sheet, and what its cells refer to. */
typedef struct nb_workbook {
    const char *sheet_part;
    bool counts_from_1904; /* dates */
    bool *date_styles;     /* by cell style: a number is a date */
    int style_count;
    nb_buffer *strings;     /* one after the other, each with a NUL */
    size_t *string_offsets; /* by number */
    size_t string_count;
} nb_workbook;

/* Read all but the sheet. NB_E_NOT_A_REPORT with a finding. */
nb_status nb_workbook_open(nb_row_source *source, zip_t *zip, const char *sheet, nb_arena *arena,
                           nb_workbook **out);
nb_string nb_workbook_string(const nb_workbook *workbook, size_t number);

/* xlsx_values */

/*
 * A number as Excel stores it, in plain digits: 15 of them count, as Excel shows it. Empty when it
 * is none.
 */
nb_string nb_xlsx_number(nb_string stored, nb_arena *arena);
/* A day number as 2026-01-20, with a time as 2026-01-20 09:30:00. Empty when it is none. */
nb_string nb_xlsx_date(nb_string stored, bool counts_from_1904, nb_arena *arena);
/* A number format shows a date. */
bool nb_is_date_format(int id, nb_string code);
/* A whole number of up to nine digits, or `otherwise` when the text is none. */
int nb_xlsx_whole(nb_string text, int otherwise);
/* The column of "BC12", from 0; -1 when it is none. */
int nb_xlsx_column(nb_string reference);
/* Take _x000D_ and the like for the characters that they stand for. */
nb_string nb_xlsx_unescaped(nb_string text, nb_arena *arena);

#endif
