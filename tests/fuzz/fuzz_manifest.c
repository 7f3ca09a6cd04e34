/* The font manifest. No face is opened: what the file says is read, and faults are told. */
#include "target.h"

#include "text/manifest.h"

static void expect_whole(const nb_candidates *candidates)
{
    for (int i = 0; i < candidates->count; i++) {
        const nb_candidate *candidate = &candidates->items[i];
        size_t length = strlen(candidate->name);
        for (int k = 0; k < candidate->file_count; k++)
            length += strlen(candidate->files[k]);
        if (length == 0)
            abort();
    }
}

static nb_status body(void *context)
{
    const target_input *input = context;
    const nb_manifest *manifest;
    nb_status status =
        nb_manifest_read(input->bytes, "fonts.json", input->arena, input->findings, &manifest);
    if (status != NB_OK) {
        if (nb_findings_count(input->findings) == 0)
            abort();
        return status;
    }
    for (int i = 0; i < manifest->role_count; i++) {
        if (!manifest->roles[i].name || !*manifest->roles[i].office_name)
            abort();
        expect_whole(&manifest->roles[i].faces);
    }
    expect_whole(&manifest->fallback);
    return NB_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return run_target(data, size, body);
}
