/*
 * The manifest: JSON Lines, one line for each row of the input in its order, and a closing line.
 *
 *     {"row":1,"line":2,"agency":"…","name":"000001-…","status":"done","input":"<sha256>",
 *      "findings":[{"rule":"…","severity":"warning","pointer":"…","message":"…"}],
 *      "files":[{"name":"000001-….pdf","size":123,"sha256":"…"}]}
 *     {"rows":1,"done":1,"failed":0,"warned":1,"input":"…","settings":"…","digest":"…"}
 *
 * What a line says depends on the row, the settings and the row's number only, so that a run that
 * was interrupted, spread over machines or over threads has the manifest of one that was not.
 */
#ifndef NB_BULK_MANIFEST_H
#define NB_BULK_MANIFEST_H

#include "base/buffer.h"
#include "base/findings.h"
#include "base/sha256.h"

enum {
    NB_MOST_BULK_FORMATS = NB_TRACE + 1,
    NB_MOST_ROW_FINDINGS = 50,         /* the manifest lists no more of one row */
    NB_LONGEST_MANIFEST_LINE = 1 << 20 /* bytes */
};

typedef struct nb_manifest_file {
    const char *name; /* below the manifest's folder */
    uint64_t size;
    char sha256[NB_DIGEST_SIZE];
} nb_manifest_file;

typedef struct nb_manifest_row {
    size_t row;
    int line;
    nb_string agency;
    nb_string name; /* of the files, without suffix; empty: it got none */
    bool is_done;   /* else it failed */
    bool is_warned; /* it has warnings */
    char input[NB_DIGEST_SIZE];
    nb_manifest_file files[NB_MOST_BULK_FORMATS];
    int file_count;
} nb_manifest_row;

/* Write the row's line, with what was found. */
void nb_manifest_write_row(const nb_manifest_row *row, const nb_findings *findings, nb_buffer *out);
/* Read a line back, without its findings. False when it is no whole line of a row. */
bool nb_manifest_read_row(nb_string line, nb_arena *arena, nb_manifest_row *out);
/* The number of the row that a line is of, read off its beginning; 0: none. */
size_t nb_manifest_row_number(nb_string line);
/* The first message of a line's findings that are errors, or "". */
const char *nb_manifest_first_error(nb_string line, nb_arena *arena);

/* What the closing line sums up. */
typedef struct nb_manifest_end {
    size_t rows, done, failed, warned;
    char input[NB_DIGEST_SIZE];    /* over all rows of the input, of other shards too */
    char settings[NB_DIGEST_SIZE]; /* over all that the files depend on beside the row */
    char digest[NB_DIGEST_SIZE];   /* over the lines of the rows */
    /* of a shard's manifest: which, of how many, and rows of the whole input; else count is 1 */
    int shard, shard_count;
    size_t input_rows;
} nb_manifest_end;

void nb_manifest_write_end(const nb_manifest_end *end, nb_buffer *out);
bool nb_manifest_read_end(nb_string line, nb_arena *arena, nb_manifest_end *out);

/*
 * A manifest being written to part, which the arena removes unless it is finished. Each returns 0
 * or the errno.
 */
typedef struct nb_manifest_writer nb_manifest_writer;

int nb_manifest_writer_open(const char *part, nb_arena *arena, nb_manifest_writer **out);
int nb_manifest_writer_add(nb_manifest_writer *writer, nb_string line);
/* Write the closing line, whose digest is filled in, and let the file appear at path. */
int nb_manifest_writer_finish(nb_manifest_writer *writer, nb_manifest_end *end, const char *path);

#endif
