#include "pdf/font.h"

#include "text/font_program.h"
#include "text/shape.h"

#include <stdlib.h>

enum { DEFAULT_WIDTH = 1000 * 1000 }; /* an em, in the unit of nb_pdf_glyph.width */

typedef struct font_parts {
    const nb_face_info *info;
    nb_font_program program;
    nb_pdf_glyph **by_code;
    bool codes_are_characters;
    char name[160]; /* "ABCDEF+FandolFang-Regular" */
} font_parts;

static uint16_t code_of(const nb_pdf_glyph *glyph)
{
    return glyph->code;
}

/* There are no more than 65536 glyphs in a face. */
static uint16_t id_of(const nb_pdf_glyph *glyph)
{
    return (uint16_t)glyph->id;
}

static nb_status refuse(nb_pdf *pdf, const nb_face_info *info, const char *chinese,
                        const char *english)
{
    nb_place place = { "", 0, 0, "" };
    nb_finding *finding = nb_findings_add(
        pdf->findings, NB_ERROR, "PDF", place, NB_SAY(pdf->findings, "字体 %s %s", "font %s %s"),
        info->postscript_name, NB_SAY(pdf->findings, chinese, english));
    nb_finding_hint(pdf->findings, finding, "%s", info->file);
    return NB_E_RESOURCE;
}

/* The character that is all a glyph stands for, when a code can be its number; else 0. */
static uint32_t own_character(const nb_pdf_glyph *glyph)
{
    nb_string text = glyph->readings->text;
    const char *at = text.data;
    if (glyph->readings->next || text.length == 0)
        return 0;
    uint32_t c = nb_utf8_next(&at, text.data + text.length);
    bool is_all = at == text.data + text.length;
    return is_all && nb_pdf_unicode_map_tells(c) ? c : 0;
}

/* Codes that are in use, a bit each. */
typedef struct code_set {
    uint64_t *words;
} code_set;

/* False when it is taken already. */
static bool take_code(code_set *set, uint32_t code)
{
    uint64_t bit = (uint64_t)1 << (code % 64);
    bool is_free = !(set->words[code / 64] & bit);
    set->words[code / 64] |= bit;
    return is_free;
}

/*
 * The codes of a CFF face's glyphs are ours to choose. A glyph's code is its character, so that
 * one ToUnicode CMap does for all such fonts; a glyph that is not one character's alone gets a code
 * of the private use area, or whichever is left.
 */
static void choose_codes(nb_pdf *pdf, nb_pdf_face *face, font_parts *parts)
{
    enum { CODES = 65536, PRIVATE_USE = 0xE000 };
    code_set taken = { .words = NB_NEW_ARRAY(pdf->arena, uint64_t, CODES / 64) };
    uint16_t next = PRIVATE_USE;
    take_code(&taken, 0);
    parts->codes_are_characters = true;
    for (int i = 0; i < face->glyph_count; i++) {
        uint32_t c = own_character(face->glyphs[i]);
        if (take_code(&taken, c))
            face->glyphs[i]->code = (uint16_t)c;
    }
    for (int i = 0; i < face->glyph_count; i++) {
        if (face->glyphs[i]->code)
            continue;
        while (!take_code(&taken, next))
            next++;
        face->glyphs[i]->code = next;
        parts->codes_are_characters = false;
    }
}

static bool shows_box(const nb_pdf_face *face)
{
    for (int i = 0; i < face->glyph_count; i++)
        if (face->glyphs[i]->id == 0)
            return true;
    return false;
}

