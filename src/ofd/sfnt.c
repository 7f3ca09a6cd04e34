/*
 * OpenType 1.9 (ISO/IEC 14496-22). Made here, or kept when a TrueType program has it (*):
 *
 *   CFF*  or  glyf*  loca*    outlines
 *   head* hhea* maxp* hmtx*   measures
 *   cmap                      format 4, and 12 when there are characters beyond the basic plane
 *   name  OS/2  post          what the font is called and whom it suits; no glyph names
 */
#include "ofd/sfnt.h"

#include "base/buffer.h"
#include "pack/deflate.h"
#include "text/cff.h"

#include <assert.h>

#define TAG(a, b, c, d)                                                                            \
    ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (uint32_t)(d))
#define CFF TAG('C', 'F', 'F', ' ')
#define CMAP TAG('c', 'm', 'a', 'p')
#define HEAD TAG('h', 'e', 'a', 'd')
#define HHEA TAG('h', 'h', 'e', 'a')
#define HMTX TAG('h', 'm', 't', 'x')
#define MAXP TAG('m', 'a', 'x', 'p')
#define NAME TAG('n', 'a', 'm', 'e')
#define OS2 TAG('O', 'S', '/', '2')
#define POST TAG('p', 'o', 's', 't')

enum {
    MOST_TABLES = 16,
    HEADER_SIZE = 12,
    RECORD_SIZE = 16,
    ADJUSTMENT = 8, /* where head has the checksum of the file */
    LARGEST_TABLE = 32 << 20
};

typedef struct table {
    uint32_t tag;
    nb_string bytes;
} table;

typedef struct sfnt {
    const nb_ofd_face *face;
    const nb_face_info *info;
    nb_arena *arena;
    table tables[MOST_TABLES]; /* ascending by tag */
    int count;
    char letters[7];
} sfnt;

static void put(nb_buffer *out, int64_t value, int bytes)
{
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        nb_buffer_byte(out, (unsigned char)((uint64_t)value >> shift));
}

static void put16(nb_buffer *out, int64_t value)
{
    put(out, value, 2);
}

static void put32(nb_buffer *out, int64_t value)
{
    put(out, value, 4);
}

static void put_zeros(nb_buffer *out, int count)
{
    while (count-- > 0)
        nb_buffer_byte(out, 0);
}

static uint32_t take(nb_string bytes, size_t at, unsigned size)
{
    uint32_t number = 0;
    for (unsigned i = 0; i < size; i++)
        number = number << 8 | (unsigned char)bytes.data[at + i];
    return number;
}

static nb_buffer *table_buffer(const sfnt *font)
{
    return nb_buffer_new(font->arena, LARGEST_TABLE);
}

static void add_table(sfnt *font, uint32_t tag, nb_string bytes)
{
    assert(font->count < MOST_TABLES);
    int at = font->count++;
    for (; at > 0 && font->tables[at - 1].tag > tag; at--)
        font->tables[at] = font->tables[at - 1];
    font->tables[at] = (table){ tag, bytes };
}

static void add_buffer(sfnt *font, uint32_t tag, const nb_buffer *buffer)
{
    add_table(font, tag, (nb_string){ (const char *)buffer->data, buffer->length });
}

/* The tables that a TrueType program has; false when its directory leads out of it. */
static bool keep_tables(sfnt *font)
{
    nb_string program = font->face->subset.program;
    uint32_t count = program.length >= HEADER_SIZE ? take(program, 4, 2) : 0;
    if (count == 0 || count > MOST_TABLES / 2 || program.length < HEADER_SIZE + count * RECORD_SIZE)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        size_t record = HEADER_SIZE + i * RECORD_SIZE;
        uint32_t tag = take(program, record, 4);
        uint32_t offset = take(program, record + 8, 4), length = take(program, record + 12, 4);
        if (offset > program.length || length > program.length - offset)
            return false;
        nb_string bytes = { program.data + offset, length };
        if (tag == HEAD) {
            if (length < ADJUSTMENT + 4)
                return false;
            char *head = nb_arena_copy(font->arena, bytes.data, length);
            memset(head + ADJUSTMENT, 0, 4);
            bytes.data = head;
        }
        add_table(font, tag, bytes);
    }
    return true;
}

static void write_head(sfnt *font)
{
    enum { MAGIC = 0x5F0F3CF5, BASELINE_AT_0 = 1, BOLD = 1, LEFT_TO_RIGHT = 2 };
    static const int64_t standard_day = 41149 * INT64_C(86400); /* 29 August 2016, from 1904 */
    const nb_face_info *info = font->info;
    nb_buffer *out = table_buffer(font);
    put32(out, 0x00010000);
    put32(out, 0x00010000);
    put32(out, 0);
    put32(out, MAGIC);
    put16(out, BASELINE_AT_0);
    put16(out, info->upem);
    /* Made and changed: the day of the standard, so that equal glyphs give equal bytes. */
    put(out, standard_day, 8);
    put(out, standard_day, 8);
    for (int i = 0; i < 4; i++)
        put16(out, info->box[i]);
    put16(out, info->bold ? BOLD : 0);
    put16(out, 8);
    put16(out, LEFT_TO_RIGHT);
    put32(out, 0);
    add_buffer(font, HEAD, out);
}

