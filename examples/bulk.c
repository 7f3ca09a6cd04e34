/* bulk ROWS.jsonl FOLDER: make the documents of many reports, and hear how far it is. */
#include "common.h"

static void progress(void *context, const nb_bulk_progress *at)
{
    size_t *heard = context;
    ++*heard;
    if (at->is_last)
        printf("%zu done, %zu failed\n", at->done, at->failed);
}

static bool should_stop(void *context)
{
    (void)context; /* a program with a window would ask whether its button was pressed */
    return false;
}

int main(int argc, char **argv)
{
    nb_findings *findings = nb_findings_new(NB_ENGLISH);
    nb_library *library;
    nb_bulk_summary summary;
    nb_bulk_options options = NB_BULK_OPTIONS_INIT;
    size_t heard = 0;
    if (argc != 3)
        return 2;
    expect(nb_library_new(NULL, findings, &library), findings);
    options.input = argv[1];
    options.folder = argv[2];
    options.formats[NB_PDF] = true;
    options.name = "{row}";
    options.workers = 1;
    options.progress = progress;
    options.should_stop = should_stop;
    options.context = &heard;
    expect(nb_bulk_run(library, &options, findings, &summary), findings);
    printf("%zu rows, of which %zu failed; heard of it: %s\n", summary.rows, summary.failed,
           heard ? "yes" : "no");
    nb_library_drop(library);
    nb_findings_drop(findings);
    return 0;
}