static nb_status embed_face(nb_pdf *pdf, nb_pdf_face *face, font_parts *parts)
{
    enum { MOST_GLYPHS = 65534 };
    int count = face->glyph_count;
    bool is_cff = parts->info->outlines == NB_OUTLINES_CFF;
    /*
     * Glyph 0 is the box that stands for a missing character. PDF/A forbids it (ISO 19005-3,
     * 6.2.11.8).
     */
    if (shows_box(face))
        return refuse(pdf, parts->info, "缺少要排的字符", "lacks a character to be set");
    if (!parts->info->may_embed)
        return refuse(pdf, parts->info, "不许嵌入文档", "must not be embedded");
    if (count > MOST_GLYPHS)
        return refuse(pdf, parts->info, "用到的字形超过 65534 个",
                      "has more than 65534 glyphs in use");
    parts->by_code = NB_NEW_ARRAY(pdf->arena, nb_pdf_glyph *, (size_t)count);
    memcpy(parts->by_code, face->glyphs, (size_t)count * sizeof(nb_pdf_glyph *));
    if (is_cff)
        choose_codes(pdf, face, parts);
    nb_pdf_sort_glyphs(parts->by_code, count, is_cff ? code_of : id_of, pdf->arena);
    uint32_t *ids = NB_NEW_ARRAY(pdf->arena, uint32_t, (size_t)count);
    uint16_t *codes = NB_NEW_ARRAY(pdf->arena, uint16_t, (size_t)count);
    int64_t upem = parts->info->upem;
    for (int i = 0; i < count; i++) {
        nb_pdf_glyph *glyph = parts->by_code[i];
        int64_t advance = nb_face_advance(face->face, glyph->id);
        glyph->width = (int32_t)((advance * 2 * DEFAULT_WIDTH + upem) / (2 * upem));
        ids[i] = glyph->id;
        codes[i] = glyph->code;
    }
    nb_program_request request = { face->face, ids, is_cff ? codes : NULL, count };
    nb_status status = nb_font_program_make(request, pdf->arena, pdf->findings, &parts->program);
    if (status != NB_OK)
        return status;
    for (int i = 0; i < count && !is_cff; i++)
        parts->by_code[i]->code = parts->program.codes[i];
    face->metrics = NB_NEW_ARRAY(pdf->arena, nb_pdf_metric, (size_t)count);
    for (int i = 0; i < count; i++)
        face->metrics[i] = (nb_pdf_metric){ face->glyphs[i]->width, face->glyphs[i]->code };
    return NB_OK;
}

/*
 * ISO 32000-1, 9.6.4: a subset's name begins with six letters of its own. Ours follow from the
 * glyphs.
 */
static void name_font(nb_pdf *pdf, const nb_pdf_face *face, font_parts *parts)
{
    enum { LETTERS = 6, PAIR_BYTES = 6 };
    const char *name = parts->info->postscript_name;
    size_t length = strlen(name);
    nb_buffer *glyphs = nb_pdf_buffer(pdf);
    char digest[NB_DIGEST_SIZE];
    nb_buffer_reserve(glyphs, length + PAIR_BYTES * (size_t)face->glyph_count);
    nb_buffer_add(glyphs, name, length);
    for (int i = 0; i < face->glyph_count; i++) {
        uint32_t id = parts->by_code[i]->id, code = parts->by_code[i]->code;
        unsigned char pair[PAIR_BYTES] = { (unsigned char)(id >> 24),  (unsigned char)(id >> 16),
                                           (unsigned char)(id >> 8),   (unsigned char)id,
                                           (unsigned char)(code >> 8), (unsigned char)code };
        nb_buffer_add(glyphs, pair, sizeof pair);
    }
    nb_sha256_of((nb_string){ (const char *)glyphs->data, glyphs->length }, digest);
    for (size_t i = 0; i < LETTERS; i++) {
        char digits[] = { digest[2 * i], digest[2 * i + 1], '\0' };
        parts->name[i] = (char)('A' + strtoul(digits, NULL, 16) % 26);
    }
    parts->name[LETTERS] = '+';
    /* libharu's names, and Acrobat's, end at 127 bytes, and "-Identity-H" comes after it. */
    memcpy(parts->name + LETTERS + 1, name, length < 100 ? length : 100);
}

static int per_mille(int units, int upem)
{
    int64_t scaled = (int64_t)units * 2000;
    return (int)((scaled + (scaled < 0 ? -upem : upem)) / (2 * (int64_t)upem));
}

static void write_metric(nb_buffer *out, const char *key, int value)
{
    nb_buffer_text(out, key);
    nb_buffer_integer(out, value);
}

static int write_program(nb_pdf *pdf, const font_parts *parts)
{
    nb_buffer *entries = nb_pdf_buffer(pdf);
    bool cff = parts->info->outlines == NB_OUTLINES_CFF;
    if (cff)
        nb_buffer_text(entries, "/Subtype /CIDFontType0C");
    else
        write_metric(entries, "/Length1 ", (int)parts->program.length);
    int number = nb_pdf_stream_begin(pdf, entries, parts->program.stream_length);
    nb_font_program_write(&parts->program, pdf->file);
    nb_pdf_stream_end(pdf);
    return number;
}