/* hhea, hmtx and maxp of CFF outlines. */
static void write_measures(sfnt *font, int glyph_count)
{
    const nb_face_info *info = font->info;
    const nb_subset *subset = &font->face->subset;
    int32_t *advances = NB_NEW_ARRAY(font->arena, int32_t, (size_t)glyph_count);
    int32_t widest = info->upem;
    /* Glyph 0, and parts of accented letters, which never stand alone. */
    for (int i = 0; i < glyph_count; i++)
        advances[i] = info->upem;
    for (int i = 0; i < font->face->glyph_count; i++) {
        advances[subset->new_glyph[i]] = subset->advance[i];
        if (widest < subset->advance[i])
            widest = subset->advance[i];
    }
    nb_buffer *out = table_buffer(font);
    put32(out, 0x00010000);
    put16(out, info->ascent);
    put16(out, info->descent);
    put16(out, 0);
    put16(out, widest);
    put16(out, info->box[0]);
    put16(out, 0);
    put16(out, info->box[2]);
    put16(out, 1); /* the caret is upright */
    put_zeros(out, 14);
    put16(out, glyph_count);
    add_buffer(font, HHEA, out);
    out = table_buffer(font);
    /* CFF outlines are drawn where they are: their side bearings are not asked for. */
    for (int i = 0; i < glyph_count; i++) {
        put16(out, advances[i]);
        put16(out, 0);
    }
    add_buffer(font, HMTX, out);
    out = table_buffer(font);
    put32(out, 0x00005000);
    put16(out, glyph_count);
    add_buffer(font, MAXP, out);
}

static uint32_t new_glyph(const sfnt *font, const nb_ofd_character *character)
{
    return font->face->subset.new_glyph[nb_ofd_face_index(font->face, character->glyph)];
}

/* How many characters from at follow each other and so do their glyphs. */
static int sequence_length(const sfnt *font, int at, int end)
{
    const nb_ofd_character *first = &font->face->characters[at];
    uint32_t glyph = new_glyph(font, first);
    int length = 1;
    while (at + length < end && first[length].code_point == first->code_point + (uint32_t)length &&
           new_glyph(font, &first[length]) == glyph + (uint32_t)length)
        length++;
    return length;
}

/* Format 4: four arrays over the segments, the last of which is 0xFFFF alone. */
static void write_basic_plane(const sfnt *font, int end, nb_buffer *out)
{
    nb_buffer *ends = table_buffer(font), *starts = table_buffer(font),
              *deltas = table_buffer(font);
    int segments = 1, length = 0;
    for (int at = 0; at < end; at += length, segments++) {
        uint32_t first = font->face->characters[at].code_point;
        length = sequence_length(font, at, end);
        put16(starts, first);
        put16(ends, first + (uint32_t)length - 1);
        put16(deltas, (int64_t)new_glyph(font, &font->face->characters[at]) - first);
    }
    int range = 2, selector = 0;
    for (; range * 2 <= segments * 2; range *= 2)
        selector++;
    put16(out, 4);
    put16(out, 16 + segments * 8);
    put16(out, 0);
    put16(out, (int64_t)segments * 2);
    put16(out, range);
    put16(out, selector);
    put16(out, segments * 2 - range);
    nb_buffer_add(out, ends->data, ends->length);
    put16(out, 0xFFFF);
    put16(out, 0);
    nb_buffer_add(out, starts->data, starts->length);
    put16(out, 0xFFFF);
    nb_buffer_add(out, deltas->data, deltas->length);
    put16(out, 1);
    put_zeros(out, segments * 2);
}

/* Format 12: all characters, of every plane. */
static void write_all_planes(const sfnt *font, nb_buffer *out)
{
    nb_buffer *groups = table_buffer(font);
    int count = 0, length = 0, end = font->face->character_count;
    for (int at = 0; at < end; at += length, count++) {
        uint32_t first = font->face->characters[at].code_point;
        length = sequence_length(font, at, end);
        put32(groups, first);
        put32(groups, first + (uint32_t)length - 1);
        put32(groups, new_glyph(font, &font->face->characters[at]));
    }
    put16(out, 12);
    put16(out, 0);
    put32(out, 16 + count * 12);
    put32(out, 0);
    put32(out, count);
    nb_buffer_add(out, groups->data, groups->length);
}

