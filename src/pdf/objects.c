#include "pdf/objects.h"

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
    pdf->texts = nb_pdf_buffer(pdf);
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

void nb_pdf_digest(nb_pdf *pdf, const void *bytes, size_t length)
{
    nb_sha256_add(&pdf->digest, (nb_string){ bytes, length });
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
    const nb_string entries = ((const nb_pdf_body *)dict->attr)->entries;
    HPDF_STATUS status =
        HPDF_Stream_Write(stream, (const HPDF_BYTE *)entries.data, (HPDF_UINT)entries.length);
    return status == HPDF_OK ? HPDF_Stream_WriteChar(stream, '\n') : status;
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

nb_string nb_pdf_deflate(nb_pdf *pdf, nb_string bytes, nb_pdf_packing packing)
{
    if (packing == NB_PDF_CONTENT)
        return pack_quickly(pdf, bytes, NB_QUICK_PDF_CONTENT);
    if (packing == NB_PDF_OBJECTS)
        return pack_quickly(pdf, bytes, NB_QUICK_PDF_OBJECTS);
    return nb_deflater_zlib(deflater_for(pdf, packing), bytes);
}

static void attach(nb_pdf *pdf, HPDF_Dict dict, const nb_buffer *entries, const char *filter,
                   nb_string bytes)
{
    size_t filter_length = strlen(filter);
    nb_pdf_body *body = NB_NEW(pdf->arena, nb_pdf_body);
    char *copy = nb_arena_room(pdf->arena, entries->length + filter_length + 1);
    if (entries->length)
        memcpy(copy, entries->data, entries->length);
    memcpy(copy + entries->length, filter, filter_length + 1);
    *body = (nb_pdf_body){ { copy, entries->length + filter_length }, bytes };
    pdf->too_large |= entries->overflowed;
    if (!dict)
        return;
    dict->attr = body;
    dict->write_fn = write_entries;
}

void nb_pdf_add_entries(nb_pdf *pdf, HPDF_Dict dict, const nb_buffer *entries)
{
    attach(pdf, dict, entries, "", (nb_string){ 0 });
}

HPDF_Dict nb_pdf_dict_new(nb_pdf *pdf, const nb_buffer *entries)
{
    HPDF_Dict dict = HPDF_Dict_New(pdf->haru->mmgr);
    /* HPDF_Xref_Add frees what it cannot take. */
    if (dict && HPDF_Xref_Add(pdf->haru->xref, dict) != HPDF_OK)
        dict = NULL;
    attach(pdf, dict, entries, "", (nb_string){ 0 });
    return dict;
}

/*
 * libharu's own stream stays empty: it would copy the bytes in small pieces. The filter is named in
 * our entries, not set on the stream, which libharu would compress again.
 */
static void fill(nb_pdf *pdf, HPDF_Dict stream, const nb_buffer *entries, nb_string bytes,
                 bool is_packed)
{
    attach(pdf, stream, entries, is_packed ? "/Filter /FlateDecode" : "", bytes);
}

void nb_pdf_stream_fill(nb_pdf *pdf, HPDF_Dict stream, const nb_buffer *entries, nb_string bytes,
                        nb_pdf_packing packing)
{
    if (packing != NB_PDF_UNPACKED)
        bytes = nb_pdf_deflate(pdf, bytes, packing);
    nb_pdf_digest(pdf, bytes.data, bytes.length);
    fill(pdf, stream, entries, bytes, packing != NB_PDF_UNPACKED);
}

HPDF_Dict nb_pdf_stream_new(nb_pdf *pdf, const nb_buffer *entries, nb_string bytes,
                            nb_pdf_packing packing)
{
    HPDF_Dict stream = HPDF_DictStream_New(pdf->haru->mmgr, pdf->haru->xref);
    nb_pdf_stream_fill(pdf, stream, entries, bytes, packing);
    return stream;
}

HPDF_Dict nb_pdf_common_stream_new(nb_pdf *pdf, const nb_buffer *entries, nb_string bytes)
{
    nb_string packed = nb_deflater_zlib_kept(deflater_for(pdf, NB_PDF_FAST), bytes);
    nb_pdf_digest(pdf, packed.data, packed.length);
    return nb_pdf_packed_stream_new(pdf, entries, packed);
}

HPDF_Dict nb_pdf_packed_stream_new(nb_pdf *pdf, const nb_buffer *entries, nb_string bytes)
{
    HPDF_Dict stream = HPDF_DictStream_New(pdf->haru->mmgr, pdf->haru->xref);
    fill(pdf, stream, entries, bytes, true);
    return stream;
}

int nb_pdf_text_objects_begin(nb_pdf *pdf)
{
    return (int)pdf->haru->xref->entries->count + pdf->text_count;
}

void nb_pdf_text_object_end(nb_pdf *pdf)
{
    NB_GROW(pdf->arena, pdf->text_ends, pdf->text_count, &pdf->text_capacity);
    nb_buffer_byte(pdf->texts, '\n');
    pdf->text_ends[pdf->text_count++] = pdf->texts->length;
    pdf->too_large |= pdf->texts->overflowed;
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

void nb_pdf_write_reference(nb_buffer *out, HPDF_Dict object)
{
    nb_buffer_integer(out, object ? object->header.obj_id & 0x00FFFFFF : 0);
    nb_buffer_text(out, " 0 R");
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
