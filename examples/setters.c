/* setters OUT.pdf: make a report from values that a program has, without JSON. */
#include <nianbao/nianbao.h>
#include <stdio.h>
#include <stdlib.h>

static void expect(nb_status status)
{
    if (status == NB_OK)
        return;
    fprintf(stderr, "%s\n", nb_status_message(status));
    exit(1);
}

int main(int argc, char **argv)
{
    nb_findings *findings = nb_findings_new(NB_ENGLISH);
    nb_skeleton_options options = NB_SKELETON_OPTIONS_INIT;
    nb_library *library;
    nb_report *report;
    nb_publication *publication;
    nb_value_info total;
    const int64_t received[] = { 2, 1, 0, 0, 0, 0 }, granted[] = { 1, 1, 0, 0, 0, 0 };
    if (argc != 2)
        return 2;
    options.agency = "青石县档案馆";
    options.year = 2025;
    expect(nb_library_new(NULL, findings, &library));
    expect(nb_report_new(library, "annual-report-2021", "report", &options, findings, &report));
    expect(nb_report_set_text(report, "/date", "2026-01-20"));
    expect(nb_report_set_row(report, "/requests/received", received, 6));
    expect(nb_report_set_row(report, "/requests/outcomes/granted", granted, 6));
    expect(nb_report_set_number(report, "/requests/carried_out/0", 1));
    expect(nb_report_add_paragraph(report, "/sections/overview", NULL,
                                   "收到政府信息公开申请{requests.received.total}件。"));
    expect(nb_report_add_paragraph(report, "/sections/problems", NULL, "没有突出问题。"));
    expect(nb_report_add_paragraph(report, "/sections/other", NULL, "没有收取信息处理费。"));
    nb_report_lookup_value(report, "/requests/received/6", &total);
    printf("%s: %s\n", total.label, total.text);
    expect(nb_publication_build(library, report, NULL, findings, &publication));
    expect(nb_publication_save(publication, NB_PDF, argv[1], findings));
    nb_publication_drop(publication);
    nb_report_drop(report);
    nb_library_drop(library);
    nb_findings_drop(findings);
    return 0;
}
