/*
 * A CID-keyed CFF table (Adobe Technical Note 5176) around charstrings that call no subroutine:
 *
 *   header | Name INDEX | Top DICT INDEX | String INDEX | no global subroutines
 *   charset: a CID a glyph | FDSelect: all glyphs have dict 0 | FDArray: dict 0 | its Private DICT
 *   CharStrings INDEX: where each charstring begins ‖ the charstrings
 *
 * Numbers that say where something stands take five bytes whatever they are, so that all places
 * follow from lengths.
 */
#include "text/program_parts.h"

#include <assert.h>

enum {
    CHARSET = 15,
    CHAR_STRINGS = 17,
    PRIVATE = 18,
    DEFAULT_WIDTH = 20,
    NOMINAL_WIDTH = 21,
    FONT_BBOX = 5,
    FONT_MATRIX = 12 << 8 | 7,
    ROS = 12 << 8 | 30,
    CID_COUNT = 12 << 8 | 34,
    FD_ARRAY = 12 << 8 | 36,
    FD_SELECT = 12 << 8 | 37,
    FIRST_OWN_STRING = 391, /* the strings before it are the note's own */
    USUAL_UPEM = 1000,
    OFFSET_BYTES = 4
};

/* Where the parts begin. */
typedef struct places {
    uint32_t charset, select, dicts, private_dict, char_strings;
} places;

static void write_operator(nb_buffer *out, int operation)
{
    if (operation > 255)
        nb_buffer_byte(out, (unsigned char)(operation >> 8));
    nb_buffer_byte(out, (unsigned char)operation);
}

/* In three bytes: FreeType takes a negative number of five for a positive one. */
static void write_short(nb_buffer *out, int value)
{
    nb_buffer_byte(out, 28);
    nb_program_number(out, (uint32_t)value, 2);
}

/* A place, a length or a count. */
static void write_size(nb_buffer *out, uint32_t value)
{
    nb_buffer_byte(out, 29);
    nb_program_number(out, value, 4);
}

static void write_entry(nb_buffer *out, uint32_t size, int operation)
{
    write_size(out, size);
    write_operator(out, operation);
}

/*
 * 1 / upem as a real number, digits by digits (table 5): twelve of them after the point, and "E-12".
 */
static void write_unit(nb_buffer *out, int upem)
{
    char nibbles[24];
    int count = 0;
    int64_t scaled = (1000000000000 + upem / 2) / upem;
    for (int64_t power = 1000000000000; power > 0; power /= 10)
        if (scaled >= power || count > 0)
            nibbles[count++] = (char)(scaled / power % 10);
    nibbles[count++] = 0xC; /* E- */
    nibbles[count++] = 1;
    nibbles[count++] = 2;
    nibbles[count++] = 0xF;
    if (count % 2)
        nibbles[count++] = 0xF;
    nb_buffer_byte(out, 30);
    for (int i = 0; i < count; i += 2)
        nb_buffer_byte(out, (unsigned char)(nibbles[i] << 4 | nibbles[i + 1]));
}

static void write_matrix(nb_buffer *out, int upem)
{
    if (upem == USUAL_UPEM)
        return;
    for (int i = 0; i < 6; i++) {
        if (i == 0 || i == 3)
            write_unit(out, upem);
        else
            write_short(out, 0);
    }
    write_operator(out, FONT_MATRIX);
}

static void write_top_dict(nb_buffer *out, const nb_face_info *info, const places *at,
                           int last_code)
{
    write_short(out, FIRST_OWN_STRING);
    write_short(out, FIRST_OWN_STRING + 1);
    write_entry(out, 0, ROS);
    write_matrix(out, info->upem);
    for (int i = 0; i < 4; i++)
        write_short(out, info->box[i]);
    write_operator(out, FONT_BBOX);
    write_entry(out, (uint32_t)last_code + 1, CID_COUNT);
    write_entry(out, at->charset, CHARSET);
    write_entry(out, at->char_strings, CHAR_STRINGS);
    write_entry(out, at->dicts, FD_ARRAY);
    write_entry(out, at->select, FD_SELECT);
}

