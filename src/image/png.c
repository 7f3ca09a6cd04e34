/*
 * PNG (ISO/IEC 15948): a signature, then chunks of length, type, content and checksum.
 *
 *   IHDR      size                       read here, before anything is allocated by it
 *   pHYs      pixels a metre             read here
 *   IDAT …    the compressed rows        decoded by libpng's simplified interface, which undoes palettes, interlacing, 16
 *   IEND      the end                    bits and transparent colours, and needs no setjmp
 */
#include "image/formats.h"

#include <png.h>

enum { SIGNATURE = 8, CHUNK_HEAD = 8, CHUNK_EXTRA = 12, HEADER_CONTENT = 13, DENSITY_CONTENT = 9 };

typedef struct chunk {
    const char *type;
    const unsigned char *content;
    uint32_t length;
} chunk;

/* The chunk at *offset, which is moved past it; false when it does not lie within the file. */
static bool next_chunk(nb_string file, size_t *offset, chunk *out)
{
    size_t left = file.length - *offset;
    const unsigned char *at = (const unsigned char *)file.data + *offset;
    if (left < CHUNK_EXTRA)
        return false;
    out->length = nb_read_u32(at);
    if (out->length > left - CHUNK_EXTRA)
        return false;
    out->type = (const char *)at + 4;
    out->content = at + CHUNK_HEAD;
    *offset += CHUNK_EXTRA + out->length;
    return true;
}

static bool is_type(const chunk *candidate, const char *type)
{
    return memcmp(candidate->type, type, 4) == 0;
}

/* The sizes, and that the file goes on to its end chunk: libpng stops at the last row. */
static bool read_chunks(const nb_image_reader *reader)
{
    nb_string file = reader->image->bytes;
    size_t offset = SIGNATURE;
    chunk at;
    if (!next_chunk(file, &offset, &at) || !is_type(&at, "IHDR") || at.length != HEADER_CONTENT)
        return nb_image_refuse_broken(reader);
    if (!nb_image_set_size(reader, nb_read_u32(at.content), nb_read_u32(at.content + 4)))
        return false;
    while (next_chunk(file, &offset, &at)) {
        const int64_t metre = INT64_C(36000000);
        if (is_type(&at, "pHYs") && at.length == DENSITY_CONTENT && at.content[8] == 1)
            nb_image_set_density(reader, nb_read_u32(at.content), nb_read_u32(at.content + 4),
                                 metre);
        if (is_type(&at, "IEND"))
            return true;
    }
    return nb_image_refuse_broken(reader);
}

/*
 * Part samples of colour and opacity into two planes, in place; opacity that hides nothing is
 * dropped.
 */
static void part_planes(nb_image *image, unsigned char *samples, int colours, nb_arena *arena)
{
    size_t count = (size_t)image->width * (size_t)image->height;
    unsigned char *alpha = nb_arena_alloc(arena, count), *to = samples;
    bool is_opaque = true;
    for (size_t i = 0; i < count; i++) {
        const unsigned char *from = samples + i * (size_t)(colours + 1);
        alpha[i] = from[colours];
        is_opaque &= alpha[i] == 255;
        for (int k = 0; k < colours; k++)
            *to++ = from[k];
    }
    image->alpha = is_opaque ? NULL : alpha;
}

/*
 * libpng keeps memory of its own from the beginning to the end of reading: nothing may leave by the
 * arena meanwhile.
 */
static bool decode(const nb_image_reader *reader, png_uint_32 *format, unsigned char *samples)
{
    nb_string file = reader->image->bytes;
    png_image png = { .version = PNG_IMAGE_VERSION };
    if (!png_image_begin_read_from_memory(&png, file.data, file.length))
        return false;
    bool has_size = png.width == (png_uint_32)reader->image->width &&
                    png.height == (png_uint_32)reader->image->height;
    if (samples && has_size) {
        png.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
        png.format = *format;
        has_size = png_image_finish_read(&png, NULL, samples, 0, NULL) != 0;
    }
    *format = png.format & (PNG_FORMAT_FLAG_ALPHA | PNG_FORMAT_FLAG_COLOR);
    png_image_free(&png);
    return has_size;
}

bool nb_png_read(const nb_image_reader *reader)
{
    nb_image *image = reader->image;
    png_uint_32 format = 0;
    image->format = NB_IMAGE_PNG;
    if (!read_chunks(reader))
        return false;
    if (!decode(reader, &format, NULL))
        return nb_image_refuse_broken(reader);
    size_t count = (size_t)image->width * (size_t)image->height;
    unsigned char *samples =
        nb_arena_alloc(reader->arena, count * PNG_IMAGE_SAMPLE_CHANNELS(format));
    if (!decode(reader, &format, samples))
        return nb_image_refuse_broken(reader);
    image->samples = samples;
    image->is_gray = !(format & PNG_FORMAT_FLAG_COLOR);
    if (format & PNG_FORMAT_FLAG_ALPHA)
        part_planes(image, samples, image->is_gray ? 1 : 3, reader->arena);
    return true;
}
