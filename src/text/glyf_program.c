/*
 * A TrueType file (ISO/IEC 14496-22) with the tables that PDF asks for:
 *
 *   directory | head | hhea | hmtx | loca | maxp | glyf ‖ the glyphs' records
 *
 * head, hhea and maxp are the face's own but for what the number of glyphs changes.
 */
#include "text/program_parts.h"

enum { TABLES = 6, DIRECTORY = 12 + 16 * TABLES, CHECKSUM_ADJUSTMENT = 8 };

typedef struct table {
    hb_tag_t tag;
    uint32_t checksum, start, length;
} table;

static uint32_t word_at(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static void overwrite(nb_buffer *out, size_t at, uint32_t number, int bytes)
{
    if (at + (size_t)bytes > out->length)
        return;
    for (int i = bytes - 1; i >= 0; i--, number >>= 8)
        out->data[at + (size_t)i] = (unsigned char)number;
}

static uint32_t sum_words(const nb_buffer *out, size_t start, size_t end)
{
    uint32_t sum = 0;
    for (; start < end; start += 4)
        sum += word_at(out->data + start);
    return sum;
}

static table begin_table(const nb_buffer *out, const char *tag)
{
    return (table){ .tag = HB_TAG(tag[0], tag[1], tag[2], tag[3]), .start = (uint32_t)out->length };
}

/* Padded to whole words, with the length that it has without padding. */
static void end_table(nb_buffer *out, table *ended)
{
    ended->length = (uint32_t)out->length - ended->start;
    while (out->length % 4)
        nb_buffer_byte(out, 0);
    ended->checksum = sum_words(out, ended->start, out->length);
}

static table copy_table(nb_buffer *out, const nb_glyph_store *store, const char *tag)
{
    table copied = begin_table(out, tag);
    nb_string source = nb_glyph_store_table(store, copied.tag);
    nb_buffer_add(out, source.data, source.length);
    return copied;
}

static table write_metrics(nb_buffer *out, const nb_program_glyphs *glyphs)
{
    table written = begin_table(out, "hmtx");
    for (int i = 0; i < glyphs->count; i++) {
        nb_program_number(out, (uint32_t)glyphs->stored[i]->advance, 2);
        nb_program_number(out, (uint32_t)glyphs->stored[i]->bearing, 2);
    }
    end_table(out, &written);
    return written;
}

static table write_places(nb_buffer *out, const nb_program_glyphs *glyphs, bool is_long)
{
    table written = begin_table(out, "loca");
    uint32_t at = 0;
    for (int i = 0; i <= glyphs->count; i++) {
        nb_program_number(out, is_long ? at : at / 2, is_long ? 4 : 2);
        if (i < glyphs->count)
            at += glyphs->pieces[i]->length;
    }
    end_table(out, &written);
    return written;
}

static void write_directory(nb_buffer *out, const table tables[TABLES])
{
    size_t at = 0;
    overwrite(out, at, 0x00010000, 4);
    overwrite(out, at += 4, TABLES, 2);
    overwrite(out, at += 2, 64, 2); /* what a search by halves begins with */
    overwrite(out, at += 2, 2, 2);
    overwrite(out, at += 2, 16 * TABLES - 64, 2);
    at += 2;
    for (int i = 0; i < TABLES; i++, at += 16) {
        overwrite(out, at, tables[i].tag, 4);
        overwrite(out, at + 4, tables[i].checksum, 4);
        overwrite(out, at + 8, tables[i].start, 4);
        overwrite(out, at + 12, tables[i].length, 4);
    }
}

void nb_glyf_program_head(nb_buffer *out, const nb_glyph_store *store,
                          const nb_program_glyphs *glyphs)
{
    enum { GLYF, HEAD, HHEA, HMTX, LOCA, MAXP }; /* as their tags are sorted */
    enum { LARGEST_SHORT = 2 * 65535, WHOLE = 0xB1B0AFBA };
    bool is_long = glyphs->length > LARGEST_SHORT;
    table tables[TABLES];
    for (int i = 0; i < DIRECTORY / 4; i++)
        nb_program_number(out, 0, 4);
    tables[HEAD] = copy_table(out, store, "head");
    overwrite(out, tables[HEAD].start + CHECKSUM_ADJUSTMENT, 0, 4);
    overwrite(out, tables[HEAD].start + 50, is_long, 2);
    end_table(out, &tables[HEAD]);
    tables[HHEA] = copy_table(out, store, "hhea");
    overwrite(out, tables[HHEA].start + 34, (uint32_t)glyphs->count, 2);
    end_table(out, &tables[HHEA]);
    tables[HMTX] = write_metrics(out, glyphs);
    tables[LOCA] = write_places(out, glyphs, is_long);
    tables[MAXP] = copy_table(out, store, "maxp");
    overwrite(out, tables[MAXP].start + 4, (uint32_t)glyphs->count, 2);
    end_table(out, &tables[MAXP]);
    tables[GLYF] = begin_table(out, "glyf");
    tables[GLYF].length = (uint32_t)glyphs->length;
    for (int i = 0; i < glyphs->count; i++)
        tables[GLYF].checksum += glyphs->stored[i]->checksum;
    write_directory(out, tables);
    uint32_t sum = sum_words(out, 0, out->length) + tables[GLYF].checksum;
    overwrite(out, tables[HEAD].start + CHECKSUM_ADJUSTMENT, (uint32_t)WHOLE - sum, 4);
}
