/*
 * A PDF being written, and its objects. libharu owns the document and what depends on all of it:
 * the catalog, the page tree, the information about the file. Their entries are mostly
 * our own text, which libharu writes where its own entries end; it is ready in the arena before
 * libharu is called.
 *
 * All other objects are text and bytes of ours, and numbered after libharu's: so its are made
 * first, and none once ours are begun. A stream goes straight into the file, and is not moved again.
 *
 * A call that fails leaves the document's error set, and the calls after it do nothing that
 * matters; nb_pdf_check asks once after each step. An object that could not be made is NULL, which
 * every function here accepts.
 */
#ifndef NB_PDF_OBJECTS_H
#define NB_PDF_OBJECTS_H

#include "base/buffer.h"
#include "base/findings.h"
#include "base/length.h"
#include "base/sha256.h"
#include "pack/deflate.h"
#include "pdf/haru.h"

typedef struct nb_pdf {
    nb_arena *arena;
    nb_findings *findings;
    HPDF_Doc haru;
    nb_sha256 digest; /* of all streams but font programs, for the file's /ID */
    nb_deflate_stock *stock;
    nb_deflater *fast, *dense;
    bool too_large;          /* a text outgrew its buffer */
    HPDF_Dict *pages;        /* libharu's */
    nb_buffer *file;         /* as far as it is written: the streams */
    nb_buffer *texts;        /* our objects that are no streams, one after the other */
    int first_own, next_own; /* their numbers */
    struct nb_pdf_own *own;  /* in order of their writing */
    int own_count, own_capacity;
    int group, group_count; /* the group that is open, or 0 */
} nb_pdf;

/* An object of ours. */
typedef struct nb_pdf_own {
    int number;
    bool is_stream;
    int group;    /* of those that go into one object stream by themselves, or 0 */
    size_t where; /* a stream: its beginning in the file; else its end in texts */
} nb_pdf_own;

/* An empty document, released with the arena or by nb_pdf_close, whichever is first. */
nb_status nb_pdf_open(nb_deflate_stock *stock, nb_arena *arena, nb_findings *findings,
                      nb_pdf **out);
void nb_pdf_close(nb_pdf *pdf);

/* NB_OK, or the status and a finding that names the step in which libharu or a buffer failed. */
nb_status nb_pdf_check(nb_pdf *pdf, const char *step_in_chinese, const char *step_in_english);

/*
 * How a stream is written: as it is; in one pass, with the code for its kind of text; by libdeflate,
 * for texts of any kind, or as small as it can be.
 */
typedef enum nb_pdf_packing {
    NB_PDF_UNPACKED,
    NB_PDF_CONTENT,
    NB_PDF_OBJECTS,
    NB_PDF_JSON,
    NB_PDF_FAST,
    NB_PDF_DENSE
} nb_pdf_packing;

/* A buffer for entries or a stream, large enough for any report. */
nb_buffer *nb_pdf_buffer(nb_pdf *pdf);

/*
 * Add entries ("/Type /Font /W [1 [500]]") to a dictionary of libharu's that has none of ours yet.
 * They are copied.
 */
void nb_pdf_add_entries(nb_pdf *pdf, HPDF_Dict dict, const nb_buffer *entries);

/* All of libharu's objects are made: from here on ours are. */
void nb_pdf_own_objects_begin(nb_pdf *pdf);
/* The number that the next of our objects gets; those after it follow. */
int nb_pdf_next_number(const nb_pdf *pdf);

/* An object of these entries; its number. */
int nb_pdf_dict_new(nb_pdf *pdf, const nb_buffer *entries);
/* The object that was added to pdf->texts ends, for those of which there are hundreds. */
void nb_pdf_text_object_end(nb_pdf *pdf);

/* Numbers for objects that are written later; the first of them. Not all need be used. */
int nb_pdf_reserve_numbers(nb_pdf *pdf, int count);
void nb_pdf_reserved_object_end(nb_pdf *pdf, int number);

/*
 * The objects in between are no streams, and many documents have them alike, with these numbers:
 * they are packed once for all of those documents.
 */
void nb_pdf_common_objects_begin(nb_pdf *pdf);
void nb_pdf_common_objects_end(nb_pdf *pdf);

/* A stream of these entries and bytes; its number. */
int nb_pdf_stream_new(nb_pdf *pdf, const nb_buffer *entries, nb_string bytes,
                      nb_pdf_packing packing);
/* One whose bytes many documents have alike: it is packed once for them all. */
int nb_pdf_common_stream_new(nb_pdf *pdf, const nb_buffer *entries, nb_string bytes);
/*
 * A stream that is written from its entries on by whoever makes it: after the beginning exactly
 * length bytes, packed already, are added to pdf->file. They are not in the digest: the names of
 * font programs tell them apart.
 */
int nb_pdf_stream_begin(nb_pdf *pdf, const nb_buffer *entries, size_t length);
void nb_pdf_stream_end(nb_pdf *pdf);

/* A length in 1/10000 pt, to the nearest: the one rounding of coordinates in this writer. */
int64_t nb_pdf_points(nb_length length);

void nb_pdf_write_points(nb_buffer *out, int64_t points); /* as nb_pdf_points gives them */
void nb_pdf_write_reference(nb_buffer *out, int number);
int nb_pdf_number_of(HPDF_Dict object);                   /* of libharu's */
void nb_pdf_write_name(nb_buffer *out, const char *name); /* with its solidus */
/*
 * The text, or its beginning and "…" where it would be longer than a string of a PDF/A may be
 * (32,767 bytes: ISO 19005-3, 6.1.13). What is so shortened stands in full on the page.
 */
nb_string nb_pdf_short_text(nb_pdf *pdf, nb_string text);
/* UTF-16BE in hexadecimal digits, without brackets. Ill-formed text becomes U+FFFD. */
void nb_pdf_write_utf16(nb_buffer *out, nb_string text);
/* A text string (ISO 32000-1, 7.9.2.2) for an object of libharu's own: UTF-16BE with its mark. */
HPDF_Binary nb_pdf_text_new(nb_pdf *pdf, nb_string text);

#endif
