/* The readers of single formats. Private to src/image. */
#ifndef NB_IMAGE_FORMATS_H
#define NB_IMAGE_FORMATS_H

#include "image/image.h"

typedef struct nb_image_reader {
    nb_image *image; /* its bytes are set */
    nb_place place;
    nb_arena *arena;
    nb_findings *findings;
} nb_image_reader;

/* Tell why the picture is refused, and what to do; returns false. */
bool nb_image_refuse(const nb_image_reader *reader, const char *why, const char *hint);
bool nb_image_refuse_broken(const nb_image_reader *reader);
/* Set the size in pixels; false when it is told to be none, or past the limits. */
bool nb_image_set_size(const nb_image_reader *reader, uint32_t width, uint32_t height);
/*
 * Set the natural size: so many pixels to so many EMU, each way; a density that no picture has is
 * passed over.
 */
void nb_image_set_density(const nb_image_reader *reader, uint32_t across, uint32_t down,
                          int64_t emu);

bool nb_png_read(const nb_image_reader *reader);
bool nb_jpeg_read(const nb_image_reader *reader);

/* Bytes of a file as a number, the highest first. */
static inline uint32_t nb_read_u16(const unsigned char *at)
{
    return (uint32_t)at[0] << 8 | at[1];
}

static inline uint32_t nb_read_u32(const unsigned char *at)
{
    return nb_read_u16(at) << 16 | nb_read_u16(at + 2);
}

#endif
