/*
 * A CFF table, of which only what leads to the charset is read:
 *
 *   header | Name INDEX | Top DICT INDEX | …
 *                          ROS (12 30)       the font is CID-keyed
 *                          charset (15)      offset ──▶ format 0, 1 or 2
 *                          CharStrings (17)  offset ──▶ INDEX of as many objects as glyphs
 */
#include "text/cff.h"

enum { CHARSET = 15, CHAR_STRINGS = 17, ESCAPE = 12, ROS = ESCAPE << 8 | 30 };
enum { LAST_PREDEFINED_CHARSET = 2 };

/* A place in the table. What is read past the end is 0 and sets failed. */
typedef struct cursor {
    nb_string table;
    size_t at;
    bool failed;
} cursor;

static uint32_t take(cursor *c, unsigned size)
{
    uint32_t number = 0;
    if (c->failed || c->at > c->table.length || c->table.length - c->at < size) {
        c->failed = true;
        return 0;
    }
    while (size-- > 0)
        number = number << 8 | (unsigned char)c->table.data[c->at++];
    return number;
}

/*
 * An INDEX: a count, the size of an offset, count + 1 offsets, the objects. Offsets are counted
 * from the byte before the first object.
 */
typedef struct object_index {
    uint32_t count;
    unsigned offset_size;
    size_t offsets;
} object_index;

static object_index take_index(cursor *c)
{
    object_index index = { .count = take(c, 2) };
    if (index.count > 0) {
        index.offset_size = (unsigned)take(c, 1);
        if (index.offset_size < 1 || index.offset_size > 4)
            c->failed = true;
    }
    index.offsets = c->at;
    return index;
}

/* Where object i begins; for i = count, where the last one ends. */
static size_t object_at(cursor *c, const object_index *index, uint32_t i)
{
    cursor offset = *c;
    offset.at = index->offsets + (size_t)index->offset_size * i;
    size_t first = index->offsets + (size_t)index->offset_size * (index->count + 1) - 1;
    size_t at = first + take(&offset, index->offset_size);
    c->failed = offset.failed;
    return at;
}

static void skip_objects(cursor *c, const object_index *index)
{
    if (index->count > 0)
        c->at = object_at(c, index, index->count);
}

/* A number of a DICT that begins with first. Real numbers are passed over: no offset is one. */
static int32_t take_operand(cursor *c, uint32_t first)
{
    if (first == 28)
        return (int16_t)take(c, 2);
    if (first == 29)
        return (int32_t)take(c, 4);
    if (first >= 32 && first <= 246)
        return (int32_t)first - 139;
    if (first >= 247 && first <= 250)
        return (int32_t)((first - 247) * 256 + take(c, 1) + 108);
    if (first >= 251 && first <= 254)
        return -(int32_t)((first - 251) * 256 + take(c, 1) + 108);
    if (first == 30) {
        uint32_t nibbles;
        do {
            nibbles = take(c, 1);
        } while (!c->failed && (nibbles & 0xF) != 0xF && nibbles >> 4 != 0xF);
        return 0;
    }
    c->failed = true;
    return 0;
}

/* Read the DICT between c and end; the place of the CharStrings goes to *char_strings. */
static void read_top_dict(cursor *c, size_t end, nb_cff *cff, uint32_t *char_strings)
{
    uint32_t operand = 0;
    while (!c->failed && c->at < end) {
        uint32_t byte = take(c, 1);
        if (byte > 21) {
            operand = (uint32_t)take_operand(c, byte);
            continue;
        }
        uint32_t operation = byte == ESCAPE ? ESCAPE << 8 | take(c, 1) : byte;
        if (operation == CHARSET)
            cff->charset = operand;
        else if (operation == CHAR_STRINGS)
            *char_strings = operand;
        else if (operation == ROS)
            cff->is_cid_keyed = true;
    }
}

bool nb_cff_read(nb_string table, nb_cff *out)
{
    cursor c = { .table = table };
    uint32_t char_strings = 0;
    *out = (nb_cff){ .table = table };
    take(&c, 2); /* the version */
    c.at = take(&c, 1);
    object_index names = take_index(&c);
    skip_objects(&c, &names);
    object_index dicts = take_index(&c);
    if (c.failed || dicts.count != 1)
        return false;
    size_t end = object_at(&c, &dicts, 1);
    c.at = object_at(&c, &dicts, 0);
    read_top_dict(&c, end, out, &char_strings);
    c.at = char_strings;
    out->glyph_count = take(&c, 2);
    return !c.failed && char_strings > 0 && out->glyph_count > 0;
}

bool nb_cff_cids(const nb_cff *cff, uint32_t *cids)
{
    cursor c = { .table = cff->table, .at = cff->charset };
    uint32_t glyph = 0;
    /* No charset is predefined for CID-keyed fonts; readers take the identity then. */
    if (cff->charset <= LAST_PREDEFINED_CHARSET) {
        for (; glyph < cff->glyph_count; glyph++)
            cids[glyph] = glyph;
        return true;
    }
    uint32_t format = take(&c, 1);
    if (format > 2)
        return false;
    cids[glyph++] = 0; /* .notdef is not written down */
    while (!c.failed && glyph < cff->glyph_count) {
        uint32_t first = take(&c, 2);
        uint32_t left = format == 0 ? 0 : take(&c, format);
        for (uint32_t i = 0; i <= left && glyph < cff->glyph_count; i++)
            cids[glyph++] = first + i;
    }
    return !c.failed;
}
