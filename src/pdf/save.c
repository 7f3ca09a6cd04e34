#include "pdf/save.h"

#include <assert.h>

/* The parts of an entry of the cross-reference stream: ISO 32000-1, table 18. */
typedef enum place_kind { PLACE_FREE, PLACE_OFFSET, PLACE_PACKED } place_kind;

typedef struct place {
    place_kind kind;
    size_t where; /* the next free object; the offset in the file; the object stream's number */
    int index;    /* a free object's generation; 0; the place in the object stream */
} place;

/* An object that is no stream: its number, and where it ends in the bodies. */
typedef struct packed_object {
    int id;
    size_t end;
} packed_object;

typedef struct saving {
    nb_pdf *pdf;
    nb_buffer *file;
    nb_buffer *bodies;
    packed_object *packed;
    int packed_count;
    place *places; /* by object number */
    int count;
} saving;

/*
 * Many objects in one stream share their words; a viewer unpacks a stream whole for the first
 * object it wants of it.
 */
enum { OBJECTS_PER_STREAM = 512 };

static void add_stream_bytes(nb_buffer *out, HPDF_Stream stream)
{
    for (HPDF_UINT i = 0; i < HPDF_MemStream_GetBufCount(stream); i++) {
        HPDF_UINT length;
        const HPDF_BYTE *bytes = HPDF_MemStream_GetBufPtr(stream, i, &length);
        nb_buffer_add(out, bytes, length);
    }
}

static void begin_object(saving *to, int id)
{
    to->places[id] = (place){ PLACE_OFFSET, to->file->length, 0 };
    nb_buffer_integer(to->file, id);
    nb_buffer_text(to->file, " 0 obj\n");
}

/* The entries and bytes of a stream object, which was begun. */
static void write_stream(saving *to, const nb_buffer *entries, nb_string bytes)
{
    nb_buffer_text(to->file, "<<");
    nb_buffer_add(to->file, entries->data, entries->length);
    nb_buffer_text(to->file, "/Length ");
    nb_buffer_integer(to->file, (int64_t)bytes.length);
    nb_buffer_text(to->file, "/Filter/FlateDecode>>\nstream\n");
    nb_buffer_add(to->file, bytes.data, bytes.length);
    nb_buffer_text(to->file, "\nendstream\nendobj\n");
}

/*
 * A stream of libharu's has our entries and bytes and, under a number of its own, a length, which is
 * written here into the stream itself: so the file can be read from the front, and no object stream
 * is needed to read another.
 */
static void write_haru_stream(saving *to, int id, HPDF_Dict stream)
{
    const nb_pdf_body *body = stream->attr;
    assert(stream->list->count == 1 && stream->filter == HPDF_STREAM_FILTER_NONE);
    begin_object(to, id);
    nb_buffer_text(to->file, "<<");
    nb_buffer_add(to->file, body->entries.data, body->entries.length);
    nb_buffer_text(to->file, " /Length ");
    nb_buffer_integer(to->file, (int64_t)body->bytes.length);
    nb_buffer_text(to->file, ">>\nstream\n");
    nb_buffer_add(to->file, body->bytes.data, body->bytes.length);
    nb_buffer_text(to->file, "\nendstream\nendobj\n");
}

static void add_packed(saving *to, int id, size_t end)
{
    to->packed[to->packed_count++] = (packed_object){ id, end };
}

/* libharu writes its values into a stream of its own, which it frees with the document. */
static nb_status write_haru_objects(saving *to)
{
    enum { BLOCK = 32 * 1024 };
    HPDF_Doc haru = to->pdf->haru;
    int count = (int)haru->xref->entries->count;
    haru->stream = HPDF_MemStream_New(haru->mmgr, BLOCK);
    for (int id = 1; id < count && haru->stream; id++) {
        HPDF_Dict object = HPDF_Xref_GetEntry(haru->xref, (HPDF_UINT)id)->obj;
        HPDF_UINT16 kind = object->header.obj_class & HPDF_OCLASS_ANY;
        if (kind == HPDF_OCLASS_NUMBER)
            continue; /* a stream's length */
        if (kind == HPDF_OCLASS_DICT && object->stream) {
            write_haru_stream(to, id, object);
            continue;
        }
        HPDF_Obj_WriteValue(object, haru->stream, NULL);
        HPDF_Stream_WriteChar(haru->stream, '\n');
        add_packed(to, id, HPDF_Stream_Size(haru->stream));
    }
    nb_status status = nb_pdf_check(to->pdf, "对象", "objects");
    if (!status)
        add_stream_bytes(to->bodies, haru->stream);
    return status;
}

