/*
 * JPEG (ITU-T T.81): segments, each a marker and most with a length and content.
 *
 *   SOI                  D8
 *   APP0 JFIF            E0   density
 *   APP1 Exif            E1   which way up
 *   SOF0, SOF1, SOF2     C0…  size, bits, components
 *   SOS                  DA   then coded data up to the next marker; a progressive file has several
 *   EOI                  D9
 *
 * The file is passed through as it is, so it must be one that every reader of our formats decodes:
 * Huffman coded, 8 bits, gray or YCbCr.
 */
#include "image/formats.h"

enum { SOI = 0xD8, EOI = 0xD9, SOS = 0xDA, APP0 = 0xE0, APP1 = 0xE1, TEM = 0x01, RST0 = 0xD0 };

typedef struct segment {
    int marker;
    const unsigned char *content;
    size_t length;
} segment;

/* Where a reader stands in the file. */
typedef struct cursor {
    const unsigned char *at, *end;
} cursor;

static bool stands_alone(int marker)
{
    return (marker >= RST0 && marker <= EOI) || marker == TEM;
}

static bool next_segment(cursor *file, segment *out)
{
    if (file->end - file->at < 2 || *file->at != 0xFF)
        return false;
    while (file->at < file->end && *file->at == 0xFF)
        file->at++;
    if (file->at == file->end)
        return false;
    *out = (segment){ .marker = *file->at++ };
    if (stands_alone(out->marker))
        return true;
    if (file->end - file->at < 2)
        return false;
    size_t length = nb_read_u16(file->at);
    if (length < 2 || length > (size_t)(file->end - file->at))
        return false;
    out->content = file->at + 2;
    out->length = length - 2;
    file->at += length;
    return true;
}

/* Pass over coded data, in which FF is followed by 00 or a restart. */
static void skip_coded_data(cursor *file)
{
    for (; file->end - file->at >= 2; file->at++)
        if (file->at[0] == 0xFF && file->at[1] != 0 && file->at[1] != 0xFF &&
            !(file->at[1] >= RST0 && file->at[1] < SOI))
            return;
}

static bool is_frame(int marker)
{
    /* C4, C8 and CC lie between the frames and are tables. */
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

static bool read_frame(const nb_image_reader *reader, const segment *frame)
{
    nb_findings *findings = reader->findings;
    const char *hint = NB_SAY(findings, "用看图软件另存为普通的 RGB JPEG 或 PNG",
                              "save it as an ordinary RGB JPEG or as PNG");
    if (frame->length < 6)
        return nb_image_refuse_broken(reader);
    int bits = frame->content[0], components = frame->content[5];
    if (components == 4)
        return nb_image_refuse(reader,
                               NB_SAY(findings, "图片是 CMYK 四色的 JPEG，屏幕和归档都要 RGB",
                                      "the picture is a CMYK JPEG; screens and archives need RGB"),
                               hint);
    if (frame->marker > 0xC2 || bits != 8 || (components != 1 && components != 3))
        return nb_image_refuse(
            reader,
            NB_SAY(findings, "图片是少见的一种 JPEG，许多程序打不开",
                   "the picture is a rare kind of JPEG, which many programs cannot open"),
            hint);
    reader->image->is_gray = components == 1;
    return nb_image_set_size(reader, nb_read_u16(frame->content + 3),
                             nb_read_u16(frame->content + 1));
}

/* A number of TIFF, whose byte order its head tells. */
static uint32_t tiff_number(const unsigned char *at, int bytes, bool low_first)
{
    uint32_t value = 0;
    for (int i = 0; i < bytes; i++)
        value = value << 8 | at[low_first ? bytes - 1 - i : i];
    return value;
}

/* How the camera was held (Exif 2.3, tag 274): 1 is upright. */
static uint32_t read_orientation(const segment *exif)
{
    enum { TIFF = 6, HEAD = 8, ENTRY = 12, ORIENTATION = 274 };
    if (exif->length < TIFF + HEAD || memcmp(exif->content, "Exif\0", TIFF) != 0)
        return 1;
    const unsigned char *tiff = exif->content + TIFF;
    size_t length = exif->length - TIFF;
    bool low_first = tiff[0] == 'I';
    size_t at = tiff_number(tiff + 4, 4, low_first);
    if (at > length - 2)
        return 1;
    uint32_t count = tiff_number(tiff + at, 2, low_first);
    for (at += 2; count > 0 && at + ENTRY <= length; at += ENTRY, count--)
        if (tiff_number(tiff + at, 2, low_first) == ORIENTATION)
            return tiff_number(tiff + at + 8, 2, low_first);
    return 1;
}

/* JFIF 1.02: unit 1 is the inch, 2 the centimetre; 0 tells only the shape of a pixel. */
static void read_density(const nb_image_reader *reader, const unsigned char *jfif)
{
    if (jfif && (jfif[7] == 1 || jfif[7] == 2))
        nb_image_set_density(reader, nb_read_u16(jfif + 8), nb_read_u16(jfif + 10),
                             jfif[7] == 1 ? 914400 : 360000);
}

bool nb_jpeg_read(const nb_image_reader *reader)
{
    enum { JFIF_LENGTH = 12 };
    nb_image *image = reader->image;
    const unsigned char *bytes = (const unsigned char *)image->bytes.data, *jfif = NULL;
    cursor file = { bytes + 2, bytes + image->bytes.length };
    segment at = { 0 };
    bool has_scan = false;
    image->format = NB_IMAGE_JPEG;
    while (next_segment(&file, &at) && at.marker != EOI) {
        if (at.marker == APP0 && at.length >= JFIF_LENGTH && memcmp(at.content, "JFIF", 5) == 0)
            jfif = at.content;
        if (at.marker == APP1 && read_orientation(&at) > 1)
            return nb_image_refuse(
                reader,
                NB_SAY(reader->findings, "照片靠 Exif 标记转正，各种程序显示的方向会不同",
                       "the photograph is turned by its Exif data, which not all programs obey"),
                NB_SAY(reader->findings, "用看图软件旋转正并保存", "turn it upright and save it"));
        if (is_frame(at.marker) && image->width == 0 && !read_frame(reader, &at))
            return false;
        if (at.marker == SOS) {
            has_scan = true;
            skip_coded_data(&file);
        }
    }
    if (at.marker != EOI || !has_scan || image->width == 0)
        return nb_image_refuse_broken(reader);
    read_density(reader, jfif);
    return true;
}
