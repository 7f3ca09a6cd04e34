/*
 * Image XObjects (ISO 32000-1, 8.9.5). A JPEG file is the stream as it is; of PNG the samples are,
 * and opacity is a mask of its own. Colours are those of the output intent, sRGB, so they need no
 * profile (ISO 19005-3, 6.2.4.3).
 */
#include "pdf/picture.h"

static void add_number(nb_buffer *out, const char *key, int64_t number)
{
    nb_buffer_text(out, key);
    nb_buffer_integer(out, number);
}

static nb_buffer *entries_of(nb_pdf *pdf, const nb_image *image, bool is_gray)
{
    nb_buffer *entries = nb_pdf_buffer(pdf);
    nb_buffer_text(entries, "/Type/XObject/Subtype/Image");
    add_number(entries, "/Width ", image->width);
    add_number(entries, "/Height ", image->height);
    nb_buffer_text(entries, is_gray ? "/ColorSpace/DeviceGray" : "/ColorSpace/DeviceRGB");
    nb_buffer_text(entries, "/BitsPerComponent 8");
    return entries;
}

static int write_samples(nb_pdf *pdf, const nb_image *image)
{
    size_t pixels = (size_t)image->width * (size_t)image->height;
    nb_buffer *entries = entries_of(pdf, image, image->is_gray);
    if (image->alpha) {
        nb_string mask = { (const char *)image->alpha, pixels };
        nb_buffer_text(entries, "/SMask ");
        nb_pdf_write_reference(
            entries, nb_pdf_stream_new(pdf, entries_of(pdf, image, true), mask, NB_PDF_DENSE));
    }
    nb_string samples = { (const char *)image->samples, image->is_gray ? pixels : pixels * 3 };
    return nb_pdf_stream_new(pdf, entries, samples, NB_PDF_DENSE);
}

static int write_file(nb_pdf *pdf, const nb_image *image)
{
    nb_buffer *entries = entries_of(pdf, image, image->is_gray);
    nb_buffer_text(entries, "/Filter/DCTDecode");
    return nb_pdf_stream_new(pdf, entries, image->bytes, NB_PDF_UNPACKED);
}

nb_status nb_pdf_pictures_write(nb_pdf *pdf, const nb_document *document, nb_buffer *resources)
{
    for (int i = 0; i < document->image_count; i++) {
        const nb_image *image = document->images[i];
        int object =
            image->format == NB_IMAGE_JPEG ? write_file(pdf, image) : write_samples(pdf, image);
        add_number(resources, "/I", i + 1);
        nb_buffer_byte(resources, ' ');
        nb_pdf_write_reference(resources, object);
        nb_buffer_byte(resources, '\n');
    }
    return nb_pdf_check(pdf, "图片", "pictures");
}
