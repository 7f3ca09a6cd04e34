/* preview REPORT.json FOLDER: each page as an SVG, for a page of the web or a window. */
#include "common.h"

int main(int argc, char **argv)
{
    nb_findings *findings = nb_findings_new(NB_ENGLISH);
    nb_build_options options = NB_BUILD_OPTIONS_INIT;
    nb_library *library;
    nb_publication *publication;
    if (argc != 3)
        return 2;
    expect(nb_library_new(NULL, findings, &library), findings);
    nb_report *report = load_report(library, argv[1], findings);
    options.force = true; /* a preview shows a report with faults too */
    expect(nb_publication_build(library, report, &options, findings, &publication), findings);
    for (size_t page = 0; page < nb_publication_page_count(publication); page++) {
        char path[512];
        const char *svg;
        size_t length;
        expect(nb_publication_write_page_svg(publication, page, false, findings, &svg, &length),
               findings);
        snprintf(path, sizeof path, "%s/page-%zu.svg", argv[2], page + 1);
        expect(nb_file_save(path, svg, length, findings), findings);
    }
    printf("%zu pages\n", nb_publication_page_count(publication));
    nb_publication_drop(publication);
    nb_report_drop(report);
    nb_library_drop(library);
    nb_findings_drop(findings);
    return 0;
}
