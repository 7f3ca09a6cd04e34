/*
 * A PDF being written, and its objects. libharu owns the document, numbers and frees the objects,
 * and writes them out; the entries of an object are mostly our own text, which libharu writes where
 * its own entries end. That text, and the bytes of streams, are ready in the arena before libharu
 * is called.
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
    nb_sha256 digest; /* of what makes this document differ from others, for its /ID */
    nb_deflate_stock *stock;
    nb_deflater *fast, *dense;
    bool too_large;    /* a text outgrew its buffer */
    nb_buffer *texts;  /* the objects that libharu does not know, one after the other */
    size_t *text_ends; /* of each of them in texts */
    int text_count, text_capacity;
} nb_pdf;

/* An empty document, released with the arena or by nb_pdf_close, whichever is first. */
nb_status nb_pdf_open(nb_deflate_stock *stock, nb_arena *arena, nb_findings *findings,
                      nb_pdf **out);
void nb_pdf_close(nb_pdf *pdf);

/* NB_OK, or the status and a finding that names the step in which libharu or a buffer failed. */
nb_status nb_pdf_check(nb_pdf *pdf, const char *step_in_chinese, const char *step_in_english);

/* What an object of libharu's holds of ours, under its attr; in the arena. */
typedef struct nb_pdf_body {
    nb_string entries;
    nb_string bytes; /* of a stream, as they are written */
} nb_pdf_body;

/*
 * Bytes that make this document differ from others. All that is written is among them, but for font
 * programs: their names tell them apart.
 */
void nb_pdf_digest(nb_pdf *pdf, const void *bytes, size_t length);

/*
 * How a stream is written: as it is; in one pass, with the code for its kind of text; by libdeflate,
 * for texts of any kind, or as small as it can be.
 */
typedef enum nb_pdf_packing {
    NB_PDF_UNPACKED,
    NB_PDF_CONTENT,
    NB_PDF_OBJECTS,
    NB_PDF_FAST,
    NB_PDF_DENSE
} nb_pdf_packing;

/* The bytes as /FlateDecode wants them, in the arena. */
nb_string nb_pdf_deflate(nb_pdf *pdf, nb_string bytes, nb_pdf_packing packing);

/* A buffer for entries or a stream, large enough for any report. */
nb_buffer *nb_pdf_buffer(nb_pdf *pdf);

/*
 * Add entries ("/Type /Font /W [1 [500]]") to a dictionary that is not a stream of images. They are
 * copied.
 */
void nb_pdf_add_entries(nb_pdf *pdf, HPDF_Dict dict, const nb_buffer *entries);
/* An indirect dictionary of these entries. */
HPDF_Dict nb_pdf_dict_new(nb_pdf *pdf, const nb_buffer *entries);
/* The bytes of a stream that is not packed are borrowed until the document is saved. */
HPDF_Dict nb_pdf_stream_new(nb_pdf *pdf, const nb_buffer *entries, nb_string bytes,
                            nb_pdf_packing packing);
/* One whose bytes many documents have alike: it is packed once for them all. */
HPDF_Dict nb_pdf_common_stream_new(nb_pdf *pdf, const nb_buffer *entries, nb_string bytes);
/* A stream of bytes that nb_pdf_deflate has packed. They are not in the digest. */
HPDF_Dict nb_pdf_packed_stream_new(nb_pdf *pdf, const nb_buffer *entries, nb_string bytes);
/* Give a stream that libharu made its bytes, once. */
void nb_pdf_stream_fill(nb_pdf *pdf, HPDF_Dict stream, const nb_buffer *entries, nb_string bytes,
                        nb_pdf_packing packing);

/*
 * Objects of text alone, of which there are hundreds: not worth an object of libharu's each. They
 * are numbered after libharu's last, so none of libharu's may be made once they are begun. Each is
 * added to pdf->texts and then ended.
 */
int nb_pdf_text_objects_begin(nb_pdf *pdf); /* the number of the first; the others follow */
void nb_pdf_text_object_end(nb_pdf *pdf);

/* A length in 1/10000 pt, to the nearest: the one rounding of coordinates in this writer. */
int64_t nb_pdf_points(nb_length length);

void nb_pdf_write_points(nb_buffer *out, int64_t points); /* as nb_pdf_points gives them */
void nb_pdf_write_reference(nb_buffer *out, HPDF_Dict object);
void nb_pdf_write_name(nb_buffer *out, const char *name); /* with its solidus */
/* UTF-16BE in hexadecimal digits, without brackets. Ill-formed text becomes U+FFFD. */
void nb_pdf_write_utf16(nb_buffer *out, nb_string text);
/* A text string (ISO 32000-1, 7.9.2.2) for an object of libharu's own: UTF-16BE with its mark. */
HPDF_Binary nb_pdf_text_new(nb_pdf *pdf, nb_string text);

#endif
