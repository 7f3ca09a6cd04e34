/*
 * The pages are black on white, in DeviceGray, for which any profile would do. It is sRGB's, since
 * what is added to a finished report, a red seal above all, is in DeviceRGB and must not make the
 * file invalid.
 *
 * The profile is made here, from the numbers of IEC 61966-2-1, so that no file has to be there and
 * no one else's profile is passed on. ICC.1:2004-10 (profile version 4.2), which ISO 32000-1,
 * 8.6.5.5 admits.
 */
#include "pdf/output_intent.h"

enum {
    HEADER_BYTES = 128,
    TAG_COUNT = 10,
    DATA_START = HEADER_BYTES + 4 + 12 * TAG_COUNT,
    /* Where the tags' data stand, one after the other. */
    DESCRIPTION = DATA_START,
    DESCRIPTION_BYTES = 36,
    COPYRIGHT = DESCRIPTION + DESCRIPTION_BYTES,
    COPYRIGHT_BYTES = 36,
    WHITE = COPYRIGHT + COPYRIGHT_BYTES,
    XYZ_BYTES = 20,
    ADAPTATION = WHITE + XYZ_BYTES,
    ADAPTATION_BYTES = 44,
    RED = ADAPTATION + ADAPTATION_BYTES,
    GREEN = RED + XYZ_BYTES,
    BLUE = GREEN + XYZ_BYTES,
    CURVE = BLUE + XYZ_BYTES,
    CURVE_BYTES = 32,
    PROFILE_BYTES = CURVE + CURVE_BYTES
};

/* D50, the white of profiles' own space, in 1/65536 as all their numbers. */
static const uint32_t white[] = { 0xF6D6, 0x10000, 0xD32D };

static void add_word(nb_buffer *out, uint32_t word)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        nb_buffer_byte(out, (unsigned char)(word >> shift));
}

static void add_words(nb_buffer *out, const uint32_t *words, int count)
{
    for (int i = 0; i < count; i++)
        add_word(out, words[i]);
}

static void add_zeros(nb_buffer *out, int bytes)
{
    for (int i = 0; i < bytes; i++)
        nb_buffer_byte(out, 0);
}

/* ICC.1:2004-10, 7.2. */
static void add_header(nb_buffer *out)
{
    static const uint16_t created[] = { 2026, 1, 1, 0, 0, 0 };
    add_word(out, PROFILE_BYTES);
    add_zeros(out, 4); /* no preferred module */
    add_word(out, 0x04200000);
    nb_buffer_text(out, "mntrRGB XYZ ");
    for (int i = 0; i < 6; i++) {
        nb_buffer_byte(out, (unsigned char)(created[i] >> 8));
        nb_buffer_byte(out, (unsigned char)created[i]);
    }
    nb_buffer_text(out, "acsp");
    add_zeros(out, 28); /* no platform, flags, device; perceptual intent */
    add_words(out, white, 3);
    add_zeros(out, HEADER_BYTES - 80);
}

static void add_tag(nb_buffer *out, const char *name, uint32_t start, uint32_t bytes)
{
    nb_buffer_text(out, name);
    add_word(out, start);
    add_word(out, bytes);
}

/* A text in one language; four characters. */
static void add_text(nb_buffer *out, const char *text)
{
    nb_buffer_text(out, "mluc");
    add_words(out, (const uint32_t[]){ 0, 1, 12 }, 3);
    nb_buffer_text(out, "enUS");
    add_words(out, (const uint32_t[]){ 8, 28 }, 2);
    for (int i = 0; i < 4; i++) {
        nb_buffer_byte(out, 0);
        nb_buffer_byte(out, (unsigned char)text[i]);
    }
}

static void add_numbers(nb_buffer *out, const char *type, const uint32_t *numbers, int count)
{
    nb_buffer_text(out, type);
    add_word(out, 0);
    add_words(out, numbers, count);
}

void nb_pdf_srgb_profile_write(nb_buffer *out)
{
    /*
     * The primaries are adapted from D65 to D50, the white of the profile's space, by the matrix of
     * Bradford.
     */
    static const uint32_t bradford[] = { 0x10C42,    0x5DE,      0xFFFFF325, 0x793, 0xFD90,
                                         0xFFFFFBA1, 0xFFFFFDA2, 0x3DC,      0xC06E };
    static const uint32_t red[] = { 0x6FA2, 0x38F5, 0x390 }, green[] = { 0x6299, 0xB785, 0x18DA },
                          blue[] = { 0x24A0, 0xF84, 0xB6CF };
    /* Type 3: ((x + 0.055) / 1.055)^2.4 from 0.04045 on, x / 12.92 below. */
    static const uint32_t curve[] = { 3 << 16, 0x26666, 0xF2A7, 0xD59, 0x13D0, 0xA5B };
    add_header(out);
    add_word(out, TAG_COUNT);
    add_tag(out, "desc", DESCRIPTION, DESCRIPTION_BYTES);
    add_tag(out, "cprt", COPYRIGHT, COPYRIGHT_BYTES);
    add_tag(out, "wtpt", WHITE, XYZ_BYTES);
    add_tag(out, "chad", ADAPTATION, ADAPTATION_BYTES);
    add_tag(out, "rXYZ", RED, XYZ_BYTES);
    add_tag(out, "gXYZ", GREEN, XYZ_BYTES);
    add_tag(out, "bXYZ", BLUE, XYZ_BYTES);
    add_tag(out, "rTRC", CURVE, CURVE_BYTES);
    add_tag(out, "gTRC", CURVE, CURVE_BYTES);
    add_tag(out, "bTRC", CURVE, CURVE_BYTES);
    add_text(out, "sRGB");
    add_text(out, "none"); /* numbers of a standard: no one's copyright */
    add_numbers(out, "XYZ ", white, 3);
    add_numbers(out, "sf32", bradford, 9);
    add_numbers(out, "XYZ ", red, 3);
    add_numbers(out, "XYZ ", green, 3);
    add_numbers(out, "XYZ ", blue, 3);
    add_numbers(out, "para", curve, 6);
}

nb_status nb_pdf_output_intent_write(nb_pdf *pdf, nb_buffer *catalog)
{
    nb_buffer *entries = nb_pdf_buffer(pdf), *profile = nb_pdf_buffer(pdf);
    nb_pdf_srgb_profile_write(profile);
    nb_buffer_text(entries, "/N 3 ");
    int stream = nb_pdf_common_stream_new(
        pdf, entries, (nb_string){ (const char *)profile->data, profile->length });
    nb_buffer_text(catalog, "/OutputIntents [<< /Type /OutputIntent /S /GTS_PDFA1"
                            " /OutputConditionIdentifier (sRGB)"
                            " /RegistryName (http://www.color.org)"
                            " /Info (sRGB IEC61966-2.1) /DestOutputProfile ");
    nb_pdf_write_reference(catalog, stream);
    nb_buffer_text(catalog, " >>]\n");
    return nb_pdf_check(pdf, "输出意图", "output intent");
}
