/* Rows and cells that were read from a published report, as a report. */
#ifndef FUZZ_EXTRACT_H
#define FUZZ_EXTRACT_H

#include "target.h"

#include "import/reader.h"

/* With no line yet. */
static inline nb_extract *empty_extract(const target_input *input)
{
    nb_extract *extract = NB_NEW(input->arena, nb_extract);
    *extract = (nb_extract){ .arena = input->arena, .findings = input->findings, .name = "x" };
    nb_extract_block(extract, 0);
    return extract;
}

/* A file that is refused has an error. */
static inline nb_status expect_refusal(const target_input *input, nb_status status)
{
    if (nb_findings_count_of(input->findings, NB_ERROR) == 0)
        abort();
    return status;
}

/* What is recognised is written to JSON that reads back to itself. */
static inline nb_status import_extract(const target_input *input, nb_extract *extract)
{
    nb_report *report;
    nb_status status =
        nb_import_extract(shipped_form(), extract, input->arena, input->findings, &report);
    if (status != NB_OK)
        return expect_refusal(input, status);
    expect_round_trip(input, report);
    return NB_OK;
}

#endif
