/* correction OLD.json NEW.json FOLDER: re-issue a report, with its changes tracked and a note. */
#include "common.h"

int main(int argc, char **argv)
{
    nb_findings *findings = nb_findings_new(NB_ENGLISH);
    nb_correction_options options = NB_CORRECTION_OPTIONS_INIT;
    nb_library *library;
    nb_input *input;
    nb_correction *correction;
    const nb_correction_file *files;
    size_t length, count;
    if (argc != 4)
        return 2;
    expect(nb_library_new(NULL, findings, &library), findings);
    nb_report *old_report = load_report(library, argv[1], findings);
    nb_report *new_report = load_report(library, argv[2], findings);
    options.date = "2026-03-02";
    options.reason = "统计时漏计。";
    expect(nb_correction_build(library, old_report, new_report, &options, findings, &correction),
           findings);
    for (size_t i = 0; i < nb_correction_change_count(correction); i++) {
        const nb_correction_change *change = nb_correction_change_lookup(correction, i);
        printf("%s, %s: %s -> %s\n", change->section, change->place, change->old_text,
               change->new_text);
    }
    /* The manifest says which file was corrected, so its bytes are asked for. */
    expect(nb_input_load(argv[1], findings, &input), findings);
    const char *old_bytes = nb_input_lookup(input, &length);
    expect(nb_correction_write(correction, "old.json", old_bytes, length, findings, &files, &count),
           findings);
    for (size_t i = 0; i < count; i++) {
        char path[512];
        printf("%s: %s\n", files[i].role, files[i].name);
        snprintf(path, sizeof path, "%s/%s", argv[3], files[i].name);
        expect(nb_file_save(path, files[i].bytes, files[i].length, findings), findings);
    }
    nb_correction_drop(correction);
    nb_input_drop(input);
    nb_report_drop(old_report);
    nb_report_drop(new_report);
    nb_library_drop(library);
    nb_findings_drop(findings);
    return 0;
}
