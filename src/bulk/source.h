/*
 * Where rows come from: JSON Lines, CSV, a sheet of an Excel file. A source is read by one thread,
 * a row at a time.
 */
#ifndef NB_BULK_SOURCE_H
#define NB_BULK_SOURCE_H

#include "base/buffer.h"
#include "base/findings.h"
#include "base/utf8.h"

typedef enum nb_row_kind {
    NB_ROW_JSON,  /* bytes are a JSON text */
    NB_ROW_CELLS, /* bytes are cells, in the order of the source's columns */
    NB_ROW_FAULT  /* bytes say why the row could not be read */
} nb_row_kind;

typedef struct nb_row {
    size_t number; /* from 1, among the rows of the input */
    int line;      /* of the input, or row of the sheet, where it begins; from 1 */
    nb_row_kind kind;
    nb_buffer *bytes; /* kept from row to row */
} nb_row;

enum {
    NB_LONGEST_ROW = 16 << 20, /* bytes */
    NB_MOST_COLUMNS = 16384    /* as many as a sheet of Excel can have */
};

typedef struct nb_row_source nb_row_source;

struct nb_row_source {
    nb_arena *arena;
    nb_findings *findings;
    const char *name; /* of the input, for findings */
    /* Read one row: its bytes, kind and line. *ended is set when there is none. */
    nb_status (*next)(nb_row_source *source, nb_row *row, bool *ended);
    void *reader;       /* of the kind of file */
    nb_string *columns; /* heads; NULL: each row names its own */
    int column_count;
    uint64_t read, size; /* bytes of the input; size 0: unknown */
    size_t rows;         /* read so far */
    /* asked when waiting for input was interrupted; may be NULL */
    bool (*should_stop)(void *context);
    void *context;
};

/*
 * Open a source by its name's suffix: .csv, .tsv, .xlsx, else JSON Lines; "-" is JSON Lines on
 * standard input. sheet names the sheet of an Excel file, NULL: the first. A failure is told in
 * findings. The arena ends the source.
 */
nb_status nb_row_source_open(const char *path, const char *sheet,
                             bool (*should_stop)(void *context), void *context, nb_arena *arena,
                             nb_findings *findings, nb_row_source **out);
/*
 * The next row, numbered. NB_E_LATER when should_stop said so; other failures are told in
 * findings. Memory that runs out is NB_E_MEMORY: the call needs no guard.
 */
nb_status nb_row_source_next(nb_row_source *source, nb_row *row, bool *ended);

/* An empty row whose bytes the source's arena frees. */
nb_row *nb_row_new(nb_row_source *source);
/* The row's bytes are replaced by words on what is wrong with it. */
void nb_row_fail(const nb_row_source *source, nb_row *row, const char *chinese,
                 const char *english);
/* The input cannot be read on, for a reason of errno's. */
nb_status nb_row_source_refuse(const nb_row_source *source, int reason);
nb_status nb_row_source_say(const nb_row_source *source, int line, const char *chinese,
                            const char *english);

/* Cells, each a kind and a text. */
typedef enum nb_cell_kind {
    NB_CELL_BLANK = 'e',
    NB_CELL_TEXT = 't', /* as someone wrote it; it may be a number's digits */
    NB_CELL_NUMBER = 'n',
    NB_CELL_TRUE = 'y',
    NB_CELL_FALSE = 'f'
} nb_cell_kind;

typedef struct nb_cell {
    nb_cell_kind kind;
    nb_string text; /* ends with a NUL */
} nb_cell;

/*
 * At most two bytes more than the text, in which a NUL must not stand. Blanks at its ends were typed
 * to move it in its cell: they go, and a text of nothing else is a blank cell.
 */
void nb_cells_add(nb_buffer *cells, nb_cell_kind kind, nb_string text);
/* Take the first cell off. False when there is none. */
bool nb_cells_next(nb_string *cells, nb_cell *out);

/* One for each kind of file. */
nb_status nb_jsonl_open(nb_row_source *source, int descriptor);
nb_status nb_csv_open(nb_row_source *source, int descriptor, char separator);
nb_status nb_xlsx_open(nb_row_source *source, const char *path, const char *sheet);

#endif
