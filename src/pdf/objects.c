#include "pdf/objects.h"

#include <assert.h>

enum { FAST_LEVEL = 1, DENSE_LEVEL = 6 }; /* of libdeflate */

enum { LARGEST_TEXT = 256 * 1024 * 1024 };

static void release(void *object)
{
    nb_pdf_close(object);
}

void nb_pdf_close(nb_pdf *pdf)
{
    if (pdf->haru)
        HPDF_Free(pdf->haru);
    pdf->haru = NULL;
}

nb_status nb_pdf_open(nb_deflate_stock *stock, nb_arena *arena, nb_findings *findings, nb_pdf **out)
{
    nb_pdf *pdf = NB_NEW(arena, nb_pdf);
    pdf->arena = arena;
    pdf->stock = stock;
    pdf->findings = findings;
    pdf->file = nb_pdf_buffer(pdf);
    pdf->texts = nb_pdf_buffer(pdf);
    /* Bytes above 127 tell programs that the file is not text (ISO 32000-1, 7.5.2). */
    nb_buffer_text(pdf->file, "%PDF-1.7\n%\xE5\xB9\xB4\xE6\x8A\xA5\n");
    pdf->digest = nb_sha256_begin();
    nb_arena_defer(arena, release, pdf);
    /*
     * Without a handler libharu only records an error, in its document, which is all that is
     * wanted.
     */
    pdf->haru = HPDF_New(NULL, NULL);
    if (!pdf->haru)
        return NB_E_MEMORY;
    pdf->haru->pdf_version = HPDF_VER_17;
    *out = pdf;
    return NB_OK;
}

/* The words for those of libharu's numbers that this writer can meet. */
static const char *error_words(nb_findings *findings, HPDF_STATUS error)
{
    switch (error) {
    case HPDF_ARRAY_COUNT_ERR:
        return NB_SAY(findings, "数组超过 32767 项", "an array of more than 32767 items");
    case HPDF_DICT_COUNT_ERR:
        return NB_SAY(findings, "字典超过 4095 项", "a dictionary of more than 4095 entries");
    case HPDF_BINARY_LENGTH_ERR:
    case HPDF_STRING_OUT_OF_RANGE:
        return NB_SAY(findings, "字符串超过 65535 字节", "a string of more than 65535 bytes");
    case HPDF_XREF_COUNT_ERR:
        return NB_SAY(findings, "对象超过 8388607 个", "more than 8388607 objects");
    case HPDF_NAME_OUT_OF_RANGE:
        return NB_SAY(findings, "名称超过 127 字节", "a name of more than 127 bytes");
    default:
        return NB_SAY(findings, "libharu 出错", "libharu failed");
    }
}

nb_status nb_pdf_check(nb_pdf *pdf, const char *step_in_chinese, const char *step_in_english)
{
    HPDF_STATUS error = pdf->haru->error.error_no;
    nb_place nowhere = { "", 0, 0, "" };
    const char *step = NB_SAY(pdf->findings, step_in_chinese, step_in_english);
    /* Without memory for the file's stream libharu calls the stream invalid. */
    if (error == HPDF_FAILD_TO_ALLOC_MEM || error == HPDF_INVALID_STREAM)
        return NB_E_MEMORY;
    if (error != HPDF_OK) {
        nb_findings_add(pdf->findings, NB_ERROR, "PDF", nowhere,
                        NB_SAY(pdf->findings, "写 PDF 的%s时：%s（0x%04X）",
                               "while writing the PDF's %s: %s (0x%04X)"),
                        step, error_words(pdf->findings, error), (unsigned)error);
        return NB_E_OUTPUT;
    }
    if (pdf->too_large) {
        nb_findings_add(pdf->findings, NB_ERROR, "PDF", nowhere,
                        NB_SAY(pdf->findings, "写 PDF 的%s时：超过 %d 字节",
                               "while writing the PDF's %s: more than %d bytes"),
                        step, LARGEST_TEXT);
        return NB_E_OUTPUT;
    }
    return NB_OK;
}

nb_buffer *nb_pdf_buffer(nb_pdf *pdf)
{
    return nb_buffer_new(pdf->arena, LARGEST_TEXT);
}

/*
 * libharu calls this after a dictionary's own entries. The text lives in the arena, which outlives
 * the document.
 */
static HPDF_STATUS write_entries(HPDF_Dict dict, HPDF_Stream stream)
{
    const nb_string *entries = dict->attr;
    HPDF_STATUS status =
        HPDF_Stream_Write(stream, (const HPDF_BYTE *)entries->data, (HPDF_UINT)entries->length);
    return status == HPDF_OK ? HPDF_Stream_WriteChar(stream, '\n') : status;
}

void nb_pdf_add_entries(nb_pdf *pdf, HPDF_Dict dict, const nb_buffer *entries)
{
    pdf->too_large |= entries->overflowed;
    if (!dict)
        return;
    nb_string *copy = NB_NEW(pdf->arena, nb_string);
    *copy =
        (nb_string){ nb_arena_copy(pdf->arena, entries->data, entries->length), entries->length };
    dict->attr = copy;
    dict->write_fn = write_entries;
}

