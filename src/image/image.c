#include "image/formats.h"

/* How formats that are not read begin, so that the finding can name them. */
typedef struct signature {
    const char *bytes;
    size_t length;
    const char *name;
    bool (*read)(const nb_image_reader *reader); /* NULL: not read */
} signature;

static const signature SIGNATURES[] = {
    { "\x89PNG\r\n\x1A\n", 8, "PNG", nb_png_read },
    { "\xFF\xD8\xFF", 3, "JPEG", nb_jpeg_read },
    { "GIF8", 4, "GIF", NULL },
    { "BM", 2, "BMP", NULL },
    { "RIFF", 4, "WebP", NULL },
    { "II*\0", 4, "TIFF", NULL },
    { "MM\0*", 4, "TIFF", NULL },
    { "<svg", 4, "SVG", NULL },
    { "<?xml", 5, "SVG", NULL },
    { "%PDF", 4, "PDF", NULL },
    { "\xD7\xCD\xC6\x9A", 4, "WMF", NULL },
    { "\x01\0\0\0", 4, "EMF", NULL },
};

bool nb_image_refuse(const nb_image_reader *reader, const char *why, const char *hint)
{
    nb_finding *finding =
        nb_findings_add(reader->findings, NB_ERROR, "IMG", reader->place, "%s", why);
    nb_finding_hint(reader->findings, finding, "%s", hint);
    return false;
}

bool nb_image_refuse_broken(const nb_image_reader *reader)
{
    return nb_image_refuse(
        reader, NB_SAY(reader->findings, "图片损坏或不完整", "the picture is broken or cut short"),
        NB_SAY(reader->findings, "换一个能打开的文件，或重新保存一次",
               "take a file that opens, or save it again"));
}

bool nb_image_set_size(const nb_image_reader *reader, uint32_t width, uint32_t height)
{
    nb_findings *findings = reader->findings;
    if (width == 0 || height == 0)
        return nb_image_refuse_broken(reader);
    if (width > NB_IMAGE_LONGEST_SIDE || height > NB_IMAGE_LONGEST_SIDE ||
        width > NB_IMAGE_MOST_PIXELS / height)
        return nb_image_refuse(
            reader,
            nb_arena_print(reader->arena,
                           NB_SAY(findings, "图片有 %u×%u 像素，太大了",
                                  "the picture has %u × %u pixels, which is too many"),
                           (unsigned)width, (unsigned)height),
            NB_SAY(findings, "缩小它：打印一版心宽，2000 像素已经够清楚",
                   "make it smaller: 2000 pixels across are sharp in print"));
    reader->image->width = (int)width;
    reader->image->height = (int)height;
    nb_image_set_density(reader, 96, 96, 914400);
    return true;
}

void nb_image_set_density(const nb_image_reader *reader, uint32_t across, uint32_t down,
                          int64_t emu)
{
    nb_image *image = reader->image;
    const int64_t least = 5, most = 10000; /* pixels an inch */
    if (across * INT64_C(914400) < least * emu || down * INT64_C(914400) < least * emu ||
        across * INT64_C(914400) > most * emu || down * INT64_C(914400) > most * emu)
        return;
    /* 20000 pixels at five an inch are more than a length holds. */
    int64_t width = image->width * emu / across, height = image->height * emu / down;
    const int64_t longest = INT32_MAX;
    if (width > longest || height > longest)
        return;
    image->natural_width = width > 0 ? (nb_length)width : 1;
    image->natural_height = height > 0 ? (nb_length)height : 1;
}

const nb_image *nb_image_load(nb_string bytes, nb_place place, nb_arena *arena,
                              nb_findings *findings)
{
    nb_image_reader reader = { NB_NEW(arena, nb_image), place, arena, findings };
    const signature *found = NULL;
    reader.image->bytes = bytes;
    for (size_t i = 0; i < sizeof SIGNATURES / sizeof SIGNATURES[0] && !found; i++)
        if (bytes.length >= SIGNATURES[i].length &&
            memcmp(bytes.data, SIGNATURES[i].bytes, SIGNATURES[i].length) == 0)
            found = &SIGNATURES[i];
    if (bytes.length > NB_IMAGE_LARGEST_FILE) {
        nb_image_refuse(
            &reader,
            nb_arena_print(arena,
                           NB_SAY(findings, "图片超过 %d MiB", "the picture has more than %d MiB"),
                           NB_IMAGE_LARGEST_FILE >> 20),
            NB_SAY(findings, "缩小它再用", "make it smaller"));
        return NULL;
    }
    if (!found || !found->read) {
        nb_image_refuse(
            &reader,
            nb_arena_print(arena, "%s%s",
                           NB_SAY(findings, "图片要是 PNG 或 JPEG，这个文件",
                                  "a picture must be PNG or JPEG; this file is "),
                           found
                               ? nb_arena_print(arena, NB_SAY(findings, "是 %s", "%s"), found->name)
                               : NB_SAY(findings, "都不是", "neither")),
            NB_SAY(findings, "用看图或绘图软件另存为 PNG",
                   "save it as PNG with a drawing program"));
        return NULL;
    }
    return found->read(&reader) ? reader.image : NULL;
}

const char *nb_image_format_name(const nb_image *image)
{
    return image->format == NB_IMAGE_PNG ? "png" : "jpeg";
}