static int write_descriptor(nb_pdf *pdf, const font_parts *parts)
{
    const nb_face_info *info = parts->info;
    int program = write_program(pdf, parts);
    nb_buffer *entries = nb_pdf_buffer(pdf);
    nb_buffer_text(entries, "/Type /FontDescriptor /FontName ");
    nb_pdf_write_name(entries, parts->name);
    /* ISO 32000-1, table 123: symbolic 4, serif 2, italic 64. */
    write_metric(entries, " /Flags ", 4 + (info->serif ? 2 : 0) + (info->italic_angle ? 64 : 0));
    nb_buffer_text(entries, " /FontBBox [");
    for (int i = 0; i < 4; i++)
        write_metric(entries, i ? " " : "", per_mille(info->box[i], info->upem));
    write_metric(entries, "] /ItalicAngle ", info->italic_angle);
    /*
     * Viewers make the band of a selection, and extractors the box of a word, from these. Faces
     * state from 1.0 to 1.5 em in all, so a line of Chinese, letters and digits would have ragged
     * bands: all get the band that viewers take when a font says nothing.
     */
    nb_buffer_text(entries, " /Ascent 950 /Descent -350");
    write_metric(entries, " /CapHeight ", per_mille(info->cap_height, info->upem));
    /* No face states its stems; viewers need the figure only to draw without the font. */
    write_metric(entries, " /StemV ", info->bold ? 140 : 80);
    nb_buffer_text(entries, info->outlines == NB_OUTLINES_CFF ? " /FontFile3 " : " /FontFile2 ");
    nb_pdf_write_reference(entries, program);
    return nb_pdf_dict_new(pdf, entries);
}

/* How many glyphs from at have codes in sequence and one width. */
static int equal_widths(nb_pdf_glyph *const *glyphs, int count, int at)
{
    int end = at + 1;
    while (end < count && glyphs[end]->code == glyphs[end - 1]->code + 1 &&
           glyphs[end]->width == glyphs[at]->width)
        end++;
    return end - at;
}

/* ISO 32000-1, 9.7.4.3: "first last width" for equal widths, "first [width …]" for others. */
static void write_widths(nb_buffer *out, nb_pdf_glyph *const *glyphs, int count)
{
    enum { WORTH_A_RANGE = 4 };
    nb_buffer_text(out, " /W [");
    for (int i = 0; i < count;) {
        int equal = equal_widths(glyphs, count, i);
        if (glyphs[i]->width == DEFAULT_WIDTH) {
            i += equal;
            continue;
        }
        nb_buffer_integer(out, glyphs[i]->code);
        if (equal >= WORTH_A_RANGE) {
            write_metric(out, " ", glyphs[i]->code + equal - 1);
            nb_buffer_byte(out, ' ');
            nb_buffer_decimal(out, glyphs[i]->width, 3);
            nb_buffer_byte(out, '\n');
            i += equal;
            continue;
        }
        const char *before = " [";
        int next = glyphs[i]->code;
        while (i < count && glyphs[i]->code == next && glyphs[i]->width != DEFAULT_WIDTH &&
               equal_widths(glyphs, count, i) < WORTH_A_RANGE) {
            nb_buffer_text(out, before);
            nb_buffer_decimal(out, glyphs[i]->width, 3);
            before = " ";
            next++;
            i++;
        }
        nb_buffer_text(out, "]\n");
    }
    nb_buffer_byte(out, ']');
}

static int write_descendant(nb_pdf *pdf, const nb_pdf_face *face, const font_parts *parts)
{
    int descriptor = write_descriptor(pdf, parts);
    nb_buffer *entries = nb_pdf_buffer(pdf);
    nb_buffer_text(entries, "/Type /Font /Subtype ");
    nb_buffer_text(entries, parts->info->outlines == NB_OUTLINES_CFF
                                ? "/CIDFontType0"
                                : "/CIDFontType2 /CIDToGIDMap /Identity");
    nb_buffer_text(entries, " /BaseFont ");
    nb_pdf_write_name(entries, parts->name);
    nb_buffer_text(entries, " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity)"
                            " /Supplement 0 >> /FontDescriptor ");
    nb_pdf_write_reference(entries, descriptor);
    nb_buffer_text(entries, " /DW 1000");
    write_widths(entries, parts->by_code, face->glyph_count);
    return nb_pdf_dict_new(pdf, entries);
}

