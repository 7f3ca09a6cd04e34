/* The sheet of an Excel workbook, in a package around it. */
#define _GNU_SOURCE /* for memfd_create */
#include "target.h"

#include "pack/zip.h"
#include "rows.h"

#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

static nb_string workbook_of(const target_input *input)
{
    static const char *const parts[][2] = {
        { "_rels/.rels", "<Relationships><Relationship Id=\"r\" Type=\"" RELATIONS
                         "/officeDocument\" Target=\"w.xml\"/></Relationships>" },
        { "w.xml", "<workbook xmlns:r=\"" RELATIONS "\"><sheets><sheet name=\"s\" r:id=\"r1\"/>"
                   "</sheets></workbook>" },
        { "_rels/w.xml.rels", "<Relationships><Relationship Id=\"r1\" Target=\"s.xml\"/>"
                              "<Relationship Id=\"r2\" Type=\"" RELATIONS "/styles\" "
                              "Target=\"y.xml\"/></Relationships>" },
        { "y.xml", "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>"
                   "</styleSheet>" },
    };
    nb_string bytes;
    nb_zip *zip = nb_zip_new(NULL, input->arena);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        nb_zip_add(zip, parts[i][0], nb_string_of(parts[i][1]));
    nb_zip_add(zip, "s.xml", input->bytes);
    if (nb_zip_finish(zip, input->findings, &bytes) != NB_OK)
        abort();
    return bytes;
}

static nb_status body(void *context)
{
    const target_input *input = context;
    nb_row_source *source = empty_source(input);
    int descriptor = file_of(workbook_of(input));
    const char *path = nb_arena_print(input->arena, "/proc/self/fd/%d", descriptor);
    nb_status status = nb_xlsx_open(source, path, NULL);
    if (status == NB_OK)
        read_rows(source);
    else if (nb_findings_count_of(input->findings, NB_ERROR) == 0)
        abort();
    close(descriptor);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return run_target(data, size, body);
}
