/* Bytes compressed in one pass, under the code of any kind, are unpacked as they were. */
#include "target.h"

#include "pack/deflate.h"
#include "pack/quick.h"
#include <libdeflate.h>

static void expect_unpacked(const target_input *input, nb_string stream)
{
    struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
    char *unpacked = malloc(input->bytes.length + 1);
    size_t length = 0;
    if (!decompressor || !unpacked)
        abort();
    /* It compares the checksum too. */
    if (libdeflate_zlib_decompress(decompressor, stream.data, stream.length, unpacked,
                                   input->bytes.length, &length) != LIBDEFLATE_SUCCESS ||
        length != input->bytes.length || memcmp(unpacked, input->bytes.data, length) != 0)
        abort();
    free(unpacked);
    libdeflate_free_decompressor(decompressor);
}

static nb_status body(void *context)
{
    const target_input *input = context;
    for (nb_quick_kind kind = 0; kind < NB_QUICK_KIND_COUNT; kind++) {
        const nb_quick_code *code = nb_deflate_stock_code(NULL, kind, input->arena);
        expect_unpacked(input, nb_quick_zlib(code, input->bytes, input->arena));
    }
    return NB_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return run_target(data, size, body);
}