static void write_cmap(sfnt *font)
{
    enum { UNICODE = 3, BASIC_PLANE = 1, ALL_PLANES = 10, RECORD = 8 };
    const nb_ofd_face *face = font->face;
    nb_buffer *out = table_buffer(font), *basic = table_buffer(font);
    int end = 0;
    /* 0xFFFF ends format 4 and cannot be one of its characters. */
    while (end < face->character_count && face->characters[end].code_point < 0xFFFF)
        end++;
    bool is_wide = end < face->character_count;
    int header = 4 + RECORD * (is_wide ? 2 : 1);
    write_basic_plane(font, end, basic);
    put16(out, 0);
    put16(out, is_wide ? 2 : 1);
    put16(out, UNICODE);
    put16(out, BASIC_PLANE);
    put32(out, header);
    if (is_wide) {
        put16(out, UNICODE);
        put16(out, ALL_PLANES);
        put32(out, header + (int64_t)basic->length);
    }
    nb_buffer_add(out, basic->data, basic->length);
    if (is_wide)
        write_all_planes(font, out);
    add_buffer(font, CMAP, out);
}

static void put_utf16(nb_buffer *out, const char *text)
{
    const char *end = text + strlen(text);
    while (text < end) {
        uint32_t c = nb_utf8_next(&text, end);
        if (c == NB_UTF8_INVALID)
            c = 0xFFFD;
        if (c >= 0x10000) {
            put16(out, 0xD7C0 + (c >> 10));
            c = 0xDC00 + (c & 0x3FF);
        }
        put16(out, c);
    }
}

static void write_names(sfnt *font)
{
    enum { WINDOWS = 3, UTF16 = 1, ENGLISH = 0x409, COUNT = 6, RECORD = 12 };
    static const int ids[COUNT] = { 1, 2, 3, 4, 5, 6 };
    const nb_face_info *info = font->info;
    const char *family = nb_arena_print(font->arena, "%s+%s", font->letters, info->family);
    const char *full = nb_arena_print(font->arena, "%s+%s", font->letters, info->postscript_name);
    const char *texts[COUNT] = { family, info->bold ? "Bold" : "Regular", full, full, "Version 1.0",
                                 full };
    nb_buffer *out = table_buffer(font), *strings = table_buffer(font);
    put16(out, 0);
    put16(out, COUNT);
    put16(out, 6 + COUNT * RECORD);
    for (int i = 0; i < COUNT; i++) {
        size_t start = strings->length;
        put_utf16(strings, texts[i]);
        put16(out, WINDOWS);
        put16(out, UTF16);
        put16(out, ENGLISH);
        put16(out, ids[i]);
        put16(out, (int64_t)(strings->length - start));
        put16(out, (int64_t)start);
    }
    nb_buffer_add(out, strings->data, strings->length);
    add_buffer(font, NAME, out);
}

/* The blocks of characters that OS/2 tells apart and a report uses. */
static uint32_t range_bit(uint32_t c, int word)
{
    static const struct {
        uint32_t first, last;
        int bit;
    } blocks[] = {
        { 0x20, 0x7E, 0 },      { 0xA0, 0xFF, 1 },         { 0x2000, 0x206F, 31 },
        { 0x3000, 0x303F, 48 }, { 0x3400, 0x4DBF, 59 },    { 0x4E00, 0x9FFF, 59 },
        { 0xFF00, 0xFFEF, 68 }, { 0x10000, 0x10FFFF, 57 }, { 0x20000, 0x2FFFF, 59 },
    };
    uint32_t bits = 0;
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
        if (c >= blocks[i].first && c <= blocks[i].last && blocks[i].bit / 32 == word)
            bits |= UINT32_C(1) << blocks[i].bit % 32;
    return bits;
}

static void write_os2(sfnt *font)
{
    /* For viewing and printing: the most that a subset made for one document is good for. */
    enum { PREVIEW_AND_PRINT = 4, BOLD = 0x20, REGULAR = 0x40, LATIN_AND_CHINESE = 0x40001 };
    const nb_face_info *info = font->info;
    const nb_ofd_face *face = font->face;
    int64_t sum = 0;
    for (int i = 0; i < face->glyph_count; i++)
        sum += face->subset.advance[i];
    uint32_t last =
        face->character_count ? face->characters[face->character_count - 1].code_point : 0;
    nb_buffer *out = table_buffer(font);
    put16(out, 4);
    put16(out, face->glyph_count ? sum / face->glyph_count : 0);
    put16(out, info->bold ? 700 : 400);
    put16(out, 5); /* neither condensed nor expanded */
    put16(out, PREVIEW_AND_PRINT);
    put_zeros(out, 20); /* subscripts, superscripts, strike-out */
    put16(out, info->serif ? 0x0100 : 0x0800);
    put_zeros(out, 10); /* PANOSE: any */
    for (int word = 0; word < 4; word++) {
        uint32_t bits = 0;
        for (int i = 0; i < face->character_count; i++)
            bits |= range_bit(face->characters[i].code_point, word);
        put32(out, bits);
    }
    put32(out, TAG(' ', ' ', ' ', ' '));
    put16(out, info->bold ? BOLD : REGULAR);
    put16(out, face->character_count && face->characters[0].code_point < 0xFFFF
                   ? face->characters[0].code_point
                   : 0xFFFF);
    put16(out, last < 0xFFFF ? last : 0xFFFF);
    put16(out, info->ascent);
    put16(out, info->descent);
    put16(out, 0);
    put16(out, info->box[3] > info->ascent ? info->box[3] : info->ascent);
    put16(out, -(info->box[1] < info->descent ? info->box[1] : info->descent));
    put32(out, LATIN_AND_CHINESE);
    put32(out, 0);
    put16(out, info->upem / 2);
    put16(out, info->cap_height);
    put16(out, 0);
    put16(out, ' ');
    put16(out, 1);
    add_buffer(font, OS2, out);
}