void nb_pdf_own_objects_begin(nb_pdf *pdf)
{
    pdf->first_own = pdf->next_own = (int)pdf->haru->xref->entries->count;
}

int nb_pdf_next_number(const nb_pdf *pdf)
{
    assert(pdf->first_own);
    return pdf->next_own;
}

int nb_pdf_reserve_numbers(nb_pdf *pdf, int count)
{
    int first = nb_pdf_next_number(pdf);
    pdf->next_own += count;
    return first;
}

static void add_own(nb_pdf *pdf, int number, bool is_stream, size_t where)
{
    NB_GROW(pdf->arena, pdf->own, pdf->own_count, &pdf->own_capacity);
    pdf->own[pdf->own_count++] = (nb_pdf_own){ number, is_stream, pdf->group, where };
}

void nb_pdf_reserved_object_end(nb_pdf *pdf, int number)
{
    nb_buffer_byte(pdf->texts, '\n');
    add_own(pdf, number, false, pdf->texts->length);
    pdf->too_large |= pdf->texts->overflowed;
}

void nb_pdf_text_object_end(nb_pdf *pdf)
{
    nb_pdf_reserved_object_end(pdf, nb_pdf_reserve_numbers(pdf, 1));
}

void nb_pdf_common_objects_begin(nb_pdf *pdf)
{
    pdf->group = ++pdf->group_count;
}

void nb_pdf_common_objects_end(nb_pdf *pdf)
{
    pdf->group = 0;
}

int nb_pdf_dict_new(nb_pdf *pdf, const nb_buffer *entries)
{
    int number = nb_pdf_next_number(pdf);
    pdf->too_large |= entries->overflowed;
    nb_buffer_text(pdf->texts, "<<");
    nb_buffer_add(pdf->texts, entries->data, entries->length);
    nb_buffer_text(pdf->texts, ">>");
    nb_pdf_text_object_end(pdf);
    return number;
}

/* Making a deflater costs more than a short stream does. */
static nb_deflater *deflater_for(nb_pdf *pdf, nb_pdf_packing packing)
{
    bool is_dense = packing == NB_PDF_DENSE;
    nb_deflater **deflater = is_dense ? &pdf->dense : &pdf->fast;
    if (!*deflater)
        *deflater = nb_deflater_new(is_dense ? DENSE_LEVEL : FAST_LEVEL, pdf->stock, pdf->arena);
    return *deflater;
}

static nb_string pack_quickly(nb_pdf *pdf, nb_string bytes, nb_quick_kind kind)
{
    return nb_quick_zlib(nb_deflate_stock_code(pdf->stock, kind, pdf->arena), bytes, pdf->arena);
}

static nb_string deflate(nb_pdf *pdf, nb_string bytes, nb_pdf_packing packing)
{
    if (packing == NB_PDF_CONTENT)
        return pack_quickly(pdf, bytes, NB_QUICK_PDF_CONTENT);
    if (packing == NB_PDF_OBJECTS)
        return pack_quickly(pdf, bytes, NB_QUICK_PDF_OBJECTS);
    if (packing == NB_PDF_JSON)
        return pack_quickly(pdf, bytes, NB_QUICK_REPORT_JSON);
    return nb_deflater_zlib(deflater_for(pdf, packing), bytes);
}

/*
 * The length stands in the stream's own entries, so that the file can be read from the front, and
 * no object stream is needed to read another.
 */
static int begin_stream(nb_pdf *pdf, const nb_buffer *entries, size_t length, bool is_packed)
{
    nb_buffer *file = pdf->file;
    int number = nb_pdf_reserve_numbers(pdf, 1);
    add_own(pdf, number, true, file->length);
    pdf->too_large |= entries->overflowed;
    nb_buffer_integer(file, number);
    nb_buffer_text(file, " 0 obj\n<<");
    nb_buffer_add(file, entries->data, entries->length);
    nb_buffer_text(file, "/Length ");
    nb_buffer_integer(file, (int64_t)length);
    if (is_packed)
        nb_buffer_text(file, "/Filter/FlateDecode");
    nb_buffer_text(file, ">>\nstream\n");
    return number;
}

int nb_pdf_stream_begin(nb_pdf *pdf, const nb_buffer *entries, size_t length)
{
    return begin_stream(pdf, entries, length, true);
}

void nb_pdf_stream_end(nb_pdf *pdf)
{
    nb_buffer_text(pdf->file, "\nendstream\nendobj\n");
    pdf->too_large |= pdf->file->overflowed;
}

