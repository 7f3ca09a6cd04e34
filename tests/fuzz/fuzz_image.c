/* A picture: either it has a size and, for PNG, all its samples; or one finding says why not. */
#include "target.h"

#include "image/image.h"

static nb_status body(void *context)
{
    const target_input *input = context;
    nb_place place = { "x.json", 1, 1, "" };
    const nb_image *image = nb_image_load(input->bytes, place, input->arena, input->findings);
    if (!image) {
        if (nb_findings_count(input->findings) != 1)
            abort();
        return NB_E_RESOURCE;
    }
    if (nb_findings_count(input->findings) != 0 || image->width < 1 || image->height < 1 ||
        image->natural_width < 1 || image->natural_height < 1)
        abort();
    size_t pixels = (size_t)image->width * (size_t)image->height;
    unsigned sum = 0;
    for (size_t i = 0; image->samples && i < (image->is_gray ? pixels : pixels * 3); i++)
        sum += image->samples[i];
    for (size_t i = 0; image->alpha && i < pixels; i++)
        sum += image->alpha[i];
    return sum == UINT32_MAX ? NB_E_RESOURCE : NB_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return run_target(data, size, body);
}
