/* Bytes as a file that sources of rows read. */
#ifndef FUZZ_ROWS_H
#define FUZZ_ROWS_H

#include "bulk/source.h"
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

/* A descriptor at the beginning of a file in memory. */
static inline int file_of(nb_string bytes)
{
    int descriptor = memfd_create("fuzz", 0);
    if (descriptor < 0 || write(descriptor, bytes.data, bytes.length) != (ssize_t)bytes.length ||
        lseek(descriptor, 0, SEEK_SET) != 0)
        abort();
    return descriptor;
}

static inline nb_row_source *empty_source(const target_input *input)
{
    nb_row_source *source = NB_NEW(input->arena, nb_row_source);
    *source = (nb_row_source){ .arena = input->arena, .findings = input->findings, .name = "x" };
    return source;
}

/* Every row has a cell for each column, or says why it cannot be used. */
static inline void read_rows(nb_row_source *source)
{
    nb_row *row = nb_row_new(source);
    bool ended = false;
    while (nb_row_source_next(source, row, &ended) == NB_OK && !ended) {
        nb_string cells = { (const char *)row->bytes->data, row->bytes->length };
        nb_cell cell;
        int count = 0;
        if (!cells.length)
            abort();
        if (row->kind == NB_ROW_FAULT)
            continue;
        while (nb_cells_next(&cells, &cell)) {
            count++;
            if (nb_utf8_valid_length(cell.text) != cell.text.length)
                abort();
        }
        if (count != source->column_count)
            abort();
    }
}

#endif