/* Packed bytes end with a checksum of what they stand for (RFC 1950, 2.2). */
static void add_to_digest(nb_pdf *pdf, nb_string bytes, bool is_packed)
{
    enum { CHECKSUM_BYTES = 4 };
    const uint64_t length = bytes.length;
    unsigned char sized[sizeof length];
    for (size_t i = 0; i < sizeof length; i++)
        sized[i] = (unsigned char)(length >> 8 * i);
    if (is_packed && length > CHECKSUM_BYTES)
        bytes = (nb_string){ bytes.data + length - CHECKSUM_BYTES, CHECKSUM_BYTES };
    nb_sha256_add(&pdf->digest, (nb_string){ (const char *)sized, sizeof sized });
    nb_sha256_add(&pdf->digest, bytes);
}

static int add_stream(nb_pdf *pdf, const nb_buffer *entries, nb_string bytes, bool is_packed)
{
    int number = begin_stream(pdf, entries, bytes.length, is_packed);
    add_to_digest(pdf, bytes, is_packed);
    nb_buffer_add(pdf->file, bytes.data, bytes.length);
    nb_pdf_stream_end(pdf);
    return number;
}

int nb_pdf_stream_new(nb_pdf *pdf, const nb_buffer *entries, nb_string bytes,
                      nb_pdf_packing packing)
{
    bool is_packed = packing != NB_PDF_UNPACKED;
    return add_stream(pdf, entries, is_packed ? deflate(pdf, bytes, packing) : bytes, is_packed);
}

int nb_pdf_common_stream_new(nb_pdf *pdf, const nb_buffer *entries, nb_string bytes)
{
    nb_string packed = nb_deflater_zlib_kept(deflater_for(pdf, NB_PDF_DENSE), bytes);
    return add_stream(pdf, entries, packed, true);
}

int64_t nb_pdf_points(nb_length length)
{
    /*
     * 10000 / 12700 = 100 / 127, and no whole length falls on a half of 127: adding 63 rounds to
     * the nearest.
     */
    int64_t scaled = (int64_t)length * 100;
    return (scaled + (scaled < 0 ? -63 : 63)) / 127;
}

void nb_pdf_write_points(nb_buffer *out, int64_t points)
{
    nb_buffer_decimal(out, points, 4);
}

void nb_pdf_write_reference(nb_buffer *out, int number)
{
    nb_buffer_integer(out, number);
    nb_buffer_text(out, " 0 R");
}

int nb_pdf_number_of(HPDF_Dict object)
{
    return object ? (int)(object->header.obj_id & 0x00FFFFFF) : 0;
}

void nb_pdf_write_name(nb_buffer *out, const char *name)
{
    /* ISO 32000-1, 7.3.5: what is no regular printable character is written as # and two digits. */
    nb_buffer_byte(out, '/');
    for (; *name; name++) {
        unsigned char byte = (unsigned char)*name;
        if (byte <= ' ' || byte > '~' || strchr("#()<>[]{}/%", byte)) {
            nb_buffer_byte(out, '#');
            nb_buffer_hex(out, byte, 2);
        } else {
            nb_buffer_byte(out, byte);
        }
    }
}

/* One character as UTF-16; returns how many units. */
static int utf16_encode(uint32_t code_point, uint16_t units[2])
{
    if (code_point == NB_UTF8_INVALID)
        code_point = 0xFFFD;
    if (code_point < 0x10000) {
        units[0] = (uint16_t)code_point;
        return 1;
    }
    units[0] = (uint16_t)(0xD800 + ((code_point - 0x10000) >> 10));
    units[1] = (uint16_t)(0xDC00 + (code_point & 0x3FF));
    return 2;
}

nb_string nb_pdf_short_text(nb_pdf *pdf, nb_string text)
{
    enum { LONGEST = 8000 }; /* characters, each of at most 4 bytes of UTF-16 */
    nb_string begin = nb_utf8_prefix(text, LONGEST);
    if (begin.length == text.length)
        return text;
    return nb_string_of(nb_arena_print(pdf->arena, "%.*s…", (int)begin.length, begin.data));
}

void nb_pdf_write_utf16(nb_buffer *out, nb_string text)
{
    const char *end = text.data + text.length;
    for (const char *at = text.data; at < end;) {
        uint16_t units[2];
        int count = utf16_encode(nb_utf8_next(&at, end), units);
        for (int i = 0; i < count; i++)
            nb_buffer_hex(out, units[i], 4);
    }
}

HPDF_Binary nb_pdf_text_new(nb_pdf *pdf, nb_string text)
{
    /* A byte of UTF-8 gives at most two of UTF-16. */
    HPDF_BYTE *bytes = nb_arena_alloc(pdf->arena, 2 + 2 * text.length);
    HPDF_UINT length = 2;
    const char *end = text.data + text.length;
    bytes[0] = 0xFE;
    bytes[1] = 0xFF;
    for (const char *at = text.data; at < end;) {
        uint16_t units[2];
        int count = utf16_encode(nb_utf8_next(&at, end), units);
        for (int i = 0; i < count; i++) {
            bytes[length++] = (HPDF_BYTE)(units[i] >> 8);
            bytes[length++] = (HPDF_BYTE)units[i];
        }
    }
    return HPDF_Binary_New(pdf->haru->mmgr, bytes, length);
}