/* An INDEX of one object. */
static void write_single(nb_buffer *out, const void *bytes, size_t length)
{
    nb_program_number(out, 1, 2);
    nb_buffer_byte(out, OFFSET_BYTES);
    nb_program_number(out, 1, OFFSET_BYTES);
    nb_program_number(out, (uint32_t)length + 1, OFFSET_BYTES);
    nb_buffer_add(out, bytes, length);
}

static void write_strings(nb_buffer *out)
{
    static const char strings[] = "AdobeIdentity";
    static const uint8_t starts[] = { 1, 6, 14 };
    nb_program_number(out, 2, 2);
    nb_buffer_byte(out, 1);
    nb_buffer_add(out, starts, sizeof starts);
    nb_buffer_text(out, strings);
}

static void write_font_dict(nb_buffer *out, const places *at, uint32_t private_length)
{
    nb_buffer *dict = nb_buffer_new(out->arena, 64);
    write_size(dict, private_length);
    write_entry(dict, at->private_dict, PRIVATE);
    write_single(out, dict->data, dict->length);
}

static void write_char_string_places(nb_buffer *out, const nb_program_glyphs *glyphs)
{
    int bytes = 1;
    uint32_t at = 1;
    while ((glyphs->length + 1) >> (8 * bytes))
        bytes++;
    nb_program_number(out, (uint32_t)glyphs->count, 2);
    nb_buffer_byte(out, (unsigned char)bytes);
    nb_program_number(out, at, bytes);
    for (int i = 0; i < glyphs->count; i++)
        nb_program_number(out, at += glyphs->pieces[i]->length, bytes);
}

/* The parts before the charset, as long whatever the places are. */
static void write_front(nb_buffer *out, const nb_program_request *request, const places *at)
{
    static const uint8_t header[] = { 1, 0, 4, OFFSET_BYTES };
    const nb_face_info *info = nb_face_describe(request->face);
    nb_buffer *top = nb_buffer_new(out->arena, 256);
    int last_code = request->count ? request->codes[request->count - 1] : 0;
    nb_buffer_add(out, header, sizeof header);
    write_single(out, info->postscript_name, strlen(info->postscript_name));
    write_top_dict(top, info, at, last_code);
    write_single(out, top->data, top->length);
    write_strings(out);
    nb_program_number(out, 0, 2); /* no global subroutines */
}

void nb_cff_program_head(nb_buffer *out, const nb_program_request *request,
                         const nb_program_glyphs *glyphs)
{
    places at = { 0 };
    nb_buffer *own = nb_buffer_new(out->arena, 32), *front = nb_buffer_new(out->arena, 1024);
    write_front(out, request, &at);
    at.charset = (uint32_t)out->length;
    nb_buffer_byte(out, 0); /* format 0: the CID of each glyph but .notdef */
    for (int i = 0; i < request->count; i++)
        nb_program_number(out, request->codes[i], 2);
    at.select = (uint32_t)out->length;
    nb_buffer_byte(out, 3); /* format 3: ranges, of which there is one */
    nb_program_number(out, 1, 2);
    nb_program_number(out, 0, 2);
    nb_buffer_byte(out, 0);
    nb_program_number(out, (uint32_t)glyphs->count, 2);
    write_entry(own, (uint32_t)nb_face_describe(request->face)->upem, DEFAULT_WIDTH);
    write_entry(own, 0, NOMINAL_WIDTH);
    at.dicts = (uint32_t)out->length;
    write_font_dict(out, &at, (uint32_t)own->length);
    at.private_dict = (uint32_t)out->length;
    out->length = at.dicts;
    write_font_dict(out, &at, (uint32_t)own->length);
    nb_buffer_add(out, own->data, own->length);
    at.char_strings = (uint32_t)out->length;
    write_char_string_places(out, glyphs);
    write_front(front, request, &at);
    assert(front->length == at.charset);
    memcpy(out->data, front->data, front->length);
}
