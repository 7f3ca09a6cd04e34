/* repair REPORT.json: how figures that do not add up may have been meant, and one of the ways taken. */
#include "common.h"

int main(int argc, char **argv)
{
    nb_findings *findings = nb_findings_new(NB_ENGLISH);
    nb_library *library;
    nb_repairs *repairs;
    nb_report *repaired;
    size_t length;
    if (argc != 2)
        return 2;
    expect(nb_library_new(NULL, findings, &library), findings);
    nb_report *report = load_report(library, argv[1], findings);
    expect(nb_repairs_new(report, NULL, findings, &repairs), findings);
    for (size_t i = 0; i < nb_repairs_count(repairs); i++) {
        const nb_repair *repair = nb_repairs_lookup(repairs, i);
        printf("%zu.", i + 1);
        for (size_t k = 0; k < repair->cell_count; k++)
            printf(" %s: %s -> %lld;", repair->cells[k].pointer, repair->cells[k].old_text,
                   (long long)repair->cells[k].new_value);
        putchar('\n');
    }
    const char *patch = nb_repairs_patch(repairs, 0, &length);
    if (patch) {
        expect(nb_patch_apply(library, report, patch, length, "repair", findings, &repaired),
               findings);
        printf("after the first: %s\n",
               nb_status_message(nb_report_check(repaired, NULL, findings)));
        nb_report_drop(repaired);
    }
    nb_repairs_drop(repairs);
    nb_report_drop(report);
    nb_library_drop(library);
    nb_findings_drop(findings);
    return 0;
}
