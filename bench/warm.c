/*
 * warm REPORTS.jsonl FOLDER [ROUNDS]
 *
 * What a report costs once everything is loaded: each line of the file is read, set and written as
 * PDF and DOCX into the folder, in one thread, and the CPU time of each step is added up. The
 * first lines warm the caches and are not counted. Uses nothing but the public interface.
 */
#include <nianbao/nianbao.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

typedef enum step { LOAD, BUILD, PDF, DOCX, SAVE, STEP_COUNT } step;

static const char *const step_names[] = {
    "read and fill in the JSON", "check, compose, break and place", "PDF", "DOCX",
    "save both files",
};

enum { WARMING = 20 };

typedef struct bench {
    nb_library *library;
    nb_findings *findings;
    const char *folder;
    double spent[STEP_COUNT], checking;
    size_t bytes[2], pages;
    int reports;
} bench;

static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void demand(const bench *b, nb_status status, const char *what)
{
    if (status == NB_OK)
        return;
    const nb_finding *last = nb_findings_lookup(b->findings, nb_findings_count(b->findings) - 1);
    fprintf(stderr, "%s: %s%s%s\n", what, nb_status_message(status), last ? ": " : "",
            last ? last->message : "");
    exit(1);
}

static void set_report(bench *b, const char *json, size_t length, int number)
{
    nb_build_options options = NB_BUILD_OPTIONS_INIT;
    nb_report *report;
    nb_publication *publication;
    const unsigned char *bytes[2];
    size_t lengths[2];
    char path[4096];
    double at[STEP_COUNT + 1];
    options.force = true;
    at[LOAD] = cpu_seconds();
    demand(b, nb_report_load(b->library, json, length, "report", b->findings, &report), "load");
    at[BUILD] = cpu_seconds();
    demand(b, nb_publication_build(b->library, report, &options, b->findings, &publication),
           "build");
    at[PDF] = cpu_seconds();
    demand(b, nb_publication_write(publication, NB_PDF, b->findings, &bytes[0], &lengths[0]),
           "PDF");
    at[DOCX] = cpu_seconds();
    demand(b, nb_publication_write(publication, NB_DOCX, b->findings, &bytes[1], &lengths[1]),
           "DOCX");
    at[SAVE] = cpu_seconds();
    for (int i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/%04d.%s", b->folder, number, i ? "docx" : "pdf");
        demand(b, nb_file_save(path, bytes[i], lengths[i], b->findings), "save");
        b->bytes[i] += lengths[i];
    }
    b->pages += nb_publication_page_count(publication);
    nb_publication_drop(publication);
    at[STEP_COUNT] = cpu_seconds();
    for (int i = 0; i < STEP_COUNT; i++)
        b->spent[i] += at[i + 1] - at[i];
    nb_report_check(report, NULL, b->findings);
    b->checking += cpu_seconds() - at[STEP_COUNT];
    nb_report_drop(report);
    b->reports++;
}

static void reset(bench *b)
{
    bench fresh = { .library = b->library, .findings = b->findings, .folder = b->folder };
    *b = fresh;
}

static void show(const char *what, double seconds, const bench *b)
{
    printf("%-44s %8.3f ms\n", what, seconds * 1000 / b->reports);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: warm REPORTS.jsonl FOLDER [ROUNDS]\n");
        return 2;
    }
    bench b = { .folder = argv[2], .findings = nb_findings_new(NB_ENGLISH) };
    nb_input *input;
    size_t length;
    double total = 0;
    long rounds = argc > 3 ? strtol(argv[3], NULL, 10) : 1;
    demand(&b, nb_library_new(NULL, b.findings, &b.library), "library");
    demand(&b, nb_input_load(argv[1], b.findings, &input), argv[1]);
    const char *lines = nb_input_lookup(input, &length);
    double start = cpu_seconds();
    for (long round = 0; round <= rounds; round++) {
        int number = 0;
        for (const char *at = lines; at < lines + length;) {
            const char *end = memchr(at, '\n', (size_t)(lines + length - at));
            end = end ? end : lines + length;
            if (end > at && (round > 0 || number < WARMING))
                set_report(&b, at, (size_t)(end - at), number++);
            at = end + 1;
            /* What was found is not wanted here, and must not pile up. */
            nb_findings_drop(b.findings);
            b.findings = nb_findings_new(NB_ENGLISH);
        }
        if (round == 0) {
            show("first reports, with all loading", cpu_seconds() - start, &b);
            reset(&b);
        }
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    for (int i = 0; i < STEP_COUNT; i++) {
        show(step_names[i], b.spent[i], &b);
        total += b.spent[i];
    }
    show("all of it", total, &b);
    show("  of the second step, checking", b.checking, &b);
    printf("%-44s %8.0f\n", "reports per CPU-second", b.reports / total);
    printf("%-44s %8.1f MiB\n", "peak memory", (double)usage.ru_maxrss / 1024);
    printf("%-44s %8zu %zu\n", "bytes of a PDF, of a DOCX", b.bytes[0] / (size_t)b.reports,
           b.bytes[1] / (size_t)b.reports);
    printf("%-44s %8.2f\n", "pages of a report", (double)b.pages / b.reports);
    nb_input_drop(input);
    nb_library_drop(b.library);
    nb_findings_drop(b.findings);
    return 0;
}
