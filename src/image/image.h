/*
 * Pictures: PNG and JPEG files, recognised by their first bytes and read as far as any writer must
 * know them. JPEG is passed through by every format, so only its headers are read; PNG is decoded,
 * which also proves it sound.
 */
#ifndef NB_IMAGE_IMAGE_H
#define NB_IMAGE_IMAGE_H

#include "base/arena.h"
#include "base/findings.h"
#include "base/length.h"

typedef enum nb_image_format { NB_IMAGE_PNG, NB_IMAGE_JPEG } nb_image_format;

typedef struct nb_image {
    nb_image_format format;
    nb_string bytes;   /* of the file, borrowed */
    int width, height; /* in pixels */
    nb_length natural_width,
        natural_height; /* at the density it states, else at 96 pixels an inch */
    bool is_gray;       /* else RGB */
    /*
     * Of PNG, decoded to 8 bits a sample, rows from the top without gaps: one or three samples a
     * pixel …
     */
    const unsigned char *samples;
    const unsigned char *alpha; /* … and one of opacity; NULL: all is opaque */
} nb_image;

enum {
    NB_IMAGE_LARGEST_FILE = 32 << 20,
    NB_IMAGE_LONGEST_SIDE = 20000,
    NB_IMAGE_MOST_PIXELS = 64 << 20 /* decoded they take four bytes each */
};

/*
 * Read a picture; it lives in the arena and borrows the bytes. NULL with one error finding (rule
 * "IMG") at place when it is of another format, broken, too large, or of a kind that the formats
 * cannot show alike (CMYK, turned by its Exif data).
 */
const nb_image *nb_image_load(nb_string bytes, nb_place place, nb_arena *arena,
                              nb_findings *findings);

/* "png" or "jpeg": the suffix of its files and the second part of its media type. */
const char *nb_image_format_name(const nb_image *image);

#endif
