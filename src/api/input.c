/* Reading a file for a caller who wants to keep its bytes. */
#include "api/library.h"

#include "base/file.h"
#include "base/given.h"
#include "report/json.h"

struct nb_input {
    nb_arena *arena; /* where the input itself lives */
    nb_string bytes;
};

typedef struct reading {
    const char *path;
    nb_findings *findings;
    nb_arena *arena;
    nb_input *input;
} reading;

static nb_status read_input(void *context)
{
    reading *r = context;
    r->input = NB_NEW(r->arena, nb_input);
    r->input->arena = r->arena;
    return nb_file_read(r->path, nb_json_default_limits.bytes, r->arena, r->findings,
                        &r->input->bytes);
}

nb_status nb_input_load(const char *path, nb_findings *findings, nb_input **out)
{
    NB_CLEAR(out);
    if (!NB_GIVEN(path, findings, out))
        return NB_E_ARGUMENT;
    reading r = { path, findings, NULL, NULL };
    nb_status status = nb_run_with_new_arena(&r.arena, read_input, &r);
    *out = status == NB_OK ? r.input : NULL;
    return status;
}

void nb_input_drop(nb_input *input)
{
    if (input)
        nb_arena_drop(input->arena);
}

const char *nb_input_lookup(const nb_input *input, size_t *length)
{
    NB_CLEAR(length);
    if (!NB_GIVEN(input, length))
        return NULL;
    *length = input->bytes.length;
    return input->bytes.data;
}
