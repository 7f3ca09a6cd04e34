/* CSV: rows fit their heads and are UTF-8, whatever the bytes. */
#define _GNU_SOURCE /* for memfd_create */
#include "target.h"

#include "rows.h"

static nb_status body(void *context)
{
    const target_input *input = context;
    nb_row_source *source = empty_source(input);
    nb_status status = nb_csv_open(source, file_of(input->bytes), ',');
    if (status == NB_OK)
        read_rows(source);
    else if (nb_findings_count_of(input->findings, NB_ERROR) == 0)
        abort();
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return run_target(data, size, body);
}