static void write_post(sfnt *font)
{
    nb_buffer *out = table_buffer(font);
    put32(out, 0x00030000);
    put32(out, (int64_t)font->info->italic_angle * 0x10000);
    put16(out, -font->info->upem / 10);
    put16(out, font->info->upem / 20);
    put_zeros(out, 20);
    add_buffer(font, POST, out);
}

/* The sum of a table's or a file's numbers of 32 bits, the last filled up with zeros. */
static uint32_t checksum(nb_string bytes)
{
    uint32_t sum = 0;
    size_t at = 0;
    for (; at + 4 <= bytes.length; at += 4)
        sum += take(bytes, at, 4);
    for (unsigned shift = 24; at < bytes.length; at++, shift -= 8)
        sum += (uint32_t)(unsigned char)bytes.data[at] << shift;
    return sum;
}

static nb_string assemble(const sfnt *font)
{
    static const uint32_t whole = 0xB1B0AFBA; /* what all bytes of a font file add up to */
    nb_buffer *out = nb_buffer_new(font->arena, LARGEST_TABLE);
    bool is_cff = font->info->outlines == NB_OUTLINES_CFF;
    int range = 16, selector = 0;
    for (; range * 2 <= font->count * 16; range *= 2)
        selector++;
    put32(out, is_cff ? TAG('O', 'T', 'T', 'O') : 0x00010000);
    put16(out, font->count);
    put16(out, range);
    put16(out, selector);
    put16(out, font->count * 16 - range);
    size_t offset = HEADER_SIZE + (size_t)font->count * RECORD_SIZE, head = 0;
    for (int i = 0; i < font->count; i++) {
        const table *at = &font->tables[i];
        if (at->tag == HEAD)
            head = offset;
        put32(out, at->tag);
        put32(out, checksum(at->bytes));
        put32(out, (int64_t)offset);
        put32(out, (int64_t)at->bytes.length);
        offset += (at->bytes.length + 3) / 4 * 4;
    }
    for (int i = 0; i < font->count; i++) {
        nb_buffer_add(out, font->tables[i].bytes.data, font->tables[i].bytes.length);
        put_zeros(out, (int)(-font->tables[i].bytes.length & 3));
    }
    if (out->overflowed)
        return (nb_string){ 0 };
    uint32_t sum = checksum((nb_string){ (const char *)out->data, out->length });
    for (unsigned i = 0; i < 4; i++)
        out->data[head + ADJUSTMENT + i] = (unsigned char)((whole - sum) >> (24 - 8 * i));
    return (nb_string){ (const char *)out->data, out->length };
}

static void choose_letters(sfnt *font)
{
    uint32_t number = nb_crc32(font->face->subset.program);
    for (int i = 0; i < 6; i++, number /= 26)
        font->letters[i] = (char)('A' + number % 26);
}

bool nb_sfnt_write(const nb_ofd_face *face, nb_arena *arena, nb_string *out)
{
    sfnt font = { .face = face, .info = nb_face_describe(face->face), .arena = arena };
    nb_cff cff;
    *out = (nb_string){ 0 };
    choose_letters(&font);
    if (font.info->outlines == NB_OUTLINES_GLYF) {
        if (!keep_tables(&font))
            return false;
    } else {
        if (!nb_cff_read(face->subset.program, &cff) || cff.glyph_count > UINT16_MAX)
            return false;
        for (int i = 0; i < face->glyph_count; i++)
            if (face->subset.new_glyph[i] >= cff.glyph_count)
                return false;
        add_table(&font, CFF, face->subset.program);
        write_head(&font);
        write_measures(&font, (int)cff.glyph_count);
    }
    write_cmap(&font);
    write_names(&font);
    write_os2(&font);
    write_post(&font);
    *out = assemble(&font);
    return out->length > 0;
}
