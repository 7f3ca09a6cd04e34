/*
 * A PDF being written, and its objects. libharu owns the document, numbers and frees the objects, and writes
 * them out; the entries of an object are mostly our own text, which libharu writes
 * where its own entries end. That text, and the bytes of streams, are ready in the arena before libharu is called.
 *
 * A call that fails leaves the document's error set, and the calls after it do nothing that
 * matters; nb_pdf_check asks once after each step. An object that could not be made is NULL, which every function
 * here accepts.
 */
#ifndef NB_PDF_OBJECTS_H
#define NB_PDF_OBJECTS_H

#include "base/buffer.h"
#include "base/findings.h"
#include "base/length.h"
#include "pdf/haru.h"

typedef struct nb_pdf {
    nb_arena *arena;
    nb_findings *findings;
    HPDF_Doc haru;
    HPDF_MD5_CTX digest; /* of what makes this document differ from others, for its /ID */
    bool too_large;      /* a text outgrew its buffer */
} nb_pdf;

/* An empty document, released with the arena or by nb_pdf_close, whichever is first. */
nb_status nb_pdf_open(nb_arena *arena, nb_findings *findings, nb_pdf **out);
void nb_pdf_close(nb_pdf *pdf);

/* NB_OK, or the status and a finding that names the step in which libharu or a buffer failed. */
nb_status nb_pdf_check(nb_pdf *pdf, const char *step_in_chinese, const char *step_in_english);

void nb_pdf_digest(nb_pdf *pdf, const void *bytes, size_t length);

/* A buffer for entries or a stream, large enough for any report. */
nb_buffer *nb_pdf_buffer(nb_pdf *pdf);

/* Add entries ("/Type /Font /W [1 [500]]") to a dictionary that is not a stream of images. They are copied. */
void nb_pdf_add_entries(nb_pdf *pdf, HPDF_Dict dict, const nb_buffer *entries);
/* An indirect dictionary of these entries. */
HPDF_Dict nb_pdf_dict_new(nb_pdf *pdf, const nb_buffer *entries);
/*
 * A stream of these entries and bytes. level is that of nb_deflate_zlib; 0 writes them plain. The bytes are not
 * in the digest unless the caller puts them there.
 */
HPDF_Dict nb_pdf_stream_new(nb_pdf *pdf, const nb_buffer *entries, nb_string bytes, int level);
/* Give a stream that libharu made its bytes, once. */
void nb_pdf_stream_fill(nb_pdf *pdf, HPDF_Dict stream, const nb_buffer *entries, nb_string bytes,
                        int level);

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
