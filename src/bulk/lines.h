/* A file read line by line: one line in memory at a time, however long the file is. */
#ifndef NB_BULK_LINES_H
#define NB_BULK_LINES_H

#include "base/buffer.h"
#include "base/utf8.h"

typedef struct nb_line_reader nb_line_reader;

typedef enum nb_line_state {
    NB_LINE_READ,
    NB_LINE_TOO_LONG, /* passed over; number says where it began */
    NB_LINE_END,
    NB_LINE_STOPPED, /* the caller wants to stop */
    NB_LINE_FAILED   /* errno says why: EFBIG when no end of a line that is too long is in sight */
} nb_line_state;

/*
 * Take over an open descriptor; the arena closes it. A line has at most longest bytes. should_stop
 * may be NULL; it is asked before each read.
 */
nb_line_reader *nb_line_reader_new(int descriptor, size_t longest, bool (*should_stop)(void *),
                                   void *context, nb_arena *arena);
/* The next line with its line feed, which only the last may lack. It lives until the next call. */
nb_line_state nb_line_reader_next(nb_line_reader *reader, nb_string *out);
int nb_line_reader_number(const nb_line_reader *reader);      /* of the line read last, from 1 */
uint64_t nb_line_reader_offset(const nb_line_reader *reader); /* of the byte after it */

/*
 * The line that begins at a byte of a file, in the arena; or an empty string with errno set. From
 * any thread.
 */
nb_string nb_read_line_at(int descriptor, uint64_t start, size_t longest, nb_arena *arena);

#endif