static void add_text_objects(saving *to)
{
    const nb_pdf *pdf = to->pdf;
    int first = (int)pdf->haru->xref->entries->count;
    size_t before = to->bodies->length;
    for (int i = 0; i < pdf->text_count; i++)
        add_packed(to, first + i, before + pdf->text_ends[i]);
    nb_buffer_add(to->bodies, pdf->texts->data, pdf->texts->length);
}

/*
 * One object stream of packed objects [first, end): pairs of number and offset, then the objects.
 */
static void write_object_stream(saving *to, int first, int end)
{
    nb_buffer *content = nb_pdf_buffer(to->pdf), *entries = nb_pdf_buffer(to->pdf);
    size_t start = first ? to->packed[first - 1].end : 0, at = start;
    int id = to->count++;
    for (int i = first; i < end; i++) {
        to->places[to->packed[i].id] = (place){ PLACE_PACKED, (size_t)id, i - first };
        nb_buffer_integer(content, to->packed[i].id);
        nb_buffer_byte(content, ' ');
        nb_buffer_integer(content, (int64_t)(at - start));
        nb_buffer_byte(content, ' ');
        at = to->packed[i].end;
    }
    nb_buffer_text(entries, "/Type/ObjStm/N ");
    nb_buffer_integer(entries, end - first);
    nb_buffer_text(entries, "/First ");
    nb_buffer_integer(entries, (int64_t)content->length);
    nb_buffer_add(content, to->bodies->data + start, at - start);
    nb_string packed = nb_pdf_deflate(
        to->pdf, (nb_string){ (const char *)content->data, content->length }, NB_PDF_OBJECTS);
    nb_pdf_digest(to->pdf, packed.data, packed.length);
    begin_object(to, id);
    write_stream(to, entries, packed);
}

/* Free objects are a list that begins and ends at object 0 (ISO 32000-1, 7.5.4). */
static void link_free_objects(saving *to)
{
    size_t next = 0;
    for (int id = to->count - 1; id >= 0; id--) {
        if (to->places[id].kind != PLACE_FREE)
            continue;
        to->places[id] = (place){ PLACE_FREE, next, id == 0 ? 65535 : 0 };
        next = (size_t)id;
    }
}

static void pack_number(unsigned char *out, size_t value, int bytes)
{
    for (int i = bytes - 1; i >= 0; i--, value >>= 8)
        out[i] = (unsigned char)value;
}

/*
 * The table's rows, each as its difference from the row above: PNG's filter "Up", number 2 (ISO
 * 32000-1, 7.4.4.4).
 */
static nb_string pack_places(const saving *to, int where_bytes)
{
    enum { LARGEST_ROW = 1 + 8 + 2 };
    size_t row_bytes = (size_t)where_bytes + 3;
    unsigned char above[LARGEST_ROW] = { 0 }, row[LARGEST_ROW];
    nb_buffer *out = nb_pdf_buffer(to->pdf);
    for (int id = 0; id < to->count; id++) {
        row[0] = (unsigned char)to->places[id].kind;
        pack_number(row + 1, to->places[id].where, where_bytes);
        pack_number(row + 1 + where_bytes, (size_t)to->places[id].index, 2);
        nb_buffer_byte(out, 2);
        for (size_t i = 0; i < row_bytes; i++)
            nb_buffer_byte(out, (unsigned char)(row[i] - above[i]));
        memcpy(above, row, sizeof row);
    }
    return (nb_string){ (const char *)out->data, out->length };
}

