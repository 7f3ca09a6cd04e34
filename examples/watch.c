/* watch REPORT.json OUT.pdf: hear how far a long call is, stop it, and stream what it makes. */
#include "common.h"

typedef struct watcher {
    bool stop;
    nb_stage last;
    int stages;
} watcher;

static bool should_stop(void *context)
{
    const watcher *w = context;
    return w->stop;
}

static void progress(void *context, nb_stage stage, size_t done, size_t total)
{
    static const char *const names[] = { "read", "check", "compose", "layout", "write" };
    watcher *w = context;
    (void)done; /* of total steps: what a bar on the screen shows */
    (void)total;
    if (w->stages++ == 0 || stage != w->last)
        printf("%s\n", names[stage]);
    w->last = stage;
}

static bool write_piece(void *context, const void *bytes, size_t length)
{
    return fwrite(bytes, 1, length, context) == length;
}

int main(int argc, char **argv)
{
    nb_findings *findings = nb_findings_new(NB_ENGLISH);
    watcher w = { .stop = true };
    nb_watch watch = { should_stop, progress, &w };
    nb_build_options options = NB_BUILD_OPTIONS_INIT;
    nb_library *library;
    nb_publication *publication;
    if (argc != 3)
        return 2;
    expect(nb_library_new(NULL, findings, &library), findings);
    nb_report *report = load_report(library, argv[1], findings);
    options.watch = &watch;
    nb_status status = nb_publication_build(library, report, &options, findings, &publication);
    printf("%s\n", nb_status_message(status));
    w.stop = false;
    expect(nb_publication_build(library, report, &options, findings, &publication), findings);
    nb_publication_watch(publication, &watch);
    FILE *file = fopen(argv[2], "wb");
    if (!file)
        return 1;
    expect(nb_publication_write_to(publication, NB_PDF, findings, write_piece, file), findings);
    if (fclose(file) != 0)
        return 1;
    nb_publication_drop(publication);
    nb_report_drop(report);
    nb_library_drop(library);
    nb_findings_drop(findings);
    return 0;
}
