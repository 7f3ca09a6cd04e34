/* form DATA: a form of one's own, in a folder with layouts/ and fonts/ that is named DATA. */
#include "common.h"

static void print_form(void *context, const nb_form_info *form)
{
    (void)context;
    printf("%s: %s\n", form->id, form->name);
}

int main(int argc, char **argv)
{
    nb_findings *findings = nb_findings_new(NB_ENGLISH);
    nb_library_options options = NB_LIBRARY_OPTIONS_INIT;
    nb_library *library;
    nb_report *report;
    nb_value_info total;
    const int64_t first[] = { 3, 4 };
    if (argc != 2)
        return 2;
    options.data_dir = argv[1];
    expect(nb_library_new(&options, findings, &library), findings);
    expect(nb_library_forms(library, findings, print_form, NULL), findings);
    expect(nb_report_new(library, "visits", "visits", NULL, findings, &report), findings);
    expect(nb_report_set_text(report, "/agency", "青石县档案馆"), findings);
    expect(nb_report_set_number(report, "/year", 2025), findings);
    expect(nb_report_set_row(report, "/visits/reading_room", first, 2), findings);
    expect(nb_report_check(report, NULL, findings), findings);
    if (nb_report_lookup_value(report, "/visits/reading_room/2", &total))
        printf("%s: %s\n", total.label, total.text);
    nb_report_drop(report);
    nb_library_drop(library);
    nb_findings_drop(findings);
    return 0;
}
