/* ToUnicode CMaps: ISO 32000-1, 9.10.3, and Adobe Technical Notes 5014 and 5411. */
#include "pdf/font.h"

enum { BLOCK = 100 }; /* the most entries that one block may hold */

/* Codes that follow each other and so do their texts; most have count 1. */
typedef struct range {
    uint16_t code;
    int count;
    nb_string text; /* of the first */
} range;

/* The text's only character when it has one UTF-16 unit, else 0. */
static uint32_t single_unit(nb_string text)
{
    const char *at = text.data;
    if (text.length == 0)
        return 0;
    uint32_t code_point = nb_utf8_next(&at, text.data + text.length);
    return at == text.data + text.length && code_point < 0x10000 ? code_point : 0;
}

/* Only the last byte of code and text may count up within a range. */
static bool continues(const range *last, uint32_t code, uint32_t unit)
{
    uint32_t first_unit = single_unit(last->text);
    return unit && first_unit && code == (uint32_t)last->code + (uint32_t)last->count &&
           unit == first_unit + (uint32_t)last->count && code >> 8 == last->code >> 8 &&
           unit >> 8 == first_unit >> 8;
}

static nb_string reading_at(const nb_pdf_glyph *glyph, int reading)
{
    const nb_pdf_reading *at = glyph->readings;
    for (; at && reading > 0; reading--)
        at = at->next;
    return at ? at->text : (nb_string){ 0 };
}

static int collect_ranges(range *ranges, nb_pdf_glyph *const *glyphs, int count, int reading)
{
    int found = 0;
    for (int i = 0; i < count; i++) {
        nb_string text = reading_at(glyphs[i], reading);
        if (text.length == 0)
            continue;
        if (found > 0 && continues(&ranges[found - 1], glyphs[i]->code, single_unit(text)))
            ranges[found - 1].count++;
        else
            ranges[found++] = (range){ glyphs[i]->code, 1, text };
    }
    return found;
}

static void write_code(nb_buffer *out, uint32_t code)
{
    nb_buffer_byte(out, '<');
    nb_buffer_hex(out, code, 4);
    nb_buffer_byte(out, '>');
}

static void write_range(nb_buffer *out, const range *item)
{
    write_code(out, item->code);
    if (item->count > 1)
        write_code(out, (uint32_t)(item->code + item->count - 1));
    nb_buffer_byte(out, '<');
    nb_pdf_write_utf16(out, item->text);
    nb_buffer_text(out, ">\n");
}

/* All single codes, or all ranges, in blocks. */
static void write_blocks(nb_buffer *out, const range *ranges, int count, bool single)
{
    const char *kind = single ? "bfchar\n" : "bfrange\n";
    int left = 0, in_block = 0;
    for (int i = 0; i < count; i++)
        left += (ranges[i].count == 1) == single;
    for (int i = 0; i < count; i++) {
        if ((ranges[i].count == 1) != single)
            continue;
        if (in_block == 0) {
            in_block = left < BLOCK ? left : BLOCK;
            nb_buffer_integer(out, in_block);
            nb_buffer_text(out, " begin");
            nb_buffer_text(out, kind);
        }
        write_range(out, &ranges[i]);
        left--;
        if (--in_block == 0) {
            nb_buffer_text(out, "end");
            nb_buffer_text(out, kind);
        }
    }
}

static void write_beginning(nb_buffer *out)
{
    nb_buffer_text(out, "/CIDInit /ProcSet findresource begin\n"
                        "12 dict begin\n"
                        "begincmap\n"
                        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
                        "/CMapName /Adobe-Identity-UCS def\n"
                        "/CMapType 2 def\n"
                        "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
}

static void write_end(nb_buffer *out)
{
    nb_buffer_text(out, "endcmap\n"
                        "CMapName currentdict /CMap defineresource pop\n"
                        "end\n"
                        "end\n");
}

void nb_pdf_unicode_map_write(nb_buffer *out, nb_pdf_glyph *const *glyphs, int count, int reading)
{
    range *ranges = NB_NEW_ARRAY(out->arena, range, (size_t)count);
    int found = collect_ranges(ranges, glyphs, count, reading);
    write_beginning(out);
    write_blocks(out, ranges, found, true);
    write_blocks(out, ranges, found, false);
    write_end(out);
}

bool nb_pdf_unicode_map_tells(uint32_t code_point)
{
    bool is_surrogate_or_private = code_point >= 0xD800 && code_point <= 0xF8FF;
    return code_point > 0 && code_point < 0xFFFE && code_point != 0xFEFF &&
           !is_surrogate_or_private;
}

/* A range lies within one first byte, and in no byte's range is there one without a meaning. */
static void write_row(nb_buffer *out, uint32_t row)
{
    uint32_t first = row << 8, last = first + 255;
    while (!nb_pdf_unicode_map_tells(first))
        first++;
    while (!nb_pdf_unicode_map_tells(last))
        last--;
    write_code(out, first);
    write_code(out, last);
    write_code(out, first);
    nb_buffer_byte(out, '\n');
}

void nb_pdf_unicode_map_write_characters(nb_buffer *out)
{
    enum { ROWS = 256, WITHOUT_MEANING = 0xF8 - 0xD8 + 1 };
    int left = ROWS - WITHOUT_MEANING, in_block = 0;
    write_beginning(out);
    for (uint32_t row = 0; row < ROWS; row++) {
        if (row >= 0xD8 && row <= 0xF8)
            continue;
        if (in_block == 0) {
            in_block = left < BLOCK ? left : BLOCK;
            nb_buffer_integer(out, in_block);
            nb_buffer_text(out, " beginbfrange\n");
        }
        write_row(out, row);
        left--;
        if (--in_block == 0)
            nb_buffer_text(out, "endbfrange\n");
    }
    write_end(out);
}
