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
    int id, group;
    size_t end;
} packed_object;

typedef struct saving {
    nb_pdf *pdf;
    nb_buffer *bodies; /* the objects that are no streams, libharu's and then ours */
    packed_object *packed;
    int packed_count;
    place *places; /* by object number */
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

static void add_packed(saving *to, int id, int group, size_t end)
{
    to->packed[to->packed_count++] = (packed_object){ id, group, end };
}

/* libharu writes its values into a stream of its own, which it frees with the document. */
static nb_status write_haru_objects(saving *to)
{
    enum { BLOCK = 32 * 1024 };
    HPDF_Doc haru = to->pdf->haru;
    assert((int)haru->xref->entries->count == to->pdf->first_own);
    haru->stream = HPDF_MemStream_New(haru->mmgr, BLOCK);
    for (int id = 1; id < to->pdf->first_own && haru->stream; id++) {
        HPDF_Obj_WriteValue(HPDF_Xref_GetEntry(haru->xref, (HPDF_UINT)id)->obj, haru->stream, NULL);
        HPDF_Stream_WriteChar(haru->stream, '\n');
        add_packed(to, id, 0, HPDF_Stream_Size(haru->stream));
    }
    nb_status status = nb_pdf_check(to->pdf, "对象", "objects");
    if (!status)
        add_stream_bytes(to->bodies, haru->stream);
    return status;
}

static void add_own_objects(saving *to)
{
    const nb_pdf *pdf = to->pdf;
    size_t before = to->bodies->length;
    for (int i = 0; i < pdf->own_count; i++) {
        const nb_pdf_own *own = &pdf->own[i];
        if (own->is_stream)
            to->places[own->number] = (place){ PLACE_OFFSET, own->where, 0 };
        else
            add_packed(to, own->number, own->group, before + own->where);
    }
    nb_buffer_add(to->bodies, pdf->texts->data, pdf->texts->length);
}

/* One more stream of ours, of the file's structure; its number. */
static int write_last_stream(saving *to, const nb_buffer *entries, const nb_buffer *bytes)
{
    to->pdf->too_large |= bytes->overflowed;
    return nb_pdf_stream_new(
        to->pdf, entries, (nb_string){ (const char *)bytes->data, bytes->length }, NB_PDF_OBJECTS);
}

/*
 * One object stream of packed objects [first, end): pairs of number and offset, then the objects.
 */
static void write_object_stream(saving *to, int first, int end)
{
    nb_buffer *content = nb_pdf_buffer(to->pdf), *entries = nb_pdf_buffer(to->pdf);
    size_t start = first ? to->packed[first - 1].end : 0, at = start;
    int id = nb_pdf_next_number(to->pdf);
    to->places[id] = (place){ PLACE_OFFSET, to->pdf->file->length, 0 };
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
    if (to->packed[first].group)
        nb_pdf_common_stream_new(to->pdf, entries,
                                 (nb_string){ (const char *)content->data, content->length });
    else
        write_last_stream(to, entries, content);
}

/* The end of the objects that go into one stream with the first of them. */
static int end_of_stream(const saving *to, int first)
{
    int end = first + 1;
    while (end < to->packed_count && end - first < OBJECTS_PER_STREAM &&
           to->packed[end].group == to->packed[first].group)
        end++;
    return end;
}

/* Free objects are a list that begins and ends at object 0 (ISO 32000-1, 7.5.4). */
static void link_free_objects(saving *to, int count)
{
    size_t next = 0;
    for (int id = count - 1; id >= 0; id--) {
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
static nb_buffer *places_as_rows(const saving *to, int count, int where_bytes)
{
    enum { LARGEST_ROW = 1 + 8 + 2 };
    size_t row_bytes = (size_t)where_bytes + 3;
    unsigned char above[LARGEST_ROW] = { 0 }, row[LARGEST_ROW];
    nb_buffer *out = nb_pdf_buffer(to->pdf);
    for (int id = 0; id < count; id++) {
        row[0] = (unsigned char)to->places[id].kind;
        pack_number(row + 1, to->places[id].where, where_bytes);
        pack_number(row + 1 + where_bytes, (size_t)to->places[id].index, 2);
        nb_buffer_byte(out, 2);
        for (size_t i = 0; i < row_bytes; i++)
            nb_buffer_byte(out, (unsigned char)(row[i] - above[i]));
        memcpy(above, row, sizeof row);
    }
    return out;
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
    size_t start = pdf->file->length;
    int where_bytes = 2;
    while (start >> (8 * where_bytes))
        where_bytes++;
    int id = nb_pdf_next_number(pdf), count = id + 1;
    to->places[id] = (place){ PLACE_OFFSET, start, 0 };
    link_free_objects(to, count);
    nb_buffer_text(entries, "/Type/XRef/Size ");
    nb_buffer_integer(entries, count);
    nb_buffer_text(entries, "/Root ");
    nb_pdf_write_reference(entries, nb_pdf_number_of(pdf->haru->catalog));
    nb_buffer_text(entries, "/Info ");
    nb_pdf_write_reference(entries, nb_pdf_number_of(pdf->haru->info));
    write_identifier(pdf, entries);
    nb_buffer_text(entries, "/W[1 ");
    nb_buffer_integer(entries, where_bytes);
    nb_buffer_text(entries, " 2]/DecodeParms<</Predictor 12/Columns ");
    nb_buffer_integer(entries, where_bytes + 3);
    nb_buffer_text(entries, ">>");
    write_last_stream(to, entries, places_as_rows(to, count, where_bytes));
    nb_buffer_text(pdf->file, "startxref\n");
    nb_buffer_integer(pdf->file, (int64_t)start);
    nb_buffer_text(pdf->file, "\n%%EOF\n");
}

nb_status nb_pdf_save(nb_pdf *pdf, nb_string *out)
{
    saving to = { .pdf = pdf, .bodies = nb_pdf_buffer(pdf) };
    size_t count = (size_t)nb_pdf_next_number(pdf);
    /* No more object streams than objects, and the cross-reference stream. */
    to.places = NB_NEW_ARRAY(pdf->arena, place, 2 * count + 1);
    to.packed = NB_NEW_ARRAY(pdf->arena, packed_object, count);
    nb_status status = write_haru_objects(&to);
    if (status)
        return status;
    add_own_objects(&to);
    pdf->too_large |= to.bodies->overflowed;
    status = nb_pdf_check(pdf, "对象", "objects");
    if (status)
        return status;
    for (int first = 0, end; first < to.packed_count; first = end) {
        end = end_of_stream(&to, first);
        write_object_stream(&to, first, end);
    }
    write_cross_reference(&to);
    pdf->too_large |= pdf->file->overflowed;
    *out = (nb_string){ (const char *)pdf->file->data, pdf->file->length };
    return nb_pdf_check(pdf, "文件", "file");
}