/* ISO 32000-1, 14.4: a permanent and a changing half, equal in a new file. */
static void write_identifier(nb_pdf *pdf, nb_buffer *entries)
{
    enum { DIGITS = 32 };
    char digest[NB_DIGEST_SIZE];
    nb_sha256_end(&pdf->digest, digest);
    nb_buffer_text(entries, "/ID[");
    for (int half = 0; half < 2; half++) {
        nb_buffer_byte(entries, '<');
        nb_buffer_add(entries, digest, DIGITS);
        nb_buffer_byte(entries, '>');
    }
    nb_buffer_byte(entries, ']');
}

static void write_cross_reference(saving *to)
{
    nb_pdf *pdf = to->pdf;
    nb_buffer *entries = nb_pdf_buffer(pdf);
    size_t start = to->file->length;
    int where_bytes = 2;
    while (start >> (8 * where_bytes))
        where_bytes++;
    begin_object(to, to->count++);
    link_free_objects(to);
    nb_buffer_text(entries, "/Type/XRef/Size ");
    nb_buffer_integer(entries, to->count);
    nb_buffer_text(entries, "/Root ");
    nb_pdf_write_reference(entries, pdf->haru->catalog);
    nb_buffer_text(entries, "/Info ");
    nb_pdf_write_reference(entries, pdf->haru->info);
    write_identifier(pdf, entries);
    nb_buffer_text(entries, "/W[1 ");
    nb_buffer_integer(entries, where_bytes);
    nb_buffer_text(entries, " 2]/DecodeParms<</Predictor 12/Columns ");
    nb_buffer_integer(entries, where_bytes + 3);
    nb_buffer_text(entries, ">>");
    write_stream(to, entries, nb_pdf_deflate(pdf, pack_places(to, where_bytes), NB_PDF_OBJECTS));
    nb_buffer_text(to->file, "startxref\n");
    nb_buffer_integer(to->file, (int64_t)start);
    nb_buffer_text(to->file, "\n%%EOF\n");
}

/* Room for all streams at once: the file is not to be moved as it grows. */
static void reserve_file(const saving *to)
{
    enum { AROUND = 64 };
    HPDF_Xref xref = to->pdf->haru->xref;
    size_t length = to->pdf->texts->length;
    for (HPDF_UINT id = 1; id < xref->entries->count; id++) {
        const HPDF_Dict object = HPDF_Xref_GetEntry(xref, id)->obj;
        bool is_dict = (object->header.obj_class & HPDF_OCLASS_ANY) == HPDF_OCLASS_DICT;
        if (is_dict && object->stream && object->attr)
            length += ((const nb_pdf_body *)object->attr)->bytes.length + AROUND;
    }
    nb_buffer_reserve(to->file, length);
}

nb_status nb_pdf_save(nb_pdf *pdf, nb_string *out)
{
    saving to = { .pdf = pdf, .file = nb_pdf_buffer(pdf), .bodies = nb_pdf_buffer(pdf) };
    to.count = (int)pdf->haru->xref->entries->count + pdf->text_count;
    /* No more object streams than objects, and the cross-reference stream. */
    to.places = NB_NEW_ARRAY(pdf->arena, place, 2 * (size_t)to.count + 1);
    to.packed = NB_NEW_ARRAY(pdf->arena, packed_object, (size_t)to.count);
    reserve_file(&to);
    /* Bytes above 127 tell programs that the file is not text (ISO 32000-1, 7.5.2). */
    nb_buffer_text(to.file, "%PDF-1.7\n%\xE5\xB9\xB4\xE6\x8A\xA5\n");
    nb_status status = write_haru_objects(&to);
    if (status)
        return status;
    add_text_objects(&to);
    pdf->too_large |= to.bodies->overflowed;
    status = nb_pdf_check(pdf, "对象", "objects");
    if (status)
        return status;
    for (int first = 0; first < to.packed_count; first += OBJECTS_PER_STREAM) {
        int left = to.packed_count - first;
        write_object_stream(&to, first,
                            first + (left < OBJECTS_PER_STREAM ? left : OBJECTS_PER_STREAM));
    }
    write_cross_reference(&to);
    pdf->too_large |= to.file->overflowed;
    *out = (nb_string){ (const char *)to.file->data, to.file->length };
    return nb_pdf_check(pdf, "文件", "file");
}