static int write_unicode_map(nb_pdf *pdf, const nb_pdf_face *face, const font_parts *parts,
                             int reading, int *of_characters)
{
    bool is_common = parts->codes_are_characters && reading == 0;
    if (is_common && *of_characters)
        return *of_characters;
    nb_buffer *map = nb_pdf_buffer(pdf);
    if (is_common)
        nb_pdf_unicode_map_write_characters(map);
    else
        nb_pdf_unicode_map_write(map, parts->by_code, face->glyph_count, reading);
    pdf->too_large |= map->overflowed;
    nb_string bytes = { (const char *)map->data, map->length };
    int stream = is_common ? nb_pdf_common_stream_new(pdf, nb_pdf_buffer(pdf), bytes)
                           : nb_pdf_stream_new(pdf, nb_pdf_buffer(pdf), bytes, NB_PDF_FAST);
    if (is_common)
        *of_characters = stream;
    return stream;
}

static int write_type0(nb_pdf *pdf, const font_parts *parts, int descendant, int unicode_map)
{
    bool cff = parts->info->outlines == NB_OUTLINES_CFF;
    char name[sizeof parts->name + sizeof "-Identity-H"];
    /* ISO 32000-1, table 121: after the name of a CIDFontType0 comes that of the encoding. */
    size_t length = strlen(parts->name);
    memcpy(name, parts->name, length + 1);
    if (cff)
        memcpy(name + length, "-Identity-H", sizeof "-Identity-H");
    nb_buffer *entries = nb_pdf_buffer(pdf);
    nb_buffer_text(entries, "/Type /Font /Subtype /Type0 /BaseFont ");
    nb_pdf_write_name(entries, name);
    nb_buffer_text(entries, " /Encoding /Identity-H /DescendantFonts [");
    nb_pdf_write_reference(entries, descendant);
    nb_buffer_text(entries, "] /ToUnicode ");
    nb_pdf_write_reference(entries, unicode_map);
    return nb_pdf_dict_new(pdf, entries);
}

/* of_characters is the CMap of fonts whose codes are characters, once it is written. */
static void write_face(nb_pdf *pdf, const nb_pdf_face *face, font_parts *parts,
                       nb_buffer *resources, int *of_characters)
{
    name_font(pdf, face, parts);
    int descendant = write_descendant(pdf, face, parts);
    for (int reading = 0; reading < face->reading_count; reading++) {
        int map = write_unicode_map(pdf, face, parts, reading, of_characters);
        write_metric(resources, "/F", face->first_font + reading);
        nb_buffer_byte(resources, ' ');
        nb_pdf_write_reference(resources, write_type0(pdf, parts, descendant, map));
        nb_buffer_byte(resources, '\n');
    }
}

/* Most of a file is fonts: with as much room again it is not moved as it grows. */
static void reserve_file(nb_pdf *pdf, const font_parts *faces, int count)
{
    size_t length = 0;
    for (int i = 0; i < count; i++)
        length += faces[i].program.stream_length;
    nb_buffer_reserve(pdf->file, 2 * length);
}

nb_status nb_pdf_fonts_write(nb_pdf *pdf, nb_pdf_usage *usage, nb_buffer *resources)
{
    nb_status status = NB_OK;
    int of_characters = 0;
    font_parts *faces = NB_NEW_ARRAY(pdf->arena, font_parts, (size_t)usage->face_count);
    for (int i = 0; i < usage->face_count; i++) {
        faces[i].info = nb_face_describe(usage->faces[i]->face);
        nb_status result = embed_face(pdf, usage->faces[i], &faces[i]);
        /* Every refused face is told, not only the first. */
        if (result && (status == NB_OK || result == NB_E_MEMORY))
            status = result;
    }
    if (status)
        return status;
    reserve_file(pdf, faces, usage->face_count);
    for (int i = 0; i < usage->face_count; i++)
        write_face(pdf, usage->faces[i], &faces[i], resources, &of_characters);
    return nb_pdf_check(pdf, "字体", "fonts");
}
