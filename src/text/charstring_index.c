/* Adobe Technical Note 5176: headers and indexes are in its sections 5 to 9, dictionaries in 4. */
#include "text/charstring_index.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct bytes {
    const unsigned char *data;
    size_t length;
} bytes;

/* An INDEX: how many objects, and where their offsets are. */
typedef struct objects {
    uint32_t count;
    unsigned offset_size;
    const unsigned char *offsets;
    size_t base, end; /* in the table: what offset 0 would be, and behind the last object */
} objects;

static uint32_t number_at(const unsigned char *at, unsigned size)
{
    uint32_t number = 0;
    for (unsigned i = 0; i < size; i++)
        number = number << 8 | at[i];
    return number;
}

static bool read_objects(bytes table, size_t at, objects *out)
{
    *out = (objects){ .end = at + 2 };
    if (at > table.length || table.length - at < 3)
        return false;
    out->count = number_at(table.data + at, 2);
    if (out->count == 0)
        return true;
    out->offset_size = table.data[at + 2];
    size_t array = (size_t)(out->count + 1) * out->offset_size;
    if (out->offset_size < 1 || out->offset_size > 4 || table.length - at - 3 < array)
        return false;
    out->offsets = table.data + at + 3;
    out->base = at + 2 + array;
    out->end = out->base + number_at(out->offsets + array - out->offset_size, out->offset_size);
    return out->end <= table.length;
}

/* Where the CharStrings are, as the dictionary says; 0 when it does not. */
static uint32_t charstrings_of(bytes dictionary)
{
    enum { SHORT = 28, LONG = 29, REAL = 30, CHARSTRINGS = 17, ESCAPE = 12, LAST_OPERATOR = 21 };
    uint32_t operand = 0;
    for (size_t at = 0; at < dictionary.length;) {
        const unsigned char *byte = dictionary.data + at;
        size_t left = dictionary.length - at;
        if (*byte == CHARSTRINGS)
            return operand;
        if (*byte <= LAST_OPERATOR) {
            at += *byte == ESCAPE ? 2 : 1;
        } else if (*byte == LONG && left >= 5) {
            operand = number_at(byte + 1, 4);
            at += 5;
        } else if (*byte == SHORT && left >= 3) {
            operand = number_at(byte + 1, 2);
            at += 3;
        } else if (*byte == REAL) {
            while (++at < dictionary.length && (dictionary.data[at] & 0xF) != 0xF)
                continue;
            at++;
        } else if (*byte >= 247 && *byte <= 254 && left >= 2) {
            operand = *byte < 251 ? (*byte - 247u) * 256 + byte[1] + 108 : 0; /* else negative */
            at += 2;
        } else {
            operand = *byte >= 139 ? *byte - 139u : 0;
            at++;
        }
    }
    return 0;
}

nb_charstring_index nb_charstring_index_open(hb_face_t *face)
{
    nb_charstring_index out = { .table =
                                    hb_face_reference_table(face, HB_TAG('C', 'F', 'F', ' ')) };
    unsigned length = 0;
    objects names, dictionaries, glyphs;
    const char *data = hb_blob_get_data(out.table, &length);
    bytes table = { (const unsigned char *)data, length };
    if (length < 4 || !read_objects(table, table.data[2], &names) ||
        !read_objects(table, names.end, &dictionaries) || dictionaries.count == 0)
        return out;
    size_t start = dictionaries.base + number_at(dictionaries.offsets, dictionaries.offset_size);
    if (start > dictionaries.end)
        return out;
    uint32_t at = charstrings_of((bytes){ table.data + start, dictionaries.end - start });
    if (at && read_objects(table, at, &glyphs)) {
        out.offsets = glyphs.offsets;
        out.offset_size = glyphs.offset_size;
        out.count = glyphs.count;
    }
    return out;
}

void nb_charstring_index_close(nb_charstring_index *index)
{
    hb_blob_destroy(index->table);
}

uint32_t nb_charstring_length(const nb_charstring_index *index, uint32_t glyph)
{
    if (glyph >= index->count)
        return 0;
    const unsigned char *at = index->offsets + (size_t)glyph * index->offset_size;
    uint32_t start = number_at(at, index->offset_size);
    uint32_t end = number_at(at + index->offset_size, index->offset_size);
    return end > start ? end - start : 0;
}
