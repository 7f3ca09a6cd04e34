/* memory REPORT.json: typeset a report that is in memory, and keep the documents there. */
#include "common.h"

int main(int argc, char **argv)
{
    nb_findings *findings = nb_findings_new(NB_ENGLISH);
    nb_library *library;
    nb_input *input;
    nb_report *report;
    nb_publication *publication;
    const unsigned char *bytes;
    size_t length;
    if (argc != 2)
        return 2;
    expect(nb_library_new(NULL, findings, &library), findings);
    expect(nb_input_load(argv[1], findings, &input), findings);
    const char *json = nb_input_lookup(input, &length); /* could come from anywhere */
    expect(nb_report_load(library, json, length, "report", findings, &report), findings);
    expect(nb_publication_build(library, report, NULL, findings, &publication), findings);
    printf("%zu pages\n", nb_publication_page_count(publication));
    expect(nb_publication_write(publication, NB_PDF, findings, &bytes, &length), findings);
    printf("PDF: %.5s\n", (const char *)bytes);
    expect(nb_publication_write(publication, NB_DOCX, findings, &bytes, &length), findings);
    printf("DOCX: %.2s\n", (const char *)bytes);
    nb_publication_drop(publication);
    nb_report_drop(report);
    nb_input_drop(input);
    nb_library_drop(library);
    nb_findings_drop(findings);
    return 0;
}
